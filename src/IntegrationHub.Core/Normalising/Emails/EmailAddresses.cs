using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with an e-mail address.</summary>
public static class EmailIssues
{
    /// <summary>The domain, or an address all in capitals, was put into lower case.</summary>
    public static readonly IssueCode Case = new("email.case");

    /// <summary>Something around the address was taken off: <c>mailto:</c>, a display name, brackets, a stop.</summary>
    public static readonly IssueCode Wrapped = new("email.wrapped");

    /// <summary>Not an address that mail can be sent to.</summary>
    public static readonly IssueCode Invalid = new("email.invalid");

    /// <summary>Looks like a well-known domain with a slip; the suggestion is not applied.</summary>
    public static readonly IssueCode Typo = new("email.typo");

    /// <summary>A mailbox that several people read.</summary>
    public static readonly IssueCode Role = new("email.role");

    /// <summary>A mailbox made to be thrown away.</summary>
    public static readonly IssueCode Disposable = new("email.disposable");

    /// <summary>Rejected: longer than any address with what may stand around it (1,000 characters).</summary>
    public static readonly IssueCode TooLong = new("email.too_long");

    /// <summary>Flagged, where the check is switched on: the domain names no server that takes mail.</summary>
    public static readonly IssueCode NoMailServer = new("email.no_mail_server");

    /// <summary>Flagged: a value that stands for "none", <c>test@test.com</c>; never matched on.</summary>
    public static readonly IssueCode Placeholder = new("email.placeholder");
}

/// <summary>An e-mail address, normalised.</summary>
/// <param name="Value">The address to write to: as its owner spells it, domain in lower case. Null where it cannot be used.</param>
/// <param name="Key">The mailbox for comparing: provider rules for dots and tags applied. Never an address to write to. Null where there is no value, and for placeholders, which identify nobody.</param>
/// <param name="Suggestion">The address that was perhaps meant; null where there is no doubt.</param>
/// <param name="Role">True for mailboxes that several people read.</param>
/// <param name="Free">True at providers where anybody may have an address.</param>
/// <param name="Disposable">True for mailboxes made to be thrown away.</param>
/// <param name="Issues">What was changed, rejected or flagged.</param>
public sealed record NormalisedEmail(string? Value, string? Key, string? Suggestion, bool Role, bool Free, bool Disposable, ImmutableArray<IssueCode> Issues)
{
    /// <summary>What stands behind the plus (at Yahoo the hyphen) of the local part: <c>news</c> of <c>ada+news@example.com</c>; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The domain as DNS knows it: lower-case ASCII, international names in their <c>xn--</c> form; null where there is no value.</summary>
    public string? DnsDomain => Value is null ? null : EmailAddresses.DnsDomainOf(Value);
}

/// <summary>Checks and normalises e-mail addresses: syntax of RFC 5321 and 5322 as providers accept it, internationalised domains included.</summary>
public static class EmailAddresses
{
    // RFC 5321 4.5.3.1: 64 octets before the @, 255 behind it; RFC 3696 erratum 1690: 254 in all.
    private const int LongestRaw = 1_000;
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private const int Longest = 254;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> PlainLocal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+");
    private static readonly SearchValues<char> PlainDomain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "email", "An e-mail address without what stands around it, the domain in lower case; nothing when it is none.",
        [new TransformExample(" Ada.Byron@Example.COM ", "Ada.Byron@example.com"), new TransformExample("mailto:ada@example.com", "ada@example.com"), new TransformExample("ada@", null)],
        (raw, _) => Normalise(raw).Value);

    /// <summary>Normalises one address.</summary>
    public static NormalisedEmail Normalise(string raw)
    {
        if (raw.Length > LongestRaw) return new NormalisedEmail(null, null, null, false, false, false, [EmailIssues.TooLong]);
        return Plain(raw) ?? Any(raw);
    }

    // An address that stands alone and in ASCII, which nearly all do: read without taking it apart, to the same result.
    internal static NormalisedEmail? Plain(string raw)
    {
        var at = raw.IndexOf('@');
        if (at is < 1 or > LongestLocal || at == raw.Length - 1) return null;
        var local = raw.AsSpan(0, at);
        if (local.ContainsAnyExcept(PlainLocal) || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return null;
        if (raw.AsSpan(at + 1).ContainsAnyExcept(PlainDomain)) return null;
        return EmailDomain.Of(raw.AsSpan(at + 1)) is { } domain && at + 1 + domain.AsciiLength <= Longest ? Accepted(raw, at, domain, []) : Rejected([]);
    }

    internal static NormalisedEmail Any(string raw)
    {
        var text = Unwrapped(raw, out var wrapped);
        ImmutableArray<IssueCode> issues = wrapped ? [EmailIssues.Wrapped] : [];
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1) return Rejected(issues);
        var local = text[..at];
        if (!IsLocal(local) || EmailDomain.Of(text.AsSpan(at + 1)) is not { } domain) return Rejected(issues);
        var bytes = Encoding.UTF8.GetByteCount(local);
        return bytes > LongestLocal || bytes + 1 + domain.AsciiLength > Longest ? Rejected(issues) : Accepted(text, at, domain, issues);
    }

    private static NormalisedEmail Accepted(string text, int at, EmailDomain domain, ImmutableArray<IssueCode> issues)
    {
        var local = text.AsSpan(0, at);
        var shouting = local.Length > 1 && local.ContainsAnyInRange('A', 'Z') && !local.ContainsAnyInRange('a', 'z');
        var sameHost = text.AsSpan(at + 1).SequenceEqual(domain.Host);
        if (shouting || !sameHost) issues = issues.Add(EmailIssues.Case);
        var small = shouting || local.ContainsAnyInRange('A', 'Z') || !System.Text.Ascii.IsValid(local) ? text[..at].ToLowerInvariant() : null;
        var lower = small is null ? local : small;
        var value = shouting ? $"{lower}@{domain.Host}" : sameHost ? text : $"{local}@{domain.Host}";
        var role = EmailLists.IsRole(lower);
        foreach (var placeholder in domain.Placeholders)
            // An address it is, and the audit says whose; but it identifies nobody.
            if (lower.SequenceEqual(placeholder)) return new NormalisedEmail(value, null, null, role, domain.Free, domain.Disposable, issues.Add(EmailIssues.Placeholder));

        var suggestion = domain.Suggestion is { } better ? $"{value.AsSpan(0, at)}@{better}" : null;
        if (suggestion is not null) issues = issues.Add(EmailIssues.Typo);
        if (role) issues = issues.Add(EmailIssues.Role);
        if (domain.Disposable) issues = issues.Add(EmailIssues.Disposable);
        return new NormalisedEmail(value, MailboxOf(lower, domain.Provider, value), suggestion, role, domain.Free, domain.Disposable, issues) { Tag = TagOf(value.AsSpan(0, at), domain.Provider) };
    }

    /// <summary>The domain of a normalised address as DNS knows it: lower-case ASCII.</summary>
    public static string DnsDomainOf(string address) => Ascii(address[(address.LastIndexOf('@') + 1)..]);

    private static string? TagOf(ReadOnlySpan<char> local, string provider)
    {
        var at = local.IndexOf(TagSign(provider));
        return at > 0 && at < local.Length - 1 ? local[(at + 1)..].ToString() : null;
    }

    private static char TagSign(string provider) => provider is "yahoo.com" or "ymail.com" ? '-' : '+';

    /// <summary>The one name of the provider. An international domain and its xn-- form are one.</summary>
    internal static string ProviderOf(string host) => EmailLists.OneProvider(System.Text.Ascii.IsValid(host) ? host : Ascii(host) is { Length: > 0 } ascii ? ascii : host);

    /// <summary>The mailbox behind the address of these two parts, in lower case.</summary>
    internal static string MailboxOf(string lowerLocal, string domain) => MailboxOf(lowerLocal, ProviderOf(domain), "");

    /// <summary>The mailbox behind an address: tags go everywhere, dots where the provider ignores them, and a provider's several domains are one.</summary>
    private static string MailboxOf(ReadOnlySpan<char> lower, string provider, string value)
    {
        var tag = lower.IndexOf(TagSign(provider));
        var mailbox = tag > 0 ? lower[..tag] : lower;
        if (provider == "gmail.com" && mailbox.Contains('.'))
        {
            var bare = mailbox.ToString().Replace(".", "", StringComparison.Ordinal);
            return bare.Length == 0 ? $"{lower}@{provider}" : $"{bare}@{provider}";
        }

        return value.Length == mailbox.Length + 1 + provider.Length && value.AsSpan().StartsWith(mailbox, StringComparison.Ordinal) && value.EndsWith(provider, StringComparison.Ordinal) ? value : $"{mailbox}@{provider}";
    }

    private static NormalisedEmail Rejected(ImmutableArray<IssueCode> issues) => new(null, null, null, false, false, false, issues.Add(EmailIssues.Invalid));

    private static string Unwrapped(string raw, out bool wrapped)
    {
        var text = raw.Trim();
        // RFC 6532: letters in their composed form.
        if (!System.Text.Ascii.IsValid(text)) text = UnicodeForms.Compose(text);
        var before = text;
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..];
            var query = text.IndexOf('?');
            if (query > 0) text = text[..query];
        }

        var open = text.LastIndexOf('<');
        if (open >= 0 && text.EndsWith('>')) text = text[(open + 1)..^1].Trim();
        else if (text.Length > 2 && ((text[0] == '(' && text[^1] == ')') || (text[0] == '\'' && text[^1] == '\''))) text = text[1..^1];
        if (text.Length > 1 && text[^1] is ';' or ',') text = text[..^1].TrimEnd();
        wrapped = text != before;
        return text;
    }

    /// <summary>Dot-atoms of RFC 5322, with the letters and signs of RFC 6531. Quoted local parts are legal and yet accepted by no provider of note: they are rejected.</summary>
    private static bool IsLocal(string local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return false;
        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '\'' or '!' or '#' or '$' or '%' or '&' or '*' or '/' or '=' or '?' or '^' or '`' or '{' or '|' or '}' or '~') continue;
            if (c < 0x80) return false;
            if (char.IsHighSurrogate(c) && i + 1 < local.Length && char.IsLowSurrogate(local[i + 1]))
            {
                if (!IsText(CharUnicodeInfo.GetUnicodeCategory(local, i))) return false;
                i++;
                continue;
            }

            if (!IsText(CharUnicodeInfo.GetUnicodeCategory(c)) || (i == 0 && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)) return false;
        }

        return true;
    }

    private static bool IsText(UnicodeCategory category) => category is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol
        or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.ConnectorPunctuation;

    /// <summary>The domain in lower case; null when it is none that mail could go to. Needs a dot, a top-level domain with a letter, and labels of RFC 1035 or RFC 5891.</summary>
    internal static string? Domain(string domain)
    {
        if (domain.Length > LongestDomain || !domain.Contains('.') && System.Text.Ascii.IsValid(domain)) return null;
        var lower = domain.ToLowerInvariant();
        var ascii = lower;
        if (!System.Text.Ascii.IsValid(lower))
        {
            lower = Narrow(lower);
            if (!IsInternational(lower)) return null;
            ascii = Ascii(lower);
        }

        if (ascii.Length > LongestDomain || !ascii.Contains('.')) return null;
        var labels = ascii.Split('.');
        foreach (var label in labels)
            if (!IsLabel(label)) return null;
        return labels[^1].Any(char.IsAsciiLetter) && !EmailLists.IsSpecialUse(labels) ? lower : null;
    }

    /// <summary>Full-width letters and the three full stops of RFC 3490 become their ASCII kin, as every registry reads them.</summary>
    private static string Narrow(string domain) => string.Create(domain.Length, domain, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = text[i] is >= '\uFF01' and <= '\uFF5E' ? char.ToLowerInvariant((char)(text[i] - 0xFEE0)) : text[i] is '\u3002' or '\uFF61' ? '.' : text[i];
    });

    /// <summary>Letters, digits and marks of any script, besides hyphen and stop: RFC 5892 allows no signs.</summary>
    private static bool IsInternational(string domain)
    {
        var start = true;
        for (var i = 0; i < domain.Length; i++)
        {
            if (domain[i] is '-' or '.' || char.IsAsciiLetterOrDigit(domain[i]))
            {
                start = domain[i] == '.';
                continue;
            }

            if (domain[i] < 0x80 || (char.IsSurrogate(domain[i]) && (i + 1 >= domain.Length || !char.IsSurrogatePair(domain[i], domain[i + 1])))) return false;
            var mark = CharUnicodeInfo.GetUnicodeCategory(domain, i) switch
            {
                UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber => false,
                UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => true,
                // Zero-width joiners shape some scripts; the katakana dot stands between words.
                _ => (bool?)(domain[i] is '\u200C' or '\u200D' or '\u30FB' ? true : null),
            };
            if (mark is null || (mark.Value && start)) return false;
            if (char.IsHighSurrogate(domain[i])) i++;
            start = false;
        }

        return true;
    }

    private static bool IsLabel(string label)
    {
        if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-') return false;
        if (label.Length > 3 && label[2] == '-' && label[3] == '-' && !label.StartsWith("xn--", StringComparison.Ordinal)) return false;
        foreach (var c in label)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        return !label.StartsWith("xn--", StringComparison.Ordinal) || IsPunycode(label);
    }

    private static bool IsPunycode(string label)
    {
        try
        {
            return Idn.GetUnicode(label) != label;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Empty where RFC 3490 knows no ASCII form.
    internal static string Ascii(string host)
    {
        try
        {
            return System.Text.Ascii.IsValid(host) ? host : Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
