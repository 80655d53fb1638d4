using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>
/// Match: changed clean records are weighed against their candidates; edges become clusters and the merge queue. Many changes are matched as one batch over all records of a kind, a few by
/// what they touch (<see cref="ChangedRecords"/>). Both end in the same clusters: whether two records are compared depends on their keys and the sizes of their blocks, a pair's weight on
/// the pair, a cluster on its component.
/// </summary>
internal sealed class MatchStage(HubStore store, Models models, TimeProvider time)
{
    private const int RecordsATransaction = 2_000;

    private readonly BatchSize size = new(store, RecordsATransaction);

    // From this share of all records on, one pass over all is cheaper than looking each changed one up; a few hundred are looked up at once, however few records there are.
    private const double BatchShare = 0.05;
    private const int AlwaysFew = 500;

    /// <summary>Matches all that waits.</summary>
    public async Task<MatchTally> Run(Action<long> done, CancellationToken ct)
    {
        var tally = new MatchTally(done);
        var states = await store.Matches.States(ct);
        var waiting = await store.Work.Count(Stage.Match, ct);
        var many = waiting > AlwaysFew && await store.Clean.Count((long)(waiting / BatchShare) + 1, ct) <= waiting / BatchShare;
        foreach (var kind in Enum.GetValues<EntityKind>())
            if (!states.TryGetValue(kind, out var recipe) || recipe != models.Of(kind).Version || many) await MatchAll(kind, tally, ct);

        // What was matched in full is no longer dirty; a record that comes again meanwhile waits for the next run.
        for (var after = 0L; ;)
        {
            var slice = await store.Matches.TakeDirty(after, size.Next, ct);
            if (slice.Count == 0) return tally;
            after = slice[^1].RecordId;
            await MatchFew(slice, tally, ct);
        }
    }

    private async Task MatchFew(IReadOnlyList<DirtyRecord> dirty, MatchTally tally, CancellationToken ct)
    {
        var save = new MatchSave(dirty, [], [], [], [], []);
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            var ofKind = dirty.Where(d => d.Concerns(kind)).ToList();
            if (ofKind.Count == 0) continue;
            var model = models.Of(kind);
            var changes = await ChangedRecords.Find(store, kind, model, ofKind, ct);
            tally.Weighed += changes.Weighed;
            tally.LargeBlocks.AddRange(changes.NewlyLarge);
            var clustered = await Clustering.Of(store, changes.Component, changes.Edges, changes.Touched, model, ct);
            save = save with
            {
                GoneEdges = [.. save.GoneEdges, .. changes.GoneEdges],
                Edges = [.. save.Edges, .. changes.FreshEdges],
                GoneKeys = [.. save.GoneKeys, .. changes.GoneKeys],
                Keys = [.. save.Keys, .. changes.Keys],
                GoneFinerKeys = [.. save.GoneFinerKeys, .. changes.GoneFinerKeys],
                FinerKeys = [.. save.FinerKeys, .. changes.FinerKeys],
                Assignments = [.. save.Assignments, .. clustered.Assignments(changes.Component.Ids), .. clustered.Removed(ofKind.Where(d => d.Home == kind && d.Kind is null))],
                Queue = [.. save.Queue, .. clustered.Queue],
                Obsolete = [.. save.Obsolete, .. clustered.Obsolete],
            };
        }

        var open = save.Queue.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        save = save with { Obsolete = [.. save.Obsolete.Where(o => !open.Contains(o))] };
        await size.Write(dirty.Count, () => store.Matches.Save(save, time.GetUtcNow(), ct));
        tally.Finish(dirty.Count);
    }

    /// <summary>Matches all records of a kind. Until its last transaction the kind has no state, so that a kill begins it anew.</summary>
    private async Task MatchAll(EntityKind kind, MatchTally tally, CancellationToken ct)
    {
        var model = models.Of(kind);
        var dirty = (await AllDirty(ct)).Where(d => d.Concerns(kind)).ToList();
        var records = await PreparedRecords.Load(store, model, ct);
        var blocks = Blocks.Of(records.Table, model, wide: false, ct);
        var weighed = Matcher.Weigh(records.Table, blocks, model, ct);
        tally.Weighed += weighed.Candidates;
        tally.LargeBlocks.AddRange(weighed.Finer.Large.Select(b => Describe(b, records)));
        List<Edge> edges = [.. weighed.Edges.Select(records.WithIds)];
        var clustered = await Clustering.Of(store, records, edges, [.. dirty.Select(d => d.RecordId)], model, ct);

        var slices = Slices.Of(records.Ids, dirty, edges, size.Next);
        for (var i = 0; i < slices.Count; i++)
        {
            var slice = slices[i];
            var (stored, own) = (await store.Matches.EdgesTouching(slice.Ids, ct), slice.Edges.ToHashSet());
            var keys = KeyDifference.Of(
                kind,
                [.. slice.Indexes.SelectMany(r => blocks.KeysOf(r).Select(k => new RecordKey(kind, k, records.Ids[r])))],
                [.. slice.Indexes.SelectMany(r => weighed.Finer.KeysOf(r).ToArray().Select(k => new FinerKey(kind, k, records.Places[r], records.Ids[r])))],
                await store.Matches.KeysOf(slice.Ids, ct),
                await store.Matches.FinerKeysOf(slice.Ids, ct));
            var known = stored.ToHashSet();
            await store.Matches.Save(
                new MatchSave(
                    [.. slice.Dirty.Where(d => d.Home == kind)],
                    [.. stored.Where(e => !own.Contains(e))],
                    [.. slice.Edges.Where(e => !known.Contains(e))],
                    [.. clustered.Assignments(slice.Ids), .. clustered.Removed(slice.Dirty.Where(d => d.Home == kind && d.Kind is null))],
                    [.. clustered.QueueOf(slice.Ids)],
                    i == 0 ? clustered.Obsolete : [])
                {
                    GoneKeys = keys.Gone,
                    Keys = keys.New,
                    GoneFinerKeys = keys.GoneFiner,
                    FinerKeys = keys.NewFiner,
                    State = i == slices.Count - 1 ? new MatchState(kind, model.Version) : i == 0 ? new MatchState(kind, null) : null,
                },
                time.GetUtcNow(), ct);
            tally.Finish(slice.Dirty.Count(d => d.Home == kind));
        }
    }

    private async Task<List<DirtyRecord>> AllDirty(CancellationToken ct)
    {
        var dirty = new List<DirtyRecord>();
        while (true)
        {
            var slice = await store.Matches.TakeDirty(dirty.Count == 0 ? 0 : dirty[^1].RecordId, 20_000, ct);
            if (slice.Count == 0) return dirty;
            dirty.AddRange(slice);
        }
    }

    private static string Describe(LargeBlock block, PreparedRecords records) =>
        $"{block.Records} records share one {block.Rule} (such as {records.Keys[block.Example]}); they were compared by finer keys.";
}

/// <summary>What matching has done.</summary>
internal sealed class MatchTally(Action<long> done)
{
    private long finished;

    public long Weighed { get; set; }

    public List<string> LargeBlocks { get; } = [];

    public void Finish(int records) => done(finished += records);
}
