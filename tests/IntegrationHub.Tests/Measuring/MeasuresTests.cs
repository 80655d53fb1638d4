using IntegrationHub.Measuring;
using IntegrationHub.Store;
using IntegrationHub.Tests.Store;

using Xunit.Abstractions;
using static IntegrationHub.Tests.Measuring.Exposures;

namespace IntegrationHub.Tests.Measuring;

public sealed class SqliteMeasuresTests(StoreFixture fixture, ITestOutputHelper output) : MeasuresTests(fixture, output, Kind.Sqlite);

public sealed class PostgresMeasuresTests(StoreFixture fixture, ITestOutputHelper output) : MeasuresTests(fixture, output, Kind.Postgres);

[Collection("store")]
public abstract class MeasuresTests(StoreFixture fixture, ITestOutputHelper output, Kind kind)
{
    private static readonly Guid Ada = new("01900000-0000-7000-8000-00000000000a");
    private static readonly Guid Bob = new("01900000-0000-7000-8000-00000000000b");
    private static readonly Guid FormerAda = new("01900000-0000-7000-8000-00000000000c");

    [Fact]
    public async Task Runs_delivered_messages_and_events_are_read_and_former_ids_lead_to_the_contact()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await Run(database, Ada, 1, entered: 10, path: "remind ask:yes thank", converted: 12);
        await Run(database, Bob, 1, entered: 10, path: "remind", control: true);
        await Run(database, Bob, 2, entered: 40, path: "remind");
        await Message(database, Ada, "m1", 10.1, status: 2);
        await Message(database, Ada, "m2", 10.2, status: 0);
        await Message(database, Ada, "m3", 10.3, status: 2, note: true);
        await Message(database, Bob, "m4", 9, status: 2);
        await Event(database, FormerAda, "e1", "order.placed", 12, """{"order_id":"1","total_minor":1000,"currency":"EUR"}""");
        await Event(database, Ada, "e2", "page.viewed", 12, "{}");
        await RawSql.Execute(database, "INSERT INTO golden_alias (alias, golden_id, merge_id, since) VALUES (@0, @1, @0, @2)", FormerAda, Ada, Day(1));

        await using var store = HubStore.Open(database, StoreFixture.Key);
        var facts = await store.Measures.Facts(Day(10), Day(30), TimeSpan.FromDays(5), default);

        Assert.Equal(
            [(Ada.ToString(), "ask:yes", false, (DateTimeOffset?)Day(12)), (Bob.ToString(), "straight", true, null)],
            facts.Enrolments.OrderBy(e => e.Contact, StringComparer.Ordinal).Select(e => (e.Contact, e.Path, e.Control, e.ConvertedAt)));
        // Bob's lies in the look-back before the report begins.
        Assert.Equal([("m1", "ask:yes"), ("m4", "straight")], facts.Touches.OrderBy(t => t.MessageKey, StringComparer.Ordinal).Select(t => (t.MessageKey, t.Path)));
        Assert.Equal((Ada.ToString(), "e1"), (Assert.Single(facts.Events).Contact, facts.Events[0].Event.Id));
        var report = WorkflowReports.Of(facts, ReportRequest.All with { From = Day(10), Until = Day(30) });
        Assert.Equal([new MoneyAmount("EUR", 1000)], Assert.Single(report.Workflows).Total.Revenue["last"].ToArray());
        Assert.NotNull(report.Workflows[0].Lift);
    }

    [Fact]
    public async Task An_empty_hub_has_no_facts()
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var store = HubStore.Open(database, StoreFixture.Key);
        var facts = await store.Measures.Facts(null, null, TimeSpan.FromDays(30), default);
        Assert.True(facts.Enrolments.IsEmpty && facts.Touches.IsEmpty && facts.Events.IsEmpty);
    }

    private static Task Run(string database, Guid golden, int visit, double entered, string path, bool control = false, double? converted = null) => RawSql.Execute(
        database,
        "INSERT INTO enrolment (golden_id, workflow, visit, version, state, entered_at, since, control, step_since, path, messages" + (converted is null ? "" : ", converted_at") + ") VALUES (@0, 'cart', @1, 'v1', 1, @2, @2, @3, @2, @4, 0" + (converted is null ? ")" : ", @5)"),
        [golden, visit, Day(entered), control, path, .. converted is { } at ? new object[] { Day(at) } : []]);

    private static Task Message(string database, Guid golden, string key, double at, int status, bool note = false) => RawSql.Execute(
        database,
        "INSERT INTO message (key, once, golden_id, workflow, version, step, visit, template, channel, marketing, internal, to_point, to_hmac, content, status, attempts, next_at, maybe_delivered, possible_duplicate, created_at, settled_at) "
        + "VALUES (@0, @0, @1, 'cart', 'v1', 'remind', 1, 't', 0, @2, @3, 1, @4, '{}', @5, 1, @6, @7, @7, @6, @6)",
        key, golden, true, note, new byte[] { 1 }, status, Day(at), false);

    private static Task Event(string database, Guid golden, string id, string type, double at, string properties) => RawSql.Execute(
        database, "INSERT INTO event (id, type, at, received_at, source, contact, golden_id, state, history, properties) VALUES (@0, @1, @2, @2, 'api', '{}', @3, 2, @4, @5)", id, type, Day(at), golden, false, properties);
}
