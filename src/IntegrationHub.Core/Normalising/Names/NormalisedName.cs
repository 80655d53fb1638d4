using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>A personal name after normalising. Parts are null where the name has none.</summary>
/// <param name="Value">Title, given, middle and family names and suffix as one text; null where the value is no name at all.</param>
/// <param name="Title">Dr., Ms., Rev.</param>
/// <param name="First">Given name; both where two people are named.</param>
/// <param name="Middle">Middle names or initials.</param>
/// <param name="Last">Family name with its particles.</param>
/// <param name="Suffix">Jr., III, PhD; several with commas between.</param>
/// <param name="Nickname">The name found in quotes or brackets.</param>
/// <param name="Maiden">Family name before marriage.</param>
/// <param name="Issues">What was changed, flagged or rejected, each code once.</param>
public sealed record NormalisedName(
    string? Value,
    string? Title,
    string? First,
    string? Middle,
    string? Last,
    string? Suffix,
    string? Nickname,
    string? Maiden,
    ImmutableArray<IssueCode> Issues)
{
    internal static NormalisedName Rejected(params ImmutableArray<IssueCode> issues) => new(null, null, null, null, null, null, null, null, issues);
}

/// <summary>Why a name was changed, flagged or rejected.</summary>
public static class NameIssues
{
    /// <summary>Nothing is left.</summary>
    public static readonly IssueCode Blank = new("name.blank");

    /// <summary>Capitals were repaired: <c>MCDONALD</c>.</summary>
    public static readonly IssueCode Case = new("name.case");

    /// <summary>Blanks, invisible characters, signs or wrongly decoded letters were cleaned away.</summary>
    public static readonly IssueCode Cleaned = new("name.cleaned");

    /// <summary>Rejected: a placeholder or a run over the keyboard: <c>asdf</c>.</summary>
    public static readonly IssueCode Junk = new("name.junk");

    /// <summary>Rejected: an e-mail address stands in the name.</summary>
    public static readonly IssueCode Email = new("name.email");

    /// <summary>Flagged: the name of an organisation; it is kept whole and not split into a person's names.</summary>
    public static readonly IssueCode Company = new("name.company");

    /// <summary>Flagged: two people in one field: <c>John and Mary Smith</c>.</summary>
    public static readonly IssueCode TwoPeople = new("name.two_people");

    /// <summary>Rejected: longer than any name (250 characters).</summary>
    public static readonly IssueCode TooLong = new("name.too_long");

    /// <summary>The order was turned round: <c>Smith, John</c>.</summary>
    public static readonly IssueCode Order = new("name.order");

    /// <summary>Parts found in one another's cell were moved: a title, suffix, nickname or maiden name.</summary>
    public static readonly IssueCode Moved = new("name.moved");
}
