using System.CommandLine;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub dedupe FILE</c>: no database, no set-up.</summary>
internal static class DedupeCommand
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A CSV file; its columns are known by their usual names." };
        var output = new Option<string>("--out") { Description = "The file to write: the same rows with cluster_id (the most probable clusters) and auto_id (what is merged without a person).", Required = true, HelpName = "OUT.csv" };
        var entity = new Option<string?>("--entity") { Description = "contact or company; without it the columns tell.", HelpName = "KIND" };
        entity.AcceptOnlyFromAmong("contact", "company");
        var truth = new Option<string?>("--truth") { Description = "The column that says which rows are one, to measure against. It is never compared.", HelpName = "COLUMN" };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping file, for columns with other names.", HelpName = "FILE.yaml" };
        var threshold = new Option<double?>("--threshold") { Description = "Match probability, between 0 and 1, from which rows are merged without a person. The default needs no tuning.", HelpName = "P" };
        threshold.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double?>() is { } p && p is not (> 0 and < 1)) r.AddError($"--threshold {p}: give a probability above 0 and below 1, such as 0.99.");
        });
        var seed = new Option<int>("--seed") { Description = "Accepted for scripts that set one; the result does not depend on chance.", HelpName = "N" };
        var command = new Command("dedupe", "Find the rows of a CSV file that are one contact or company.") { file, output, entity, truth, mapping, threshold, seed };
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            EntityKind? kind = parsed.GetValue(entity) switch { "contact" => EntityKind.Contact, "company" => EntityKind.Company, _ => null };
            var request = new DedupeRequest(parsed.GetValue(file)!, parsed.GetValue(output)!, kind, parsed.GetValue(truth), parsed.GetValue(mapping), parsed.GetValue(threshold));
            var json = parsed.GetValue(GlobalOptions.Json);
            var result = json || Console.IsOutputRedirected
                ? DedupeFile.Run(request, _ => { }, ct)
                : await HubContext.Screen.Status().StartAsync("Read", status => Task.Run(() => DedupeFile.Run(request, s => status.Status(s), ct), ct));
            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(Answer(result), Format));
            else Show(HubContext.Screen, request, result);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub dedupe contacts.csv --out clean.csv", "hub dedupe labelled.csv --out out.csv --truth person_id --json");
    }

    private static Dictionary<string, object?> Answer(DedupeResult r)
    {
        var answer = new Dictionary<string, object?>
        {
            ["records"] = r.Records,
            ["clusters"] = r.Clusters,
            ["candidate_pairs"] = r.CandidatePairs,
            ["merged_pairs"] = r.MergedPairs,
            ["review_pairs"] = r.ReviewPairs,
            ["seconds"] = r.Seconds,
            ["peak_mb"] = r.PeakMb,
        };
        answer["expected"] = r.Expected;
        if (r.Quality is not { } quality) return answer;
        answer["precision"] = quality.Precision;
        answer["recall"] = quality.Recall;
        answer["f1"] = quality.F1;
        answer["auto"] = r.AutoQuality;
        answer["calibration"] = r.Calibration;
        return answer;
    }

    private static void Show(IAnsiConsole screen, DedupeRequest request, DedupeResult r)
    {
        screen.WriteLine($"{r.Records:N0} rows are {r.Clusters:N0} contacts or companies, most probably.");
        screen.WriteLine($"{r.MergedPairs:N0} pairs of rows would be merged without a person, {r.ReviewPairs:N0} would wait for one; {r.CandidatePairs:N0} were compared.");
        if (r.Quality is { } q) screen.WriteLine($"Against {request.Truth}: {Words(q)}; without a person: {Words(r.AutoQuality!)}");
        screen.WriteLine($"Expected of what is merged without a person: precision {Words(r.Expected.AutoPrecision)}; of all that are one, as far as pairs were weighed: {Words(r.Expected.AutoRecall)}.");
        foreach (var note in r.Notes) screen.WriteLine($"  {note}");
        screen.WriteLine($"{request.Out} has the rows with cluster_id and auto_id. Took {r.Seconds.Total:0.0} s.");
    }

    private static string Words(Share s) => s.Value is { } value ? $"{value:P1} ({s.Low:P1} to {s.High:P1})" : "undefined";

    private static string Words(PairQuality q) => $"precision {Number(q.Precision)}, recall {Number(q.Recall)}, F1 {Number(q.F1)}";

    private static string Number(double? share) => share is { } s ? $"{s:0.0000}" : "undefined";
}
