using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connect;

/// <summary>Cursors as connectors keep them: a small record as JSON.</summary>
public static class SavedCursor
{
    /// <summary>Null for a null cursor.</summary>
    /// <exception cref="ConnectorException">Not a cursor of this connector.</exception>
    public static T? Read<T>(string? cursor, JsonTypeInfo<T> type, SourceCalls calls) where T : class
    {
        if (cursor is null) return null;
        try
        {
            return JsonSerializer.Deserialize(cursor, type);
        }
        catch (JsonException e)
        {
            throw calls.Fault(null, $"the saved cursor cannot be read. Pull anew with: hub sync {calls.Source} --full", e);
        }
    }

    /// <summary>The text to save.</summary>
    public static string Write<T>(T cursor, JsonTypeInfo<T> type) => JsonSerializer.Serialize(cursor, type);
}
