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
    private const int Longest = 100;

    private static readonly FrozenDictionary<string, Country> ByCountry =
        StateTable.Read().ToFrozenDictionary(c => c.Key, c => new Country(c.Key, c.Value, new BoundedCache<string?>(1 << 9)), StringComparer.Ordinal);

    /// <summary>Normalises a state of the given country (ISO 3166-1 alpha-2; null when unknown). What is not known stays as written.</summary>
    public static NormalisedState Normalise(string raw, string? country)
    {
        var value = Normalise(raw, country, out var issue);
        return new NormalisedState(value, issue is { } code ? [code] : []);
    }

    internal static string? Normalise(string raw, string? country, out IssueCode? issue)
    {
        issue = null;
        var text = raw.Length > Longest ? Cut(raw) : raw.Trim();
        if (text.Length == 0) return null;
        if (country is null || !ByCountry.ContainsKey(country)) return text;
        if (Find(text, country) is not { } code)
        {
            issue = AddressIssues.UnknownState;
            return text;
        }

        if (code != raw) issue = AddressIssues.State;
        return code;
    }

    // What is cut can read differently without its end: a half of a pair, a reference behind which no tag follows any more.
    private static string Cut(string raw)
    {
        var text = raw[..Longest];
        for (var round = 0; round < 16 && AddressText.OneLine(Texts.Clean(text)) is var again && again != text; round++) text = again.Length > Longest ? again[..Longest] : again;
        return text;
    }

    /// <summary>The code; null when no state of that country is known by the text.</summary>
    internal static string? Find(string text, string country) => ByCountry.TryGetValue(country, out var known) ? known.Seen.Get(text, known.Find) : null;

    private sealed record Country(string Code, FrozenDictionary<string, string> States, BoundedCache<string?> Seen)
    {
        public Func<string, string?> Find { get; } = text =>
        {
            var folded = Fold(text);
            if (folded.Length > 3 && folded.StartsWith(Code + " ", StringComparison.OrdinalIgnoreCase)) folded = folded[3..];
            return States.GetValueOrDefault(folded);
        };
    }

    internal static string Fold(string text) => Countries.Fold(text);
}
