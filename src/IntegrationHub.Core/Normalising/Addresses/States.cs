using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>A state or region, normalised.</summary>
/// <param name="Value">The part of ISO 3166-2 behind the hyphen where known, else the text as written; null for a blank.</param>
/// <param name="Issues">What was changed or flagged.</param>
public sealed record NormalisedState(string? Value, ImmutableArray<IssueCode> Issues);

/// <summary>States, provinces, cantons, counties by code and name, of the countries where an address names them.</summary>
public static class States
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByCountry = StateTable.Read();

    /// <summary>Normalises a state of the given country (ISO 3166-1 alpha-2; null when unknown). What is not known stays as written.</summary>
    public static NormalisedState Normalise(string raw, string? country)
    {
        var text = raw.Length > 100 ? raw[..100].Trim() : raw.Trim();
        if (text.Length == 0) return new NormalisedState(null, []);
        if (country is null || !ByCountry.ContainsKey(country)) return new NormalisedState(text, []);
        if (Find(text, country) is { } code) return new NormalisedState(code, code == raw ? [] : [AddressIssues.State]);
        return new NormalisedState(text, [AddressIssues.UnknownState]);
    }

    /// <summary>The code; null when no state of that country is known by the text.</summary>
    internal static string? Find(string text, string country)
    {
        if (!ByCountry.TryGetValue(country, out var states)) return null;
        var folded = Fold(text);
        if (folded.Length > 3 && folded.StartsWith(country + " ", StringComparison.OrdinalIgnoreCase)) folded = folded[3..];
        return states.TryGetValue(folded, out var code) ? code : null;
    }

    internal static string Fold(string text) => Countries.Fold(text);
}
