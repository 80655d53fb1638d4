using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Write-backs that were decided and are to be delivered.</summary>
public sealed class Outbox
{
    private const string Select =
        "SELECT id, kind, source, stream, external_id, golden_id, payload, key, state, attempts, next_at, created_at, delivered_at, error FROM outbox ";

    private readonly Database database;

    internal Outbox(Database database) => this.database = database;

    /// <summary>Adds rows whose key is new, and completes the Sync work that they come of, in one transaction. Returns how many were added.</summary>
    public Task<int> Save(IReadOnlyList<WorkRow> done, IReadOnlyList<OutboxAdd> rows, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            if (done.Count > 0) await Work.Complete(s, Stage.Sync, done.Select(d => (d.Key, d.Seq)), ct);
            return await Add(s, rows, now, ct);
        },
        ct);

    /// <summary>Adds the rows that come of one, and settles that one, in one transaction: a row that concerns a contact becomes a row for each source record that is to be told.</summary>
    public Task<int> Spread(long id, IReadOnlyList<OutboxAdd> rows, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            await s.Execute("UPDATE outbox SET state = @0, delivered_at = @1, error = NULL WHERE id = @2", ct, (int)OutboxState.Delivered, now, id);
            return await Add(s, rows, now, ct);
        },
        ct);

    /// <summary>Adds rows whose key is new.</summary>
    internal static async Task<int> Add(Session s, IReadOnlyList<OutboxAdd> rows, DateTimeOffset now, CancellationToken ct) => rows.Count == 0
        ? 0
        : await s.Upsert(
            "outbox",
            ["key", "kind", "source", "stream", "external_id", "golden_id", "payload", "state", "attempts", "next_at", "created_at"],
            1,
            rows.DistinctBy(r => r.Key, StringComparer.Ordinal).Select(r => new object?[]
            {
                r.Key, r.Kind, r.Source, r.Stream, r.ExternalId, r.Golden?.Value, r.Payload, (int)OutboxState.Waiting, 0, now, now,
            }),
            ct,
            "NOTHING");

    /// <summary>Claims waiting rows of some kinds that are due, oldest first: nobody else gets them before <paramref name="claim"/> has passed.</summary>
    public Task<IReadOnlyList<OutboxRow>> Claim(IReadOnlyCollection<string> kinds, int limit, TimeSpan claim, DateTimeOffset now, CancellationToken ct) => database.Write<IReadOnlyList<OutboxRow>>(
        Durability.Derived,
        async s =>
        {
            var ids = await s.Query(
                $"SELECT id FROM outbox WHERE state = @0 AND next_at <= @1 AND {s.Among("kind", 3)} ORDER BY next_at, id LIMIT @2 {s.SkipLocked}",
                r => r.Long(0),
                ct,
                (int)OutboxState.Waiting,
                now,
                limit,
                s.Items(kinds));
            if (ids.Count == 0) return [];
            await s.Execute($"UPDATE outbox SET attempts = attempts + 1, next_at = @0 WHERE {s.Among("id", 1)}", ct, now + claim, s.Items(ids));
            return await s.Query(Select + $"WHERE {s.Among("id", 0)} ORDER BY id", Read, ct, s.Items(ids));
        },
        ct);

    /// <summary>Records deliveries.</summary>
    public Task Delivered(IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => s.Execute(
            $"UPDATE outbox SET state = @0, delivered_at = @1, error = NULL WHERE {s.Among("id", 2)}", ct, (int)OutboxState.Delivered, now, s.Items(ids)),
        ct);

    /// <summary>Records a refusal: to be tried again at <paramref name="retryAt"/>, or never when null.</summary>
    public Task Refused(long id, string error, DateTimeOffset? retryAt, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => retryAt is { } at
            ? s.Execute("UPDATE outbox SET error = @1, next_at = @2 WHERE id = @0", ct, id, error, at)
            : s.Execute("UPDATE outbox SET error = @1, state = @2 WHERE id = @0", ct, id, error, (int)OutboxState.Failed),
        ct);

    /// <summary>Takes one of a day's turns for a row, durably, before it is used. False when none is left; a row that has one keeps it.</summary>
    /// <param name="id">The row.</param>
    /// <param name="on">Whose turns.</param>
    /// <param name="most">How many there are.</param>
    /// <param name="since">When the day began.</param>
    /// <param name="ct">Stops it.</param>
    public Task<bool> Spend(long id, string on, int most, DateTimeOffset since, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            if (await s.Count("SELECT count(*) FROM outbox WHERE id = @0 AND source = @1", ct, id, on) > 0) return true;
            if (await s.Count("SELECT count(*) FROM outbox WHERE source = @0 AND created_at >= @1", ct, on, since) >= most) return false;
            await s.Execute("UPDATE outbox SET source = @1 WHERE id = @0", ct, id, on);
            return true;
        },
        ct);

    /// <summary>A contact's rows, under all ids that it has had; the latest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> Of(IReadOnlyCollection<GoldenId> ids, int limit, CancellationToken ct) => database.Read<IReadOnlyList<OutboxRow>>(
        async s => await s.Query(Select + $"WHERE {s.Among("golden_id", 0)} ORDER BY id DESC LIMIT @1", Read, ct, s.Items([.. ids.Select(i => i.Value)]), limit), ct);

    /// <summary>How many rows of each kind wait, or have failed for good, with the last refusal.</summary>
    public Task<IReadOnlyList<OutboxCount>> Counts(CancellationToken ct) => database.Read<IReadOnlyList<OutboxCount>>(
        async s => await s.Query(
            "SELECT kind, source, state, count(*), max(error) FROM outbox WHERE state <> @0 GROUP BY kind, source, state ORDER BY kind, source, state",
            r => new OutboxCount(r.Text(0), r.Text(1), (OutboxState)r.Int(2), r.Long(3), r.TextOrNull(4)), ct, (int)OutboxState.Delivered),
        ct);

    /// <summary>Tries again what was refused for good. Returns how many rows. They count as tried once: what an attempt whose end nobody knows has done is looked for.</summary>
    public Task<int> Retry(DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable, s => s.Execute("UPDATE outbox SET state = @0, attempts = 1, next_at = @1 WHERE state = @2", ct, (int)OutboxState.Waiting, now, (int)OutboxState.Failed), ct);

    /// <summary>The latest rows, newest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> List(int limit, CancellationToken ct) => database.Read<IReadOnlyList<OutboxRow>>(
        async s => await s.Query(Select + "ORDER BY id DESC LIMIT @0", Read, ct, limit), ct);

    private static OutboxRow Read(Row r) => new(
        r.Long(0),
        new OutboxAdd(r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.GuidOrNull(5) is { } golden ? new GoldenId(golden) : null, r.Text(6), r.Text(7)),
        (OutboxState)r.Int(8),
        r.Int(9),
        r.Time(10),
        r.Time(11),
        r.TimeOrNull(12),
        r.TextOrNull(13));
}
