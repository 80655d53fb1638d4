using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Runs the events and the outbox of one database, in one process: whoever does holds the lease of it.</summary>
public sealed class WorkflowLane(HubStore store, EventPipeline events, MessageDelivery delivery, PipelineFactory pipelines, OutsideRequests outside, Lane lane, EventSignal landed, TimeProvider time)
{
    private static readonly TimeSpan LookForOtherProcesses = TimeSpan.FromSeconds(1);

    private const int AskedAtOnce = 16;

    private readonly EventSignal decided = new();
    private readonly EventSignal set = new();
    private readonly EventSignal asked = new();

    /// <summary>Runs until stopped.</summary>
    /// <exception cref="NotPossibleException">Another hub runs the workflows of this database.</exception>
    public async Task Run(CancellationToken ct)
    {
        await using var pass = await lane.Enter(Journeys.Lease, ct);
        await delivery.Recover(pass.Epoch, pass.Token);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(pass.Token);
        var running = new[] { Events(pass.Epoch, both.Token), Messages(pass.Epoch, both.Token), Follow(both.Token), Outside(both.Token) };
        // Neither goes on alone: the failure of one is the failure of both, and both begin anew.
        await Task.WhenAny(running);
        await both.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>Does all that waits and is due, messages included. Returns how many steps and messages that were.</summary>
    /// <exception cref="NotPossibleException">Another hub runs the workflows of this database.</exception>
    public async Task<int> Drain(CancellationToken ct)
    {
        await using var pass = await lane.Enter(Journeys.Lease, ct);
        await delivery.Recover(pass.Epoch, pass.Token);
        for (var done = 0; ;)
        {
            var before = done;
            while (await events.Step(pass.Epoch, pass.Token)) done++;
            while (await delivery.Deliver(pass.Epoch, pass.Token) is > 0 and var delivered) done += delivered;
            while (await outside.Take(AskedAtOnce, pass.Token) is { Count: > 0 } rows)
            {
                foreach (var row in rows) await outside.Answer(row, pass.Token);
                done += rows.Count;
            }

            while (await pipelines.Create(Unheard).Follow(pass.Token)) done++;
            if (done == before) return done;
        }
    }

    private async Task Events(long epoch, CancellationToken ct)
    {
        while (true)
        {
            if (await events.Step(epoch, ct))
            {
                decided.Ring();
                set.Ring();
                asked.Ring();
            }
            else await landed.Wait(Until(await store.Journeys.NextDue(ct)), time, ct);
        }
    }

    private async Task Messages(long epoch, CancellationToken ct)
    {
        while (true)
            if (await delivery.Deliver(epoch, ct) == 0) await decided.Wait(Until(await delivery.NextDue(ct)), time, ct);
    }

    /// <summary>What was set goes into golden records and to the sources; a changed contact rings the events' lane again.</summary>
    private async Task Follow(CancellationToken ct)
    {
        while (true)
        {
            if (await pipelines.Create(Unheard).Follow(ct)) landed.Ring();
            else await set.Wait(LookForOtherProcesses, time, ct);
        }
    }

    /// <summary>Asks outside, many at once: a vendor that is slow for one contact holds up no other.</summary>
    private async Task Outside(CancellationToken ct)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                foreach (var ended in running.Where(r => r.IsCompleted).ToList())
                {
                    running.Remove(ended);
                    await ended;
                }

                var rows = running.Count < AskedAtOnce ? await outside.Take(AskedAtOnce - running.Count, ct) : [];
                running.AddRange(rows.Select(r => outside.Answer(r, ct)));
                if (rows.Count == 0) await Task.WhenAny([asked.Wait(LookForOtherProcesses, time, ct), .. running]);
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Progress<RunProgress> Unheard { get; } = new();

    /// <summary>How long nothing is due: never so long that what another process lands would wait for it, never so short that a channel that is down would be asked without end.</summary>
    private TimeSpan Until(DateTimeOffset? due)
    {
        var wait = due is { } at ? at - time.GetUtcNow() : LookForOtherProcesses;
        return wait <= TimeSpan.Zero ? LookForOtherProcesses / 10 : wait < LookForOtherProcesses ? wait : LookForOtherProcesses;
    }
}

/// <summary>Runs the workflows while the hub serves. Where another hub runs them, it stands by.</summary>
internal sealed partial class WorkflowService(WorkflowLane lane, TimeProvider time, ILogger<WorkflowService> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await lane.Run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NotPossibleException or OperationCanceledException)
            {
                StandsBy(log, e.Message);
            }
            catch (Exception e)
            {
                // What was saved stays; nothing else runs the workflows, so it must not end.
                Stopped(log, e);
            }

            await Task.Delay(TryAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1411, LogLevel.Information, "Workflows stand by: {Reason}")]
    private static partial void StandsBy(ILogger log, string reason);

    [LoggerMessage(1412, LogLevel.Error, "Workflows stopped; they begin anew in some seconds, from what was saved")]
    private static partial void Stopped(ILogger log, Exception failure);
}
