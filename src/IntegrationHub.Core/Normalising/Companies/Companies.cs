using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AnyAscii;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Splits companies' names into name, legal form and trade name.</summary>
public static class Companies
{
    /// <summary>Longer values are rejected.</summary>
    public const int MaxLength = 300;

    private static readonly string[] TradeMarks = [" d/b/a ", " d.b.a. ", " dba ", " d b a ", " t/a ", " trading as ", " doing business as ", " trading under the name ", " a/k/a ", " aka ", " also known as "];

    private static readonly FrozenSet<string> Placeholders = new[]
    {
        "n/a", "na", "none", "null", "nil", "test", "asdf", "unknown", "undefined", "-", "--", ".", "x", "xx", "xxx", "company", "my company", "your company", "self", "no company", "not applicable", "privat", "private",
        "tbd", "tba", "qwerty", "abc", "test company", "keine", "aucun", "ninguna", "(none)", "individual", "personal", "default", "company name", "firma",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Fillers = new[] { "the", "and", "und", "et", "co", "company", "corp", "corporation", "cie", "of", "group", "holding", "holdings" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Abbreviations = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["intl"] = "international",
        ["int"] = "international",
        ["mfg"] = "manufacturing",
        ["assoc"] = "associates",
        ["assn"] = "association",
        ["dept"] = "department",
        ["univ"] = "university",
        ["bros"] = "brothers",
        ["svcs"] = "services",
        ["svc"] = "service",
        ["serv"] = "services",
        ["tech"] = "technology",
        ["mgmt"] = "management",
        ["mgt"] = "management",
        ["ctr"] = "center",
        ["centre"] = "center",
        ["natl"] = "national",
        ["govt"] = "government",
        ["engr"] = "engineering",
        ["eng"] = "engineering",
        ["ins"] = "insurance",
        ["agcy"] = "agency",
        ["dev"] = "development",
        ["dist"] = "distribution",
        ["grp"] = "group",
        ["hosp"] = "hospital",
        ["inst"] = "institute",
        ["labs"] = "laboratories",
        ["mkt"] = "market",
        ["mktg"] = "marketing",
        ["sys"] = "systems",
        ["st"] = "saint",
        ["mt"] = "mount",
        ["ind"] = "industries",
        ["inds"] = "industries",
        ["comm"] = "communications",
        ["prod"] = "products",
        ["cons"] = "consulting",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The transform <c>company_name</c>.</summary>
    public static Transform Transform { get; } = new(
        "company_name",
        "A company's name without its legal form and trade name.",
        [
            new("Acme Widgets GmbH & Co. KG", "Acme Widgets"),
            new("Smith Ltd t/a Corner Shop", "Smith"),
            new("n/a", null),
        ],
        (text, _) => Normalise(text).Name);

    /// <summary>Normalises a company's name. Idempotent on <see cref="NormalisedCompany.Value"/>, which keeps the legal form, and the trade name behind <c>t/a</c>.</summary>
    public static NormalisedCompany Normalise(string raw)
    {
        if (raw.Length > MaxLength) return new(null, null, null, [CompanyIssues.TooLong]);
        var text = Tidy(Texts.Clean(raw));
        if (text.Length == 0) return new(null, null, null, [CompanyIssues.Blank]);
        if (IsJunk(text)) return new(null, null, null, [CompanyIssues.Junk]);
        var issues = ImmutableArray<IssueCode>.Empty;
        var recased = CompanyCase.Repair(text);
        // A repaired word can read differently on the next look; that look is taken here, so that the value is one that stays.
        for (var round = 0; round < 8 && Tidy(Texts.Clean(CompanyCase.Repair(recased))) is var again && again != recased; round++) recased = again;
        if (IsJunk(recased)) return new(null, null, null, [CompanyIssues.Junk]);
        if (text != raw) issues = issues.Add(CompanyIssues.Cleaned);
        if (recased != text) issues = issues.Add(CompanyIssues.Case);
        var legal = recased;
        string? trade = null;
        foreach (var mark in TradeMarks)
        {
            var at = recased.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at <= 0) continue;
            (legal, trade) = (recased[..at].TrimEnd(' ', ','), recased[(at + mark.Length)..].Trim(' ', ','));
            issues = issues.Add(CompanyIssues.TradeName);
            break;
        }

        var (name, form) = Split(legal);
        if (form is not null) issues = issues.Add(CompanyIssues.LegalForm);
        return new(recased, name, form, issues) { TradeName = string.IsNullOrEmpty(trade) ? null : Split(trade).Name };
    }

    private static bool IsJunk(string text) => Placeholders.Contains(text) || !text.Any(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c));

    /// <summary>
    /// A folded key for comparing names: lower-case ASCII, without legal form, punctuation, <c>the</c>, <c>and</c>, <c>company</c> and the like; common abbreviations
    /// written out. Names with equal keys are likely one company; the key is never shown. Empty where nothing is left.
    /// </summary>
    public static string Key(string name)
    {
        if (name.Length > MaxLength) name = name[..MaxLength];
        var bare = Split(Tidy(Texts.Clean(name))).Name;
        var folded = new StringBuilder(bare.Length);
        foreach (var c in bare.Transliterate())
        {
            if (char.IsAsciiLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '.' or '`')) folded.Append(' ');
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kept = words.Where(w => !Fillers.Contains(w)).Select(w => Abbreviations.GetValueOrDefault(w, w)).ToArray();
        return string.Join(' ', kept.Length > 0 ? kept : words);
    }

    // Quotes round the whole, and punctuation that lists leave at the ends.
    private static string Tidy(string text)
    {
        while (true)
        {
            var before = text.Length;
            text = text.Trim(' ', ',', ';', '|', '*', '_', '-', '–', ':');
            if (text.Length >= 2 && (text[0] == '"' && text[^1] == '"' && text.IndexOf('"', 1) == text.Length - 1 || text[0] == '“' && text[^1] == '”')) text = text[1..^1];
            if (text.Length == before) return text;
        }
    }

    private static (string Name, string? Form) Split(string text)
    {
        if (!text.Contains(' ')) return (text, null);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var folded = new string[words.Length];
        for (var i = 0; i < words.Length; i++) folded[i] = LegalForms.Words(words[i]);
        var (from, to) = (0, words.Length);
        List<string> forms = [];
        while (to - from > 1 && AtEnd(folded, from, to) is var count and > 0)
        {
            forms.Insert(0, string.Join(' ', words[(to - count)..to]).Trim(',', ' '));
            to -= count;
            // "Smith & Co. Ltd": what joined the form to the name stays with the name, a lone mark does not.
            while (to - from > 1 && folded[to - 1] is "-" or "–" or "" or "/") to--;
        }

        while (to - from > 1 && InFront(folded, from, to) is var count and > 0)
        {
            forms.Insert(0, string.Join(' ', words[from..(from + count)]).Trim(',', ' '));
            from += count;
        }

        List<string> kept = [.. words[from..to]];
        if (forms.Count == 0)
        {
            for (var i = from + 1; i < to - 1; i++)
            {
                if (!LegalForms.MayStandBetween(folded[i]) || LegalForms.Find([folded[i]]) is null) continue;
                forms.Add(words[i].Trim(','));
                kept.RemoveAt(i - from);
                break;
            }
        }
        else
        {
            for (var i = from + 1; i < to - 1; i++)
            {
                if (folded[i] is not ("oy" or "gmbh")) continue;
                forms.Insert(0, words[i].Trim(','));
                kept.RemoveAt(i - from);
                break;
            }
        }

        var name = string.Join(' ', kept).Trim(',', ' ', '-', '(');
        return name.Length == 0 ? (text, null) : (name, forms.Count == 0 ? null : string.Join(' ', forms).Trim('(', ')', '_', ' '));
    }

    private static int AtEnd(string[] folded, int from, int to)
    {
        for (var count = Math.Min(LegalForms.MostWords, to - from - 1); count > 0; count--)
        {
            if (LegalForms.Find(folded.AsSpan(to - count, count)) is null) continue;
            // "Butler & Co. Ltd": company is part of that name; "Hotel and Spa" has no form at all.
            var joined = to - count > from && folded[to - count - 1] is "and" or "&" or "und" or "et" or "y" or "e";
            if (!(joined && folded[to - count] is "co" or "company" or "spa" or "partnership")) return count;
        }

        return 0;
    }

    private static int InFront(string[] folded, int from, int to)
    {
        for (var count = Math.Min(4, to - from - 1); count > 0; count--)
            if (LegalForms.MayStandInFront(string.Join(' ', folded[from..(from + count)]))) return count;
        return 0;
    }
}
