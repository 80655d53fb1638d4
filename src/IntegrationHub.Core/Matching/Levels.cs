using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>What is compared of two records, in the order in which evidence is told.</summary>
internal enum Comparison
{
    GivenName,
    LastName,
    MiddleName,
    Suffix,
    BirthDate,
    NationalId,
    Email,
    Phone,
    Address,
    Company,
    Domain,
    JobTitle,
    LegalForm,
}

// The comparison levels. The first of each, None, is reached where a value is missing: it says nothing.
internal enum GivenLevel
{
    None,
    Exact,
    Nickname,
    Swapped,
    Initial,
    Similar,
    Contained,
    Alike,
    OtherPlace,
    Differs,
}

internal enum LastLevel
{
    None,
    Exact,
    Similar,
    Contained,
    Maiden,
    Swapped,
    Alike,
    Differs,
}

internal enum MiddleLevel
{
    None,
    Exact,
    Initial,
    Similar,
    Differs,
}

internal enum SuffixLevel
{
    None,
    Agrees,
    Differs,
}

internal enum BirthLevel
{
    None,
    Exact,
    Near,
    SameYear,
    GenerationApart,
    Differs,
}

internal enum IdLevel
{
    None,
    Exact,
    Near,
    Differs,
}

internal enum EmailLevel
{
    None,
    Exact,
    OtherGiven,
    SharedMailbox,
    Similar,
    Alike,
    SameLocal,
    LocalFromName,
    SameCompanyDomain,
    OtherMailbox,
    Differs,
}

internal enum PhoneLevel
{
    None,
    Exact,
    Near,
    Differs,
}

internal enum AddressLevel
{
    None,
    Exact,
    Similar,
    SameStreet,
    SamePostcode,
    SameCity,
    OtherStreet,
    Differs,
}

internal enum CompanyLevel
{
    None,
    Exact,
    Contained,
    Similar,
    Alike,
    Partly,
    Differs,
}

internal enum DomainLevel
{
    None,
    Exact,
    Differs,
}

internal enum LegalFormLevel
{
    None,
    Agrees,
    Differs,
}

internal enum TitleLevel
{
    None,
    Exact,
    Similar,
    Differs,
}

/// <summary>The words by which models and explanations name comparisons and their levels.</summary>
internal static class LevelNames
{
    /// <summary>How many comparisons there are.</summary>
    public const int Comparisons = (int)Comparison.LegalForm + 1;

    private static readonly ImmutableArray<string> Names =
        ["given name", "last name", "middle name", "suffix", "birth date", "national id", "e-mail", "phone", "address", "company", "domain", "job title", "legal form"];

    private static readonly ImmutableArray<ImmutableArray<string>> Levels =
    [
        ["", "exact", "nickname", "swapped", "initial", "similar", "contained", "alike", "in the other's place", "differs"],
        ["", "exact", "similar", "contained", "maiden", "swapped", "alike", "differs"],
        ["", "exact", "initial", "similar", "differs"],
        ["", "agrees", "differs"],
        ["", "exact", "near", "same year", "a generation apart", "differs"],
        ["", "exact", "near", "differs"],
        ["", "exact", "same, with another given name", "shared mailbox", "similar", "alike", "same local part", "local part from the name", "same company domain", "another mailbox at one employer", "differs"],
        ["", "exact", "near", "differs"],
        ["", "exact", "similar", "same street", "same postcode", "same city", "another street", "differs"],
        ["", "exact", "contained", "similar", "alike", "in part", "differs"],
        ["", "exact", "differs"],
        ["", "exact", "similar", "differs"],
        ["", "agrees", "differs"],
    ];

    /// <summary>The comparison's name: <c>given name</c>.</summary>
    public static string NameOf(Comparison comparison) => Names[(int)comparison];

    /// <summary>Null when no comparison has that name.</summary>
    public static Comparison? Find(string name) => Names.IndexOf(name) is var i and >= 0 ? (Comparison)i : null;

    /// <summary>The comparison's levels by number; the first, that of a missing value, has no name.</summary>
    public static ImmutableArray<string> Of(Comparison comparison) => Levels[(int)comparison];
}

/// <summary>
/// The levels that a pair reaches in all comparisons, packed: four bits each. All that the model knows of a pair but for the frequency of its names, so that equal pairs
/// are weighed, counted and learnt from once.
/// </summary>
/// <param name="Bits">Four bits a comparison, the first lowest.</param>
internal readonly record struct PairPattern(ulong Bits)
{
    private const int Width = 4;

    /// <summary>The level's number in one comparison; 0 where a value is missing.</summary>
    public int this[Comparison comparison] => (int)(Bits >> ((int)comparison * Width)) & 0xF;

    /// <summary>The same pattern with one more level; the comparison must not have one yet.</summary>
    public PairPattern With(Comparison comparison, int level) => new(Bits | ((ulong)level << ((int)comparison * Width)));

    /// <summary>The first comparison of a pattern's bits that says something; the bits must not be 0.</summary>
    public static Comparison First(ulong bits) => (Comparison)(System.Numerics.BitOperations.TrailingZeroCount(bits) / Width);

    /// <summary>A pattern's bits without what one comparison says.</summary>
    public static ulong Without(ulong bits, Comparison comparison) => bits & ~(0xFUL << ((int)comparison * Width));
}
