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
/// <param name="Bad">Records whose value of it cannot be used or is doubtful.</param>
/// <param name="Records">Records.</param>
/// <param name="FilledBefore">The share of contacts that had it at the last audit, 0 to 1; null without one.</param>
public sealed record FieldFill(string Field, long Filled, long Of, long Bad, long Records, double? FilledBefore);

/// <summary>How many of those whom a workflow is for could be written to now.</summary>
/// <param name="Workflow">Its name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Verdict">Whether it may be launched, as far as this tells: <c>hub audit --workflow NAME</c> looks at the rest.</param>
/// <param name="Audience">Contacts that it is for.</param>
/// <param name="Ready">Those that it could be run for now.</param>
/// <param name="InReview">Part of a candidate merge that waits for a person.</param>
/// <param name="NotReady">The others, by why; the largest first. Each contact stands under one reason.</param>
/// <param name="WithoutConsent">Of the ready ones, those whose marketing steps are skipped for want of a yes; null where nothing is known of consent.</param>
/// <param name="Line">The same in one line: <c>1,204 of 1,250 ready; 31 in review, 15 without e-mail</c>.</param>
public sealed record WorkflowReadiness(
    string Workflow, string Title, AuditVerdict Verdict, long Audience, long Ready, long InReview, ImmutableArray<FindingPart> NotReady, long? WithoutConsent, string Line);

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
/// <param name="Drift">Fields that the mapping expects and no record has, and those that came or went at the source since the last audit, in words.</param>
/// <param name="Unmapped">Fields at the source that the mapping neither reads nor ignores.</param>
public sealed record SourceHealth(
    string Source, long Records, DateTimeOffset? LastSync, bool Late, string? LastError, bool Syncs, ImmutableArray<string> Drift, ImmutableArray<string> Unmapped);

/// <summary>The score of an earlier audit.</summary>
/// <param name="At">When.</param>
/// <param name="Score">Out of 100.</param>
public sealed record TrendPoint(DateTimeOffset At, double Score);

/// <summary>The hygiene report.</summary>
/// <param name="Scope">What it is about: <c>all</c>, <c>source:NAME</c>, <c>workflow:NAME</c>, <c>file:NAME</c>.</param>
/// <param name="Title">The same in words.</param>
/// <param name="At">When.</param>
/// <param name="Records">Source records looked at.</param>
/// <param name="Contacts">Golden records of contacts.</param>
/// <param name="Companies">Golden records of companies.</param>
/// <param name="Score">Out of 100, to one decimal; the weighted mean of the dimensions.</param>
/// <param name="Verdict">Whether a launch may go ahead.</param>
/// <param name="Reasons">Why, in plain words, the weightiest first; never empty.</param>
/// <param name="Readiness">How many contacts a workflow could run on now.</param>
/// <param name="Workflows">The same for each workflow, in the order of the rules.</param>
/// <param name="DuplicateMessages">Messages that campaigns of the sources would send to somebody a second time.</param>
/// <param name="Dimensions">In the order of <see cref="AuditDimension"/>.</param>
/// <param name="Findings">The weightiest first: by severity, then conflicts of consent, then points, then count.</param>
/// <param name="Fields">The wanted fields, the best filled first.</param>
/// <param name="Sources">By name.</param>
/// <param name="Trend">Earlier audits of the same scope, the oldest first.</param>
/// <param name="Notes">What the reader should know of how it was made.</param>
public sealed record AuditReport(
    string Scope,
    string Title,
    DateTimeOffset At,
    long Records,
    long Contacts,
    long Companies,
    double Score,
    AuditVerdict Verdict,
    ImmutableArray<string> Reasons,
    Readiness Readiness,
    ImmutableArray<WorkflowReadiness> Workflows,
    long DuplicateMessages,
    ImmutableArray<DimensionScore> Dimensions,
    ImmutableArray<AuditFinding> Findings,
    ImmutableArray<FieldFill> Fields,
    ImmutableArray<SourceHealth> Sources,
    ImmutableArray<TrendPoint> Trend,
    ImmutableArray<string> Notes);
