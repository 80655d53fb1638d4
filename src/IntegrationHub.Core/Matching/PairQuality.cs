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
        var entities = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new List<(int Cluster, int Entity)>(truth.Count);
        for (var i = 0; i < truth.Count; i++)
        {
            if (truth[i].Length == 0) continue;
            if (!entities.TryGetValue(truth[i], out var entity)) entities[truth[i]] = entity = entities.Count;
            known.Add((cluster[i], entity));
        }

        var found = PairsIn(cluster);
        var real = PairsIn(known.Select(k => k.Entity));
        var both = PairsIn(known);
        double? precision = found == 0 ? null : (double)both / found;
        double? recall = real == 0 ? null : (double)both / real;
        return new PairQuality(precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : precision is null || recall is null ? null : 0);
    }

    /// <summary>How many pairs of records a partition puts together.</summary>
    /// <param name="cluster">The cluster of each record.</param>
    public static long PairsIn<T>(IEnumerable<T> cluster)
        where T : notnull
    {
        var sizes = new Dictionary<T, int>();
        foreach (var c in cluster) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sizes, c, out _)++;
        return sizes.Values.Sum(s => Pairs(s));
    }

    private static long Pairs(long records) => records * (records - 1) / 2;
}
