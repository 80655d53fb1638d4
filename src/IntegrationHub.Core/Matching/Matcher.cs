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

/// <summary>
/// The whole-batch path: blocks, weighs all candidate pairs on all cores as they are found, keeps those that matter. The same input gives the same output, whatever the number of threads.
/// </summary>
public static class Matcher
{
    /// <summary>Weighs each candidate pair once.</summary>
    /// <param name="table">The records, in the order of their source keys, so that the result does not depend on how they came.</param>
    /// <param name="blocks">Their blocks.</param>
    /// <param name="model">The model.</param>
    /// <param name="wanted">Pairs of which neither record is wanted are left out; null wants all.</param>
    /// <param name="ct">Stops it.</param>
    public static MatchedPairs Weigh(MatchTable table, Blocks blocks, MatchModel model, bool[]? wanted, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        var floor = Math.Pow(2, model.ReviewWeight);
        var (workers, candidates, large) = blocks.ForEachPair(
            () => new Worker(scorer.Twin(), []),
            (worker, a, b) =>
            {
                if (wanted is not null && !wanted[a] && !wanted[b]) return false;
                var odds = worker.Scorer.Odds(worker.Scorer.Compare(a, b), a);
                if (odds.Ratio >= floor) worker.Edges.Add(new Edge(a, b, odds.Weight));
                return true;
            },
            1, ct);
        var edges = workers.SelectMany(w => w.Edges).ToArray();
        Array.Sort(edges, static (x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        return new MatchedPairs(edges, candidates, large);
    }

    private readonly record struct Worker(PairScorer Scorer, List<Edge> Edges);
}
