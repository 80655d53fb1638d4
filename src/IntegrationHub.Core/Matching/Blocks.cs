using System.Collections.Concurrent;

namespace IntegrationHub.Matching;

/// <summary>The blocks of a table's records. Pairs are handed out as they are found and never all held; memory is linear in the records.</summary>
public sealed class Blocks
{
    // How many shares a rule's keys are dealt into, by hash: enough that all cores stay busy.
    internal const int Shares = 64;

    // Wide rules are tried on tables of at most so many records, and used where they make at most so many pairs a record: beyond that they cost more than they find.
    private const int MostForWide = 200_000;
    private const double MostWidePairs = 1;

    private readonly MatchTable table;
    private readonly int cap;
    private readonly int[] starts;
    private readonly byte[] rules;
    private readonly long[] hashes;

    private Blocks(MatchTable table, int cap, int[] starts, byte[] rules, long[] hashes) =>
        (this.table, this.cap, this.starts, this.rules, this.hashes) = (table, cap, starts, rules, hashes);

    /// <summary>How many keys the records have together.</summary>
    internal int Keys => hashes.Length;

    /// <summary>Builds the blocks of a table's records.</summary>
    /// <param name="table">The records.</param>
    /// <param name="model">Its cap.</param>
    /// <param name="wide">
    /// True also tries rules that find pairs which share little, and uses them where they cost little. Which those are depends on all the records, so a store's do without.
    /// </param>
    /// <param name="ct">Stops it.</param>
    public static Blocks Of(MatchTable table, MatchModel model, bool wide, CancellationToken ct)
    {
        wide &= table.Count <= MostForWide;
        var slices = Partitioner.Create(0, Math.Max(1, table.Count), Math.Max(1, Math.Min(20_000, (table.Count / (4 * Environment.ProcessorCount)) + 1)));
        var parts = new ConcurrentBag<(int First, int[] Counts, List<MatchKey> Keys)>();
        Parallel.ForEach(slices, new ParallelOptions { CancellationToken = ct }, slice =>
        {
            var keys = new List<MatchKey>((slice.Item2 - slice.Item1) * 12);
            var counts = new int[Math.Min(slice.Item2, table.Count) - slice.Item1];
            for (var i = 0; i < counts.Length; i++)
            {
                var before = keys.Count;
                Blocking.AddKeys(table, slice.Item1 + i, keys);
                if (wide) Blocking.AddWideKeys(table, slice.Item1 + i, keys);
                counts[i] = keys.Count - before;
            }

            parts.Add((slice.Item1, counts, keys));
        });
        var ordered = parts.OrderBy(p => p.First).ToList();
        var total = ordered.Sum(p => p.Keys.Count);
        var (starts, rules, hashes) = (new int[table.Count + 1], new byte[total], new long[total]);
        var at = 0;
        foreach (var (first, counts, keys) in ordered)
        {
            for (var i = 0; i < counts.Length; i++) starts[first + i + 1] = starts[first + i] + counts[i];
            foreach (var key in keys) (rules[at], hashes[at++]) = ((byte)key.Rule, key.Hash);
        }

        return new Blocks(table, model.BlockCap, starts, rules, hashes);
    }

    /// <summary>
    /// Hands out each candidate pair once, on all cores, rule by rule; blocks over the cap come last, by their finer keys. Whether two records are a pair depends on their keys and on the
    /// sizes of the blocks that they share, not on the order of anything; see <see cref="FinerBlocks"/>.
    /// </summary>
    /// <typeparam name="TWorker">What a worker keeps.</typeparam>
    /// <param name="start">Makes a worker's own state.</param>
    /// <param name="pair">Looks at a pair of records, the smaller first.</param>
    /// <param name="oneOf">Only each so-manieth block, by its key's hash; 1 for all.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The workers, how many pairs there were, and the blocks over the cap.</returns>
    internal (IReadOnlyCollection<TWorker> Workers, long Pairs, FinerBlocks Finer) ForEachPair<TWorker>(
        Func<TWorker> start, Action<TWorker, int, int> pair, int oneOf, CancellationToken ct)
    {
        var all = 0L;
        var idle = new ConcurrentBag<TWorker>();
        var (over, tooWide, large) = (new HashSet<MatchKey>(), new HashSet<int>(), new List<(MatchKey Key, int[] Records)>());
        var finer = FinerBlocks.None;
        void Pairs(Share share, int rule)
        {
            var worker = idle.TryTake(out var rested) ? rested : start();
            var count = 0L;
            for (int from = 0, to; from < share.Count; from = to)
            {
                for (to = from + 1; to < share.Count && share.Hashes[to] == share.Hashes[from];) to++;
                if (to - from == 1) continue;
                var key = new MatchKey(rule, share.Hashes[from]);
                var records = share.Records.AsSpan(from, to - from);
                if (records.Length > cap && (rule < Blocking.Refined || finer.IsRepeated(key))) continue;
                records.Sort();
                var reach = records.Length > cap ? Blocking.Neighbours : records.Length;
                for (var i = 0; i < records.Length; i++)
                    for (var j = i + 1; j < records.Length && j - i <= reach; j++)
                    {
                        if (!IsFirstShared(key, records[i], records[j], over, tooWide, finer)) continue;
                        pair(worker, records[i], records[j]);
                        count++;
                    }
            }

            Interlocked.Add(ref all, count);
            idle.Add(worker);
        }

        void Rule(int rule, Share[] shares)
        {
            var parallel = new ParallelOptions { CancellationToken = ct };
            var tooLarge = new ConcurrentBag<(MatchKey Key, int[] Records)>();
            Parallel.ForEach(shares, parallel, share =>
            {
                share.Sort();
                foreach (var (hash, records) in rule < Blocking.Refined ? share.Over(cap) : []) tooLarge.Add((new MatchKey(rule, hash), records));
            });

            // All of the rule's large blocks first: two records may share one of them and a small one beside it.
            foreach (var block in tooLarge.OrderBy(b => b.Key, Blocking.ByRuleThenHash))
            {
                over.Add(block.Key);
                large.Add(block);
            }

            Parallel.ForEach(shares.Where(s => s.Count > 1).OrderByDescending(s => s.Count), parallel, share => Pairs(share, rule));
        }

        var sizes = Sizes(oneOf);
        for (var rule = 0; rule < Blocking.Rules.Length; rule++)
        {
            var shares = Deal(rule, oneOf, sizes);
            if (rule >= Blocking.FirstWide && shares.Sum(s => s.Pairs()) * oneOf > MostWidePairs * table.Count) tooWide.Add(rule);
            else Rule(rule, shares);
        }

        if (large.Count > 0)
        {
            finer = FinerBlocks.Of(table, large, record => LargeKeys(record, over), cap, ct);
            foreach (var (rule, shares) in finer.Shares) Rule(rule, shares);
        }

        return (idle, all, finer);
    }

    /// <summary>A record's keys, by rule and hash.</summary>
    public IEnumerable<MatchKey> KeysOf(int record)
    {
        for (var i = starts[record]; i < starts[record + 1]; i++) yield return new MatchKey(rules[i], hashes[i]);
    }

    private IEnumerable<MatchKey> LargeKeys(int record, HashSet<MatchKey> over) => KeysOf(record).Where(over.Contains);

    /// <summary>A rule's keys with their records, dealt by hash, so that each block lies in one share.</summary>
    private Share[] Deal(int rule, int oneOf, int[] sizes)
    {
        var shares = new Share[Shares];
        for (var share = 0; share < Shares; share++) shares[share] = new Share(sizes[(rule * Shares) + share]);
        if (shares.All(s => s.Capacity == 0)) return shares;
        for (var record = 0; record < starts.Length - 1; record++)
            for (var i = starts[record]; i < starts[record + 1] && rules[i] <= rule; i++)
                if (rules[i] == rule && IsTaken(hashes[i], oneOf)) shares[ShareOf(hashes[i])].Add(hashes[i], record);
        return shares;
    }

    /// <summary>How many keys each share of each rule has.</summary>
    private int[] Sizes(int oneOf)
    {
        var sizes = new int[Blocking.Rules.Length * Shares];
        for (var i = 0; i < rules.Length; i++)
            if (IsTaken(hashes[i], oneOf)) sizes[(rules[i] * Shares) + ShareOf(hashes[i])]++;
        return sizes;
    }

    private static bool IsTaken(long hash, int oneOf) => oneOf == 1 || (ulong)hash % (ulong)oneOf == 0;

    internal static int ShareOf(long hash) => (int)((ulong)hash >> 58);

    /// <summary>True where the key is the least that counts of those that both records have: the one block in which the pair is weighed.</summary>
    private bool IsFirstShared(MatchKey key, int a, int b, HashSet<MatchKey> over, HashSet<int> tooWide, FinerBlocks finer)
    {
        var (i, endA, j, endB) = (starts[a], starts[a + 1], starts[b], starts[b + 1]);
        while (i < endA && j < endB && rules[i] <= key.Rule)
        {
            if (rules[i] == rules[j] && hashes[i] == hashes[j])
            {
                var shared = new MatchKey(rules[i], hashes[i]);
                if (!over.Contains(shared) && !tooWide.Contains(shared.Rule)) return shared == key;
                i++;
                j++;
            }
            else if (rules[i] != rules[j] ? rules[i] < rules[j] : hashes[i] < hashes[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return key.Rule >= Blocking.Refined && finer.FirstShared(a, b) == key;
    }

    /// <summary>Some of a rule's keys, with their records.</summary>
    internal sealed class Share(int size)
    {
        private bool sorted;

        public int Capacity => size;

        public long[] Hashes { get; } = new long[size];

        public int[] Records { get; } = new int[size];

        public int Count { get; private set; }

        public void Add(long hash, int record) => (Hashes[Count], Records[Count++]) = (hash, record);

        public void Sort()
        {
            if (sorted) return;
            Array.Sort(Hashes, Records);
            sorted = true;
        }

        /// <summary>The blocks of more than so many records, each with its records in their order. Sort first.</summary>
        public List<(long Hash, int[] Records)> Over(int cap)
        {
            var blocks = new List<(long, int[])>();
            for (int from = 0, to; from < Count; from = to)
            {
                for (to = from + 1; to < Count && Hashes[to] == Hashes[from];) to++;
                if (to - from <= cap) continue;
                var records = Records[from..to];
                Array.Sort(records);
                blocks.Add((Hashes[from], records));
            }

            return blocks;
        }

        /// <summary>How many pairs share a key. Sorts first.</summary>
        public long Pairs()
        {
            Sort();
            var pairs = 0L;
            for (int from = 0, to; from < Count; from = to)
            {
                for (to = from + 1; to < Count && Hashes[to] == Hashes[from];) to++;
                pairs += (long)(to - from) * (to - from - 1) / 2;
            }

            return pairs;
        }
    }
}
