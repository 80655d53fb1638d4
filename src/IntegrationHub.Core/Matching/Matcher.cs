using System.Collections.Concurrent;

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
/// <param name="Finer">What blocks over the cap were compared by.</param>
public sealed record MatchedPairs(IReadOnlyList<Edge> Edges, long Candidates, FinerBlocks Finer);

/// <summary>Weighs candidate pairs on all cores and keeps those that matter. The same input gives the same output, whatever the number of threads.</summary>
public static class Matcher
{
    // Under so many pairs a second thread costs more than it saves.
    private const int PairsAThread = 500;

    /// <summary>The whole-batch path: blocks, and weighs all pairs as they are found.</summary>
    /// <param name="table">The records, in the order of their source keys, so that the result does not depend on how they came.</param>
    /// <param name="blocks">Their blocks.</param>
    /// <param name="model">The model.</param>
    /// <param name="ct">Stops it.</param>
    public static MatchedPairs Weigh(MatchTable table, Blocks blocks, MatchModel model, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        var floor = Math.Pow(2, model.Calibration.Inverse(model.ReviewWeight));
        var (workers, candidates, finer) = blocks.ForEachPair(() => new Worker(scorer.Twin(), []), (worker, a, b) => worker.Weigh(a, b, floor), 1, ct);
        return new MatchedPairs(InOrder(workers, table.Count), candidates, finer);
    }

    /// <summary>The incremental path: weighs pairs that are known to be candidates.</summary>
    /// <param name="table">The records.</param>
    /// <param name="pairs">Pairs of them, the smaller first, none twice.</param>
    /// <param name="model">The model.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Those that weigh at least the floor; by index.</returns>
    public static IReadOnlyList<Edge> Weigh(MatchTable table, IReadOnlyList<(int A, int B)> pairs, MatchModel model, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        var floor = Math.Pow(2, model.Calibration.Inverse(model.ReviewWeight));
        if (pairs.Count < PairsAThread)
        {
            var alone = new Worker(scorer, []);
            foreach (var (a, b) in pairs) alone.Weigh(a, b, floor);
            return InOrder([alone], table.Count);
        }

        var workers = new ConcurrentBag<Worker>();
        Parallel.ForEach(Partitioner.Create(0, pairs.Count), new ParallelOptions { CancellationToken = ct }, slice =>
        {
            var worker = new Worker(scorer.Twin(), []);
            for (var i = slice.Item1; i < slice.Item2; i++) worker.Weigh(pairs[i].A, pairs[i].B, floor);
            workers.Add(worker);
        });
        return InOrder(workers, table.Count);
    }

    /// <summary>The workers' edges by their records: dealt by the first record, then each record's few sorted.</summary>
    private static Edge[] InOrder(IReadOnlyCollection<Worker> workers, int records)
    {
        var edges = new Edge[workers.Sum(w => w.Edges.Count)];
        if (edges.Length < records / 16)
        {
            var at = 0;
            foreach (var worker in workers)
            {
                worker.Edges.CopyTo(edges, at);
                at += worker.Edges.Count;
            }

            Array.Sort(edges, ByRecords);
            return edges;
        }

        var next = new int[records + 1];
        foreach (var worker in workers)
            foreach (var edge in worker.Edges) next[edge.A + 1]++;
        for (var i = 0; i < records; i++) next[i + 1] += next[i];
        foreach (var worker in workers)
        {
            foreach (var edge in worker.Edges) edges[next[edge.A]++] = edge;
            worker.Edges.Clear();
            worker.Edges.TrimExcess();
        }

        for (int record = 0, from = 0; record < records; from = next[record++])
            if (next[record] - from > 1) edges.AsSpan(from, next[record] - from).Sort(ByRecords);
        return edges;
    }

    private static int ByRecords(Edge x, Edge y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B);

    private readonly record struct Worker(PairScorer Scorer, List<Edge> Edges)
    {
        public void Weigh(int a, int b, double floor)
        {
            var odds = Scorer.Odds(Scorer.Compare(a, b), a);
            if (odds.Ratio >= floor) Edges.Add(new Edge(a, b, Scorer.Stated(odds.Weight)));
        }
    }
}
