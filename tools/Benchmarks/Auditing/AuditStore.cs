using System.Globalization;
using System.Text;
using System.Text.Json;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// Fills a SQLite store with made-up people as the pipeline would leave them: their records raw and normalised, with issues and consent, and one golden record a person, which
/// has the values of their first record. Only what the audit does not read is left out: work rows, match keys, edges, trails.
/// </summary>
internal static class AuditStore
{
    private const int MostRecordsEach = 2;
    private const int Seed = 7;

    private static readonly long Now = Micro(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public static (long Records, long Issues) Fill(string database, int people)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
        using var transaction = connection.BeginTransaction();
        var golden = new Table(connection, "golden_record", ["id", "row", "kind", "provenance", "content_hash", "recipe", "source_count", "created_at", "updated_at", "hygiene", "hygiene_reasons", .. Fields.Golden.Select(Fields.NameOf)]);
        var clean = new Table(connection, "clean_record", ["record_id", "kind", "updated_at", "content_hash", "input_hash", "recipe", "consents", .. Fields.Clean.Select(Fields.NameOf)]);
        var source = new Table(connection, "source_record", ["id", "source", "stream", "external_id", "payload", "content_hash", "deleted", "full_pass", "first_seen_at", "changed_at"]);
        var issue = new Table(connection, "issue", ["record_id", "position", "field", "code", "raw", "rejected"]);
        var crosswalk = new Table(connection, "crosswalk", ["record_id", "golden_id"]);
        var sources = new HashSet<string>(StringComparer.Ordinal);
        var seen = new byte[people];
        long records = 0, issues = 0;
        var hash = new byte[16];
        foreach (var batch in ContactWorld.OfPeople(Seed, people).Batches(b => b.Rows.Select(r => (Row: r, Clean: Normalised(r))).ToList()))
            foreach (var (row, record) in batch)
            {
                if (seen[row.Truth] == MostRecordsEach) continue;
                var id = ++records;
                var goldenId = IdOf(row.Truth);
                sources.Add(row.Source);
                source.Add(id, row.Source, Streams.Contacts, row.Id, JsonSerializer.SerializeToUtf8Bytes(ContactRow.Columns.Zip(row.Cells()).ToDictionary()), hash, 0, 1, Now, Now);
                clean.Add([id, 0, record.UpdatedAt is { } at ? Micro(at) : null, hash, hash, "recipe", Consents(record), .. Fields.Clean.Select(f => record.Values[f])]);
                for (var i = 0; i < record.Issues.Length; i++, issues++)
                    issue.Add(id, i, Fields.NameOf(record.Issues[i].Field), record.Issues[i].Code.Value, record.Issues[i].Raw, record.Issues[i].Rejected ? 1 : 0);
                crosswalk.Add(id, goldenId);
                if (seen[row.Truth]++ > 0) continue;
                var blocked = record.Values[Field.Email] is null && record.Values[Field.Phone] is null;
                golden.Add(
                [
                    goldenId, row.Truth + 1, 0, Provenance(record), hash, "recipe", 1, Now, Now, (int)(blocked ? HygieneStatus.Blocked : HygieneStatus.Ready),
                    (int)(blocked ? HygieneReasons.NoAddress : HygieneReasons.None), .. Fields.Golden.Select(f => record.Values[f]),
                ]);
            }

        var sourceTable = new Table(connection, "source", ["name", "connector", "created_at"]);
        foreach (var name in sources) sourceTable.Add(name, "files", Now);
        transaction.Commit();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return (records, issues);
    }

    private static CleanRecord Normalised(ContactRow row)
    {
        var values = new FieldValues.Builder();
        string[] cells = row.Cells();
        for (var i = 0; i < cells.Length; i++)
            if (Fields.Find(ContactRow.Columns[i]) is { } field && cells[i].Length > 0) values[field] = cells[i];
        var claims = new[] { row.EmailConsent, row.EmailStatus }.Select(ConsentValues.Read).OfType<ConsentState>()
            .Select(s => new ConsentClaim(Channel.Email, "marketing", row.Email, s, null));
        return RecordNormaliser.Normalise(new MappedRecord(
            new SourceKey(row.Source, Streams.Contacts, row.Id), EntityKind.Contact, values.Build(), [.. claims], SourceTime.Read(row.UpdatedAt), [], null));
    }

    /// <summary>As the store writes it.</summary>
    private static string? Consents(CleanRecord record) => record.Consents.IsEmpty
        ? null
        : JsonSerializer.Serialize(record.Consents.Select(c => new { C = (int)c.Channel, P = c.Purpose, On = c.Point, S = (int)c.State, c.At }));

    private static string Provenance(CleanRecord record) =>
        $"{{\"{record.Key}\":{{\"most_recent\":[{string.Join(',', record.Values.Present().Where(v => Fields.Golden.Contains(v.Field)).Select(v => $"\"{Fields.NameOf(v.Field)}\""))}]}}}}";

    private static string IdOf(long person) => string.Create(CultureInfo.InvariantCulture, $"01930000-0000-7000-8000-{person:X12}");

    private static long Micro(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>One prepared insert.</summary>
    private sealed class Table
    {
        private readonly SqliteCommand command;

        public Table(SqliteConnection connection, string name, string[] columns)
        {
            command = connection.CreateCommand();
            var text = new StringBuilder($"INSERT INTO {name} ({string.Join(',', columns)}) VALUES (");
            for (var i = 0; i < columns.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}$p{i}");
                command.Parameters.Add(new SqliteParameter($"$p{i}", null));
            }

            command.CommandText = text.Append(')').ToString();
        }

        public void Add(params object?[] values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }
}
