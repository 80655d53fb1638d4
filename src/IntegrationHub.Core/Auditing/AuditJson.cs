using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Auditing;

/// <summary>The report as JSON, in the schema of docs/audit-schema.json.</summary>
public static class AuditJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>One JSON object, indented, UTF-8 safe in any page: all but letters and digits of ASCII that HTML could read is escaped.</summary>
    public static string Render(AuditReport report) => JsonSerializer.Serialize(report, Options);

    /// <summary>Reads what <see cref="Render"/> wrote. Null when it is no report, or one of another schema.</summary>
    public static AuditReport? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditReport>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
