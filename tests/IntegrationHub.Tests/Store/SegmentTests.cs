using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Store;

public sealed class SqliteSegmentTests(StoreFixture fixture, ITestOutputHelper output) : SegmentTests(fixture, output, Kind.Sqlite);

public sealed class PostgresSegmentTests(StoreFixture fixture, ITestOutputHelper output) : SegmentTests(fixture, output, Kind.Postgres);

/// <summary>One definition evaluates one contact in memory and a whole population in SQL with the same result.</summary>
public abstract class SegmentTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    private const int Contacts = 14;

    [Fact]
    public async Task Random_definitions_find_in_SQL_whom_they_hold_of_in_memory()
    {
        var (asked, members, lookedAt) = (0, 0L, 0L);
        await Gen.Select(Drawn.Population, Drawn.Conditions.Array[60], Drawn.Instant.Array[60]).SampleAsync(
            async (population, conditions, instants) => await On(async store =>
            {
                var ids = await Made(store, population);
                for (var i = 0; i < conditions.Length; i++)
                {
                    var set = Drawn.Set(instants[i].AddDays(-40));
                    var holding = await store.Segments.Holding(set, conditions[i], ids, instants[i], Ct);
                    var found = await store.Segments.Members(set, conditions[i], instants[i], Ct);
                    (asked, members, lookedAt) = (asked + 1, members + found.Ids.Count, lookedAt + found.LookedAt);
                    Assert.True(holding.SetEquals(found.Ids), $"{conditions[i].Text} at {instants[i]:O}: memory {Names(ids, holding)}, SQL {Names(ids, found.Ids)}. {conditions[i]}");
                }
            }),
            iter: Database == Kind.Sqlite ? 12 : 4, threads: 1, print: _ => "a population");
        Output.WriteLine($"{asked} definitions, {members} members, {lookedAt} of {asked * Contacts} looked at in memory");
    }

    [Fact]
    public void No_letter_beyond_ASCII_is_one_of_A_to_Z_whatever_its_case()
    {
        var ascii = Enumerable.Range(0, 128).Select(c => ((char)c).ToString()).ToArray();
        for (var c = 128; c <= char.MaxValue; c++)
            if (ascii.Any(a => string.Equals(a, ((char)c).ToString(), StringComparison.OrdinalIgnoreCase))) Assert.Fail($"U+{c:X4} is the same as an ASCII letter: comparing in SQL would miss it.");
    }

    [Fact]
    public Task A_name_in_a_query_that_means_something_to_SQL_or_to_a_pattern_is_only_text() => On(async store =>
    {
        await Made(store, [new DrawnContact(Rows.Values((Field.City, "50% off_'; DROP TABLE x; --\\")), [], [], [], null), new DrawnContact(Rows.Values((Field.City, "50x offy")), [], [], [], null)]);
        foreach (var (test, expected) in new[] { (new ValueTest(ValueTestKind.StartsWith, ["50% OFF_"]), 1), (new ValueTest(ValueTestKind.Contains, ["'; drop"]), 1), (new ValueTest(ValueTestKind.Contains, ["\\"]), 1), (new ValueTest(ValueTestKind.StartsWith, ["50"]), 2) })
            Assert.Equal(expected, (await store.Segments.Members(Drawn.Set(Now), new FieldCondition(Field.City, [test]), Now, Ct)).Ids.Count);
    });

    private static string Names(IReadOnlyList<GoldenId> ids, IEnumerable<GoldenId> some) => $"[{string.Join(' ', some.Select(s => ids.ToList().IndexOf(s)).Order())}]";

    /// <summary>The population in the database, by the writers that production uses. A contact's second record is merged into it.</summary>
    private static async Task<IReadOnlyList<GoldenId>> Made(HubStore store, IReadOnlyList<DrawnContact> population)
    {
        await store.Land([.. population.SelectMany((_, i) => new[] { Rows.Raw($"c{i:00}"), Rows.Raw($"d{i:00}") })]);
        var waiting = await store.Waiting();
        await store.Clean.Save([.. waiting.Select(w => Rows.Clean(w, ValuesOf(population, w.Key.ExternalId), consents: ConsentsOf(population, w.Key.ExternalId)))], Now, Ct);
        var records = waiting.ToDictionary(w => w.Key.ExternalId, w => w.RecordId);
        await store.Cluster([.. population.Select((_, i) => new[] { records[$"c{i:00}"], records[$"d{i:00}"] })]);
        var goldens = await store.MergeAll();
        var ids = population.Select((_, i) => goldens[Math.Min(records[$"c{i:00}"], records[$"d{i:00}"])]).ToList();

        var landings = population.SelectMany((c, i) => c.Events.Select((e, n) => new EventLanding(new HubEvent($"{i}-{n}", e.Type, e.At, new EventContact(Id: ids[i].ToString()), EventProperties.Parse(e.Properties)), "api", n % 3 == 0))).ToList();
        await store.Events.Land(landings, Now, Ct);
        var epoch = await store.Leases.TryTake(Journeys.Lease, "test", TimeSpan.FromMinutes(1), Now, Ct) ?? throw new InvalidOperationException("another has it");
        var settled = (await store.Events.TakeLanded(10_000, Ct)).Select(r => new EventSettlement(r.Seq, EventState.Attached, new GoldenId(Guid.Parse(r.Event.Contact.Id!)), null)).ToList();
        var saves = population.Select((c, i) => (c.Journey, Id: ids[i])).Where(c => c.Journey is not null).Select(c => new JourneySave(c.Id, JourneyState.Of(c.Journey!), 0, null, c.Journey!.Enrolments, [], [], [], null)).ToList();
        Assert.True(await store.Journeys.Save(new LaneSave(saves, settled, [], [], null, epoch), Now, Ct));
        await store.Suppressions.Add([.. population.SelectMany(c => c.Suppressions)], [], Ct);
        return ids;
    }

    private static FieldValues ValuesOf(IReadOnlyList<DrawnContact> population, string id) => id[0] == 'c' ? population[int.Parse(id[1..])].Values : FieldValues.None.With(Field.FirstName, id);

    private static ImmutableArray<ConsentClaim> ConsentsOf(IReadOnlyList<DrawnContact> population, string id) =>
        [.. population[int.Parse(id[1..])].Consents.Where((_, n) => n % 2 == (id[0] == 'c' ? 0 : 1))];
}

/// <summary>A contact as it was drawn.</summary>
internal sealed record DrawnContact(FieldValues Values, ConsentClaim[] Consents, SuppressionAdd[] Suppressions, (string Type, DateTimeOffset At, string Properties)[] Events, Journey? Journey);

/// <summary>Draws populations, definitions and instants that meet: the same few words, addresses, types and times.</summary>
internal static class Drawn
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words = ["DE", "de", "Zürich", "ZÜRICH", "zurich", "50% off", "a_b", "50", "3.5", "1e2", " 7", "straße", "", "O'Hara", "a\\b", "ß", "Ünal K"];
    private static readonly string[] Emails = ["ada@example.com", "Ada@example.com", "bob@example.com", "eve@example.com", "kim@example.com"];
    private static readonly string[] Phones = ["+4915112345678", "+4915112345679", "+14155550100"];
    private static readonly string[] Types = [.. EventTypes.All.Where(t => t is "page.viewed" or "order.placed" or "order.refunded" or "email.clicked" or "email.opened" or "email.unsubscribed" or "email.bounced" or "email.complained" or "sms.replied" or "form.submitted")];
    private static readonly string[] Json =
    [
        "{}", """{"path":"/pricing"}""", """{"path":"/Pricing/eu","n":3}""", """{"path":"/pric\u0069ng"}""", """{"path":["/pricing","/home"]}""", """{"path":null}""", """{"path":{"a":1}}""", """{"path":""}""", """{"path":true}""",
        """{"path":"/home","path":"/pricing"}""", """{"n":"12"}""", """{"n":12}""", """{"n":12.0}""", """{"n":1.2e1}""", """{"n":1e400}""", """{"n":-3.75}""", """{"n":123456789012345678901234567890}""", """{"n":"NaN"}""",
        """{"utm":{"source":"google"}}""", """{"utm.source":"bing","utm":{"source":"google"}}""", """{"utm":["google"]}""", """{"utm":{"source":null}}""", """{"utm.source":null,"utm":{"source":"google"}}""",
        """{"kind":"hard"}""", """{"kind":"soft"}""", """{"text":"STOP"}""", """{"text":"thanks"}""", """{"total_minor":1250}""", """{"total_minor":"900"}""", """{"total_minor":99.5}""",
        """{"items":[{"sku":"a","price_minor":500,"quantity":2}]}""", """{"path":"Zürich"}""", """{"path":"\u0000x"}""", """{"other":{"path":"/pricing"},"path":"/home"}""", """{ "n" : 5 , "path" : "/pricing" }""",
    ];

    private static Gen<T> One<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    public static Gen<DateTimeOffset> Instant { get; } = Gen.Select(Gen.Int[0, 60], One(0L, 10, 8_640_000_000, 864_000_000_000 - 10)).Select((d, t) => Begin.AddDays(d).AddTicks(t));

    private static Gen<string> Word { get; } = One(Words);

    private static Gen<FieldValues> Values { get; } = Gen.Select(
        One(Emails).Null(), One(Phones).Null(), Word.Null(), Word.Null(), One("vip", "VIP", "news\nvip", "Ünal K\nnews", "viper").Null(), Instant.Nullable(), Instant.Nullable()).Select(
        (email, phone, city, country, tags, known, engaged) => FieldValues.None.With(Field.Email, email).With(Field.Phone, phone).With(Field.City, city).With(Field.Country, country).With(Field.Tags, tags)
            .With(Field.KnownSince, known is { } k ? Moments.Text(k) : null).With(Field.EngagedAt, engaged is { } e ? Moments.Text(e) : null));

    private static Gen<ConsentClaim> Consent { get; } = Gen.Select(Gen.Bool, One("marketing", "*", "news"), Gen.Int[0, 4], One(ConsentState.Granted, ConsentState.Granted, ConsentState.Granted, ConsentState.Denied, ConsentState.Pending, ConsentState.Suppressed), Instant.Nullable()).Select(
        (mail, purpose, point, state, at) => new ConsentClaim(mail ? Channel.Email : Channel.Sms, purpose, mail ? Emails[point] : Phones[point % 3], state, at));

    private static Gen<SuppressionAdd> Suppression { get; } = Gen.Select(Gen.Bool, One("marketing", "*", "news"), Gen.Int[0, 4], Instant, Gen.Guid).Select(
        (mail, purpose, point, at, id) => new SuppressionAdd(id, mail ? Channel.Email : Channel.Sms, mail ? Emails[point] : Phones[point % 3], purpose, SuppressionReason.Request, null, "test", at));

    private static Gen<(string, DateTimeOffset, string)> Event { get; } = Gen.Select(One(Types), Instant, One(Json)).Select((type, at, json) => (type, at, json));

    private static Gen<Journey> Journeys { get; } = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Word, Instant).Select((enrolled, active, converted, overrides, word, at) => Journey.Empty with
    {
        Clock = at,
        Enrolments = enrolled ? [new Enrolment("welcome", "v1", 1, at, at, null, false, active ? EnrolmentState.Active : EnrolmentState.Exited, null, at, null, null, [], 0, null, converted ? at : null, null, null)] : [],
        Overrides = overrides ? Journey.Empty.Overrides.Add(Field.City, word).Add(Field.Tags, "vip") : Journey.Empty.Overrides,
        Suppressions = overrides && active ? [new SuppressionFact(Channel.Email, Purposes.Marketing, "request", at)] : [],
    });

    public static Gen<DrawnContact[]> Population { get; } = Gen.Select(Values, Consent.Array[0, 3], Suppression.Array[0, 1], Event.Array[0, 6], Journeys.Null()).Select((v, c, s, e, j) => new DrawnContact(v, c, s, e, j)).Array[14];

    private static Gen<ValueTest> Test { get; } = Gen.OneOf(
        Gen.Select(One(ValueTestKind.Is, ValueTestKind.Contains, ValueTestKind.StartsWith), Operand).Select((k, o) => new ValueTest(k, [o])),
        Operand.Array[1, 3].Select(o => new ValueTest(ValueTestKind.In, [.. o])),
        Gen.Select(One(ValueTestKind.AtLeast, ValueTestKind.Below), One("3", "12", "3.5", "-4", "1000")).Select((k, o) => new ValueTest(k, [o])),
        One(ValueTestKind.Exists, ValueTestKind.Missing).Select(k => new ValueTest(k, [])));

    private static Gen<string> Operand => Gen.OneOf(Word.Where(w => w.Length > 0), One("/pricing", "/PRIC", "12", "12.0", "google", "hard", "true", "vip", "news", "zür", "Ü", "c", "%", "_", "\\"));

    private static Gen<PropertyTest> Property { get; } = Gen.Select(One("path", "n", "utm.source", "kind", "other.path", "od\"d", "total_minor"), Test).Select((p, t) => new PropertyTest(p, t));

    private static Gen<EventPattern> Pattern { get; } = Gen.Select(One(Types), Property.Array[0, 2]).Select((type, where) => new EventPattern(type, [.. where]));

    private static Gen<TimeSpan> Window { get; } = Gen.Int[0, 40].Select(d => TimeSpan.FromDays(d));

    private static Gen<Condition> Leaf { get; } = Gen.OneOf<Condition>(
        Gen.Select(One(Field.City, Field.Country, Field.Tags, Field.Email), Test.Array[1, 2]).Select((f, t) => (Condition)new FieldCondition(f, [.. t])),
        One("vip", "VIP", "news", "ünal k", "ne").Select(t => (Condition)new TagCondition(t)),
        Gen.Select(Pattern, Gen.Int[0, 3], Gen.Int[0, 3].Nullable(), Window.Nullable()).Select((p, least, most, within) => (Condition)new EventCondition(p, least, most, within, EventSince.Ever)),
        Gen.Select(Pattern, Gen.Int[0, 3], Gen.Int[0, 3].Nullable(), Window.Nullable()).Select((p, least, most, within) => (Condition)new EventCondition(p, least, most, within, EventSince.Entry)),
        Gen.Select(Gen.Int[1, 3], One(0L, 500L, 1250L, 2500L).Nullable(), Window.Nullable()).Select((n, total, within) => (Condition)new OrdersCondition(n, total, within)),
        Gen.Select(Gen.Bool, Gen.Bool).Select((mail, wanted) => (Condition)new ConsentCondition(mail ? Channel.Email : Channel.Sms, wanted)),
        One(HygieneStatus.Ready, HygieneStatus.InReview, HygieneStatus.Blocked).Select(h => (Condition)new HygieneCondition(h)),
        One(Enum.GetValues<WorkflowStanding>()).Select(s => (Condition)new WorkflowCondition("welcome", s)),
        Gen.Select(One(Enum.GetValues<ScoreKind>()), One(0.0, 5.0, 10.0, 12.5, 30.0).Nullable(), One(5.0, 10.0, 40.0).Nullable()).Select((k, least, below) => (Condition)new ScoreCondition(k, least, below)),
        Gen.Select(Window, Gen.Bool).Select((w, opens) => (Condition)new InactiveCondition(w, opens)),
        Property.Array[1].Select(p => (Condition)new TriggerCondition([.. p])),
        Gen.Const((Condition)new SegmentCondition("named")));

    public static Gen<Condition> Conditions { get; } = Gen.Recursive<Condition>((depth, self) => depth >= 3 ? Leaf : Gen.Frequency(
        (4, Leaf), (1, self.Array[0, 3].Select(p => (Condition)new AllCondition([.. p]))), (1, self.Array[0, 3].Select(p => (Condition)new AnyCondition([.. p]))), (1, self.Select(p => (Condition)new NotCondition(p)))));

    public static WorkflowSet Set(DateTimeOffset watchingSince) => new(
        [], [], [new Segment("named", "Named", new AnyCondition([new TagCondition("vip"), new EventCondition(new EventPattern("page.viewed", []), 1, null, TimeSpan.FromDays(20), EventSince.Ever)]))], Scoring, RoutingRules.Empty, SendingRules.Default,
        (_, _, _, _, _) => default, watchingSince);

    private static ScoreModel Scoring { get; } = new(
        [new FitRule(new FieldCondition(Field.Country, [new ValueTest(ValueTestKind.Is, ["de"])]), 10, "a"), new FitRule(new TagCondition("news"), -4.5, "b"), new FitRule(new FieldCondition(Field.City, [new ValueTest(ValueTestKind.Contains, ["ü"])]), 7.25, "c")],
        [
            new BehaviourRule(new EventPattern("page.viewed", [new PropertyTest("path", new ValueTest(ValueTestKind.StartsWith, ["/pricing"]))]), 8, TimeSpan.FromDays(7), 12, "d"),
            new BehaviourRule(new EventPattern("order.placed", []), 20, TimeSpan.FromHours(1), null, "e"), new BehaviourRule(new EventPattern("email.unsubscribed", []), -6, TimeSpan.FromDays(30), -9, "f"),
        ],
        40);
}
