using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Consent claims as the clean record's column has them.</summary>
internal static class ConsentJson
{
    public static string? Of(ImmutableArray<ConsentClaim> claims) => claims.IsDefaultOrEmpty
        ? null
        : JsonSerializer.Serialize(claims.Select(c => new Line((int)c.Channel, StoredText.Of(c.Purpose), StoredText.Of(c.Point), (int)c.State, c.At)));

    public static ImmutableArray<ConsentClaim> Read(string? text) => text is null
        ? []
        : [.. (JsonSerializer.Deserialize<Line[]>(text) ?? []).Select(l => new ConsentClaim((Channel)l.C, l.P, l.On, (ConsentState)l.S, l.At))];

    /// <summary>The claims as the audit looks at them, read without making a string of each: a store has a million of them.</summary>
    public static ImmutableArray<AuditedClaim> Audited(ReadOnlySpan<byte> utf8, RepeatedTexts words)
    {
        var claims = ImmutableArray.CreateBuilder<AuditedClaim>(1);
        var reader = new Utf8JsonReader(utf8);
        var (channel, purpose, point, state) = (Channel.Email, "", 0L, ConsentState.Suppressed);
        Span<byte> text = stackalloc byte[512];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) claims.Add(new AuditedClaim(channel, purpose, point, state));
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("C"u8)) channel = (Channel)reader.GetInt32();
            else if (name.SequenceEqual("S"u8)) state = (ConsentState)reader.GetInt32();
            else if (name.SequenceEqual("P"u8)) purpose = words.One(Unescaped(in reader, text));
            else if (name.SequenceEqual("On"u8)) point = AuditKeys.Of(Unescaped(in reader, text));
        }

        return claims.DrainToImmutable();
    }

    private static ReadOnlySpan<byte> Unescaped(in Utf8JsonReader reader, Span<byte> text) =>
        !reader.ValueIsEscaped ? reader.ValueSpan
        : reader.ValueSpan.Length <= text.Length ? text[..reader.CopyString(text)]
        : System.Text.Encoding.UTF8.GetBytes(reader.GetString() ?? "");

    private sealed record Line(int C, string P, string On, int S, DateTimeOffset? At);
}
