using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>
/// Match: changed clean records are weighed against their candidates; edges become clusters and the merge queue.
/// Many changes are matched as one batch over all records, a few against the blocks that they are in: both end in the same clusters, since a pair's weight
/// depends on the pair, and a cluster on its component.
/// </summary>
internal sealed class MatchStage(HubStore store, Models models, TimeProvider time)
{
    private const int RecordsATransaction = 2_000;

    // From this share of all records on, one pass over all is cheaper than looking each changed one up.
    private const double BatchShare = 0.05;

    /// <summary>Matches all that waits.</summary>
    public async Task<MatchTally> Run(Action<long> done, CancellationToken ct)
    {
        var tally = new MatchTally();
        var dirty = await AllDirty(ct);
        if (dirty.Count == 0) return tally;
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            // A removed record has lost its kind with its clean record: it leaves the clusters of whichever kind it was.
            var ofKind = dirty.Where(d => d.Kind is null || d.Kind == kind).ToList();
            if (ofKind.Count > 0) await MatchKind(kind, ofKind, tally, done, ct);
        }

        return tally;
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

    private async Task MatchKind(EntityKind kind, List<DirtyRecord> dirty, MatchTally tally, Action<long> done, CancellationToken ct)
    {
        var model = models.Of(kind);
        var total = await store.Clean.Count(kind, ct);
        var scope = dirty.Count <= total * BatchShare && await Nearby(dirty, model, ct) is { } nearby ? nearby : null;
        var records = await Load(kind, scope, ct);
        var weighed = Weigh(records, scope is null ? null : dirty.Select(d => d.RecordId).ToHashSet(), model, ct);
        tally.Weighed += weighed.Candidates;
        if (scope is null) tally.LargeBlocks.AddRange(weighed.LargeBlocks.Select(b => Describe(b, records)));
        await Save(dirty, records, weighed.Edges, scope is not null, model, done, ct);
    }

    /// <summary>
    /// The records that a few changed ones can be told apart from: those in their blocks, and the components that they were or may now be part of.
    /// Null where one of the blocks is over the cap, so that all records are needed to refine it.
    /// </summary>
    private async Task<HashSet<long>?> Nearby(List<DirtyRecord> dirty, MatchModel model, CancellationToken ct)
    {
        var ids = dirty.Select(d => d.RecordId).ToList();
        var near = ids.ToHashSet();
        foreach (var block in await store.Matches.Blocks(ids, model.BlockCap, ct))
        {
            if (block.Size > model.BlockCap) return null;
            near.UnionWith(block.Records);
        }

        while (true)
        {
            var before = near.Count;
            foreach (var edge in await store.Matches.EdgesConnected(near, ct)) near.UnionWith([edge.A, edge.B]);
            var clusters = await store.Matches.ClusterOf(near, ct);
            foreach (var members in (await store.Matches.MembersOf([.. clusters.Values.Distinct()], ct)).Values) near.UnionWith(members);
            near.UnionWith(await DecidedWith(near, ct));
            if (near.Count == before) return near;
        }
    }

    private async Task<IEnumerable<long>> DecidedWith(HashSet<long> records, CancellationToken ct)
    {
        var keys = await store.Landing.Keys(records, ct);
        var decisions = await store.Decisions.Touching([.. keys.Values], ct);
        return decisions.Count == 0 ? [] : (await store.Landing.Ids([.. decisions.SelectMany(d => new[] { d.A, d.B }).Distinct()], ct)).Values;
    }

    private async Task<PreparedRecords> Load(EntityKind kind, HashSet<long>? scope, CancellationToken ct)
    {
        var (table, loaded) = (new MatchTable(kind), new List<(long Id, SourceKey Key)>());
        void Take(IReadOnlyList<CleanRow> rows)
        {
            var records = new MatchRecord[rows.Count];
            Parallel.For(0, records.Length, i => records[i] = MatchRecord.From(rows[i].Record));
            table.Add(records);
            foreach (var row in rows) loaded.Add((row.RecordId, row.Record.Key));
        }

        if (scope is not null) Take([.. (await store.Clean.Load(scope, ct)).Where(r => r.Record.Kind == kind)]);
        else
            await foreach (var batch in store.Clean.Stream(kind, ct)) Take(batch);

        // In the order of source keys, so that nothing depends on who was pulled first.
        var order = Enumerable.Range(0, loaded.Count).OrderBy(i => loaded[i].Key).ToArray();
        table.Seal();
        table.Reorder(order);
        return new PreparedRecords([.. order.Select(i => loaded[i].Id)], [.. order.Select(i => loaded[i].Key)], table);
    }

    /// <summary>Edges between records. With <paramref name="only"/>, pairs without one of these are known already and left to the store.</summary>
    private static MatchedPairs Weigh(PreparedRecords records, HashSet<long>? only, MatchModel model, CancellationToken ct)
    {
        var wanted = only is null ? null : records.Ids.Select(only.Contains).ToArray();
        return Matcher.Weigh(records.Table, Blocks.Of(records.Table, model, wide: false, ct), model, wanted, ct);
    }

    private async Task Save(
        List<DirtyRecord> dirty, PreparedRecords records, IReadOnlyList<Edge> fresh, bool partial, MatchModel model, Action<long> done, CancellationToken ct)
    {
        var reweighed = dirty.Select(d => d.RecordId).ToHashSet();
        var index = records.Ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        IReadOnlyList<Edge> edges = partial ? [.. (await StillStanding(records, reweighed, ct)).Select(e => Between(index[e.A], index[e.B], e.Weight)), .. fresh] : fresh;
        var result = Clusters.Partition(records.Table, edges, await DecisionsAmong(records, ct), model, ct);

        var clusterIds = records.Ids.Select((id, i) => (id, Auto: result.Auto[i])).GroupBy(n => n.Auto)
            .SelectMany(g => g.Select(n => (n.id, Cluster: g.Min(m => m.id)))).ToDictionary(p => p.id, p => p.Cluster);
        var present = await store.Matches.ClusterOf([.. records.Ids, .. reweighed], ct);
        var queue = result.Queue.Select(e => Pair(e, records)).ToList();
        var obsolete = (await store.Queue.OpenTouching([.. records.Ids, .. reweighed], ct)).Select(q => q.Id).Except(queue.Select(q => q.Id)).ToList();
        var byId = edges.Select(e => Between(records.Ids[(int)e.A], records.Ids[(int)e.B], e.Weight)).ToList();
        var freshById = partial ? [.. fresh.Select(e => Between(records.Ids[(int)e.A], records.Ids[(int)e.B], e.Weight))] : byId;

        var saved = 0;
        foreach (var slice in Slices(dirty, records.Ids, byId))
        {
            var finished = dirty.Where(d => slice.Contains(d.RecordId)).ToList();
            await store.Matches.Save(
                new MatchSave(
                    finished,
                    [.. finished.Select(d => d.RecordId)],
                    [.. freshById.Where(e => slice.Contains(e.A))],
                    [.. slice.Select(id => new ClusterAssignment(id, clusterIds.TryGetValue(id, out var c) ? c : null)).Where(a => Differs(a, present))],
                    [.. queue.Where(q => slice.Contains(q.RecordA))],
                    saved == 0 ? obsolete : []),
                time.GetUtcNow(), ct);
            saved += finished.Count;
            done(saved);
        }
    }

    /// <summary>Edges of the store that no changed record touches.</summary>
    private async Task<IReadOnlyList<Edge>> StillStanding(PreparedRecords records, HashSet<long> reweighed, CancellationToken ct) =>
        [.. (await store.Matches.EdgesAmong(records.Ids, ct)).Where(e => !reweighed.Contains(e.A) && !reweighed.Contains(e.B))];

    private async Task<IReadOnlyList<DecidedPair>> DecisionsAmong(PreparedRecords records, CancellationToken ct)
    {
        var all = await store.Decisions.All(ct);
        if (all.Count == 0) return [];
        var indexOf = records.Keys.Select((key, i) => (key, i)).ToDictionary(p => p.key, p => p.i);
        return [.. all.Where(d => indexOf.ContainsKey(d.A) && indexOf.ContainsKey(d.B)).Select(d => new DecidedPair(indexOf[d.A], indexOf[d.B], d.Same))];
    }

    /// <summary>Whole components, some thousand records together, so that a cluster is never saved in halves.</summary>
    private static IEnumerable<HashSet<long>> Slices(List<DirtyRecord> dirty, IReadOnlyList<long> ids, IReadOnlyList<Edge> edges)
    {
        var neighbours = edges.SelectMany(e => new[] { (e.A, e.B), (e.B, e.A) }).ToLookup(p => p.Item1, p => p.Item2);
        var left = ids.Concat(dirty.Select(d => d.RecordId)).ToHashSet();
        var slice = new HashSet<long>();
        foreach (var start in left.ToList())
        {
            if (!left.Remove(start)) continue;
            var next = new Stack<long>([start]);
            while (next.TryPop(out var id))
            {
                slice.Add(id);
                foreach (var neighbour in neighbours[id])
                    if (left.Remove(neighbour)) next.Push(neighbour);
            }

            if (slice.Count < RecordsATransaction) continue;
            yield return slice;
            slice = [];
        }

        if (slice.Count > 0) yield return slice;
    }

    private static bool Differs(ClusterAssignment assignment, IReadOnlyDictionary<long, long> present) =>
        present.TryGetValue(assignment.RecordId, out var cluster) ? assignment.ClusterId != cluster : assignment.ClusterId is not null;

    private static Edge Between(long a, long b, double weight) => a < b ? new Edge(a, b, weight) : new Edge(b, a, weight);

    private static QueuePair Pair(Edge edge, PreparedRecords records)
    {
        var (a, b) = (records.Keys[(int)edge.A], records.Keys[(int)edge.B]);
        var (first, second) = a.CompareTo(b) < 0 ? (a, b) : (b, a);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{first}\n{second}"));
        return new QueuePair(Convert.ToHexStringLower(hash.AsSpan(0, 5)), Math.Min(records.Ids[(int)edge.A], records.Ids[(int)edge.B]), Math.Max(records.Ids[(int)edge.A], records.Ids[(int)edge.B]), edge.Weight);
    }

    private static string Describe(LargeBlock block, PreparedRecords records) =>
        $"{block.Records} records share one {block.Rule} (such as {records.Keys[block.Example]}); they were compared by finer keys.";

    /// <summary>Records ready to be compared, in the order of their source keys.</summary>
    private sealed record PreparedRecords(IReadOnlyList<long> Ids, IReadOnlyList<SourceKey> Keys, MatchTable Table);
}

/// <summary>What matching has done.</summary>
internal sealed class MatchTally
{
    public long Weighed { get; set; }

    public List<string> LargeBlocks { get; } = [];
}
