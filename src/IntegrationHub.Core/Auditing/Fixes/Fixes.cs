using System.Collections.Immutable;

namespace IntegrationHub.Auditing;

/// <summary>What the hub can do about findings, by <c>hub fix</c>.</summary>
public static class Fixes
{
    /// <summary>Fixes of golden records; pairs of the merge queue are decided by <see cref="CertainPairs"/>.</summary>
    public static ImmutableArray<Fix> All { get; } =
    [
        EmailTypoFix.Fix, PlaceholderEmailFix.Fix, CompanyNameFix.Fix, MissingCountryFix.Fix,
        SuppressionFixes.Undeliverable, SuppressionFixes.Disposable, SuppressionFixes.Role, SuppressionFixes.ConsentConflict,
        SuppressionFixes.ConsentGap,
    ];

    /// <summary>The codes of all findings that the hub can do something about.</summary>
    public static ImmutableArray<string> Findings { get; } = [.. All.Select(f => f.Finding), CertainPairs.Finding];

    /// <summary>Null where the hub can do nothing about the finding.</summary>
    public static Fix? Find(string finding) => All.FirstOrDefault(f => f.Finding == finding);
}
