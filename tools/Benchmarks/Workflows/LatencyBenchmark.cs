using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Jobs;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>What is to be measured.</summary>
/// <param name="Contacts">How many contacts there are.</param>
/// <param name="Rate">Events a second.</param>
/// <param name="Seconds">For how long, after a warm-up of a third of that.</param>
/// <param name="Sync">How many records a sync brings meanwhile; 0 for none.</param>
/// <param name="Database">A PostgreSQL connection string; null for SQLite.</param>
/// <param name="Folder">Keeps the filled store for the next run; null for none.</param>
public sealed record LatencyOptions(int Contacts, int Rate, double Seconds, int Sync, string? Database, string? Folder);

/// <summary>What was found. Times in milliseconds, sorted.</summary>
/// <param name="Events">Events that were landed, the warm-up's included.</param>
/// <param name="Decided">Events whose workflows were run.</param>
/// <param name="Messages">Messages in the outbox that those events caused.</param>
/// <param name="ToOutbox">From the commit of an event to the commit of its message.</param>
/// <param name="ToDecision">From the commit of an event to the commit of what its workflows made of it.</param>
/// <param name="ToAnswer">From when an event was due to be sent to the answer that it is on the disk.</param>
/// <param name="Fsync">What this disk takes to sync 4 KB.</param>
public sealed record LatencyResult(long Events, long Decided, long Messages, double[] ToOutbox, double[] ToDecision, double[] ToAnswer, double[] Fsync)
{
    /// <summary>Processor time over clock time.</summary>
    public double Cores { get; init; }

    /// <summary>How long the sync took; 0 without one.</summary>
    public double SyncSeconds { get; init; }

    public static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

/// <summary>
/// How long it takes from an event to its message. Events come one a request at a steady rate, whether the hub keeps up or not; the workflows run and the messages are delivered beside it, into files, as <c>hub serve</c>
/// does it. Both ends are stamped where the transaction has just been committed.
/// </summary>
public static class LatencyBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> Run(LatencyOptions options, CancellationToken ct)
    {
        var result = await Measure(options, ct);
        Console.WriteLine("| store | contacts | events/s | sync | messages | event to outbox, ms: p50 | p95 | p99 | most | event to decision: p50 | p99 | to 202: p50 | p99 | fsync: p50 | p99 | cores | peak MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        static double P(double[] sorted, double share) => LatencyResult.At(sorted, share);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(options.Database is null ? "SQLite" : "PostgreSQL")} | {options.Contacts:N0} | {options.Rate:N0} | {(options.Sync == 0 ? "none" : $"{options.Sync:N0} records in {result.SyncSeconds:0} s")} | {result.Messages:N0} | {P(result.ToOutbox, .5):0.00} | {P(result.ToOutbox, .95):0.00} | {P(result.ToOutbox, .99):0.00} | {P(result.ToOutbox, 1):0.0} | {P(result.ToDecision, .5):0.00} | {P(result.ToDecision, .99):0.00} | {P(result.ToAnswer, .5):0.00} | {P(result.ToAnswer, .99):0.00} | {P(result.Fsync, .5):0.00} | {P(result.Fsync, .99):0.00} | {result.Cores:0.00} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |"));
        return result.Decided == result.Events ? 0 : 1;
    }

    public static async Task<LatencyResult> Measure(LatencyOptions options, CancellationToken ct)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("hub-latency-").FullName;
        try
        {
            await using var hub = await WorkflowHub.Open(folder, options.Database, ct);
            await hub.Fill(options.Contacts, ct);
            await hub.Launch(ct);
            return await Measure(hub, folder, options, ct);
        }
        finally
        {
            if (options.Folder is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<LatencyResult> Measure(WorkflowHub hub, string folder, LatencyOptions options, CancellationToken ct)
    {
        var fsync = Fsync(folder);
        var (landed, decided) = (new ConcurrentDictionary<string, long>(StringComparer.Ordinal), new ConcurrentDictionary<string, long>(StringComparer.Ordinal));
        hub.Get<EventIntake>().Landed += ids => Stamp(landed, ids);
        hub.Get<EventPipeline>().Decided += ids => Stamp(decided, ids);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var lane = Task.Run(() => hub.Get<WorkflowLane>().Run(stop.Token), ct);

        var run = Guid.NewGuid().ToString("N")[..8];
        var load = new Load(hub.Get<EventIntake>(), options, run, await Goldens(hub, ct));
        var warm = (int)(options.Rate * options.Seconds / 3);
        await load.Send(0, warm, ct);
        var (sync, used, watch) = (Task.FromResult(0d), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        if (options.Sync > 0)
            sync = Task.Run(
                async () =>
                {
                    await hub.Sync(options.Sync, options.Contacts, ct);
                    return watch.Elapsed.TotalSeconds;
                },
                ct);
        var to = warm;
        do to = await load.Send(to, to + (int)(options.Rate * (options.Sync > 0 ? 1 : options.Seconds)), ct);
        while (!sync.IsCompleted);
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - used) / watch.Elapsed;
        for (var waited = Stopwatch.StartNew(); decided.Count < to && waited.Elapsed < Patience && !lane.IsCompleted;) await Task.Delay(20, ct);
        await stop.CancelAsync();
        await lane.ContinueWith(ended => ended.Exception is { } failure ? throw failure : 0, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        double[] Between(IEnumerable<string> ids) => [.. ids.Where(i => load.IsMeasured(i, warm) && decided.ContainsKey(i)).Select(i => Stopwatch.GetElapsedTime(landed[i], decided[i]).TotalMilliseconds).Order()];
        var caused = await Caused(hub, run, ct);
        return new LatencyResult(to, decided.Count, caused.Count, Between(caused), Between(landed.Keys), [.. load.Answers.Skip(warm).Order()], fsync) { Cores = cores, SyncSeconds = await sync };
    }

    private static void Stamp(ConcurrentDictionary<string, long> stamps, IEnumerable<string> ids)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var id in ids) stamps[id] = now;
    }

    /// <summary>Some golden ids, for the events that name their contact by it.</summary>
    private static async Task<IReadOnlyList<Guid>> Goldens(WorkflowHub hub, CancellationToken ct) => [.. (await hub.Store.Journeys.Contacts(0, 5_000, ct)).Select(c => c.Id.Value)];

    /// <summary>The events of this run that have a message in the outbox.</summary>
    private static async Task<IReadOnlyList<string>> Caused(WorkflowHub hub, string run, CancellationToken ct) =>
        [.. (await hub.Store.Journeys.Sent(run, ct)).Distinct(StringComparer.Ordinal)];

    private static double[] Fsync(string folder)
    {
        var path = Path.Combine(folder, "fsync.probe");
        var (page, laps) = (new byte[4096], new double[300]);
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
            for (var i = 0; i < laps.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, page, i * page.Length);
                RandomAccess.FlushToDisk(file);
                laps[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

        File.Delete(path);
        return [.. laps.Order()];
    }

    /// <summary>An open loop: each event has its moment, and is sent then whether the ones before were answered or not.</summary>
    private sealed class Load(EventIntake intake, LatencyOptions options, string run, IReadOnlyList<Guid> goldens)
    {
        private readonly ConcurrentBag<(int Number, double Ms)> answers = [];

        public IEnumerable<double> Answers => answers.OrderBy(a => a.Number).Select(a => a.Ms);

        public bool IsMeasured(string id, int from) => int.Parse(id.AsSpan(run.Length + 1), CultureInfo.InvariantCulture) >= from;

        public async Task<int> Send(int from, int to, CancellationToken ct)
        {
            var (start, open) = (Stopwatch.GetTimestamp(), new List<Task>(to - from));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            for (var next = from; next < to; await tick.WaitForNextTickAsync(ct))
                for (; next < to && Stopwatch.GetElapsedTime(start).TotalSeconds * options.Rate >= next - from; next++)
                {
                    var (number, due) = (next, start + (long)((next - from) * (double)Stopwatch.Frequency / options.Rate));
                    open.Add(Task.Run(() => One(number, due, ct), ct));
                }

            await Task.WhenAll(open);
            return to;
        }

        private async Task One(int number, long due, CancellationToken ct)
        {
            await intake.Take([Event(number)], "api", ct);
            answers.Add((number, Stopwatch.GetElapsedTime(due).TotalMilliseconds));
        }

        private JsonElement Event(int number)
        {
            var random = new Random(unchecked(number * 7919 + run.GetHashCode(StringComparison.Ordinal)));
            var who = random.Next(options.Contacts);
            object contact = (number % 20) switch
            {
                < 3 => new { id = goldens[random.Next(goldens.Count)].ToString() },
                < 6 => new { source = "made", external_id = WorkflowHub.ExternalIdOf(who) },
                _ => new { email = WorkflowHub.EmailOf(who) },
            };
            object[] items = [new { sku = "A-1", name = "Kettle", quantity = 1, price_minor = 4900 }];
            (string Type, object Properties) of = random.Next(100) switch
            {
                < 30 => ($"custom.asked-{random.Next(WorkflowHub.Answering):00}", new { }),
                < 60 => ("page.viewed", new { path = random.Next(5) == 0 ? "/pricing" : "/blog/a", url = "https://example.com/blog/a" }),
                < 75 => ("cart.updated", new { items, value_minor = 4900, currency = "EUR" }),
                < 85 => ("order.placed", new { items, total_minor = 4900, currency = "EUR", order_id = $"{run}-{number}" }),
                _ => ("email.clicked", new { url = "https://example.com/answer" }),
            };
            return JsonSerializer.SerializeToElement(new { id = $"{run}-{number}", type = of.Type, at = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture), contact, properties = of.Properties });
        }
    }
}
