using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The JSON columns of golden records and merges.</summary>
internal static class GoldenJson
{
    /// <summary><c>{"email":{"source":"hubspot/contacts/1","rule":"most_recent"},…}</c>, in the order of the fields.</summary>
    public static string Of(ImmutableArray<Provenance> provenance)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * (provenance.Length + 1));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var origin in provenance)
            {
                json.WriteStartObject(Fields.NameOf(origin.Field));
                json.WriteString("source", StoredText.Of(origin.Source.ToString()));
                json.WriteString("rule", StoredText.Of(origin.Rule));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary><c>["hubspot/contacts/1",…]</c>, sorted.</summary>
    public static string Of(ImmutableArray<SourceKey> keys) => JsonSerializer.Serialize(keys.Order().Select(k => StoredText.Of(k.ToString())));

    public static ImmutableArray<Provenance> ReadProvenance(string text)
    {
        using var json = JsonDocument.Parse(text);
        return
        [
            .. json.RootElement.EnumerateObject().Select(p => new Provenance(
                Fields.Find(p.Name) ?? throw Broken(p.Name), Key(p.Value.GetProperty("source").GetString()), p.Value.GetProperty("rule").GetString() ?? "")),
        ];
    }

    public static ImmutableArray<SourceKey> ReadKeys(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(k => Key(k.GetString()))];
    }

    private static SourceKey Key(string? text) => SourceKey.Parse(text ?? "") ?? throw Broken(text);

    private static StoreException Broken(string? value) =>
        new($"A golden record or merge names '{value}', which this version of the hub does not know. Use the version that wrote it, or a backup.");
}
