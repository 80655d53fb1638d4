using System.Collections.Immutable;
using IntegrationHub.Measuring;

namespace IntegrationHub.Tests.Measuring;

public sealed class LiftTests
{
    /// <summary>Newcombe (1998), table II, method 10, contrasts (a) to (d) and (h).</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_of_two_rates_is_the_published_one(long hits1, long of1, long hits2, long of2, double low, double high)
    {
        var interval = Intervals.Newcombe(hits1, of1, hits2, of2);
        Assert.Equal(low, interval.Low, 0.00006);
        Assert.Equal(high, interval.High, 0.00006);
    }

    /// <summary>Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_one_rate_is_the_published_one(long hits, long of, double low, double high)
    {
        var interval = Intervals.Wilson(hits, of);
        Assert.Equal(low, interval.Low, 0.00006);
        Assert.Equal(high, interval.High, 0.00006);
    }

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(3, 3.1824)]
    [InlineData(5, 2.5706)]
    [InlineData(10, 2.2281)]
    [InlineData(30, 2.0423)]
    [InlineData(120, 1.9799)]
    [InlineData(1_000_000, 1.9600)]
    public void Students_t_is_that_of_the_tables(double freedom, double expected) => Assert.Equal(expected, Intervals.StudentsT(freedom), 0.0002);

    [Fact]
    public void The_interval_of_two_means_is_welchs()
    {
        // Means 4 and 2, variances 4 and 1, four each: standard error sqrt(1 + 1/4) = 1.1180, freedom 1.25² / (1/3 + (1/16)/3) = 4.4118, t = 2.6772.
        var interval = Intervals.Welch(new Moments(4, 16, 76), new Moments(4, 8, 19))!.Value;
        Assert.Equal(2, interval.Difference, 12);
        Assert.Equal(2 - 2.9932, interval.Low, 0.001);
        Assert.Equal(2 + 2.9932, interval.High, 0.001);
    }

    [Fact]
    public void Moments_do_not_lose_the_small_beside_the_large()
    {
        var moments = Moments.Of([1_000_000_000_000_001, 1_000_000_000_000_002, 1_000_000_000_000_003]);
        Assert.Equal(1, moments.Variance, 12);
    }

    [Fact]
    public void Nobody_who_differs_gives_no_interval()
    {
        Assert.Null(Intervals.Welch(Moments.Of([5, 5, 5]), Moments.Of([5, 5])));
        Assert.Null(Intervals.Welch(Moments.Of([5]), Moments.Of([1, 2])));
    }

    [Fact]
    public void Contacts_without_an_order_count_as_nought()
    {
        var lift = HoldoutLift.Of(Arm(200, 20, ("EUR", [1000, 3000])), Arm(100, 5, ("EUR", [500])));
        Assert.Equal(20, lift.Revenue.Single().TreatedMinor, 9);
        Assert.Equal(5, lift.Revenue.Single().ControlMinor, 9);
    }

    [Fact]
    public void Currencies_are_compared_each_for_itself() =>
        Assert.Equal(["EUR", "USD"], HoldoutLift.Of(Arm(200, 20, ("EUR", [1000]), ("USD", [7])), Arm(100, 5, ("USD", [500]))).Revenue.Select(r => r.Currency));

    [Theory]
    [InlineData(500, 50, 0, 0, false, "No control group: set a holdout, such as `holdout: 0.1`, so that the next report can tell what the workflow adds.")]
    [InlineData(900, 90, 99, 9, false, "Too little data: 900 contacts written to and 99 in the control group; 100 in each are the least.")]
    [InlineData(900, 5, 100, 4, false, "Too little data: 9 conversions in both groups; 10 are the least.")]
    [InlineData(900, 180, 100, 5, true, "900 contacts written to, 100 in the control group.")]
    [InlineData(900, 90, 100, 9, true, "900 contacts written to, 100 in the control group. To prove a difference as small as this one takes about 13,493 in each.")]
    public void How_much_is_enough_is_said_in_plain_words(int treated, int converted, int control, int controlConverted, bool enough, string words)
    {
        var lift = HoldoutLift.Of(Arm(treated, converted), Arm(control, controlConverted));
        Assert.Equal(words, lift.Sample);
        Assert.Equal(enough, lift.IsEnough);
    }

    private static LiftArm Arm(int contacts, int converted, params (string Currency, long[] Orders)[] revenue) =>
        new(contacts, converted, revenue.ToImmutableSortedDictionary(r => r.Currency, r => Moments.Of(r.Orders), StringComparer.Ordinal));
}
