using System.Xml.Linq;

namespace IntegrationHub.Tests.Architecture;

public sealed class ProjectTests
{
    /// <summary>Which project may refer to which. The order is the direction of the arrows.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["src/IntegrationHub.Core/IntegrationHub.Core.csproj"] = [],
        ["src/IntegrationHub.Connect/IntegrationHub.Connect.csproj"] = ["IntegrationHub.Core"],
        ["src/IntegrationHub.Store/IntegrationHub.Store.csproj"] = ["IntegrationHub.Core"],
        ["connectors/IntegrationHub.Connectors.csproj"] = ["IntegrationHub.Connect"],
        ["src/IntegrationHub.Engine/IntegrationHub.Engine.csproj"] = ["IntegrationHub.Core", "IntegrationHub.Store", "IntegrationHub.Connect"],
        ["src/IntegrationHub.Host/IntegrationHub.Host.csproj"] =
            ["IntegrationHub.Core", "IntegrationHub.Connect", "IntegrationHub.Store", "IntegrationHub.Engine", "IntegrationHub.Connectors"],
    };

    /// <summary>Where a package may be used. A package that is not listed here may be used anywhere.</summary>
    private static readonly (string Namespace, string[] Folders)[] Homes =
    [
        ("Orleans", ["src/IntegrationHub.Engine/Cluster/"]),
        ("Quartz", ["src/IntegrationHub.Engine/Jobs/", "src/IntegrationHub.Engine/Cluster/"]),
        ("Refit", ["src/IntegrationHub.Connect/Http/", "src/IntegrationHub.Engine/Delivery/", "connectors/"]),
        ("OpenAI", ["src/IntegrationHub.Engine/Delivery/"]),
        ("Microsoft.Extensions.AI", ["src/IntegrationHub.Engine/Delivery/"]),
        ("Polly", ["src/IntegrationHub.Connect/Http/", "src/IntegrationHub.Engine/Delivery/"]),
        ("Npgsql", ["src/IntegrationHub.Store/"]),
        ("NpgsqlTypes", ["src/IntegrationHub.Store/"]),
        ("Microsoft.Data.Sqlite", ["src/IntegrationHub.Store/"]),
        ("Microsoft.EntityFrameworkCore", ["src/IntegrationHub.Store/"]),
        ("YamlDotNet", ["src/IntegrationHub.Engine/Recipes/"]),
        ("DnsClient", ["src/IntegrationHub.Engine/Mail/"]),
        ("CsvHelper", ["connectors/Files/", "src/IntegrationHub.Engine/Files/"]),
        ("Serilog", ["src/IntegrationHub.Host/"]),
        ("Spectre.Console", ["src/IntegrationHub.Host/"]),
        ("System.CommandLine", ["src/IntegrationHub.Host/"]),
        ("PhoneNumbers", ["src/IntegrationHub.Core/"]),
        ("AnyAscii", ["src/IntegrationHub.Core/"]),
        ("FuzzySharp", ["src/IntegrationHub.Core/"]),
        ("NodaTime", ["src/IntegrationHub.Core/"]),
        ("Fluid", ["src/IntegrationHub.Core/Workflows/Templates/"]),
        ("AngleSharp", ["src/IntegrationHub.Core/Workflows/"]),
        ("MailKit", ["src/IntegrationHub.Engine/Delivery/"]),
        ("MimeKit", ["src/IntegrationHub.Engine/Delivery/"]),
    ];

    private static readonly Dictionary<string, string> PackageExemptions = new(StringComparer.Ordinal);

    [Fact]
    public void Projects_refer_to_each_other_in_the_direction_of_the_arrows_only() =>
        House.Holds(
            "Connect -> Core; Store -> Core; connectors -> Connect; Engine -> Core, Store, Connect; Host -> all.",
            Allowed.SelectMany(p => References(p.Key).Where(r => !r.BuildOrderOnly && !p.Value.Contains(r.Name)).Select(r => $"{p.Key} refers to {r.Name}")));

    [Fact]
    public void No_project_of_the_product_refers_to_a_tool_or_a_test()
    {
        var violations = Allowed.Keys.SelectMany(p => References(p)
            .Where(r => r.Path.Contains("tools/", StringComparison.Ordinal) || r.Path.Contains("tests/", StringComparison.Ordinal))
            .Where(r => !(r.BuildOrderOnly && p.EndsWith("IntegrationHub.Host.csproj", StringComparison.Ordinal) && r.Name == "Sandbox"))
            .Select(r => $"{p} refers to {r.Path}"));
        House.Holds("src and connectors never use tools; Host names the sandbox for the order of building only.", violations);
    }

    [Fact]
    public void Every_project_of_the_product_stands_in_the_list_of_arrows() =>
        House.Holds(
            "A new project needs its line in the list of arrows of this test.",
            Directory.EnumerateFiles(Recipes.Repository.Root, "*.csproj", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Recipes.Repository.Root, f).Replace('\\', '/'))
                .Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("connectors/", StringComparison.Ordinal))
                .Where(f => !Allowed.ContainsKey(f)));

    [Fact]
    public void Each_project_has_its_banned_symbols_and_the_build_reads_them()
    {
        var wiring = House.Text("Directory.Build.props");
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", wiring);
        Assert.Contains("<AdditionalFiles Include=\"$(MSBuildProjectDirectory)/BannedSymbols.txt\" />", wiring);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", wiring);
        House.Holds(
            "Each project has a BannedSymbols.txt beside its project file, and no setting of its own that silences RS0030.",
            House.Projects.Append("tests/IntegrationHub.Tests").Where(p => !House.Exists($"{p}/BannedSymbols.txt"))
                .Concat(House.Sources("src", "connectors").Where(f => House.Text(f).Contains("disable RS0030", StringComparison.Ordinal)))
                .Concat(Allowed.Keys.Where(p => House.Text(p).Contains("RS0030", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("src/IntegrationHub.Core", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.UtcNow", "T:System.TimeProvider", "T:System.Random", "M:System.Guid.NewGuid",
        "T:System.IO.File", "T:System.IO.Directory", "T:System.Console", "N:System.Net", "N:System.Data", "N:Microsoft.Extensions.Logging")]
    [InlineData("src/IntegrationHub.Connect", "P:System.DateTime.UtcNow", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("src/IntegrationHub.Store", "P:System.DateTime.UtcNow", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("src/IntegrationHub.Engine", "P:System.DateTime.UtcNow", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Net.Http.HttpClient.#ctor")]
    [InlineData("src/IntegrationHub.Host", "P:System.DateTime.UtcNow", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Net.Http.HttpClient.#ctor")]
    [InlineData("connectors", "P:System.DateTime.UtcNow", "P:System.Threading.Tasks.Task`1.Result", "M:System.Threading.Tasks.Task.Wait", "M:System.Net.Http.HttpClient.#ctor")]
    [InlineData("tests/IntegrationHub.Tests", "M:System.Threading.Tasks.Task.Delay(System.Int32)", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan,System.Threading.CancellationToken)")]
    public void The_banned_symbols_hold_what_makes_the_project_what_it_is(string project, params string[] symbols)
    {
        var banned = House.Text($"{project}/BannedSymbols.txt").Split('\n').Select(l => l.Split(';')[0].Trim()).ToHashSet(StringComparer.Ordinal);
        House.Holds($"{project}/BannedSymbols.txt bans these.", symbols.Where(s => !banned.Contains(s)));
    }

    [Fact]
    public void Each_package_is_used_in_its_folder_only()
    {
        var violations =
            from file in House.Sources("src", "connectors")
            from home in Homes
            where !home.Folders.Any(f => file.StartsWith(f, StringComparison.Ordinal)) && Uses(House.Text(file), home.Namespace)
            select $"{file} uses {home.Namespace}, whose place is {string.Join(", ", home.Folders)}";
        House.Holds("Each package has one place, so that it can be exchanged there.", violations, PackageExemptions);
    }

    private static bool Uses(string text, string name) =>
        text.Split('\n').Any(l => l.StartsWith($"using {name};", StringComparison.Ordinal) || l.StartsWith($"using {name}.", StringComparison.Ordinal)
            || l.StartsWith($"using static {name}.", StringComparison.Ordinal) || (l.StartsWith("using ", StringComparison.Ordinal) && l.Contains($"= {name}.", StringComparison.Ordinal)));

    private static IEnumerable<(string Name, string Path, bool BuildOrderOnly)> References(string project) =>
        XDocument.Parse(House.Text(project)).Descendants("ProjectReference").Select(r => (
            Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value), r.Attribute("Include")!.Value, r.Attribute("ReferenceOutputAssembly")?.Value == "false"));
}
