using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AnyAscii;

namespace IntegrationHub.Normalising;

/// <summary>One legal form of companies.</summary>
/// <param name="Form">Its usual short spelling.</param>
/// <param name="Spellings">Other spellings, in lower case, points and accents apart.</param>
/// <param name="Jurisdictions">ISO 3166-1 codes of the countries that have it.</param>
public sealed record LegalForm(string Form, ImmutableArray<string> Spellings, ImmutableArray<string> Jurisdictions);

/// <summary>The legal forms that company names end, or begin, with.</summary>
public static partial class LegalForms
{
    /// <summary>How many words the longest spelling has.</summary>
    internal const int MostWords = 8;

    private static readonly SearchValues<char> PlainWord = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789&-");

    /// <summary>Every legal form that is known.</summary>
    public static ImmutableArray<LegalForm> All { get; } =
    [
        .. Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';'))
            .Select(p => new LegalForm(p[0], [.. p[1].Split(',').Where(s => !s.EndsWith('_'))], [.. p[2].Split(',')])),
    ];

    // By folded spelling.
    private static readonly FrozenDictionary<string, LegalForm> Spellings = All.SelectMany(f => f.Spellings.Select(s => (Key: Words(s), Form: f)))
        .GroupBy(s => s.Key).ToFrozenDictionary(g => g.Key, g => g.First().Form, StringComparer.Ordinal);

    private static readonly FrozenSet<string> FirstWords = Spellings.Keys.Select(s => s.Split(' ')[0]).Where(w => w.Length > 1).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> LastWords = Spellings.Keys.Where(s => s.Contains(' ')).Select(s => s[(s.LastIndexOf(' ') + 1)..]).ToFrozenSet(StringComparer.Ordinal);

    // Forms that are words, initials or parts of names as well: only at the very end, and not in front or between.
    private static readonly FrozenSet<string> OnlyAtTheEnd = new[]
    {
        "pa", "pc", "na", "lp", "lc", "as", "sa", "se", "ag", "ab", "ad", "og", "eg", "ev", "ek", "kg", "sl", "nv", "bv", "cv", "bt", "ks", "zs", "ky", "hb", "mb", "hf", "ry", "ik", "sca", "scs", "sci", "sac", "sad", "sal", "sae", "ans", "asa",
        "sc", "plt", "mtu", "asc", "mmc", "slf", "vsi", "fie", "iks", "bsc", "ksc", "enr", "limited", "partnership", "psc", "ike", "epe", "pty", "pte", "pvt", "ou", "ua", "publ", "tov", "sia", "cic", "dac", "ccc", "clg", "fsb", "epp", "enk", "spa",
        "stichting", "anstalt", "obrt", "persero", "koperasi", "gie", "opc", "sas",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Forms that stand in front as well as behind.
    private static readonly FrozenSet<string> InFront = new[]
    {
        "oy", "oü", "uab", "sia", "vsi", "mtu", "stichting", "tnhh", "jsc", "ojsc", "cjsc", "pjsc", "llc", "sarl", "eurl", "sasu", "suarl", "gmbh", "a/s", "aktiebolaget", "aktieselskabet", "societe anonyme", "societe a responsabilite limitee",
        "societe civile immobiliere", "sociedad anonima", "sociedade anonima", "perseroan terbatas", "kabushiki kaisha", "kabushiki gaisha", "cong ty tnhh", "cong ty tnhh mtv", "cong ty tnhh mot thanh vien", "cong ty trach nhiem huu han", "cong ty co phan",
        "cong ty cp", "ooo", "оао", "зао", "ооо", "ао", "пао", "нко", "ип", "чп", "тов", "пп", "пат", "прат", "фоп", "зат", "тдв", "тоо", "одо", "чуп", "доо", "ет", "акционерное общество", "публичное акционерное общество",
        "общество с ограниченной ответственностью", "товариство з обмеженою відповідальністю", "შპს", "სს", "v o f", "s a s", "s a r l", "o o o", "k k",
    }.Select(Words).ToFrozenSet(StringComparer.Ordinal);

    // In front only in capitals: in small letters they are words.
    private static readonly FrozenSet<string> InFrontInCapitals = new[] { "ab", "as", "ou", "pt", "cv" }.ToFrozenSet(StringComparer.Ordinal);

    // What may stand in front beside a form at the end, by the one in front.
    private static readonly FrozenDictionary<string, string[]> Pairs = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["oy"] = ["ab"],
        ["ab"] = ["oy", "publ"],
        ["pt"] = ["tbk", "persero", "persero tbk"],
        ["sc"] = ["srl", "sa", "s r l", "s a"],
        ["s c"] = ["srl", "sa", "s r l", "s a"],
        ["tnhh"] = ["ltd"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How the words read: folded to lower case without accents, points, quotes and commas gone, one space between.</summary>
    internal static string Words(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(PlainWord)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '.' or ',' or ';' or ':' or '(' or ')' or '[' or ']' or '_' or '’' or '\'' or '"' or '“' or '”' or '„' or '«' or '»' or '״') continue;
            if (c < 0x80) folded.Append(char.ToLowerInvariant(c));
            else if (c < 0x250 || c is >= '\u1e00' and < '\u1f00') folded.Append(c.ToString().Transliterate().ToLowerInvariant());
            else if (GreekAccents.IndexOf(char.ToLowerInvariant(c)) is var at and >= 0) folded.Append(GreekBare[at]);
            else folded.Append(char.ToLowerInvariant(c));
        }

        return folded.ToString().Trim();
    }

    private const string GreekAccents = "άέήίόύώϊϋΐΰ", GreekBare = "αεηιουωιυιυ";

    /// <summary>The form that these folded words spell; null for none.</summary>
    internal static LegalForm? Find(ReadOnlySpan<string> words)
    {
        if (words.Length == 1) return Spellings.GetValueOrDefault(words[0]);
        if (Spellings.TryGetValue(string.Join(' ', words), out var form)) return form;
        // "L.L. C.", "p. c.": initials that were parted.
        foreach (var word in words)
            if (word.Length is 0 or > 2) return null;
        var compact = string.Concat(words);
        return compact.Length <= 5 ? Spellings.GetValueOrDefault(compact) : null;
    }

    /// <summary>Is the folded word a form, or the first word of one?</summary>
    internal static bool BeginsForm(string word) => FirstWords.Contains(word);

    /// <summary>May the folded word be the last of a form of several words? Initials may.</summary>
    internal static bool EndsForm(string word) => word.Length <= 2 || LastWords.Contains(word);

    /// <summary>May the form stand in front of the name?</summary>
    /// <param name="words">Its folded words.</param>
    /// <param name="written">How it is written.</param>
    /// <param name="next">The folded word behind it.</param>
    /// <param name="atEnd">The folded words of the form at the end of the same name; null where there is none.</param>
    internal static bool MayStandInFront(string words, string written, string next, string? atEnd)
    {
        if (atEnd is not null) return Pairs.TryGetValue(words, out var partners) && partners.Contains(atEnd);
        if (InFront.Contains(words)) return true;
        if (InFrontInCapitals.Contains(words)) return !written.Any(char.IsLower) || words is "pt" or "ab" && written.Length == 2 && char.IsUpper(written[0]);
        // "SCI Les Oliviers" holds a house; "SCI Engineered Materials" is a maker.
        return words == "sci" && next is "les" or "le" or "la" or "du" or "des" or "de";
    }

    /// <summary>May the form, one folded word, stand between words of the name?</summary>
    internal static bool MayStandBetween(string words) => words.Length is > 1 and <= 5 && !OnlyAtTheEnd.Contains(words) && !words.Contains(' ');
}
