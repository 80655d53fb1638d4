using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Chaos;

/// <summary>What came of it.</summary>
/// <param name="Records">Living records in the sandbox.</param>
/// <param name="GoldenRecords">Golden records of the undisturbed run.</param>
/// <param name="Kills">How often the hub was killed.</param>
/// <param name="Resumed">How many of the kills hit the first sync before it was through; the others hit full ones that followed.</param>
/// <param name="UndisturbedSeconds">How long the undisturbed sync took.</param>
/// <param name="Differences">What is not as it should be; empty when all is well.</param>
/// <param name="Folder">The data directories; null when they have been removed.</param>
public sealed record ChaosReport(
    int Records,
    int GoldenRecords,
    int Kills,
    int Resumed,
    double UndisturbedSeconds,
    IReadOnlyList<string> Differences,
    string? Folder
);

/// <summary>The hub, once left in peace and once killed again and again, against one sandbox.</summary>
public sealed class ChaosRun(ChaosOptions options, Action<string> tell)
{
    private const int Shown = 10;

    /// <summary>About what the hub takes before it pulls.</summary>
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(0.4);

    private readonly Random random = new(options.Seed);
    private readonly string folder = options.Keep ?? Directory.CreateTempSubdirectory("chaos-").FullName;
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);
    private List<string[]> sources = [];

    /// <summary>Runs it all.</summary>
    /// <exception cref="InvalidOperationException">A command of the hub failed that should not, kills apart.</exception>
    public async Task<ChaosReport> Run(CancellationToken ct)
    {
        await using var sandbox = ChildProcess.Start(
            options.Sandbox,
            [
                "--people",
                Text(options.People),
                "--seed",
                Text(options.Seed),
                "--limits",
                "off",
                "--faults",
                options.Faults.ToString(CultureInfo.InvariantCulture),
                "--files",
                Path.Combine(folder, "files"),
                "--end-with-input",
            ]
        );
        var line = await sandbox.Output.ReadLineAsync(ct) ?? throw new InvalidOperationException($"The sandbox did not start: {sandbox.Errors}");
        using var ready = JsonDocument.Parse(line);
        Configure(ready.RootElement);

        var calm = Path.Combine(folder, "undisturbed");
        await AddSources(calm, ct);
        var clock = Stopwatch.StartNew();
        await Hub(calm, ["sync"], ct);
        var undisturbed = clock.Elapsed;
        tell($"undisturbed: {undisturbed.TotalSeconds:0.0} s");

        var killed = Path.Combine(folder, "killed");
        await AddSources(killed, ct);
        var (kills, resumed) = await KillAgainAndAgain(killed, undisturbed, ct);

        List<string> differences = [];
        using var http = new HttpClient();
        using var state = JsonDocument.Parse(
            await http.GetStringAsync(
                new Uri(new Uri(ready.RootElement.GetProperty("hubspot").GetProperty("url").GetString()!), "/_sandbox/state"),
                ct
            )
        );
        var there = GoldenState.SandboxRecords(state.RootElement);
        foreach (var data in new[] { calm, killed })
            differences.AddRange(Compare("sandbox", there, Path.GetFileName(data), GoldenState.SourceRecords(Database(data))));
        differences.AddRange(Compare("undisturbed run", GoldenState.PulledEvents(Database(calm)), "killed run", GoldenState.PulledEvents(Database(killed))));
        var expected = await Export(calm, ct);
        differences.AddRange(expected.DifferencesTo(await Export(killed, ct), Shown).Select(d => $"golden record {d}"));
        if (expected.Records.Count == 0) differences.Add("the undisturbed run has no golden records");
        var kept = options.Keep is not null || differences.Count > 0;
        if (!kept) Directory.Delete(folder, recursive: true);
        return new ChaosReport(there.Count, expected.Records.Count, kills, resumed, undisturbed.TotalSeconds, differences, kept ? folder : null);
    }

    /// <summary>Kills come at moments spread over the time that a whole sync takes; a sync that outruns its kill is followed by a full one, until all kills are spent.</summary>
    private async Task<(int Kills, int Resumed)> KillAgainAndAgain(string data, TimeSpan undisturbed, CancellationToken ct)
    {
        int kills = 0, resumed = 0, outrun = 0;
        var throughOnce = false;
        while (kills < options.Kills)
        {
            // On average the lives add up to one sync and what starting costs, so that the kills fall all over the first one.
            var longest = throughOnce ? undisturbed * 0.9 : undisturbed * 2 / Math.Max(2, options.Kills) + Starting;
            var life = TimeSpan.FromMilliseconds(50) + longest * random.NextDouble();
            await using var hub = Start(data, throughOnce ? ["sync", "--full"] : ["sync"]);
            if (await hub.KillAfter(life, ct))
            {
                kills++;
                if (!throughOnce) resumed++;
                tell($"kill {kills} after {life.TotalSeconds:0.00} s{(throughOnce ? " of a full sync" : "")}");
                continue;
            }
            if (hub.ExitCode is not (0 or 3))
                throw new InvalidOperationException($"hub sync ended with {hub.ExitCode} between two kills: {hub.Errors}");
            throughOnce = true;
            if (++outrun > 10 * options.Kills)
                throw new InvalidOperationException($"Only {kills} of {options.Kills} kills hit the hub: it is done before. Take more people.");
        }
        await Hub(data, ["sync"], ct);
        return (kills, resumed);
    }

    private void Configure(JsonElement ready)
    {
        foreach (var vendor in new[] { "hubspot", "mailchimp", "shopify" })
        {
            var token = $"CHAOS_{vendor.ToUpperInvariant()}_TOKEN";
            tokens[token] = ready.GetProperty(vendor).GetProperty("token").GetString()!;
            sources.Add([vendor, "--connector", vendor, "--url", ready.GetProperty(vendor).GetProperty("url").GetString()!, "--token-env", token]);
        }
        var files = ready.GetProperty("files");
        sources.Add([
            "files",
            "--connector",
            "files",
            "--path",
            files.GetProperty("path").GetString()!,
            "--mapping",
            files.GetProperty("mapping").GetString()!,
        ]);
    }

    private async Task AddSources(string data, CancellationToken ct)
    {
        Directory.CreateDirectory(data);
        foreach (var source in sources) await Hub(data, ["source", "add", .. source], ct);
    }

    private async Task<GoldenState> Export(string data, CancellationToken ct)
    {
        string golden = Path.Combine(data, "golden.csv"), crosswalk = Path.Combine(data, "crosswalk.csv");
        await Hub(data, ["export", "golden", "--out", golden], ct);
        await Hub(data, ["export", "crosswalk", "--out", crosswalk], ct);
        return GoldenState.Read(golden, crosswalk);
    }

    private ChildProcess Start(string data, string[] command) => ChildProcess.Start(options.Hub, [.. command, "--data", data], tokens);

    /// <summary>A command that must succeed; 3 says that something is in quarantine, which is no failure of the hub's.</summary>
    private async Task Hub(string data, string[] command, CancellationToken ct)
    {
        await using var hub = Start(data, command);
        var (code, output) = await hub.End(ct);
        if (code is not (0 or 3)) throw new InvalidOperationException($"hub {string.Join(' ', command)} ended with {code}: {hub.Errors}{output}");
    }

    private static IEnumerable<string> Compare(string first, IReadOnlySet<string> one, string second, IReadOnlySet<string> other)
    {
        foreach (var (here, has, there, lacks) in new[] { (first, one, second, other), (second, other, first, one) })
            if (has.Except(lacks).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } left)
                yield return $"{left.Count} records of the {here} are not in the {there}, such as {string.Join(", ", left.Take(3))}";
    }

    private static string Database(string data) => Directory.GetFiles(data, "*.db", SearchOption.AllDirectories) is [var one]
        ? one
        : throw new InvalidOperationException($"One SQLite file was expected below {data}.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
