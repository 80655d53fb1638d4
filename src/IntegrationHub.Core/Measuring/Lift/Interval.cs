namespace IntegrationHub.Measuring;

/// <summary>A difference with what it may really be, at 95 % confidence.</summary>
/// <param name="Difference">As measured.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Difference, double Low, double High)
{
    /// <summary>True when the whole interval lies above nought.</summary>
    public bool IsAbove => Low > 0;

    /// <summary>True when the whole interval lies below nought.</summary>
    public bool IsBelow => High < 0;
}

/// <summary>The formulas behind <see cref="HoldoutLift"/>. All at 95 %, two-sided.</summary>
public static class Intervals
{
    // The normal distribution's 97.5 % point, and its 80 % point for the power.
    private const double Z = 1.959963984540054;
    private const double Power = 0.8416212335729143;

    /// <summary>The score interval of a rate.</summary>
    /// <param name="hits">How many did.</param><param name="of">Of how many, above 0.</param>
    /// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).</remarks>
    public static (double Low, double High) Wilson(long hits, long of)
    {
        var (n, p) = ((double)of, (double)hits / of);
        var middle = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var reach = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))) / (1 + (Z * Z / n));
        // At the ends the formula gives 0 and 1 but for rounding.
        return (hits == 0 ? 0 : middle - reach, hits == of ? 1 : middle + reach);
    }

    /// <summary>The difference of two rates of independent groups.</summary>
    /// <param name="hits1">How many did in the first group.</param><param name="of1">Of how many, above 0.</param>
    /// <param name="hits2">How many did in the second.</param><param name="of2">Of how many, above 0.</param>
    /// <remarks>Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), method 10: good at small counts and at rates near 0.</remarks>
    public static Interval Newcombe(long hits1, long of1, long hits2, long of2)
    {
        var (p1, p2) = ((double)hits1 / of1, (double)hits2 / of2);
        var (w1, w2) = (Wilson(hits1, of1), Wilson(hits2, of2));
        return new Interval(
            p1 - p2, p1 - p2 - Math.Sqrt(Square(p1 - w1.Low) + Square(w2.High - p2)), p1 - p2 + Math.Sqrt(Square(w1.High - p1) + Square(p2 - w2.Low)));
    }

    /// <summary>The difference of two means of independent groups with unlike spread. Null where a group has fewer than two, or nobody differs from anybody.</summary>
    /// <remarks>Welch, "The generalization of Student's problem when several different population variances are involved", Biometrika 34 (1947); degrees of freedom by Satterthwaite (1946).</remarks>
    public static Interval? Welch(Moments first, Moments second)
    {
        if (first.Count < 2 || second.Count < 2) return null;
        var (a, b) = (first.Variance / first.Count, second.Variance / second.Count);
        if (a + b <= 0) return null;
        var freedom = Square(a + b) / ((a * a / (first.Count - 1)) + (b * b / (second.Count - 1)));
        var (difference, reach) = (first.Mean - second.Mean, StudentsT(freedom) * Math.Sqrt(a + b));
        return new Interval(difference, difference - reach, difference + reach);
    }

    /// <summary>How many contacts each group needs so that a difference of these rates is found in four of five trials. Null where the rates are the same.</summary>
    /// <remarks>Fleiss, Levin, Paik, "Statistical Methods for Rates and Proportions", 3rd ed. (2003), without continuity correction.</remarks>
    public static long? Needed(double rate1, double rate2)
    {
        var difference = Math.Abs(rate1 - rate2);
        if (difference <= 0) return null;
        var needed = Math.Ceiling(Square(Z + Power) * ((rate1 * (1 - rate1)) + (rate2 * (1 - rate2))) / Square(difference));
        return needed < 1e12 ? (long)needed : null;
    }

    /// <summary>Student's t distribution's 97.5 % point.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1; need not be whole.</param>
    /// <remarks>Hill, "Algorithm 396: Student's t-quantiles", Communications of the ACM 13 (1970).</remarks>
    public static double StudentsT(double freedom)
    {
        const double P = 0.05;
        if (freedom < 1.0000001) return Math.Cos(P * Math.PI / 2) / Math.Sin(P * Math.PI / 2);
        if (Math.Abs(freedom - 2) < 1e-7) return Math.Sqrt((2 / (P * (2 - P))) - 2);
        var n = freedom;
        var a = 1 / (n - 0.5);
        var b = 48 / (a * a);
        var c = (((((20700 * a / b) - 98) * a) - 16) * a) + 96.36;
        var d = ((((94.5 / (b + c)) - 3) / b) + 1) * Math.Sqrt(a * Math.PI / 2) * n;
        var y = Math.Pow(d * P, 2 / n);
        if (y > 0.05 + a)
        {
            var x = -Z;
            y = x * x;
            if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
            c = (((((((0.05 * d * x) - 5) * x) - 7) * x) - 2) * x) + b + c;
            y = ((((((((((0.4 * y) + 6.3) * y) + 36) * y) + 94.5) / c) - y - 3) / b) + 1) * x;
            y = a * y * y;
            y = y > 0.002 ? Math.Exp(y) - 1 : (0.5 * y * y) + y;
        }
        else
        {
            y = (((1 / ((((n + 6) / (n * y)) - (0.089 * d) - 0.822) * (n + 2) * 3)) + (0.5 / (n + 4))) * y - 1) * (n + 1) / (n + 2) + (1 / y);
        }

        return Math.Sqrt(n * y);
    }

    private static double Square(double x) => x * x;
}

/// <summary>Mean and spread of amounts, kept as whole sums: the order of adding changes nothing.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Squares">The sum of their squares.</param>
public readonly record struct Moments(long Count, System.Numerics.BigInteger Sum, System.Numerics.BigInteger Squares)
{
    /// <summary>The moments of these amounts.</summary>
    public static Moments Of(IEnumerable<long> amounts)
    {
        var (count, sum, squares) = (0L, System.Numerics.BigInteger.Zero, System.Numerics.BigInteger.Zero);
        foreach (var amount in amounts)
        {
            count++;
            sum += amount;
            squares += (System.Numerics.BigInteger)amount * amount;
        }

        return new Moments(count, sum, squares);
    }

    /// <summary>The mean; 0 of none.</summary>
    public double Mean => Count == 0 ? 0 : (double)Sum / Count;

    /// <summary>The sample variance; 0 of fewer than two.</summary>
    public double Variance => Count < 2 ? 0 : (double)((Squares * Count) - (Sum * Sum)) / Count / (Count - 1);
}
