using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>x</summary>
public sealed record NormalisedCompany(string? Value, string? Name, string? LegalForm, string? TradeName, ImmutableArray<IssueCode> Issues);

/// <summary>x</summary>
public sealed record NormalisedTitle(string? Value, string? Function, string? Seniority, ImmutableArray<IssueCode> Issues);

/// <summary>x</summary>
public static class Companies
{
    /// <summary>x</summary>
    public static NormalisedCompany Normalise(string raw) => new(Texts.Clean(raw), Texts.Clean(raw), null, null, []);
}

/// <summary>x</summary>
public static class JobTitles
{
    /// <summary>x</summary>
    public static NormalisedTitle Normalise(string raw) => new(Texts.Clean(raw), null, null, []);
}
