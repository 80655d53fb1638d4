using IntegrationHub.Auditing;
using IntegrationHub.Engine.Files;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>A finding of the last audit that the hub can do something about.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Does">What the hub would do, in one sentence.</param>
/// <param name="Batch">The latest batch of it that is previewed or applied; null for none.</param>
public sealed record FixableFinding(AuditFinding Finding, string Does, FixBatch? Batch);

/// <summary>What a batch would change, or has changed.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Does">What it does, in one sentence.</param>
/// <param name="Sample">The first of its changes.</param>
public sealed record FixPreview(FixBatch Batch, string Does, IReadOnlyList<FixItem> Sample);

/// <summary>What became of a batch.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Items">How many of its items are in which state.</param>
/// <param name="Overtaken">Some of those that a later word of a person has overtaken.</param>
public sealed record FixOutcome(FixBatch Batch, IReadOnlyDictionary<FixItemState, long> Items, IReadOnlyList<FixItem> Overtaken)
{
    /// <summary>How many items are in the state.</summary>
    public long Count(FixItemState state) => Items.GetValueOrDefault(state);
}

/// <summary>
/// Mends findings of the audit in batches: previewed first, applied only while the data are as they were then, taken back as a whole. Nothing here overwrites a source
/// record: fields are locked, points suppressed, pairs decided.
/// </summary>
public sealed class FixFindings(HubStore store, SyncSources sync, TimeProvider time)
{
    private const int ItemsATransaction = 1_000;

    // A decision costs some statements each: so that a transaction stays short, fewer of them.
    private const int PairsATransaction = 50;
    private const int OvertakenShown = 20;

    private readonly FixPlan plan = new(store);

    /// <summary>The findings of the last audit that the hub can do something about, in the audit's order.</summary>
    /// <exception cref="NotPossibleException">There is no audit yet, or one of an older version.</exception>
    public async Task<IReadOnlyList<FixableFinding>> Findings(Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var audit = await store.Audits.Latest(RunAudit.Everything, ct) ?? throw new NotPossibleException("There is no audit yet, so nothing is found that could be fixed. Run: hub audit");
        var report = AuditJson.Read(audit.Report) ?? throw new NotPossibleException($"The audit of {audit.At:yyyy-MM-dd HH:mm} UTC was made by another version of the hub. Run: hub audit");
        var fixable = new List<FixableFinding>();
        foreach (var finding in report.Findings.Where(f => HubFixes.Of(f.Code) != HubFix.None))
            fixable.Add(new FixableFinding(finding, DoesOf(finding.Code), await store.Fixes.Latest(finding.Code, [FixState.Previewed, FixState.Applying, FixState.Applied, FixState.Undoing], ct)));
        return fixable;
    }

    /// <summary>Draws up exactly what mending a finding would change, and keeps it, so that nothing else is applied. An earlier preview of the finding is thrown away.</summary>
    /// <param name="finding">The finding's code.</param>
    /// <param name="sample">How many changes to show.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="ct">Stops it; then there is no preview.</param>
    /// <exception cref="NotPossibleException">The hub can do nothing about such a finding.</exception>
    public async Task<FixPreview> Preview(string finding, int sample, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        RequireKnown(finding);
        var now = time.GetUtcNow();
        var batch = new FixBatch(Guid.CreateVersion7(now), finding, FixState.Drafted, 0, now, by.Name);
        await store.Fixes.Draft(batch, ct);
        var slice = new List<FixItem>(ItemsATransaction);
        var shown = new List<FixItem>();
        var items = 0;
        await foreach (var change in plan.Of(finding, ct))
        {
            var item = new FixItem(items++, FixItemState.Pending, change);
            if (shown.Count < sample) shown.Add(item);
            slice.Add(item);
            if (slice.Count < ItemsATransaction) continue;
            await store.Fixes.Draft(batch.Id, slice, ct);
            slice.Clear();
        }

        await store.Fixes.Draft(batch.Id, slice, ct);
        await store.Fixes.Drafted(batch.Id, items, ct);
        return new FixPreview(await Find(batch.Id, ct), DoesOf(finding), shown);
    }

    /// <summary>
    /// Applies the preview of a finding as one batch, and brings the golden records up to date. A batch that was killed on the way goes on; what of it no longer fits the
    /// data is left out and counted.
    /// </summary>
    /// <param name="finding">The finding's code.</param>
    /// <param name="by">Who applies.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops between transactions; applying again goes on, undoing takes back what was done.</param>
    /// <exception cref="RefusedException">The data have moved since the preview: nothing is applied.</exception>
    /// <exception cref="NotPossibleException">There is no preview, or another hub is at work.</exception>
    public async Task<FixOutcome> Apply(string finding, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        by.Require(Role.Admin);
        RequireKnown(finding);
        var id = Guid.Empty;
        await sync.Change(
            "fix",
            async pass =>
            {
                var batch = await store.Fixes.Latest(finding, [FixState.Applying], pass) ?? await store.Fixes.Latest(finding, [FixState.Previewed], pass)
                    ?? await AppliedAndUnsettled(finding, pass) ?? throw await NothingToApply(finding, pass);
                id = batch.Id;
                if (batch.State != FixState.Applied) await Apply(batch, by, progress, pass);
            },
            progress,
            ct);
        return await Outcome(id, ct);
    }

    /// <summary>Takes a whole batch back: locks and suppressions are released, decisions withdrawn. A batch that was taken back already is left as it is.</summary>
    /// <param name="batchId">The batch's id.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops between transactions; undoing again goes on.</param>
    /// <exception cref="NotPossibleException">There is no such batch, it was never applied, or another hub is at work.</exception>
    public async Task<FixOutcome> Undo(string batchId, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        by.Require(Role.Admin);
        var id = Guid.TryParse(batchId, out var parsed) ? parsed : throw new NotPossibleException($"'{batchId}' is no batch. See: hub fix list");
        var batch = await Find(id, ct);
        if (batch.State is FixState.Drafted or FixState.Previewed) throw new NotPossibleException($"Batch {id} was only previewed: it has changed nothing.");

        // One that is taken back may have been killed before the golden records followed: they follow now.
        await sync.Change("fix-undo", pass => batch.State == FixState.Undone ? Task.CompletedTask : Undo(batch, by, progress, pass), progress, ct);
        return await Outcome(id, ct);
    }

    /// <summary>Batches that were previewed, applied or taken back, the latest first.</summary>
    public Task<IReadOnlyList<FixBatch>> List(int limit, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        return store.Fixes.List(limit, ct);
    }

    /// <summary>Writes all changes of a batch into a CSV file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<long> Export(Guid batch, string path, CancellationToken ct)
    {
        using var file = CsvOutput.Create(path, escapeFormulas: true);
        file.Write(["contact", "action", "field", "before", "after", "channel", "purpose", "reason", "pair", "state"]);
        var rows = 0L;
        await foreach (var slice in store.Fixes.Items(batch, null, ct))
            foreach (var item in slice)
            {
                var c = item.Change;
                file.Write(
                [
                    c.Golden.ToString(), Word(c.Action), c.Field is { } f ? Fields.NameOf(f) : null, c.Before, c.After, c.Channel?.ToString().ToLowerInvariant(), c.Purpose,
                    c.Reason is { } r ? SuppressionCodes.Of(r) : null, c.PairId, item.State.ToString().ToLowerInvariant(),
                ]);
                rows++;
            }

        file.Complete();
        return rows;
    }

    /// <summary>The action in files and on screens: <c>correct</c>, <c>suppress</c>, <c>same</c>.</summary>
    public static string Word(FixAction action) => action.ToString().ToLowerInvariant();

    private async Task Apply(FixBatch batch, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        var fitting = new HashSet<FixChangeRow>();
        await foreach (var change in plan.Of(batch.Finding, ct)) fitting.Add(change);
        if (batch.State == FixState.Previewed)
        {
            await RequireUnmoved(batch, fitting, ct);
            if (!await store.Fixes.Move(batch.Id, FixState.Previewed, FixState.Applying, by.Name, time.GetUtcNow(), ct))
                throw new NotPossibleException($"Someone else is applying the preview of {batch.Finding}, or has made a new one. See: hub fix list");
        }

        var done = 0L;
        await foreach (var slice in store.Fixes.Items(batch.Id, FixItemState.Pending, ct))
            foreach (var part in slice.Chunk(SizeOf(slice)))
            {
                await store.Fixes.Apply(
                    batch, [.. part.Where(i => fitting.Contains(i.Change))], [.. part.Where(i => !fitting.Contains(i.Change))], by.Name, time.GetUtcNow(), ct);
                progress.Report(new RunProgress("Fix", null, done += part.Length, batch.Items));
            }

        await store.Fixes.Move(batch.Id, FixState.Applying, FixState.Applied, by.Name, time.GetUtcNow(), ct);
    }

    private async Task Undo(FixBatch batch, Actor by, IProgress<RunProgress> progress, CancellationToken ct)
    {
        if (batch.State != FixState.Undoing) await store.Fixes.Move(batch.Id, batch.State, FixState.Undoing, by.Name, time.GetUtcNow(), ct);
        var done = 0L;
        await foreach (var slice in store.Fixes.Items(batch.Id, FixItemState.Applied, ct))
        {
            await store.Fixes.Undo(batch, slice, by.Name, time.GetUtcNow(), ct);
            progress.Report(new RunProgress("Undo", null, done += slice.Count, batch.Items));
        }

        await store.Fixes.Move(batch.Id, FixState.Undoing, FixState.Undone, by.Name, time.GetUtcNow(), ct);
    }

    private static int SizeOf(IReadOnlyList<FixItem> slice) => slice[0].Change.Action == FixAction.Same ? PairsATransaction : ItemsATransaction;

    /// <summary>What a person has seen is what is applied, to the last change.</summary>
    private async Task RequireUnmoved(FixBatch batch, HashSet<FixChangeRow> now, CancellationToken ct)
    {
        var (same, gone) = (0L, new List<FixChangeRow>());
        await foreach (var slice in store.Fixes.Items(batch.Id, null, ct))
            foreach (var item in slice)
                if (now.Contains(item.Change)) same++;
                else gone.Add(item.Change);
        var added = now.Count - same;
        if (added == 0 && gone.Count == 0) return;
        var example = gone.Count > 0 ? $" Gone is, among them, {Describe(gone[0])}." : "";
        throw new RefusedException(
            $"The data have moved since the preview of {batch.PreviewedAt:yyyy-MM-dd HH:mm} UTC: {gone.Count} of its {batch.Items} changes no longer fit, and {added} are new.{example} "
            + $"Nothing was applied. Look again: hub fix {batch.Finding} --preview");
    }

    /// <summary>The latest batch of the finding, where it is applied and was killed before the golden records followed.</summary>
    private async Task<FixBatch?> AppliedAndUnsettled(string finding, CancellationToken ct) =>
        await store.Work.Count(Stage.Match, ct) + await store.Work.Count(Stage.Merge, ct) > 0 ? await store.Fixes.Latest(finding, [FixState.Applied], ct) : null;

    private async Task<NotPossibleException> NothingToApply(string finding, CancellationToken ct) =>
        await store.Fixes.Latest(finding, [FixState.Applied], ct) is { } applied
            ? new NotPossibleException(
                $"Nothing is previewed for {finding}; batch {applied.Id} was applied on {applied.AppliedAt:yyyy-MM-dd HH:mm} UTC. See what is left: hub fix {finding} --preview")
            : new NotPossibleException($"Look first at what would change: hub fix {finding} --preview");

    private async Task<FixOutcome> Outcome(Guid batch, CancellationToken ct)
    {
        var overtaken = new List<FixItem>();
        await foreach (var slice in store.Fixes.Items(batch, FixItemState.Overtaken, ct))
        {
            overtaken.AddRange(slice.Take(OvertakenShown));
            break;
        }

        return new FixOutcome(await Find(batch, ct), await store.Fixes.Counts(batch, ct), overtaken);
    }

    private async Task<FixBatch> Find(Guid id, CancellationToken ct) =>
        await store.Fixes.Find(id, ct) ?? throw new NotPossibleException($"There is no batch {id}. See: hub fix list");

    private static void RequireKnown(string finding)
    {
        if (!Fixes.Findings.Contains(finding))
            throw new NotPossibleException($"The hub can do nothing by itself about '{finding}'. What it can fix: {string.Join(", ", Fixes.Findings)}.");
    }

    private static string DoesOf(string finding) => Fixes.Find(finding)?.Does ?? CertainPairs.Does;

    private static string Describe(FixChangeRow change) => change.Action switch
    {
        FixAction.Correct => $"the {Fields.NameOf(change.Field ?? default)} of contact {change.Golden}",
        FixAction.Suppress => $"an address of contact {change.Golden}",
        _ => $"pair {change.PairId}",
    };
}
