using IntegrationHub.Connect;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>Pull and Land: pages of a connector become source records, and events where their stream tells what contacts did, each page in one transaction with its cursor.</summary>
internal sealed class PullStage(HubStore store, EventSignal landed, TimeProvider time)
{
    /// <summary>Pulls all streams of a source to their ends.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="connector">Its connector.</param>
    /// <param name="full">True to pull everything again, which also finds rows that vanished without a word.</param>
    /// <param name="recipes">Which streams become clean records, and which events; the others land and stay raw.</param>
    /// <param name="tally">Counts as it goes, so that what landed before an error is reported.</param>
    /// <param name="ct">Stops between and within pages; what was saved stays.</param>
    /// <exception cref="ConnectorException">The source refused or is unreachable; what landed before stays, and the next pull goes on from there.</exception>
    public async Task Run(SourceName source, IConnector connector, bool full, SourceRecipes recipes, PullTally tally, CancellationToken ct)
    {
        foreach (var stream in connector.Streams)
            await PullStream(source, connector, stream.Name, full, recipes, tally, ct);
    }

    private async Task PullStream(SourceName source, IConnector connector, string stream, bool full, SourceRecipes recipes, PullTally tally, CancellationToken ct)
    {
        var normalise = recipes.Maps(stream);
        var state = await store.Sources.StreamState(source, stream, ct);
        var (cursor, pass) = (state.Cursor, state.FullPass);
        if (full || (cursor is null && pass is null) || MustReadAll(connector, stream, cursor))
            (cursor, pass) = (null, await store.Sources.BeginPass(source, stream, time.GetUtcNow(), ct));

        var started = time.GetUtcNow();
        // A full pull tells what has been, but for what happened since the one before ended: that an incremental pull may not have told yet.
        var told = new ToldEvents(source, stream, recipes.Events(stream), pass is { } begun ? state.LastFullAt ?? BeginOf(begun, started) : null);
        await foreach (var page in connector.Pull(stream, cursor, ct).WithCancellation(ct))
        {
            var rows = page.Records.Select(r => told.Of(r, time.GetUtcNow())).ToList();
            if (told.Take() is { Count: > 0 } unread) await SetAside(source, stream, unread, ct);
            // Before the cursor moves past them: a kill in between tells them twice, never not at all.
            if (page.Problems.Count > 0) await SetAside(source, stream, page.Problems, ct);
            var counts = await store.Landing.SavePage(source, stream, rows, page.Cursor, pass, normalise, time.GetUtcNow(), ct);
            tally.Add(rows.Count, counts, page.Problems.Count + told.Unread);
            if (counts.Events > 0) landed.Ring();
        }

        if (pass is not { } generation) return;
        await store.Quarantine.ClearUnseen(source, stream, BeginOf(generation, started), "pull", time.GetUtcNow(), ct);
        if (await store.Landing.EndPass(source, stream, generation, normalise, time.GetUtcNow(), ct) is { } deleted) tally.Deleted += deleted;
        else tally.KeepUnseen(stream);
    }

    /// <summary>When the full pull began, which may have been in a run that was killed. A generation is a time, unless the clock went back.</summary>
    private static DateTimeOffset BeginOf(long generation, DateTimeOffset started)
    {
        var began = DateTimeOffset.UnixEpoch.AddTicks(generation * TimeSpan.TicksPerMicrosecond);
        return began < started ? began : started;
    }

    private static bool MustReadAll(IConnector connector, string stream, string? cursor) =>
        cursor is not null && connector is IFullPullWhenChanged whole && whole.NeedsFullPull(stream, cursor);

    private Task SetAside(SourceName source, string stream, IReadOnlyList<PullProblem> problems, CancellationToken ct) =>
        store.Quarantine.Add(
            [.. problems.Select(p => new QuarantineAdd("row", "pull", source.Value, stream, p.Place, null, p.Message, p.Raw, null))], time.GetUtcNow(), ct);
}

/// <summary>What a pull has done so far.</summary>
internal sealed class PullTally(Action<long> pulled)
{
    private readonly List<string> notes = [];

    public long Pulled { get; private set; }

    public long New { get; private set; }

    public long Changed { get; private set; }

    public long Unchanged { get; private set; }

    public long Deleted { get; set; }

    public long Problems { get; private set; }

    /// <summary>Events that were not known.</summary>
    public long Events { get; private set; }

    /// <summary>Records dropped, since their contacts were erased.</summary>
    public long Erased { get; private set; }

    /// <summary>What the admin should know.</summary>
    public IReadOnlyList<string> Notes => Erased == 0 ? notes : [.. notes, $"{Erased:N0} {(Erased == 1 ? "record" : "records")} of contacts that were erased came again and {(Erased == 1 ? "was" : "were")} dropped. Erase them at the source, too."];

    public void KeepUnseen(string stream) => notes.Add(
        $"{stream}: rows that are no longer at the source were kept, because they may be among those that could not be read. Mend these (hub quarantine list), then sync again.");

    public void Add(int rows, LandingCounts counts, int problems)
    {
        Pulled += rows;
        New += counts.New;
        Changed += counts.Changed;
        Unchanged += counts.Unchanged;
        Deleted += counts.Deleted;
        Erased += counts.Erased;
        Events += counts.Events;
        Problems += problems;
        pulled(Pulled);
    }
}
