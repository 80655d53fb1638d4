using System.Text.Json;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>One pair of the merge queue with the evidence.</summary>
/// <param name="Row">The pair.</param>
/// <param name="A">The one clean record.</param>
/// <param name="B">The other.</param>
/// <param name="Explanation">Why it has its weight.</param>
public sealed record ReviewPair(QueueRow Row, CleanRecord A, CleanRecord B, PairExplanation Explanation);

/// <summary>The merge queue and the decisions on it; and the way back from every merge.</summary>
public sealed class ReviewQueue(HubStore store, Models models, SyncSources sync, TimeProvider time)
{
    /// <summary>Pairs that wait, the most probable first.</summary>
    public Task<IReadOnlyList<QueueRow>> List(int limit, CancellationToken ct) => store.Queue.List(QueueState.Open, limit, ct);

    /// <summary>One pair with its evidence.</summary>
    /// <exception cref="NotPossibleException">There is no such pair, or one of its records is gone.</exception>
    public async Task<ReviewPair> Show(string id, CancellationToken ct)
    {
        var row = await Find(id, ct);
        var a = await store.Clean.Find(row.KeyA, ct);
        var b = await store.Clean.Find(row.KeyB, ct);
        if (a is null || b is null) throw new NotPossibleException($"{(a is null ? row.KeyA : row.KeyB)} has been deleted at its source; the pair leaves the queue with the next sync.");
        return new ReviewPair(row, a.Record, b.Record, models.Explain(a.Record, b.Record));
    }

    /// <summary>Says that both records are one: they are merged at once, and stay so.</summary>
    /// <exception cref="NotPossibleException">There is no such pair, it is decided already, or another hub is at work.</exception>
    public Task<QueueRow> Merge(string id, Actor by, string? why, CancellationToken ct) => Decide(id, same: true, by, why, ct);

    /// <summary>Says that the records are two: they are never merged, not through others either.</summary>
    /// <exception cref="NotPossibleException">There is no such pair, it is decided already, or another hub is at work.</exception>
    public Task<QueueRow> Reject(string id, Actor by, string? why, CancellationToken ct) => Decide(id, same: false, by, why, ct);

    /// <summary>Takes a merge back: both sides live again under their own ids, and are never joined again unless someone says so.</summary>
    /// <param name="mergeId">A merge's id, as the contact's history shows it.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="why">Their reason; null for none.</param>
    /// <param name="ct">Stops it; the decision, once saved, takes effect with the next run at the latest.</param>
    /// <exception cref="NotPossibleException">There is no such merge, it was taken back before, or another hub is at work.</exception>
    public async Task<MergeEvent> Undo(string mergeId, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        if (!Guid.TryParse(mergeId, out var id) || await store.Golden.FindMerge(id, ct) is not { } merge)
            throw new NotPossibleException($"There is no merge '{mergeId}'. The merges of a contact are listed by: hub contact history CONTACT");
        if (merge.UndoneAt is { } undone) throw new NotPossibleException($"Merge {mergeId} was taken back on {undone:yyyy-MM-dd HH:mm} UTC.");
        var now = time.GetUtcNow();
        var ids = await store.Landing.Ids([.. merge.Left, .. merge.Right], ct);
        var decision = new Decision(Guid.CreateVersion7(now), false, by.Name, now, why, "undo");
        var pairs = merge.Left.SelectMany(l => merge.Right.Select(r => Pair(l, r, same: false))).ToList();
        var trail = new TrailEntry(now, by.Name, "unmerge", "golden", merge.Survivor.ToString(), Json(merge.Left), Json(merge.Right), why);

        // A merge of two golden records ends when Merge gives the absorbed one its id back; one that only added a record ends here.
        IReadOnlyList<Guid> ends = merge.Absorbed is null ? [merge.Id] : [];
        await store.Decisions.Add(new DecisionSave(decision, pairs, [.. ids.Values.Order()], null, ends, [trail]), ct);
        await sync.Settle("undo", Unheard, ct);
        return merge;
    }

    private async Task<QueueRow> Decide(string id, bool same, Actor by, string? why, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var row = await Find(id, ct);
        var now = time.GetUtcNow();
        var decision = new Decision(Guid.CreateVersion7(now), same, by.Name, now, why, "review");
        var trail = new TrailEntry(now, by.Name, same ? "decide.same" : "decide.different", "pair", row.Id, null, JsonSerializer.Serialize(new[] { $"{row.KeyA}", $"{row.KeyB}" }), why);
        var outcome = await store.Decisions.Add(
            new DecisionSave(decision, [Pair(row.KeyA, row.KeyB, same)], [row.RecordA, row.RecordB], row.Id, [], [trail]), ct);
        if (outcome != DecisionOutcome.Saved)
        {
            var now2 = await Find(id, ct);
            throw new NotPossibleException(now2.DecidedBy is { } who
                ? $"{who} decided this pair on {now2.DecidedAt:yyyy-MM-dd HH:mm} UTC: {now2.State.ToString().ToLowerInvariant()}."
                : "This pair is no longer in the queue: its records have changed.");
        }

        await sync.Settle(same ? "merge" : "reject", Unheard, ct);
        return await Find(id, ct);
    }

    private async Task<QueueRow> Find(string id, CancellationToken ct) =>
        await store.Queue.Find(id, ct) ?? throw new NotPossibleException($"There is no pair '{id}' in the merge queue. See: hub review list");

    private static PairDecision Pair(SourceKey a, SourceKey b, bool same) => a.CompareTo(b) <= 0 ? new PairDecision(a, b, same) : new PairDecision(b, a, same);

    private static string Json(IEnumerable<SourceKey> keys) => JsonSerializer.Serialize(keys.Select(k => k.ToString()));

    private static IProgress<RunProgress> Unheard { get; } = new Progress<RunProgress>();
}
