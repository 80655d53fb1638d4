using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Issues with an address.</summary>
public static class AddressIssues
{
    /// <summary>Rejected: longer than any address (500 characters).</summary>
    public static readonly IssueCode TooLong = new("address.too_long");

    /// <summary>Blanks, empty parts or invisible characters were taken away.</summary>
    public static readonly IssueCode Cleaned = new("address.cleaned");

    /// <summary>Split into its parts: a whole address in one cell, or number and unit in the street's cell.</summary>
    public static readonly IssueCode Split = new("address.split");

    /// <summary>The postal code was written as its country writes it: <c>ec1n8fh</c> became <c>EC1N 8FH</c>.</summary>
    public static readonly IssueCode Postcode = new("address.postcode");

    /// <summary>Flagged: no postal code of its country; kept as written.</summary>
    public static readonly IssueCode BadPostcode = new("address.bad_postcode");

    /// <summary>A state's name became its ISO 3166-2 code: <c>California</c>.</summary>
    public static readonly IssueCode State = new("address.state");

    /// <summary>Flagged: its country has no such state; kept as written.</summary>
    public static readonly IssueCode UnknownState = new("address.unknown_state");

    /// <summary>Flagged: its country is not known; kept as written.</summary>
    public static readonly IssueCode UnknownCountry = new("address.unknown_country");

    /// <summary>Flagged: neither street nor city could be told apart; only the whole is kept.</summary>
    public static readonly IssueCode Unparsed = new("address.unparsed");
}

/// <summary>A postal address in parts, each null where the address has none.</summary>
/// <param name="Value">The whole on one line, in the order in which it was written; null where it cannot be used.</param>
/// <param name="Number">House number with its letter or range: <c>12a</c>, <c>4-6</c>.</param>
/// <param name="Street">Street without number and unit, spelt as written.</param>
/// <param name="Unit">Flat, suite, floor, with its word.</param>
/// <param name="City">City.</param>
/// <param name="State">The part of ISO 3166-2 behind the hyphen where known, else as written.</param>
/// <param name="Postcode">Postal code as its country writes it.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null where the address names none.</param>
/// <param name="Issues">What was changed, flagged or rejected, each code once.</param>
public sealed record NormalisedAddress(
    string? Value,
    string? Number,
    string? Street,
    string? Unit,
    string? City,
    string? State,
    string? Postcode,
    string? Country,
    ImmutableArray<IssueCode> Issues)
{
    internal bool IsEmpty => (Number ?? Street ?? Unit ?? City ?? State ?? Postcode ?? Country) is null;
}

/// <summary>
/// Splits postal addresses by rules a country: street words, units, postal codes, states. Knows the United States, Canada, Great Britain, Ireland, Australia,
/// New Zealand, Germany, Austria, Switzerland, France, the Netherlands, Spain and Italy well; of others it takes only what is plain.
/// </summary>
public static class Addresses
{
    /// <summary>Longer values are rejected, so that the work on one value stays bounded.</summary>
    public const int MaxLength = 500;

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "address",
        "A whole address on one line, without doubled blanks and empty parts.",
        [new("12  High St ,\nLeeds", "12 High St, Leeds", "GB"), new("Hauptstr. 5, 10115 Berlin", "Hauptstr. 5, 10115 Berlin", "DE"), new(" , ", null)],
        (raw, region) => Normalise(raw, region).Value);

    /// <summary>Splits a whole address of one or several lines.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="region">ISO 3166-1 region of the record, where the address itself names no country; null when unknown.</param>
    public static NormalisedAddress Normalise(string raw, string? region)
    {
        if (raw.Length > MaxLength) return new(null, null, null, null, null, null, null, null, [AddressIssues.TooLong]);
        var value = AddressText.OneLine(raw);
        if (value.Length == 0) return new(null, null, null, null, null, null, null, null, []);
        // A semicolon becomes a comma and a blank.
        if (value.Length > MaxLength) return new(null, null, null, null, null, null, null, null, [AddressIssues.TooLong]);
        var parts = new AddressParser(value, Region(region)).Parse();
        ImmutableArray<IssueCode> issues = value != raw ? [AddressIssues.Cleaned] : [];
        issues = issues.Add(parts.IsEmpty ? AddressIssues.Unparsed : AddressIssues.Split);
        var country = parts.Country ?? Region(region);
        var state = State(parts.State, country, ref issues);
        var postcode = Postcode(parts.Postcode, country, ref issues);
        return new(value, parts.Number, parts.Street, parts.Unit, parts.City, state, postcode, parts.Country, issues);
    }

    /// <summary>
    /// Normalises an address in separate cells. The street's cell may hold number and unit too; a cell that is filled is never overwritten.
    /// Idempotent on its parts.
    /// </summary>
    public static NormalisedAddress NormaliseParts(
        string? number, string? street, string? unit, string? city, string? state, string? postcode, string? country, string? region)
    {
        var cells = Cells(number, street, unit, city, state, postcode, country, region, out var written, out var place);
        return cells with { Value = AddressText.Join(cells.Number, cells.Street, cells.Unit, cells.City, cells.State, cells.Postcode, cells.Country ?? written, place) };
    }

    /// <summary>As <see cref="NormaliseParts"/>, but without the whole; beside it the country as written, and the one whose rules were followed.</summary>
    internal static NormalisedAddress Cells(
        string? number, string? street, string? unit, string? city, string? state, string? postcode, string? country, string? region, out string? written, out string? place)
    {
        var issues = ImmutableArray<IssueCode>.Empty;
        number = Cell(number, ref issues);
        street = Cell(street, ref issues);
        unit = Cell(unit, ref issues);
        city = Cell(city, ref issues);
        state = Cell(state, ref issues);
        postcode = Cell(postcode, ref issues);
        written = Cell(country, ref issues);
        var code = written is null ? null : Countries.Normalise(written).Value;
        if (written is not null && code is null) issues = issues.Add(AddressIssues.UnknownCountry);
        place = written is null ? Region(region) : code;
        // Taking one part out can bring another to light; each round fills a cell, so two are enough, and the third finds nothing.
        for (var round = 0; round < 3 && street is not null && (number is null || unit is null); round++)
        {
            var split = StreetCell.Split(street, place, number is null, unit is null);
            if (split.Street is null || (split.Number is null && split.Unit is null)) break;
            issues = issues.Add(AddressIssues.Split);
            (number, street, unit) = (number ?? split.Number, split.Street, unit ?? split.Unit);
        }

        state = State(state, place, ref issues);
        postcode = Postcode(postcode, place, ref issues);
        return new(null, number, street, unit, city, state, postcode, code, issues.Length < 2 ? issues : [.. issues.Distinct()]);
    }

    private static string? Region(string? region) => region is not { Length: 2 } ? null : char.IsAsciiLetterUpper(region[0]) && char.IsAsciiLetterUpper(region[1]) ? region : region.ToUpperInvariant();

    private static string? Cell(string? raw, ref ImmutableArray<IssueCode> issues)
    {
        if (raw is null) return null;
        if (raw.Length > MaxLength)
        {
            issues = issues.Add(AddressIssues.TooLong);
            return null;
        }

        var text = AddressText.OneLine(raw);
        if (text.Length > MaxLength) text = AddressText.OneLine(text[..MaxLength]);
        if (text != raw) issues = issues.Add(AddressIssues.Cleaned);
        return text.Length == 0 ? null : text;
    }

    private static string? State(string? state, string? country, ref ImmutableArray<IssueCode> issues)
    {
        if (state is null) return null;
        var value = States.Normalise(state, country, out var issue);
        if (issue is { } code) issues = issues.Add(code);
        return value;
    }

    private static string? Postcode(string? postcode, string? country, ref ImmutableArray<IssueCode> issues)
    {
        if (postcode is null || country is null) return postcode;
        if (Postcodes.Normalise(postcode, country) is not { } written)
        {
            issues = issues.Add(AddressIssues.BadPostcode);
            return postcode;
        }

        if (written != postcode) issues = issues.Add(AddressIssues.Postcode);
        return written;
    }
}
