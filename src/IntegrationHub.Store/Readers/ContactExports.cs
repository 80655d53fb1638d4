using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Everything that is held of one contact.</summary>
public sealed class ContactExports
{
    private readonly Database database;
    private readonly Consents consents;

    internal ContactExports(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Every row of every table that is the contact's, as JSON by table: the same rows that <see cref="Erasures"/> deletes, its suppressions, its entries in the trail, and the audits that name it. Null when there is no such contact.</summary>
    public Task<JsonObject?> Of(GoldenId contact, CancellationToken ct) => database.Read(
        async s =>
        {
            if (await ContactScope.Find(s, contact, ct) is not { } scope) return null;
            var (tables, arguments, export) = (database.Tables(), scope.Arguments(s, consents), new JsonObject());
            foreach (var table in PersonalTables.All) export[table.Name] = await Rows(s, table.Name, tables[table.Name], table.Where(s), arguments, ct);
            var merges = export["merge_event"]!.AsArray().Select(m => (string?)m!["id"]).OfType<string>();
            var locks = export["field_lock"]!.AsArray().Select(m => (string?)m!["id"]).OfType<string>();
            var pairs = export["merge_queue"]!.AsArray().Select(m => (string?)m!["id"]).OfType<string>();
            object[] subjects = [s.Items([.. scope.Ids.Select(i => i.ToString()), .. scope.Records.Select(r => r.Key.ToString()), .. merges, .. locks, .. pairs])];
            export["decision"] = await Rows(s, "decision", tables["decision"], $"id IN (SELECT decision_id FROM decision_pair WHERE {s.Among("a", 3)} OR {s.Among("b", 3)})", arguments, ct);
            export["suppression_entry"] = await Rows(s, "suppression_entry", tables["suppression_entry"], s.Among("point", 4), arguments, ct);
            export["audit_trail"] = await Rows(s, "audit_trail", tables["audit_trail"], s.Among("subject_id", 0), subjects, ct);
            export["audit"] = await Samples(s, scope, ct);
            return export;
        },
        ct);

    private static async Task<JsonArray> Rows(Session s, string table, ImmutableArray<(string Name, Type Type)> columns, string where, object[] arguments, CancellationToken ct)
    {
        var rows = await s.Query($"SELECT {string.Join(", ", columns.Select(c => c.Name))} FROM {table} WHERE {where}", r =>
        {
            var row = new JsonObject();
            for (var i = 0; i < columns.Length; i++)
                if (!r.IsNull(i)) row[columns[i].Name] = Value(r, i, columns[i].Type);
            return row;
        }, ct, arguments);
        // Not by the database's order, which may be any: the same contact gives the same file.
        return new JsonArray([.. rows.OrderBy(r => r.ToJsonString(), StringComparer.Ordinal)]);
    }

    private static JsonNode? Value(Row row, int i, Type type) => type switch
    {
        _ when type == typeof(string) => Text(row.Text(i)),
        _ when type == typeof(byte[]) => Bytes(row.Bytes(i)),
        _ when type == typeof(Guid) => row.Guid(i).ToString(),
        _ when type == typeof(DateTimeOffset) => row.Time(i).ToUniversalTime().ToString("O", null),
        _ when type == typeof(bool) => row.Bool(i),
        _ when type == typeof(int) => row.Int(i),
        _ when type == typeof(double) => row.Real(i),
        _ => row.Long(i),
    };

    private static JsonNode? Text(string text)
    {
        if (text is not ['{' or '[', ..]) return text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Payloads are JSON; hashes are not, and stand as hex.</summary>
    private static JsonNode? Bytes(byte[] bytes)
    {
        try
        {
            return bytes is [(byte)'{' or (byte)'[', ..] ? JsonNode.Parse(bytes) : Convert.ToHexStringLower(bytes);
        }
        catch (JsonException)
        {
            return Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>Audits that name the contact, with the findings that it is a sample of.</summary>
    private static async Task<JsonArray> Samples(Session s, ContactScope scope, CancellationToken ct)
    {
        var found = new JsonArray();
        await s.Each("SELECT id, at, report FROM audit ORDER BY at, id", r =>
        {
            var report = r.Text(2);
            if (scope.Texts.RedactJson(report, wholly: true) == report) return;
            var (id, at) = (r.Guid(0).ToString(), r.Time(1).ToUniversalTime().ToString("O", null));
            var names = scope.Ids.Select(i => i.ToString()).Concat(scope.Records.Select(k => k.Key.ToString())).ToHashSet(StringComparer.Ordinal);
            var findings = JsonNode.Parse(report)?["findings"] as JsonArray ?? [];
            var samples = findings.OfType<JsonObject>().Where(f => f["samples"] is JsonArray list && list.Any(n => n is JsonValue v && v.TryGetValue<string>(out var name) && names.Contains(name))).Select(f => f["code"]?.DeepClone());
            found.Add(new JsonObject { ["id"] = id, ["at"] = at, ["findings"] = new JsonArray([.. samples]) });
        }, ct);
        return found;
    }
}
