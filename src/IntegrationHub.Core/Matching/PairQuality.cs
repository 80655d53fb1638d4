namespace IntegrationHub.Matching;

/// <summary>How well a partition agrees with the truth, over all pairs of records. Null where a share is undefined.</summary>
/// <param name="Precision">Of the pairs that were put together, the share that belongs together.</param>
/// <param name="Recall">Of the pairs that belong together, the share that was put together.</param>
/// <param name="F1">Their harmonic mean.</param>
public sealed record PairQuality(double? Precision, double? Recall, double? F1)
{
    /// <summary>Compares a partition with the truth, from cluster sizes: memory and time are linear in the records. A blank truth is a record of its own.</summary>
    /// <param name="cluster">The cluster of each record.</param>
    /// <param name="truth">The entity of each record.</param>
    public static PairQuality Of(IReadOnlyList<int> cluster, IReadOnlyList<string> truth)
    {
        var found = PairsIn(cluster);
        var real = truth.Where(t => t.Length > 0).GroupBy(t => t, StringComparer.Ordinal).Sum(g => Pairs(g.LongCount()));
        var both = cluster.Zip(truth).Where(p => p.Second.Length > 0).GroupBy(p => p).Sum(g => Pairs(g.LongCount()));
        double? precision = found == 0 ? null : (double)both / found;
        double? recall = real == 0 ? null : (double)both / real;
        return new PairQuality(precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : precision is null || recall is null ? null : 0);
    }

    /// <summary>How many pairs of records a partition puts together.</summary>
    public static long PairsIn(IReadOnlyList<int> cluster) => cluster.GroupBy(c => c).Sum(g => Pairs(g.LongCount()));

    private static long Pairs(long records) => records * (records - 1) / 2;
}
