using System.Text;
using IntegrationHub.Tests.Recipes;

namespace IntegrationHub.Tests.Normalising.JobTitles;

using JobTitles = IntegrationHub.Normalising.JobTitles;

/// <summary>
/// The table of titles beside this file was written before the rules were tuned. Half of it, by a hash of the title, is held out: the rules are tuned on the other half
/// alone, so that the held-out share says how the rules do on titles that nobody looked at. Whoever tunes, tunes on <c>tuned</c>.
/// </summary>
public sealed class JobTitleTableTests
{
    [Fact]
    public void The_table_has_five_hundred_titles_or_more_of_every_function_and_level()
    {
        var rows = Rows();
        Assert.True(rows.Count >= 500, $"{rows.Count} titles");
        Assert.Equal(rows.Count, rows.Select(r => r.Title).Distinct().Count());
        Assert.Empty(JobTitles.Functions.Except(rows.Select(r => r.Function ?? "")));
        Assert.Empty(JobTitles.Seniorities.Except(rows.Select(r => r.Seniority)));
        Assert.Empty(rows.Select(r => r.Function).OfType<string>().Except(JobTitles.Functions));
        Assert.InRange(rows.Count(IsHeldOut) / (double)rows.Count, 0.45, 0.55);
    }

    [Fact]
    public void Function_and_level_are_right_for_95_of_100_titles_and_for_90_of_100_held_out()
    {
        var (tuned, held) = (Wrong(heldOut: false), Wrong(heldOut: true));
        Assert.True(tuned.Share >= 0.95, $"tuned {tuned.Share:F4}: {string.Join("; ", tuned.Titles)}");
        // Held-out titles are counted, not shown: who sees them tunes to them.
        Assert.True(held.Share >= 0.90, $"held out {held.Share:F4}");
        Assert.True(Math.Abs(tuned.Share - held.Share) <= 0.04, $"tuned {tuned.Share:F4}, held out {held.Share:F4}");
    }

    private static (double Share, List<string> Titles) Wrong(bool heldOut)
    {
        var rows = Rows().Where(r => IsHeldOut(r) == heldOut).ToList();
        var wrong = rows.Where(r => JobTitles.Normalise(r.Title) is var t && (t.Function != r.Function || t.Seniority != r.Seniority)).Select(r => r.Title).ToList();
        return (1 - wrong.Count / (double)rows.Count, wrong);
    }

    // FNV-1a over UTF-8, a bit of its upper half.
    private static bool IsHeldOut((string Title, string? Function, string Seniority) row)
    {
        var hash = Encoding.UTF8.GetBytes(row.Title).Aggregate(2166136261u, (h, b) => (h ^ b) * 16777619u);
        return (hash >> 16 & 1) == 1;
    }

    private static List<(string Title, string? Function, string Seniority)> Rows()
    {
        var folder = Path.Combine(Repository.Root, "tests", "IntegrationHub.Tests", "Normalising", "JobTitles");
        return [.. Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).SelectMany(f => File.ReadLines(f).Skip(1)).Select(Row)];
    }

    // title,function,seniority; a title that holds a comma stands in quotes.
    private static (string Title, string? Function, string Seniority) Row(string line)
    {
        var title = line.StartsWith('"') ? line[1..line.LastIndexOf('"')] : line[..line.IndexOf(',')];
        var rest = line[(title.Length + (line.StartsWith('"') ? 3 : 1))..].Split(',');
        return (title.Replace("\"\"", "\""), rest[0].Length == 0 ? null : rest[0], rest[1]);
    }
}
