using System.Globalization;
using CsCheck;
using IntegrationHub.Normalising;
using PhoneNumbers;

namespace IntegrationHub.Tests.Normalising.Phones;

/// <summary>Plain numbers are read without libphonenumber; here the library says what is right.</summary>
public sealed class PlainNumberTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private static readonly string[] Regions = [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal)];

    /// <summary>An example of each kind of number of each region: all that the metadata know.</summary>
    private static readonly (string Region, string National)[] Examples =
    [
        .. from region in Regions
           from type in Library.GetSupportedTypesForRegion(region).Order()
           let number = Library.GetExampleNumberForType(region, type)
           where number is not null
           select (region, Library.GetNationalSignificantNumber(number)),
    ];

    private static readonly Gen<string?> AnyRegion = Gen.Int[-2, Regions.Length - 1].Select(i => i == -2 ? null : i == -1 ? "ZZ" : Regions[i]);

    // A true number, or one with digits changed, taken out or added: right at the edges of what exists.
    private static readonly Gen<(string Region, string National)> Mutated =
        from example in Gen.Int[0, Examples.Length - 1].Select(i => Examples[i])
        from change in Gen.Int[0, 5]
        from at in Gen.Int[0, 30]
        from tail in Gen.Int[0, 9_999_999].Select(n => n.ToString("D7", CultureInfo.InvariantCulture))
        select (example.Region, change switch
        {
            0 => example.National,
            1 => Put(example.National, at, tail[..1]),
            2 => example.National.Remove(at % example.National.Length, 1),
            3 => example.National.Insert(at % (example.National.Length + 1), tail[..1]),
            4 => example.National.Length > 4 ? example.National[..^4] + tail[..4] : tail,
            _ => example.National[..(at % example.National.Length)] + tail,
        });

    // As written: internationally, at home with or without prefix, from abroad by the prefix of some region, with the code but no sign.
    private static readonly Gen<(string Text, string? Region)> Written =
        from number in Mutated
        from way in Gen.Int[0, 9]
        from elsewhere in AnyRegion
        from separators in Gen.Int[0, 6].Select(i => " -.()/ "[i].ToString()).Array[0, 3]
        from at in Gen.Int[0, 12].Array[3]
        let code = Library.GetCountryCodeForRegion(number.Region).ToString(CultureInfo.InvariantCulture)
        let text = way switch
        {
            0 or 1 or 2 => "+" + code + number.National,
            3 => PrefixOf(number.Region) + number.National,
            4 => number.National,
            5 => code + number.National,
            6 => "00" + code + number.National,
            7 => "011" + code + number.National,
            8 => "+" + code + PrefixOf(number.Region) + number.National,
            _ => "Tel. 0" + number.National,
        }
        select (separators.Select((s, i) => (s, i)).Aggregate(text, (t, s) => t.Insert(Math.Min(t.Length, at[s.i] + (t.StartsWith('T') ? 5 : 1)), s.s)), way % 2 == 0 && way != 0 ? elsewhere : way == 0 ? null : number.Region);

    [Fact]
    public void Numbers_of_all_regions_are_read_as_the_library_reads_them() => Written.Sample(w => AsTheLibrary(w.Text, w.Region), iter: 40_000);

    [Fact]
    public void Any_digits_are_read_as_the_library_reads_them() =>
        Gen.Select(Gen.Frequency((2, Gen.Const("")), (1, Gen.Const("+")), (1, Gen.Const("00"))), Gen.Int[0, 9].Array[1, 18], AnyRegion)
            .Sample((lead, digits, region) => AsTheLibrary(lead + string.Concat(digits), region), iter: 20_000);

    [Fact]
    public void Every_example_of_the_metadata_is_read_in_each_way_of_writing_it()
    {
        foreach (var (region, national) in Examples)
        {
            AsTheLibrary($"+{Library.GetCountryCodeForRegion(region)}{national}", null);
            AsTheLibrary(national, region);
            AsTheLibrary(PrefixOf(region) + national, region);
        }
    }

    private static void AsTheLibrary(string text, string? region)
    {
        var read = IntegrationHub.Normalising.Phones.Normalise(text, region);
        // Placeholders and fields that hold several numbers are this hub's own rules.
        if (read.Issues.Contains(PhoneIssues.Placeholder) || text.IndexOf('/') > 6 || text.Contains(" / ", StringComparison.Ordinal)) return;
        var (value, type, why) = Expected(text, region);
        if (value != read.Value || type != read.Type || (value is null && why != read.Issues[0]))
            Assert.Fail($"{text} in {region ?? "no region"}: {read.Value} {read.Type} {string.Join(',', read.Issues)}, the library says {value} {type} {why}.");
        if (value is null && read.Key is { } key && !text.StartsWith("+00", StringComparison.Ordinal)) Assert.Equal(string.Concat(text.Where(char.IsAsciiDigit)), key);
    }

    private static (string? Value, string? Type, IntegrationHub.Vocabulary.IssueCode Why) Expected(string text, string? region)
    {
        var digits = text.Count(char.IsAsciiDigit);
        if (digits < 5) return (null, null, PhoneIssues.Invalid);
        try
        {
            // Two ways of dialling out at once, and E.164, are settled before the region is looked at.
            var trimmed = text.StartsWith("+00", StringComparison.Ordinal) ? "+" + text[3..].TrimStart('0') : text.Trim();
            var number = Library.Parse(trimmed, trimmed.Length is >= 8 and <= 16 && trimmed[0] == '+' ? region = null : region);
            if (!Library.IsValidNumber(number)) return (null, null, PhoneIssues.Invalid);
            return (Library.Format(number, PhoneNumberFormat.E164), NameOf(Library.GetNumberType(number)), default);
        }
        catch (NumberParseException e)
        {
            return (null, null, e.ErrorType == ErrorType.INVALID_COUNTRY_CODE && region is null ? PhoneIssues.NoCountry : PhoneIssues.Invalid);
        }
    }

    private static string? NameOf(PhoneNumberType type) => type switch
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

    private static string PrefixOf(string region) => Library.GetNddPrefixForRegion(region, true) ?? "";

    private static string Put(string text, int at, string digit) => text.Remove(at % text.Length, 1).Insert(at % text.Length, digit);
}
