using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What the stages have still to do.</summary>
public sealed class Work
{
    /// <summary>The reason of work that is history: a first pull, a pull of everything again, a new recipe. It triggers nothing.</summary>
    public const string History = "history";

    private const int Slice = 10_000;

    private readonly Database database;

    internal Work(Database database) => this.database = database;

    /// <summary>How many rows wait for the stage.</summary>
    public Task<long> Count(Stage stage, CancellationToken ct) =>
        database.Read(s => s.Count("SELECT count(*) FROM work WHERE stage = @0", ct, (int)stage), ct);

    /// <summary>True when what a workflow has set waits to be merged.</summary>
    public Task<bool> WaitsForWorkflow(CancellationToken ct) => database.Read(
        async s => await s.Count("SELECT count(*) FROM (SELECT key FROM work WHERE stage = @0 AND reason = @1 LIMIT 1) q", ct, (int)Stage.Merge, WorkflowWords.Reason) > 0, ct);

    /// <summary>Rows with a key above <paramref name="afterKey"/>, by key.</summary>
    public Task<IReadOnlyList<WorkRow>> Take(Stage stage, long afterKey, int limit, CancellationToken ct) => database.Read<IReadOnlyList<WorkRow>>(
        async s => await Take(s, stage, afterKey, limit, ct), ct);

    /// <summary>Enqueues; a row that waits already gets a new seq and the reason.</summary>
    public Task Enqueue(Stage stage, IReadOnlyList<long> keys, string reason, CancellationToken ct) => keys.Count == 0
        ? Task.CompletedTask
        : database.Write(Durability.Derived, s => Enqueue(s, stage, keys, reason, ct), ct);

    /// <summary>Deletes work rows that have not been enqueued again since they were taken. Returns how many went.</summary>
    public Task<int> Complete(Stage stage, IReadOnlyList<WorkRow> rows, CancellationToken ct) => rows.Count == 0
        ? Task.FromResult(0)
        : database.Write(Durability.Derived, s => Complete(s, stage, rows.Select(r => (r.Key, r.Seq)), ct), ct);

    /// <summary>
    /// Enqueues for Normalise the clean records of the stream that another recipe made, and those in quarantine that another recipe failed on, in slices of
    /// 10,000 a transaction. Returns how many. The stream remembers the recipe, so that asking again for the same one looks at nothing.
    /// </summary>
    public async Task<long> EnqueueStale(SourceName source, string stream, RecipeVersion recipe, CancellationToken ct)
    {
        var known = await database.Read(
            s => s.Count("SELECT count(*) FROM stream_state WHERE source = @0 AND stream = @1 AND recipe = @2", ct, source.Value, stream, recipe.Value), ct);
        if (known > 0) return 0;

        const string Stale = "SELECT r.id FROM source_record r LEFT JOIN clean_record c ON c.record_id = r.id AND c.record_id > @3 "
            + "LEFT JOIN quarantine q ON q.stage = 'normalise' AND q.record_id = r.id AND q.cleared_at IS NULL "
            + "WHERE r.source = @0 AND r.stream = @1 AND r.id > @3 AND (CASE WHEN q.id IS NULL THEN c.recipe <> @2 ELSE coalesce(q.recipe, '') <> @2 END) "
            + "ORDER BY r.id LIMIT @4";
        var count = await InSlices(Stage.Normalise, "recipe", (s, after) => s.Query(Stale, r => r.Long(0), ct, source.Value, stream, recipe.Value, after, Slice), ct);
        await database.Write(
            Durability.Derived,
            s => s.Execute("UPDATE stream_state SET recipe = @2 WHERE source = @0 AND stream = @1", ct, source.Value, stream, recipe.Value),
            ct);
        return count;
    }

    /// <summary>Enqueues for Merge the records of every living golden record that other survivorship rules made, in slices. Returns how many records.</summary>
    public async Task<long> EnqueueStaleGolden(RecipeVersion recipe, CancellationToken ct)
    {
        // Two ranges, because an index can serve them and cannot serve "differs": the usual answer, none, costs nothing.
        const string Stale = "(g.recipe < @0 OR g.recipe > @0) AND g.retired_at IS NULL";
        var any = await database.Read(
            s => s.Count($"SELECT count(*) FROM (SELECT g.row FROM golden_record g WHERE {Stale} LIMIT 1) q", ct, recipe.Value), ct);
        if (any == 0) return 0;
        return await InSlices(
            Stage.Merge,
            "recipe",
            (s, after) => s.Query(
                $"SELECT x.record_id FROM golden_record g JOIN crosswalk x ON x.golden_id = g.id WHERE {Stale} AND x.record_id > @1 ORDER BY x.record_id LIMIT @2",
                r => r.Long(0),
                ct,
                recipe.Value,
                after,
                Slice),
            ct);
    }

    /// <summary>Enqueues for Match every clean record of the kind, in slices. Returns how many.</summary>
    public Task<long> EnqueueAllForMatch(EntityKind kind, string reason, CancellationToken ct) => InSlices(
        Stage.Match,
        reason,
        (s, after) => s.Query(
            "SELECT record_id FROM clean_record WHERE kind = @0 AND record_id > @1 ORDER BY record_id LIMIT @2", r => r.Long(0), ct, (int)kind, after, Slice),
        ct);

    internal static Task<List<WorkRow>> Take(Session s, Stage stage, long afterKey, int limit, CancellationToken ct) => s.Query(
        "SELECT key, seq, reason FROM work WHERE stage = @0 AND key > @1 ORDER BY key LIMIT @2",
        r => new WorkRow(r.Long(0), r.Long(1), r.Text(2)),
        ct,
        (int)stage,
        afterKey,
        limit);

    internal static async Task Enqueue(Session s, Stage stage, IReadOnlyCollection<long> keys, string reason, CancellationToken ct)
    {
        if (keys.Count == 0) return;

        // A random seq needs no counter that processes would have to share, and never equals the one that somebody took.
        var seq = Random.Shared.NextInt64();
        await s.Execute(
            $"INSERT INTO work (stage, key, reason, seq) SELECT DISTINCT @0, item, @1, @2 FROM ({s.Each(3)}) i WHERE true ORDER BY item "
            + "ON CONFLICT (stage, key) DO UPDATE SET reason = excluded.reason, seq = excluded.seq",
            ct,
            (int)stage,
            reason,
            seq,
            s.Items(keys));
    }

    internal static Task<int> Complete(Session s, Stage stage, IEnumerable<(long Key, long Seq)> rows, CancellationToken ct)
    {
        var buffer = new object?[3];
        buffer[0] = (int)stage;
        return s.Delete("work", ["stage", "key", "seq"], rows.Select(r =>
        {
            buffer[1] = r.Key;
            buffer[2] = r.Seq;
            return buffer;
        }), ct);
    }

    private async Task<long> InSlices(Stage stage, string reason, Func<Session, long, Task<List<long>>> next, CancellationToken ct)
    {
        var count = 0L;
        for (var after = 0L; ;)
        {
            var from = after;
            var keys = await database.Read(s => next(s, from), ct);
            if (keys.Count == 0) return count;
            await database.Write(Durability.Derived, s => Enqueue(s, stage, keys, reason, ct), ct);
            count += keys.Count;
            after = keys[^1];
        }
    }
}
