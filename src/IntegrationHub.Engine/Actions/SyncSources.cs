using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Actions;

/// <summary>Runs the pipeline: by command, by schedule, after an import.</summary>
public sealed class SyncSources(HubStore store, PipelineFactory pipelines, RecipeBook recipes, Lane lane, TimeProvider time)
{
    /// <summary>Pulls one source or all, and brings the golden records up to date.</summary>
    /// <param name="only">The source's name; null for all.</param>
    /// <param name="full">True to pull everything again, which also finds rows that vanished without a word.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops between transactions; nothing is lost.</param>
    /// <exception cref="NotPossibleException">There is no such source, none at all, or another hub is at work.</exception>
    public async Task<SyncReport> Run(string? only, bool full, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var sources = only is null ? await store.Sources.List(ct) : [await SourceActions.Find(store, only, ct)];
        if (sources.Count == 0) throw new NotPossibleException("There is no source to sync. Add one: hub source add NAME --connector hubspot|mailchimp|shopify|files …");
        return await InLane("sync", only, pass => pipelines.Create(progress).Refresh(sources, full, pass), ct);
    }

    /// <summary>Works off what decisions and retries have set in motion, pulling nothing.</summary>
    public Task<SyncReport> Settle(string kind, IProgress<RunProgress> progress, CancellationToken ct) =>
        InLane(kind, null, pass => pipelines.Create(progress).Settle(pass), ct);

    /// <summary>Changes something in the lane, so that no sync changes it meanwhile, and works off what follows from it.</summary>
    /// <param name="kind">What the run is called.</param>
    /// <param name="change">The change. Its transactions enqueue the work that follows.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops between transactions; what was saved takes effect with the next run at the latest.</param>
    /// <exception cref="NotPossibleException">Another hub is at work.</exception>
    public Task<SyncReport> Change(string kind, Func<CancellationToken, Task> change, IProgress<RunProgress> progress, CancellationToken ct) => InLane(
        kind,
        null,
        async pass =>
        {
            await change(pass);
            return await pipelines.Create(progress).Settle(pass);
        },
        ct);

    /// <summary>What write-back would change at the sources as they were last pulled. Nothing is pulled, written or saved.</summary>
    /// <param name="only">The source's name; null for all.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<WriteBackPreview> DryRun(string? only, CancellationToken ct)
    {
        var sources = only is null ? await store.Sources.List(ct) : [await SourceActions.Find(store, only, ct)];
        var bySource = sources.ToDictionary(s => s.Name.Value, s => SourceRecipes.Of(s, recipes), StringComparer.Ordinal);
        var described = bySource.Where(s => s.Value.WritesBack(enabledOnly: false)).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var enabled = described.Where(s => bySource[s].WritesBack(enabledOnly: true)).Order(StringComparer.Ordinal).ToList();
        var lines = new List<WriteBackLine>();
        await foreach (var line in new SyncStage(store, time).Preview(described, (key, payload) => bySource[key.Source].For(key.Stream, payload), ct)) lines.Add(line);
        return new WriteBackPreview(lines, enabled, [.. described.Except(enabled).Order(StringComparer.Ordinal)]);
    }

    private async Task<SyncReport> InLane(string kind, string? source, Func<CancellationToken, Task<PipelineReport>> run, CancellationToken ct)
    {
        await using var pass = await lane.Enter(ct);
        var started = time.GetTimestamp();
        var id = await store.Runs.Start(kind, source, time.GetUtcNow(), ct);
        try
        {
            var done = await run(pass.Token);
            var totals = await store.Stats.Totals(ct);
            var report = new SyncReport(
                id, done.Sources,
                new UnifyReport(
                    done.Matched.Weighed, totals.OpenQueue, done.Matched.LargeBlocks, totals.Contacts + totals.Companies, done.Merged.Changed, done.Merged.Merges),
                done.WrittenBack, time.GetElapsedTime(started).TotalSeconds);
            var errors = report.Sources.Where(s => s.Error is not null).Select(s => $"{s.Source}: {s.Error}").ToList();
            var status = report.AnyFailed || report.AnyQuarantined ? RunStatus.Partly : RunStatus.Done;
            await store.Runs.Finish(id, status, CountsOf(report), errors, time.GetUtcNow(), ct);
            return report;
        }
        catch (Exception e)
        {
            var why = e is OperationCanceledException ? "stopped" : e.Message;
            await store.Runs.Finish(id, RunStatus.Failed, new Dictionary<string, long>(), [why], time.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    private static Dictionary<string, long> CountsOf(SyncReport report) => new()
    {
        ["pulled"] = report.Sources.Sum(s => s.Pulled),
        ["new"] = report.Sources.Sum(s => s.New),
        ["changed"] = report.Sources.Sum(s => s.Changed),
        ["unchanged"] = report.Sources.Sum(s => s.Unchanged),
        ["deleted"] = report.Sources.Sum(s => s.Deleted),
        ["quarantined"] = report.Sources.Sum(s => s.Quarantined),
        ["golden_changed"] = report.Unified.GoldenChanged,
        ["merges"] = report.Unified.Merges,
        ["queue"] = report.Unified.Queue,
        ["written_back"] = report.WrittenBack.Delivered,
        ["milliseconds"] = (long)(report.Seconds * 1000),
    };
}
