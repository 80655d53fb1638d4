using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Cases job titles and reads what someone does and on which level. Function and seniority are for segments and routing; the title itself stays its owner's.</summary>
public static class JobTitles
{
    /// <summary>Longer values are rejected.</summary>
    public const int MaxLength = 200;

    private static readonly FrozenSet<string> Placeholders =
        new[] { "n/a", "na", "none", "null", "test", "asdf", "unknown", "undefined", "-", "--", ".", "x", "xx", "xxx", "tbd", "title", "job title", "other", "not applicable", "qwerty", "keine", "(none)" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Small = new[] { "of", "and", "for", "the", "to", "in", "at", "on", "de", "des", "du", "la", "der", "und", "für", "y", "e", "et", "van", "en", "di", "with" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Acronyms =
        "CEO CFO CTO COO CIO CMO CRO CPO CHRO CISO CDO CCO CSO CLO CAO VP SVP EVP AVP RVP GM MD HR IT PR QA UX UI R&D SEO SEM PPC CRM ERP AI ML BI PA EA FP&A B2B B2C SDR BDR AE CSM PM PMO SRE DBA SAP IoT DevOps SaaS EMEA APAC DACH LATAM US USA UK EU NHS RN CPA PhD MBA II III IV iOS .NET PHP SQL AWS VFX 3D CAD HSE EHS M&A L&D P&L GTM DevSecOps MLOps GmbH"
            .Split(' ').ToFrozenDictionary(a => a, a => a, StringComparer.OrdinalIgnoreCase);

    // Titles are few: a thousand are on most cards.
    private static readonly BoundedCache<NormalisedTitle> Seen = new(1 << 14);

    /// <summary>All functions that <see cref="NormalisedTitle.Function"/> may name.</summary>
    public static ImmutableArray<string> Functions { get; } = JobTitleRules.Functions;

    /// <summary>All levels that <see cref="NormalisedTitle.Seniority"/> may name, from the highest.</summary>
    public static ImmutableArray<string> Seniorities { get; } = ["owner", "c_level", "vp", "director", "head", "manager", "senior", "staff", "junior", "intern"];

    /// <summary>The transform <c>job_title</c>.</summary>
    public static Transform Transform { get; } = new(
        "job_title",
        "A job title, trimmed and in its usual capitals.",
        [
            new("vp of sales", "VP of Sales"),
            new(" CHIEF  EXECUTIVE OFFICER", "Chief Executive Officer"),
            new("n/a", null),
        ],
        (text, _) => Normalise(text).Value);

    /// <summary>Normalises a job title. Idempotent on <see cref="NormalisedTitle.Value"/>.</summary>
    public static NormalisedTitle Normalise(string raw) => raw.Length > MaxLength ? new(null, null, null, [JobTitleIssues.TooLong]) : Seen.Get(raw, Read);

    private static NormalisedTitle Read(string raw)
    {
        var text = Trimmed(Texts.Clean(raw));
        if (text.Length == 0) return new(null, null, null, [JobTitleIssues.Blank]);
        if (IsJunk(text)) return new(null, null, null, [JobTitleIssues.Junk]);
        var issues = ImmutableArray<IssueCode>.Empty;
        if (text != raw) issues = issues.Add(JobTitleIssues.Cleaned);
        var value = Cased(text);
        // A recased word can read differently on the next look; that look is taken here, so that the value is one that stays.
        for (var round = 0; round < 8 && Trimmed(Texts.Clean(Cased(value))) is var again && again != value; round++) value = again;
        if (IsJunk(value)) return new(null, null, null, [JobTitleIssues.Junk]);
        // Characters that are written as two grow with cleaning.
        if (value.Length > MaxLength) return new(null, null, null, [JobTitleIssues.TooLong]);
        if (value != text) issues = issues.Add(JobTitleIssues.Case);
        var (function, seniority) = JobTitleRules.Read(value);
        return new(value, function, seniority, issues);
    }

    private static bool IsJunk(string text) => Placeholders.Contains(text) || !text.Any(c => char.IsLetter(c) || char.IsSurrogate(c));

    private static string Trimmed(string text)
    {
        while (text.Length > 0)
        {
            var trimmed = text.Trim(' ', ',', ';', '|', '*', '_', '-', '–', ':', '/', '\\');
            if (trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"') trimmed = trimmed[1..^1];
            if (trimmed.Length == text.Length) break;
            text = trimmed;
        }

        return text;
    }

    private static string Cased(string text)
    {
        bool upper = false, lower = false, capitals = true;
        var previous = ' ';
        foreach (var c in text)
        {
            upper |= char.IsUpper(c);
            lower |= char.IsLower(c);
            if (previous == ' ' && char.IsLower(c)) capitals = false;
            previous = c;
        }

        // Mixed capitals are somebody's own; only acronyms in small letters are put right, and words that a lazy hand left small.
        var mixed = upper && lower;
        if (mixed && capitals && !text.Contains("Vp", StringComparison.Ordinal) && !text.Contains("eo", StringComparison.Ordinal) && !text.Contains("Cf", StringComparison.Ordinal) && !text.Contains("It ", StringComparison.Ordinal)) return text;
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++) words[i] = Word(words[i], i == 0, mixed, upper && !lower);
        return string.Join(' ', words);
    }

    private static string Word(string word, bool first, bool mixed, bool shouting)
    {
        var start = word.AsSpan().IndexOfAnyExcept('(', '"', '/');
        if (start < 0) return word;
        var end = word.Length;
        while (end > start && word[end - 1] is ',' or ')' or '"' or ';' or ':') end--;
        var bare = word[start..end];
        if (bare.Length == 0) return word;
        string cased;
        if (bare.IndexOfAny(['/', '-']) is > 0 and var cut && cut < bare.Length - 1 && !Acronyms.ContainsKey(bare))
            return string.Concat(word.AsSpan(0, start), Word(bare[..cut], first, mixed, shouting), bare.AsSpan(cut, 1)) + Word(bare[(cut + 1)..], true, mixed, shouting) + word[end..];
        if (Acronyms.TryGetValue(bare, out var acronym) && (!mixed || bare.Length != 2 || char.IsUpper(bare[0])) && !(bare.Equals("us", StringComparison.Ordinal) && mixed)) cased = acronym;
        else if (!first && Small.Contains(bare.ToLowerInvariant())) cased = bare.ToLowerInvariant();
        else if (mixed) cased = char.IsLower(bare[0]) && bare.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0 ? char.ToUpperInvariant(bare[0]) + bare[1..] : bare;
        else if (shouting && bare.Length <= 3 && !bare.AsSpan().ContainsAny(Vowels)) cased = bare;
        else cased = char.ToUpperInvariant(bare[0]) + bare[1..].ToLowerInvariant();
        return string.Concat(word.AsSpan(0, start), cased, word.AsSpan(end));
    }

    private static readonly System.Buffers.SearchValues<char> Vowels = System.Buffers.SearchValues.Create("AEIOUYÄÖÜ");
}
