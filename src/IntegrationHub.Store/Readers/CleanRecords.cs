using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Clean records with their issues and consent claims.</summary>
public sealed partial class CleanRecords
{
    private const int Batch = 2_000;

    private static readonly string Select =
        $"SELECT c.record_id, r.source, r.stream, r.external_id, c.kind, c.updated_at, c.consents, {FieldColumns.Of("c", FieldColumns.Clean)} "
        + "FROM clean_record c JOIN source_record r ON r.id = c.record_id ";

    private readonly Database database;
    private readonly Consents consents;

    internal CleanRecords(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Clean records by id, ascending; unknown ids are left out.</summary>
    public Task<IReadOnlyList<CleanRow>> Load(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        database.Read<IReadOnlyList<CleanRow>>(async s => await Load(s, ids, ct), ct);

    /// <summary>A clean record by its source key, with issues; null when there is none.</summary>
    public Task<CleanRow?> Find(SourceKey key, CancellationToken ct) => database.Read(
        async s =>
        {
            var rows = await s.Query(
                Select + "WHERE r.source = @0 AND r.stream = @1 AND r.external_id = @2", Read, ct, key.Source, key.Stream, key.ExternalId);
            return (await WithIssues(s, rows, ct)).SingleOrDefault();
        },
        ct);

    /// <summary>All clean records of a kind in batches, by id.</summary>
    public IAsyncEnumerable<IReadOnlyList<CleanRow>> Stream(EntityKind kind, CancellationToken ct) => Pages(kind, issues: false, ct);

    /// <summary>The same with their issues, for the export; of both kinds when null.</summary>
    public IAsyncEnumerable<IReadOnlyList<CleanRow>> StreamWithIssues(EntityKind? kind, CancellationToken ct) => Pages(kind, issues: true, ct);

    /// <summary>How many there are, of both kinds, counted no further than <paramref name="most"/>.</summary>
    public Task<long> Count(long most, CancellationToken ct) =>
        database.Read(s => s.Count("SELECT count(*) FROM (SELECT 1 FROM clean_record LIMIT @0) c", ct, most), ct);

    /// <summary>How many records have which issue, by source, field and code.</summary>
    public Task<IReadOnlyList<IssueCount>> IssueCounts(CancellationToken ct) => database.Read<IReadOnlyList<IssueCount>>(
        async s =>
        [
            .. (await s.Query(
                "SELECT r.source, c.kind, i.field, i.code, i.rejected, count(DISTINCT i.record_id), "
                + "min(r.source || '/' || r.stream || '/' || r.external_id), max(r.source || '/' || r.stream || '/' || r.external_id) "
                + "FROM issue i JOIN clean_record c ON c.record_id = i.record_id JOIN source_record r ON r.id = i.record_id "
                + "GROUP BY r.source, c.kind, i.field, i.code, i.rejected",
                r => new IssueCount(r.Text(0), (EntityKind)r.Int(1), FieldOf(r.Text(2)), new IssueCode(r.Text(3)), r.Bool(4), r.Long(5), [.. new[] { r.Text(6), r.Text(7) }.Distinct()]),
                ct))
                .OrderBy(i => i.Source, StringComparer.Ordinal).ThenBy(i => i.Field).ThenBy(i => i.Code.Value, StringComparer.Ordinal).ThenBy(i => i.Rejected),
        ],
        ct);

    /// <summary>Clean records by id with their issues, ascending.</summary>
    internal static async Task<List<CleanRow>> LoadWithIssues(Session s, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        await WithIssues(s, await Load(s, ids, ct), ct);

    internal static Task<List<CleanRow>> Load(Session s, IReadOnlyCollection<long> ids, CancellationToken ct) => ids.Count == 0
        ? Task.FromResult(new List<CleanRow>())
        : s.Query(Select + $"WHERE {s.Among("c.record_id", 0)} ORDER BY c.record_id", Read, ct, s.Items(ids));

    internal static async Task<List<CleanRow>> WithIssues(Session s, List<CleanRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return rows;
        var issues = (await s.Query(
            $"SELECT record_id, field, code, raw, rejected FROM issue WHERE {s.Among("record_id", 0)} ORDER BY record_id, position",
            r => (Id: r.Long(0), Issue: new FieldIssue(FieldOf(r.Text(1)), new IssueCode(r.Text(2)), r.TextOrNull(3), r.Bool(4))),
            ct,
            s.Items([.. rows.Select(r => r.RecordId)]))).ToLookup(i => i.Id, i => i.Issue);
        return [.. rows.Select(r => r with { Record = r.Record with { Issues = [.. issues[r.RecordId]] } })];
    }

    private async IAsyncEnumerable<IReadOnlyList<CleanRow>> Pages(EntityKind? kind, bool issues, [EnumeratorCancellation] CancellationToken ct)
    {
        // Each batch is a read of its own: a long reader would keep the write-ahead log from being taken up.
        // The bound is said of both tables, or PostgreSQL may merge them from the first row on for every batch.
        for (var after = 0L; ;)
        {
            var from = after;
            var rows = await database.Read(
                async s =>
                {
                    var page = kind is { } k
                        ? await s.Query(Select + "WHERE c.record_id > @0 AND r.id > @0 AND c.kind = @2 ORDER BY c.record_id LIMIT @1", Read, ct, from, Batch, (int)k)
                        : await s.Query(Select + "WHERE c.record_id > @0 AND r.id > @0 ORDER BY c.record_id LIMIT @1", Read, ct, from, Batch);
                    return issues ? await WithIssues(s, page, ct) : page;
                },
                ct);
            if (rows.Count == 0) yield break;
            after = rows[^1].RecordId;
            yield return rows;
        }
    }

    private static CleanRow Read(Row r) => new(
        r.Long(0),
        new CleanRecord(
            Landing.Key(r, 1),
            (EntityKind)r.Int(4),
            FieldColumns.Read(r, 7, Fields.Clean),
            ImmutableArray<FieldIssue>.Empty,
            ConsentJson.Read(r.TextOrNull(6)),
            r.TimeOrNull(5)));

    private static Field FieldOf(string name) =>
        Fields.Find(name) ?? throw new StoreException($"Table issue names a field '{name}' that this version of the hub does not know. Run `hub sync --full`, which makes the issues anew.");
}
