using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;
using static IntegrationHub.Tests.Store.Rows;

namespace IntegrationHub.Tests.Store;

public sealed class GoldenOnSqlite(StoreFixture fixture, ITestOutputHelper output) : GoldenTests(fixture, output, Kind.Sqlite);

public sealed class GoldenOnPostgres(StoreFixture fixture, ITestOutputHelper output) : GoldenTests(fixture, output, Kind.Postgres);

public abstract class GoldenTests(StoreFixture fixture, ITestOutputHelper output, Kind kind) : StoreTests(fixture, output, kind)
{
    [Fact]
    public Task A_cluster_becomes_a_golden_record_with_its_crosswalk() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Cluster([ids["1"], ids["3"]], [ids["2"]]);
        var goldens = await store.MergeAll();

        var detail = await store.Golden.Show(goldens[ids["1"]], Ct);
        Assert.Equal([Key("1"), Key("3")], detail?.Sources.Select(s => s.Record.Key));
        Assert.Equal("1", detail?.Row.Values[Field.FirstName]);
        Assert.Equal([new Provenance(Field.FirstName, Key("1"), "only")], (detail?.Row.Provenance ?? []).ToArray());
        Assert.Equal((2, Now, Now, (DateTimeOffset?)null), (detail?.Row.SourceCount, detail?.Row.CreatedAt, detail?.Row.UpdatedAt, detail?.Row.RetiredAt));
        Assert.Equal(
            [(Key("1"), goldens[ids["1"]]), (Key("2"), goldens[ids["2"]]), (Key("3"), goldens[ids["1"]])],
            (await CleanRecordTests.All(store.Golden.Crosswalk(Ct))).Select(x => (x.Key, x.Golden)));
        Assert.Equal(0, await store.Work.Count(Stage.Merge, Ct));
        Assert.Equal(2, await store.Work.Count(Stage.Sync, Ct));
    });

    [Fact]
    public Task The_same_content_again_writes_nothing_and_gets_no_work() => On(async store =>
    {
        var ids = await store.Contacts("1");
        await store.Cluster([ids["1"]]);
        var golden = (await store.MergeAll())[ids["1"]];
        var before = await store.Golden.Find(golden, Ct);
        await store.Work.Complete(Stage.Sync, await store.Work.Take(Stage.Sync, 0, 10, Ct), Ct);

        await store.Work.Enqueue(Stage.Merge, [ids["1"]], "again", Ct);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        Assert.Equal(new GoldenCounts(0, 0, 1, 0), await store.Golden.Save(Merge(batch, Golden(batch.Clusters[0], golden)), Now.AddDays(1), Ct));

        var after = await store.Golden.Find(golden, Ct);
        Assert.Equal((before?.ContentHash, before?.UpdatedAt), (after?.ContentHash, after?.UpdatedAt));
        Assert.Equal(0, await store.Work.Count(Stage.Sync, Ct));
        Assert.Equal(0, await store.Work.Count(Stage.Merge, Ct));
    });

    [Fact]
    public Task New_rules_make_golden_records_stale_until_they_are_confirmed() => On(async store =>
    {
        var ids = await store.Contacts("1", "2");
        await store.Cluster([ids["1"]], [ids["2"]]);
        await store.MergeAll();
        Assert.Equal(0, await store.Work.EnqueueStaleGolden(Recipe, Ct));
        var next = new RecipeVersion("00000000000000c3");
        Assert.Equal(2, await store.Work.EnqueueStaleGolden(next, Ct));
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        await store.Golden.Save(Merge(batch, [.. batch.Clusters.Select(c => Golden(c, c.Members[0].Golden ?? default, next))]), Now, Ct);
        Assert.Equal(0, await store.Work.EnqueueStaleGolden(next, Ct));
    });

    [Fact]
    public Task A_batch_holds_every_cluster_and_record_that_a_claimed_golden_record_has() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3", "4");
        await store.Cluster([ids["1"], ids["2"], ids["3"]], [ids["4"]]);
        var goldens = await store.MergeAll();

        // 3 leaves for 4; only 3 is dirty.
        await store.Matches.Save(new MatchSave([], [], [], [new(ids["3"], ids["3"]), new(ids["4"], ids["3"])], [], []), Now, Ct);
        await store.Work.Complete(Stage.Merge, (await store.Work.Take(Stage.Merge, 0, 10, Ct)).Where(w => w.Key != ids["3"]).ToList(), Ct);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);

        Assert.Equal([ids["3"]], batch.Work.Select(w => w.Key));
        Assert.Equal([(ids["1"], 2), (ids["3"], 2)], batch.Clusters.Select(c => (c.ClusterId, c.Members.Count)));
        Assert.Equal([goldens[ids["1"]], goldens[ids["1"]]], batch.Clusters[0].Members.Select(m => m.Golden ?? default));
        Assert.Equal([goldens[ids["1"]], goldens[ids["4"]]], batch.Goldens.Select(g => g.Row.Id));
        Assert.Equal(
            [new(ids["1"], Key("1"), ids["1"]), new(ids["2"], Key("2"), ids["1"]), new GoldenMember(ids["3"], Key("3"), ids["3"])], batch.Goldens[0].Records);
        Assert.Equal(ids["3"], batch.Last);
    });

    [Fact]
    public Task A_cluster_is_merged_once_whatever_slice_its_records_are_in() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Cluster([ids["1"], ids["3"]], [ids["2"]]);
        var first = await store.Golden.TakeForMerge(0, 1, Ct);
        Assert.Equal([ids["1"], ids["3"]], first.Work.Select(w => w.Key));
        await store.Golden.Save(Merge(first, Golden(first.Clusters[0], NewGolden())), Now, Ct);
        var second = await store.Golden.TakeForMerge(0, 1, Ct);
        Assert.Equal([ids["2"]], second.Work.Select(w => w.Key));
        await store.Golden.Save(Merge(second, Golden(second.Clusters[0], NewGolden(1))), Now, Ct);
        Assert.Empty((await store.Golden.TakeForMerge(0, 1, Ct)).Work);
    });

    [Fact]
    public Task A_golden_record_that_lost_all_its_records_is_retired_and_can_come_back() => On(async store =>
    {
        var ids = await store.Contacts("1");
        await store.Cluster([ids["1"]]);
        var golden = (await store.MergeAll())[ids["1"]];
        await store.Land(Gone("1"));
        await store.Clean.Save([new CleanSave((await store.Waiting())[0], null, Recipe)], Now, Ct);
        var dirty = await store.Matches.TakeDirty(0, 10, Ct);
        await store.Matches.Save(new MatchSave(dirty, [], [], [new(ids["1"], null)], [], []), Now, Ct);

        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        Assert.Empty(batch.Clusters);
        var state = Assert.Single(batch.Goldens);
        Assert.Equal([new GoldenMember(ids["1"], Key("1"), null)], state.Records);
        Assert.Equal(new GoldenCounts(0, 0, 0, 1), await store.Golden.Save(Merge(batch, new GoldenSave(golden, null, [], Recipe)), Now.AddDays(1), Ct));

        Assert.Equal(Now.AddDays(1), (await store.Golden.Find(golden, Ct))?.RetiredAt);
        Assert.Empty(await CleanRecordTests.All(store.Golden.Stream(null, Ct)));
        Assert.Empty(await CleanRecordTests.All(store.Golden.Crosswalk(Ct)));
        Assert.Empty(await store.Golden.Search("1", 10, Ct));

        await store.Land(Raw("1"));
        await store.Clean.Save([Clean((await store.Waiting())[0])], Now, Ct);
        await store.Cluster([ids["1"]]);
        batch = await store.Golden.TakeForMerge(0, 10, Ct);
        Assert.Equal(new GoldenCounts(0, 1, 0, 0), await store.Golden.Save(Merge(batch, Golden(batch.Clusters[0], golden)), Now.AddDays(2), Ct));
        var back = await store.Golden.Find(golden, Ct);
        Assert.Equal((null, Now), (back?.RetiredAt, back?.CreatedAt));
    });

    [Fact]
    public Task An_absorbed_id_leads_to_the_survivor_through_further_merges_and_lives_again_when_undone() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Cluster([ids["1"]], [ids["2"]], [ids["3"]]);
        var g = await store.MergeAll();
        var (one, two, three) = (g[ids["1"]], g[ids["2"]], g[ids["3"]]);

        async Task<MergeEvent> Absorb(GoldenId survivor, GoldenId absorbed, int minute)
        {
            var merge = new MergeEvent(Guid.CreateVersion7(Now.AddMinutes(minute)), survivor, absorbed, [Key("1")], [Key("2"), Key("3")], 0.97, "auto", Now.AddMinutes(minute), null);
            await store.Golden.Save(
                new MergeSave([], [new GoldenSave(absorbed, null, [], Recipe)], [new GoldenAlias(absorbed, survivor, merge.Id, Now)], [], [merge], [], []), Now, Ct);
            return merge;
        }

        var first = await Absorb(two, three, 1);
        var second = await Absorb(one, two, 2);
        Assert.Equal(one, (await store.Golden.Find(three, Ct))?.Id);
        var detail = await store.Golden.Show(three, Ct);
        Assert.Equal([two, three], (detail?.Aliases ?? []).Select(a => a.Alias).OrderBy(a => a.Value));
        Assert.Equal([first.Id, second.Id], detail?.Merges.Select(m => m.Id));

        var found = await store.Golden.FindMerge(first.Id, Ct);
        Assert.Equal(first with { Left = [], Right = [] }, found is null ? null : found with { Left = [], Right = [] });
        Assert.Equal([Key("2"), Key("3")], (found?.Right ?? []).ToArray());
        Assert.Null(await store.Golden.FindMerge(Guid.Empty, Ct));

        await store.Golden.Save(new MergeSave([], [], [], [three], [], [first.Id], []), Now.AddDays(1), Ct);
        Assert.Equal(three, (await store.Golden.Find(three, Ct))?.Id);
        Assert.Equal(Now.AddDays(1), (await store.Golden.FindMerge(first.Id, Ct))?.UndoneAt);
        Assert.Equal([second.Id, first.Id], (await store.Golden.Merges(10, Ct)).Select(m => m.Id));
        Assert.Equal([first.Id], (await store.Golden.MergesOf([three], Ct)).Select(m => m.Id));
    });

    [Fact]
    public Task A_save_that_breaks_off_half_way_leaves_nothing_of_itself() => On(async store =>
    {
        var ids = await store.Contacts("1");
        await store.Cluster([ids["1"]]);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        var golden = NewGolden();
        MergeEvent merge = new(Guid.CreateVersion7(Now), golden, null, [Key("1")], [], null, "auto", Now, null);
        var save = Merge(batch, Golden(batch.Clusters[0], golden));

        var error = await Assert.ThrowsAsync<StoreException>(() => store.Golden.Save(save with { Merges = [merge, merge] }, Now, Ct));

        Assert.Contains("nothing of it was kept", error.Message, StringComparison.Ordinal);
        Assert.Null(await store.Golden.Find(golden, Ct));
        Assert.Empty(await store.Golden.GoldenOf([.. ids.Values], Ct));
        Assert.Equal(batch.Work, (await store.Golden.TakeForMerge(0, 10, Ct)).Work);
        Assert.Equal(new GoldenCounts(1, 0, 0, 0), await store.Golden.Save(save with { Merges = [merge] }, Now, Ct));
    });

    [Fact]
    public Task A_record_that_moves_has_one_golden_record_whatever_the_order_of_the_saves() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Cluster([ids["1"], ids["2"]], [ids["3"]]);
        var g = await store.MergeAll();
        await store.Cluster([ids["1"]], [ids["2"], ids["3"]]);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        await store.Golden.Save(Merge(batch, Golden(batch.Clusters[1], g[ids["3"]]), Golden(batch.Clusters[0], g[ids["1"]])), Now, Ct);
        Assert.Equal(
            new Dictionary<long, GoldenId> { [ids["1"]] = g[ids["1"]], [ids["2"]] = g[ids["3"]], [ids["3"]] = g[ids["3"]] },
            await store.Golden.GoldenOf([.. ids.Values], Ct));
    });

    [Theory]
    [InlineData("ANN@Example.com")]
    [InlineData("0664 123 45 67")]
    [InlineData("+43 664 1234567")]
    [InlineData("ann MÜLLER")]
    [InlineData("müller")]
    [InlineData("crm/contacts/17")]
    [InlineData("100%_s\\ure")]
    [InlineData("other@example.org")]
    public Task Is_found_by(string text) => On(async store =>
    {
        await store.Land(Raw("17"), Raw("18"));
        var rows = await store.Waiting();
        await store.Clean.Save(
            [
                Clean(rows[0], Values(
                    (Field.FirstName, "Ann"), (Field.LastName, "Müller"), (Field.Email, "ann@example.com"), (Field.Phone, "+436641234567"),
                    (Field.Company, "100%_s\\ure"), (Field.OtherEmails, "other@example.org"))),
                Clean(rows[1], Values((Field.FirstName, "Bob"), (Field.LastName, "Mu"), (Field.Email, "bob@example.com"), (Field.Phone, "+15550000000"), (Field.Company, "100 sure"))),
            ],
            Now,
            Ct);
        await store.Cluster([rows[0].RecordId], [rows[1].RecordId]);
        var g = await store.MergeAll();

        Assert.Equal(g[rows[0].RecordId], Assert.Single(await store.Golden.Search(text, 10, Ct)).Id);
        Assert.Equal(g[rows[0].RecordId], Assert.Single(await store.Golden.Search(g[rows[0].RecordId].ToString(), 10, Ct)).Id);
        Assert.Empty(await store.Golden.Search("'; DROP TABLE golden_record; --", 10, Ct));
        Assert.Empty(await store.Golden.Search("  ", 10, Ct));
        Assert.Equal(2, (await store.Golden.Search("example.com", 10, Ct)).Count);
        Assert.Single(await store.Golden.Search("example.com", 1, Ct));
    });

    [Fact]
    public Task Sync_takes_golden_records_by_row_and_the_trail_tells_their_history() => On(async store =>
    {
        var ids = await store.Contacts("1");
        await store.Cluster([ids["1"]]);
        var batch = await store.Golden.TakeForMerge(0, 10, Ct);
        var golden = NewGolden();
        var entry = new TrailEntry(Now, "auto", "field.changed", "golden", golden.ToString(), null, "\"x\u0000\"", "first");
        await store.Golden.Save(Merge(batch, Golden(batch.Clusters[0], golden)) with { Trail = [entry] }, Now, Ct);

        var work = Assert.Single(await store.Work.Take(Stage.Sync, 0, 10, Ct));
        var state = Assert.Single(await store.Golden.ByRow([work.Key, 999], Ct));
        Assert.Equal((golden, Key("1")), (state.Row.Id, state.Records[0].Key));
        Assert.Equal("first", Assert.Single((await store.Golden.Show(golden, Ct))?.History ?? []).Why);
        Assert.Null(await store.Golden.Show(NewGolden(5), Ct));
    });

    [Fact]
    public Task The_last_word_on_consent_of_each_record_of_a_golden_record_is_known() => On(async store =>
    {
        ConsentClaim yes = new(Channel.Email, "marketing", "a@b.c", ConsentState.Granted, null);
        await store.Land(Raw("1"), Raw("2"));
        var rows = await store.Waiting();
        await store.Clean.Save([Clean(rows[0], consents: [yes]), Clean(rows[1], consents: [yes])], Now, Ct);
        await store.Land(Raw("1", "[]"));
        await store.Clean.Save([Clean((await store.Waiting())[0], consents: [yes with { State = ConsentState.Denied }])], Now, Ct);
        await store.Cluster([rows[0].RecordId, rows[1].RecordId]);
        var golden = (await store.MergeAll())[rows[0].RecordId];
        Assert.Equal([(Key("1"), ConsentState.Denied), (Key("2"), ConsentState.Granted)], (await store.Consents.Of(golden, Ct)).Select(c => (c.Key, c.State)));
    });

    [Fact]
    public Task Counts_are_told_by_source_and_over_all() => On(async store =>
    {
        var ids = await store.Contacts("1", "2", "3");
        await store.Cluster([ids["1"], ids["2"]], [ids["3"]]);
        await store.MergeAll();
        await store.Land(Gone("9"));
        Assert.Equal([new SourceCounts("crm", Streams.Contacts, 3, 1, 3, 2)], await store.Stats.Sources(Ct));
        Assert.Equal(new Totals(2, 0, 3, 0, 0, 0, 0), await store.Stats.Totals(Ct));
    });
}
