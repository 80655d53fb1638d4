using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Pairs for a person to decide. They come in by <see cref="Matches.Save"/> and are settled by <see cref="Decisions"/>.</summary>
public sealed class MergeQueue
{
    private const string Select =
        "SELECT q.id, q.record_a, q.record_b, ra.source, ra.stream, ra.external_id, rb.source, rb.stream, rb.external_id, "
        + "xa.golden_id, xb.golden_id, q.weight, q.state, q.created_at, q.decided_at, q.decided_by "
        + "FROM merge_queue q JOIN source_record ra ON ra.id = q.record_a JOIN source_record rb ON rb.id = q.record_b "
        + "LEFT JOIN crosswalk xa ON xa.record_id = q.record_a LEFT JOIN crosswalk xb ON xb.record_id = q.record_b ";

    private readonly Database database;

    internal MergeQueue(Database database) => this.database = database;

    /// <summary>Pairs in a state, the heaviest first.</summary>
    public Task<IReadOnlyList<QueueRow>> List(QueueState state, int limit, CancellationToken ct) => database.Read<IReadOnlyList<QueueRow>>(
        async s => await s.Query(Select + "WHERE q.state = @0 ORDER BY q.weight DESC, q.id LIMIT @1", Read, ct, (int)state, limit), ct);

    /// <summary>A pair by its id; null when there is none.</summary>
    public Task<QueueRow?> Find(string id, CancellationToken ct) => database.Read(
        async s => (await s.Query(Select + "WHERE q.id = @0", Read, ct, id)).SingleOrDefault(), ct);

    /// <summary>Open pairs with at least one end among the records.</summary>
    public Task<IReadOnlyList<QueuePair>> OpenTouching(IReadOnlyCollection<long> records, CancellationToken ct) => database.Read<IReadOnlyList<QueuePair>>(
        async s => await s.Query(
            // The plus keeps SQLite from reading the queue by its state: each record has few pairs.
            $"SELECT id, record_a, record_b, weight FROM merge_queue WHERE +state = @0 AND {s.Among("record_a", 1)} "
            + $"UNION SELECT id, record_a, record_b, weight FROM merge_queue WHERE +state = @0 AND {s.Among("record_b", 1)} ORDER BY record_a, record_b",
            r => new QueuePair(r.Text(0), r.Long(1), r.Long(2), r.Real(3)),
            ct,
            (int)QueueState.Open,
            s.Items(records)),
        ct);

    /// <summary>How many are in the state.</summary>
    public Task<long> Count(QueueState state, CancellationToken ct) =>
        database.Read(s => s.Count("SELECT count(*) FROM merge_queue WHERE state = @0", ct, (int)state), ct);

    private static QueueRow Read(Row r) => new(
        r.Text(0),
        r.Long(1),
        r.Long(2),
        Landing.Key(r, 3),
        Landing.Key(r, 6),
        r.GuidOrNull(9) is { } a ? new GoldenId(a) : null,
        r.GuidOrNull(10) is { } b ? new GoldenId(b) : null,
        r.Real(11),
        (QueueState)r.Int(12),
        r.Time(13),
        r.TimeOrNull(14),
        r.TextOrNull(15));
}
