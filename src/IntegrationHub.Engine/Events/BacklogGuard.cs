using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>
/// A change of many contacts at once, such as an import or a new rule, that would enrol more than 500 of them, or 5 %, stops the workflow and asks a person. A handful is never asked about.
/// </summary>
internal sealed class BacklogGuard(HubStore store, TimeProvider time)
{
    private const int Most = 500;
    private const double MostShare = 0.05;
    private const int AHandful = 25;
    private const int Slice = 500;

    private bool lookedAt;

    /// <summary>Looks at what waits before any of it is done. True when a workflow was paused: then all is to be looked at anew.</summary>
    public async Task<bool> Stops(Func<IReadOnlyCollection<GoldenId>, CancellationToken, Task<JourneyBatch>> load, CancellationToken ct)
    {
        var waiting = await store.Work.Count(Stage.Trigger, ct);
        if (waiting <= AHandful) lookedAt = false;
        if (waiting <= AHandful || lookedAt) return false;
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var after = 0L; await store.Work.Take(Stage.Trigger, after, Slice, ct) is { Count: > 0 } work; after = work[^1].Key)
        {
            var ids = await store.Journeys.Ids([.. work.Where(w => w.Reason != Work.History).Select(w => w.Key)], ct);
            var batch = await load([.. ids.Values], ct);
            foreach (var id in ids.Values)
                if (batch.Has(id)) batch.Change(id, time.GetUtcNow(), history: false);
            foreach (var (workflow, count) in batch.Entries()) entries[workflow] = entries.GetValueOrDefault(workflow) + count;
        }

        lookedAt = true;
        var contacts = (await store.Stats.Totals(ct)).Contacts;
        var limit = Math.Max(AHandful, Math.Min(Most, (long)(contacts * MostShare)));
        var over = entries.Where(e => e.Value > limit).ToList();
        foreach (var (workflow, count) in over)
        {
            var why = $"{count} of {contacts} contacts would enter at once through one change; {limit} are the most without being asked. Look at what changed, then: hub workflow resume {workflow}";
            await store.Launches.SetState(workflow, LaunchState.Paused, "hub", [new TrailEntry(time.GetUtcNow(), "hub", "pause", "workflow", workflow, null, null, why)], time.GetUtcNow(), ct);
        }

        return over.Count > 0;
    }
}
