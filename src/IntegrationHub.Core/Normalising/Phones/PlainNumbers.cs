using System.Collections.Immutable;
using IntegrationHub.Vocabulary;
using PhoneNumbers;

namespace IntegrationHub.Normalising;

/// <summary>
/// Reads numbers of digits and plain separators, which nearly all are, without libphonenumber and to the same result: the library's steps over tables made of the library's
/// metadata, a hundred times as fast. Whatever is not plain (letters, extensions, several numbers, other digits, rewritten prefixes) is left to the library.
/// </summary>
internal static class PlainNumbers
{
    private const int MostDigits = 20;
    private const int FewestNational = 2;
    private const int MostNational = 17;
    private const int MostLeadingZeros = 9;

    private static readonly ImmutableArray<IssueCode> Format = [PhoneIssues.Format];
    private static readonly ImmutableArray<IssueCode> Invalid = [PhoneIssues.Invalid];
    private static readonly ImmutableArray<IssueCode> NoCountry = [PhoneIssues.NoCountry];

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    // One slot a region, by its two letters, and one a country code: made when first asked for. Two threads may make the same plan; either will do.
    private static readonly Slot?[] ByRegion = Slots();
    private static readonly Slot[]?[] ByCode = Codes();

    /// <summary>Reads a number of five digits or more; null where the library has to.</summary>
    public static NormalisedPhone? Read(string text, string? region)
    {
        Span<byte> buffer = stackalloc byte[MostDigits];
        var (count, plus) = (0, false);
        foreach (var c in text.AsSpan(Lead(text)))
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == MostDigits) return null;
                buffer[count++] = (byte)(c - '0');
            }
            else if (c == '+')
            {
                if (plus || count > 0) return null;
                plus = true;
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/'))
            {
                return null;
            }
        }

        ReadOnlySpan<byte> digits = buffer[..count];
        if (count < Phones.FewestDigits) return null;
        NumberingPlan? home = null;
        if (region is not null && SlotOf(region) is { } slot && (home = slot.Plan) is null) return null;
        if (!plus && home is null) return Rejected(digits, region is null ? NoCountry : Invalid);

        var national = digits;
        Slot[]? regions;
        if (plus)
        {
            regions = TakeCode(ref national);
            if (regions is null) return home is null ? Rejected(digits, region is null ? NoCountry : Invalid) : null;
        }
        else
        {
            var abroad = home!.Abroad.Length(digits);
            if (abroad == DialPrefix.Unclear) return null;
            // No country code begins with 0: such a prefix is part of the number.
            if (abroad > 0 && (abroad == count || digits[abroad] != 0))
            {
                national = digits[abroad..];
                regions = national.Length > FewestNational ? TakeCode(ref national) : null;
                if (regions is null) return Rejected(digits, Invalid);
            }
            else if (TakeOwnCode(home, ref national) is not { } taken)
            {
                return null;
            }
            else
            {
                regions = taken ? ByCode[home.CountryCode] : null;
            }
        }

        var plan = home;
        if (regions is not null && (plan = regions[0].Plan) is null) return null;
        if (!TakePrefix(plan!, ref national)) return null;
        if (national.Length is < FewestNational or > MostNational) return Rejected(digits, Invalid);
        if (national.Length > MostLeadingZeros && national[..(MostLeadingZeros + 1)].IndexOfAnyExcept((byte)0) < 0) return null;
        return Exists(ByCode[plan!.CountryCode]!, national, out var kind) switch
        {
            true => Accepted(text, plan.CountryCode, plan.CodeLength, national, kind),
            false => Rejected(digits, Invalid),
            null => null,
        };
    }

    /// <summary>How many characters stand before the number, "Tel. ": the library passes them over. Capitals may be digits of a kind, and are left to it.</summary>
    private static int Lead(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) || text[i] == '+') return i;
            if (text[i] >= 0x80 || char.IsAsciiLetterUpper(text[i])) return 0;
        }

        return 0;
    }

    /// <summary>Takes the country code off; null where there is none such.</summary>
    private static Slot[]? TakeCode(ref ReadOnlySpan<byte> digits)
    {
        if (digits[0] == 0) return null;
        var code = 0;
        for (var i = 0; i < 3 && i < digits.Length; i++)
        {
            code = code * 10 + digits[i];
            if (ByCode[code] is not { } regions) continue;
            digits = digits[(i + 1)..];
            return regions;
        }

        return null;
    }

    /// <summary>Takes the region's own country code off where the number makes more sense without it. Null where only the library can tell.</summary>
    private static bool? TakeOwnCode(NumberingPlan home, ref ReadOnlySpan<byte> digits)
    {
        if (digits.Length < home.CodeLength) return false;
        var code = 0;
        foreach (var digit in digits[..home.CodeLength]) code = code * 10 + digit;
        if (code != home.CountryCode) return false;
        var rest = digits[home.CodeLength..];
        if (rest.Length > 0)
        {
            var prefix = home.Home.Length(rest);
            if (prefix == DialPrefix.Unclear) return null;
            if (prefix > 0 && (!home.IsViable(rest) || home.IsViable(rest[prefix..]))) rest = rest[prefix..];
        }

        if ((home.IsViable(digits) || !home.IsViable(rest)) && !home.IsTooLong(digits.Length)) return false;
        digits = rest;
        return true;
    }

    /// <summary>Takes the national prefix off where a possible number is left. False where only the library can tell.</summary>
    private static bool TakePrefix(NumberingPlan plan, ref ReadOnlySpan<byte> national)
    {
        var prefix = plan.Home.Length(national);
        if (prefix == DialPrefix.Unclear) return false;
        if (prefix == 0 || (plan.IsViable(national) && !plan.IsViable(national[prefix..]))) return true;
        if (plan.IsPossibleOrTooLong(national.Length - prefix)) national = national[prefix..];
        return true;
    }

    /// <summary>Whether the number exists in the first region that it can belong to. Null where only the library can tell.</summary>
    private static bool? Exists(Slot[] regions, ReadOnlySpan<byte> national, out string? kind)
    {
        kind = null;
        foreach (var slot in regions)
        {
            if (slot.Plan is not { } plan) return null;
            if (regions.Length > 1 && plan.HasLeadingDigits && !plan.Leads(national)) continue;
            if (plan.Exists(national, out kind)) return true;
            if (plan.HasLeadingDigits) return false;
        }

        return false;
    }

    private static NormalisedPhone Accepted(string text, int code, int codeLength, ReadOnlySpan<byte> national, string? kind)
    {
        Span<char> e164 = stackalloc char[MostDigits + 4];
        e164[0] = '+';
        for (var i = codeLength; i > 0; i--, code /= 10) e164[i] = (char)('0' + code % 10);
        for (var i = 0; i < national.Length; i++) e164[codeLength + 1 + i] = (char)('0' + national[i]);
        e164 = e164[..(codeLength + 1 + national.Length)];
        var asWritten = e164.SequenceEqual(text);
        var value = asWritten ? text : e164.ToString();
        return new NormalisedPhone(value, kind, null, value, [], asWritten ? [] : Format);
    }

    private static NormalisedPhone Rejected(ReadOnlySpan<byte> digits, ImmutableArray<IssueCode> why)
    {
        Span<char> key = stackalloc char[MostDigits];
        for (var i = 0; i < digits.Length; i++) key[i] = (char)('0' + digits[i]);
        return new NormalisedPhone(null, null, null, key[..digits.Length].ToString(), [], why);
    }

    private static Slot? SlotOf(string region) =>
        region.Length == 2 && char.IsAsciiLetterUpper(region[0]) && char.IsAsciiLetterUpper(region[1]) ? ByRegion[(region[0] - 'A') * 26 + region[1] - 'A'] : null;

    private static Slot?[] Slots()
    {
        var slots = new Slot?[26 * 26];
        foreach (var region in Library.GetSupportedRegions()) slots[(region[0] - 'A') * 26 + region[1] - 'A'] = new Slot(() => Library.GetMetadataForRegion(region));
        return slots;
    }

    private static Slot[]?[] Codes()
    {
        var codes = new Slot[]?[1_000];
        foreach (var code in Library.GetSupportedCallingCodes())
            codes[code] = [.. Library.GetRegionCodesForCountryCode(code).Select(region => SlotOf(region) ?? new Slot(() => null))];
        return codes;
    }

    /// <summary>A plan that is made when it is first asked for; none where the metadata are not understood.</summary>
    private sealed class Slot(Func<PhoneMetadata?> metadata)
    {
        private NumberingPlan? plan;
        private bool made;

        public NumberingPlan? Plan
        {
            get
            {
                if (Volatile.Read(ref made)) return plan;
                plan = metadata() is { } m ? NumberingPlan.Of(m) : null;
                Volatile.Write(ref made, true);
                return plan;
            }
        }
    }
}
