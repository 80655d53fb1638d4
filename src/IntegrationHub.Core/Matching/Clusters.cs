namespace IntegrationHub.Matching;

/// <summary>Two partitions of the same records, and the pairs between them that a person is to decide.</summary>
/// <param name="Auto">For each record the least of those it is merged with without a person.</param>
/// <param name="Probable">For each record the least of its most probable cluster; coarser than <paramref name="Auto"/>.</param>
/// <param name="Queue">The heaviest edge between each two auto clusters that weighs at least the review weight, the heaviest first.</param>
public sealed record ClusterResult(int[] Auto, int[] Probable, IReadOnlyList<Edge> Queue);

/// <summary>A decision on two records of a table.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Same">True: one and the same. False: never to be joined.</param>
public readonly record struct DecidedPair(int A, int B, bool Same);

/// <summary>
/// Forms clusters out of edges, the heaviest first, without chaining: two clusters join only if all their records together speak for it, and without a person only if no pair of them contradicts.
/// </summary>
public static class Clusters
{
    /// <summary>
    /// Clusters a table's records, which are in the order that settles ties. A pure function of records, edges and decisions: neither the order of edges nor of decisions matters,
    /// and a component ends the same whatever else is there.
    /// </summary>
    /// <param name="table">The records.</param>
    /// <param name="edges">Edges between records, any order.</param>
    /// <param name="decisions">Durable words on pairs of them.</param>
    /// <param name="model">The thresholds, and what weighs pairs that no edge names.</param>
    /// <param name="ct">Stops it.</param>
    public static ClusterResult Partition(MatchTable table, IReadOnlyList<Edge> edges, IReadOnlyList<DecidedPair> decisions, MatchModel model, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        return Partition(table.Count, edges, decisions, () => new GroupScorer(scorer.Twin()).Weigh, model, ct);
    }

    /// <summary>The same over records 0 to <paramref name="records"/> - 1, with any evidence.</summary>
    /// <param name="records">How many there are.</param>
    /// <param name="edges">Edges between records, any order.</param>
    /// <param name="decisions">Durable words on pairs of them.</param>
    /// <param name="evidence">Makes, for one thread, what weighs two groups of records.</param>
    /// <param name="model">The thresholds.</param>
    /// <param name="ct">Stops it.</param>
    public static ClusterResult Partition(
        int records, IReadOnlyList<Edge> edges, IReadOnlyList<DecidedPair> decisions, Func<Func<IReadOnlyList<int>, IReadOnlyList<int>, GroupEvidence>> evidence, MatchModel model, CancellationToken ct)
    {
        var components = Components.Of(records, edges, decisions);
        var (auto, probable) = (new int[records], new int[records]);
        for (var i = 0; i < records; i++) auto[i] = probable[i] = i;
        var queues = new IReadOnlyCollection<Edge>[components.Count];
        Parallel.For(
            0, components.Count, new ParallelOptions { CancellationToken = ct },
            evidence,
            (c, _, own) =>
            {
                var between = components.EdgesOf(c);
                var decided = components.DecisionsOf(c);
                queues[c] = between.Length == 1 && decided.Length == 0 ? Pair(between[0], own, model, auto, probable) : new Component(between, decided, own, model).Cluster(auto, probable);
                return own;
            },
            _ => { });
        Edge[] queue = [.. queues.SelectMany(q => q)];
        Array.Sort(queue, Edge.HeaviestFirst);
        return new ClusterResult(auto, probable, queue);
    }

    /// <summary>Two records that nothing else touches, as most are: what <see cref="Component"/> would make of them.</summary>
    private static Edge[] Pair(Edge edge, Func<IReadOnlyList<int>, IReadOnlyList<int>, GroupEvidence> evidence, MatchModel model, int[] auto, int[] probable)
    {
        var (a, b) = edge.A < edge.B ? ((int)edge.A, (int)edge.B) : ((int)edge.B, (int)edge.A);
        var queued = edge.Weight >= model.ReviewWeight;
        if (a == b || (edge.Weight < 0 && edge.Weight < model.AutoWeight)) return a != b && queued ? [new Edge(a, b, edge.Weight)] : [];
        var both = evidence([a], [b]);
        var joined = edge.Weight >= model.AutoWeight && !both.Contradicts && both.Weight >= model.AutoWeight;
        if (joined) auto[b] = a;
        if (joined || (edge.Weight >= 0 && both.Weight >= 0)) probable[b] = a;
        return !joined && queued ? [new Edge(a, b, edge.Weight)] : [];
    }

    /// <summary>Records that edges or decisions hold together, by themselves.</summary>
    private sealed class Component
    {
        // An edge that is this much heavier, in bits, than one to a rival is in no doubt.
        private const double Margin = 4;

        private readonly Edge[] sorted;
        private readonly HashSet<(int, int)> forbidden = [];
        private readonly List<(int A, int B)> forced = [];
        private readonly Func<IReadOnlyList<int>, IReadOnlyList<int>, GroupEvidence> evidence;
        private readonly MatchModel model;
        private readonly List<int> members;
        private ILookup<int, (int At, int Other, double Weight)>? rivals;

        public Component(ReadOnlySpan<Edge> edges, ReadOnlySpan<DecidedPair> decisions, Func<IReadOnlyList<int>, IReadOnlyList<int>, GroupEvidence> evidence, MatchModel model)
        {
            (this.evidence, this.model) = (evidence, model);
            sorted = edges.ToArray();
            for (var i = 0; i < sorted.Length; i++)
                if (sorted[i].A > sorted[i].B) sorted[i] = new Edge(sorted[i].B, sorted[i].A, sorted[i].Weight);
            Array.Sort(sorted, Edge.HeaviestFirst);
            foreach (var d in decisions)
            {
                var pair = d.A < d.B ? (d.A, d.B) : (d.B, d.A);
                if (!d.Same) forbidden.Add(pair);
                else forced.Add(pair);
            }

            forced.Sort();
            var all = new HashSet<int>();
            foreach (var edge in sorted) (_, _) = (all.Add((int)edge.A), all.Add((int)edge.B));
            foreach (var (a, b) in forced) (_, _) = (all.Add(a), all.Add(b));
            foreach (var (a, b) in forbidden) (_, _) = (all.Add(a), all.Add(b));
            members = [.. all];
            members.Sort();
        }

        /// <summary>Writes both partitions of its records, and gives the queue.</summary>
        public List<Edge> Cluster(int[] auto, int[] probable)
        {
            var sets = new Sets(members, forbidden);
            foreach (var (a, b) in forced) sets.Join(a, b);
            foreach (var edge in sorted)
                if (edge.Weight >= model.AutoWeight && sets.MayJoin((int)edge.A, (int)edge.B) && !MayBeEither(edge, sets) && evidence(sets.Of((int)edge.A), sets.Of((int)edge.B)) is { Contradicts: false } both && both.Weight >= model.AutoWeight) sets.Join((int)edge.A, (int)edge.B);
            foreach (var member in members) auto[member] = sets.Least(member);

            var queue = new Dictionary<(int, int), Edge>();
            foreach (var edge in sorted)
            {
                if (edge.Weight < model.ReviewWeight || !sets.MayJoin((int)edge.A, (int)edge.B)) continue;
                var (x, y) = (auto[edge.A], auto[edge.B]);
                queue.TryAdd(x < y ? (x, y) : (y, x), edge);
            }

            foreach (var edge in sorted)
                if (edge.Weight >= 0 && sets.MayJoin((int)edge.A, (int)edge.B) && evidence(sets.Of((int)edge.A), sets.Of((int)edge.B)).Weight >= 0) sets.Join((int)edge.A, (int)edge.B);
            foreach (var member in members) probable[member] = sets.Least(member);
            return [.. queue.Values];
        }

        /// <summary>
        /// True where one end of the edge has no given name and could as well be joined to a third record of another name: a family's mailbox by itself belongs to neither of two who use it.
        /// Of the edges alone, so that it does not matter what was joined before.
        /// </summary>
        private bool MayBeEither(Edge edge, Sets sets)
        {
            if (members.Count < 3) return false;
            rivals ??= sorted.Where(e => e.Weight >= model.AutoWeight).SelectMany(e => new[] { (At: (int)e.A, Other: (int)e.B, e.Weight), (At: (int)e.B, Other: (int)e.A, e.Weight) }).ToLookup(r => r.At);
            return IsTornBetween((int)edge.A, (int)edge.B) || IsTornBetween((int)edge.B, (int)edge.A);

            bool IsTornBetween(int record, int one)
            {
                if (!rivals.Contains(record) || !evidence([record], [one]).Unnamed) return false;
                foreach (var (_, other, weight) in rivals[record])
                    if (other != one && weight > edge.Weight - Margin && !forced.Contains(Ordered(record, one)) && sets.Of(one) != sets.Of(other) && evidence([one], [other]).NamesTwo) return true;
                return false;
            }
        }

        private static (int, int) Ordered(int a, int b) => a < b ? (a, b) : (b, a);
    }

    /// <summary>Disjoint sets that know their members and whom they must not join.</summary>
    private sealed class Sets
    {
        private readonly Dictionary<int, Group> of = [];
        private readonly HashSet<(int, int)> forbidden;

        public Sets(List<int> members, HashSet<(int, int)> forbidden)
        {
            this.forbidden = forbidden;
            of.EnsureCapacity(members.Count);
            foreach (var member in members) of[member] = new Group([member], [member]);
        }

        /// <summary>The least of the records that are with this one: all of them in any but the largest clusters, which so many can speak for.</summary>
        public List<int> Of(int record) => of[record].Least;

        public int Least(int record) => of[record].Least[0];

        public bool MayJoin(int a, int b)
        {
            var (x, y) = (of[a], of[b]);
            if (ReferenceEquals(x, y)) return false;
            if (forbidden.Count == 0) return true;
            foreach (var left in x.All)
                foreach (var right in y.All)
                    if (forbidden.Contains(left < right ? (left, right) : (right, left))) return false;
            return true;
        }

        public void Join(int a, int b)
        {
            var (x, y) = (of[a], of[b]);
            if (ReferenceEquals(x, y) || !MayJoin(a, b)) return;
            if (x.All.Count < y.All.Count) (x, y) = (y, x);
            x.All.AddRange(y.All);
            foreach (var member in y.All) of[member] = x;
            foreach (var member in y.Least)
            {
                var place = ~x.Least.BinarySearch(member);
                if (place < GroupScorer.MostOfGroup) x.Least.Insert(place, member);
            }

            if (x.Least.Count > GroupScorer.MostOfGroup) x.Least.RemoveRange(GroupScorer.MostOfGroup, x.Least.Count - GroupScorer.MostOfGroup);
        }

        /// <summary>A set.</summary>
        /// <param name="Least">The least of its records, rising.</param>
        /// <param name="All">All of them, in any order.</param>
        private sealed record Group(List<int> Least, List<int> All);
    }
}
