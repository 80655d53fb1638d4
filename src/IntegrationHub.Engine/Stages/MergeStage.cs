using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Matching;
using IntegrationHub.Merging;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using ClusterMember = IntegrationHub.Merging.ClusterMember;
using GoldenAlias = IntegrationHub.Merging.GoldenAlias;
using StoredAlias = IntegrationHub.Store.GoldenAlias;
using StoredMerge = IntegrationHub.Store.MergeEvent;

namespace IntegrationHub.Engine.Stages;

/// <summary>Merge: changed clusters become golden records with provenance, stable ids and a trail that says what joined what.</summary>
internal sealed class MergeStage(HubStore store, TimeProvider time)
{
    private const int RecordsATransaction = 2_000;
    private readonly BatchSize size = new(store, RecordsATransaction);
    private const int MostJoinedOneByOne = 100;

    /// <summary>Merges all that waits.</summary>
    /// <param name="rules">Who wins a field.</param>
    /// <param name="isHistory">True where what waits comes of a first pull, a pull of everything again, or a new recipe.</param>
    /// <param name="done">Told how many records are merged.</param>
    /// <param name="ct">Stops between transactions.</param>
    public async Task<MergeTally> Run(SurvivorshipRules rules, bool isHistory, Action<long> done, CancellationToken ct)
    {
        // What the rules of hygiene say is kept with the golden record: new ones make it stale as new survivorship does.
        var recipe = RecipeVersions.Of(rules.Version.Value, HygieneRules.Version.Value);
        isHistory |= await store.Work.EnqueueStaleGolden(recipe, ct) > 0;
        var tally = new MergeTally();
        while (true)
        {
            var batch = await store.Golden.TakeForMerge(0, size.Next, ct);
            if (batch.Work.Count == 0) return tally;
            var save = Build(batch, await AliasesOf(batch, ct), await EdgesOf(batch, ct), rules, recipe) with { IsHistory = isHistory };
            tally.Add(await size.Write(batch.Clusters.Sum(c => c.Members.Count), () => store.Golden.Save(save, time.GetUtcNow(), ct)), save.Merges.Count);
            done(batch.Clusters.Sum(c => c.Members.Count));
        }
    }

    /// <summary>The merges that still stand behind the batch's golden records, and behind those that they absorbed.</summary>
    private async Task<IReadOnlyList<StoredMerge>> AliasesOf(MergeBatch batch, CancellationToken ct)
    {
        var found = new Dictionary<Guid, StoredMerge>();
        IReadOnlyCollection<GoldenId> ask = [.. batch.Goldens.Select(g => g.Row.Id)];
        while (ask.Count > 0)
        {
            var standing = (await store.Golden.MergesOf(ask, ct)).Where(m => m.UndoneAt is null && found.TryAdd(m.Id, m)).ToList();
            ask = [.. standing.Select(m => m.Absorbed).OfType<GoldenId>().Distinct()];
        }

        return [.. found.Values];
    }

    private async Task<ILookup<long, Edge>> EdgesOf(MergeBatch batch, CancellationToken ct)
    {
        var joined = batch.Clusters.Where(c => c.Members.Count > 1).SelectMany(c => c.Members).Select(m => m.RecordId).ToList();
        var edges = joined.Count == 0 ? [] : await store.Matches.EdgesAmong(joined, ct);
        return edges.SelectMany(e => new[] { (e.A, e), (e.B, e) }).ToLookup(p => p.Item1, p => p.e);
    }

    private MergeSave Build(MergeBatch batch, IReadOnlyList<StoredMerge> standing, ILookup<long, Edge> edges, SurvivorshipRules rules, RecipeVersion recipe)
    {
        var now = time.GetUtcNow();
        var alive = batch.Clusters.SelectMany(c => c.Members).Select(m => m.RecordId).ToHashSet();
        var identity = GoldenIdentity.Assign(
            [.. batch.Clusters.Select(c => c.Members.Select(m => new ClusterMember(m.Record.Key, m.Golden)).ToList())],
            [.. batch.Goldens.SelectMany(g => g.Records.Where(r => !alive.Contains(r.RecordId)).Select(r => new ClusterMember(r.Key, g.Row.Id)))],
            [.. standing.Where(m => m.Absorbed is not null).Select(m => new GoldenAlias(m.Absorbed!.Value, m.Survivor, m.Right))],
            [.. batch.Clusters.Select(_ => new GoldenId(Guid.CreateVersion7(now)))]);

        var before = batch.Goldens.ToDictionary(g => g.Row.Id);
        var goldens = new GoldenSave[batch.Clusters.Count];
        Parallel.For(0, goldens.Length, i => goldens[i] = Content(batch.Clusters[i], identity.Clusters[i].Golden, rules, recipe));

        var merges = new List<StoredMerge>();
        for (var i = 0; i < goldens.Length; i++) merges.AddRange(Joins(batch.Clusters[i], identity.Clusters[i].Golden, edges, now));
        var idOf = identity.Merges.IsEmpty ? [] : batch.Clusters.SelectMany(c => c.Members).ToDictionary(m => m.Record.Key, m => m.RecordId);
        foreach (var merge in identity.Merges)
            merges.Add(new StoredMerge(
                Guid.CreateVersion7(now), merge.Survivor, merge.Absorbed, merge.Left, merge.Right, Strongest(merge, idOf, edges), "auto", now, null));

        var mergeOf = merges.Where(m => m.Absorbed is not null).ToDictionary(m => m.Absorbed!.Value, m => m.Id);

        // An id that leads elsewhere from now on was parted from where it led before.
        var ended = identity.AliasesToRemove.Concat(identity.AliasesToAdd.Select(a => a.Absorbed)).ToHashSet();
        var taken = goldens.Select(g => g.Id).ToHashSet();
        var retired = identity.Retired.Concat(identity.Merges.Select(m => m.Absorbed)).Where(id => before.ContainsKey(id) && !taken.Contains(id)).Distinct();
        return new MergeSave(
            batch.Work,
            [.. goldens, .. retired.Select(id => new GoldenSave(id, null, [], recipe))],
            [.. identity.AliasesToAdd.Select(a => new StoredAlias(a.Absorbed, a.Survivor, mergeOf[a.Absorbed], now))],
            identity.AliasesToRemove,
            merges,
            [.. standing.Where(m => m.Absorbed is { } a && ended.Contains(a)).Select(m => m.Id)],
            [.. Trail(goldens, before, identity, merges, now)]);
    }

    private static GoldenSave Content(ClusterContent cluster, GoldenId id, SurvivorshipRules rules, RecipeVersion recipe)
    {
        var records = cluster.Members.Select(m => m.Record).ToList();
        return new GoldenSave(id, Survivorship.Build(records[0].Kind, records, rules, cluster.Locks), [.. cluster.Members.Select(m => m.RecordId)], recipe);
    }

    /// <summary>
    /// Records that are in no golden record yet and join others: one merge each, so that each can be taken back alone.
    /// Those that had a golden record before are joined by <see cref="GoldenIdentity"/>.
    /// </summary>
    private static IEnumerable<StoredMerge> Joins(ClusterContent cluster, GoldenId golden, ILookup<long, Edge> edges, DateTimeOffset now)
    {
        var ordered = cluster.Members.OrderBy(m => m.Golden is null).ThenBy(m => m.Record.Key).ToList();
        if (ordered.Count > MostJoinedOneByOne)
        {
            // Each of thousands with all before it would be millions of keys: such a crowd joins at once, and is parted by its first record.
            var crowd = ordered.Skip(1).Where(m => m.Golden is null).Select(m => m.Record.Key).Order().ToImmutableArray();
            if (crowd.Length > 0)
                yield return new StoredMerge(Guid.CreateVersion7(now), golden, null, [ordered[0].Record.Key], crowd, Strongest(edges[ordered[0].RecordId]), "auto", now, null);
            yield break;
        }

        for (var i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Golden is not null) continue;
            var left = ordered.Take(i).ToList();
            var ids = left.Select(m => m.RecordId).ToHashSet();
            yield return new StoredMerge(
                Guid.CreateVersion7(now), golden, null, [.. left.Select(m => m.Record.Key).Order()], [ordered[i].Record.Key],
                Strongest(edges[ordered[i].RecordId].Where(e => ids.Contains(e.A) || ids.Contains(e.B))), "auto", now.AddMicroseconds(i), null);
        }
    }

    private static double? Strongest(Merging.MergeEvent merge, Dictionary<SourceKey, long> idOf, ILookup<long, Edge> edges)
    {
        IEnumerable<long> Ids(ImmutableArray<SourceKey> keys) => keys.Where(idOf.ContainsKey).Select(k => idOf[k]);
        var right = Ids(merge.Right).ToHashSet();
        var left = Ids(merge.Left).Where(id => !right.Contains(id)).ToHashSet();
        return Strongest(right.SelectMany(r => edges[r]).Where(e => left.Contains(e.A) || left.Contains(e.B)));
    }

    /// <summary>The match probability of the strongest edge; null where no edge joins the two sides, as when a third record or a decision does.</summary>
    private static double? Strongest(IEnumerable<Edge> between) => between.Select(e => (double?)e.Probability).Max();

    private static IEnumerable<TrailEntry> Trail(
        GoldenSave[] goldens, Dictionary<GoldenId, GoldenState> before, IdentityResult identity, List<StoredMerge> merges, DateTimeOffset now)
    {
        foreach (var merge in merges)
            yield return new TrailEntry(
                now, merge.By, "merge", "golden", merge.Survivor.ToString(), Json(merge.Left), Json(merge.Right),
                merge.Probability is { } p ? $"match probability {p:0.0000}" : "joined through other records or by decision");
        for (var i = 0; i < goldens.Length; i++)
        {
            if (identity.Clusters[i].SplitFrom is { } from && from != goldens[i].Id)
                yield return new TrailEntry(
                    now, "auto", "split", "golden", goldens[i].Id.ToString(), JsonSerializer.Serialize(from.ToString()), Json(goldens[i].Content!.Sources),
                    identity.Clusters[i].Origin == IdentityOrigin.Restored ? "restored under its old id" : "no longer held to be the same");
            if (before.TryGetValue(goldens[i].Id, out var state) && Changes(state.Row.Values, goldens[i].Content!.Values) is { Count: > 0 } changes)
                yield return new TrailEntry(
                    now, "auto", "change", "golden", goldens[i].Id.ToString(),
                    JsonSerializer.Serialize(changes.ToDictionary(c => c.Name, c => c.Before)), JsonSerializer.Serialize(changes.ToDictionary(c => c.Name, c => c.After)), null);
        }

        foreach (var id in identity.Retired)
            yield return new TrailEntry(now, "auto", "retire", "golden", id.ToString(), null, null, "its last source record is gone");
    }

    private static List<(string Name, string? Before, string? After)> Changes(FieldValues before, FieldValues after) =>
        [.. Fields.Golden.Where(f => before[f] != after[f]).Select(f => (Fields.NameOf(f), before[f], after[f]))];

    private static string Json(ImmutableArray<SourceKey> keys) => JsonSerializer.Serialize(keys.Select(k => k.ToString()));
}

/// <summary>What merging has done.</summary>
internal sealed class MergeTally
{
    public long Changed { get; private set; }

    public long Merges { get; private set; }

    public void Add(GoldenCounts counts, int merges)
    {
        Changed += counts.New + counts.Changed + counts.Retired;
        Merges += merges;
    }
}
