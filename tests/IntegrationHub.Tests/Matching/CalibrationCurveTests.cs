using CsCheck;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Matching;

public sealed class CalibrationCurveTests
{
    private static readonly Gen<(double, bool)[]> Pairs = Gen.Select(Gen.Double[-5, 15], Gen.Bool).Array[0, 300];

    [Fact]
    public void A_fitted_curve_rises_and_has_an_inverse() =>
        Gen.Select(Pairs, Gen.Double[-20, 30], Gen.Double[-20, 30]).Sample((pairs, x, y) =>
        {
            var curve = CalibrationCurve.None.Fit(pairs, 10);
            if (x + 1e-3 < y) Assert.True(curve.Of(x) < curve.Of(y));
            Assert.Equal(x, curve.Inverse(curve.Of(x)), 1e-6);
        });

    [Fact]
    public void Pairs_that_are_one_as_often_as_stated_leave_the_scale_as_it_is()
    {
        var pairs = Enumerable.Range(0, 10_000).Select(i => (Weight: 2.0, Same: i % 5 != 0));
        Assert.Equal(2, CalibrationCurve.None.Fit(pairs, 10).Of(2), 0.01);
    }

    [Fact]
    public void Pairs_that_are_one_half_as_often_as_stated_are_stated_so_from_then_on()
    {
        var pairs = Enumerable.Range(0, 10_000).Select(i => (Weight: 3.0, Same: i % 2 == 0));
        Assert.Equal(0, CalibrationCurve.None.Fit(pairs, 10).Of(3), 0.3);
    }

    [Fact]
    public void A_few_decisions_hardly_move_it() => Assert.Equal(3, CalibrationCurve.None.Fit([(3, false)], 50).Of(3), 0.25);

    [Fact]
    public void Points_that_do_not_rise_are_refused()
    {
        var error = Assert.Throws<FormatException>(() => CalibrationCurve.Through([new CalibrationPoint(0, 1), new CalibrationPoint(1, 1)]));
        Assert.Contains("point 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_curve_shifts_stands_in_the_explanation()
    {
        var (a, b) = (Sample.Contact("1", (Field.FirstName, "Ada"), (Field.Email, "ada@a.de")), Sample.Contact("2", (Field.FirstName, "Ada"), (Field.Email, "ada@a.de")));
        var model = Sample.Model.With(CalibrationCurve.Through([new CalibrationPoint(0, 1), new CalibrationPoint(20, 15)]));
        var why = new PairScorer(model, MatchTable.Of(EntityKind.Contact, [a, b])).Explain(0, 1);
        Assert.Equal("calibration", why.Levels[^1].Comparison);
        Assert.Equal(why.Weight, why.Prior + why.Levels.Sum(l => l.Weight), 1e-9);
        Assert.DoesNotContain("calibration", why.Sentence, StringComparison.Ordinal);
    }
}
