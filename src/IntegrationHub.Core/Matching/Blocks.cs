using System.Buffers;
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

    // Keys lie in slices of so many records, each made by one thread where it stays: nothing is copied together.
    private const int SliceBits = 14;
    private const int SliceRecords = 1 << SliceBits;

    // So many rules' keys are dealt in one pass over all: more would hold more keys twice, fewer would pass more often.
    private const int RulesAPass = 4;

    private readonly MatchTable table;
    private readonly int cap;
    private readonly Slice[] slices;

    private Blocks(MatchTable table, int cap, Slice[] slices) => (this.table, this.cap, this.slices) = (table, cap, slices);

    /// <summary>How many keys the records have together.</summary>
    internal long Keys => slices.Sum(s => (long)s.Hashes.Length);

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
        var slices = new Slice[(table.Count + SliceRecords - 1) >> SliceBits];
        var rested = new ConcurrentBag<List<MatchKey>>();
        Parallel.For(0, slices.Length, new ParallelOptions { CancellationToken = ct }, s =>
        {
            var keys = rested.TryTake(out var list) ? list : [];
            var first = s << SliceBits;
            var starts = new int[Math.Min(SliceRecords, table.Count - first) + 1];
            for (var i = 0; i < starts.Length - 1; i++)
            {
                Blocking.AddKeys(table, first + i, keys);
                if (wide) Blocking.AddWideKeys(table, first + i, keys);
                starts[i + 1] = keys.Count;
            }

            var (rules, hashes) = (new byte[keys.Count], new long[keys.Count]);
            for (var i = 0; i < rules.Length; i++) (rules[i], hashes[i]) = ((byte)keys[i].Rule, keys[i].Hash);
            slices[s] = new Slice(starts, rules, hashes);
            keys.Clear();
            rested.Add(keys);
        });
        return new Blocks(table, model.BlockCap, slices);
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
                var records = share.Records[from..to];
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

        var sizes = Sizes(oneOf, ct);
        var passes = oneOf == 1 ? RulesAPass : Blocking.Rules.Length;
        for (var first = 0; first < Blocking.Rules.Length; first += passes)
        {
            var dealt = Deal(first, Math.Min(first + passes, Blocking.Rules.Length), oneOf, sizes, ct);
            for (var i = 0; i < dealt.Length; i++)
            {
                var shares = dealt[i];
                if (first + i >= Blocking.FirstWide && shares.Sum(s => s.Pairs()) * oneOf > MostWidePairs * table.Count) tooWide.Add(first + i);
                else Rule(first + i, shares);
                foreach (var share in shares) share.Rest();
            }
        }

        if (large.Count > 0)
        {
            finer = FinerBlocks.Of(table, large, record => LargeKeys(record, over), cap, ct);
            foreach (var (rule, shares) in finer.Shares)
            {
                Rule(rule, shares);
                foreach (var share in shares) share.Rest();
            }
        }

        return (idle, all, finer);
    }

    /// <summary>A record's keys, by rule and hash.</summary>
    public IEnumerable<MatchKey> KeysOf(int record)
    {
        var (slice, at) = (slices[record >> SliceBits], record & (SliceRecords - 1));
        for (var i = slice.Starts[at]; i < slice.Starts[at + 1]; i++) yield return new MatchKey(slice.Rules[i], slice.Hashes[i]);
    }

    private IEnumerable<MatchKey> LargeKeys(int record, HashSet<MatchKey> over) => KeysOf(record).Where(over.Contains);

    /// <summary>Some rules' keys with their records, by rule, dealt by hash, so that each block lies in one share.</summary>
    private Share[][] Deal(int from, int to, int oneOf, int[][] sizes, CancellationToken ct)
    {
        // Each slice's keys have their place in each share, behind those of the slices before: as if one thread had dealt.
        var offsets = new int[slices.Length][];
        var next = new int[(to - from) * Shares];
        for (var s = 0; s < slices.Length; s++)
        {
            offsets[s] = [.. next];
            for (var i = 0; i < next.Length; i++) next[i] += sizes[s][(from * Shares) + i];
        }

        var shares = new Share[to - from][];
        for (var rule = 0; rule < shares.Length; rule++) shares[rule] = [.. next.AsSpan(rule * Shares, Shares).ToArray().Select(Share.Full)];
        Parallel.For(0, slices.Length, new ParallelOptions { CancellationToken = ct }, s =>
        {
            var (slice, places) = (slices[s], offsets[s]);
            for (int at = 0, key = 0; at < slice.Starts.Length - 1; at++)
                for (var end = slice.Starts[at + 1]; key < end; key++)
                {
                    var rule = slice.Rules[key] - from;
                    if ((uint)rule >= (uint)(to - from)) continue;
                    var hash = slice.Hashes[key];
                    if (!IsTaken(hash, oneOf)) continue;
                    var share = ShareOf(hash);
                    shares[rule][share].Set(places[(rule * Shares) + share]++, hash, (s << SliceBits) + at);
                }
        });
        return shares;
    }

    /// <summary>How many keys each share of each rule has, by slice.</summary>
    private int[][] Sizes(int oneOf, CancellationToken ct)
    {
        var sizes = new int[slices.Length][];
        Parallel.For(0, slices.Length, new ParallelOptions { CancellationToken = ct }, s =>
        {
            var (slice, counts) = (slices[s], new int[Blocking.Rules.Length * Shares]);
            for (var i = 0; i < slice.Rules.Length; i++)
                if (IsTaken(slice.Hashes[i], oneOf)) counts[(slice.Rules[i] * Shares) + ShareOf(slice.Hashes[i])]++;
            sizes[s] = counts;
        });
        return sizes;
    }

    private static bool IsTaken(long hash, int oneOf) => oneOf == 1 || (ulong)hash % (ulong)oneOf == 0;

    internal static int ShareOf(long hash) => (int)((ulong)hash >> 58);

    /// <summary>True where the key is the least that counts of those that both records have: the one block in which the pair is weighed.</summary>
    private bool IsFirstShared(MatchKey key, int a, int b, HashSet<MatchKey> over, HashSet<int> tooWide, FinerBlocks finer)
    {
        var (x, y) = (slices[a >> SliceBits], slices[b >> SliceBits]);
        var (i, endA) = (x.Starts[a & (SliceRecords - 1)], x.Starts[(a & (SliceRecords - 1)) + 1]);
        var (j, endB) = (y.Starts[b & (SliceRecords - 1)], y.Starts[(b & (SliceRecords - 1)) + 1]);
        while (i < endA && j < endB && x.Rules[i] <= key.Rule)
        {
            var (ruleA, ruleB, hashA, hashB) = (x.Rules[i], y.Rules[j], x.Hashes[i], y.Hashes[j]);
            if (ruleA == ruleB && hashA == hashB)
            {
                var shared = new MatchKey(ruleA, hashA);
                if ((over.Count == 0 || !over.Contains(shared)) && (tooWide.Count == 0 || !tooWide.Contains(ruleA))) return shared == key;
                i++;
                j++;
            }
            else if (ruleA != ruleB ? ruleA < ruleB : hashA < hashB)
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

    /// <summary>The keys of some records that follow each other.</summary>
    /// <param name="Starts">Where each record's keys begin; one more at the end.</param>
    /// <param name="Rules">The keys' rules, by record.</param>
    /// <param name="Hashes">Their hashes.</param>
    private sealed record Slice(int[] Starts, byte[] Rules, long[] Hashes);

    /// <summary>Some of a rule's keys, with their records.</summary>
    internal sealed class Share(int size)
    {
        private long[] hashes = size == 0 ? [] : ArrayPool<long>.Shared.Rent(size);
        private int[] records = size == 0 ? [] : ArrayPool<int>.Shared.Rent(size);
        private bool sorted;

        /// <summary>A share of which all keys are going to be set.</summary>
        public static Share Full(int size) => new(size) { Count = size };

        public ReadOnlySpan<long> Hashes => hashes.AsSpan(0, Count);

        public Span<int> Records => records.AsSpan(0, Count);

        public int Count { get; private set; }

        public void Add(long hash, int record) => Set(Count++, hash, record);

        public void Set(int place, long hash, int record) => (hashes[place], records[place]) = (hash, record);

        public void Sort()
        {
            if (sorted) return;
            Array.Sort(hashes, records, 0, Count);
            sorted = true;
        }

        /// <summary>Gives the room back; the share is empty then.</summary>
        public void Rest()
        {
            if (hashes.Length > 0) ArrayPool<long>.Shared.Return(hashes);
            if (records.Length > 0) ArrayPool<int>.Shared.Return(records);
            (hashes, records, Count) = ([], [], 0);
        }

        /// <summary>The blocks of more than so many records, each with its records in their order. Sort first.</summary>
        public List<(long Hash, int[] Records)> Over(int cap)
        {
            var blocks = new List<(long, int[])>();
            for (int from = 0, to; from < Count; from = to)
            {
                for (to = from + 1; to < Count && Hashes[to] == Hashes[from];) to++;
                if (to - from <= cap) continue;
                var block = Records[from..to].ToArray();
                Array.Sort(block);
                blocks.Add((Hashes[from], block));
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
