using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a date.</summary>
public static class DateIssues
{
    /// <summary>Written as an ISO date: <c>31.12.1985</c>.</summary>
    public static readonly IssueCode Format = new("date.format");

    /// <summary>Flagged: day and month could be the other way round, <c>03/04/1985</c>; read in the order of the region, without one the day first.</summary>
    public static readonly IssueCode Ambiguous = new("date.ambiguous");

    /// <summary>Flagged: the century was guessed, <c>31/12/85</c>: 30 to 99 are read as 1930 to 1999, 00 to 29 as 2000 to 2029.</summary>
    public static readonly IssueCode ShortYear = new("date.short_year");

    /// <summary>Rejected: stands for "none": <c>0000-00-00</c>, <c>1900-01-01</c>.</summary>
    public static readonly IssueCode Placeholder = new("date.placeholder");

    /// <summary>Rejected: no date that exists: <c>31.2.1985</c>.</summary>
    public static readonly IssueCode Invalid = new("date.invalid");
}

/// <summary>A date, normalised.</summary>
/// <param name="Value">yyyy-MM-dd; null where it cannot be used.</param>
/// <param name="Issues">What was changed, flagged or rejected.</param>
public sealed record NormalisedDate(string? Value, ImmutableArray<IssueCode> Issues);

/// <summary>Reads calendar dates in mixed formats and ten languages. A time of day behind the date is dropped: it names the same day where it was written.</summary>
public static class Dates
{
    private const int Longest = 64;
    private const int FirstYear = 1850;
    private const int LastYear = 2150;

    // English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish; unique beginnings are enough.
    private static readonly FrozenDictionary<string, int> Months = MonthNames(
        "january january jan januar januari jänner janvier janv enero ene gennaio gen janeiro styczeń stycznia sty",
        "february feb februar februari février fevrier févr fév fevr febrero febbraio fevereiro fev luty lutego lut",
        "march mar märz maerz mrz mars marzo maart mrt março marco marzec marca marts",
        "april apr avril avr abril abr aprile kwiecień kwietnia kwi",
        "may mai mayo maggio mag mei maio maj maja",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca lip",
        "august aug août aout agosto ago augustus sierpień sierpnia sie augusti",
        "september sep sept septembre septiembre settembre set setembro wrzesień września wrz",
        "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź",
        "november nov novembre noviembre novembro listopad listopada lis",
        "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia gru");

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "date",
        "A date in any usual format as yyyy-MM-dd; the region settles whether day or month comes first.",
        [new("31.12.1985", "1985-12-31"), new("03/04/1985", "1985-03-04", "US"), new("03/04/1985", "1985-04-03", "GB"), new("2 février 1990", "1990-02-02"), new("soon", null)],
        (raw, region) => Normalise(raw, region).Value);

    /// <summary>Reads one date.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="region">ISO 3166-1 region whose order of day and month settles an ambiguous date; null when unknown.</param>
    public static NormalisedDate Normalise(string raw, string? region = null)
    {
        var text = raw.Length > Longest ? "" : raw.Trim();
        if (text.Length == 0) return new(null, raw.Length > Longest ? [DateIssues.Invalid] : []);
        if (Placeholder(text)) return new(null, [DateIssues.Placeholder]);
        var issues = ImmutableArray.CreateBuilder<IssueCode>();
        if (Read(text, region, issues) is not { } date) return new(null, [DateIssues.Invalid]);
        var value = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Placeholder(value)) return new(null, [DateIssues.Placeholder]);
        if (value != raw) issues.Add(DateIssues.Format);
        return new(value, issues.ToImmutable());
    }

    // What databases and spreadsheets write for an empty date.
    private static bool Placeholder(string text) =>
        text is "1900-01-01" or "1899-12-30" or "1899-12-31" or "1901-01-01" || text.StartsWith("0000", StringComparison.Ordinal) || text.StartsWith("0001-01-01", StringComparison.Ordinal)
        || text is "00/00/0000" or "00.00.0000" or "00-00-0000" or "01/01/0001" or "1/1/0001";

    private static DateOnly? Read(string text, string? region, ImmutableArray<IssueCode>.Builder issues)
    {
        var parts = Parts(text);
        if (parts.Count == 1 && parts[0] is { Length: 8 } run && run.All(char.IsAsciiDigit)) return Make(Number(run[..4]), Number(run[4..6]), Number(run[6..]));
        if (parts.Count < 3) return null;
        for (var i = 0; i < 3; i++)
            if (Months.TryGetValue(parts[i].ToLowerInvariant(), out var month)) return WithMonth(parts, i, month, issues);
        if (!parts.Take(3).All(p => p.Length <= 4 && p.All(char.IsAsciiDigit))) return null;
        var (a, b, c) = (Number(parts[0]), Number(parts[1]), Number(parts[2]));
        if (parts[0].Length == 4) return parts[1].Length <= 2 && parts[2].Length <= 2 ? Make(a, b, c) : null;
        if (parts[0].Length > 2 || parts[1].Length > 2 || Year(parts[2], issues) is not { } year) return null;
        if (a > 12 || b > 12 || a == b) return b > 12 ? Make(year, a, b) : Make(year, b, a);
        issues.Add(DateIssues.Ambiguous);
        return region is "US" or "PH" or "FM" or "MH" or "PW" or "GU" or "PR" ? Make(year, a, b) : Make(year, b, a);
    }

    private static DateOnly? WithMonth(List<string> parts, int at, int month, ImmutableArray<IssueCode>.Builder issues)
    {
        var others = parts.Where((_, i) => i != at).Take(2).Select(p => p.TrimEnd('t', 'h', 's', 'n', 'd', 'r', 'e')).ToList();
        if (others.Count < 2 || !others.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit))) return null;
        if (others[0].Length == 4) return others[1].Length <= 2 ? Make(Number(others[0]), month, Number(others[1])) : null;
        return others[0].Length <= 2 && Year(others[1], issues) is { } year ? Make(year, month, Number(others[0])) : null;
    }

    /// <summary>Runs of digits and of letters; weekdays, "of", "de" and the time of day are passed over.</summary>
    private static List<string> Parts(string text)
    {
        var parts = new List<string>(4);
        for (var i = 0; i < text.Length && parts.Count < 4;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                if (text[i] == ':') break;
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]) && !(text[i] == 'T' && parts.Count == 2 && i > start)) i++;
            var word = text[start..i];
            if (char.IsAsciiDigit(word[0]) || Months.ContainsKey(word.ToLowerInvariant())) parts.Add(word);
            else if (parts.Count == 0 && word.Length < 3) return [];
            else if (parts.Count < 3 && !IsFiller(word)) return [];
            if (parts.Count == 3) break;
        }

        return parts;
    }

    private static bool IsFiller(string word) => word.ToLowerInvariant() is
        "of" or "de" or "del" or "di" or "the" or "den" or "der" or "le" or "el" or "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday" or "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun"
        or "montag" or "dienstag" or "mittwoch" or "donnerstag" or "freitag" or "samstag" or "sonntag" or "lundi" or "mardi" or "mercredi" or "jeudi" or "vendredi" or "samedi" or "dimanche";

    private static int? Year(string text, ImmutableArray<IssueCode>.Builder issues)
    {
        if (text.Length == 4) return Number(text);
        if (text.Length != 2) return null;
        issues.Add(DateIssues.ShortYear);
        return Number(text) >= 30 ? 1900 + Number(text) : 2000 + Number(text);
    }

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, int> MonthNames(params string[] names)
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            foreach (var name in names[i].Split(' ')) months.TryAdd(name, i + 1);
        return months.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
