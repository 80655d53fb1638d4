using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The JSON columns of golden records and merges.</summary>
internal static class GoldenJson
{
    /// <summary>
    /// <c>{"hubspot/contacts/1":{"most_recent":["email",…],…},…}</c>: each source record and rule once, for most golden records have all their values of one or two,
    /// and a table of short rows is read in half the time.
    /// </summary>
    public static string Of(ImmutableArray<Provenance> provenance)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * (provenance.Length + 4));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var ofSource in provenance.GroupBy(p => p.Source))
            {
                json.WriteStartObject(StoredText.Of(ofSource.Key.ToString()));
                foreach (var ofRule in ofSource.GroupBy(p => p.Rule, StringComparer.Ordinal))
                {
                    json.WriteStartArray(StoredText.Of(ofRule.Key));
                    foreach (var origin in ofRule) json.WriteStringValue(Fields.NameOf(origin.Field));
                    json.WriteEndArray();
                }

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
        var origins = ImmutableArray.CreateBuilder<Provenance>();
        foreach (var ofSource in json.RootElement.EnumerateObject())
        {
            var source = Key(ofSource.Name);
            foreach (var ofRule in ofSource.Value.EnumerateObject())
                foreach (var field in ofRule.Value.EnumerateArray())
                    origins.Add(new Provenance(Fields.Find(field.GetString() ?? "") ?? throw Broken(field.GetString()), source, ofRule.Name));
        }

        origins.Sort((a, b) => a.Field.CompareTo(b.Field));
        return origins.DrainToImmutable();
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
