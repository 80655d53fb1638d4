using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>A block over the model's cap: refined by finer keys, never dropped.</summary>
/// <param name="Rule">The blocking rule's name.</param>
/// <param name="Key">The key that the records share.</param>
/// <param name="Records">How many share it.</param>
/// <param name="Example">One of them, by index, so that a person sees what it is.</param>
/// <param name="Left">Records in finer blocks that are over the cap still: those are compared with their neighbours only.</param>
public sealed record LargeBlock(string Rule, MatchKey Key, int Records, int Example, int Left);

/// <summary>The candidate pairs of a set of records, weighed.</summary>
/// <param name="Edges">Pairs of indexes, the smaller first, that weigh at least the floor; by index.</param>
/// <param name="Candidates">How many pairs were weighed.</param>
/// <param name="LargeBlocks">Blocks over the cap, the largest first.</param>
public sealed record MatchedPairs(IReadOnlyList<Edge> Edges, long Candidates, IReadOnlyList<LargeBlock> LargeBlocks);

/// <summary>The whole-batch path: blocks, weighs all candidate pairs on all cores, keeps those that matter. The same input gives the same output, whatever the number of threads.</summary>
public static class Matcher
{
    // Finer blocks that are over the cap still hold records that agree in nearly everything: each is compared with this many that follow it.
    private const int Neighbours = 20;

    /// <summary>Builds the blocks of a set of records.</summary>
    public static Blocks Block(IReadOnlyList<MatchRecord> records, MatchModel model, CancellationToken ct)
    {
        var keys = new ImmutableArray<MatchKey>[records.Count];
        Parallel.For(0, records.Count, new ParallelOptions { CancellationToken = ct }, i => keys[i] = Blocking.KeysOf(records[i], model));
        var reports = new List<LargeBlock>();
        var over = Oversized(keys, model.BlockCap);
        if (over.Count > 0)
        {
            var coarse = over;
            Parallel.For(0, records.Count, new ParallelOptions { CancellationToken = ct }, i => keys[i] = Finer(records[i], keys[i], coarse));
            var still = Oversized(keys, model.BlockCap);
            foreach (var (key, block) in coarse)
                reports.Add(new LargeBlock(Blocking.NameOf(key.Rule), key, block.Size, block.First, still.Where(s => s.Key.Rule == key.Rule + 100).Sum(s => s.Value.Size)));
        }

        return new Blocks(keys, [.. reports.OrderByDescending(r => r.Records).ThenBy(r => r.Key.Rule).ThenBy(r => r.Key.Hash)]);
    }

    /// <summary>Weighs each candidate pair once.</summary>
    /// <param name="records">The records, in the order of their source keys, so that the result does not depend on how they came.</param>
    /// <param name="blocks">Their blocks.</param>
    /// <param name="model">The model.</param>
    /// <param name="wanted">Pairs of which neither record is wanted are left out; null wants all.</param>
    /// <param name="ct">Stops it.</param>
    public static MatchedPairs Weigh(IReadOnlyList<MatchRecord> records, Blocks blocks, MatchModel model, bool[]? wanted, CancellationToken ct)
    {
        var scorer = new PairScorer(model);
        var entries = blocks.Entries();
        if (entries.Length == 0) return new MatchedPairs([], 0, blocks.Large);
        var starts = Starts(entries);
        var edges = new ConcurrentBag<List<Edge>>();
        var candidates = 0L;
        Parallel.ForEach(
            Partitioner.Create(0, starts.Count - 1),
            new ParallelOptions { CancellationToken = ct },
            () => (Edges: new List<Edge>(), Count: 0L),
            (range, _, local) =>
            {
                for (var block = range.Item1; block < range.Item2; block++)
                    local.Count += WeighBlock(entries, starts[block], starts[block + 1], records, blocks, scorer, model, wanted, local.Edges);
                return local;
            },
            local =>
            {
                edges.Add(local.Edges);
                Interlocked.Add(ref candidates, local.Count);
            });
        var all = edges.SelectMany(e => e).ToList();
        all.Sort((x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        return new MatchedPairs(all, candidates, blocks.Large);
    }

    private static long WeighBlock(
        Entry[] entries, int from, int to, IReadOnlyList<MatchRecord> records, Blocks blocks, PairScorer scorer, MatchModel model, bool[]? wanted, List<Edge> edges)
    {
        var count = 0L;
        var key = entries[from].Key;
        var reach = to - from > model.BlockCap ? Neighbours : to - from;
        for (var i = from; i < to; i++)
            for (var j = i + 1; j < to && j - i <= reach; j++)
            {
                var (a, b) = (entries[i].Record, entries[j].Record);
                if (wanted is not null && !wanted[a] && !wanted[b]) continue;
                if (blocks.FirstShared(a, b) != key) continue;
                count++;
                var weight = scorer.Weight(records[a], records[b]);
                if (weight >= model.ReviewWeight) edges.Add(new Edge(a, b, weight));
            }

        return count;
    }

    private static List<int> Starts(Entry[] entries)
    {
        var starts = new List<int> { 0 };
        for (var i = 1; i < entries.Length; i++)
            if (entries[i].Key != entries[i - 1].Key) starts.Add(i);
        starts.Add(entries.Length);
        return starts;
    }

    private static Dictionary<MatchKey, (int Size, int First)> Oversized(ImmutableArray<MatchKey>[] keys, int cap)
    {
        var sizes = new Dictionary<MatchKey, (int Size, int First)>();
        for (var i = 0; i < keys.Length; i++)
            foreach (var key in keys[i])
                sizes[key] = sizes.TryGetValue(key, out var block) ? (block.Size + 1, block.First) : (1, i);
        return sizes.Where(s => s.Value.Size > cap).ToDictionary();
    }

    private static ImmutableArray<MatchKey> Finer(MatchRecord record, ImmutableArray<MatchKey> keys, Dictionary<MatchKey, (int, int)> over)
    {
        if (!keys.Any(over.ContainsKey)) return keys;
        var finer = keys.Where(k => !over.ContainsKey(k)).Concat(keys.Where(over.ContainsKey).SelectMany(k => Blocking.Refine(record, k))).Distinct().ToArray();
        Array.Sort(finer, Blocking.ByRuleThenHash);
        return [.. finer];
    }
}

/// <summary>The effective keys of each record, coarse or refined.</summary>
public sealed class Blocks
{
    private readonly ImmutableArray<MatchKey>[] keys;

    internal Blocks(ImmutableArray<MatchKey>[] keys, IReadOnlyList<LargeBlock> large) => (this.keys, Large) = (keys, large);

    /// <summary>Blocks over the cap, the largest first.</summary>
    public IReadOnlyList<LargeBlock> Large { get; }

    internal Entry[] Entries()
    {
        var entries = new Entry[keys.Sum(k => k.Length)];
        var at = 0;
        for (var i = 0; i < keys.Length; i++)
            foreach (var key in keys[i]) entries[at++] = new Entry(key, i);
        Array.Sort(entries, static (x, y) => x.Key.Rule != y.Key.Rule ? x.Key.Rule.CompareTo(y.Key.Rule) : x.Key.Hash != y.Key.Hash ? x.Key.Hash.CompareTo(y.Key.Hash) : x.Record.CompareTo(y.Record));
        return entries;
    }

    /// <summary>The least key that both records have: the one block in which the pair is weighed.</summary>
    internal MatchKey FirstShared(int a, int b)
    {
        var (x, y) = (keys[a], keys[b]);
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            if (x[i] == y[j]) return x[i];
            var first = x[i].Rule != y[j].Rule ? x[i].Rule < y[j].Rule : x[i].Hash < y[j].Hash;
            if (first) i++;
            else j++;
        }

        return default;
    }
}

/// <summary>One record in one block.</summary>
internal readonly record struct Entry(MatchKey Key, int Record);
