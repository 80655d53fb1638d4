using CsCheck;
using IntegrationHub.Matching;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class ClustersTests
{
    private static readonly double Auto = Model.AutoWeight + 1;

    private static readonly Gen<(Edge[] Edges, DecidedPair[] Decisions)> Graphs =
        Gen.Select(
            Gen.Select(Gen.Long[0, 9], Gen.Long[0, 9], Gen.Int[-2, 20]).Where((a, b, _) => a != b).Select((a, b, w) => new Edge(Math.Min(a, b), Math.Max(a, b), w)).Array[0, 25],
            Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool).Where((a, b, _) => a != b).Select((a, b, same) => new DecidedPair(Math.Min(a, b), Math.Max(a, b), same)).Array[0, 5])
        .Select((edges, decisions) => (edges.DistinctBy(e => (e.A, e.B)).ToArray(), decisions.DistinctBy(d => (d.A, d.B)).ToArray()));

    [Fact]
    public void Neither_the_order_nor_the_direction_of_edges_and_decisions_matters() =>
        Gen.Select(Graphs, Gen.Int[0, 1_000_000]).Sample(
            (graph, seed) =>
            {
                var shuffled = Shuffle(graph.Edges, seed).Select((e, i) => i % 2 == 0 ? e : new Edge(e.B, e.A, e.Weight)).ToArray();
                var words = Shuffle(graph.Decisions, seed).Select((d, i) => i % 2 == 0 ? d : new DecidedPair(d.B, d.A, d.Same)).ToArray();
                var (first, second) = (Run(graph.Edges, graph.Decisions), Run(shuffled, words));
                Assert.Equal(Text(first.Auto), Text(second.Auto));
                Assert.Equal(Text(first.Probable), Text(second.Probable));
                Assert.Equal(first.Queue, second.Queue);
            },
            iter: 500);

    [Fact]
    public void The_order_of_the_records_does_not_matter() =>
        Gen.Select(PairScorerTests.Records.Array[2, 14], Gen.Int[0, 1_000_000]).Sample(
            (drawn, seed) =>
            {
                var records = drawn.DistinctBy(r => r.Key).ToArray();
                Assert.Equal(Clusters(records), Clusters(Shuffle(records, seed)));
            },
            iter: 200);

    [Fact]
    public void Who_is_said_to_be_different_is_never_joined_through_others_either() =>
        Graphs.Sample(
            graph =>
            {
                var result = Run(graph.Edges, graph.Decisions);
                foreach (var (a, b, same) in graph.Decisions.Where(d => !d.Same))
                {
                    Assert.False(same);
                    Assert.NotEqual(result.Auto[a], result.Auto[b]);
                    Assert.NotEqual(result.Probable[a], result.Probable[b]);
                    Assert.DoesNotContain(result.Queue, e => (e.A, e.B) == (a, b));
                }
            },
            iter: 500);

    [Fact]
    public void Who_is_said_to_be_the_same_is_always_joined_where_nothing_forbids_it() =>
        Graphs.Sample(
            graph =>
            {
                var same = graph.Decisions.Where(d => d.Same).ToArray();
                var result = Run(graph.Edges, same);
                foreach (var (a, b, _) in same) Assert.Equal(result.Auto[a], result.Auto[b]);
            },
            iter: 500);

    [Fact]
    public void The_probable_partition_never_splits_an_auto_cluster_and_the_queue_lies_between_auto_clusters() =>
        Graphs.Sample(
            graph =>
            {
                var result = Run(graph.Edges, graph.Decisions);
                foreach (var cluster in result.Auto.Index().GroupBy(n => n.Item)) Assert.Single(cluster.Select(n => result.Probable[n.Index]).Distinct());
                Assert.All(result.Queue, e => Assert.NotEqual(result.Auto[e.A], result.Auto[e.B]));
                Assert.All(result.Queue, e => Assert.True(e.Weight >= Model.ReviewWeight));
            },
            iter: 500);

    [Fact]
    public void Different_holds_through_a_third_record()
    {
        Edge[] edges = [new(0, 1, Auto + 2), new(1, 2, Auto)];
        Assert.Equal("0 1 2", Groups(Run(edges, [], count: 3)));
        Assert.Equal("0 1 | 2", Groups(Run(edges, [new(0, 2, false)], count: 3)));
    }

    [Fact]
    public void Same_joins_what_the_evidence_contradicts()
    {
        double Against(int a, int b) => -20;
        Assert.Equal("0 | 1", Groups(Run([], [], Against, 2)));
        Assert.Equal("0 1", Groups(Run([], [new(0, 1, true)], Against, 2)));
        Assert.Equal("0 | 1", Groups(Run([], [new(0, 1, true), new(0, 1, false)], Against, 2)));
    }

    [Fact]
    public void A_pair_that_contradicts_is_not_chained_together_by_a_third_record()
    {
        Edge[] edges = [new(0, 1, Auto + 2), new(1, 2, Auto)];
        double Evidence(int a, int b) => (a, b) == (0, 2) ? -10 : 20;
        var result = Run(edges, [], Evidence, 3);
        Assert.Equal("0 1 | 2", Groups(result));
        Assert.Equal(new Edge(1, 2, Auto), Assert.Single(result.Queue));
    }

    // Pairs alike in the remainder speak for each other, others a little against: a mixture of all cases.
    private static ClusterResult Run(IReadOnlyList<Edge> edges, IReadOnlyList<DecidedPair> decisions, Func<int, int, double>? evidence = null, int count = 10)
    {
        evidence ??= (a, b) => a % 3 == b % 3 ? 12 : a + b == 9 ? -10 : 7;
        GroupEvidence Weigh(IReadOnlyList<int> left, IReadOnlyList<int> right)
        {
            double[] bits = [.. left.SelectMany(a => right.Select(b => evidence(Math.Min(a, b), Math.Max(a, b))))];
            return new GroupEvidence(bits.Average(), bits.Any(b => b < 0));
        }

        return IntegrationHub.Matching.Clusters.Partition(count, edges, decisions, () => Weigh, Model, default);
    }

    private static string Text(int[] partition) => string.Join(' ', partition);

    private static string Groups(ClusterResult result) =>
        string.Join(" | ", result.Auto.Index().GroupBy(p => p.Item).OrderBy(g => g.Key).Select(g => string.Join(' ', g.Select(p => p.Index))));

    private static T[] Shuffle<T>(T[] items, int seed)
    {
        T[] copy = [.. items];
        new Random(seed).Shuffle(copy);
        return copy;
    }
}
