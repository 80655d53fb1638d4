using IntegrationHub.Auditing;
using IntegrationHub.Matching;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class FixOnSqlite(StoreFixture fixture, ITestOutputHelper output) : FixStoreTests(fixture, output, Kind.Sqlite);

public sealed class FixOnPostgres(StoreFixture fixture, ITestOutputHelper output) : FixStoreTests(fixture, output, Kind.Postgres);

public abstract class FixStoreTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    private static readonly FieldIssue Junk = new(Field.LastName, NameIssues.Junk, "asdf", true);

    /// <summary>Three contacts of one record each: 1 and 2 with one address, 3 with a made-up name and a placeholder.</summary>
    private static async Task<(IReadOnlyDictionary<string, long> Ids, Func<string, Task<GoldenRow>> Golden)> Three(HubStore store, ConsentState? one = null)
    {
        await store.Land(Raw("1"), Raw("2"), Raw("3"));
        var rows = await store.Waiting();
        var ids = rows.ToDictionary(r => r.Key.ExternalId, r => r.RecordId);
        await store.Clean.Save([.. rows.Select(r => r.Key.ExternalId == "3"
            ? Clean(r, Values((Field.Email, "test@test.com")), issues: [Junk, new(Field.Email, EmailIssues.Placeholder, "test@test.com", false)])
            : Clean(r, Values((Field.FirstName, r.Key.ExternalId), (Field.Email, r.Key.ExternalId == "1" ? "Ada@byron.name" : "ada@byron.name")),
                consents: r.Key.ExternalId == "1" && one is { } state ? [new ConsentClaim(Channel.Email, "marketing", "Ada@byron.name", state, null)] : []))], Now, Ct);
        await store.Cluster([ids["1"]], [ids["2"]], [ids["3"]]);
        var goldens = await store.MergeAll();
        return (ids, async id => await store.Golden.Find(goldens[ids[id]], Ct) ?? throw new InvalidOperationException());
    }

    [Fact]
    public Task A_golden_record_is_judged_in_the_transaction_that_makes_it() => On(async store =>
    {
        var (_, golden) = await Three(store);
        Assert.Equal(new Hygiene(HygieneStatus.Ready, HygieneReasons.None), (await golden("1")).Hygiene);
        Assert.Equal(new Hygiene(HygieneStatus.Blocked, HygieneReasons.PlaceholderEmail | HygieneReasons.PlaceholderName), (await golden("3")).Hygiene);
        Assert.Equal([(HygieneStatus.Ready, 2L), (HygieneStatus.Blocked, 1L)], (await store.Golden.HygieneCounts(Ct)).Select(c => (c.Hygiene.Status, c.Contacts)));
    });

    [Fact]
    public Task An_open_pair_of_one_mailbox_holds_both_sides_back_until_it_closes() => On(async store =>
    {
        var (ids, golden) = await Three(store);
        Task Save(QueuePair[] open, string[] obsolete) => store.Matches.Save(new MatchSave([], [], [], [], open, obsolete), Now, Ct);
        var review = new Hygiene(HygieneStatus.InReview, HygieneReasons.SharedEmail);
        await Save([new("p", ids["1"], ids["2"], 3), new("q", ids["2"], ids["3"], 3)], []);
        Assert.Equal((review, review), ((await golden("1")).Hygiene, (await golden("2")).Hygiene));
        Assert.Equal(HygieneStatus.Blocked, (await golden("3")).Hygiene.Status);

        await Save([], ["p"]);
        Assert.Equal(HygieneStatus.Ready, (await golden("1")).Hygiene.Status);
        await Save([new("p", ids["1"], ids["2"], 3)], []);
        Assert.Equal(review, (await golden("2")).Hygiene);

        var decision = new Decision(Guid.CreateVersion7(Now), false, "ada", Now, null, "review");
        await store.Decisions.Add(new DecisionSave(decision, [new PairDecision(Key("1"), Key("2"), false)], [], "p", [], []), Ct);
        Assert.Equal((HygieneStatus.Ready, HygieneStatus.Ready), ((await golden("1")).Hygiene.Status, (await golden("2")).Hygiene.Status));
    });

    [Fact]
    public Task A_bounce_holds_for_every_contact_with_the_address_whatever_its_capitals() => On(async store =>
    {
        var (_, golden) = await Three(store, ConsentState.Suppressed);
        var blocked = new Hygiene(HygieneStatus.Blocked, HygieneReasons.EmailUndeliverable);
        Assert.Equal((blocked, blocked), ((await golden("1")).Hygiene, (await golden("2")).Hygiene));

        await store.Land(Raw("1", """{"again":1}"""));
        var row = Assert.Single(await store.Waiting());
        await store.Clean.Save(
            [Clean(row, Values((Field.FirstName, "1"), (Field.Email, "Ada@byron.name")), consents: [new ConsentClaim(Channel.Email, "marketing", "Ada@byron.name", ConsentState.Granted, null)])], Now, Ct);
        Assert.Equal((HygieneStatus.Ready, HygieneStatus.Ready), ((await golden("1")).Hygiene.Status, (await golden("2")).Hygiene.Status));
    });

    [Fact]
    public Task Suppressions_stand_beside_each_other_and_each_ends_by_itself() => On(async store =>
    {
        var (_, golden) = await Three(store);
        SuppressionAdd Of(string purpose, SuppressionReason reason) => new(Guid.CreateVersion7(Now), Channel.Email, "ADA@byron.name", purpose, reason, null, "ada", Now);
        var (one, two, marketing) = (Of("*", SuppressionReason.HardBounce), Of("*", SuppressionReason.Request), Of("marketing", SuppressionReason.Disposable));
        await store.Suppressions.Add([one, two, marketing], [], Ct);
        await store.Suppressions.Add([one], [], Ct);
        Assert.Equal(3, (await store.Suppressions.For(Channel.Email, "ada@byron.name", Ct)).Count);
        Assert.Equal(["ada@byron.name"], await store.Suppressions.InForceAmong(Channel.Email, "newsletter", ["ada@byron.name", "x@y.z"], Ct));

        Assert.Equal(1, await store.Suppressions.Release([one.Id], "bob", "mended", [], Now, Ct));
        Assert.Equal(0, await store.Suppressions.Release([one.Id], "bob", null, [], Now, Ct));
        Assert.Equal(HygieneStatus.Blocked, (await golden("2")).Hygiene.Status);
        Assert.Equal(1, await store.Suppressions.Release([two.Id], "bob", null, [], Now, Ct));
        Assert.Equal(HygieneStatus.Ready, (await golden("2")).Hygiene.Status);
        Assert.Empty(await store.Suppressions.InForceAmong(Channel.Email, "newsletter", ["ada@byron.name"], Ct));
        Assert.Single(await store.Suppressions.InForceAmong(Channel.Email, "marketing", ["ada@byron.name"], Ct));
    });

    [Fact]
    public Task A_lock_is_handed_to_Merge_with_its_cluster_until_it_is_released() => On(async store =>
    {
        var (ids, golden) = await Three(store);
        var held = new HeldLock(Guid.CreateVersion7(Now), ids["1"], new FieldLock(Field.Email, null, new Correction("Ada@byron.name")), "ada", Now, "why");
        await store.Locks.Add([held], [], Ct);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        Assert.Equal([held.Lock], Assert.Single(batch.Clusters).Locks);
        Assert.Equal([held], await store.Locks.Of((await golden("1")).Id, Ct));

        await store.Work.Complete(Stage.Merge, batch.Work, Ct);
        Assert.Equal(1, await store.Locks.Release([held.Id], "bob", [], Now, Ct));
        Assert.Equal(0, await store.Locks.Release([held.Id], "bob", [], Now, Ct));
        Assert.Empty(Assert.Single((await store.Golden.TakeForMerge(0, 10, Ct)).Clusters).Locks);
    });

    [Fact]
    public Task A_batch_is_applied_and_taken_back_with_its_trail_and_its_work() => On(async store =>
    {
        var (ids, golden) = await Three(store);
        var pair = new QueuePair("p", ids["1"], ids["2"], 3);
        await store.Matches.Save(new MatchSave([], [], [], [], [pair], []), Now, Ct);
        var before = await store.Queue.Find("p", Ct);
        FixItem[] items =
        [
            new(0, FixItemState.Pending, new FixChangeRow(FixAction.Correct, (await golden("3")).Id, ids["3"], Field.Email, "test@test.com", null)),
            new(1, FixItemState.Pending, new FixChangeRow(FixAction.Suppress, (await golden("1")).Id, ids["1"], Before: "ada@byron.name", Channel: Channel.Email, Purpose: "*", Reason: SuppressionReason.HardBounce)),
            new(2, FixItemState.Pending, new FixChangeRow(FixAction.Same, (await golden("1")).Id, ids["1"], Before: $"{Key("1")}", After: $"{Key("2")}", PairId: "p")),
            new(3, FixItemState.Pending, new FixChangeRow(FixAction.Same, (await golden("1")).Id, ids["1"], Before: $"{Key("1")}", After: $"{Key("3")}", PairId: "gone")),
        ];
        var batch = new FixBatch(Guid.CreateVersion7(Now), "any", FixState.Drafted, 0, Now, "mia");
        await store.Fixes.Draft(batch with { Id = Guid.CreateVersion7(Now) }, Ct);
        await store.Fixes.Draft(batch, Ct);
        await store.Fixes.Draft(batch.Id, items, Ct);
        await store.Fixes.Drafted(batch.Id, items.Length, Ct);
        Assert.Equal((batch with { State = FixState.Previewed, Items = 4 }, 1), (await store.Fixes.Find(batch.Id, Ct), (await store.Fixes.List(10, Ct)).Count));
        Assert.Equal(items, (await CleanRecordTests.All(store.Fixes.Items(batch.Id, null, Ct))));

        Assert.True(await store.Fixes.Move(batch.Id, FixState.Previewed, FixState.Applying, "mia", Now, Ct));
        Assert.False(await store.Fixes.Move(batch.Id, FixState.Previewed, FixState.Applying, "bob", Now, Ct));
        Assert.Equal("mia", (await store.Fixes.Latest("any", [FixState.Applying, FixState.Applied], Ct))?.AppliedBy);
        await store.Fixes.Apply(batch, items, [], "mia", Now, Ct);
        Assert.Equal(new Dictionary<FixItemState, long> { [FixItemState.Applied] = 3, [FixItemState.Moved] = 1 }, await store.Fixes.Counts(batch.Id, Ct));
        Assert.Equal((QueueState.Merged, "mia"), ((await store.Queue.Find("p", Ct))?.State, (await store.Queue.Find("p", Ct))?.DecidedBy));
        Assert.Equal([new PairDecision(Key("1"), Key("2"), true)], await store.Decisions.All(Ct));
        Assert.Equal(HygieneStatus.Blocked, (await golden("2")).Hygiene.Status);
        Assert.Equal([ids["3"]], (await store.Work.Take(Stage.Merge, 0, 10, Ct)).Select(w => w.Key));
        Assert.Equal([ids["1"], ids["2"]], (await store.Work.Take(Stage.Match, 0, 10, Ct)).Select(w => w.Key));
        Assert.Equal(3, (await store.Trail.Latest(10, Ct)).Count(t => t.Action == "fix"));
        Assert.DoesNotContain(await store.Trail.Latest(10, Ct), t => $"{t.Before}{t.After}".Contains("byron", StringComparison.Ordinal));

        var applied = await CleanRecordTests.All(store.Fixes.Items(batch.Id, FixItemState.Applied, Ct));
        await store.Fixes.Undo(batch, applied, "mia", Now, Ct);
        Assert.Equal(new Dictionary<FixItemState, long> { [FixItemState.Undone] = 3, [FixItemState.Moved] = 1 }, await store.Fixes.Counts(batch.Id, Ct));
        Assert.Empty(await store.Decisions.All(Ct));
        Assert.Empty(await store.Decisions.Touching([Key("1")], Ct));
        Assert.Empty(await store.Locks.Of((await golden("3")).Id, Ct));
        Assert.Equal(HygieneStatus.Ready, (await golden("2")).Hygiene.Status);
        Assert.Equal(QueueState.Obsolete, (await store.Queue.Find("p", Ct))?.State);

        // Matching finds that the pair is to be decided after all: it is as it was.
        await store.Matches.Save(new MatchSave([], [], [], [], [pair], []), Now.AddDays(1), Ct);
        Assert.Equal(before, await store.Queue.Find("p", Ct));
    });

    [Fact]
    public Task Each_scope_of_a_fix_finds_its_golden_records_with_their_records() => On(async store =>
    {
        var (ids, golden) = await Three(store, ConsentState.Suppressed);
        async Task<GoldenId[]> In(FixScope scope) => [.. (await CleanRecordTests.All(store.Golden.Candidates(scope, Ct))).Select(c => c.Golden.Row.Id)];
        Assert.Equal([(await golden("3")).Id], await In(new FixScope.WithIssue(EmailIssues.Placeholder)));
        Assert.Equal([(await golden("1")).Id, (await golden("2")).Id], await In(new FixScope.WithReason(HygieneReasons.EmailUndeliverable)));
        Assert.Equal(3, (await In(new FixScope.Without(Field.Country, [Field.Email]))).Length);
        Assert.Empty(await In(new FixScope.Without(Field.Country, [Field.Phone])));
        Assert.Empty(await In(new FixScope.Merged()));
        var candidate = Assert.Single(await CleanRecordTests.All(store.Golden.Candidates(new FixScope.WithIssue(EmailIssues.Placeholder), Ct)));
        Assert.Equal((ids["3"], 2), (Assert.Single(candidate.Records).RecordId, candidate.Records[0].Record.Issues.Length));
    });
}
