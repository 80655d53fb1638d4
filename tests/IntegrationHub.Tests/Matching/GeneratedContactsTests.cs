using IntegrationHub.DataGenerator;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Files;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Matching;

/// <summary>Made contacts with truth and traps, of a seed that no rule was made from. The floors lie a little below what docs/matching.md states.</summary>
public sealed class GeneratedContactsTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-generated-");

    [Fact]
    public void Finds_who_is_one_and_merges_hardly_a_trap_by_itself()
    {
        var (file, traps) = Generate(20_000, 1001);
        var result = Dedupe(file, "out.csv");
        output.WriteLine($"{result.Quality}, automatic {result.AutoQuality}");
        Assert.True(result.Quality!.F1 >= 0.96, $"{result.Quality}");
        Assert.True(result.AutoQuality!.Precision >= 0.993, $"automatic {result.AutoQuality}");
        Assert.True(result.AutoQuality.Recall >= 0.88, $"automatic {result.AutoQuality}");

        foreach (var band in result.Calibration)
        {
            output.WriteLine($"{band.From:P1} to {band.To:P1}: {band.Pairs} pairs, stated {band.Stated:P1}, {band.Observed.Value:P1} are one");
            if (band.Pairs >= 200) Assert.InRange(band.Stated, band.Observed.Low - 0.05, band.Observed.High + 0.05);
        }

        Assert.InRange(result.AutoQuality.Precision!.Value, result.Expected.AutoPrecision.Low - 0.005, result.Expected.AutoPrecision.High + 0.005);

        var auto = Column("out.csv", "auto_id");
        var decidable = traps.Where(t => t.Decidable).ToList();
        var caught = decidable.Where(t => auto[t.A] == auto[t.B]).ToList();
        output.WriteLine($"{caught.Count} of {decidable.Count} decidable traps were merged: {string.Join(", ", caught.GroupBy(t => t.Kind).Select(g => $"{g.Count()} {g.Key}"))}");
        Assert.True(caught.Count <= decidable.Count / 50, string.Join(", ", caught));
    }

    [Fact]
    public void A_birth_date_may_stand_in_three_columns()
    {
        var file = Path.Combine(folder.FullName, "parts.csv");
        File.WriteAllText(file, "id,fname_c1,lname_c1,by,bm,bd\n1,Gerda,Bauerlein,1949,7,22\n2,Gerda,Bauerlein,1949,7,22\n3,Gerda,Bauerlein,1981,2,3\n4,Gerda,Bauerlein,1981,2,NA\n");
        Dedupe(file, "parts-out.csv", null);
        var clusters = Column("parts-out.csv", "auto_id");
        Assert.Equal(("1", "1", "3"), (clusters["1"], clusters["2"], clusters["3"]));
    }

    [Fact]
    public void The_same_rows_in_another_order_are_the_same_clusters()
    {
        var (file, _) = Generate(3_000, 1002);
        var lines = File.ReadAllLines(file);
        var shuffled = lines[1..];
        new Random(5).Shuffle(shuffled);
        var other = Path.Combine(folder.FullName, "shuffled.csv");
        File.WriteAllLines(other, [lines[0], .. shuffled]);
        Dedupe(file, "one.csv");
        Dedupe(other, "two.csv");
        foreach (var column in (string[])["cluster_id", "auto_id"])
            Assert.Equal(Column("one.csv", column).OrderBy(p => p.Key), Column("two.csv", column).OrderBy(p => p.Key));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private (string File, List<(string A, string B, string Kind, bool Decidable)> Traps) Generate(long records, int seed)
    {
        var (file, traps) = (Path.Combine(folder.FullName, $"{seed}.csv"), Path.Combine(folder.FullName, $"{seed}.traps.csv"));
        ContactFiles.Write(new GeneratorOptions { Records = records, Seed = seed, Out = file, Cluster = true, Traps = traps });
        return (file, [.. File.ReadLines(traps).Skip(1).Select(l => l.Split(',')).Select(c => (c[0], c[1], c[2], c[3] == "yes"))]);
    }

    private DedupeResult Dedupe(string file, string output, string? truth = "cluster") =>
        DedupeFile.Run(new DedupeRequest(file, Path.Combine(folder.FullName, output), EntityKind.Contact, truth, null, null), _ => { }, default);

    private Dictionary<string, string> Column(string file, string column)
    {
        using var written = ContactFile.Open(Path.Combine(folder.FullName, file));
        var (id, at) = (Index("id"), Index(column));
        return written.Rows(row => (Id: row[id], Value: row[at])).ToDictionary(r => r.Id, r => r.Value);

        int Index(string name) => written.Headers.ToList().IndexOf(name);
    }
}
