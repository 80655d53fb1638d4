namespace IntegrationHub.Matching.Learning;

/// <summary>How often each pattern of levels was seen, with the frequency of the names that agree: all that learning needs of any number of pairs.</summary>
internal sealed class PairCounts
{
    // Name frequencies are kept as powers of two: nobody's name is rarer than one in a million million.
    private const int FrequencyBits = 5;
    private const int PatternBits = 4 * LevelNames.Comparisons;

    private readonly Dictionary<ulong, double> counts = [];

    /// <summary>Distinct patterns.</summary>
    public int Count => counts.Count;

    /// <summary>All pairs seen.</summary>
    public double Total => counts.Values.Sum();

    /// <summary>Counts a pair.</summary>
    /// <param name="pattern">Its levels.</param>
    /// <param name="given">The frequency of its given name, in (0, 1].</param>
    /// <param name="last">The frequency of its last name, in (0, 1].</param>
    /// <param name="times">How often.</param>
    public void Add(PairPattern pattern, double given, double last, double times = 1) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            counts, pattern.Bits | (Power(given) << PatternBits) | (Power(last) << (PatternBits + FrequencyBits)), out _) += times;

    /// <summary>Adds another's counts.</summary>
    public void Add(PairCounts other)
    {
        foreach (var (key, times) in other.counts) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += times;
    }

    /// <summary>The patterns in an order that depends on nothing but them, so that sums come out the same in every run.</summary>
    public IReadOnlyList<(PairPattern Pattern, double Given, double Last, double Times)> InOrder() =>
    [
        .. counts.OrderBy(c => c.Key).Select(c => (
            new PairPattern(c.Key & ((1UL << PatternBits) - 1)), Frequency(c.Key >> PatternBits), Frequency(c.Key >> (PatternBits + FrequencyBits)), c.Value)),
    ];

    private static ulong Power(double frequency) => (ulong)Math.Clamp((int)Math.Round(-Math.Log2(Math.Max(frequency, 1e-12))), 0, (1 << FrequencyBits) - 1);

    private static double Frequency(ulong power) => Math.Pow(2, -(double)(power & ((1 << FrequencyBits) - 1)));
}
