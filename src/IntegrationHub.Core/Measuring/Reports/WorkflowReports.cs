using System.Collections.Immutable;
using IntegrationHub.Workflows;

namespace IntegrationHub.Measuring;

/// <summary>What a report is asked for.</summary>
/// <param name="Workflow">One workflow; null for all.</param>
/// <param name="Model">The attribution model that is shown first; every report has them all.</param>
/// <param name="From">Runs, messages and orders from here on; null for all.</param>
/// <param name="Until">Before this; null for all.</param>
/// <param name="Settings">Look-back and half-life.</param>
public sealed record ReportRequest(string? Workflow, string Model, DateTimeOffset? From, DateTimeOffset? Until, AttributionSettings Settings)
{
    /// <summary>All workflows, all time.</summary>
    public static ReportRequest All { get; } = new(null, AttributionModels.Default, null, null, AttributionSettings.Default);

    internal bool Has(DateTimeOffset at) => !(at < From) && !(at >= Until);
}

/// <summary>Makes reports out of facts. Pure; neither the order of the facts nor repetitions among them change anything.</summary>
public static class WorkflowReports
{
    /// <summary>The report.</summary>
    public static MeasuringReport Of(MeasuredFacts facts, ReportRequest request)
    {
        var events = facts.Events.OrderBy(e => e.Event).ThenBy(e => e.Contact, StringComparer.Ordinal).DistinctBy(e => e.Event.Id, StringComparer.Ordinal).Where(e => !(e.Event.At >= request.Until)).ToList();
        var touches = facts.Touches.Order().ThenBy(t => t.Contact, StringComparer.Ordinal).DistinctBy(t => t.MessageKey, StringComparer.Ordinal).Where(t => !(t.At >= request.Until)).ToList();
        var outcomes = MessageOutcomes.Of(touches, events);
        var orders = Orders.Of(events, request.From);
        var sequences = TouchSequences.Of(touches.Where(t => !outcomes.Bounced.Contains(t.MessageKey)), orders.Conversions, events, request.Settings);
        var attributed = AttributionModels.All.Values.Select(m => Attributed.By(m, sequences)).Select(a => a with { Orders = [.. a.Orders.Where(o => request.Has(o.Order.At))] }).ToList();

        var enrolments = facts.Enrolments.OrderBy(e => e.EnteredAt).ThenBy(e => e.Contact, StringComparer.Ordinal).ThenBy(e => e.Workflow, StringComparer.Ordinal).ThenBy(e => e.Visit)
            .ThenBy(e => e.ConvertedAt ?? DateTimeOffset.MaxValue).DistinctBy(e => (e.Contact, e.Workflow, e.Visit, e.EnteredAt)).Where(e => request.Has(e.EnteredAt)).ToList();
        var sent = touches.Where(t => request.Has(t.At)).ToLookup(t => t.Workflow, StringComparer.Ordinal);
        var runs = enrolments.ToLookup(e => e.Workflow, StringComparer.Ordinal);
        var ofContact = events.ToLookup(e => e.Contact, StringComparer.Ordinal);
        var bought = orders.Conversions.ToLookup(c => c.Contact, StringComparer.Ordinal);
        var names = runs.Select(r => r.Key).Union(sent.Select(s => s.Key), StringComparer.Ordinal).Union(attributed.SelectMany(a => a.Orders).SelectMany(o => o.Credits).Select(c => c.Touch.Workflow), StringComparer.Ordinal);
        var source = new ReportLines(request, outcomes, attributed, ofContact);
        var reports = names.Where(n => request.Workflow is null || n == request.Workflow).Order(StringComparer.Ordinal)
            .Select(n => Report(n, [.. runs[n]], [.. sent[n]], source, LiftOf(runs[n], bought, request))).ToImmutableArray();

        var all = attributed[0].Orders;
        return new MeasuringReport(
            request.From, request.Until, request.Model, request.Settings, reports, Amounts.Of(all.Select(o => (o.Order.Currency, o.Order.NetMinor))),
            Amounts.Of(all.Where(o => o.UnattributedMinor != 0).Select(o => (o.Order.Currency, o.UnattributedMinor))), [.. facts.Notes, .. orders.Notes]);
    }

    private static WorkflowReport Report(string name, List<MeasuredEnrolment> runs, List<Touch> sent, ReportLines lines, HoldoutLift? lift)
    {
        var total = lines.Line(name, runs, sent, t => t.Workflow == name);
        var (verdict, reason) = Verdicts.Of(total, lift);
        var channels = sent.GroupBy(t => t.Channel).OrderBy(g => g.Key).Select(g =>
        {
            var reached = g.Select(t => (t.Contact, t.Visit)).ToHashSet();
            return lines.Line(Vocabulary.Channels.Of(g.Key), [.. runs.Where(r => !r.Control && reached.Contains((r.Contact, r.Visit)))], [.. g], t => t.Workflow == name && t.Channel == g.Key);
        });
        return new WorkflowReport(name, verdict, reason, total, Parts(r => r.Version, t => t.Version), Parts(r => r.Path, t => t.Path), [.. channels], lift);

        ImmutableArray<ReportLine> Parts(Func<MeasuredEnrolment, string> ofRun, Func<Touch, string> ofTouch) =>
        [
            .. runs.Select(ofRun).Union(sent.Select(ofTouch), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(p => lines.Line(p, [.. runs.Where(r => ofRun(r) == p)], [.. sent.Where(t => ofTouch(t) == p)], t => t.Workflow == name && ofTouch(t) == p)),
        ];
    }

    /// <summary>Each contact counts once, in the arm and from the time of its first run, whether or not anything could be sent to it: only so are the arms alike.</summary>
    private static HoldoutLift? LiftOf(IEnumerable<MeasuredEnrolment> runs, ILookup<string, Conversion> bought, ReportRequest request)
    {
        var contacts = runs.GroupBy(r => r.Contact, StringComparer.Ordinal).Select(g => (First: g.First(), Converted: g.Any(r => r.ConvertedAt is { } at && !(at >= request.Until)))).ToList();
        if (!contacts.Exists(c => c.First.Control)) return null;
        var currencies = contacts.SelectMany(c => bought[c.First.Contact]).Select(o => o.Currency).Distinct(StringComparer.Ordinal).ToList();
        return HoldoutLift.Of(Arm(control: false), Arm(control: true));

        LiftArm Arm(bool control)
        {
            var own = contacts.Where(c => c.First.Control == control).ToList();
            var revenue = currencies.ToImmutableSortedDictionary(
                c => c,
                c => Moments.Of(own.Select(x => bought[x.First.Contact].Where(o => o.Currency == c && o.At > x.First.EnteredAt && o.At <= x.First.EnteredAt + request.Settings.LookBack).Sum(o => o.NetMinor))),
                StringComparer.Ordinal);
            return new LiftArm(own.Count, own.Count(c => c.Converted), revenue);
        }
    }
}

/// <summary>Sums of money, a currency each.</summary>
internal static class Amounts
{
    internal static ImmutableArray<MoneyAmount> Of(IEnumerable<(string Currency, long Minor)> amounts) =>
        [.. amounts.GroupBy(a => a.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new MoneyAmount(g.Key, g.Sum(a => a.Minor)))];
}

/// <summary>Makes the lines of a report out of the runs and messages that they are about.</summary>
internal sealed class ReportLines(ReportRequest request, MessageOutcomes outcomes, IReadOnlyList<Attributed> attributed, ILookup<string, ContactEvent> events)
{
    internal ReportLine Line(string name, IReadOnlyList<MeasuredEnrolment> runs, IReadOnlyList<Touch> sent, Func<Touch, bool> isOwn)
    {
        var treated = runs.Where(r => !r.Control).ToList();
        var revenue = attributed.ToImmutableSortedDictionary(
            a => a.Model, a => Amounts.Of(a.Orders.SelectMany(o => o.Credits.Where(c => isOwn(c.Touch)).Select(c => (o.Order.Currency, c.NetMinor)))), StringComparer.Ordinal);
        var after = After(treated);
        return new ReportLine(
            name, treated.Count, runs.Count - treated.Count, outcomes.Count(sent), treated.Count(r => r.ConvertedAt is { } at && !(at >= request.Until)), revenue,
            Deals(after, EventTypes.DealCreated), Demos(after), Deals(after, EventTypes.DealWon));
    }

    /// <summary>What the contacts of these runs did within the look-back after entry; each event once.</summary>
    private List<ContactEvent> After(List<MeasuredEnrolment> runs) =>
    [
        .. runs.SelectMany(r => events[r.Contact].Where(e => e.Event.Type is EventTypes.DealCreated or EventTypes.DealWon or EventTypes.DemoRequested or EventTypes.MeetingBooked
            && e.Event.At > r.EnteredAt && e.Event.At <= r.EnteredAt + request.Settings.LookBack)).DistinctBy(e => e.Event.Id, StringComparer.Ordinal).OrderBy(e => e.Event),
    ];

    private static Tally Deals(List<ContactEvent> after, string type)
    {
        var deals = after.Where(e => e.Event.Type == type).DistinctBy(e => e.Event.Properties.Text("deal_id") ?? e.Event.Id, StringComparer.Ordinal).ToList();
        var worth = deals.Where(e => e.Event.Properties.AmountMinor is not null)
            .Select(e => (e.Event.Properties.Text("currency")?.Trim().ToUpperInvariant() ?? Conversion.NoCurrency, Math.Clamp(e.Event.Properties.AmountMinor!.Value, 0, Orders.MostMinor)));
        return new Tally(deals.Count, Amounts.Of(worth));
    }

    /// <summary>Who asks for a demo and books the meeting for it has one demo.</summary>
    private static Tally Demos(List<ContactEvent> after) =>
        new(after.Where(e => e.Event.Type is EventTypes.DemoRequested or EventTypes.MeetingBooked).DistinctBy(e => (e.Contact, e.Event.At.UtcDateTime.Date)).Count(), []);
}
