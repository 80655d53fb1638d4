using System.Collections.Immutable;
using System.Text.Json;

namespace IntegrationHub.Matching;

/// <summary>One point of a <see cref="CalibrationCurve"/>: pairs that the comparisons give this weight are one with the odds of the other.</summary>
/// <param name="Weight">The weight that prior and comparisons sum to, in bits.</param>
/// <param name="Stated">The weight that is stated instead, in bits.</param>
public readonly record struct CalibrationPoint(double Weight, double Stated);

/// <summary>
/// What a model's weights have turned out to mean, so that of the pairs with a stated probability of 90 % nine in ten are one: comparisons that depend on each other make sums too sure of themselves.
/// Linear between its points, parallel to the diagonal outside; it rises, so it never changes which of two pairs is the likelier.
/// </summary>
/// <remarks>
/// Fitted by isotonic regression: Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates" (2002); pool-adjacent-violators by Ayer et al. (1955).
/// </remarks>
public sealed class CalibrationCurve
{
    // Bins of one bit from here to there: below and above hardly a pair is in doubt.
    private const int Lowest = -2;

    // From here down weights mean what they say.
    private const int Floor = -8;
    private const int Highest = 13;

    // It must rise, if ever so little, to have an inverse.
    private const double LeastSlope = 0.05;
    private const double MostBits = 14;

    private readonly ImmutableArray<CalibrationPoint> points;

    private CalibrationCurve(ImmutableArray<CalibrationPoint> points) => this.points = points;

    /// <summary>Weights that mean what they say.</summary>
    public static CalibrationCurve None { get; } = new([]);

    /// <summary>The points, rising.</summary>
    public ImmutableArray<CalibrationPoint> Points => points;

    /// <summary>A curve through points.</summary>
    /// <exception cref="FormatException">They do not rise, or are not numbers.</exception>
    public static CalibrationCurve Through(IEnumerable<CalibrationPoint> points)
    {
        ImmutableArray<CalibrationPoint> all = [.. points];
        for (var i = 0; i < all.Length; i++)
            if (!double.IsFinite(all[i].Weight) || !double.IsFinite(all[i].Stated) || (i > 0 && (all[i].Weight <= all[i - 1].Weight || all[i].Stated <= all[i - 1].Stated)))
                throw new FormatException($"'calibration', point {i + 1}: weights and what they state must be numbers that rise from point to point.");
        return new CalibrationCurve(all);
    }

    /// <summary>The stated weight, in bits.</summary>
    public double Of(double weight) => Between(weight, p => p.Weight, p => p.Stated);

    /// <summary>The weight that is stated as this.</summary>
    public double Inverse(double stated) => Between(stated, p => p.Stated, p => p.Weight);

    /// <summary>Fits a curve to pairs that are decided; where there are few, this curve goes on.</summary>
    /// <param name="pairs">Each pair's weight before any curve, and whether the two are one.</param>
    /// <param name="trust">How many decided pairs in a bin of one bit this curve counts as.</param>
    public CalibrationCurve Fit(IEnumerable<(double Weight, bool Same)> pairs, double trust)
    {
        var bins = Enumerable.Range(Lowest, Highest - Lowest + 1).Select(b => new Bin { Weight = b, Start = Of(b) }).ToArray();
        foreach (var (weight, same) in pairs)
            if (Math.Round(weight) is var bin and >= Lowest and <= Highest) bins[(int)bin - Lowest].Add(same);
        var pools = new List<(double Same, double All, int Bins)>();
        foreach (var bin in bins)
        {
            pools.Add((bin.Same + (trust * Probability(bin.Start)), bin.All + trust, 1));
            while (pools.Count > 1 && pools[^1].Same / pools[^1].All <= pools[^2].Same / pools[^2].All)
            {
                var last = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (pools[^1].Same + last.Same, pools[^1].All + last.All, pools[^1].Bins + last.Bins);
            }
        }

        var fitted = new List<CalibrationPoint> { new(Floor, Floor) };
        foreach (var (same, all, count) in pools)
            for (var i = 0; i < count; i++)
            {
                var stated = Math.Min(Math.Log2(same / (all - same)), MostBits);
                fitted.Add(new CalibrationPoint(Lowest + fitted.Count - 1, Math.Round(Math.Max(stated, fitted[^1].Stated + LeastSlope), 2)));
            }

        return Through(fitted);
    }

    internal static CalibrationCurve Read(JsonElement json) => Through(json.EnumerateArray().Select(p => new CalibrationPoint(p[0].GetDouble(), p[1].GetDouble())));

    private double Between(double x, Func<CalibrationPoint, double> from, Func<CalibrationPoint, double> to)
    {
        if (points.IsEmpty) return x;
        if (x <= from(points[0])) return x + to(points[0]) - from(points[0]);
        for (var i = 1; i < points.Length; i++)
        {
            if (x > from(points[i])) continue;
            var (a, b) = (points[i - 1], points[i]);
            return to(a) + ((x - from(a)) * (to(b) - to(a)) / (from(b) - from(a)));
        }

        return x + to(points[^1]) - from(points[^1]);
    }

    private static double Probability(double weight) => 1 / (1 + Math.Pow(2, -weight));

    private sealed class Bin
    {
        public double Weight { get; init; }

        public double Start { get; init; }

        public double Same { get; private set; }

        public double All { get; private set; }

        public void Add(bool same) => (Same, All) = (Same + (same ? 1 : 0), All + 1);
    }
}
