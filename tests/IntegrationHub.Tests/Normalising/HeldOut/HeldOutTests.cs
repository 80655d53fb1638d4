using System.Globalization;
using IntegrationHub.Tests.Recipes;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Normalising.HeldOut;

/// <summary>
/// Rows that were written before anyone looked what the normalisers answer, and that no rule may be made from: they show what the normalisers do with values they
/// have not seen. Floors lie a little below what was measured (docs/normalisation.md), so that a change for the worse is seen. A label is changed only where it is
/// wrong by the field's own rules, never because the answer differs.
/// </summary>
public sealed class HeldOutTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("names", 60, 0.92)]
    [InlineData("names-tokens", 60, 0.96)]
    [InlineData("email", 60, 0.98)]
    [InlineData("email-typo", 40, 0.93)]
    [InlineData("phone", 50, 0.98)]
    [InlineData("company", 50, 0.98)]
    [InlineData("company-form", 80, 0.95)]
    [InlineData("country", 50, 0.98)]
    [InlineData("text", 60, 0.91)]
    [InlineData("address", 60, 0.91)]
    public void Values_that_no_rule_was_made_from_come_out_as_labelled(string name, int rows, double floor)
    {
        var suite = Suite.All.Single(s => s.Name == name);
        var verdicts = HeldOut(suite);
        var summary = string.Create(CultureInfo.InvariantCulture, $"{name}: {verdicts.Count(v => v.Right)} of {verdicts.Count}, share {suite.Share(verdicts):0.0000}, floor {floor}");
        output.WriteLine(summary + Failing(verdicts));
        Assert.True(verdicts.Count >= rows, $"{name}: {verdicts.Count} rows, of {rows} or more that were set aside.");
        Assert.True(suite.Share(verdicts) >= floor, summary + Failing(verdicts));
    }

    [Fact]
    public void Pooled_they_come_out_as_labelled_in_over_ninety_six_of_a_hundred()
    {
        var verdicts = Suite.All.SelectMany(HeldOut).ToList();
        Assert.True((double)verdicts.Count(v => v.Right) / verdicts.Count >= 0.965, $"{verdicts.Count(v => v.Right)} of {verdicts.Count}.{Failing(verdicts)}");
    }

    /// <summary>Pooled by rows. The mean of the suites is shown beside it: the two parts have their rows in other proportions, and a large suite can hide a small one.</summary>
    [Fact]
    public void They_do_as_well_as_the_rows_that_rules_were_made_from_within_two_points()
    {
        if (Repository.Shared("normalise") is not { } folder)
        {
            output.WriteLine("Skipped: there is no folder normalise in the shared data (HUB_SHARED_DATA).");
            return;
        }

        var heldOut = Suite.All.Select(s => (Suite: s, Verdicts: HeldOut(s))).ToList();
        var open = Suite.All.Select(s => (Suite: s, Verdicts: s.Open.SelectMany(f => s.Judge(LabelledTable.Read(Path.Combine(folder, f)))).ToList())).ToList();
        foreach (var ((suite, mine), (_, theirs)) in heldOut.Zip(open))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Name,-13} {mine.Count(v => v.Right),4} of {mine.Count,4} {suite.Share(mine):0.0000}   open {theirs.Count(v => v.Right),4} of {theirs.Count,4} {suite.Share(theirs):0.0000}"));

        static double Pooled(List<(Suite Suite, List<Verdict> Verdicts)> part) => (double)part.Sum(s => s.Verdicts.Count(v => v.Right)) / part.Sum(s => s.Verdicts.Count);
        static double Mean(List<(Suite Suite, List<Verdict> Verdicts)> part) => part.Average(s => s.Suite.Share(s.Verdicts));
        var figures = string.Create(CultureInfo.InvariantCulture, $"Rows: {Pooled(heldOut):0.0000}, open {Pooled(open):0.0000}. Mean of suites: {Mean(heldOut):0.0000}, open {Mean(open):0.0000}.");
        output.WriteLine(figures);
        Assert.True(Pooled(heldOut) >= Pooled(open) - 0.02, figures + Failing([.. heldOut.SelectMany(s => s.Verdicts)]));
    }

    private static List<Verdict> HeldOut(Suite suite) =>
        [.. suite.Judge(LabelledTable.Read(Path.Combine(Repository.Root, "tests", "IntegrationHub.Tests", "Normalising", "HeldOut", suite.Name + ".csv")))];

    private static string Failing(IReadOnlyCollection<Verdict> verdicts) => string.Concat(verdicts.Where(v => !v.Right).Select(v => "\n  " + v.Why));
}
