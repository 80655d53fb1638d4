using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>What is to be measured.</summary>
/// <param name="Contacts">How many contacts there are.</param>
/// <param name="Due">How many of them are due at once; no more than there are.</param>
/// <param name="Pending">How many more timers wait for a day to come.</param>
/// <param name="Database">A PostgreSQL connection string; null for SQLite.</param>
/// <param name="Folder">Keeps the filled store for the next run; null for none.</param>
public sealed record TimersOptions(int Contacts, int Due, long Pending, string? Database, string? Folder);

/// <summary>What was found.</summary>
/// <param name="Moved">How many stand at the step after their wait now.</param>
/// <param name="Left">How many are due still.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Cores">Processor time over clock time.</param>
/// <param name="Grown">By how many bytes the process has grown while it ran.</param>
public sealed record TimersResult(long Moved, long Left, double Seconds, double Cores, long Grown);

/// <summary>How many due timers a second the engine runs, each to the next step of its workflow with state, journal and reports written, beside millions that are not due.</summary>
public static class TimersBenchmark
{
    private const int Page = 2_000;
    private const string Name = "waits";

    private static readonly string Text = """
        name: waits
        title: Waits twice
        triggers:
          - manual: true
        reentry: always
        goal: { event: order.placed, within: 30d, metric: revenue }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: two-days
            wait: 2d
          - id: where
            branch:
              when: { field: country, is: DE }
              then:
                - id: a-month
                  wait: 30d
          - id: a-year
            wait: 365d
        """;

    public static async Task<int> Run(TimersOptions options, CancellationToken ct)
    {
        var result = await Measure(options, ct);
        Console.WriteLine("| store | contacts | due | pending | seconds | timers/s | cores | process grew by MB | peak MB |\n|---|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(options.Database is null ? "SQLite" : "PostgreSQL")} | {options.Contacts:N0} | {result.Moved:N0} | {options.Pending:N0} | {result.Seconds:0.0} | {result.Moved / result.Seconds:N0} | {result.Cores:0.00} | {result.Grown / 1e6:0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |"));
        return result.Moved == options.Due && result.Left == 0 ? 0 : 1;
    }

    public static async Task<TimersResult> Measure(TimersOptions options, CancellationToken ct)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("hub-timers-").FullName;
        try
        {
            await using var hub = await WorkflowHub.Open(folder, options.Database, ct);
            await hub.Fill(options.Contacts, ct);
            await hub.Launch(Name, Text, ct);
            await using var lane = await hub.Get<Lane>().Enter(Journeys.Lease, ct);
            await Enrol(hub, options, lane.Epoch, ct);
            return await Fire(hub, lane.Epoch, options, ct);
        }
        finally
        {
            if (options.Folder is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimersResult> Fire(WorkflowHub hub, long epoch, TimersOptions options, CancellationToken ct)
    {
        var pipeline = hub.Get<EventPipeline>();
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var (memory, used, watch) = (process.WorkingSet64, process.TotalProcessorTime, Stopwatch.StartNew());
        while (await pipeline.Step(epoch, ct)) { }
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var (cores, grown) = ((process.TotalProcessorTime - used).TotalSeconds / seconds, process.WorkingSet64 - memory);
        var left = await hub.Store.Journeys.Due(DateTimeOffset.UtcNow, 1_000, ct);
        var (row, looked, moved) = (0L, 0, 0L);
        while (looked < options.Due && await hub.Store.Journeys.Contacts(row, Math.Min(Page, options.Due - looked), ct) is { Count: > 0 } slice)
        {
            var journeys = await hub.Store.Journeys.Load([.. slice.Select(s => s.Id)], ct);
            moved += journeys.Values.Count(j => j.State.Current.Enrolments.Any(e => e.Workflow == Name && e.Step == "a-month"));
            (row, looked) = (slice[^1].Row, looked + slice.Count);
        }

        return new TimersResult(moved, left.Count, seconds, cores, grown);
    }

    /// <summary>Enrols contacts three days ago, through the reducer, so that their wait of two days is over; and lets others wait for years.</summary>
    private static async Task Enrol(WorkflowHub hub, TimersOptions options, long epoch, CancellationToken ct)
    {
        var set = await hub.Get<WorkflowsInForce>().Current(ct);
        var (runner, launched, then) = (new JourneyRunner(set), set.Find(Name)!, DateTimeOffset.UtcNow - TimeSpan.FromDays(3));
        var (row, done) = (0L, 0);
        while (done < options.Due && await hub.Store.Journeys.Contacts(row, Math.Min(Page, options.Due - done), ct) is { Count: > 0 } slice)
        {
            var facts = await hub.Store.Journeys.Facts([.. slice.Select(s => s.Id)], ct);
            var known = await hub.Store.Journeys.Load([.. slice.Select(s => s.Id)], ct);
            var saves = new List<JourneySave>();
            foreach (var (id, contact) in facts)
            {
                var outcome = runner.Enrol(contact, JourneyState.Empty, launched, then, "a benchmark", RoutingState.Empty);
                saves.Add(new JourneySave(id, outcome.State, known.GetValueOrDefault(id)?.Change ?? 0, outcome.NextDue, outcome.State.Current.Enrolments, [], [], [], null));
            }

            await hub.Store.Journeys.Save(new LaneSave(saves, [], [], [], null, epoch), DateTimeOffset.UtcNow, ct);
            (row, done) = (slice[^1].Row, done + slice.Count);
        }

        for (var made = 0L; made < options.Pending; made += Page)
            await hub.Store.Journeys.Save(
                new LaneSave(
                    [.. Enumerable.Range(0, (int)Math.Min(Page, options.Pending - made)).Select(i => new JourneySave(
                        new GoldenId(Guid.NewGuid()), JourneyState.Empty, 0, DateTimeOffset.UtcNow + TimeSpan.FromDays(1_000 + i % 300), [], [], [], [], null))],
                    [], [], [], null, epoch),
                DateTimeOffset.UtcNow, ct);
    }
}
