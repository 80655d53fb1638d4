using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>A share with its interval: between <paramref name="Low"/> and <paramref name="High"/> it lies in 95 of 100 cases.</summary>
/// <param name="Value">In [0, 1]; null where there is nothing to count.</param>
/// <param name="Low">In [0, 1].</param>
/// <param name="High">In [0, 1].</param>
public sealed record Share(double? Value, double Low, double High)
{
    // The normal distribution's 97.5 % point.
    private const double Z = 1.959964;

    /// <summary>So many of so many, which need not be whole numbers.</summary>
    /// <remarks>Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).</remarks>
    public static Share Of(double some, double all)
    {
        if (all <= 0) return new Share(null, 0, 1);
        var p = some / all;
        var middle = (p + (Z * Z / (2 * all))) / (1 + (Z * Z / all));
        var half = Z / (1 + (Z * Z / all)) * Math.Sqrt((p * (1 - p) / all) + (Z * Z / (4 * all * all)));
        return new Share(p, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}

/// <summary>The pairs whose stated probability lies in one band, and how many of them are one.</summary>
/// <param name="From">The band's lower end, in it.</param>
/// <param name="To">Its upper end, not in it but for 1.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="Stated">The mean of what was stated.</param>
/// <param name="Observed">The share that is one.</param>
public sealed record CalibrationBand(double From, double To, long Pairs, double Stated, Share Observed);

/// <summary>Says whether stated probabilities mean what they say, and what they let expect of a partition.</summary>
public static class CalibrationReport
{
    private static readonly ImmutableArray<double> Ends = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1];

    /// <summary>The bands that have pairs, rising.</summary>
    /// <param name="pairs">Each pair's stated probability, and whether the two are one.</param>
    public static ImmutableArray<CalibrationBand> Bands(IEnumerable<(double Probability, bool Same)> pairs)
    {
        var (all, same, stated) = (new long[Ends.Length - 1], new long[Ends.Length - 1], new double[Ends.Length - 1]);
        foreach (var (probability, one) in pairs)
        {
            var band = 0;
            while (band < all.Length - 1 && probability >= Ends[band + 1]) band++;
            all[band]++;
            same[band] += one ? 1 : 0;
            stated[band] += probability;
        }

        return [.. Enumerable.Range(0, all.Length).Where(b => all[b] > 0).Select(b => new CalibrationBand(Ends[b], Ends[b + 1], all[b], stated[b] / all[b], Share.Of(same[b], all[b])))];
    }

    /// <summary>
    /// What the stated probabilities let expect of a partition, without any truth. Precision: of the joins that hold its clusters together, the heaviest pairs that do, the share that is right; the other pairs of a cluster
    /// stand or fall with them. Recall: of all weighed pairs that are one, the share that it puts together. Pairs that were never weighed, or weigh less than the floor, are not counted. Each cluster counts as one
    /// observation, since its pairs hang together.
    /// </summary>
    /// <param name="edges">The weighed pairs.</param>
    /// <param name="partition">For each record the least of its cluster.</param>
    public static (Share Precision, Share Recall) Expected(IReadOnlyList<Edge> edges, IReadOnlyList<int> partition)
    {
        var root = new int[partition.Count];
        for (var i = 0; i < root.Length; i++) root[i] = i;
        int Find(int x)
        {
            while (root[x] != x) x = root[x] = root[root[x]];
            return x;
        }

        var (joins, right, outside) = (0L, 0.0, 0.0);
        var inside = new List<Edge>();
        var (clusters, touched) = (new HashSet<int>(), new HashSet<int>());
        foreach (var edge in edges)
        {
            touched.Add(partition[(int)edge.A]);
            if (partition[(int)edge.A] == partition[(int)edge.B]) inside.Add(edge);
            else outside += edge.Probability;
        }

        inside.Sort(Edge.HeaviestFirst);
        foreach (var edge in inside)
        {
            var (a, b) = (Find((int)edge.A), Find((int)edge.B));
            if (a == b) continue;
            root[Math.Max(a, b)] = Math.Min(a, b);
            (joins, right) = (joins + 1, right + edge.Probability);
            clusters.Add(partition[(int)edge.A]);
        }

        if (joins == 0) return (Share.Of(0, 0), outside > 0 ? Share.Of(0, touched.Count) : Share.Of(0, 0));
        var found = inside.Count * right / joins;
        return (Share.Of(clusters.Count * right / joins, clusters.Count), Share.Of(touched.Count * found / (found + outside), touched.Count));
    }
}
