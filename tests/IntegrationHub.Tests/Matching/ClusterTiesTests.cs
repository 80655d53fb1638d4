using CsCheck;
using IntegrationHub.Matching;

namespace IntegrationHub.Tests.Matching;

public sealed class ClusterTiesTests
{
    private static readonly Gen<(int Records, Edge[] Edges)> Graphs =
        Gen.Int[1, 9].SelectMany(n => Gen.Select(Gen.Int[0, n - 1], Gen.Int[0, n - 1], Gen.Int[1, 6]).Where((a, b, _) => n == 1 || a != b).Array[0, 16]
            .Select(all => (n, n == 1 ? [] : all.Select(e => new Edge(e.Item1, e.Item2, e.Item3)).DistinctBy(e => (Math.Min(e.A, e.B), Math.Max(e.A, e.B))).ToArray())));

    [Fact]
    public void A_chain_is_held_by_its_weakest_tie_and_falls_into_two_without_it()
    {
        // 0 =20= 1 -8- 2 =15= 3
        var ties = ClusterTies.Of(4, [new(2, 3, 15), new(1, 2, 8), new(0, 1, 20)], []);

        Assert.Equal(new ClusterTie(1, 2, 8, false), ties.Holding);
        Assert.Equal([0, 1], ties.Left.ToArray());
        Assert.Equal([2, 3], ties.Right.ToArray());
        Assert.Empty(ties.Beside);
        Assert.Equal(3, ties.Bridges.Length);
        Assert.Equal([20.0, 20, 15, 15], ties.Best.Select(b => b?.Weight ?? 0));
    }

    [Fact]
    public void In_a_ring_the_holding_tie_is_no_bridge_since_a_weaker_one_stands_beside_it()
    {
        // 0 =20= 1, 2 =15= 3, and between the two groups ties of 8 and 7.
        var ties = ClusterTies.Of(4, [new(0, 1, 20), new(1, 2, 8), new(2, 3, 15), new(3, 0, 7)], []);

        Assert.Equal(new ClusterTie(1, 2, 8, false), ties.Holding);
        Assert.Equal(new ClusterTie(0, 3, 7, false), Assert.Single(ties.Beside));
        Assert.Empty(ties.Bridges);
    }

    [Fact]
    public void A_word_of_a_person_is_stronger_than_any_weight_and_different_ties_nothing()
    {
        var ties = ClusterTies.Of(3, [new(0, 1, 12), new(1, 2, 9), new(0, 2, 3)], [new(2, 0, true), new(1, 2, false)]);

        Assert.Equal([new ClusterTie(0, 2, 3, true), new ClusterTie(0, 1, 12, false)], ties.Tree.ToArray());
        Assert.Equal(new ClusterTie(0, 1, 12, false), ties.Holding);
        Assert.Equal(new ClusterTie(0, 2, 3, true), ties.Best[2]);
    }

    [Fact]
    public void Records_that_no_tie_reaches_are_parts_of_their_own()
    {
        var ties = ClusterTies.Of(4, [new(0, 2, 9)], []);

        Assert.Equal(["0 2", "1", "3"], ties.Parts.Select(p => string.Join(' ', p)));
        Assert.Null(ties.Best[1]);
    }

    [Fact]
    public void One_record_by_itself_has_nothing_that_holds_it()
    {
        var ties = ClusterTies.Of(1, [], []);

        Assert.Null(ties.Holding);
        Assert.Single(ties.Parts);
    }

    [Fact]
    public void Without_a_bridge_there_is_one_part_more_and_without_any_other_tie_as_many_as_before() =>
        Graphs.Sample(
            graph =>
            {
                var ties = ClusterTies.Of(graph.Records, graph.Edges, []);
                foreach (var tie in ties.Tree.Concat(ties.Further))
                {
                    var without = ClusterTies.Of(graph.Records, graph.Edges.Where(e => (Math.Min(e.A, e.B), Math.Max(e.A, e.B)) != (tie.A, tie.B)), []);
                    Assert.Equal(ties.Parts.Length + (ties.Bridges.Contains(tie) ? 1 : 0), without.Parts.Length);
                }
            },
            iter: 500);

    [Fact]
    public void No_tie_between_the_two_sides_is_stronger_than_the_one_that_holds() =>
        Graphs.Sample(
            graph =>
            {
                var ties = ClusterTies.Of(graph.Records, graph.Edges, []);
                if (ties.Holding is not { } holding) return;
                Assert.Contains(holding.A, ties.Left);
                Assert.Contains(holding.B, ties.Right);
                foreach (var edge in graph.Edges)
                    if (ties.Left.Contains((int)edge.A) && ties.Right.Contains((int)edge.B)) Assert.True(edge.Weight <= holding.Weight);
                Assert.Equal(graph.Records - ties.Parts.Length, ties.Tree.Length);
            },
            iter: 500);
}
