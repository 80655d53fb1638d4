using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine;

/// <summary>
/// The second flow: what contacts do wakes their workflows at once. Events are landed before this begins, and sent and measured after it ends; here they are attached and trigger. Each step takes what waits,
/// calls the pure reducer, and saves in one transaction, so that a kill loses nothing and does nothing twice. Events go first, then contacts that changed, then time, then launches.
/// </summary>
public sealed partial class EventPipeline(HubStore store, WorkflowsInForce workflows, PipelineFactory pipelines, Lane lane, TrackedLinks links, TimeProvider time, ILogger<EventPipeline> log)
{
    private const int LeastEventsAStep = 32;
    private const int MostEventsAStep = 512;

    // So long a step may take: what comes meanwhile waits for it, and a kill has it done anew.
    private static readonly TimeSpan AStep = TimeSpan.FromMilliseconds(25);
    private const int ContactsAStep = 500;

    private int eventsAStep = 64;

    private readonly EventAttachment attachment = new(store, pipelines, lane, time);
    private readonly JourneyMerges merges = new(store, time);
    private readonly LaunchScan scan = new(store, time);
    private readonly BacklogGuard guard = new(store, time);

    /// <summary>Told the ids of events whose workflows were run, when all that came of it is on the disk: for measurements.</summary>
    public event Action<IReadOnlyCollection<string>>? Decided;

    /// <summary>One step of what waits most urgently. False when nothing waits.</summary>
    /// <param name="epoch">The lease under which it runs.</param>
    /// <param name="ct">Stops between transactions; nothing is lost.</param>
    /// <exception cref="NotPossibleException">Another hub has taken over.</exception>
    public async Task<bool> Step(long epoch, CancellationToken ct)
    {
        var set = await workflows.Current(ct);
        return await Landed(set, epoch, ct)        // landed events     -> their contacts -> journeys, effects, outbox
            || await Changed(set, epoch, ct)       // changed contacts  -> exits, held entries, segments entered
            || await Due(set, epoch, ct)           // time              -> the next steps
            || await Scan(set, epoch, ct);         // a launch          -> who fits already, as a baseline or in turn
    }

    private async Task<bool> Landed(WorkflowSet set, long epoch, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var rows = await store.Events.TakeLanded(eventsAStep, ct);
        if (rows.Count == 0) return false;
        var owners = await attachment.Attach(rows, ct);
        var settled = rows.Where(r => owners.ContainsKey(r.Seq)).Select(r => new EventSettlement(r.Seq, owners[r.Seq] is null ? EventState.Waiting : EventState.Attached, owners[r.Seq]?.Golden, owners[r.Seq]?.RecordId)).ToList();
        if (settled.Count == 0) return false;
        foreach (var row in rows.Where(r => owners.TryGetValue(r.Seq, out var owner) && owner is null))
            await store.Suppressions.Add([.. MessageWriter.SuppressionsOf(row.Event, null)], [], ct);
        var batch = await Load(set, [.. owners.Values.OfType<EventOwner>().Select(o => o.Golden).Distinct()], ct);
        foreach (var row in rows)
            if (owners.GetValueOrDefault(row.Seq) is { } owner && batch.Has(owner.Golden)) Isolated(batch, owner.Golden, () => Run(set, batch, owner.Golden, row));
        await Save(batch, settled, [], epoch, ct);
        var fits = rows.Count * (AStep / Max(time.GetElapsedTime(began), TimeSpan.FromMilliseconds(0.1)));
        // Few rows say little of many: only a full step makes the next one larger.
        if (rows.Count == eventsAStep || fits < eventsAStep) eventsAStep = (int)Math.Clamp(fits, Math.Max(LeastEventsAStep, eventsAStep / 2), Math.Min(MostEventsAStep, eventsAStep * 2));
        Decided?.Invoke([.. rows.Where(r => owners.ContainsKey(r.Seq)).Select(r => r.Event.Id)]);
        return true;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void Run(WorkflowSet set, JourneyBatch batch, GoldenId golden, EventRow row)
    {
        if (row.Event.Type != EnrolRequest.Type) batch.Event(golden, row);
        else if (row.Event.Properties.Text("workflow") is { } name && set.Find(name) is { } launched) batch.Enrol(golden, launched, time.GetUtcNow(), row.Event.Properties.Text("why") ?? "by hand");
    }

    private async Task<bool> Changed(WorkflowSet set, long epoch, CancellationToken ct)
    {
        var work = await store.Work.Take(Stage.Trigger, 0, ContactsAStep, ct);
        if (work.Count == 0) return false;
        var ids = await store.Journeys.Ids([.. work.Select(w => w.Key)], ct);
        if (await merges.Settle([.. ids.Values], epoch, ct)) return true;
        if (await guard.Stops((rows, token) => Load(set, rows, token), ct)) return true;
        var batch = await Load(set, [.. ids.Values], ct);
        foreach (var row in work)
            if (ids.TryGetValue(row.Key, out var id) && batch.Has(id)) Isolated(batch, id, () => batch.Change(id, time.GetUtcNow(), row.Reason == Work.History));
        await Save(batch, [], work, epoch, ct);
        return true;
    }

    private async Task<bool> Due(WorkflowSet set, long epoch, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = await store.Journeys.Due(now, ContactsAStep, ct);
        if (due.Count == 0) return false;
        var batch = await Load(set, due, ct);
        foreach (var id in due)
            if (batch.Has(id)) Isolated(batch, id, () => batch.Time(id, now));
            else batch.Rest(id);
        await Save(batch, [], [], epoch, ct);
        return true;
    }

    private async Task<bool> Scan(WorkflowSet set, long epoch, CancellationToken ct)
    {
        if (workflows.Launches.FirstOrDefault(l => l.ScannedTo is not null && l.State == LaunchState.Live) is not { } launch || set.Find(launch.Name) is not { } launched) return false;
        var slice = await store.Journeys.Contacts(launch.ScannedTo ?? 0, ContactsAStep, ct);
        var batch = await Load(set, [.. slice.Select(s => s.Id)], ct);
        var admitted = launch.Admitted;
        foreach (var (_, id) in slice)
            if (batch.Has(id)) Isolated(batch, id, () => admitted += LaunchScan.Look(batch, id, launched, admitted, time.GetUtcNow()));
        await Save(batch, [], [], epoch, ct);
        await scan.Went(launch, slice, admitted, ct);
        return true;
    }

    private async Task<JourneyBatch> Load(WorkflowSet set, IReadOnlyCollection<GoldenId> ids, CancellationToken ct)
    {
        var journeys = await store.Journeys.Load(ids, ct);
        return new(set, new MessageWriter(workflows.Sender, links, workflows.TellsSlack), await store.Journeys.Facts(ids, ct), journeys, await store.Journeys.Routing(ct), time.GetUtcNow());
    }

    /// <summary>One contact's failure stops no other: it is put aside with the reason, and tried again in an hour.</summary>
    private void Isolated(JourneyBatch batch, GoldenId id, Action run)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            Failed(log, e, id);
            batch.Fail(id, e.Message);
        }
    }

    private async Task Save(JourneyBatch batch, IReadOnlyList<EventSettlement> settled, IReadOnlyList<WorkRow> done, long epoch, CancellationToken ct)
    {
        if (!await store.Journeys.Save(new LaneSave(batch.Saves(), batch.Settled(settled), done, [], batch.RoutingIfChanged, epoch), time.GetUtcNow(), ct))
            throw new NotPossibleException("Another hub has taken over the workflows of this database; nothing of this step was kept.");
        if (batch.Failures.Count > 0)
            await store.Quarantine.Add([.. batch.Failures.Select(f => new QuarantineAdd("enrolment", "trigger", null, null, f.Key.ToString(), null, f.Value, null, null))], time.GetUtcNow(), ct);
    }

    [LoggerMessage(1401, LogLevel.Error, "The workflows of contact {Contact} failed; it was put into quarantine and is tried again in an hour")]
    private static partial void Failed(ILogger log, Exception failure, GoldenId contact);
}
