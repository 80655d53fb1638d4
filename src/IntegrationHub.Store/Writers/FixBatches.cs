using System.Text.Json;
using IntegrationHub.Matching;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>
/// Batches that mend findings: drawn up, applied and taken back in slices, each one transaction with its effects, its trail and its work rows. A batch that was killed
/// anywhere goes on from there, forwards or backwards.
/// </summary>
public sealed partial class FixBatches
{
    private readonly Database database;
    private readonly Consents consents;

    internal FixBatches(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Begins a preview and throws away earlier ones of the finding that were never applied.</summary>
    public Task Draft(FixBatch batch, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            const string Never = "finding = @0 AND state <= @1";
            await s.Execute($"DELETE FROM fix_item WHERE batch_id IN (SELECT id FROM fix_batch WHERE {Never})", ct, batch.Finding, (int)FixState.Previewed);
            await s.Execute($"DELETE FROM fix_batch WHERE {Never}", ct, batch.Finding, (int)FixState.Previewed);
            await s.Insert(
                "fix_batch",
                ["id", "finding", "state", "items", "previewed_at", "previewed_by"],
                [[batch.Id, batch.Finding, (int)FixState.Drafted, 0L, batch.PreviewedAt, batch.PreviewedBy]],
                ct);
        },
        ct);

    /// <summary>Adds items to a preview under way.</summary>
    public Task Draft(Guid batch, IReadOnlyList<FixItem> items, CancellationToken ct) => items.Count == 0
        ? Task.CompletedTask
        : database.Write(
            Durability.Derived,
            s => s.Insert(
                "fix_item",
                ["batch_id", "position", "state", "action", "golden_id", "record_id", "field", "before", "after", "channel", "purpose", "reason", "pair_id"],
                items.Select(i => new object?[]
                {
                    batch, i.Position, (int)FixItemState.Pending, (int)i.Change.Action, i.Change.Golden.Value, i.Change.RecordId, i.Change.Field is { } f ? Fields.NameOf(f) : null,
                    i.Change.Before, i.Change.After, (int?)i.Change.Channel, i.Change.Purpose, (int?)i.Change.Reason, i.Change.PairId,
                }),
                ct),
            ct);

    /// <summary>Ends a preview.</summary>
    public Task Drafted(Guid batch, long items, CancellationToken ct) => database.Write(
        Durability.Derived,
        s => s.Execute("UPDATE fix_batch SET state = @1, items = @2 WHERE id = @0 AND state = @3", ct, batch, (int)FixState.Previewed, items, (int)FixState.Drafted),
        ct);

    /// <summary>Moves a batch on, if it is still where it was thought to be. False when it is not.</summary>
    public Task<bool> Move(Guid batch, FixState from, FixState to, string by, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s => to switch
        {
            FixState.Applying => await s.Execute("UPDATE fix_batch SET state = @2, applied_at = @3, applied_by = @4 WHERE id = @0 AND state = @1", ct, batch, (int)from, (int)to, now, by),
            FixState.Undoing => await s.Execute("UPDATE fix_batch SET state = @2, undone_at = @3, undone_by = @4 WHERE id = @0 AND state = @1", ct, batch, (int)from, (int)to, now, by),
            _ => await s.Execute("UPDATE fix_batch SET state = @2 WHERE id = @0 AND state = @1", ct, batch, (int)from, (int)to),
        } > 0,
        ct);

    /// <summary>Applies pending items in one transaction: their effects, an entry each in the audit trail, the work that follows.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="items">Pending items. One whose pair somebody has decided meanwhile becomes <see cref="FixItemState.Moved"/>.</param>
    /// <param name="moved">Pending items that are to be left out.</param>
    /// <param name="by">Who applies.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops it; then nothing of the slice is kept.</param>
    public Task Apply(FixBatch batch, IReadOnlyList<FixItem> items, IReadOnlyList<FixItem> moved, string by, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var why = Why(batch);
            var done = items.Select(i => i with { State = FixItemState.Applied, Effect = Guid.CreateVersion7(now) }).ToList();
            await FieldLocks.Add(
                s,
                [
                    .. done.Where(i => i.Change.Action == FixAction.Correct).Select(i => new HeldLock(
                        i.Effect ?? default, i.Change.RecordId, new FieldLock(i.Change.Field ?? default, i.Change.After, new Correction(i.Change.Before)), by, now, why)),
                ],
                ct);
            await Suppressions.Add(
                s,
                consents,
                [
                    .. done.Where(i => i.Change.Action == FixAction.Suppress).Select(i => new SuppressionAdd(
                        i.Effect ?? default, i.Change.Channel ?? default, i.Change.Before ?? "", i.Change.Purpose ?? "", i.Change.Reason ?? default, why, by, now)),
                ],
                ct);
            for (var n = 0; n < done.Count; n++)
                if (done[n].Change.Action == FixAction.Same && !await Decide(s, done[n], by, why, now, ct)) done[n] = done[n] with { State = FixItemState.Moved, Effect = null };
            await Trail.Append(s, [.. done.Where(i => i.State == FixItemState.Applied).Select(i => Entry(batch, i, "fix", by, now))], ct);
            await Save(s, batch.Id, [.. done, .. moved.Select(i => i with { State = FixItemState.Moved })], ct);
        },
        ct);

    /// <summary>
    /// Takes applied items back in one transaction: locks and suppressions are released, decisions withdrawn, each with an entry in the audit trail. A later word of a
    /// person on the same thing holds; the item then is <see cref="FixItemState.Overtaken"/>.
    /// </summary>
    public Task Undo(FixBatch batch, IReadOnlyList<FixItem> items, string by, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var overtaken = await Overtaken(s, items, ct);
            await FieldLocks.Release(s, EffectsOf(items, FixAction.Correct), by, now, ct);
            await Suppressions.Release(s, consents, EffectsOf(items, FixAction.Suppress), by, $"undo of {Why(batch)}", now, ct);
            await Decisions.Withdraw(
                s, consents, [.. items.Where(i => i.Change.Action == FixAction.Same).Select(i => (i.Effect ?? default, i.Change.PairId ?? ""))], now, ct);
            await Trail.Append(s, [.. items.Select(i => Entry(batch, i, "fix.undo", by, now))], ct);
            await Save(s, batch.Id, [.. items.Select(i => i with { State = overtaken.Contains(i.Position) ? FixItemState.Overtaken : FixItemState.Undone })], ct);
        },
        ct);

    /// <summary>
    /// Both contacts are one, whole: the word is on the pair and on each end with the other records of its contact. On the pair alone, matching might hold the two records
    /// together and let go of those that the other side contradicts.
    /// </summary>
    private async Task<bool> Decide(Session s, FixItem item, string by, string why, DateTimeOffset now, CancellationToken ct)
    {
        var (a, b) = (KeyOf(item.Change.Before), KeyOf(item.Change.After));
        var ends = await s.Query("SELECT record_a, record_b FROM merge_queue WHERE id = @0", r => new[] { r.Long(0), r.Long(1) }, ct, item.Change.PairId);
        var fellows = await s.Query(
            "SELECT e.record_id, r.source, r.stream, r.external_id FROM crosswalk e JOIN crosswalk x ON x.golden_id = e.golden_id AND x.record_id <> e.record_id "
            + $"JOIN source_record r ON r.id = x.record_id WHERE {s.Among("e.record_id", 0)} ORDER BY r.source, r.stream, r.external_id",
            r => (End: r.Long(0), Key: Landing.Key(r, 1)),
            ct,
            s.Items([.. ends.SelectMany(e => e)]));
        PairDecision[] pairs = [new(a, b, true), .. fellows.Select(f => new PairDecision(f.End == item.Change.RecordId ? a : b, f.Key, true))];
        var decision = new Decision(item.Effect ?? default, true, by, now, why, "fix");
        var save = new DecisionSave(decision, pairs, [.. ends.SelectMany(e => e)], item.Change.PairId, [], []);
        return await Decisions.Add(s, consents, save, ct) == DecisionOutcome.Saved;
    }

    /// <summary>Items on whose field, point or pair someone has had a word after the batch.</summary>
    private static async Task<HashSet<int>> Overtaken(Session s, IReadOnlyList<FixItem> items, CancellationToken ct)
    {
        // A lock against all rules is a person's, and later: a field that had one was no candidate.
        var later = new HashSet<Guid>(await s.Query(
            "SELECT l.id FROM field_lock l JOIN crosswalk x ON x.record_id = l.record_id JOIN crosswalk o ON o.golden_id = x.golden_id "
            + $"JOIN field_lock n ON n.record_id = o.record_id AND n.field = l.field AND n.released_at IS NULL AND n.corrects = @1 WHERE {s.Among("l.id", 0)}",
            r => r.Guid(0),
            ct,
            s.Items(EffectsOf(items, FixAction.Correct)),
            false));
        later.UnionWith(await s.Query(
            $"SELECT l.id FROM field_lock l WHERE {s.Among("l.id", 0)} AND l.released_at IS NOT NULL", r => r.Guid(0), ct, s.Items(EffectsOf(items, FixAction.Correct))));
        later.UnionWith(await s.Query(
            $"SELECT r.releases FROM suppression_entry r WHERE {s.Among("r.releases", 0)}", r => r.Guid(0), ct, s.Items(EffectsOf(items, FixAction.Suppress))));
        later.UnionWith(await s.Query(
            "SELECT p.decision_id FROM decision_pair p JOIN decision_pair n ON n.a = p.a AND n.b = p.b JOIN decision d ON d.id = p.decision_id "
            + $"JOIN decision m ON m.id = n.decision_id AND m.withdrawn_at IS NULL AND m.id <> d.id AND m.at >= d.at WHERE {s.Among("p.decision_id", 0)}",
            r => r.Guid(0),
            ct,
            s.Items(EffectsOf(items, FixAction.Same))));
        return [.. items.Where(i => i.Effect is { } effect && later.Contains(effect)).Select(i => i.Position)];
    }

    private static Task Save(Session s, Guid batch, IReadOnlyList<FixItem> items, CancellationToken ct) => items.Count == 0
        ? Task.CompletedTask
        : s.Update("fix_item", ["batch_id", "position", "state", "effect_id"], 2, items.Select(i => new object?[] { batch, i.Position, (int)i.State, i.Effect }), ct);

    private static Guid[] EffectsOf(IReadOnlyList<FixItem> items, FixAction action) => [.. items.Where(i => i.Change.Action == action).Select(i => i.Effect).OfType<Guid>()];

    private static string Why(FixBatch batch) => $"fix {batch.Id}: {batch.Finding}";

    /// <summary>What happened to one row. A suppressed point is not named: the trail outlives it.</summary>
    private static TrailEntry Entry(FixBatch batch, FixItem item, string action, string by, DateTimeOffset now)
    {
        var change = item.Change;
        var (kind, subject, before, after) = change.Action switch
        {
            FixAction.Correct => ("golden", change.Golden.ToString(), Json(change.Field, change.Before), Json(change.Field, change.After)),
            FixAction.Suppress => ("golden", change.Golden.ToString(), null, JsonSerializer.Serialize(new { suppressed = change.Channel.ToString()?.ToLowerInvariant(), purpose = change.Purpose })),
            _ => ("pair", change.PairId ?? "", null, JsonSerializer.Serialize(new { same = new[] { change.Before, change.After } })),
        };
        var undone = action == "fix.undo";
        return new TrailEntry(now, by, action, kind, subject, undone ? after : before, undone ? before : after, Why(batch));
    }

    private static string Json(Field? field, string? value) => JsonSerializer.Serialize(new Dictionary<string, string?> { [Fields.NameOf(field ?? default)] = value });

    private static SourceKey KeyOf(string? text) =>
        SourceKey.Parse(text ?? "") ?? throw new StoreException($"Table fix_item holds '{text}', which is no source/stream/external id. Preview the finding anew: hub fix {CertainFinding} --preview");

    private const string CertainFinding = Auditing.CertainPairs.Finding;
}
