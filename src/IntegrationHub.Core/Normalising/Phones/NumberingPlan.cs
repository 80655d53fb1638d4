using PhoneNumbers;

namespace IntegrationHub.Normalising;

/// <summary>
/// The numbering plan of one region, made of libphonenumber's own metadata so that it never disagrees with the library: which numbers exist and what they are, what is dialled
/// before them at home, and how one dials abroad.
/// </summary>
internal sealed class NumberingPlan
{
    private const int MostWords = 64;
    private const int Longest = 24;

    // In the order in which the library asks; the first kind that fits is the number's.
    private const int General = 0, FixedLine = 9, Mobile = 10, Leading = 11;
    private static readonly string?[] Kinds = ["", "premium", "toll_free", "shared_cost", "voip", null, "pager", "uan", "voicemail"];

    private readonly DigitAutomaton numbers;
    private readonly DigitAutomaton? leading;
    private readonly int[] kindsByLength = new int[Longest + 1];
    private readonly bool oneKind;
    private readonly int shortest;
    private readonly int longest;
    private readonly int lengths;
    private readonly int localLengths;

    private NumberingPlan(PhoneMetadata metadata, DigitAutomaton numbers, DigitAutomaton? leading, DialPrefix home, DialPrefix abroad)
    {
        this.numbers = numbers;
        this.leading = leading;
        CountryCode = metadata.CountryCode;
        CodeLength = CountryCode < 10 ? 1 : CountryCode < 100 ? 2 : 3;
        (Home, Abroad) = (home, abroad);
        oneKind = metadata.SameMobileAndFixedLinePattern;
        var general = metadata.GeneralDesc;
        (shortest, longest) = (general.PossibleLengthList[0], general.PossibleLengthList[^1]);
        lengths = Bits(general.PossibleLengthList);
        localLengths = Bits(general.PossibleLengthLocalOnlyList);
        var kinds = Descriptions(metadata);
        for (var length = 0; length <= Longest; length++)
            for (var kind = 0; kind < kinds.Length; kind++)
                if (kinds[kind].PossibleLengthCount == 0 || kinds[kind].PossibleLengthList.Contains(length)) kindsByLength[length] |= 1 << kind;
    }

    /// <summary>What is dialled before a national number at home: 0, 1.</summary>
    public DialPrefix Home { get; }

    /// <summary>What is dialled before a country code: 00, 011.</summary>
    public DialPrefix Abroad { get; }

    /// <summary>The country code: 49.</summary>
    public int CountryCode { get; }

    /// <summary>How many digits the country code has.</summary>
    public int CodeLength { get; }

    /// <summary>True where numbers of the region are told from those of others with the same country code by their first digits.</summary>
    public bool HasLeadingDigits => leading is not null;

    /// <summary>Makes the plan; null where the metadata hold something that is not understood here.</summary>
    public static NumberingPlan? Of(PhoneMetadata metadata)
    {
        if (metadata.GeneralDesc.PossibleLengthCount == 0 || metadata.GeneralDesc.PossibleLengthList[0] < 1) return null;
        var patterns = Descriptions(metadata).Select(d => DigitPattern.Parse(d.NationalNumberPattern)).OfType<DigitPattern>().ToList();
        if (patterns.Count != Leading || DigitAutomaton.Of(patterns) is not { } numbers) return null;
        DigitAutomaton? leading = null;
        if (metadata.HasLeadingDigits && (DigitPattern.Parse(metadata.LeadingDigits) is not { } lead || (leading = DigitAutomaton.Of(lead)) is null)) return null;
        var home = DialPrefix.Of(metadata.NationalPrefixForParsing, plain: string.IsNullOrEmpty(metadata.NationalPrefixTransformRule), MostWords);
        var abroad = DialPrefix.Of(metadata.InternationalPrefix, plain: true, MostWords);
        return home is null || abroad is null ? null : new NumberingPlan(metadata, numbers, leading, home, abroad);
    }

    /// <summary>True where the number begins as the region's do.</summary>
    public bool Leads(ReadOnlySpan<byte> national) => leading is not null && leading.Begins(national);

    /// <summary>True where the plan's general pattern describes the number, whatever its length.</summary>
    public bool IsViable(ReadOnlySpan<byte> national) => (numbers.Whole(national) & 1) != 0;

    /// <summary>What kind of number it is. False where there is no such number; the kind is null where it has no name of ours.</summary>
    public bool Exists(ReadOnlySpan<byte> national, out string? kind)
    {
        kind = null;
        if (national.Length > Longest) return false;
        var fits = numbers.Whole(national) & kindsByLength[national.Length];
        if ((fits & (1 << General)) == 0) return false;
        for (var i = General + 1; i < FixedLine; i++)
        {
            if ((fits & (1 << i)) == 0) continue;
            kind = Kinds[i];
            return true;
        }

        var mobile = (fits & (1 << Mobile)) != 0;
        if ((fits & (1 << FixedLine)) != 0)
        {
            kind = oneKind || mobile ? "landline_or_mobile" : "landline";
            return true;
        }

        kind = "mobile";
        return mobile && !oneKind;
    }

    /// <summary>True where no number of the region is as long.</summary>
    public bool IsTooLong(int length) => !Has(localLengths, length) && length > longest;

    /// <summary>True where a number of that length can be dialled from anywhere, or is too long for any.</summary>
    public bool IsPossibleOrTooLong(int length) => !Has(localLengths, length) && length >= shortest && (length > longest || Has(lengths, length));

    private static PhoneNumberDesc[] Descriptions(PhoneMetadata m) =>
        [m.GeneralDesc, m.PremiumRate, m.TollFree, m.SharedCost, m.Voip, m.PersonalNumber, m.Pager, m.Uan, m.Voicemail, m.FixedLine, m.Mobile];

    private static int Bits(IEnumerable<int> lengths) => lengths.Where(l => l >= 0).Aggregate(0, (bits, length) => bits | (1 << length));

    private static bool Has(int bits, int length) => length < 32 && (bits & (1 << length)) != 0;
}

/// <summary>Digits that are dialled before a number and are no part of it.</summary>
internal sealed class DialPrefix
{
    /// <summary>The answer of <see cref="Length"/> where only the library can tell.</summary>
    public const int Unclear = -1;

    private readonly byte[][]? words;
    private readonly DigitAutomaton? guard;

    private DialPrefix(byte[][]? words, DigitAutomaton? guard)
    {
        this.words = words;
        this.guard = guard;
    }

    /// <summary>Reads the pattern of the prefix; null where it is not understood.</summary>
    /// <param name="pattern">The library's pattern; empty for none.</param>
    /// <param name="plain">False where the prefix is not simply taken off but rewritten.</param>
    /// <param name="mostWords">Above this many different prefixes they are not listed, and a number that begins with one is left to the library.</param>
    public static DialPrefix? Of(string? pattern, bool plain, int mostWords)
    {
        if (string.IsNullOrEmpty(pattern)) return new DialPrefix([], null);
        if (DigitPattern.Parse(pattern) is not { } parsed) return null;
        if (plain && parsed.Words(mostWords) is { } words) return new DialPrefix([.. words.Select(w => w.Select(c => (byte)(c - '0')).ToArray())], null);
        return DigitAutomaton.Of(parsed) is { } guard ? new DialPrefix(null, guard) : null;
    }

    /// <summary>How many digits of the number are the prefix; 0 for none, <see cref="Unclear"/> where only the library can tell.</summary>
    public int Length(ReadOnlySpan<byte> digits)
    {
        if (guard is not null) return guard.Begins(digits) ? Unclear : 0;
        foreach (var word in words!)
            if (digits.StartsWith(word)) return word.Length;
        return 0;
    }
}
