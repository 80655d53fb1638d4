using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class MatchesOnSqlite(StoreFixture fixture, ITestOutputHelper output) : MatchTests(fixture, output, Kind.Sqlite);

public sealed class MatchesOnPostgres(StoreFixture fixture, ITestOutputHelper output) : MatchTests(fixture, output, Kind.Postgres);

public abstract class MatchTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    private static readonly MatchSave Nothing = new([], [], [], [], [], []);

    [Fact]
    public Task Blocks_have_a_size_that_is_counted_so_far_and_members() => On(async store =>
    {
        MatchKey all = new(0, -9), pair = new(1, 7), alone = new(2, 3), none = new(2, 4);
        await store.Matches.Save(
            Nothing with
            {
                Keys =
                [
                    .. Enumerable.Range(1, 5).Select(i => new RecordKey(EntityKind.Contact, all, i)), new(EntityKind.Contact, pair, 1), new(EntityKind.Contact, pair, 2),
                    new(EntityKind.Contact, alone, 1), new(EntityKind.Company, all, 6),
                ],
            },
            Now, Ct);

        Assert.Equal(
            [(all, 4), (pair, 2), (alone, 1)],
            (await store.Matches.Sizes(EntityKind.Contact, [none, pair, all, alone], 4, Ct)).Select(s => (s.Key, s.Value)).OrderBy(s => s.Key.Rule));
        Assert.Equal([(all, 6)], await store.Matches.Members(EntityKind.Company, [all, pair], Ct));
        Assert.Equal([(pair, 1), (pair, 2)], (await store.Matches.Members(EntityKind.Contact, [pair], Ct)).Order(Comparer<(MatchKey, long Id)>.Create((x, y) => x.Id.CompareTo(y.Id))));
        Assert.Empty(await store.Matches.Sizes(EntityKind.Contact, [], 4, Ct));
    });

    [Fact]
    public Task Keys_go_and_come_with_a_save() => On(async store =>
    {
        RecordKey old = new(EntityKind.Contact, new MatchKey(1, 9), 3), stays = new(EntityKind.Contact, new MatchKey(0, long.MinValue), 3), fresh = new(EntityKind.Company, new MatchKey(0, long.MaxValue), 3);
        await store.Matches.Save(Nothing with { Keys = [old, stays] }, Now, Ct);
        await store.Matches.Save(Nothing with { GoneKeys = [old], Keys = [fresh] }, Now, Ct);
        Assert.Equal([stays, fresh], await store.Matches.KeysOf([3, 4], Ct));
    });

    [Fact]
    public Task Finer_keys_are_kept_by_place_and_those_beside_a_place_are_found() => On(async store =>
    {
        MatchKey key = new(100, 5);
        FinerKey At(long place) => new(EntityKind.Contact, key, place, place + 1000);
        await store.Matches.Save(Nothing with { FinerKeys = [At(long.MinValue), At(-7), At(0), At(3), At(8), new(EntityKind.Contact, new MatchKey(100, 6), 1, 9)] }, Now, Ct);
        Assert.Equal([At(-7), At(0), At(8)], await store.Matches.Beside(EntityKind.Contact, key, 3, 2, Ct));
        Assert.Equal([At(long.MinValue)], await store.Matches.Beside(EntityKind.Contact, key, -7, 1, Ct) is [var first, ..] ? [first] : []);
        await store.Matches.Save(Nothing with { GoneFinerKeys = [At(0)] }, Now, Ct);
        Assert.Equal([At(-7)], await store.Matches.FinerKeysOf([993, 1000], Ct));
        Assert.Equal(4, (await store.Matches.FinerSizes(EntityKind.Contact, [key], 10, Ct))[key]);
        Assert.Equal(4, (await store.Matches.FinerMembers(EntityKind.Contact, [key], Ct)).Count);
    });

    [Fact]
    public Task A_kind_has_a_state_when_all_of_it_is_matched() => On(async store =>
    {
        Assert.Empty(await store.Matches.States(Ct));
        await store.Matches.Save(Nothing with { State = new MatchState(EntityKind.Company, new RecipeVersion("a")) }, Now, Ct);
        await store.Matches.Save(Nothing with { State = new MatchState(EntityKind.Contact, new RecipeVersion("b")) }, Now, Ct);
        await store.Matches.Save(Nothing, Now, Ct);
        await store.Matches.Save(Nothing with { State = new MatchState(EntityKind.Company, null) }, Now, Ct);
        Assert.Equal([(EntityKind.Contact, "b")], (await store.Matches.States(Ct)).Select(s => (s.Key, s.Value.Value)));
    });

    [Fact]
    public Task Edges_go_come_and_take_a_new_weight() => On(async store =>
    {
        await store.Matches.Save(Nothing with { Edges = [new(1, 2, 5), new(2, 3, 6), new(4, 5, 7), new(5, 6, 8)] }, Now, Ct);
        await store.Matches.Save(Nothing with { GoneEdges = [new(1, 2, 5), new(2, 3, 6)], Edges = [new(2, 9, -1.25)] }, Now, Ct);
        Assert.Equal([new(2, 9, -1.25), new(4, 5, 7), new Edge(5, 6, 8)], await store.Matches.EdgesTouching([1, 2, 3, 4, 5, 6], Ct));

        await store.Matches.Save(Nothing with { Edges = [new(4, 5, 9), new(4, 5, 10)] }, Now, Ct);
        Assert.Equal([new Edge(4, 5, 10)], await store.Matches.EdgesTouching([4], Ct));
        Assert.Equal([new(4, 5, 10), new Edge(5, 6, 8)], await store.Matches.EdgesTouching([5], Ct));
        Assert.Equal([new Edge(5, 6, 8)], await store.Matches.EdgesAmong([5, 6, 2], Ct));
    });

    [Fact]
    public Task A_connected_component_is_found_from_any_of_its_records() => On(async store =>
    {
        Edge[] chain = [.. Enumerable.Range(1, 9).Select(i => new Edge(i, i + 1, i))];
        await store.Matches.Save(Nothing with { Edges = [.. chain.Reverse(), new(20, 21, 1)] }, Now, Ct);
        Assert.Equal(chain, await store.Matches.EdgesConnected([1], Ct));
        Assert.Equal(chain, await store.Matches.EdgesConnected([5], Ct));
        Assert.Equal(10, (await store.Matches.EdgesConnected([10, 21], Ct)).Count);
        Assert.Empty(await store.Matches.EdgesConnected([99], Ct));
    });

    [Fact]
    public Task Records_move_between_clusters_and_leave_them() => On(async store =>
    {
        await store.Matches.Save(Nothing with { Assignments = [new(1, 1), new(2, 1), new(3, 3)] }, Now, Ct);
        await store.Matches.Save(Nothing with { Assignments = [new(2, 3), new(1, null)] }, Now, Ct);
        Assert.Equal(new Dictionary<long, long> { [2] = 3, [3] = 3 }, await store.Matches.ClusterOf([1, 2, 3], Ct));
    });

    [Fact]
    public Task Saving_hands_what_was_done_and_what_moved_on_to_merge() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        var dirty = await store.Matches.TakeDirty(0, 2, Ct);
        Assert.Equal([ids["1"], ids["2"]], dirty.Select(d => d.RecordId));
        await store.Matches.Save(Nothing with { Done = dirty, Assignments = [new(77, 77)] }, Now, Ct);

        Assert.Equal([ids["1"], ids["2"], 77], (await store.Work.Take(Stage.Merge, 0, 10, Ct)).Select(w => w.Key));
        Assert.Equal(ids["3"], Assert.Single(await store.Matches.TakeDirty(0, 10, Ct)).RecordId);
    });

    [Fact]
    public Task Work_that_came_again_while_a_record_was_being_matched_stays() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        var dirty = await store.Matches.TakeDirty(0, 10, Ct);
        await store.Work.Enqueue(Stage.Match, [ids["2"]], "decision", Ct);
        await store.Matches.Save(Nothing with { Done = dirty }, Now, Ct);
        var left = Assert.Single(await store.Matches.TakeDirty(0, 10, Ct));
        Assert.Equal((ids["2"], "decision"), (left.RecordId, left.Reason));
    });

    [Fact]
    public Task A_save_that_breaks_off_half_way_leaves_nothing_of_itself() => On(async store =>
    {
        await store.Contacts("1");
        var dirty = await store.Matches.TakeDirty(0, 10, Ct);
        await Assert.ThrowsAsync<ArgumentNullException>(() => store.Matches.Save(
            Nothing with { Done = dirty, Edges = [new(1, 2, 3)], Assignments = [new(1, 1)], Queue = [new QueuePair(null!, 1, 2, 0)] }, Now, Ct));

        Assert.Empty(await store.Matches.EdgesTouching([1], Ct));
        Assert.Empty(await store.Matches.ClusterOf([1], Ct));
        Assert.Equal(dirty, await store.Matches.TakeDirty(0, 10, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Merge, Ct));
        await store.Matches.Save(Nothing with { Done = dirty, Edges = [new(1, 2, 3)] }, Now, Ct);
        Assert.Single(await store.Matches.EdgesTouching([1], Ct));
    });

    [Fact]
    public Task A_queue_pair_opens_takes_the_new_weight_becomes_obsolete_and_opens_again() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        QueuePair pair = new("q1", ids["1"], ids["2"], 3.5);
        await store.Matches.Save(Nothing with { Queue = [pair] }, Now, Ct);
        await store.Matches.Save(Nothing with { Queue = [pair with { Weight = 4 }] }, Now.AddDays(1), Ct);
        var open = Assert.Single(await store.Queue.List(QueueState.Open, 10, Ct));
        Assert.Equal(new QueueRow("q1", ids["1"], ids["2"], Key("1"), Key("2"), null, null, 4, QueueState.Open, Now, null, null), open);
        Assert.Equal([pair with { Weight = 4 }], await store.Queue.OpenTouching([ids["2"]], Ct));

        await store.Matches.Save(Nothing with { Obsolete = ["q1", "unknown"] }, Now, Ct);
        Assert.Equal(QueueState.Obsolete, (await store.Queue.Find("q1", Ct))?.State);
        Assert.Empty(await store.Queue.OpenTouching([ids["1"]], Ct));
        await store.Matches.Save(Nothing with { Queue = [pair] }, Now, Ct);
        Assert.Equal(1, await store.Queue.Count(QueueState.Open, Ct));
    });

    [Fact]
    public Task A_decided_pair_is_neither_opened_nor_made_obsolete() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        QueuePair pair = new("q1", ids["1"], ids["2"], 3.5);
        await store.Matches.Save(Nothing with { Queue = [pair] }, Now, Ct);
        var decision = new Decision(Guid.CreateVersion7(Now), false, "ann", Now, null, "review");
        Assert.Equal(DecisionOutcome.Saved, await store.Decisions.Add(new DecisionSave(decision, [], [], "q1", [], []), Ct));
        await store.Matches.Save(Nothing with { Queue = [pair with { Weight = 9 }], Obsolete = ["q1"] }, Now, Ct);
        var row = await store.Queue.Find("q1", Ct);
        Assert.Equal((QueueState.Rejected, 3.5, "ann", Now), (row?.State, row?.Weight, row?.DecidedBy, row?.DecidedAt));
    });

    [Fact]
    public Task The_queue_lists_the_heaviest_first() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Matches.Save(
            Nothing with { Queue = [new("b", ids["1"], ids["2"], 1), new("a", ids["1"], ids["3"], 1), new("c", ids["2"], ids["3"], 8)] }, Now, Ct);
        Assert.Equal(["c", "a", "b"], (await store.Queue.List(QueueState.Open, 10, Ct)).Select(q => q.Id));
        Assert.Single(await store.Queue.List(QueueState.Open, 1, Ct));
    });

    [Fact]
    public Task All_of_a_kind_can_be_matched_anew() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        await store.Work.Complete(Stage.Match, await store.Work.Take(Stage.Match, 0, 10, Ct), Ct);
        Assert.Equal(0, await store.Work.EnqueueAllForMatch(EntityKind.Company, "model", Ct));
        Assert.Equal(2, await store.Work.EnqueueAllForMatch(EntityKind.Contact, "model", Ct));
        Assert.Equal([(ids["1"], "model"), (ids["2"], "model")], (await store.Work.Take(Stage.Match, 0, 10, Ct)).Select(w => (w.Key, w.Reason)));
        Assert.Equal(ids["2"], Assert.Single(await store.Work.Take(Stage.Match, ids["1"], 10, Ct)).Key);
    });
}
