using System.Buffers;
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

    // One look for all of them: few names have any.
    private static readonly SearchValues<string> AnyTradeMark = SearchValues.Create([.. TradeMarks.Select(m => m[1..])], StringComparison.OrdinalIgnoreCase);

    // Colleagues name one employer.
    private static readonly BoundedCache<NormalisedCompany> Seen = new(1 << 15);

    /// <summary>The transform <c>company_name</c>.</summary>
    public static Transform Transform { get; } = new(
        "company_name",
        "A company's name without its legal form and trade name.",
        [
            new("Acme Widgets GmbH & Co. KG", "Acme Widgets"),
            new("Smith Ltd t/a Corner Shop", "Smith"),
            new("n/a", null),
        ],
        (text, _) => Bare(text));

    // "Smith Inc. Oslo Ltd": without the form at its end the name can show another. What shows ever more of them is no company that could be told from its forms, and stays whole.
    private static string? Bare(string text)
    {
        const int Looks = 8;
        var whole = Normalise(text);
        var name = whole.Name;
        for (var look = 0; look < Looks; look++)
        {
            if (name is null) return null;
            var again = Normalise(name).Name;
            if (again == name) return name;
            name = again;
        }

        return whole.Value;
    }

    /// <summary>Normalises a company's name. Idempotent on <see cref="NormalisedCompany.Value"/>, which keeps the legal form, and the trade name behind <c>t/a</c>.</summary>
    public static NormalisedCompany Normalise(string raw) => raw.Length > MaxLength ? new(null, null, null, [CompanyIssues.TooLong]) : Seen.Get(raw, Read);

    private static NormalisedCompany Read(string raw)
    {
        var text = Tidy(Texts.Clean(raw));
        if (text.Length == 0) return new(null, null, null, [CompanyIssues.Blank]);
        if (IsJunk(text)) return new(null, null, null, [CompanyIssues.Junk]);
        var issues = ImmutableArray<IssueCode>.Empty;
        var recased = CompanyCase.Repair(text);
        // A repaired word can read differently on the next look; that look is taken here, so that the value is one that stays.
        for (var round = 0; round < 8 && Tidy(Texts.Clean(CompanyCase.Repair(recased))) is var again && again != recased; round++) recased = again;
        // A form written out is longer: what another look would find too long is so now.
        if (recased.Length > MaxLength) return new(null, null, null, [CompanyIssues.TooLong]);
        if (IsJunk(recased)) return new(null, null, null, [CompanyIssues.Junk]);
        if (text != raw) issues = issues.Add(CompanyIssues.Cleaned);
        if (recased != text) issues = issues.Add(CompanyIssues.Case);
        var legal = recased;
        string? trade = null;
        foreach (var mark in recased.AsSpan().ContainsAny(AnyTradeMark) ? TradeMarks : [])
        {
            var (at, length) = (recased.IndexOf(mark, StringComparison.OrdinalIgnoreCase), mark.Length);
            var bracket = recased.IndexOf($" ({mark[1..]}", StringComparison.OrdinalIgnoreCase);
            if (at < 0 || bracket >= 0 && bracket < at) (at, length) = (bracket, mark.Length + 1);
            if (at <= 0) continue;
            (legal, trade) = (recased[..at].TrimEnd(' ', ','), recased[(at + length)..].Trim(' ', ','));
            if (length > mark.Length && trade.EndsWith(')')) trade = trade[..^1].TrimEnd();
            issues = issues.Add(CompanyIssues.TradeName);
            break;
        }

        var (name, form) = LegalFormSplit.Of(legal);
        if (form is not null) issues = issues.Add(CompanyIssues.LegalForm);
        return new(recased, name, form, issues) { TradeName = string.IsNullOrEmpty(trade) ? null : LegalFormSplit.Of(trade).Name };
    }

    private static bool IsJunk(string text) => Placeholders.Contains(text) || !text.Any(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c));

    /// <summary>
    /// A folded key for comparing names: lower-case ASCII, without legal form, punctuation, <c>the</c>, <c>and</c>, <c>company</c> and the like; common abbreviations
    /// written out. Names with equal keys are likely one company; the key is never shown. Empty where nothing is left.
    /// </summary>
    public static string Key(string name)
    {
        if (name.Length > MaxLength) name = name[..MaxLength];
        var bare = LegalFormSplit.Of(Tidy(Texts.Clean(name))).Name;
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
}
