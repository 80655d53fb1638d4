using CsCheck;
using IntegrationHub.Matching;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class ClustersTests
{
    private static readonly double Auto = Model.AutoWeight + 1;

    private static readonly Gen<(Edge[] Edges, (long, long, bool)[] Decisions)> Graphs =
        Gen.Select(
            Gen.Select(Gen.Long[0, 9], Gen.Long[0, 9], Gen.Int[-2, 20]).Where((a, b, _) => a != b).Select((a, b, w) => new Edge(Math.Min(a, b), Math.Max(a, b), w)).Array[0, 25],
            Gen.Select(Gen.Long[0, 9], Gen.Long[0, 9], Gen.Bool).Where((a, b, _) => a != b).Select((a, b, same) => (Math.Min(a, b), Math.Max(a, b), same)).Array[0, 5])
        .Select((edges, decisions) => (edges.DistinctBy(e => (e.A, e.B)).ToArray(), decisions.DistinctBy(d => (d.Item1, d.Item2)).ToArray()));

    [Fact]
    public void Neither_the_order_nor_the_direction_of_edges_and_decisions_matters() =>
        Gen.Select(Graphs, Gen.Int[0, 1_000_000]).Sample(
            (graph, seed) =>
            {
                var shuffled = Shuffle(graph.Edges, seed).Select((e, i) => i % 2 == 0 ? e : new Edge(e.B, e.A, e.Weight)).ToArray();
                var words = Shuffle(graph.Decisions, seed).Select((d, i) => i % 2 == 0 ? d : (d.Item2, d.Item1, d.Item3)).ToArray();
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
                foreach (var (a, b, same) in graph.Decisions.Where(d => !d.Item3))
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
                var same = graph.Decisions.Where(d => d.Item3).ToArray();
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
                foreach (var cluster in result.Auto.GroupBy(n => n.Value)) Assert.Single(cluster.Select(n => result.Probable[n.Key]).Distinct());
                Assert.All(result.Queue, e => Assert.NotEqual(result.Auto[e.A], result.Auto[e.B]));
                Assert.All(result.Queue, e => Assert.True(e.Weight >= Model.ReviewWeight));
            },
            iter: 500);

    [Fact]
    public void Different_holds_through_a_third_record()
    {
        Edge[] edges = [new(0, 1, Auto + 2), new(1, 2, Auto)];
        Assert.Equal("0 1 2", Groups(Run(edges, [])));
        Assert.Equal("0 1 | 2", Groups(Run(edges, [(0, 2, false)])));
    }

    [Fact]
    public void Same_joins_what_the_evidence_contradicts()
    {
        double Against(long a, long b) => -20;
        Assert.Equal("0 | 1", Groups(Run([], [], Against)));
        Assert.Equal("0 1", Groups(Run([], [(0, 1, true)], Against)));
        Assert.Equal("0 | 1", Groups(Run([], [(0, 1, true), (0, 1, false)], Against)));
    }

    [Fact]
    public void A_pair_that_contradicts_is_not_chained_together_by_a_third_record()
    {
        Edge[] edges = [new(0, 1, Auto + 2), new(1, 2, Auto)];
        double Evidence(long a, long b) => (a, b) == (0, 2) ? -10 : 20;
        var result = Run(edges, [], Evidence);
        Assert.Equal("0 1 | 2", Groups(result));
        Assert.Equal(new Edge(1, 2, Auto), Assert.Single(result.Queue));
    }

    private static ClusterResult Run(IReadOnlyList<Edge> edges, IReadOnlyList<(long, long, bool)> decisions, Func<long, long, double>? evidence = null)
    {
        var nodes = edges.SelectMany(e => new[] { e.A, e.B }).Concat(decisions.SelectMany(d => new[] { d.Item1, d.Item2 })).Concat([0, 1]).Distinct().Order().ToArray();
        // Pairs alike in the remainder speak for each other, others a little against: a mixture of all cases.
        return IntegrationHub.Matching.Clusters.Partition(nodes, edges, decisions, evidence ?? ((a, b) => a % 3 == b % 3 ? 4 : a + b == 9 ? -10 : 1), Model);
    }

    private static string Text(IReadOnlyDictionary<long, long> partition) => string.Join(' ', partition.OrderBy(p => p.Key).Select(p => $"{p.Key}:{p.Value}"));

    private static string Groups(ClusterResult result) => string.Join(" | ", result.Auto.GroupBy(p => p.Value).OrderBy(g => g.Key).Select(g => string.Join(' ', g.Select(p => p.Key).Order())));

    private static T[] Shuffle<T>(T[] items, int seed)
    {
        T[] copy = [.. items];
        new Random(seed).Shuffle(copy);
        return copy;
    }
}
