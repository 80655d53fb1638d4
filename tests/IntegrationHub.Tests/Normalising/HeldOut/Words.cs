using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationHub.Tests.Normalising.HeldOut;

/// <summary>What is alike when an answer is held against its label: capitals, punctuation, blanks, and in addresses the usual abbreviations.</summary>
internal static partial class Words
{
    /// <summary>The countries whose addresses are read well.</summary>
    internal static FrozenSet<string> AddressRegions { get; } = "US GB CA IE AU NZ DE AT CH FR NL ES IT".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Abbreviations = Table(
        "st=street str=strasse rd=road ave=avenue av=avenue ln=lane dr=drive ct=court blvd=boulevard ste=suite apt=apartment n=north s=south e=east w=west sq=square pl=place hwy=highway pkwy=parkway");

    /// <summary>States and provinces by the last part of their ISO 3166-2 code.</summary>
    private static readonly FrozenDictionary<string, string> States = Table(
        """
        al=alabama ak=alaska az=arizona ar=arkansas ca=california co=colorado ct=connecticut de=delaware dc=district_of_columbia fl=florida ga=georgia hi=hawaii id=idaho il=illinois in=indiana ia=iowa
        ks=kansas ky=kentucky la=louisiana me=maine md=maryland ma=massachusetts mi=michigan mn=minnesota ms=mississippi mo=missouri mt=montana ne=nebraska nv=nevada nh=new_hampshire nj=new_jersey
        nm=new_mexico ny=new_york nc=north_carolina nd=north_dakota oh=ohio ok=oklahoma or=oregon pa=pennsylvania ri=rhode_island sc=south_carolina sd=south_dakota tn=tennessee tx=texas ut=utah
        vt=vermont va=virginia wa=washington wv=west_virginia wi=wisconsin wy=wyoming on=ontario qc=quebec bc=british_columbia ab=alberta nsw=new_south_wales vic=victoria qld=queensland
        """);

    /// <summary>Small letters without punctuation, but for &amp; and +, one blank between words.</summary>
    internal static string Fold(string text)
    {
        var bare = text.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        return string.Join(' ', Punctuation().Replace(bare, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    internal static string Address(string text) => string.Join(' ', Fold(text).Split(' ').Select(w => Abbreviations.GetValueOrDefault(w, w)));

    /// <summary>A state by its name, whether it came as such, as a code, or as a code behind the country's.</summary>
    internal static string State(string text)
    {
        var code = CountryInFront().Replace(Fold(text), "");
        return States.GetValueOrDefault(code, code).Replace('_', ' ');
    }

    /// <summary>Straight quotes for curly ones, no blanks at the ends.</summary>
    internal static string Straight(string text) =>
        text.Replace('‘', '\'').Replace('’', '\'').Replace('“', '"').Replace('”', '"').Replace('„', '"').Trim();

    /// <summary>Whether a character shows on paper.</summary>
    internal static bool Printable(Rune rune, bool symbols) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => false,
        UnicodeCategory.OtherSymbol => symbols,
        _ => true,
    };

    private static FrozenDictionary<string, string> Table(string pairs) =>
        pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    [GeneratedRegex(@"[^\w\s&+]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("^[a-z]{2} (?=[a-z]{2,3}$)")]
    private static partial Regex CountryInFront();
}
