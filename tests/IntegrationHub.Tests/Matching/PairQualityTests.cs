using IntegrationHub.Matching;

namespace IntegrationHub.Tests.Matching;

public sealed class PairQualityTests
{
    [Fact]
    public void Counts_pairs_of_records()
    {
        // Found: {1,2,3} and {4,5}: 4 pairs. True: {1,2}, {3,4,5}: 4 pairs. Both: 1-2, 4-5.
        var quality = PairQuality.Of([1, 1, 1, 4, 4], ["a", "a", "b", "b", "b"]);
        Assert.Equal((0.5, 0.5, 0.5), (quality.Precision!.Value, quality.Recall!.Value, quality.F1!.Value));
    }

    [Fact]
    public void Precision_and_recall_differ_where_too_much_is_merged()
    {
        // Found: 6 pairs, of which 2 are true, and those are all.
        var quality = PairQuality.Of([7, 7, 7, 7], ["a", "a", "b", "b"]);
        Assert.Equal(2.0 / 6, quality.Precision!.Value, 1e-12);
        Assert.Equal(1.0, quality.Recall!.Value);
        Assert.Equal(0.5, quality.F1!.Value, 1e-12);
    }

    [Fact]
    public void A_blank_truth_is_a_record_of_its_own()
    {
        var quality = PairQuality.Of([1, 1, 1], ["a", "a", ""]);
        Assert.Equal(1.0 / 3, quality.Precision!.Value, 1e-12);
        Assert.Equal(1.0, quality.Recall!.Value);
    }

    [Fact]
    public void A_share_of_nothing_is_undefined()
    {
        Assert.Equal(new PairQuality(null, null, null), PairQuality.Of([1, 2], ["a", "b"]));
        Assert.Equal(new PairQuality(null, 0, null), PairQuality.Of([1, 2], ["a", "a"]));
        Assert.Equal(new PairQuality(0, null, null), PairQuality.Of([1, 1], ["a", "b"]));
        Assert.Equal(new PairQuality(0, 0, 0), PairQuality.Of([1, 1, 2], ["a", "b", "b"]));
    }

    [Fact]
    public void Counts_more_pairs_than_an_int_holds() => Assert.Equal(100_000L * 99_999 / 2, PairQuality.PairsIn(new int[100_000]));
}
