using IntegrationHub.Connect;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine;

/// <summary>
/// The main flow: what the sources hold becomes golden records, in stages of one direction. Each stage takes work that the one before left, calls a pure function,
/// and saves in one transaction; so a run that is killed anywhere goes on where it was.
/// </summary>
internal sealed partial class Pipeline(
    HubStore store, SourceConnections connections, RecipeBook recipes, Models models, Mail.MailServers mailServers, Cluster.Lane lane, Events.EventSignal landed, TimeProvider time, IProgress<RunProgress> progress, ILogger<Pipeline> log)
{
    private readonly PullStage pull = new(store, landed, time);
    private readonly NormaliseStage normalise = new(store, mailServers, time);
    private readonly MatchStage match = new(store, models, time);
    private readonly MergeStage merge = new(store, time);
    private readonly LinkStage link = new(store);
    private readonly SyncStage sync = new(store, time);
    private readonly Delivery.WriteBackDelivery delivery = new(store, connections, time);

    // More than this are a sync's, which comes to them itself.
    private const int MostFollowed = 1_000;

    // A new recipe makes old records anew: what comes of that is no news.
    private volatile bool hasStale;

    /// <summary>Refreshes the golden records from some sources. One source's failure stops no other; the caller holds the lane.</summary>
    /// <param name="sources">What to pull. Work that earlier runs left is done too, whatever source it is of.</param>
    /// <param name="full">True to pull everything again.</param>
    /// <param name="ct">Stops between transactions; nothing is lost.</param>
    public async Task<PipelineReport> Refresh(IReadOnlyList<SourceRow> sources, bool full, CancellationToken ct)
    {
        using var history = await History(sources, full, ct);
        var pulled = await Task.WhenAll(sources.Select(s => PullAndNormalise(s, full, ct))); // pages -> source records -> clean records, or quarantine
        var (matched, merged) = await InTurn(ct);
        await Sync(ct);                                                                     // changed golden records -> write-backs in the outbox
        var written = await Deliver(ct);                                                    // the outbox             -> the sources
        return new PipelineReport(pulled, matched, merged, written);
    }

    /// <summary>Matches and merges what a decision or a retry has set in motion, without pulling anything. The caller holds the lane.</summary>
    public async Task<PipelineReport> Settle(CancellationToken ct)
    {
        var sources = await store.Sources.List(ct);
        var normalised = new List<SourceReport>();
        foreach (var source in sources) normalised.Add(await NormaliseOnly(source, ct));
        var (matched, merged) = await InTurn(ct);
        await Sync(ct);
        return new PipelineReport(normalised, matched, merged, await Deliver(ct));
    }

    /// <summary>Cleans, matches and merges what a webhook has brought of a source. The caller has the turn.</summary>
    public async Task Arrived(SourceRow source, CancellationToken ct)
    {
        await Normalise(source, SourceRecipes.Of(source, recipes), ct);
        await Resolve(ct);
    }

    /// <summary>Matches and merges what waits, in the same breath as an event. The caller has the turn.</summary>
    public async Task<(MatchTally Matched, MergeTally Merged)> Resolve(CancellationToken ct)
    {
        var matched = await Match(ct); // changed clean records  -> weighed pairs -> clusters, merge queue
        var merged = await Merge(ct);  // changed clusters       -> golden records with provenance
        await link.Run(ct);            // changed golden records -> contacts' links to companies
        return (matched, merged);
    }

    /// <summary>
    /// What workflows have set, on its way: into golden records, and from there into the outbox and to the sources that take it. True when there was anything to do. Needs no pass: it takes its turn where something is
    /// to be merged, and lets another process that is in the lane do it.
    /// </summary>
    public async Task<bool> Follow(CancellationToken ct)
    {
        var isMerged = false;
        if (await store.Work.WaitsForWorkflow(ct) && await lane.Share(ct) is { } share)
            await using (share)
            {
                await Merge(ct);
                await link.Run(ct);
                isMerged = true;
            }

        try
        {
            if (await store.Work.Count(Stage.Sync, ct) is > 0 and <= MostFollowed) await Sync(ct);
            var written = await Deliver(ct);
            return isMerged || written.Delivered + written.Failed + written.Waiting > 0;
        }
        catch (RecipeException e)
        {
            NotFollowed(log, e.Message);
            return isMerged;
        }
    }

    private async Task<(MatchTally Matched, MergeTally Merged)> InTurn(CancellationToken ct)
    {
        await lane.Turn.WaitAsync(ct);
        try
        {
            return await Resolve(ct);
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    /// <summary>A first pull, and a pull of everything again, tell what has been, not what happens: they enrol nobody.</summary>
    private async Task<IDisposable?> History(IReadOnlyList<SourceRow> sources, bool full, CancellationToken ct)
    {
        if (full) return lane.BeginHistory();
        foreach (var source in sources)
            if ((await store.Sources.Streams(source.Name, ct)).All(s => s.LastFullAt is null)) return lane.BeginHistory();
        return null;
    }

    private async Task<SourceReport> PullAndNormalise(SourceRow source, bool full, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var own = SourceRecipes.Of(source, recipes);
        var tally = new PullTally(n => progress.Report(new RunProgress("Pull", source.Name.Value, n, null)));
        string? error = null;
        try
        {
            await using var open = connections.Open(source, own);
            await pull.Run(source.Name, open.Connector, full, own, tally, ct);
        }
        catch (Exception e) when (e is ConnectorException or ConfigurationException)
        {
            error = e.Message;
            PullStopped(log, source.Name.Value, e.Message);
        }

        var (quarantined, notes) = await Normalise(source, own, ct);
        return new SourceReport(
            source.Name.Value, source.Connector, tally.Pulled, tally.New, tally.Changed, tally.Unchanged, tally.Deleted, tally.Problems + quarantined,
            time.GetElapsedTime(started).TotalSeconds, error, [.. tally.Notes, .. notes])
        { Events = tally.Events };
    }

    private async Task<SourceReport> NormaliseOnly(SourceRow source, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var (quarantined, notes) = await Normalise(source, SourceRecipes.Of(source, recipes), ct);
        return new SourceReport(source.Name.Value, source.Connector, 0, 0, 0, 0, 0, quarantined, time.GetElapsedTime(started).TotalSeconds, null, notes);
    }

    private async Task<(long Quarantined, IReadOnlyList<string> Notes)> Normalise(SourceRow source, SourceRecipes own, CancellationToken ct)
    {
        var quarantined = 0L;
        var notes = new List<string>();
        foreach (var stream in new[] { Streams.Contacts, Streams.Companies }.Where(own.Maps))
        {
            var tally = await normalise.Run(source, stream, own, n => progress.Report(new RunProgress("Normalise", source.Name.Value, n, null)), ct);
            quarantined += tally.Quarantined;
            hasStale |= tally.HasStale;
            notes.AddRange(tally.Notes());
        }

        return (quarantined, notes);
    }

    private Task<MatchTally> Match(CancellationToken ct) => match.Run(n => progress.Report(new RunProgress("Match", null, n, null)), ct);

    private async Task<MergeTally> Merge(CancellationToken ct)
    {
        var sources = await store.Sources.List(ct);
        var rules = recipes.Survivorship.WithConnectors(sources.Select(s => KeyValuePair.Create(s.Name.Value, s.Connector)));
        return await merge.Run(rules, lane.IsHistory || hasStale, n => progress.Report(new RunProgress("Merge", null, n, null)), ct);
    }

    private async Task Sync(CancellationToken ct)
    {
        var bySource = await RecipesBySource(ct);
        var enabled = bySource.Where(s => s.Value.WritesBack(enabledOnly: true)).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        await sync.Run((key, payload) => bySource[key.Source].For(key.Stream, payload), enabled, ct);
    }

    private Task<WriteBackReport> Deliver(CancellationToken ct) => delivery.Run(s => SourceRecipes.Of(s, recipes), ct);

    private async Task<Dictionary<string, SourceRecipes>> RecipesBySource(CancellationToken ct) =>
        (await store.Sources.List(ct)).ToDictionary(s => s.Name.Value, s => SourceRecipes.Of(s, recipes), StringComparer.Ordinal);

    [LoggerMessage(1102, LogLevel.Warning, "What workflows have set stands in the hub, and waits to be written back until this is mended: {Reason}")]
    private static partial void NotFollowed(ILogger log, string reason);

    [LoggerMessage(1101, LogLevel.Warning, "Pull of {Source} stopped early; what landed stays, the next run goes on from there: {Reason}")]
    private static partial void PullStopped(ILogger log, string source, string reason);
}
