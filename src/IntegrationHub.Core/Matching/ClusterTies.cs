using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>What ties two records of one cluster.</summary>
/// <param name="A">The one record, the smaller.</param>
/// <param name="B">The other.</param>
/// <param name="Weight">The pair's match weight in bits; of a decided pair without an edge null.</param>
/// <param name="Decided">True where a person said that the two are one: stronger than any weight.</param>
public sealed record ClusterTie(int A, int B, double? Weight, bool Decided);

/// <summary>
/// What holds a cluster together. The ties that matter are a maximum spanning tree, the strongest ties that connect all records; the weakest of them is the one that holds the cluster together,
/// since every way between the two sides of it goes over a tie that is no stronger.
/// </summary>
/// <param name="Tree">The tree, the strongest tie first: one less than there are records, if the ties connect all of them.</param>
/// <param name="Further">All other ties, the strongest first.</param>
/// <param name="Left">The records on the holding tie's one side, that of its smaller record; empty where nothing holds.</param>
/// <param name="Right">The records on the other side.</param>
/// <param name="Beside">Further ties between the two sides, the strongest first. None: the holding tie is a bridge, and without it there are two groups.</param>
/// <param name="Best">Each record's strongest tie; null for one without any.</param>
/// <param name="Bridges">Ties, the strongest first, without which the cluster falls apart.</param>
/// <param name="Parts">The groups that no tie connects; one for a sound cluster.</param>
/// <remarks>Kruskal, "On the Shortest Spanning Subtree of a Graph" (1956); the weakest tie of a maximum spanning tree is the bottleneck of every path across it (Hu, "The Maximum Capacity Route Problem", 1961).</remarks>
public sealed record ClusterTies(
    ImmutableArray<ClusterTie> Tree, ImmutableArray<ClusterTie> Further, ImmutableArray<int> Left, ImmutableArray<int> Right, ImmutableArray<ClusterTie> Beside,
    ImmutableArray<ClusterTie?> Best, ImmutableArray<ClusterTie> Bridges, ImmutableArray<ImmutableArray<int>> Parts)
{
    /// <summary>The tie that holds the cluster together, the weakest of the tree; null where there is no tie.</summary>
    public ClusterTie? Holding => Tree.IsEmpty ? null : Tree[^1];

    /// <summary>Finds them. Neither the order nor the direction of edges and decisions matters.</summary>
    /// <param name="records">How many records the cluster has: 0 to <paramref name="records"/> - 1.</param>
    /// <param name="edges">The edges among them; the heavier one where a pair comes twice.</param>
    /// <param name="decisions">The words on pairs of them; <i>different</i> ties nothing.</param>
    public static ClusterTies Of(int records, IEnumerable<Edge> edges, IEnumerable<DecidedPair> decisions)
    {
        var ties = Sorted(edges, decisions);
        var sets = new Forest(records);
        ImmutableArray<ClusterTie> tree = [.. ties.Where(t => sets.Join(t.A, t.B))];
        var inTree = tree.ToHashSet();
        ImmutableArray<ClusterTie> further = [.. ties.Where(t => !inTree.Contains(t))];
        var best = new ClusterTie?[records];
        foreach (var tie in ties)
        {
            best[tie.A] ??= tie;
            best[tie.B] ??= tie;
        }

        var (left, right) = tree.IsEmpty ? ([], []) : Sides(records, tree, tree[^1]);
        return new ClusterTies(
            tree, further, left, right, tree.IsEmpty ? [] : Across(further, left, right), [.. best],
            BridgesOf(records, tree, further), sets.Groups());
    }

    private static List<ClusterTie> Sorted(IEnumerable<Edge> edges, IEnumerable<DecidedPair> decisions)
    {
        var all = new Dictionary<(int A, int B), ClusterTie>();
        foreach (var edge in edges)
        {
            var (a, b) = Ordered((int)edge.A, (int)edge.B);
            if (a != b && (!all.TryGetValue((a, b), out var known) || known.Weight < edge.Weight)) all[(a, b)] = new ClusterTie(a, b, edge.Weight, false);
        }

        foreach (var decision in decisions.Where(d => d.Same && d.A != d.B))
        {
            var (a, b) = Ordered(decision.A, decision.B);
            all[(a, b)] = new ClusterTie(a, b, all.GetValueOrDefault((a, b))?.Weight, true);
        }

        return [.. all.Values.OrderByDescending(t => t.Decided).ThenByDescending(t => t.Weight ?? double.NegativeInfinity).ThenBy(t => t.A).ThenBy(t => t.B)];
    }

    private static (ImmutableArray<int> Left, ImmutableArray<int> Right) Sides(int records, ImmutableArray<ClusterTie> tree, ClusterTie without)
    {
        var sets = new Forest(records);
        foreach (var tie in tree)
            if (tie != without) sets.Join(tie.A, tie.B);
        var all = Enumerable.Range(0, records).ToLookup(sets.Root);
        return ([.. all[sets.Root(without.A)]], [.. all[sets.Root(without.B)]]);
    }

    /// <summary>A tie of the tree is a bridge unless a further tie closes a ring over it. Each tie is walked over once: what is covered is skipped from then on.</summary>
    private static ImmutableArray<ClusterTie> BridgesOf(int records, ImmutableArray<ClusterTie> tree, ImmutableArray<ClusterTie> further)
    {
        var neighbours = tree.SelectMany(t => new[] { (t.A, t.B), (t.B, t.A) }).ToLookup(t => t.Item1, t => t.Item2);
        var (up, depth) = (new int[records], Enumerable.Repeat(-1, records).ToArray());
        for (var root = 0; root < records; root++)
        {
            if (depth[root] >= 0) continue;
            (up[root], depth[root]) = (root, 0);
            var next = new Stack<int>([root]);
            while (next.TryPop(out var record))
                foreach (var neighbour in neighbours[record])
                {
                    if (depth[neighbour] >= 0) continue;
                    (up[neighbour], depth[neighbour]) = (record, depth[record] + 1);
                    next.Push(neighbour);
                }
        }

        int[] skip = [.. Enumerable.Range(0, records)];
        int Top(int record)
        {
            while (skip[record] != record) record = skip[record] = skip[skip[record]];
            return record;
        }

        foreach (var tie in further)
            for (var (a, b) = (Top(tie.A), Top(tie.B)); a != b;)
            {
                if (depth[a] < depth[b]) (a, b) = (b, a);
                skip[a] = up[a];
                a = Top(a);
            }

        return [.. tree.Where(t => (up[t.A] == t.B ? t.A : t.B) is var lower && skip[lower] == lower)];
    }

    private static ImmutableArray<ClusterTie> Across(ImmutableArray<ClusterTie> ties, ImmutableArray<int> left, ImmutableArray<int> right)
    {
        var (isLeft, isRight) = (left.ToHashSet(), right.ToHashSet());
        return [.. ties.Where(t => (isLeft.Contains(t.A) && isRight.Contains(t.B)) || (isLeft.Contains(t.B) && isRight.Contains(t.A)))];
    }

    private static (int, int) Ordered(int a, int b) => a < b ? (a, b) : (b, a);

    /// <summary>Disjoint sets of records, each known by its least.</summary>
    private sealed class Forest(int records)
    {
        private readonly int[] up = [.. Enumerable.Range(0, records)];

        public int Root(int record)
        {
            while (up[record] != record) record = up[record] = up[up[record]];
            return record;
        }

        /// <summary>False where the two are together already.</summary>
        public bool Join(int a, int b)
        {
            var (x, y) = (Root(a), Root(b));
            up[Math.Max(x, y)] = Math.Min(x, y);
            return x != y;
        }

        public ImmutableArray<ImmutableArray<int>> Groups() => [.. Enumerable.Range(0, up.Length).GroupBy(Root).Select(g => g.ToImmutableArray())];
    }
}
