using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class JobsOnSqlite(StoreFixture fixture, ITestOutputHelper output) : JobTests(fixture, output, Kind.Sqlite);

public sealed class JobsOnPostgres(StoreFixture fixture, ITestOutputHelper output) : JobTests(fixture, output, Kind.Postgres);

public abstract class JobTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    [Fact]
    public Task A_source_is_added_once() => On(async store =>
    {
        SourceRow row = new(Crm, "hubspot", "https://api.example", null, "TOKEN", "protected", "crm.yaml", "0 0 * * * ?", Now);
        Assert.True(await store.Sources.Add(row, Ct));
        Assert.False(await store.Sources.Add(row with { Connector = "files" }, Ct));
        Assert.Equal(row, await store.Sources.Find(Crm, Ct));
        Assert.Equal([row], await store.Sources.List(Ct));
        Assert.Null(await store.Sources.Find(SourceName.Parse("x") ?? Crm, Ct));
    });

    [Fact]
    public Task A_run_is_stored_with_its_counts_and_errors_and_one_that_was_killed_is_closed() => On(async store =>
    {
        var first = await store.Runs.Start("sync", "crm", Now, Ct);
        await store.Runs.Finish(first, RunStatus.Partly, new Dictionary<string, long> { ["in"] = 5, ["quarantined"] = 1 }, ["row 3: no\0 id"], Now.AddSeconds(9), Ct);
        await store.Runs.Start("audit", null, Now.AddMinutes(1), Ct);
        Assert.Equal(1, await store.Runs.CloseInterrupted(Now.AddMinutes(2), Ct));

        var runs = await store.Runs.List(10, Ct);
        Assert.Equal([("audit", RunStatus.Interrupted), ("sync", RunStatus.Partly)], runs.Select(r => (r.Kind, r.Status)));
        Assert.Equal((5, 1), (runs[1].Counts["in"], runs[1].Counts["quarantined"]));
        Assert.Equal(["row 3: no\u2400 id"], runs[1].Errors);
        Assert.Equal((Now, Now.AddSeconds(9)), (runs[1].StartedAt, runs[1].FinishedAt));
    });

    [Fact]
    public Task A_lease_has_one_holder_and_a_growing_epoch() => On(async store =>
    {
        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal(1, await store.Leases.TryTake("lane", "a", minute, Now, Ct));
        Assert.Null(await store.Leases.TryTake("lane", "b", minute, Now.AddSeconds(59), Ct));
        Assert.Equal(("a", Now.AddMinutes(1)), await store.Leases.Holder("lane", Now, Ct));
        Assert.True(await store.Leases.Renew("lane", 1, minute, Now.AddSeconds(59), Ct));
        Assert.Null(await store.Leases.TryTake("lane", "b", minute, Now.AddSeconds(70), Ct));

        Assert.Equal(2, await store.Leases.TryTake("lane", "b", minute, Now.AddMinutes(5), Ct));
        Assert.False(await store.Leases.Renew("lane", 1, minute, Now.AddMinutes(5), Ct));
        await store.Leases.Release("lane", 1, Ct);
        Assert.NotNull(await store.Leases.Holder("lane", Now.AddMinutes(5), Ct));
        await store.Leases.Release("lane", 2, Ct);
        Assert.Null(await store.Leases.Holder("lane", Now.AddMinutes(5), Ct));
        Assert.Equal(3, await store.Leases.TryTake("lane", "c", minute, Now.AddMinutes(5), Ct));
    });

    [Fact]
    public Task Of_many_that_ask_at_once_one_gets_the_lease() => On(async store =>
    {
        var epochs = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => store.Leases.TryTake("lane", $"h{i}", TimeSpan.FromMinutes(1), Now, Ct))));
        Assert.Equal(1, Assert.Single(epochs, e => e is not null));
    });

    [Fact]
    public Task An_outbox_key_is_taken_once_and_a_claim_keeps_others_away() => On(async store =>
    {
        OutboxAdd add = new("write_back", "crm", Streams.Contacts, "1", NewGolden(), """{"city":"Graz"}""", "k1");
        await store.Work.Enqueue(Stage.Sync, [5], "merged", Ct);
        Assert.Equal(2, await store.Outbox.Save(await store.Work.Take(Stage.Sync, 0, 10, Ct), [add, add, add with { Key = "k2", Golden = null }], Now, Ct));
        Assert.Equal(0, await store.Outbox.Save([], [add with { Payload = "{}" }], Now, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Sync, Ct));

        var claimed = await store.Outbox.Claim([OutboxKinds.WriteBack], 1, TimeSpan.FromMinutes(5), Now, Ct);
        Assert.Equal((add, 1, Now.AddMinutes(5)), (claimed[0].What, claimed[0].Attempts, claimed[0].NextAt));
        var rest = await store.Outbox.Claim([OutboxKinds.WriteBack], 10, TimeSpan.FromMinutes(5), Now.AddMinutes(1), Ct);
        Assert.Equal("k2", Assert.Single(rest).What.Key);
        Assert.Empty(await store.Outbox.Claim([OutboxKinds.WriteBack], 10, TimeSpan.FromMinutes(5), Now.AddMinutes(1), Ct));

        await store.Outbox.Delivered([claimed[0].Id], Now.AddMinutes(2), Ct);
        await store.Outbox.Refused(rest[0].Id, "429: slow down", Now.AddMinutes(3), Ct);
        var again = Assert.Single(await store.Outbox.Claim([OutboxKinds.WriteBack], 10, TimeSpan.FromMinutes(5), Now.AddMinutes(3), Ct));
        Assert.Equal(("k2", 2, "429: slow down"), (again.What.Key, again.Attempts, again.Error));
        await store.Outbox.Refused(again.Id, "404: no such row", null, Ct);
        Assert.Equal([OutboxState.Failed, OutboxState.Delivered], (await store.Outbox.List(10, Ct)).Select(o => o.State));
        Assert.Empty(await store.Outbox.Claim([OutboxKinds.WriteBack], 10, TimeSpan.FromMinutes(5), Now.AddDays(9), Ct));
    });

    [Fact]
    public Task On_a_pair_the_latest_word_holds() => On(async store =>
    {
        async Task Say(bool same, int minute, params (string A, string B)[] pairs) => await store.Decisions.Add(
            new DecisionSave(
                new Decision(Guid.CreateVersion7(Now.AddMinutes(minute)), same, "ann", Now.AddMinutes(minute), "because", "review"),
                [.. pairs.Select(p => new PairDecision(Key(p.A), Key(p.B), same))],
                [],
                null,
                [],
                []),
            Ct);

        await Say(true, 2, ("1", "2"));
        await Say(false, 1, ("2", "1"), ("1", "3"), ("1", "3"));

        Assert.Equal([new(Key("1"), Key("2"), true), new PairDecision(Key("1"), Key("3"), false)], await store.Decisions.All(Ct));
        Assert.Equal([new PairDecision(Key("1"), Key("2"), true)], await store.Decisions.Among([Key("1"), Key("2"), Key("9")], Ct));
        Assert.Equal([new PairDecision(Key("1"), Key("3"), false)], await store.Decisions.Touching([Key("3")], Ct));
        Assert.Empty(await store.Decisions.Among([Key("1")], Ct));
    });

    [Fact]
    public Task A_queue_row_is_decided_by_one_person_and_the_second_learns_of_it() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        await store.Matches.Save(
            new MatchSave(await store.Matches.TakeDirty(0, 10, Ct), [], [], [], [new QueuePair("q1", ids["1"], ids["2"], 2)], []), Now, Ct);
        DecisionSave Word(bool same, string by) => new(
            new Decision(Guid.CreateVersion7(Now), same, by, Now, null, "review"),
            [new PairDecision(Key("1"), Key("2"), same)],
            [ids["1"], ids["2"]],
            "q1",
            [],
            [new TrailEntry(Now, by, "merge", "pair", "q1", null, null, null)]);

        var outcomes = await Task.WhenAll(Task.Run(() => store.Decisions.Add(Word(true, "ann"), Ct)), Task.Run(() => store.Decisions.Add(Word(false, "bob"), Ct)));

        Assert.Equal([DecisionOutcome.Saved, DecisionOutcome.NotOpen], outcomes.Order());
        Assert.Equal(DecisionOutcome.NotFound, await store.Decisions.Add(Word(true, "ann") with { QueueId = "none" }, Ct));
        Assert.Single(await store.Decisions.All(Ct));
        Assert.Single(await store.Trail.For("pair", "q1", Ct));
        Assert.Equal([ids["1"], ids["2"]], (await store.Matches.TakeDirty(0, 10, Ct)).Select(d => d.RecordId));
    });

    [Fact]
    public Task Rows_that_never_landed_are_counted_by_place_and_cleared_when_a_full_pull_reads_them() => On(async store =>
    {
        QuarantineAdd row = new("row", "pull", "crm", Streams.Contacts, "contacts.csv:412", null, "ragged", "a,b", null);
        await store.Quarantine.Add([row, row with { Place = "contacts.csv:7" }, row with { Place = "contacts.csv:7" }], Now, Ct);
        await store.Quarantine.Add([row with { Error = "still ragged" }], Now.AddDays(1), Ct);
        Assert.Equal([("contacts.csv:412", 2, "still ragged"), ("contacts.csv:7", 1, "ragged")],
            (await store.Quarantine.List(false, 10, Ct)).Select(q => (q.What.Place, q.Attempts, q.What.Error)).Order());
        Assert.Equal(0, await store.Quarantine.Retry(null, Ct));

        Assert.Equal(1, await store.Quarantine.ClearUnseen(Crm, Streams.Contacts, Now.AddDays(1), "pull", Now.AddDays(1), Ct));
        Assert.Equal("contacts.csv:412", Assert.Single(await store.Quarantine.List(false, 10, Ct)).What.Place);
    });

    [Fact]
    public Task Work_enqueued_twice_is_one_row_with_a_new_seq() => On(async store =>
    {
        await store.Work.Enqueue(Stage.Merge, [3, 1, 3], "a", Ct);
        var before = await store.Work.Take(Stage.Merge, 0, 10, Ct);
        await store.Work.Enqueue(Stage.Merge, [3], "b", Ct);
        await store.Work.Enqueue(Stage.Match, [3], "other stage", Ct);
        Assert.Equal(1, await store.Work.Complete(Stage.Merge, before, Ct));
        var left = Assert.Single(await store.Work.Take(Stage.Merge, 0, 10, Ct));
        Assert.Equal((3, "b"), (left.Key, left.Reason));
        Assert.NotEqual(before[1].Seq, left.Seq);
        Assert.Equal(0, await store.Work.Complete(Stage.Merge, before, Ct));
    });

    [Fact]
    public Task The_latest_audit_of_a_scope_and_the_latest_trail_are_told() => On(async store =>
    {
        AuditRow audit = new(Guid.CreateVersion7(Now), Now, "all", 87.5, "ready", """{"score":87.5}""");
        await store.Audits.Add(audit, Ct);
        await store.Audits.Add(audit with { Id = Guid.CreateVersion7(Now.AddDays(-1)), At = Now.AddDays(-1), Score = 3 }, Ct);
        Assert.Equal(audit, await store.Audits.Latest("all", Ct));
        Assert.Null(await store.Audits.Latest("welcome", Ct));

        TrailEntry entry = new(Now, "ann", "lock", "golden", "g1", "1", "2", "asked");
        await store.Trail.Add([entry, entry with { Action = "unlock" }], Ct);
        Assert.Equal(["unlock", "lock"], (await store.Trail.Latest(10, Ct)).Select(t => t.Action));
        Assert.Equal(entry, (await store.Trail.For("golden", "g1", Ct))[0]);
    });

    [Fact]
    public Task An_empty_store_answers_everything_with_nothing() => On(async store =>
    {
        Assert.Empty(await store.Sources.List(Ct));
        Assert.Empty(await store.Runs.List(10, Ct));
        Assert.Empty(await store.Matches.TakeDirty(0, 10, Ct));
        Assert.Equal(0, (await store.Golden.TakeForMerge(0, 10, Ct)).Last);
        Assert.Equal(new CleanCounts(0, 0, 0, 0), await store.Clean.Save([], Now, Ct));
        Assert.Equal(new LandingCounts(0, 0, 0, 0), await store.Land());
        await store.Matches.Save(new MatchSave([], [], [], [], [], []), Now, Ct);
        Assert.Equal(new GoldenCounts(0, 0, 0, 0), await store.Golden.Save(new MergeSave([], [], [], [], [], [], []), Now, Ct));
        Assert.Equal(new Totals(0, 0, 0, 0, 0, 0, 0), await store.Stats.Totals(Ct));
        Assert.Empty(await store.Stats.Sources(Ct));
        Assert.Empty(await store.Clean.Load([], Ct));
        Assert.Empty(await store.Landing.Keys([], Ct));
        Assert.Empty(await store.Matches.EdgesAmong([], Ct));
        Assert.Empty(await store.Decisions.All(Ct));
    });
}
