using IntegrationHub.Store;

namespace IntegrationHub.Engine.Actions;

/// <summary>Runs, quarantine and migrations: what the person who operates the hub asks for.</summary>
public sealed class Operations(HubStore store, SyncSources sync, TimeProvider time)
{
    /// <summary>The latest runs, newest first.</summary>
    public Task<IReadOnlyList<RunRow>> Runs(int limit, CancellationToken ct) => store.Runs.List(limit, ct);

    /// <summary>What is in quarantine, newest first.</summary>
    public Task<IReadOnlyList<QuarantineRow>> Quarantine(int limit, CancellationToken ct) => store.Quarantine.List(cleared: false, limit, ct);

    /// <summary>Tries rows of the quarantine again at once. Rows that never became records come again with the next pull of their source.</summary>
    /// <param name="ids">Their numbers; null for all.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>How many were tried, and how many rows are still in quarantine.</returns>
    public async Task<(int Tried, long Left)> Retry(IReadOnlyCollection<long>? ids, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var tried = await store.Quarantine.Retry(ids, ct);
        await store.Trail.Add([new TrailEntry(time.GetUtcNow(), by.Name, "retry", "quarantine", ids is null ? "all" : string.Join(',', ids), null, null, null)], ct);
        if (tried > 0) await sync.Settle("retry", progress, ct);
        return (tried, await store.Quarantine.Count(ct));
    }

    /// <summary>Brings the database to this version's model. False when it was current.</summary>
    public async Task<bool> Migrate(Actor by, CancellationToken ct)
    {
        by.Require(Role.Admin);
        if (await store.IsCurrent(ct)) return false;
        await store.Migrate(ct);
        return true;
    }
}
