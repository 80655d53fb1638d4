using System.Text.Json;

namespace IntegrationHub.DataGenerator.Defects;

/// <summary>One defect that was made.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">The record that has it.</param>
/// <param name="Partner">For added records, the record it belongs to; empty else.</param>
/// <param name="Email">The address of the record, by which placeholders that several share are counted.</param>
public sealed record Defect(DefectKind Kind, string Id, string Partner, string Email);

/// <summary>What was made, exactly: by kind, and by the finding of the audit that should count it.</summary>
public sealed class DefectReport(DefectPlan plan, int seed)
{
    private readonly Dictionary<string, List<Defect>> byKind = DefectKinds.All.ToDictionary(k => k.Name, _ => new List<Defect>(), StringComparer.Ordinal);

    /// <summary>People, and records of them before any was added.</summary>
    public long People { get; private set; }

    /// <summary>Rows in the file.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes up what a batch made.</summary>
    public void Add(long rows, IReadOnlyList<Defect> made)
    {
        Rows += rows;
        People += rows - made.Count(d => d.Kind.Adds);
        foreach (var defect in made) byKind[defect.Kind.Name].Add(defect);
    }

    /// <summary>How many of a kind.</summary>
    public long CountOf(string kind) => byKind[kind].Count;

    /// <summary>The defects of a kind.</summary>
    public IReadOnlyList<Defect> Of(string kind) => byKind[kind];

    /// <summary>What the audit should count, by finding code.</summary>
    /// <param name="oneList">The whole file is audited as one list, as <c>hub audit FILE</c> does; else each source counts for itself.</param>
    public IReadOnlyDictionary<string, long> Findings(bool oneList)
    {
        var findings = new SortedDictionary<string, long>(StringComparer.Ordinal);
        void Count(string code, long by) => findings[code] = findings.GetValueOrDefault(code) + by;
        foreach (var kind in DefectKinds.All)
            if (CountOf(kind.Name) > 0)
                foreach (var code in kind.Findings(oneList)) Count(code, CountOf(kind.Name));

        // Placeholders are few, and so several contacts have the same one.
        var placeholders = byKind["placeholder_email"];
        if (placeholders.Count - placeholders.DistinctBy(d => d.Email).Count() is > 0 and var shared) Count("duplicates.shared_address", shared);
        return findings;
    }

    /// <summary>Writes the report as JSON.</summary>
    public void Write(Stream to)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("seed", seed);
        json.WriteNumber("people", People);
        json.WriteNumber("rows", Rows);
        foreach (var oneList in new[] { true, false })
        {
            json.WriteStartObject(oneList ? "findings" : "findings_by_source");
            foreach (var (code, count) in Findings(oneList)) json.WriteNumber(code, count);
            json.WriteEndObject();
        }

        json.WriteStartArray("kinds");
        foreach (var kind in DefectKinds.All)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Name);
            json.WriteString("finding", kind.Finding);
            json.WriteString("issue", kind.Issue);
            json.WriteNumber("rate", plan.RateOf(kind));
            json.WriteNumber("count", CountOf(kind.Name));
            Write(json, "also", kind.Also);
            Write(json, "ids", byKind[kind.Name].Select(d => d.Id));
            if (kind.Adds) Write(json, "partners", byKind[kind.Name].Select(d => d.Partner));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
