using System.Runtime.CompilerServices;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Golden records, their crosswalk, aliases and merges.</summary>
public sealed partial class GoldenRecords
{
    private const int Batch = 2_000;

    private const string MergeColumns = "id, golden_id, absorbed_id, left_keys, right_keys, probability, by, at, undone_at";

    private static readonly string Select =
        "SELECT g.id, g.row, g.kind, g.provenance, g.content_hash, g.recipe, g.source_count, g.created_at, g.updated_at, g.retired_at, g.hygiene, g.hygiene_reasons, "
        + $"{FieldColumns.Of("g", FieldColumns.Golden)} FROM golden_record g ";

    private readonly Database database;
    private readonly Consents consents;

    internal GoldenRecords(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>A golden record by id, following aliases; null when there is none.</summary>
    public Task<GoldenRow?> Find(GoldenId id, CancellationToken ct) => database.Read(s => Find(s, id, ct), ct);

    /// <summary>Where golden ids lead now: to themselves, or to what has absorbed them.</summary>
    public Task<IReadOnlyDictionary<GoldenId, GoldenId>> Leads(IReadOnlyCollection<GoldenId> ids, CancellationToken ct) => database.Read<IReadOnlyDictionary<GoldenId, GoldenId>>(
        async s =>
        {
            var absorbed = (await s.Query(
                $"SELECT alias, golden_id FROM golden_alias WHERE {s.Among("alias", 0)}", r => (Alias: new GoldenId(r.Guid(0)), Lead: new GoldenId(r.Guid(1))), ct, s.Items([.. ids.Select(i => i.Value)])))
                .ToDictionary(a => a.Alias, a => a.Lead);
            return ids.ToDictionary(i => i, i => absorbed.GetValueOrDefault(i, i));
        },
        ct);

    /// <summary>Golden records by id, in any order; aliases are not followed, and unknown ids are left out.</summary>
    public Task<IReadOnlyList<GoldenRow>> Load(IReadOnlyCollection<GoldenId> ids, CancellationToken ct) => database.Read<IReadOnlyList<GoldenRow>>(
        async s => ids.Count == 0 ? [] : await s.Query($"{Select} WHERE {s.Among("g.id", 0)}", Read, ct, s.Items([.. ids.Select(i => i.Value)])), ct);

    /// <summary>A golden record with sources, merges and history, following aliases; null when there is none.</summary>
    public Task<GoldenDetail?> Show(GoldenId id, CancellationToken ct) => database.Read(
        async s =>
        {
            if (await Find(s, id, ct) is not { } row) return null;
            var records = await s.Query("SELECT record_id FROM crosswalk WHERE golden_id = @0", r => r.Long(0), ct, row.Id.Value);
            var sources = await CleanRecords.WithIssues(s, await CleanRecords.Load(s, records, ct), ct);
            var aliases = await s.Query(
                "SELECT alias, golden_id, merge_id, since FROM golden_alias WHERE golden_id = @0 ORDER BY since, alias",
                r => new GoldenAlias(new GoldenId(r.Guid(0)), new GoldenId(r.Guid(1)), r.Guid(2), r.Time(3)),
                ct,
                row.Id.Value);
            GoldenId[] all = [row.Id, .. aliases.Select(a => a.Alias)];
            var history = await Trail.For(s, "golden", [.. all.Select(g => g.ToString())], ct);
            return new GoldenDetail(
                row, [.. sources.OrderBy(c => c.Record.Key)], aliases, await MergesOf(s, all, ct), history, await CompanyOf(s, row.Id, ct),
                row.Kind == EntityKind.Company ? await s.Count("SELECT count(*) FROM golden_record WHERE company_id = @0 AND retired_at IS NULL", ct, row.Id.Value) : 0);
        },
        ct);

    /// <summary>Living golden records in batches, by row; of both kinds when null.</summary>
    public async IAsyncEnumerable<IReadOnlyList<GoldenRow>> Stream(EntityKind? kind, [EnumeratorCancellation] CancellationToken ct)
    {
        var where = kind is { } k ? $"g.kind = {(int)k} AND " : "";
        for (var after = 0L; ;)
        {
            var from = after;
            var rows = await database.Read(
                s => s.Query($"{Select} WHERE {where} g.retired_at IS NULL AND g.row > @0 ORDER BY g.row LIMIT @1", Read, ct, from, Batch), ct);
            if (rows.Count == 0) yield break;
            after = rows[^1].Row;
            yield return rows;
        }
    }

    /// <summary>Living golden records of both kinds with their clean records, issues left out, in batches by row: for reports over all.</summary>
    public async IAsyncEnumerable<IReadOnlyList<(GoldenRow Golden, IReadOnlyList<CleanRecord> Members)>> StreamWithMembers([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in Stream(null, ct))
            yield return await database.Read<IReadOnlyList<(GoldenRow, IReadOnlyList<CleanRecord>)>>(
                async s =>
                {
                    var states = await States(s, [.. batch], ct);
                    var clean = (await CleanRecords.Load(s, [.. states.SelectMany(g => g.Records).Select(r => r.RecordId)], ct)).ToDictionary(c => c.RecordId, c => c.Record);
                    return [.. states.Select(g => (g.Row, (IReadOnlyList<CleanRecord>)[.. g.Records.Where(r => clean.ContainsKey(r.RecordId)).Select(r => clean[r.RecordId])]))];
                },
                ct);
    }

    /// <summary>How many living contacts have which hygiene status, and for which reasons.</summary>
    public Task<IReadOnlyList<HygieneCount>> HygieneCounts(CancellationToken ct) => database.Read<IReadOnlyList<HygieneCount>>(
        async s => await s.Query(
            // All of it stands in one index: the table is not read. A retired record is one whose only reason is that.
            "SELECT hygiene, hygiene_reasons, count(*) FROM golden_record WHERE kind = @0 AND hygiene_reasons <> @1 GROUP BY hygiene, hygiene_reasons ORDER BY hygiene, hygiene_reasons",
            r => new HygieneCount(new Hygiene((HygieneStatus)r.Int(0), (HygieneReasons)r.Int(1)), r.Long(2)),
            ct,
            (int)EntityKind.Contact,
            (int)HygieneReasons.Retired),
        ct);

    /// <summary>Golden records by row, ascending, retired ones too; unknown rows are left out.</summary>
    public Task<IReadOnlyList<GoldenState>> ByRow(IReadOnlyCollection<long> rows, CancellationToken ct) => database.Read<IReadOnlyList<GoldenState>>(
        async s => await States(s, await s.Query($"{Select} WHERE {s.Among("g.row", 0)} ORDER BY g.row", Read, ct, s.Items(rows)), ct), ct);

    /// <summary>The crosswalk in batches, by record id.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CrosswalkRow>> Crosswalk([EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var rows = await database.Read(
                s => s.Query(
                    "SELECT x.record_id, r.source, r.stream, r.external_id, x.golden_id, g.kind "
                    + "FROM (SELECT record_id, golden_id FROM crosswalk WHERE record_id > @0 ORDER BY record_id LIMIT @1) x "
                    + "JOIN source_record r ON r.id = x.record_id JOIN golden_record g ON g.id = x.golden_id ORDER BY x.record_id",
                    r => new CrosswalkRow(r.Long(0), Landing.Key(r, 1), new GoldenId(r.Guid(4)), (EntityKind)r.Int(5)),
                    ct,
                    from,
                    Batch * 5),
                ct);
            if (rows.Count == 0) yield break;
            after = rows[^1].RecordId;
            yield return rows;
        }
    }

    /// <summary>The golden record of each source record; records without are left out.</summary>
    public Task<IReadOnlyDictionary<long, GoldenId>> GoldenOf(IReadOnlyCollection<long> records, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<long, GoldenId>>(async s => await GoldenOf(s, records, ct), ct);

    /// <summary>Merges that the golden records survived or were absorbed in, undone ones too, oldest first.</summary>
    public Task<IReadOnlyList<MergeEvent>> MergesOf(IReadOnlyCollection<GoldenId> goldens, CancellationToken ct) =>
        database.Read<IReadOnlyList<MergeEvent>>(async s => await MergesOf(s, goldens, ct), ct);

    /// <summary>A merge by id; null when there is none.</summary>
    public Task<MergeEvent?> FindMerge(Guid id, CancellationToken ct) => database.Read(
        async s => (await s.Query($"SELECT {MergeColumns} FROM merge_event WHERE id = @0", ReadMerge, ct, id)).SingleOrDefault(), ct);

    /// <summary>The latest merges, newest first.</summary>
    public Task<IReadOnlyList<MergeEvent>> Merges(int limit, CancellationToken ct) => database.Read<IReadOnlyList<MergeEvent>>(
        async s => await s.Query($"SELECT {MergeColumns} FROM merge_event ORDER BY at DESC, id DESC LIMIT @0", ReadMerge, ct, limit), ct);

    internal static async Task<GoldenRow?> Find(Session s, GoldenId id, CancellationToken ct)
    {
        var leads = await s.Query("SELECT golden_id FROM golden_alias WHERE alias = @0", r => r.Guid(0), ct, id.Value);
        return (await s.Query($"{Select} WHERE g.id = @0", Read, ct, leads.Count > 0 ? leads[0] : id.Value)).SingleOrDefault();
    }

    private static async Task<Dictionary<long, GoldenId>> GoldenOf(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => (await s.Query(
        $"SELECT record_id, golden_id FROM crosswalk WHERE {s.Among("record_id", 0)}", r => (Record: r.Long(0), Golden: new GoldenId(r.Guid(1))), ct, s.Items(records)))
        .ToDictionary(r => r.Record, r => r.Golden);

    private static async Task<List<GoldenState>> States(Session s, List<GoldenRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var members = (await s.Query(
            "SELECT x.golden_id, x.record_id, r.source, r.stream, r.external_id, m.cluster_id FROM crosswalk x "
            + $"JOIN source_record r ON r.id = x.record_id LEFT JOIN cluster_member m ON m.record_id = x.record_id WHERE {s.Among("x.golden_id", 0)}",
            r => (Golden: r.Guid(0), Member: new GoldenMember(r.Long(1), Landing.Key(r, 2), r.LongOrNull(5))),
            ct,
            s.Items([.. rows.Select(r => r.Id.Value)]))).ToLookup(m => m.Golden, m => m.Member);
        return [.. rows.Select(r => new GoldenState(r, [.. members[r.Id.Value].OrderBy(m => m.Key)]))];
    }

    private static Task<List<MergeEvent>> MergesOf(Session s, IReadOnlyCollection<GoldenId> goldens, CancellationToken ct) => s.Query(
        $"SELECT {MergeColumns} FROM merge_event WHERE {s.Among("golden_id", 0)} OR {s.Among("absorbed_id", 0)} ORDER BY at, id",
        ReadMerge,
        ct,
        s.Items([.. goldens.Select(g => g.Value)]));

    private static GoldenRow Read(Row r) => new(
        new GoldenId(r.Guid(0)),
        r.Long(1),
        (EntityKind)r.Int(2),
        FieldColumns.Read(r, 12, Fields.Golden),
        GoldenJson.ReadProvenance(r.Text(3)),
        Convert.ToHexStringLower(r.Bytes(4)),
        new RecipeVersion(r.Text(5)),
        r.Int(6),
        r.Time(7),
        r.Time(8),
        r.TimeOrNull(9),
        new Hygiene((HygieneStatus)r.Int(10), (HygieneReasons)r.Int(11)));

    private static MergeEvent ReadMerge(Row r) => new(
        r.Guid(0),
        new GoldenId(r.Guid(1)),
        r.GuidOrNull(2) is { } absorbed ? new GoldenId(absorbed) : null,
        GoldenJson.ReadKeys(r.Text(3)),
        GoldenJson.ReadKeys(r.Text(4)),
        r.RealOrNull(5),
        r.Text(6),
        r.Time(7),
        r.TimeOrNull(8));
}
