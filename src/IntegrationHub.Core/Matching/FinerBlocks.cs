using System.Collections.Concurrent;

namespace IntegrationHub.Matching;

/// <summary>
/// What takes the place of blocks over the cap. A record of such a block has finer keys there; two records with a finer key in common are a pair. A finer block that is over the cap still is
/// crowded: its records agree in nearly everything, and each is compared with the <see cref="Blocking.Neighbours"/> next ones on either side, in the order of the table.
/// So whether two records are a pair depends on the keys that records have now, never on how they came: who comes or goes changes only pairs of its own, but where a block
/// comes over the cap or back to it (then those of that block, which has a cap of others) and among the neighbours of its place in a crowded block.
/// </summary>
public sealed class FinerBlocks
{
    private readonly Dictionary<int, int> slots = [];
    private readonly Dictionary<MatchKey, int[]> crowded = [];
    private readonly HashSet<MatchKey> repeated = [];
    private readonly List<LargeBlock> large = [];
    private MatchKey[][] keys = [];

    private FinerBlocks()
    {
    }

    /// <summary>No block is over the cap.</summary>
    internal static FinerBlocks None { get; } = new();

    /// <summary>The blocks over the cap, the largest first.</summary>
    public IReadOnlyList<LargeBlock> Large => large;

    /// <summary>The finer keys by rule, with the records that have them.</summary>
    internal IReadOnlyList<(int Rule, Blocks.Share[] Shares)> Shares { get; private set; } = [];

    /// <summary>Gives each record of a block over the cap its finer keys.</summary>
    /// <param name="table">The records.</param>
    /// <param name="large">The blocks over the cap.</param>
    /// <param name="largeKeys">A record's keys whose blocks are over the cap.</param>
    /// <param name="cap">The cap.</param>
    /// <param name="ct">Stops it.</param>
    internal static FinerBlocks Of(MatchTable table, List<(MatchKey Key, int[] Records)> large, Func<int, IEnumerable<MatchKey>> largeKeys, int cap, CancellationToken ct)
    {
        var finer = new FinerBlocks();
        int[] records = [.. large.SelectMany(b => b.Records).Distinct().Order()];
        finer.keys = new MatchKey[records.Length][];
        for (var i = 0; i < records.Length; i++) finer.slots[records[i]] = i;
        Parallel.ForEach(Partitioner.Create(0, records.Length), new ParallelOptions { CancellationToken = ct }, slice =>
        {
            for (var i = slice.Item1; i < slice.Item2; i++) finer.keys[i] = [.. Blocking.FinerKeysOf(table, records[i], largeKeys(records[i]))];
        });
        finer.Deal(records);
        finer.FindCrowded(cap);
        finer.Report(large);
        return finer;
    }

    /// <summary>What is reported, for records that have other numbers elsewhere.</summary>
    internal FinerBlocks Renamed(int[] names)
    {
        var renamed = new FinerBlocks();
        renamed.large.AddRange(large.Select(b => b with { Example = names[b.Example] }));
        return renamed;
    }

    /// <summary>A record's finer keys, by rule and hash; none where it is in no block over the cap.</summary>
    public ReadOnlySpan<MatchKey> KeysOf(int record) => slots.TryGetValue(record, out var slot) ? keys[slot] : default;

    /// <summary>True where another crowded block, which comes before, has the very same records: its pairs are theirs.</summary>
    internal bool IsRepeated(MatchKey key) => repeated.Contains(key);

    /// <summary>The least finer key that makes two records a pair, the smaller one first; null where none does.</summary>
    internal MatchKey? FirstShared(int a, int b)
    {
        var x = KeysOf(a);
        var y = KeysOf(b);
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            var order = Blocking.ByRuleThenHash.Compare(x[i], y[j]);
            if (order == 0)
            {
                if (!crowded.TryGetValue(x[i], out var all) || Array.BinarySearch(all, b) - Array.BinarySearch(all, a) <= Blocking.Neighbours) return x[i];
                i++;
                j++;
            }
            else if (order < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return null;
    }

    private void Deal(int[] records)
    {
        var sizes = new Dictionary<int, int[]>();
        foreach (var own in keys)
            foreach (var key in own)
            {
                if (!sizes.TryGetValue(key.Rule, out var counts)) sizes[key.Rule] = counts = new int[Blocks.Shares];
                counts[Blocks.ShareOf(key.Hash)]++;
            }

        var byRule = sizes.ToDictionary(s => s.Key, s => s.Value.Select(count => new Blocks.Share(count)).ToArray());
        for (var i = 0; i < records.Length; i++)
            foreach (var key in keys[i]) byRule[key.Rule][Blocks.ShareOf(key.Hash)].Add(key.Hash, records[i]);
        Shares = [.. byRule.OrderBy(r => r.Key).Select(r => (r.Key, r.Value))];
    }

    private void FindCrowded(int cap)
    {
        var found = new List<(MatchKey Key, int[] Records)>();
        foreach (var (rule, shares) in Shares)
            foreach (var share in shares)
            {
                share.Sort();
                found.AddRange(share.Over(cap).Select(block => (new MatchKey(rule, block.Hash), block.Records)));
            }

        // Records that are equal in everything crowd one block for each field: the same neighbours again, so one array, and looked at once.
        var members = new Dictionary<(int Count, int First, int Last), int[]>();
        foreach (var (key, records) in found.OrderBy(f => f.Key, Blocking.ByRuleThenHash))
        {
            var kind = (records.Length, records[0], records[^1]);
            if (members.TryGetValue(kind, out var known) && known.AsSpan().SequenceEqual(records))
            {
                crowded[key] = known;
                repeated.Add(key);
            }
            else
            {
                crowded[key] = members[kind] = records;
            }
        }
    }

    private void Report(List<(MatchKey Key, int[] Records)> blocks)
    {
        int Left(MatchKey block, int[] records) => crowded.Count == 0 ? 0 : records.Count(r => keys[slots[r]].Any(k => k.Rule == block.Rule + Blocking.Refined && crowded.ContainsKey(k)));
        large.AddRange(blocks.OrderByDescending(b => b.Records.Length).ThenBy(b => b.Key, Blocking.ByRuleThenHash)
            .Select(b => new LargeBlock(Blocking.NameOf(b.Key.Rule), b.Key, b.Records.Length, b.Records[0], Left(b.Key, b.Records))));
    }
}
