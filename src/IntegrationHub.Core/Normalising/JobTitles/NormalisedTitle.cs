using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>A job title after normalising.</summary>
/// <param name="Value">The title, trimmed and cased; null where the value is none.</param>
/// <param name="Function">One of <see cref="JobTitles.Functions"/>; null where the title does not tell.</param>
/// <param name="Seniority">One of <see cref="JobTitles.Seniorities"/>; null where the title does not tell.</param>
/// <param name="Issues">What was changed or rejected, each code once.</param>
public sealed record NormalisedTitle(string? Value, string? Function, string? Seniority, ImmutableArray<IssueCode> Issues);

/// <summary>Why a job title was changed or rejected.</summary>
public static class JobTitleIssues
{
    /// <summary>Nothing is left.</summary>
    public static readonly IssueCode Blank = new("job_title.blank");

    /// <summary>Blanks, invisible characters or marks at the ends were cleaned away.</summary>
    public static readonly IssueCode Cleaned = new("job_title.cleaned");

    /// <summary>Capitals were repaired: <c>vp of sales</c>.</summary>
    public static readonly IssueCode Case = new("job_title.case");

    /// <summary>Rejected: a placeholder: <c>n/a</c>.</summary>
    public static readonly IssueCode Junk = new("job_title.junk");

    /// <summary>Rejected: longer than any title (200 characters).</summary>
    public static readonly IssueCode TooLong = new("job_title.too_long");
}
