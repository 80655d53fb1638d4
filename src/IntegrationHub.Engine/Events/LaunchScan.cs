using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Looks at every contact once for a launch: who fits already is a baseline, or is given a turn where the workflow includes who exists; whom time will bring in gets a timer.</summary>
internal sealed class LaunchScan(HubStore store, TimeProvider time)
{
    /// <summary>Looks at one contact. Returns 1 where it was given a turn.</summary>
    public static int Look(JourneyBatch batch, GoldenId id, LaunchedWorkflow launched, long admitted, DateTimeOffset now)
    {
        var takes = launched.Workflow.IncludeExisting && !batch.IsWatched(id, launched.Workflow.Name) && batch.FitsAtLaunch(id, launched);
        if (takes) batch.Admit(id, launched, launched.LaunchedAt + TimeSpan.FromDays(admitted / launched.Workflow.Pace));
        batch.Time(id, now);
        return takes ? 1 : 0;
    }

    /// <summary>Keeps how far it came; the end of the last slice is the end of the scan.</summary>
    public async Task Went(LaunchRow launch, IReadOnlyList<(long Row, GoldenId Id)> slice, long admitted, CancellationToken ct)
    {
        await store.Launches.Scanned(launch.Name, slice.Count == 0 ? null : slice[^1].Row, admitted, ct);
        if (slice.Count == 0)
            await store.Trail.Add([new TrailEntry(time.GetUtcNow(), "hub", "scanned", "workflow", launch.Name, null, $"{admitted}", "contacts that fitted at launch and were given a turn")], ct);
    }
}
