using System.Globalization;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>
/// A condition as SQL over the whole population, in the three-valued logic that SQL has anyway: TRUE and FALSE are what the condition says in memory, NULL is what SQL cannot tell. Whoever comes out as NULL is looked at in
/// memory, so the answer is the same by construction as long as no TRUE and no FALSE is wrong; which is what the tests hold. What each kind leaves to memory: docs/decisions/0045-segments-in-sql.md.
/// </summary>
internal sealed class SegmentSql
{
    private const string Yes = "TRUE";
    private const string No = "FALSE";
    private const string Unknown = "(1 = NULL)";

    private readonly Session s;
    private readonly WorkflowSet set;
    private readonly DateTimeOffset now;
    private readonly List<object?> args = [];
    private readonly List<string> joins = [];
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly PropertySql properties;
    private string? nowText;
    private bool readsFields;
    private bool readsSuppressions;
    private bool isScoring;

    private SegmentSql(Session s, WorkflowSet set, DateTimeOffset now)
    {
        (this.s, this.set) = (s, set);
        // Both databases keep microseconds: what is finer than that cannot have happened.
        this.now = Floor(now);
        properties = new PropertySql(s, Parameter);
    }

    /// <summary>A query of living contacts of whom the condition is, or may be, true: their row, id and whether it is certain.</summary>
    public static (string Sql, object?[] Args) Of(Session s, WorkflowSet set, Condition condition, DateTimeOffset now)
    {
        var compiled = new SegmentSql(s, set, now);
        var truth = compiled.Truth(condition);
        var overlaid = compiled.Overlaid();
        var kind = compiled.Parameter((int)EntityKind.Contact);
        var sql = $"SELECT q.row, q.id, CASE WHEN q.t THEN 1 ELSE 0 END FROM (SELECT g.row, g.id, {(overlaid is null ? truth : $"CASE WHEN {overlaid} THEN {Unknown} ELSE {truth} END")} AS t FROM golden_record g "
            + $"{string.Join(' ', compiled.joins)} WHERE g.kind = {kind} AND g.retired_at IS NULL) q WHERE q.t IS NOT FALSE ORDER BY q.row";
        return (sql, [.. compiled.args]);
    }

    private string Parameter(object? value)
    {
        args.Add(value);
        return $"@{args.Count - 1}";
    }

    private string Now => nowText ??= Parameter(now);

    private string Truth(Condition condition) => condition switch
    {
        AllCondition { Of.IsEmpty: true } => Yes,
        AnyCondition { Of.IsEmpty: true } => No,
        AllCondition all => $"({string.Join(" AND ", all.Of.Select(Truth))})",
        AnyCondition any => $"({string.Join(" OR ", any.Of.Select(Truth))})",
        NotCondition not => $"(NOT {Truth(not.Of)})",
        FieldCondition field => OfField(field),
        TagCondition tag => Items(Field.Tags, new ValueTest(ValueTestKind.Is, [tag.Tag])),
        EventCondition e => OfEvents(e),
        OrdersCondition orders => OfOrders(orders),
        HygieneCondition hygiene => $"(g.hygiene = {Parameter((int)hygiene.Status)})",
        SegmentCondition segment => Truth(set.SegmentNamed(segment.Segment).Condition),
        WorkflowCondition workflow => OfWorkflow(workflow),
        ConsentCondition consent => consent.Wanted ? OfConsent(consent.Channel) : $"(NOT {OfConsent(consent.Channel)})",
        ScoreCondition score => OfScore(score),
        InactiveCondition inactive => OfSilence(inactive),
        // Nothing has started: only an enrolment has a trigger.
        TriggerCondition => No,
        // A kind that somebody adds is right at once, and fast as soon as it stands here.
        _ => Unknown,
    };

    /// <summary>What workflows have set in a contact lies in its journey: whoever has such is looked at in memory.</summary>
    private string? Overlaid()
    {
        if (!readsFields && !readsSuppressions) return null;
        joins.Add("LEFT JOIN journey j ON j.golden_id = g.id");
        var marks = new List<string>();
        if (readsFields) marks.Add("j.state LIKE '%\"overrides\":%'");
        if (readsSuppressions) marks.Add("j.state LIKE '%\"suppressions\":%'");
        return $"coalesce({string.Join(" OR ", marks)}, FALSE)";
    }

    private string OfField(FieldCondition condition)
    {
        readsFields = true;
        var column = Column(condition.Field);
        return $"({string.Join(" AND ", condition.Tests.Select(t => Fields.Lists.Contains(condition.Field) ? Items(condition.Field, t) : properties.Text(column, t, numbers: Unknown)))})";
    }

    private static string Column(Field field) => $"nullif(g.{Fields.NameOf(field)}, '')";

    /// <summary>A test of a list, whose items stand one a line.</summary>
    private string Items(Field field, ValueTest test)
    {
        readsFields = true;
        var column = Column(field);
        var (start, end) = test.Kind switch
        {
            ValueTestKind.Is or ValueTestKind.In => ("%\n", "\n%"),
            ValueTestKind.StartsWith => ("%\n", "%"),
            _ => ("%", "%"),
        };
        return test.Kind switch
        {
            ValueTestKind.Exists => $"({column} IS NOT NULL)",
            ValueTestKind.Missing => $"({column} IS NULL)",
            ValueTestKind.AtLeast or ValueTestKind.Below => $"CASE WHEN {column} IS NULL THEN {No} ELSE {Unknown} END",
            _ when test.Operands.Any(o => o.Contains('\n', StringComparison.Ordinal)) => $"CASE WHEN {column} IS NULL THEN {No} ELSE {Unknown} END",
            _ => $"(CASE WHEN {column} IS NULL THEN {No} ELSE {AnyOf(test.Operands.Select(o => properties.Like($"({Parameter("\n")} || {column} || {Parameter("\n")})", start, o, end)))} END)",
        };
    }

    private string OfEvents(EventCondition condition)
    {
        var counts = Counts(condition.Pattern, condition.Within);
        var (low, high) = ($"coalesce({counts}.low, 0)", $"coalesce({counts}.high, 0)");
        if (condition.AtMost is not { } most) return $"(CASE WHEN {low} >= {Whole(condition.AtLeast)} THEN {Yes} WHEN {high} < {Whole(condition.AtLeast)} THEN {No} END)";
        return $"(CASE WHEN {low} >= {Whole(condition.AtLeast)} AND {high} <= {Whole(most)} THEN {Yes} WHEN {high} < {Whole(condition.AtLeast)} OR {low} > {Whole(most)} THEN {No} END)";
    }

    /// <summary>How many events of a pattern each contact has: at least <c>low</c>, at most <c>high</c>.</summary>
    private string Counts(EventPattern pattern, TimeSpan? within) => Joined(
        $"events {pattern.Type} {within} {string.Join('\n', pattern.Where.Select(Key))}",
        alias =>
        {
            var truth = properties.Of(pattern);
            return $"SELECT e.golden_id, sum(CASE WHEN {truth} THEN 1 ELSE 0 END) AS low, sum(CASE WHEN ({truth}) IS NOT FALSE THEN 1 ELSE 0 END) AS high FROM event e WHERE {Window(within)} AND e.type = {Parameter(pattern.Type)} GROUP BY e.golden_id";
        });

    private string Window(TimeSpan? within) =>
        $"e.golden_id IS NOT NULL AND e.at <= {Now}{(within is { } back ? $" AND e.at >= {Parameter(Before(back))}" : "")}";

    private string OfOrders(OrdersCondition condition)
    {
        var orders = Joined(
            $"orders {condition.Within}",
            _ => "SELECT e.golden_id, sum(CASE WHEN e.type = 'order.placed' THEN 1 ELSE 0 END) AS placed, "
                + $"sum(CASE WHEN e.type = 'order.placed' THEN 1 ELSE -1 END * coalesce({properties.Amount()}, 0)) AS total, sum(CASE WHEN {properties.Amount()} IS NULL THEN 1 ELSE 0 END) AS untold "
                + $"FROM event e WHERE {Window(condition.Within)} AND e.type IN ('order.placed', 'order.refunded') GROUP BY e.golden_id");
        var enough = $"coalesce({orders}.placed, 0) >= {Whole(condition.AtLeast)}";
        return condition.TotalAtLeast is not { } least
            ? $"({enough})"
            : $"(CASE WHEN NOT {enough} THEN {No} WHEN coalesce({orders}.untold, 0) > 0 THEN {Unknown} ELSE coalesce({orders}.total, 0) >= {Parameter(least)} END)";
    }

    private string OfWorkflow(WorkflowCondition condition)
    {
        var own = Joined(
            $"workflow {condition.Workflow}",
            _ => $"SELECT n.golden_id, count(*) AS runs, sum(CASE WHEN n.state = {Whole((int)EnrolmentState.Active)} THEN 1 ELSE 0 END) AS active, sum(CASE WHEN n.converted_at IS NULL THEN 0 ELSE 1 END) AS converted "
                + $"FROM enrolment n WHERE n.workflow = {Parameter(condition.Workflow)} GROUP BY n.golden_id");
        return condition.Standing switch
        {
            WorkflowStanding.Active => $"(coalesce({own}.active, 0) > 0)",
            WorkflowStanding.Ended => $"({own}.golden_id IS NOT NULL AND {own}.active = 0)",
            WorkflowStanding.Entered => $"({own}.golden_id IS NOT NULL)",
            WorkflowStanding.Never => $"({own}.golden_id IS NULL)",
            _ => $"(coalesce({own}.converted, 0) > 0)",
        };
    }

    /// <summary>
    /// A yes is certain where all that anybody said of the address is yes, and nothing is held against it. A no is certain without any yes, with a no in force, a suppression, or a complaint. Words that contradict each other are weighed in
    /// memory.
    /// </summary>
    private string OfConsent(Channel channel)
    {
        readsSuppressions = readsFields = true;
        var point = channel == Channel.Email ? "g.email_point" : "g.phone_point";
        var purposes = $"e.purpose IN ({Parameter(Purposes.Marketing)}, {Parameter(Purposes.Every)})";
        var said = Joined(
            $"said {channel}",
            _ => "SELECT e.point, min(e.state) AS strictest, "
                + $"max(CASE WHEN e.state = {Whole((int)ConsentState.Granted)} THEN 1 ELSE 0 END) AS granted, max(CASE WHEN e.at > {Now} THEN 1 ELSE 0 END) AS later, "
                + $"max(CASE WHEN e.state < {Whole((int)ConsentState.Granted)} AND (e.at IS NULL OR e.at <= {Now}) AND NOT EXISTS (SELECT 1 FROM consent_entry l WHERE l.record_id = e.record_id AND l.channel = e.channel "
                + "AND l.purpose = e.purpose AND l.point_hmac = e.point_hmac AND l.id > e.id) THEN 1 ELSE 0 END) AS refused "
                + $"FROM consent_entry e WHERE e.channel = {Parameter((int)channel)} AND {purposes} GROUP BY e.point",
            "point",
            point);
        var own = Joined(
            $"own words {channel}",
            _ => $"SELECT x.golden_id, min(e.state) AS strictest FROM consent_entry e JOIN crosswalk x ON x.record_id = e.record_id WHERE e.channel = {Parameter((int)channel)} AND {purposes} GROUP BY x.golden_id");
        var held = Joined(
            $"suppressed {channel}",
            _ => $"SELECT e.point, 1 AS is_so FROM suppression_entry e WHERE e.channel = {Parameter((int)channel)} AND {purposes} AND e.at <= {Now} AND {Suppressions.InForce} GROUP BY e.point",
            "point",
            point);
        var told = Joined(
            $"feedback {channel}",
            _ => channel == Channel.Email
                ? $"SELECT e.golden_id, max(CASE WHEN e.type = 'email.complained' THEN 1 ELSE 0 END) AS complained FROM event e WHERE {Window(null)} AND e.type IN ('email.complained', 'email.bounced', 'email.unsubscribed') GROUP BY e.golden_id"
                : $"SELECT e.golden_id, 0 AS complained FROM event e WHERE {Window(null)} AND e.type = 'sms.replied' GROUP BY e.golden_id");
        return $"(CASE WHEN {said}.point IS NULL OR {said}.granted = 0 OR {said}.refused = 1 OR {held}.is_so = 1 OR coalesce({told}.complained, 0) = 1 THEN {No} "
            + $"WHEN {said}.strictest = {Whole((int)ConsentState.Granted)} AND {said}.later = 0 AND coalesce({own}.strictest, {Whole((int)ConsentState.Granted)}) = {Whole((int)ConsentState.Granted)} AND {told}.golden_id IS NULL THEN {Yes} END)";
    }

    /// <summary>Silent since the cut: neither made, nor seen, nor heard of after it.</summary>
    private string OfSilence(InactiveCondition condition)
    {
        readsFields = true;
        var cut = now - condition.For;
        string[] types = condition.OpensCount ? [.. EventTypes.SignsOfLife, EventTypes.EmailOpened] : [.. EventTypes.SignsOfLife];
        var alive = Joined(
            $"alive {condition.For} {condition.OpensCount}",
            _ => $"SELECT e.golden_id, 1 AS is_so FROM event e WHERE e.golden_id IS NOT NULL AND e.at > {Parameter(Floor(cut))} AND e.at <= {Now} AND e.type IN ({string.Join(", ", types.Select(Parameter))}) GROUP BY e.golden_id");
        var agreed = $"SELECT e.point, 1 AS is_so FROM consent_entry e WHERE e.state = {Whole((int)ConsentState.Granted)} AND e.at > {Parameter(Floor(cut))} AND e.at <= {Now} GROUP BY e.point";
        var (byMail, byPhone) = (Joined($"agreed mail {condition.For}", _ => agreed, "point", "g.email_point"), Joined($"agreed phone {condition.For}", _ => agreed, "point", "g.phone_point"));
        var known = Column(Field.KnownSince);
        var after = $"CASE WHEN {known} IS NULL THEN {(set.WatchingSince > cut ? Yes : No)} WHEN {known} LIKE '____-__-__T__:__:__Z' THEN {s.InOrderOfBytes(known)} > {Parameter(Seconds(cut))} ELSE {Unknown} END";
        var seen = Column(Field.EngagedAt);
        var engaged = $"CASE WHEN {seen} IS NULL THEN {No} WHEN {seen} LIKE '____-__-__T__:__:__Z' THEN {s.InOrderOfBytes(seen)} > {Parameter(Seconds(cut))} AND {s.InOrderOfBytes(seen)} <= {Parameter(Seconds(now))} ELSE {Unknown} END";
        return $"(NOT ({after} OR {engaged} OR {alive}.golden_id IS NOT NULL OR (CASE WHEN {byMail}.point IS NULL AND {byPhone}.point IS NULL THEN {No} ELSE {Unknown} END)))";
    }

    /// <summary>Each rule's points between a lower and an upper bound, which are apart by the rounding of its parts and by what SQL cannot tell; in between, memory decides.</summary>
    private string OfScore(ScoreCondition condition)
    {
        // A rule of fit that asks for the score itself would never end.
        if (isScoring) return Unknown;
        isScoring = true;
        var (low, high) = (new List<string>(), new List<string>());
        var most = Real(set.Scoring.Most);
        if (condition.Score is ScoreKind.Fit or ScoreKind.Total)
        {
            var parts = set.Scoring.Fit.Select(r => (Truth: Truth(r.When), r.Points)).ToList();
            low.Add(Bounded(parts.Select(p => $"CASE WHEN ({p.Truth}){(p.Points < 0 ? " IS NOT FALSE" : "")} THEN {Real(p.Points)} ELSE 0 END"), most));
            high.Add(Bounded(parts.Select(p => $"CASE WHEN ({p.Truth}){(p.Points < 0 ? "" : " IS NOT FALSE")} THEN {Real(p.Points)} ELSE 0 END"), most));
        }

        if (condition.Score is ScoreKind.Behaviour or ScoreKind.Total)
        {
            var rules = set.Scoring.Behaviour.Select((r, i) => (Alias: Decayed(r, i), Rule: r)).ToList();
            low.Add(Bounded(rules.Select(r => Limited($"coalesce({r.Alias}.low, 0)", r.Rule)), most));
            high.Add(Bounded(rules.Select(r => Limited($"coalesce({r.Alias}.high, 0)", r.Rule)), most));
        }

        isScoring = false;
        var slack = 0.05 * (set.Scoring.Behaviour.Length + 3) + 1e-6;
        var (least, greatest) = ($"({string.Join(" + ", low)} - {Real(slack)})", $"({string.Join(" + ", high)} + {Real(slack)})");
        var tests = new List<string>();
        if (condition.AtLeast is { } atLeast) tests.Add($"(CASE WHEN {least} >= {Real(atLeast)} THEN {Yes} WHEN {greatest} < {Real(atLeast)} THEN {No} END)");
        if (condition.Below is { } below) tests.Add($"(CASE WHEN {greatest} < {Real(below)} THEN {Yes} WHEN {least} >= {Real(below)} THEN {No} END)");
        return tests.Count == 0 ? Yes : $"({string.Join(" AND ", tests)})";
    }

    private string Decayed(BehaviourRule rule, int number) => Joined(
        $"decayed {number}",
        _ =>
        {
            var truth = properties.Of(rule.Pattern);
            var points = $"{Real(rule.Points)} * {s.Halved($"e.at", Now, rule.HalfLife)}";
            var (sure, maybe) = ($"sum(CASE WHEN {truth} THEN {points} ELSE 0.0 END)", $"sum(CASE WHEN ({truth}) IS NOT FALSE THEN {points} ELSE 0.0 END)");
            return $"SELECT e.golden_id, {(rule.Points < 0 ? maybe : sure)} AS low, {(rule.Points < 0 ? sure : maybe)} AS high FROM event e WHERE {Window(null)} AND e.type = {Parameter(rule.Pattern.Type)} GROUP BY e.golden_id";
        });

    private static string Limited(string points, BehaviourRule rule) => rule.Most is not { } most ? points
        : rule.Points >= 0 ? $"CASE WHEN {points} > {Real(most)} THEN {Real(most)} ELSE {points} END"
        : $"CASE WHEN {points} < {Real(most)} THEN {Real(most)} ELSE {points} END";

    private static string Bounded(IEnumerable<string> parts, string most)
    {
        var sum = $"(0.0{string.Concat(parts.Select(p => $" + ({p})"))})";
        return $"(CASE WHEN {sum} < 0 THEN 0.0 WHEN {sum} > {most} THEN {most} ELSE {sum} END)";
    }

    /// <summary>A grouped query of its own, joined once however often it is asked for: one pass of a table, and a join that both databases make by hash or by index.</summary>
    private string Joined(string name, Func<string, string> query, string key = "golden_id", string to = "g.id")
    {
        if (known.TryGetValue(name, out var alias)) return alias;
        alias = $"q{known.Count}";
        known[name] = alias;
        var text = query(alias);
        joins.Add($"LEFT JOIN ({text}) {alias} ON {alias}.{key} = {to}");
        return alias;
    }

    private static string AnyOf(IEnumerable<string> tests) => $"({string.Join(" OR ", tests.DefaultIfEmpty(No))})";

    private static string Key(PropertyTest test) => $"{test.Path}\t{test.Test.Kind}\t{string.Join('\t', test.Test.Operands)}";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Real(double number) => number.ToString("0.0###############", CultureInfo.InvariantCulture);

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The first instant that a database keeps within the window.</summary>
    private DateTimeOffset Before(TimeSpan within)
    {
        var from = now - within;
        var floor = Floor(from);
        return floor == from ? floor : floor.AddTicks(TimeSpan.TicksPerMicrosecond);
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
