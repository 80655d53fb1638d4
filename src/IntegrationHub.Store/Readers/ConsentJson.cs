using System.Collections.Immutable;
using System.Text.Json;
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

    private sealed record Line(int C, string P, string On, int S, DateTimeOffset? At);
}
