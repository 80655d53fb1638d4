using System.Collections.Frozen;
using System.Collections.Immutable;
using AnyAscii;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a country.</summary>
public static class CountryIssues
{
    /// <summary>A name or another code was put into ISO 3166-1.</summary>
    public static readonly IssueCode Name = new("country.name");

    /// <summary>No country is known by this; what was perhaps meant is suggested, never applied.</summary>
    public static readonly IssueCode Unknown = new("country.unknown");

    /// <summary>Rejected: a state that fell apart into several; the largest is suggested, never applied.</summary>
    public static readonly IssueCode Former = new("country.former");
}

/// <summary>A country, normalised.</summary>
/// <param name="Value">ISO 3166-1 alpha-2; null where unknown.</param>
/// <param name="Suggestion">The code that was perhaps meant, where the value is unknown.</param>
/// <param name="Issues">What was changed or rejected.</param>
public sealed record NormalisedCountry(string? Value, string? Suggestion, ImmutableArray<IssueCode> Issues);

/// <summary>Countries by code and by name, in English and in their own and neighbouring languages.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, string> ByName = CountryTable.Names();

    private static readonly Lazy<Dictionary<string, string>> Exonyms = new(CountryTable.Exonyms);

    private static readonly BoundedCache<NormalisedCountry> Seen = new(1 << 12);

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "country", "A country's name or code as ISO 3166-1 alpha-2; nothing when no country is known by it.",
        [new TransformExample("Deutschland", "DE"), new TransformExample("u.s.a.", "US"), new TransformExample("Atlantis", null)],
        (raw, _) => Normalise(raw).Value);

    /// <summary>Normalises a country's name or code.</summary>
    public static NormalisedCountry Normalise(string raw) => raw.Length > 200 ? new NormalisedCountry(null, null, [CountryIssues.Unknown]) : Seen.Get(raw, Compute);

    private static NormalisedCountry Compute(string raw)
    {
        var text = raw.Trim();
        if (text.Length == 0) return new NormalisedCountry(null, null, []);
        var folded = Fold(text);
        if (Known(folded) is { } code)
            return new NormalisedCountry(code, null, code == raw ? [] : [CountryIssues.Name]);
        if (CountryTable.FellApart.TryGetValue(folded, out var successor)) return new NormalisedCountry(null, successor, [CountryIssues.Former]);
        if (Exonyms.Value.TryGetValue(folded, out code)) return new NormalisedCountry(code, null, [CountryIssues.Name]);
        return new NormalisedCountry(null, Closest(folded), [CountryIssues.Unknown]);
    }

    /// <summary>The code that is known by exactly this name or code; null when there is none. Makes no suggestion, so costs one look-up.</summary>
    internal static string? Find(string text) => text.Length <= 200 ? Known(Fold(text)) : null;

    // "Kingdom of Norway", "Norway, Kingdom of": the form of state says nothing, but for those that only it tells apart, which the table names.
    private static string? Known(string folded)
    {
        if (folded.Length == 0) return null;
        if (ByName.TryGetValue(folded, out var code)) return code;
        foreach (var form in Forms)
        {
            if (folded.Length <= form.Length + 4) continue;
            if (folded.StartsWith(form, StringComparison.Ordinal) && folded[form.Length] == ' ' && ByName.TryGetValue(folded[(form.Length + 1)..], out code)) return code;
            if (folded.EndsWith(form, StringComparison.Ordinal) && folded[^(form.Length + 1)] == ' ' && ByName.TryGetValue(folded[..^(form.Length + 1)], out code)) return code;
        }

        return null;
    }

    private static readonly string[] Forms =
    [
        "republic", "kingdom", "state", "federal republic", "federation", "federative republic", "democratic republic", "peoples republic", "peoples democratic republic", "islamic republic", "arab republic",
        "socialist republic", "democratic socialist republic", "federal democratic republic", "co operative republic", "oriental republic", "united republic", "bolivarian republic", "commonwealth", "principality",
        "grand duchy", "sultanate", "union", "independent state", "hashemite kingdom", "federal states", "republik", "konigreich", "republique", "royaume", "republica", "reino", "repubblica", "koninkrijk", "respublika", "republika", "krolestwo", "kongeriket", "kongeriget", "konungariket", "regno", "rzeczpospolita",
    ];

    /// <summary>Lower-case ASCII letters and single blanks; articles and dots go.</summary>
    internal static string Fold(string text)
    {
        var ascii = System.Text.Ascii.IsValid(text) ? text : text.Transliterate();
        var folded = ascii.Length <= 256 ? stackalloc char[256] : new char[ascii.Length];
        var length = Words(ascii, folded, tellingOnly: true);

        // An article alone is a code: LA is Laos.
        if (length == 0) length = Words(ascii, folded, tellingOnly: false);
        return folded[..length].ToString();
    }

    private static int Words(string ascii, Span<char> words, bool tellingOnly)
    {
        var (length, start) = (0, 0);
        for (var i = 0; i <= ascii.Length; i++)
        {
            var c = i < ascii.Length ? ascii[i] : ' ';
            if (c is '.' or '\'') continue;
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (length == start && start > 0) words[length++] = ' ';
                words[length++] = char.ToLowerInvariant(c);
            }
            else if (length > start)
            {
                var word = words[start..length].TrimStart(' ');
                if (tellingOnly && word is "the" or "of" or "and" or "la" or "le" or "les" or "el") length = start;
                start = length;
            }
        }

        return length;
    }

    private static string? Closest(string folded)
    {
        if (folded.Length < 4) return null;
        string? best = null;
        // A long name may hold more slips than a short one before it could be another's.
        var most = folded.Length >= 24 ? 5 : folded.Length >= 14 ? 3 : folded.Length >= 8 ? 2 : 1;
        var least = most + 1;
        foreach (var (name, code) in ByName)
        {
            if (name.Length < 4 || Math.Abs(name.Length - folded.Length) > most) continue;
            var edits = Similarity.Edits(folded, name, most);
            if (edits < least || (edits == least && best is not null && edits <= most && string.CompareOrdinal(code, best) < 0)) (best, least) = (code, edits);
        }

        if (best is not null) return best;
        string? contained = null;
        foreach (var (name, code) in ByName)
        {
            if (name.Length < 5 || !HasWords(folded, name) || contained == code) continue;
            if (contained is not null) return null;
            contained = code;
        }

        return contained;
    }

    private static bool HasWords(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
            if ((at == 0 || text[at - 1] == ' ') && (at + words.Length == text.Length || text[at + words.Length] == ' ')) return true;
        return false;
    }
}
