using System.Diagnostics;
using System.Globalization;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>Runs the rigs of the workflows for long, and says what they found.</summary>
internal static class WorkflowRigs
{
    private const int MostShown = 20;

    private static readonly string Mappings = Path.Combine(Build.Root, "mappings");

    public static int ContactDays(long days, int seed)
    {
        var watch = Stopwatch.StartNew();
        var result = Workflows.ContactDays.Run(days, seed, Mappings, done => Console.Error.Write($"\r{done:N0} contact-days"));
        Console.WriteLine($"\n{result.Days:N0} contact-days from seed {seed}: {result.Messages:N0} messages, {result.Deferred:N0} put off, {result.Exits:N0} runs ended, {result.Broken.Length:N0} rules broken; {watch.Elapsed.TotalSeconds:0} s.");
        foreach (var broken in result.Broken.Take(MostShown)) Console.WriteLine(broken);
        return result.Broken.IsEmpty ? 0 : 1;
    }

    public static int EventStreams(int streams, int seed)
    {
        var watch = Stopwatch.StartNew();
        var result = Workflows.EventStreams.Run(streams, seed, Mappings);
        Console.WriteLine($"{result.Streams:N0} streams from seed {seed}, {result.Compared:N0} compared in their enrolments, {result.Broken.Length:N0} broken; {watch.Elapsed.TotalSeconds:0} s.");
        foreach (var broken in result.Broken.Take(MostShown)) Console.WriteLine(broken);
        return result.Broken.IsEmpty ? 0 : 1;
    }

    public static Task<int> Latency(string[] options, CancellationToken ct) => LatencyBenchmark.Run(
        new LatencyOptions(
            (int)Number(options, "--contacts", 1_000_000), (int)Number(options, "--rate", 1_000), Number(options, "--seconds", 30), (int)Number(options, "--sync", 0), Text(options, "--db"), Text(options, "--keep")), ct);

    public static Task<int> Timers(string[] options, CancellationToken ct) => TimersBenchmark.Run(
        new TimersOptions((int)Number(options, "--contacts", 200_000), (int)Number(options, "--due", 200_000), (long)Number(options, "--pending", 10_000_000), Text(options, "--db"), Text(options, "--keep")), ct);

    private static string? Text(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    private static double Number(string[] options, string name, double otherwise) => Text(options, name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
