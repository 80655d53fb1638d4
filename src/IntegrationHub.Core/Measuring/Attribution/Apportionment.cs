using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>Shares an amount so that nothing is lost and nothing is made.</summary>
public static class Apportionment
{
    // Weights become whole numbers of 52 bits, so that the sharing is exact: nothing depends on how a machine rounds.
    private const double Unit = 1L << 52;

    /// <summary>Shares an amount in proportion to weights. The parts add up to the amount, to the minor unit: what rounding down leaves goes to the largest remainders, of equal ones to the earlier.</summary>
    /// <param name="amount">In minor units; may be negative.</param>
    /// <param name="weights">At least one; not negative. Equal shares where none is above zero.</param>
    /// <remarks>The method of the largest remainder (Hamilton, Hare).</remarks>
    /// <exception cref="ArgumentException">There is no weight.</exception>
    public static ImmutableArray<long> Share(long amount, IReadOnlyList<double> weights)
    {
        if (weights.Count == 0) throw new ArgumentException("An amount is shared among at least one.", nameof(weights));
        var most = weights.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return Share(amount, [.. weights.Select(w => most > 0 && double.IsFinite(w) && w > 0 ? (long)Math.Round(w / most * Unit) : 0)]);
    }

    /// <summary>The same by whole weights, such as amounts.</summary>
    /// <exception cref="ArgumentException">There is no weight.</exception>
    public static ImmutableArray<long> Share(long amount, ImmutableArray<long> weights)
    {
        if (weights.IsEmpty) throw new ArgumentException("An amount is shared among at least one.", nameof(weights));
        var sum = weights.Aggregate(Int128.Zero, (s, w) => s + Math.Max(0, w));
        if (sum == 0)
        {
            weights = [.. weights.Select(_ => 1L)];
            sum = weights.Length;
        }

        var whole = Int128.Abs(amount);
        var (parts, remainders) = (new Int128[weights.Length], new Int128[weights.Length]);
        for (var i = 0; i < parts.Length; i++) (parts[i], remainders[i]) = Int128.DivRem(whole * Math.Max(0, weights[i]), sum);
        var left = (int)(whole - parts.Aggregate(Int128.Zero, (s, p) => s + p));
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take(left)) parts[i]++;
        return [.. parts.Select(p => (long)(amount < 0 ? -p : p))];
    }
}
