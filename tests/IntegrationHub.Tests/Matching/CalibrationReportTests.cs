using IntegrationHub.Matching;

namespace IntegrationHub.Tests.Matching;

public sealed class CalibrationReportTests
{
    [Fact]
    public void An_interval_is_Wilsons()
    {
        var share = Share.Of(8, 10);
        Assert.Equal(0.8, share.Value!.Value, 1e-12);
        Assert.Equal(0.4902, share.Low, 1e-4);
        Assert.Equal(0.9433, share.High, 1e-4);
        Assert.Equal(new Share(null, 0, 1), Share.Of(0, 0));
        Assert.Equal(0.7225, Share.Of(10, 10).Low, 1e-4);
        Assert.Equal(1, Share.Of(10, 10).High, 1e-12);
    }

    [Fact]
    public void A_band_has_its_lower_end_and_the_last_has_both()
    {
        var bands = CalibrationReport.Bands([(0.9, true), (0.94, false), (0.95, true), (1, true)]);
        Assert.Equal([(0.9, 0.95, 2L), (0.95, 0.99, 1L), (0.999, 1, 1L)], bands.Select(b => (b.From, b.To, b.Pairs)));
        Assert.Equal(0.92, bands[0].Stated, 1e-12);
        Assert.Equal(0.5, bands[0].Observed.Value);
    }

    [Fact]
    public void What_is_expected_follows_from_the_stated_probabilities()
    {
        // Two pairs of 3 to 1, one of them put together.
        Edge[] edges = [new(0, 1, Math.Log2(3)), new(2, 3, Math.Log2(3))];
        var (precision, recall) = CalibrationReport.Expected(edges, [0, 0, 2, 3]);
        Assert.Equal(0.75, precision.Value!.Value, 1e-12);
        Assert.Equal(0.5, recall.Value!.Value, 1e-12);
        Assert.Null(CalibrationReport.Expected([], [0, 1]).Precision.Value);
    }
}
