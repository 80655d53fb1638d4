using System.Buffers;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;
using PhoneNumbers;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a phone number.</summary>
public static class PhoneIssues
{
    /// <summary>Put into E.164.</summary>
    public static readonly IssueCode Format = new("phone.format");

    /// <summary>Not a number that exists; its digits serve for comparing only.</summary>
    public static readonly IssueCode Invalid = new("phone.invalid");

    /// <summary>Neither a country code nor a country to take it from.</summary>
    public static readonly IssueCode NoCountry = new("phone.no_country");

    /// <summary>A value that stands for "none": <c>555-0100</c>, <c>0000000000</c>.</summary>
    public static readonly IssueCode Placeholder = new("phone.placeholder");

    /// <summary>Several numbers in one field; the first is used, the others are kept beside it.</summary>
    public static readonly IssueCode Several = new("phone.several");

    /// <summary>Rejected: longer than any list of numbers (250 characters).</summary>
    public static readonly IssueCode TooLong = new("phone.too_long");

    /// <summary>Letters stood for digits.</summary>
    public static readonly IssueCode Vanity = new("phone.vanity");
}

/// <summary>A phone number, normalised.</summary>
/// <param name="Value">E.164; null where it cannot be used.</param>
/// <param name="Type">mobile, landline, landline_or_mobile, toll_free, premium, shared_cost, voip, pager, uan, voicemail; null where unknown.</param>
/// <param name="Extension">Extension digits; null where there are none.</param>
/// <param name="Key">For comparing: E.164, or the bare digits of a number rejected as invalid. Null for placeholders and where there are no digits.</param>
/// <param name="Others">Further numbers of the same field, E.164.</param>
/// <param name="Issues">What was changed, rejected or flagged.</param>
public sealed record NormalisedPhone(string? Value, string? Type, string? Extension, string? Key, ImmutableArray<string> Others, ImmutableArray<IssueCode> Issues);

/// <summary>Normalises phone numbers on Google's libphonenumber.</summary>
public static class Phones
{
    // What a person could type; libphonenumber itself refuses above 250.
    private const int Longest = 250;
    internal const int FewestDigits = 5;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly string[] Separators = [" / ", ";", " or ", " oder ", " ou ", " | ", "\n", ","];

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "phone", "A phone number in E.164; nothing when it is none. The country comes from the number, or from the region handed in.",
        [new TransformExample("030 901820", "+4930901820", "DE"), new TransformExample("+44 20 7946 0018", "+442079460018"), new TransformExample("call me", null)],
        (raw, region) => Normalise(raw, region).Value);

    /// <summary>Normalises the number or numbers of one field.</summary>
    /// <param name="raw">The field's text.</param>
    /// <param name="region">ISO 3166-1 region for numbers without a country code; null when unknown.</param>
    public static NormalisedPhone Normalise(string raw, string? region)
    {
        if (raw.Length > Longest) return new NormalisedPhone(null, null, null, null, [], [PhoneIssues.TooLong]);
        var text = raw.Trim();
        // "+0064": both ways of dialling out at once.
        if (text.StartsWith("+00", StringComparison.Ordinal)) text = "+" + text[3..].TrimStart('0');
        // In E.164 the number tells its country itself.
        if (text.Length is >= 8 and <= 16 && text[0] == '+') return One(text, null);
        if (IsPlaceholder(text)) return new NormalisedPhone(null, null, null, null, [], [PhoneIssues.Placeholder]);

        var whole = One(text, region);
        if (whole.Value is not null || Parts(text) is not { } parts) return whole;
        var numbers = parts.Select(p => One(p, region)).Where(p => p.Value is not null).DistinctBy(p => p.Value).ToList();
        if (numbers.Count == 0) return whole;
        var first = numbers[0];
        return numbers.Count == 1 ? first : first with { Others = [.. numbers.Skip(1).Select(n => n.Value!)], Issues = first.Issues.Add(PhoneIssues.Several) };
    }

    private static NormalisedPhone One(string text, string? region) => PlainNumbers.Read(text, region) ?? FromLibrary(text, region);

    private static NormalisedPhone FromLibrary(string text, string? region)
    {
        var digits = DigitsOf(text);
        // Without a digit the library throws, which costs more than a hundred numbers.
        if (digits.Length < FewestDigits && (digits.Length == 0 || !text.AsSpan().ContainsAny(Letters))) return new NormalisedPhone(null, null, null, digits.Length > 0 ? digits : null, [], [PhoneIssues.Invalid]);
        PhoneNumber number;
        try
        {
            number = Library.Parse(text, region);
        }
        catch (NumberParseException e)
        {
            var issue = e.ErrorType == ErrorType.INVALID_COUNTRY_CODE && region is null && digits.Length >= FewestDigits ? PhoneIssues.NoCountry : PhoneIssues.Invalid;
            return new NormalisedPhone(null, null, null, digits.Length >= FewestDigits ? digits : null, [], [issue]);
        }

        if (!Library.IsValidNumber(number))
            return new NormalisedPhone(null, null, null, digits.Length >= FewestDigits ? digits : null, [], [PhoneIssues.Invalid]);
        var e164 = Library.Format(number, PhoneNumberFormat.E164);
        var issues = ImmutableArray.CreateBuilder<IssueCode>();
        if (e164 != text) issues.Add(text.Count(char.IsAsciiLetter) >= 3 && !number.HasExtension && HasWord(text) ? PhoneIssues.Vanity : PhoneIssues.Format);
        return new NormalisedPhone(e164, TypeOf(Library.GetNumberType(number)), number.HasExtension ? number.Extension : null, e164, [], issues.ToImmutable());
    }

    private static string[]? Parts(string text)
    {
        foreach (var separator in Separators)
            if (text.Contains(separator, StringComparison.OrdinalIgnoreCase))
                return text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var slash = text.IndexOf('/');
        return slash > 6 && DigitsOf(text[(slash + 1)..]).Length >= 6 ? [text[..slash].Trim(), text[(slash + 1)..].Trim()] : null;
    }

    /// <summary>All digits equal, a run of 1234567890, or the North American numbers reserved for fiction: 555-0100 to 555-0199.</summary>
    private static bool IsPlaceholder(string text)
    {
        Span<char> buffer = stackalloc char[Longest];
        ReadOnlySpan<char> digits = buffer[..DigitsOf(text, buffer)];
        if (digits.Length < 7 || text.AsSpan().ContainsAny(Letters)) return false;
        var national = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (national[1..].IndexOfAnyExcept(national[0]) < 0) return true;
        if (national is "1234567" or "12345678" or "123456789" or "1234567890" or "0123456789" or "0987654321" or "9876543210") return true;
        var last = national.Length == 7 ? national : national.Length == 10 && !text.StartsWith('0') ? national[3..] : "";
        return last.StartsWith("55501");
    }

    private static bool HasWord(string text) => text.Trim().TrimEnd('.').Split(' ', '-').Any(w => w.Length >= 3 && w.All(char.IsAsciiLetterUpper));

    private static string DigitsOf(string text)
    {
        Span<char> digits = stackalloc char[Longest];
        return digits[..DigitsOf(text, digits)].ToString();
    }

    private static int DigitsOf(string text, Span<char> digits)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits[count++] = c;
            else if (c >= 0x80 && char.GetNumericValue(c) is >= 0 and <= 9 and var n && char.IsDigit(c)) digits[count++] = (char)('0' + (int)n);
        }

        return count;
    }

    private static string? TypeOf(PhoneNumberType type) => type switch
    {
        PhoneNumberType.MOBILE => "mobile",
        PhoneNumberType.FIXED_LINE => "landline",
        PhoneNumberType.FIXED_LINE_OR_MOBILE => "landline_or_mobile",
        PhoneNumberType.TOLL_FREE => "toll_free",
        PhoneNumberType.PREMIUM_RATE => "premium",
        PhoneNumberType.SHARED_COST => "shared_cost",
        PhoneNumberType.VOIP => "voip",
        PhoneNumberType.PAGER => "pager",
        PhoneNumberType.UAN => "uan",
        PhoneNumberType.VOICEMAIL => "voicemail",
        _ => null,
    };
}
