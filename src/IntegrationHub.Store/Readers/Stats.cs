using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Counts for summaries.</summary>
public sealed class Stats
{
    private readonly Database database;

    internal Stats(Database database) => this.database = database;

    /// <summary>Counts by source and stream.</summary>
    public Task<IReadOnlyList<SourceCounts>> Sources(CancellationToken ct) => database.Read<IReadOnlyList<SourceCounts>>(
        async s =>
        [
            .. (await s.Query(
                "SELECT r.source, r.stream, sum(CASE WHEN r.deleted THEN 0 ELSE 1 END), sum(CASE WHEN r.deleted THEN 1 ELSE 0 END), "
                + "count(c.record_id), count(DISTINCT x.golden_id) "
                + "FROM source_record r LEFT JOIN clean_record c ON c.record_id = r.id LEFT JOIN crosswalk x ON x.record_id = r.id GROUP BY r.source, r.stream",
                r => new SourceCounts(r.Text(0), r.Text(1), r.Long(2), r.Long(3), r.Long(4), r.Long(5)),
                ct))
                .OrderBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Stream, StringComparer.Ordinal),
        ],
        ct);

    /// <summary>Counts over everything.</summary>
    public Task<Totals> Totals(CancellationToken ct) => database.Read(
        async s => new Totals(
            await Kind(s, "golden_record WHERE retired_at IS NULL AND kind", EntityKind.Contact, ct),
            await Kind(s, "golden_record WHERE retired_at IS NULL AND kind", EntityKind.Company, ct),
            await Kind(s, "clean_record WHERE kind", EntityKind.Contact, ct),
            await Kind(s, "clean_record WHERE kind", EntityKind.Company, ct),
            await s.Count("SELECT count(*) FROM merge_queue WHERE state = @0", ct, (int)QueueState.Open),
            await s.Count("SELECT count(*) FROM quarantine WHERE cleared_at IS NULL", ct),
            await s.Count("SELECT count(*) FROM merge_event WHERE undone_at IS NULL", ct)),
        ct);

    private static Task<long> Kind(Session s, string where, EntityKind kind, CancellationToken ct) => s.Count($"SELECT count(*) FROM {where} = @0", ct, (int)kind);
}
