using System.Collections.Immutable;

namespace IntegrationHub.Auditing;

/// <summary>Whether a launch may go ahead.</summary>
public enum AuditVerdict
{
    /// <summary>Launch.</summary>
    Pass,

    /// <summary>Launch with care: mend what the reasons name.</summary>
    Warn,

    /// <summary>Do not launch.</summary>
    Block,
}

/// <summary>The score of one dimension.</summary>
/// <param name="Dimension">Which.</param>
/// <param name="Score">Out of 100; null where there was nothing to measure, which then counts nothing.</param>
/// <param name="Weight">What it counts.</param>
public sealed record DimensionScore(AuditDimension Dimension, double? Score, double Weight);

/// <summary>A part of a finding's count.</summary>
/// <param name="Name">A source, or an issue code.</param>
/// <param name="Count">How many of the finding's.</param>
public sealed record FindingPart(string Name, long Count);

/// <summary>One thing that was found.</summary>
/// <param name="Code">Stable, such as <c>missing.email</c>; docs/audit.md lists them.</param>
/// <param name="Dimension">The dimension that it lowers.</param>
/// <param name="Severity">How much it weighs on a launch.</param>
/// <param name="What">One sentence, with the number.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Share">Their quotient, 0 to 1.</param>
/// <param name="Points">What the score, out of 100, would gain if it were mended; 0 for information.</param>
/// <param name="Samples">A few of the records, as golden ids or source keys, the least first.</param>
/// <param name="Parts">The same count by source or by issue code, the largest first.</param>
/// <param name="Effect">What it does to a workflow.</param>
/// <param name="Fix">What to do.</param>
/// <param name="HubFix">What the hub itself can do about it: <c>hub fix CODE --preview</c>.</param>
public sealed record AuditFinding(
    string Code,
    AuditDimension Dimension,
    AuditSeverity Severity,
    string What,
    long Count,
    long Of,
    double Share,
    double Points,
    ImmutableArray<string> Samples,
    ImmutableArray<FindingPart> Parts,
    string Effect,
    string Fix,
    HubFix HubFix);

/// <summary>How well one field is filled.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Filled">Contacts that have it.</param>
/// <param name="Of">Contacts.</param>
public sealed record FieldFill(string Field, long Filled, long Of);

/// <summary>How many contacts a workflow could run on now.</summary>
/// <param name="Ready">Neither of the others.</param>
/// <param name="InReview">Part of a candidate merge that waits for a person.</param>
/// <param name="Blocked">Without any address or number that can be used.</param>
public sealed record Readiness(long Ready, long InReview, long Blocked);

/// <summary>One source's state.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Records">Records that it has in the hub.</param>
/// <param name="LastSync">When it was last pulled to the end; null for never.</param>
/// <param name="Late">True when that is longer ago than the rules allow, or never happened.</param>
/// <param name="LastError">Why the last pull failed; null when it did not.</param>
/// <param name="Syncs">False for a list that was read once and is never pulled again.</param>
/// <param name="Drift">Fields that the mapping expects and no record has, or that are new at the source.</param>
public sealed record SourceHealth(string Source, long Records, DateTimeOffset? LastSync, bool Late, string? LastError, bool Syncs, ImmutableArray<string> Drift);

/// <summary>The score of an earlier audit.</summary>
/// <param name="At">When.</param>
/// <param name="Score">Out of 100.</param>
public sealed record TrendPoint(DateTimeOffset At, double Score);

/// <summary>The hygiene report.</summary>
/// <param name="Scope">What it is about: <c>all</c>, a source, or a workflow.</param>
/// <param name="At">When.</param>
/// <param name="Records">Source records looked at.</param>
/// <param name="Contacts">Golden records of contacts.</param>
/// <param name="Companies">Golden records of companies.</param>
/// <param name="Score">Out of 100, to one decimal; the weighted mean of the dimensions.</param>
/// <param name="Verdict">Whether a launch may go ahead.</param>
/// <param name="Reasons">Why, in plain words, the weightiest first; never empty.</param>
/// <param name="Readiness">How many contacts a workflow could run on now.</param>
/// <param name="Dimensions">In the order of <see cref="AuditDimension"/>.</param>
/// <param name="Findings">The weightiest first: by severity, then conflicts of consent, then points, then count.</param>
/// <param name="Fields">The wanted fields, the best filled first.</param>
/// <param name="Sources">By name.</param>
/// <param name="Trend">Earlier audits of the same scope, the oldest first.</param>
public sealed record AuditReport(
    string Scope,
    DateTimeOffset At,
    long Records,
    long Contacts,
    long Companies,
    double Score,
    AuditVerdict Verdict,
    ImmutableArray<string> Reasons,
    Readiness Readiness,
    ImmutableArray<DimensionScore> Dimensions,
    ImmutableArray<AuditFinding> Findings,
    ImmutableArray<FieldFill> Fields,
    ImmutableArray<SourceHealth> Sources,
    ImmutableArray<TrendPoint> Trend);
