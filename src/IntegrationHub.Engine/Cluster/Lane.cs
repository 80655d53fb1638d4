using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Cluster;

/// <summary>
/// The one lane in which records are changed: whoever is in it holds a lease in the database, so that two processes never match or merge at the same time.
/// A process that was killed on this machine leaves the lane at once, one on another machine when its lease runs out.
/// </summary>
public sealed class Lane(HubStore store, TimeProvider time) : IDisposable
{
    private const string Name = "records";
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim own = new(1, 1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private int histories;

    /// <summary>Whose turn it is to match and merge in this process: a sync takes it for these stages only, so that a lead that comes while a source is being pulled does not wait for it.</summary>
    internal SemaphoreSlim Turn => turn;

    /// <summary>True while a first pull, or one of everything again, is under way in this process.</summary>
    internal bool IsHistory => Volatile.Read(ref histories) > 0;

    /// <summary>What is merged until the end of this is history.</summary>
    internal IDisposable BeginHistory()
    {
        Interlocked.Increment(ref histories);
        return new HistoryRun(this);
    }

    /// <summary>Enters the lane. Runs of one process take turns.</summary>
    /// <exception cref="NotPossibleException">Another process is in it.</exception>
    public async Task<LanePass> Enter(CancellationToken ct)
    {
        await own.WaitAsync(ct);
        try
        {
            return await Enter(Name, Left, ct);
        }
        catch
        {
            own.Release();
            throw;
        }
    }

    /// <summary>Enters for a batch of one, in the same breath as an event: beside a sync of this process that is not matching or merging, else by itself. Null while another process is in the lane.</summary>
    internal async Task<IAsyncDisposable?> Share(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        var alone = false;
        try
        {
            alone = await own.WaitAsync(TimeSpan.Zero, ct);
            return new Shared(turn, alone ? await Enter(Name, () => ReleaseOwn(), ct) : null);
        }
        catch (NotPossibleException)
        {
            if (alone) own.Release();
            turn.Release();
            return null;
        }
        catch
        {
            if (alone) own.Release();
            turn.Release();
            throw;
        }
    }

    /// <summary>Takes a lease of its own name, beside the lane of records.</summary>
    /// <exception cref="NotPossibleException">Another process holds it.</exception>
    public Task<LanePass> Enter(string name, CancellationToken ct) => Enter(name, () => Task.CompletedTask, ct);

    /// <summary>A lead that is being resolved in the shelter of this pass is resolved before the lane is given back.</summary>
    private async Task Left()
    {
        await turn.WaitAsync();
        turn.Release();
        own.Release();
    }

    private Task ReleaseOwn()
    {
        own.Release();
        return Task.CompletedTask;
    }

    private async Task<LanePass> Enter(string name, Func<Task> left, CancellationToken ct)
    {
        var epoch = await store.Leases.TryTake(name, Holder.Own(), Ttl, time.GetUtcNow(), ct) ?? await Inherit(name, ct);
        if (epoch is not { } taken)
        {
            var holder = await store.Leases.Holder(name, time.GetUtcNow(), ct);
            throw new NotPossibleException(
                $"Another hub is at work on this database ({holder?.Holder ?? "just finishing"}). Wait until it is done, or ask it to stop; a crashed one is passed after {Ttl.TotalSeconds:0} seconds.");
        }

        if (name == Name) await store.Runs.CloseInterrupted(time.GetUtcNow(), ct);
        return new LanePass(store, time, name, taken, Ttl, RenewEvery, left, ct);
    }

    private async Task<long?> Inherit(string name, CancellationToken ct) =>
        await store.Leases.Holder(name, time.GetUtcNow(), ct) is { } held && Holder.IsDead(held.Holder)
            ? await store.Leases.TryTake(name, held.Holder, Ttl, time.GetUtcNow(), ct)
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        own.Dispose();
        turn.Dispose();
    }

    private sealed class HistoryRun(Lane lane) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref lane.histories);
    }

    private sealed class Shared(SemaphoreSlim turn, LanePass? pass) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (pass is not null) await pass.DisposeAsync();
            turn.Release();
        }
    }

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
    private readonly Func<Task> afterLeaving;
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource left = new();
    private readonly Task renewing;

    internal LanePass(HubStore store, TimeProvider time, string name, long epoch, TimeSpan ttl, TimeSpan every, Func<Task> afterLeaving, CancellationToken ct)
    {
        (this.store, this.name, this.epoch, this.afterLeaving) = (store, name, epoch, afterLeaving);
        lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        renewing = Renew(time, ttl, every);
    }

    /// <summary>Cancelled when the caller's own token is, or when the lease was lost to another process.</summary>
    public CancellationToken Token => lost.Token;

    /// <summary>The epoch of the lease: what is written under it is fenced.</summary>
    internal long Epoch => epoch;

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
        await afterLeaving();
        left.Dispose();
        lost.Dispose();
    }
}
