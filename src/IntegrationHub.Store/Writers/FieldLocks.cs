using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Field locks. Each hangs on a source record and counts in the golden record that has it, so that it moves with it when contacts merge and part.</summary>
public sealed class FieldLocks
{
    private const string Select = "SELECT l.id, l.record_id, l.field, l.value, l.corrects, l.was, l.by, l.at, l.why FROM field_lock l ";

    private static readonly string[] Columns = ["id", "record_id", "field", "value", "corrects", "was", "by", "at", "why"];

    private readonly Database database;

    internal FieldLocks(Database database) => this.database = database;

    /// <summary>Locks fields durably; the golden records concerned are handed to Merge.</summary>
    public Task Add(IReadOnlyList<HeldLock> locks, IReadOnlyList<TrailEntry> trail, CancellationToken ct) => locks.Count == 0
        ? Task.CompletedTask
        : database.Write(
            Durability.Durable,
            async s =>
            {
                await Add(s, locks, ct);
                await Trail.Append(s, trail, ct);
            },
            ct);

    /// <summary>Releases locks durably; the golden records concerned are handed to Merge. Returns how many held until now.</summary>
    public Task<int> Release(IReadOnlyCollection<Guid> ids, string by, IReadOnlyList<TrailEntry> trail, DateTimeOffset now, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult(0)
        : database.Write(
            Durability.Durable,
            async s =>
            {
                var released = await Release(s, ids, by, now, ct);
                if (released > 0) await Trail.Append(s, trail, ct);
                return released;
            },
            ct);

    /// <summary>The locks that a golden record's source records carry, the latest first, those included that do not fit at present.</summary>
    public Task<IReadOnlyList<HeldLock>> Of(GoldenId golden, CancellationToken ct) => database.Read<IReadOnlyList<HeldLock>>(
        async s => await s.Query(
            Select + "JOIN crosswalk x ON x.record_id = l.record_id WHERE x.golden_id = @0 AND l.released_at IS NULL ORDER BY l.at DESC, l.id DESC", Read, ct, golden.Value),
        ct);

    internal static Task<List<HeldLock>> Of(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => s.Query(
        Select + $"WHERE {s.Among("l.record_id", 0)} AND l.released_at IS NULL ORDER BY l.at DESC, l.id DESC", Read, ct, s.Items(records));

    internal static async Task Add(Session s, IReadOnlyList<HeldLock> locks, CancellationToken ct)
    {
        await s.Insert("field_lock", Columns, locks.Select(Fill), ct);
        await Work.Enqueue(s, Stage.Merge, [.. locks.Select(l => l.RecordId).Distinct()], "lock", ct);
    }

    /// <summary>Adds locks whose ids are made of what they come of: one that exists is left as it is.</summary>
    internal static async Task AddOnce(Session s, IReadOnlyList<HeldLock> locks, string reason, CancellationToken ct)
    {
        await s.Upsert("field_lock", Columns, 1, locks.Select(Fill), ct, "NOTHING");
        await Work.Enqueue(s, Stage.Merge, [.. locks.Select(l => l.RecordId).Distinct()], reason, ct);
    }

    internal static async Task<int> Release(Session s, IReadOnlyCollection<Guid> ids, string by, DateTimeOffset now, CancellationToken ct)
    {
        var records = await s.Query($"SELECT record_id FROM field_lock WHERE {s.Among("id", 0)} AND released_at IS NULL", r => r.Long(0), ct, s.Items(ids));
        if (records.Count == 0) return 0;
        await s.Execute($"UPDATE field_lock SET released_at = @1, released_by = @2 WHERE {s.Among("id", 0)} AND released_at IS NULL", ct, s.Items(ids), now, by);
        await Work.Enqueue(s, Stage.Merge, [.. records.Distinct()], "lock", ct);
        return records.Count;
    }

    private static object?[] Fill(HeldLock l) =>
        [l.Id, l.RecordId, Fields.NameOf(l.Lock.Field), l.Lock.Value, l.Lock.Correction is not null, l.Lock.Correction?.Was, l.By, l.At, l.Why];

    private static HeldLock Read(Row r) => new(
        r.Guid(0),
        r.Long(1),
        new FieldLock(
            Fields.Find(r.Text(2)) ?? throw new StoreException($"Table field_lock names a field '{r.Text(2)}' that this version of the hub does not know. Use the version that wrote it, or delete that row."),
            r.TextOrNull(3),
            r.Bool(4) ? new Correction(r.TextOrNull(5)) : null,
            r.Text(6).StartsWith(WorkflowWords.By, StringComparison.Ordinal)),
        r.Text(6),
        r.Time(7),
        r.TextOrNull(8));
}
