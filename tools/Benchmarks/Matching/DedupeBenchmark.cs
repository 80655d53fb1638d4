using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.DataGenerator;

namespace IntegrationHub.Benchmarks.Matching;

/// <summary>
/// <c>hub dedupe</c> from end to end, as a user runs it: generated contacts of several sizes, a file of which a fifth shares one mailbox, and the labelled files where they are there.
/// Time by phase, processor time, memory, pairs, and quality against the truth, as tables in docs/benchmarks.md.
/// </summary>
internal static class DedupeBenchmark
{
    private const string Begin = "<!-- dedupe: written by tools/Benchmarks -->";
    private const string End = "<!-- /dedupe -->";

    private static readonly (int Records, int Seed)[] Generated = [(10_000, 7001), (100_000, 7002), (1_000_000, 9001), (10_000_000, 9003)];

    // Where the truth stands; febrl's is part of the row's own id.
    private static readonly (string File, string Truth, string[] More)[] Labelled =
    [
        ("fake_1000_with_cluster_group.csv", "cluster", []), ("febrl1.csv", Febrl, []), ("febrl2.csv", Febrl, []), ("febrl3.csv", Febrl, []), ("organisations_3337.csv", "True Id", ["--entity", "company"]),
    ];

    private const string Febrl = "";

    /// <param name="most">The largest file to generate, in rows.</param>
    /// <param name="equal">True also measures a million rows of which a fifth is in one block.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> Run(int most, bool equal, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-dedupe-").FullName;
        try
        {
            var (costs, quality) = (new List<string>(), new List<string>());
            async Task Measure(string name, string file, string truth, string[] more)
            {
                var run = await Run(file, Path.Combine(folder, "out.csv"), truth, more, ct);
                costs.Add(run.Costs(name));
                quality.Add(run.Quality(name));
                Console.WriteLine(costs[^1]);
                Console.WriteLine(quality[^1]);
            }

            foreach (var (records, seed) in Generated.Where(g => g.Records <= most))
            {
                var file = Path.Combine(folder, "generated.csv");
                ContactFiles.Write(new GeneratorOptions { Records = records, Seed = seed, Out = file, Cluster = true });
                await Measure(string.Create(CultureInfo.InvariantCulture, $"generated, seed {seed}"), file, "cluster", []);
                if (!equal || records != 1_000_000) continue;
                ShareOneMailbox(file, records / 5);
                await Measure("the same, a fifth with one mailbox", file, "cluster", []);
            }

            foreach (var (name, truth, more) in Labelled)
            {
                var file = Path.Combine(Build.Root, "..", "shared", "data", "matching", name);
                if (!File.Exists(file)) continue;
                await Measure(name, truth == Febrl ? WithTruth(file, Path.Combine(folder, name)) : file, truth == Febrl ? "truth" : truth, more);
            }

            Publish(costs, quality);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DedupeRun> Run(string file, string output, string truth, string[] more, CancellationToken ct)
    {
        string[] arguments = [Build.Dll("src/IntegrationHub.Host", "hub.dll"), "dedupe", file, "--out", output, "--truth", truth, "--json", .. more];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var json = process.StandardOutput.ReadToEndAsync(ct);
        var processor = TimeSpan.Zero;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            process.Refresh();
            try
            {
                processor = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                break; // it ended between the two calls
            }
        }

        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"hub dedupe {file} ended with {process.ExitCode}.");
        using var result = JsonDocument.Parse(await json);
        return new DedupeRun(result.RootElement.Clone(), processor.TotalSeconds, BCubed.Of(output, truth));
    }

    /// <summary>The first so many rows get one mailbox.</summary>
    private static void ShareOneMailbox(string file, int rows)
    {
        var changed = file + ".changed";
        using (var reader = new StreamReader(file))
        using (var writer = new StreamWriter(changed))
        {
            var header = reader.ReadLine() ?? "";
            writer.WriteLine(header);
            var email = Array.IndexOf(header.Split(','), "email");
            for (var i = 0; reader.ReadLine() is { } line; i++)
            {
                var cells = Csv.Split(line);
                if (i < rows) cells[email] = "office@example.com";
                writer.WriteLine(i < rows ? Csv.Join(cells) : line);
            }
        }

        File.Move(changed, file, overwrite: true);
    }

    /// <summary>In these files the number in the id says whose record it is.</summary>
    private static string WithTruth(string file, string copy)
    {
        var lines = File.ReadAllLines(file).Where(l => l.Length > 0).ToList();
        File.WriteAllLines(copy, [$"{lines[0]},truth", .. lines.Skip(1).Select(l => $"{l},{l.Split('-')[1]}")]);
        return copy;
    }

    private static void Publish(List<string> costs, List<string> quality)
    {
        var page = Path.Combine(Build.Root, "docs", "benchmarks.md");
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{page} has no place for the tables between '{Begin}' and '{End}'.");
        var machine = string.Create(
            CultureInfo.InvariantCulture,
            $"Measured {TimeProvider.System.GetUtcNow():yyyy-MM-dd} on {Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB, .NET {Environment.Version}; {Load()}");
        File.WriteAllText(page, $"{text[..(from + Begin.Length)]}\n{machine}\n\n{DedupeRun.CostHead}\n{string.Join('\n', costs)}\n\n{DedupeRun.QualityHead}\n{string.Join('\n', quality)}\n{text[to..]}");
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown" : "unknown";

    private static string Load() =>
        File.Exists("/proc/loadavg") ? $"{File.ReadAllText("/proc/loadavg").Split(' ')[0]} processes ready to run at the end, the last of them this one's." : "";
}

/// <summary>What one run of <c>hub dedupe</c> took and found.</summary>
/// <param name="Json">Its answer.</param>
/// <param name="Processor">Processor time, in seconds, of all cores.</param>
/// <param name="BCubed">Quality record by record.</param>
internal sealed record DedupeRun(JsonElement Json, double Processor, (double Precision, double Recall) BCubed)
{
    public const string CostHead =
        "| file | records | read s | normalise s | block s | learn and weigh s | cluster s | write s | total s | processor s | peak MB | candidate pairs |\n|---|---|---|---|---|---|---|---|---|---|---|---|";

    public const string QualityHead =
        "| file | `cluster_id` precision | recall | F1 | `auto_id` precision | recall | B-cubed precision | recall | F1 |\n|---|---|---|---|---|---|---|---|---|";

    public string Costs(string name)
    {
        var seconds = Json.GetProperty("seconds");
        string S(string phase) => seconds.GetProperty(phase).GetDouble().ToString("F2", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Json.GetProperty("records").GetInt64():N0} | {S("read")} | {S("normalise")} | {S("block")} | {S("score")} | {S("cluster")} | {S("write")} | {S("total")} | {Processor:F1} | {Json.GetProperty("peak_mb").GetDouble():N0} | {Json.GetProperty("candidate_pairs").GetInt64():N0} |");
    }

    public string Quality(string name)
    {
        static string F(JsonElement share) => share.ValueKind == JsonValueKind.Null ? "" : share.GetDouble().ToString("F4", CultureInfo.InvariantCulture);
        var auto = Json.GetProperty("auto");
        var f1 = BCubed.Precision + BCubed.Recall > 0 ? 2 * BCubed.Precision * BCubed.Recall / (BCubed.Precision + BCubed.Recall) : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {F(Json.GetProperty("precision"))} | {F(Json.GetProperty("recall"))} | {F(Json.GetProperty("f1"))} | {F(auto.GetProperty("precision"))} | {F(auto.GetProperty("recall"))} | {BCubed.Precision:F4} | {BCubed.Recall:F4} | {f1:F4} |");
    }
}

/// <summary>
/// Quality record by record: of a record's cluster the share that is truly its own, and of its own the share that is in its cluster; the averages over all records.
/// </summary>
/// <remarks>Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model" (1998).</remarks>
internal static class BCubed
{
    /// <summary>Reads the truth and <c>cluster_id</c> of a file that <c>hub dedupe</c> wrote.</summary>
    public static (double Precision, double Recall) Of(string file, string truth)
    {
        var (clusters, entities, both) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<(string, string), long>());
        using var reader = new StreamReader(file);
        var header = Csv.Split(reader.ReadLine() ?? "").Select(h => h.Trim()).ToList();
        var (own, found, rows) = (header.IndexOf(truth), header.IndexOf("cluster_id"), 0L);
        for (; Csv.ReadRecord(reader) is { } record; rows++)
        {
            var cells = Csv.Split(record);
            var (entity, cluster) = (cells[own], cells[found]);
            clusters[cluster] = clusters.GetValueOrDefault(cluster) + 1;
            entities[entity] = entities.GetValueOrDefault(entity) + 1;
            both[(entity, cluster)] = both.GetValueOrDefault((entity, cluster)) + 1;
        }

        return (both.Sum(b => (double)b.Value * b.Value / clusters[b.Key.Item2]) / rows, both.Sum(b => (double)b.Value * b.Value / entities[b.Key.Item1]) / rows);
    }
}

/// <summary>Rows of comma-separated text, as the benchmarks write and read them.</summary>
internal static class Csv
{
    /// <summary>A record, with the lines that its quotes span; null at the end.</summary>
    public static string? ReadRecord(TextReader reader)
    {
        var record = reader.ReadLine();
        while (record is not null && record.Count(c => c == '"') % 2 == 1 && reader.ReadLine() is { } more) record += "\n" + more;
        return record;
    }

    public static string[] Split(string record)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < record.Length; i++)
        {
            if (record[i] == '"' && quoted && i + 1 < record.Length && record[i + 1] == '"') cell.Append(record[i++]);
            else if (record[i] == '"') quoted = !quoted;
            else if (record[i] != ',' || quoted) cell.Append(record[i]);
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
        }

        return [.. cells, cell.ToString()];
    }

    public static string Join(IEnumerable<string> cells) => string.Join(',', cells.Select(c => c.AsSpan().ContainsAny(",\"\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c));
}
