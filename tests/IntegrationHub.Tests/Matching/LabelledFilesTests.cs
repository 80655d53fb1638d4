using System.Text.RegularExpressions;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Files;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Matching;

/// <summary>Floors below what was measured (docs/matching.md), so that a change for the worse is seen. The files are not part of the repository.</summary>
public sealed partial class LabelledFilesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fake_1000_with_cluster_group.csv", "cluster", 0.95, 0.99)]
    [InlineData("febrl1.csv", "rec_id", 0.98, 0.995)]
    [InlineData("febrl3.csv", "rec_id", 0.985, 0.995)]
    [InlineData("organisations_3337.csv", "True Id", 0.94, 0.99, EntityKind.Company)]
    public void Finds_who_is_one_in_a_labelled_file(string name, string truth, double f1, double automaticPrecision, EntityKind kind = EntityKind.Contact)
    {
        if (Find(name) is not { } path)
        {
            output.WriteLine($"Skipped: there is no matching/{name} in the shared data (HUB_SHARED_DATA).");
            return;
        }

        var directory = Directory.CreateTempSubdirectory("hub-matching-");
        try
        {
            var file = Path.Combine(directory.FullName, "in.csv");
            File.WriteAllText(file, truth == "rec_id" ? WithEntity(path) : File.ReadAllText(path));
            var result = DedupeFile.Run(
                new DedupeRequest(file, Path.Combine(directory.FullName, "out.csv"), kind, truth == "rec_id" ? "entity" : truth, null, null), _ => { }, default);
            output.WriteLine($"{name}: {result.Quality}, automatic {result.AutoQuality}");
            Assert.True(result.Quality!.F1 >= f1, $"{name}: {result.Quality}");
            Assert.True(result.AutoQuality!.Precision >= automaticPrecision, $"{name}: automatic {result.AutoQuality}");

            using var written = ContactFile.Open(Path.Combine(directory.FullName, "out.csv"));
            Assert.Equal(["cluster_id", "auto_id"], written.Headers.TakeLast(2));
            Assert.Equal(result.Records, written.Rows(row => row.Width).Count());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>rec-12-org and rec-12-dup-0 are one: the number tells, the rest of the id must not.</summary>
    private static string WithEntity(string path)
    {
        var lines = File.ReadAllLines(path);
        return string.Join('\n', lines.Skip(1).Where(l => l.Length > 0).Select((l, i) => $"{EntityOf().Match(l).Groups[1].Value},{i}{l[l.IndexOf(',', StringComparison.Ordinal)..]}")
            .Prepend($"entity,id{lines[0][lines[0].IndexOf(',', StringComparison.Ordinal)..]}"));
    }

    [GeneratedRegex(@"^rec-(\d+)-")]
    private static partial Regex EntityOf();

    private static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable("HUB_SHARED_DATA") is { Length: > 0 } set && File.Exists(Path.Combine(set, "matching", name))) return Path.Combine(set, "matching", name);
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (!File.Exists(Path.Combine(d.FullName, "IntegrationHub.sln"))) continue;
            // The shared folder lies beside the repository, or beside the folder of working copies.
            for (var up = d.Parent; up is not null; up = up.Parent)
                if (Path.Combine(up.FullName, "shared", "data", "matching", name) is var path && File.Exists(path)) return path;
        }

        return null;
    }
}
