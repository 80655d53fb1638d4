using IntegrationHub.DataGenerator;

namespace IntegrationHub.Tests.DataGenerator;

public sealed class ContactFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("generator").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        foreach (var name in new[] { "a", "b" })
            ContactFiles.Write(GeneratorOptions.Parse(["contacts", "--records", "3000", "--seed", "9", "--out", At($"{name}.csv"), "--truth", At($"{name}.truth"), "--traps", At($"{name}.traps")]));
        foreach (var kind in new[] { "csv", "truth", "traps" }) Assert.Equal(File.ReadAllBytes(At($"a.{kind}")), File.ReadAllBytes(At($"b.{kind}")));
    }

    [Fact]
    public void The_truth_file_says_the_same_as_the_cluster_column()
    {
        ContactFiles.Write(GeneratorOptions.Parse(["contacts", "--people", "400", "--seed", "9", "--out", At("c.csv"), "--truth", At("t.csv"), "--cluster"]));
        var rows = File.ReadLines(At("c.csv")).Skip(1).Select(l => (Id: l.Split(',')[0], Cluster: l.Split(',')[^1])).ToArray();
        var truth = File.ReadLines(At("t.csv")).Skip(1).Select(l => (Id: l.Split(',')[0], Cluster: l.Split(',')[1])).ToArray();
        Assert.Equal(truth, rows);
        Assert.Equal(400, rows.Select(r => r.Cluster).Distinct().Count());
        Assert.EndsWith(",cluster", File.ReadLines(At("c.csv")).First());
    }

    [Theory]
    [InlineData("--records is missing", "contacts", "--out", "x.csv")]
    [InlineData("--records 0", "contacts", "--out", "x.csv", "--records", "0")]
    [InlineData("--seed x", "contacts", "--out", "x.csv", "--records", "5", "--seed", "x")]
    [InlineData("--out is missing", "contacts", "--records", "5")]
    [InlineData("no option --ouput", "contacts", "--records", "5", "--ouput", "x.csv")]
    [InlineData("--clean and --defects", "contacts", "--records", "5", "--out", "x.csv", "--clean", "--defects", "d.json")]
    [InlineData("--traps goes with neither", "contacts", "--records", "5", "--out", "x.csv", "--clean", "--traps", "t.csv")]
    [InlineData("'companies' cannot be made", "companies")]
    public void A_wrong_command_line_says_what_is_wrong(string says, params string[] args) => Assert.Contains(says, Assert.Throws<FormatException>(() => GeneratorOptions.Parse(args)).Message);

    private string At(string name) => Path.Combine(folder, name);
}
