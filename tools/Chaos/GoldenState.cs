using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Chaos;

/// <summary>What a hub ends with: its golden records, each named by the source records that it is made of, since ids of its own differ from run to run.</summary>
public sealed class GoldenState
{
    private static readonly HashSet<string> Own = new(["golden_id", "created_at", "updated_at"], StringComparer.Ordinal);

    private GoldenState(IReadOnlyDictionary<string, string> records) => Records = records;

    /// <summary>Field values and provenance by the sorted source keys.</summary>
    public IReadOnlyDictionary<string, string> Records { get; }

    /// <summary>Reads the files of <c>hub export golden</c> and <c>hub export crosswalk</c>.</summary>
    public static GoldenState Read(string golden, string crosswalk)
    {
        Dictionary<string, List<string>> keys = new(StringComparer.Ordinal);
        foreach (var row in Rows(crosswalk))
        {
            if (!keys.TryGetValue(row["golden_id"], out var made)) keys[row["golden_id"]] = made = [];
            made.Add($"{row["source"]}/{row["stream"]}/{row["external_id"]}");
        }
        Dictionary<string, string> records = new(StringComparer.Ordinal);
        foreach (var row in Rows(golden))
        {
            var name = keys.Remove(row["golden_id"], out var made)
                ? string.Join(' ', made.Order(StringComparer.Ordinal))
                : $"(no source record: {row["golden_id"]})";
            records[name] = string.Join('\n', row.Where(c => !Own.Contains(c.Key) && c.Value.Length > 0).Select(c => $"{c.Key}: {c.Value}"));
        }
        foreach (var (id, made) in keys)
            records[string.Join(' ', made.Order(StringComparer.Ordinal))] = $"(in the crosswalk, but no golden record: {id})";
        return new GoldenState(records);
    }

    /// <summary>How the other state differs from this one, one line a golden record; at most <paramref name="most"/>, then how many more.</summary>
    public IReadOnlyList<string> DifferencesTo(GoldenState other, int most)
    {
        List<string> found = [];
        foreach (var (name, content) in Records.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            if (!other.Records.TryGetValue(name, out var content2)) found.Add($"missing: {name}");
            else if (content2 != content) found.Add($"differs: {name}: {FirstDifference(content, content2)}");
        }
        found.AddRange(other.Records.Keys.Except(Records.Keys).Order(StringComparer.Ordinal).Select(name => $"added: {name}"));
        return found.Count <= most ? found : [.. found.Take(most), $"and {found.Count - most} more"];
    }

    /// <summary>The living source records in the hub's SQLite file, as <c>source/stream/external id</c>, but for mail activity, which the sandbox has by campaign. Asked of the database, since no export would show a record that got lost.</summary>
    public static IReadOnlySet<string> SourceRecords(string database) =>
        Texts(database, "SELECT source || '/' || stream || '/' || external_id FROM source_record WHERE NOT deleted AND stream <> 'events'");

    /// <summary>What pulled orders, carts and mail activity came to: the rows of activity, and all events.</summary>
    public static IReadOnlySet<string> PulledEvents(string database) => Texts(
        database,
        "SELECT source || '/' || stream || '/' || external_id FROM source_record WHERE NOT deleted AND stream = 'events' UNION ALL SELECT 'event ' || id FROM event");

    private static HashSet<string> Texts(string database, string query)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = database,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        HashSet<string> texts = new(StringComparer.Ordinal);
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>The living records of the sandbox's <c>/_sandbox/state</c>, in the same form.</summary>
    public static IReadOnlySet<string> SandboxRecords(JsonElement state) =>
        state
            .EnumerateObject()
            .SelectMany(source =>
                source
                    .Value.EnumerateObject()
                    .SelectMany(stream => stream.Value.EnumerateArray().Select(id => $"{source.Name}/{stream.Name}/{id.GetString()}"))
            )
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        using var csv = CsvReader.FromFile(file);
        csv.ReadHeader();
        var headers = csv.Headers.ToArray();
        while (csv.Read())
        {
            Dictionary<string, string> row = new(StringComparer.Ordinal);
            for (var i = 0; i < headers.Length; i++) row[headers[i]] = Encoding.UTF8.GetString(csv.GetSpan(i));
            yield return row;
        }
    }

    private static string FirstDifference(string one, string other)
    {
        string[] a = one.Split('\n'), b = other.Split('\n');
        var only = a.Except(b).Take(2).Concat(b.Except(a).Take(2).Select(l => "now " + l));
        return string.Join(';', only);
    }
}
