using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Splits personal names into their parts and repairs capitals. Never guesses a name that is not there, and never replaces a nickname by a full name.</summary>
public static class PersonNames
{
    /// <summary>Longer values are rejected: no name is, and the work on one value stays bounded.</summary>
    public const int MaxLength = 250;

    /// <summary>A name that is another one at each of so many looks, such as a row of quotes, is none.</summary>
    internal const int MostReadings = 8;

    /// <summary>The transform <c>person_name</c>.</summary>
    public static Transform Transform { get; } = new(
        "person_name",
        "A whole personal name in its usual order and capitals, without nickname.",
        [
            new("MCDONALD, ANNA", "Anna McDonald"),
            new("Dr. Anna (Annie)  Smith Jr.", "Dr. Anna Smith Jr."),
            new("asdf", null),
        ],
        (text, _) => Normalise(text).Value);

    /// <summary>Normalises a whole name in one cell. Idempotent on <see cref="NormalisedName.Value"/>.</summary>
    public static NormalisedName Normalise(string raw)
    {
        if (raw.Length > MaxLength) return NormalisedName.Rejected(NameIssues.TooLong);
        var text = Texts.Clean(raw);
        if (Ordinary(text) is { } ordinary) return ReferenceEquals(raw, text) ? ordinary : ordinary with { Issues = [NameIssues.Cleaned] };
        return Any(raw, text);
    }

    /// <summary>Reads any name, ordinary or not.</summary>
    internal static NormalisedName Any(string raw, string text)
    {
        var parsed = Parse(text);
        // The whole must be read the same way again; where taking out a nickname or a comma made a new reading, that one is followed to its end.
        var value = parsed.Value;
        for (var round = 0; value is not null && value != text; round++)
        {
            if (round == MostReadings) return NormalisedName.Rejected(NameIssues.Junk);
            text = value;
            value = Parse(Texts.Clean(value)).Value;
        }

        var issues = parsed.Issues;
        if (value is null && parsed.Value is not null) return NormalisedName.Rejected(NameIssues.Junk);
        if (!ReferenceEquals(raw, text) && parsed.Value is not null && Texts.Clean(raw) != raw) issues = issues.Add(NameIssues.Cleaned);
        return value == parsed.Value && issues == parsed.Issues ? parsed : parsed with { Value = value, Issues = issues };
    }

    /// <summary>
    /// Normalises a name that comes in separate cells. What stands in the wrong cell is moved: a title before the given name, a suffix behind the family name,
    /// a nickname or maiden name in brackets. Where one cell holds the whole name and the others nothing, it is split.
    /// </summary>
    public static NormalisedName NormaliseParts(string? title, string? first, string? middle, string? last, string? suffix, string? nickname, string? maiden) =>
        NameCells.Normalise(title, first, middle, last, suffix, nickname, maiden);

    // "Anna Meyer", "Anna M. Meyer": read without the parser, to the same result; nine of ten values are of this kind.
    internal static NormalisedName? Ordinary(string text)
    {
        var space = text.IndexOf(' ');
        if (space < 0 || !NameJunk.IsOrdinary(text.AsSpan(0, space))) return null;
        var rest = text.AsSpan(space + 1);
        string? middle = null;
        if (rest.Length > 3 && char.IsAsciiLetterUpper(rest[0]) && (rest[1] == ' ' || rest[1] == '.' && rest[2] == ' '))
        {
            var length = rest[1] == '.' ? 2 : 1;
            middle = rest[..length].ToString();
            rest = rest[(length + 1)..];
        }

        return NameJunk.IsOrdinary(rest) ? new(text, null, text[..space], middle, rest.ToString(), null, null, null, []) : null;
    }

    internal static NormalisedName Parse(string text)
    {
        if (text.Length == 0) return NormalisedName.Rejected(NameIssues.Blank);
        if (NameJunk.Why(text) is { } why) return NormalisedName.Rejected(why);
        var parts = new NameParser(text).Parse();
        if (parts.IsEmpty) return NormalisedName.Rejected(NameIssues.Junk);
        if (NameJunk.IsCompany(text))
            return new(text, null, null, null, null, null, null, null, [NameIssues.Company]);
        return Finish(parts, text);
    }

    internal static NormalisedName Finish(NameParts parts, string text)
    {
        var recased = NameCase.Repair(parts, text);
        var issues = ImmutableArray<IssueCode>.Empty;
        if (recased != parts) issues = issues.Add(NameIssues.Case);
        if (parts.TwoPeople) issues = issues.Add(NameIssues.TwoPeople);
        if (parts.Turned) issues = issues.Add(NameIssues.Order);
        var value = parts.AsWritten ? text : Join(recased.Title, recased.First, recased.Middle, recased.Last, recased.Suffix?.Replace(",", "", StringComparison.Ordinal));
        return new(value, recased.Title, recased.First, recased.Middle, recased.Last, recased.Suffix, recased.Nickname, recased.Maiden, issues);
    }

    private static string? Join(params ReadOnlySpan<string?> parts)
    {
        var joined = "";
        foreach (var part in parts)
            if (!string.IsNullOrEmpty(part)) joined = joined.Length == 0 ? part : string.Concat(joined, " ", part);
        return joined.Length == 0 ? null : joined;
    }
}
