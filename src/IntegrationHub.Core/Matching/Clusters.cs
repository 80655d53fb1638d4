namespace IntegrationHub.Matching;

/// <summary>Two partitions of the same records, and the pairs between them that a person is to decide.</summary>
/// <param name="Auto">For each node the least node, in the caller's order, of those it is merged with without a person.</param>
/// <param name="Probable">For each node the least node of its most probable cluster; coarser than <paramref name="Auto"/>.</param>
/// <param name="Queue">The heaviest edge between each two auto clusters that weighs at least the review weight, the heaviest first.</param>
public sealed record ClusterResult(IReadOnlyDictionary<long, long> Auto, IReadOnlyDictionary<long, long> Probable, IReadOnlyList<Edge> Queue);

/// <summary>
/// Forms clusters out of edges, the heaviest first, without chaining: two clusters join only if all their records together speak for it, and no pair of them contradicts.
/// </summary>
public static class Clusters
{
    // Evidence of one pair, in bits, is counted within these: one pair must not outweigh all the others.
    private const double MostFor = 25;
    private const double MostAgainst = -15;

    // A pair with less evidence than this contradicts: no third record joins the two without a person, or at all.
    private const double ContradictsAuto = -3;
    private const double Contradicts = -9;

    /// <summary>Clusters some nodes. A pure function of nodes, edges and decisions: neither their order nor how components are grouped into calls matters.</summary>
    /// <param name="nodes">All nodes, in the order that settles ties: by source key.</param>
    /// <param name="edges">Edges between them, any order.</param>
    /// <param name="decisions">Durable words on pairs of them.</param>
    /// <param name="evidence">A pair's evidence in bits, without the prior; asked for pairs that no edge names.</param>
    /// <param name="model">The thresholds.</param>
    public static ClusterResult Partition(
        IReadOnlyList<long> nodes, IReadOnlyList<Edge> edges, IReadOnlyList<(long A, long B, bool Same)> decisions, Func<long, long, double> evidence, MatchModel model)
    {
        var rank = new Dictionary<long, int>(nodes.Count);
        foreach (var node in nodes) rank[node] = rank.Count;
        var sorted = edges.Select(e => rank[e.A] < rank[e.B] ? e : new Edge(e.B, e.A, e.Weight))
            .OrderByDescending(e => e.Weight).ThenBy(e => rank[e.A]).ThenBy(e => rank[e.B]).ToList();
        var words = decisions.Select(d => rank[d.A] < rank[d.B] ? d : (A: d.B, B: d.A, d.Same)).OrderBy(d => rank[d.A]).ThenBy(d => rank[d.B]).ToList();

        var forbidden = words.Where(d => !d.Same).Select(d => (d.A, d.B)).ToHashSet();
        var forced = words.Where(d => d.Same).Select(d => (d.A, d.B)).ToHashSet();
        var known = new Dictionary<(long, long), double>();
        double Evidence(long a, long b)
        {
            var pair = rank[a] < rank[b] ? (a, b) : (b, a);
            if (forced.Contains(pair)) return MostFor;
            if (known.TryGetValue(pair, out var weight)) return weight;
            return known[pair] = evidence(pair.Item1, pair.Item2);
        }

        var auto = new Sets(nodes, rank, forbidden);
        foreach (var (a, b) in forced) auto.Join(a, b);
        foreach (var edge in sorted.Where(e => e.Weight >= model.AutoWeight))
            if (auto.MayJoin(edge.A, edge.B) && Agree(auto.Of(edge.A), auto.Of(edge.B), Evidence, ContradictsAuto)) auto.Join(edge.A, edge.B);

        var probable = auto.Copy();
        foreach (var edge in sorted.Where(e => e.Weight >= 0))
            if (probable.MayJoin(edge.A, edge.B) && Agree(probable.Of(edge.A), probable.Of(edge.B), Evidence, Contradicts)) probable.Join(edge.A, edge.B);

        var queue = new Dictionary<(long, long), Edge>();
        foreach (var edge in sorted.Where(e => e.Weight >= model.ReviewWeight))
        {
            var (x, y) = (auto.Least(edge.A), auto.Least(edge.B));
            if (x != y && auto.MayJoin(edge.A, edge.B)) queue.TryAdd(rank[x] < rank[y] ? (x, y) : (y, x), edge);
        }

        return new ClusterResult(auto.All(), probable.All(), [.. queue.Values.OrderByDescending(e => e.Weight).ThenBy(e => rank[e.A]).ThenBy(e => rank[e.B])]);
    }

    /// <summary>True when the records of both sides together speak for one contact, and no pair contradicts.</summary>
    private static bool Agree(IReadOnlyList<long> left, IReadOnlyList<long> right, Func<long, long, double> evidence, double contradicts)
    {
        var sum = 0.0;
        foreach (var a in left)
            foreach (var b in right)
            {
                var bits = evidence(a, b);
                if (bits < contradicts) return false;
                sum += Math.Clamp(bits, MostAgainst, MostFor);
            }

        return sum > 0;
    }

    /// <summary>Disjoint sets that know their members and whom they must not join.</summary>
    private sealed class Sets
    {
        private readonly Dictionary<long, List<long>> of = [];
        private readonly Dictionary<long, int> rank;
        private readonly HashSet<(long, long)> forbidden;

        public Sets(IReadOnlyList<long> nodes, Dictionary<long, int> rank, HashSet<(long, long)> forbidden)
        {
            (this.rank, this.forbidden) = (rank, forbidden);
            foreach (var node in nodes) of[node] = [node];
        }

        private Sets(Sets other)
        {
            (rank, forbidden) = (other.rank, other.forbidden);
            foreach (var set in other.of.Values.Distinct())
            {
                var copy = new List<long>(set);
                foreach (var node in set) of[node] = copy;
            }
        }

        public Sets Copy() => new(this);

        public List<long> Of(long node) => of[node];

        public long Least(long node) => of[node][0];

        public bool MayJoin(long a, long b)
        {
            var (x, y) = (of[a], of[b]);
            if (ReferenceEquals(x, y)) return false;
            if (forbidden.Count == 0) return true;
            foreach (var left in x)
                foreach (var right in y)
                    if (forbidden.Contains(rank[left] < rank[right] ? (left, right) : (right, left))) return false;
            return true;
        }

        public void Join(long a, long b)
        {
            var (x, y) = (of[a], of[b]);
            if (ReferenceEquals(x, y) || !MayJoin(a, b)) return;
            if (x.Count < y.Count) (x, y) = (y, x);
            x.AddRange(y);
            x.Sort((p, q) => rank[p].CompareTo(rank[q]));
            foreach (var node in y) of[node] = x;
        }

        public Dictionary<long, long> All() => of.ToDictionary(n => n.Key, n => n.Value[0]);
    }
}
