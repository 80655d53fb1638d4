using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Cluster;

/// <summary>
/// The one lane in which records are changed: whoever is in it holds a lease in the database, so that two processes never match or merge at the same time.
/// A process that was killed on this machine leaves the lane at once, one on another machine when its lease runs out.
/// </summary>
public sealed class Lane(HubStore store, TimeProvider time)
{
    private const string Name = "records";
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    /// <summary>Enters the lane.</summary>
    /// <exception cref="NotPossibleException">Another process is in it.</exception>
    public async Task<LanePass> Enter(CancellationToken ct)
    {
        var own = Holder.Own();
        var epoch = await store.Leases.TryTake(Name, own, Ttl, time.GetUtcNow(), ct) ?? await Inherit(ct);
        if (epoch is not { } taken)
        {
            var holder = await store.Leases.Holder(Name, time.GetUtcNow(), ct);
            throw new NotPossibleException(
                $"Another hub is at work on this database ({holder?.Holder ?? "just finishing"}). Wait until it is done, or ask it to stop; a crashed one is passed after {Ttl.TotalSeconds:0} seconds.");
        }

        await store.Runs.CloseInterrupted(time.GetUtcNow(), ct);
        return new LanePass(store, time, Name, taken, Ttl, RenewEvery, ct);
    }

    private async Task<long?> Inherit(CancellationToken ct) =>
        await store.Leases.Holder(Name, time.GetUtcNow(), ct) is { } held && Holder.IsDead(held.Holder)
            ? await store.Leases.TryTake(Name, held.Holder, Ttl, time.GetUtcNow(), ct)
            : null;

    /// <summary>A process by machine, number and start, so that a number used again is not mistaken for its former owner.</summary>
    private static class Holder
    {
        public static string Own()
        {
            using var process = Process.GetCurrentProcess();
            return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}");
        }

        public static bool IsDead(string holder)
        {
            if (holder.Split('/') is not [var machine, var number, var start] || machine != Environment.MachineName) return false;
            if (!int.TryParse(number, CultureInfo.InvariantCulture, out var id) || !long.TryParse(start, CultureInfo.InvariantCulture, out var ticks)) return false;
            try
            {
                using var process = Process.GetProcessById(id);
                return Math.Abs(process.StartTime.ToUniversalTime().Ticks - ticks) > TimeSpan.TicksPerSecond;
            }
            catch (ArgumentException)
            {
                return true;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }
}

/// <summary>The right to be in the lane. Renews its lease until disposed; <see cref="Token"/> is cancelled when the lease was lost.</summary>
public sealed class LanePass : IAsyncDisposable
{
    private readonly HubStore store;
    private readonly string name;
    private readonly long epoch;
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource left = new();
    private readonly Task renewing;

    internal LanePass(HubStore store, TimeProvider time, string name, long epoch, TimeSpan ttl, TimeSpan every, CancellationToken ct)
    {
        (this.store, this.name, this.epoch) = (store, name, epoch);
        lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        renewing = Renew(time, ttl, every);
    }

    /// <summary>Cancelled when the caller's own token is, or when the lease was lost to another process.</summary>
    public CancellationToken Token => lost.Token;

    private async Task Renew(TimeProvider time, TimeSpan ttl, TimeSpan every)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(left.Token))
                if (!await store.Leases.Renew(name, epoch, ttl, time.GetUtcNow(), left.Token))
                {
                    await lost.CancelAsync();
                    return;
                }
        }
        catch (OperationCanceledException)
        {
            // The lane was left.
        }
        catch (StoreException)
        {
            await lost.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await left.CancelAsync();
        await renewing;
        await store.Leases.Release(name, epoch, CancellationToken.None);
        left.Dispose();
        lost.Dispose();
    }
}
