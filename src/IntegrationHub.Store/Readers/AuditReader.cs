using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>
/// Reads what the audit looks at, fast: each table once, from its first row to its last and only the columns that matter, in as many ranges as there are
/// processors, joined in memory. A join in the database would look up four rows for every record.
/// </summary>
public sealed class AuditReader
{
    /// <summary>In how many ranges the tables are read at once.</summary>
    public static int Ranges { get; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    private const int MostAtOnce = 1 << 24;

    private readonly Database database;

    internal AuditReader(Database database) => this.database = database;

    /// <summary>Reads living golden records and their clean records.</summary>
    /// <param name="compared">The fields whose values are needed, of records that are not alone.</param>
    /// <param name="asked">The fields of which it is needed whether a golden record has them: each costs a step of the database a row.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<AuditFacts> Read(ImmutableArray<Field> compared, FieldSet asked, CancellationToken ct)
    {
        var lastRow = await database.Read(s => s.Count($"SELECT coalesce(max({s.InTableOrder("row")}), 0) FROM golden_record", ct), ct);
        var lastRecord = await Max("clean_record", "record_id", ct);
        var sources = Sources(lastRecord, ct);
        var filled = Filled(asked);
        var parts = await InRanges(lastRow, Ranges, (s, from, to) => Goldens(s, from, to, filled, ct), ct);
        var goldens = new GoldenFacts[parts.Sum(p => p.Count)];
        var next = 0;
        foreach (var part in parts)
        {
            part.CopyTo(goldens, next);
            next += part.Count;
        }

        parts.Clear();
        var (sourceOf, names) = await sources;
        var index = new Dictionary<Guid, int>(goldens.Length);
        for (var i = 0; i < goldens.Length; i++) index[goldens[i].Id] = i;

        await Suppressed(goldens, index, ct);
        var goldenOf = new int[lastRecord + 1];
        Array.Fill(goldenOf, -1);
        await InRanges(lastRecord, Ranges, (s, from, to) => Crosswalk(s, from, to, index, goldenOf, ct), ct);
        var records = new RecordFacts[lastRecord + 1];
        var alone = Count(goldens, goldenOf);
        var telling = new bool[names.Length];
        await InRanges(lastRecord, Ranges, (s, from, to) => Records(s, from, to, compared, sourceOf, goldenOf, alone, records, telling, ct), ct);

        // A record that has lost its clean record, or that came in between, takes no part.
        for (var i = 0; i < goldens.Length; i++) goldens[i].Records = 0;
        for (var record = 0; record < goldenOf.Length; record++)
            if (records[record].Source == 0) goldenOf[record] = -1;
            else if (goldenOf[record] >= 0) goldens[goldenOf[record]].Records++;
        return new AuditFacts(goldens, index, records, goldenOf, names, telling);
    }

    /// <summary>Marks those of whose words one is about an address or number that the hub itself suppresses.</summary>
    private Task<int> Suppressed(GoldenFacts[] goldens, Dictionary<Guid, int> index, CancellationToken ct) => database.Read(
        async s =>
        {
            await s.Each(
                "SELECT DISTINCT x.golden_id FROM suppression_entry s JOIN consent_entry e ON e.point = s.point AND e.point_hmac = s.point_hmac AND e.channel = s.channel JOIN crosswalk x ON x.record_id = e.record_id "
                + "WHERE s.releases IS NULL AND NOT EXISTS (SELECT 1 FROM suppression_entry r WHERE r.releases = s.id)",
                r =>
                {
                    if (index.TryGetValue(r.Guid(0), out var golden)) goldens[golden].IsSuppressedHere = true;
                },
                ct);
            return 0;
        },
        ct);

    private async Task<long> Max(string table, string column, CancellationToken ct) =>
        await database.Read(s => s.Count($"SELECT coalesce(max({column}), 0) FROM {table}", ct), ct);

    /// <summary>Reads a table in ranges of its key, each on a thread and a connection of its own.</summary>
    private async Task<List<T>> InRanges<T>(long last, int threads, Func<Session, long, long, Task<T>> read, CancellationToken ct)
    {
        var ranges = Enumerable.Range(0, threads).Select(i => (From: last * i / threads, To: last * (i + 1) / threads));
        return [.. await Task.WhenAll(ranges.Select(r => Task.Run(() => database.Read(s => read(s, r.From, r.To), ct), ct)))];
    }

    private static async Task<List<GoldenFacts>> Goldens(Session s, long from, long to, string filled, CancellationToken ct)
    {
        var goldens = new List<GoldenFacts>((int)Math.Min(to - from, MostAtOnce));
        await s.Each(
            $"SELECT id, row, kind, {filled}, email, phone, birth_date, company, domain, hygiene, hygiene_reasons, known_since FROM golden_record WHERE {s.InTableOrder("row")} > @0 AND {s.InTableOrder("row")} <= @1 AND retired_at IS NULL",
            r => goldens.Add(new GoldenFacts
            {
                Id = r.Guid(0),
                Row = r.Long(1),
                Kind = (EntityKind)r.Long(2),
                Filled = new FieldSet((ulong)r.Long(3)),
                Email = AuditedEmail.Of(r.Utf8(4)),
                Phone = Key(r, 5),
                BirthDate = Key(r, 6),
                Company = r.TextOrNull(7) is { } company ? AuditKeys.OfName(company) : 0,
                Domain = Key(r, 8),
                Hygiene = new Hygiene((HygieneStatus)r.Long(9), (HygieneReasons)r.Long(10)),
                KnownSince = Moments.Read(r.TextOrNull(11)) is { } since ? SqliteDatabase.ToMicroseconds(since) : RecordFacts.Never,
            }),
            ct,
            from,
            to);
        return goldens;
    }

    /// <summary>The set of filled fields, made by the database: one number instead of many texts.</summary>
    private static string Filled(FieldSet asked) => string.Join(
        " + ", Fields.Golden.Where(asked.Has).Select(f => $"CASE WHEN {Fields.NameOf(f)} IS NULL THEN 0 ELSE {1L << (int)f} END").DefaultIfEmpty("0"));

    /// <summary>The source of each record, from the index that holds nothing else: the table's own rows are a hundred times as long.</summary>
    private async Task<(int[] SourceOf, string[] Names)> Sources(long last, CancellationToken ct)
    {
        var names = (await database.Read(s => s.Query("SELECT name FROM source ORDER BY name", r => r.Text(0), ct), ct)).ToArray();
        var sourceOf = new int[last + 1];
        Array.Fill(sourceOf, names.Length);
        await Task.WhenAll(names.Select((name, number) => Task.Run(
            () => database.Read(
                async s =>
                {
                    await s.Each("SELECT id FROM source_record WHERE source = @0", r =>
                    {
                        if (r.Long(0) is var id && id <= last) sourceOf[id] = number;
                    }, ct, name);
                    return true;
                },
                ct),
            ct)));
        return (sourceOf, [.. names, "removed source"]);
    }

    private static async Task<bool> Crosswalk(Session s, long from, long to, Dictionary<Guid, int> index, int[] goldenOf, CancellationToken ct)
    {
        await s.Each("SELECT record_id, golden_id FROM crosswalk WHERE record_id > @0 AND record_id <= @1", r =>
        {
            if (index.TryGetValue(r.Guid(1), out var golden)) goldenOf[r.Long(0)] = golden;
        }, ct, from, to);
        return true;
    }

    /// <summary>How many records each golden record has.</summary>
    private static int[] Count(GoldenFacts[] goldens, int[] goldenOf)
    {
        var counts = new int[goldens.Length];
        foreach (var golden in goldenOf)
            if (golden >= 0) counts[golden]++;
        return counts;
    }

    private static async Task<bool> Records(
        Session s, long from, long to, ImmutableArray<Field> compared, int[] sourceOf, int[] goldenOf, int[] counts, RecordFacts[] records, bool[] telling, CancellationToken ct)
    {
        var words = new RepeatedTexts();
        var columns = string.Concat(compared.Select(f => $", {Fields.NameOf(f)}"));
        await s.Each($"SELECT record_id, updated_at, consents, email, phone, CASE WHEN engaged_at IS NULL THEN 0 ELSE 1 END{columns} FROM clean_record WHERE record_id > @0 AND record_id <= @1", r =>
        {
            var id = r.Long(0);
            ref var record = ref records[id];
            record.Source = sourceOf[id] + 1;
            record.ChangedAt = r.TimeOrNull(1) is { } at ? SqliteDatabase.ToMicroseconds(at) : RecordFacts.Never;
            if (r.Utf8(2) is { Length: > 0 } consents) record.Claims = ConsentJson.Audited(consents, words);
            if (r.Long(5) != 0) telling[sourceOf[id]] = true;
            if (goldenOf[id] is not (>= 0 and var golden) || counts[golden] < 2) return;
            record.Email = Key(r, 3);
            record.Phone = Key(r, 4);
            var values = new string?[compared.Length];
            for (var i = 0; i < values.Length; i++)
                if (r.Utf8(6 + i) is { Length: > 0 } value) values[i] = words.One(value);
            record.Compared = values;
        }, ct, from, to);
        return true;
    }

    private static long Key(Row r, int column) => r.Utf8(column) is { Length: > 0 } text ? AuditKeys.Of(text) : 0;

    /// <summary>Hands on the issues of each clean record whose golden record is wanted, record by record; in ranges, each on a thread of its own.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="wanted">By the golden record's index.</param>
    /// <param name="raw">True to read the raw values too.</param>
    /// <param name="ranges">In how many ranges.</param>
    /// <param name="add">Is given the number of the range, the source, the record's number and its issues. Never called by two threads for the same range at once.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Issues(AuditFacts facts, bool[] wanted, bool raw, int ranges, Action<int, string, long, ReadOnlySpan<AuditedIssue>> add, CancellationToken ct)
    {
        var last = facts.GoldenOfRecord.Length - 1L;
        var next = -1;
        await InRanges(last, ranges, (s, from, to) => Issues(s, from, to, facts, wanted, raw, Interlocked.Increment(ref next), add, ct), ct);
    }

    private static async Task<bool> Issues(Session s, long from, long to, AuditFacts facts, bool[] wanted, bool raw, int range, Action<int, string, long, ReadOnlySpan<AuditedIssue>> add, CancellationToken ct)
    {
        var words = new RepeatedTexts();
        var issues = new List<AuditedIssue>();
        var current = -1L;
        void Flush()
        {
            if (issues.Count > 0) add(range, facts.SourceOf(current), current, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(issues));
            issues.Clear();
        }

        await s.Each($"SELECT record_id, field, code, rejected{(raw ? ", raw" : "")} FROM issue WHERE record_id > @0 AND record_id <= @1 ORDER BY record_id", r =>
        {
            var id = r.Long(0);
            if (id != current) Flush();
            current = id;
            if (facts.GoldenOfRecord[id] is >= 0 and var golden && wanted[golden] && Fields.Find(words.One(r.Utf8(1))) is { } field)
                issues.Add(new AuditedIssue(field, words.One(r.Utf8(2)), r.Bool(3), raw ? r.TextOrNull(4) : null));
        }, ct, from, to);
        Flush();
        return true;
    }
}
