using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>A company's name after normalising.</summary>
/// <param name="Value">The name as a whole, with its legal form; null where the value is no name.</param>
/// <param name="Name">The legal name without its legal form.</param>
/// <param name="LegalForm">The form as written: GmbH, Inc.; null where none is recognised.</param>
/// <param name="Issues">What was changed, flagged or rejected, each code once.</param>
public sealed record NormalisedCompany(string? Value, string? Name, string? LegalForm, ImmutableArray<IssueCode> Issues)
{
    /// <summary>The name it trades under, where the value gives both: <c>Smith Ltd t/a Corner Shop</c>.</summary>
    public string? TradeName { get; init; }
}

/// <summary>Why a company's name was changed, flagged or rejected.</summary>
public static class CompanyIssues
{
    /// <summary>Nothing is left.</summary>
    public static readonly IssueCode Blank = new("company.blank");

    /// <summary>Blanks, invisible characters, quotes or wrongly decoded letters were cleaned away.</summary>
    public static readonly IssueCode Cleaned = new("company.cleaned");

    /// <summary>The legal form was split off: <c>Acme GmbH</c>.</summary>
    public static readonly IssueCode LegalForm = new("company.legal_form");

    /// <summary>A trade name was split from the legal name: <c>Smith Ltd t/a Corner Shop</c>.</summary>
    public static readonly IssueCode TradeName = new("company.trade_name");

    /// <summary>Capitals were repaired: <c>ACME WIDGETS</c>.</summary>
    public static readonly IssueCode Case = new("company.case");

    /// <summary>Rejected: a placeholder: <c>n/a</c>, <c>test</c>.</summary>
    public static readonly IssueCode Junk = new("company.junk");

    /// <summary>Rejected: longer than any name (300 characters).</summary>
    public static readonly IssueCode TooLong = new("company.too_long");
}
