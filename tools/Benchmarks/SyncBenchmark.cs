using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// From nothing to golden records over real HTTP: the sandbox (limits off, no faults) serves all four systems, a fresh SQLite database takes them.
/// Measured from outside, as a user would: wall time and peak memory of the <c>hub sync</c> process. Then the same sync again with nothing changed.
/// </summary>
internal static class SyncBenchmark
{
    public static async Task<int> Run(int[] sizes, CancellationToken ct)
    {
        var rows = new List<Row>();
        foreach (var people in sizes)
        {
            var row = await Measure(people, ct);
            Console.WriteLine(row.ToMarkdown());
            rows.Add(row);
        }

        Console.WriteLine();
        Console.WriteLine(Row.Head);
        foreach (var row in rows) Console.WriteLine(row.ToMarkdown());
        return 0;
    }

    private static async Task<Row> Measure(int people, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-").FullName;
        try
        {
            using var sandbox = await Sandbox.Start(people, Path.Combine(folder, "truth.csv"), ct);
            var data = Path.Combine(folder, "data");
            foreach (var (connector, place) in sandbox.Sources)
                await Hub.Run([.. new[] { "source", "add", connector, "--connector", connector, "--data", data, "--json" }, .. place], sandbox.Tokens, ct);

            var first = await Hub.Run(["sync", "--data", data, "--json"], sandbox.Tokens, ct);
            var second = await Hub.Run(["sync", "--data", data, "--json"], sandbox.Tokens, ct);
            return new Row(people, PulledBy(first.Output), first, second);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long PulledBy(string json)
    {
        using var report = JsonDocument.Parse(json);
        return report.RootElement.GetProperty("sources").EnumerateArray().Sum(s => s.GetProperty("pulled").GetInt64());
    }

    private sealed record Row(int People, long Records, HubRun First, HubRun Second)
    {
        public const string Head =
            "| people | records | first sync s | records/s | peak MB | second sync s | second / first |\n|---|---|---|---|---|---|---|";

        public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture,
            $"| {People:N0} | {Records:N0} | {First.Seconds:F1} | {Records / First.Seconds:N0} | {First.PeakMb:N0} | {Second.Seconds:F1} | {Second.Seconds / First.Seconds:F3} |");
    }
}

/// <summary>One finished <c>hub</c> process.</summary>
internal sealed record HubRun(string Output, double Seconds, double PeakMb);

/// <summary>Runs the built executable, as a user would.</summary>
internal static class Hub
{
    public static async Task<HubRun> Run(string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Build.Dll("src/IntegrationHub.Host", "hub.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            process.Refresh();
            try
            {
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // it ended between the two calls
            }
        }

        await process.WaitForExitAsync(ct);
        if (process.ExitCode is not (0 or 3))
            throw new InvalidOperationException($"hub {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors} {await output}");
        return new HubRun(await output, watch.Elapsed.TotalSeconds, peak / 1e6);
    }
}

/// <summary>The sandbox as a child process.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly Process process;

    private Sandbox(Process process, JsonElement ready)
    {
        this.process = process;
        foreach (var system in ready.EnumerateObject())
        {
            if (system.Value.TryGetProperty("path", out var path))
            {
                Sources.Add((system.Name, ["--path", path.GetString()!]));
                continue;
            }

            var variable = $"BENCH_{system.Name.ToUpperInvariant()}_TOKEN";
            Sources.Add((system.Name, ["--url", system.Value.GetProperty("url").GetString()!, "--token-env", variable]));
            Tokens[variable] = system.Value.GetProperty("token").GetString()!;
        }
    }

    public List<(string Connector, string[] Place)> Sources { get; } = [];

    public Dictionary<string, string> Tokens { get; } = [];

    public static async Task<Sandbox> Start(int people, string truth, CancellationToken ct)
    {
        string[] arguments =
        [
            Build.Dll("tools/Sandbox", "sandbox.dll"), "--people", people.ToString(CultureInfo.InvariantCulture), "--seed", "7", "--faults", "0",
            "--limits", "off", "--url", "http://127.0.0.1:0", "--truth", truth,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("The sandbox ended before it was ready.");
        using var ready = JsonDocument.Parse(line);
        return new Sandbox(process, ready.RootElement.Clone());
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}

/// <summary>Where the built programs lie.</summary>
internal static class Build
{
    public static string Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "IntegrationHub.sln"))) root = root.Parent;
            return root?.FullName ?? ".";
        }
    }

    public static string Dll(string project, string name)
    {
        var dll = Path.Combine(Root, project, "bin", "Release", "net10.0", name);
        return File.Exists(dll) ? dll : throw new FileNotFoundException($"{dll} is not built. Run: dotnet build -c Release", dll);
    }
}
