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

    /// <summary>Flagged: day and month could be the other way round, <c>03/04/1985</c>; read in the column's order, else the region's, else the day first; where the column tells, it is not flagged.</summary>
    public static readonly IssueCode Ambiguous = new("date.ambiguous");

    /// <summary>Flagged: the century was guessed, <c>31/12/85</c>: 30 to 99 are read as 1930 to 1999, 00 to 29 as 2000 to 2029.</summary>
    public static readonly IssueCode ShortYear = new("date.short_year");

    /// <summary>Flagged: a spreadsheet's day number, <c>31412</c>: days since 30 December 1899.</summary>
    public static readonly IssueCode Serial = new("date.serial");

    /// <summary>Rejected: stands for "none": <c>0000-00-00</c>, <c>1900-01-01</c>.</summary>
    public static readonly IssueCode Placeholder = new("date.placeholder");

    /// <summary>Rejected: no date that exists: <c>31.2.1985</c>.</summary>
    public static readonly IssueCode Invalid = new("date.invalid");
}

/// <summary>A date, normalised.</summary>
/// <param name="Value">yyyy-MM-dd; null where it cannot be used.</param>
/// <param name="Issues">What was changed, flagged or rejected.</param>
public sealed record NormalisedDate(string? Value, ImmutableArray<IssueCode> Issues);

/// <summary>Reads calendar dates in mixed formats and fifteen languages. A time of day beside the date is dropped: it names the same day where it was written.</summary>
public static class Dates
{
    private const int Longest = 64;
    private const int FirstYear = 1850;
    private const int LastYear = 2150;

    // The day numbers of the years 1927 to 2119: shorter numbers are years, longer ones are days written without stops.
    private const int FirstSerial = 10_000;
    private const int LastSerial = 80_000;

    private static readonly FrozenDictionary<string, int> Months = DateWords.Months();

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "date",
        "A date in any usual format as yyyy-MM-dd; the region settles whether day or month comes first.",
        [new("31.12.1985", "1985-12-31"), new("03/04/1985", "1985-03-04", "US"), new("03/04/1985", "1985-04-03", "GB"), new("2 février 1990", "1990-02-02"), new("1985-W52-2", "1985-12-24"), new("soon", null)],
        (raw, region) => Normalise(raw, region).Value);

    /// <summary>Reads one date.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="region">ISO 3166-1 region whose order of day and month is taken for an ambiguous date; null when unknown.</param>
    /// <param name="order">The order of the whole column, as <see cref="OrderOf"/> finds it; settles ambiguous dates. Null when unknown.</param>
    public static NormalisedDate Normalise(string raw, string? region = null, DateOrder? order = null)
    {
        var text = raw.Length > Longest ? "" : raw.Trim();
        if (text.Length == 0) return new(null, raw.Length > Longest ? [DateIssues.Invalid] : []);
        if (Placeholder(text)) return new(null, [DateIssues.Placeholder]);
        var issues = ImmutableArray.CreateBuilder<IssueCode>(0);
        var taken = order ?? OrderIn(region);
        if ((Digits(text, taken, order is not null, issues) ?? Read(text, taken, order is not null, issues)) is not { } date) return new(null, [DateIssues.Invalid]);
        var value = IsIso(text) ? text : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Placeholder(value)) return new(null, [DateIssues.Placeholder]);
        if (value != raw) issues.Add(DateIssues.Format);
        return new(value, issues.ToImmutable());
    }

    /// <summary>The order in which a column writes day and month: told by the dates that can be read in one way only. Null where none tells, or where they contradict each other.</summary>
    public static DateOrder? OrderOf(IEnumerable<string> column)
    {
        DateOrder? found = null;
        foreach (var raw in column)
        {
            if (!OrderIn(raw, out var order)) continue;
            if (found is not null && found != order) return null;
            found = order;
        }

        return found;
    }

    /// <summary>True for a date of numbers that can be read in one order only, as <c>13/02/2026</c> can.</summary>
    internal static bool OrderIn(string raw, out DateOrder order)
    {
        order = DateOrder.DayFirst;
        if (raw.Length > Longest || TwoNumbers(raw) is not var (first, second) || first > 12 == second > 12) return false;
        if (first <= 12) order = DateOrder.MonthFirst;
        return true;
    }

    private static DateOrder OrderIn(string? region) => region is "US" or "PH" or "FM" or "MH" or "PW" or "GU" or "PR" or "AS" or "VI" or "MP" ? DateOrder.MonthFirst : DateOrder.DayFirst;

    // The numbers in front of the year.
    private static (int First, int Second)? TwoNumbers(string raw)
    {
        var parts = Parts(WithoutTime(Latin(raw.Trim())));
        return parts.Count == 3 && parts.All(p => p.All(char.IsAsciiDigit)) && parts[0].Length <= 2 && parts[1].Length <= 2 && Number(parts[0]) is >= 1 and <= 31 and var a && Number(parts[1]) is >= 1 and <= 31 and var b ? (a, b) : null;
    }

    // What databases and spreadsheets write for an empty date.
    private static bool Placeholder(string text) =>
        text is "1900-01-01" or "1899-12-30" or "1899-12-31" or "1901-01-01" || text.StartsWith("0000", StringComparison.Ordinal) || text.StartsWith("0001-01-01", StringComparison.Ordinal)
        || text is "00/00/0000" or "00.00.0000" or "00-00-0000" or "01/01/0001" or "1/1/0001";

    private static bool IsIso(string text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-' && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') && !text.AsSpan(5, 2).ContainsAnyExceptInRange('0', '9') && !text.AsSpan(8).ContainsAnyExceptInRange('0', '9');

    // Three runs of digits with one sign between and a whole year, which nearly all dates are: read in place, to the same result. Null for any other text, and for what is no date.
    internal static DateOnly? Digits(string text, DateOrder order, bool settled, ImmutableArray<IssueCode>.Builder issues)
    {
        Span<int> numbers = [0, 0, 0];
        Span<int> lengths = [0, 0, 0];
        var part = 0;
        foreach (var sign in text)
        {
            if (char.IsAsciiDigit(sign))
            {
                if (++lengths[part] > 4) return null;
                numbers[part] = numbers[part] * 10 + sign - '0';
            }
            else if (sign is not ('-' or '.' or '/') || lengths[part] == 0 || ++part == 3)
            {
                return null;
            }
        }

        var (a, b, c) = (numbers[0], numbers[1], numbers[2]);
        if (part < 2 || lengths[1] > 2 || lengths[2] == 0) return null;
        if (lengths[0] == 4) return lengths[2] <= 2 ? Make(a, b, c) : null;
        return lengths[0] <= 2 && lengths[2] == 4 && c is >= FirstYear and <= LastYear ? Numbers(a, b, c, order, settled, issues) : null;
    }

    internal static DateOnly? Read(string raw, DateOrder order, bool settled, ImmutableArray<IssueCode>.Builder issues)
    {
        var text = WithoutTime(Latin(raw));
        if (Serial(text) is { } serial)
        {
            issues.Add(DateIssues.Serial);
            return serial;
        }

        if (IsoWeekOrDay(text) is { } iso) return iso;
        var parts = Parts(text);
        if (parts.Count == 1 && parts[0] is { Length: 8 } run && run.All(char.IsAsciiDigit))
            return Make(Number(run[..4]), Number(run[4..6]), Number(run[6..])) ?? Numbers(Number(run[..2]), Number(run[2..4]), Number(run[4..]), order, settled, issues);
        if (parts.Count < 3) return null;
        for (var i = 0; i < 3; i++)
            if (Months.TryGetValue(parts[i].ToLowerInvariant(), out var month)) return WithMonth(parts, i, month, issues);
        if (!parts.Take(3).All(p => p.Length <= 4 && p.All(char.IsAsciiDigit))) return null;
        var (a, b, c) = (Number(parts[0]), Number(parts[1]), Number(parts[2]));
        if (parts[0].Length == 4) return parts[1].Length <= 2 && parts[2].Length <= 2 ? Make(a, b, c) : null;
        if (parts[0].Length > 2 || parts[1].Length > 2) return null;
        // "85-12-31": no month has 85 days.
        if (a > 31 && parts[2].Length <= 2 && Year(parts[0], issues) is { } front) return Make(front, b, c);
        return Year(parts[2], issues) is { } year ? Numbers(a, b, year, order, settled, issues) : null;
    }

    private static DateOnly? Numbers(int a, int b, int year, DateOrder order, bool settled, ImmutableArray<IssueCode>.Builder issues)
    {
        if (a > 12 || b > 12 || a == b) return b > 12 ? Make(year, a, b) : Make(year, b, a);
        if (!settled) issues.Add(DateIssues.Ambiguous);
        return order == DateOrder.MonthFirst ? Make(year, a, b) : Make(year, b, a);
    }

    // Whole or with a fraction, which is the time of day.
    private static DateOnly? Serial(string text)
    {
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        if (whole.Length != 5 || !whole.All(char.IsAsciiDigit) || (point >= 0 && !(text.Length > point + 1 && text[(point + 1)..].All(char.IsAsciiDigit)))) return null;
        var days = Number(whole);
        return days is >= FirstSerial and <= LastSerial ? new DateOnly(1899, 12, 30).AddDays(days) : null;
    }

    // ISO 8601: 1985-W52-2, 1985W522; 1985-358.
    private static DateOnly? IsoWeekOrDay(string text)
    {
        if (text.Length is < 8 or > 10 || !text.AsSpan(0, 4).ContainsAnyInRange('0', '9') || !text.Take(4).All(char.IsAsciiDigit)) return null;
        var year = Number(text[..4]);
        if (year is < FirstYear or > LastYear) return null;
        var rest = text[4..].Replace("-", "", StringComparison.Ordinal);
        if (rest.Length == 4 && rest[0] is 'W' or 'w' && rest.Skip(1).All(char.IsAsciiDigit))
        {
            var (week, day) = (Number(rest[1..3]), rest[3] - '0');
            return day is >= 1 and <= 7 && week >= 1 && week <= ISOWeek.GetWeeksInYear(year) ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7))) : null;
        }

        return text.Length == 8 && text[4] == '-' && rest.Length == 3 && rest.All(char.IsAsciiDigit) && Number(rest) is >= 1 and var n && n <= (DateTime.IsLeapYear(year) ? 366 : 365)
            ? new DateOnly(year, 1, 1).AddDays(n - 1)
            : null;
    }

    private static DateOnly? WithMonth(List<string> parts, int at, int month, ImmutableArray<IssueCode>.Builder issues)
    {
        var others = parts.Where((_, i) => i != at).Take(2).Select(p => p.TrimEnd('t', 'h', 's', 'n', 'd', 'r', 'e', 'º', 'ª', 'a', 'o')).ToList();
        if (others.Count < 2 || !others.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit))) return null;
        if (others[0].Length == 4) return others[1].Length <= 2 ? Make(Number(others[0]), month, Number(others[1])) : null;
        if (others[0].Length > 2) return null;
        if (others[1].Length <= 2 && Number(others[0]) > 31) return Year(others[0], issues) is { } front ? Make(front, month, Number(others[1])) : null;
        return Year(others[1], issues) is { } year ? Make(year, month, Number(others[0])) : null;
    }

    /// <summary>Digits of any script as ASCII; the signs that East Asian dates put behind year, month and day as blanks.</summary>
    private static string Latin(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var digit = CharUnicodeInfo.GetDecimalDigitValue(from[i]);
                span[i] = digit >= 0 && char.IsDigit(from[i]) ? (char)('0' + digit) : from[i] is '年' or '月' or '日' or '년' or '월' or '일' or '號' or '号' ? ' ' : from[i];
            }
        });
    }

    /// <summary>Without clock and zone: <c>Tue Dec 31 23:59:00 GMT+01:00 1985</c>.</summary>
    private static string WithoutTime(string text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiDigit(text[colon - 1])) return text;
        var start = colon;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]) && colon - start < 2) start--;
        var end = colon + 1;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ':' or '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))) end++;
        var before = text[..start].TrimEnd('T', 't', ' ', ',');
        var after = text[end..];
        // What stands behind a clock is half of day, zone, and in Unix dates the year.
        var year = after.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => w.Length == 4 && w.All(char.IsAsciiDigit));
        if (before.Length == 0) return after.TrimStart('Z', 'z', ' ', ',');
        return year is null || Parts(before).Count >= 3 ? before : $"{before} {year}";
    }

    /// <summary>Runs of digits and of letters; weekdays, "of", "de" and what stands behind three parts are passed over.</summary>
    private static List<string> Parts(string text)
    {
        var parts = new List<string>(4);
        for (var i = 0; i < text.Length && parts.Count < 4;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            // "31Dec1985": a month between digits is a part of its own.
            while (i < text.Length && char.IsLetterOrDigit(text[i]) && !(text[i] == 'T' && parts.Count == 2 && i > start) && !(i > start && char.IsAsciiDigit(text[i - 1]) && char.IsLetter(text[i]) && !IsEnding(text, i)) && !(i > start && char.IsLetter(text[i - 1]) && char.IsAsciiDigit(text[i]))) i++;
            var word = text[start..i];
            if (char.IsAsciiDigit(word[0]) || Months.ContainsKey(word.ToLowerInvariant())) parts.Add(word);
            else if (parts.Count < 3 && !DateWords.IsFiller(word)) return [];
            if (parts.Count == 3) break;
        }

        return parts;
    }

    // "31st", "2nd", "1er", "1º" behind a day.
    private static bool IsEnding(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return text[at..end].ToLowerInvariant() is "st" or "nd" or "rd" or "th" or "er" or "e" or "º" or "ª" or "o" or "a" or "de";
    }

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
}
