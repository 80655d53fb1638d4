namespace IntegrationHub.Engine.Actions;

/// <summary>How far long work has come.</summary>
/// <param name="Stage">The stage's name for people: <c>Pull</c>, <c>Normalise</c>, <c>Match</c>, <c>Merge</c>, <c>Sync</c>.</param>
/// <param name="Source">The source; null for stages over all of them.</param>
/// <param name="Done">Records done so far in this stage.</param>
/// <param name="Total">Records to do, where known.</param>
public sealed record RunProgress(string Stage, string? Source, long Done, long? Total);

/// <summary>What a sync did to one source.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Connector">The connector's name.</param>
/// <param name="Pulled">Records that the source delivered, repeats included.</param>
/// <param name="New">Records not known before.</param>
/// <param name="Changed">Records with other content than before.</param>
/// <param name="Unchanged">Records delivered with the content that is known.</param>
/// <param name="Deleted">Records that are gone at the source.</param>
/// <param name="Quarantined">Rows and records that could not be handled in this run.</param>
/// <param name="Seconds">Time for pulling and normalising.</param>
/// <param name="Error">Why the pull stopped early; null when it did not.</param>
/// <param name="Notes">What the admin should know: fields that no record had, fields that are new at the source.</param>
public sealed record SourceReport(
    string Source,
    string Connector,
    long Pulled,
    long New,
    long Changed,
    long Unchanged,
    long Deleted,
    long Quarantined,
    double Seconds,
    string? Error,
    IReadOnlyList<string> Notes)
{
    /// <summary>Events that were not known before: orders, carts, clicks.</summary>
    public long Events { get; init; }
}

/// <summary>What matching and merging did.</summary>
/// <param name="Weighed">Candidate pairs compared in this run.</param>
/// <param name="Queue">Pairs now waiting for a person.</param>
/// <param name="LargeBlocks">Blocking keys that more records share than the cap; refined, and listed here for the admin.</param>
/// <param name="GoldenRecords">Golden records now.</param>
/// <param name="GoldenChanged">Golden records made, changed or retired in this run.</param>
/// <param name="Merges">Records that joined another in this run.</param>
public sealed record UnifyReport(long Weighed, long Queue, IReadOnlyList<string> LargeBlocks, long GoldenRecords, long GoldenChanged, long Merges);

/// <summary>What a sync wrote back.</summary>
/// <param name="Delivered">Records updated at their source.</param>
/// <param name="Failed">Records that the source refused for good.</param>
/// <param name="Waiting">Records to be tried again.</param>
public sealed record WriteBackReport(long Delivered, long Failed, long Waiting);

/// <summary>The whole of one sync; the answer of <c>hub sync --json</c>.</summary>
/// <param name="Run">The stored run's id.</param>
/// <param name="Sources">One entry a source.</param>
/// <param name="Unified">Matching and merging.</param>
/// <param name="WrittenBack">Write-back.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record SyncReport(Guid Run, IReadOnlyList<SourceReport> Sources, UnifyReport Unified, WriteBackReport WrittenBack, double Seconds)
{
    /// <summary>True when a source could not be pulled to its end.</summary>
    public bool AnyFailed => Sources.Any(s => s.Error is not null);

    /// <summary>True when something of this run is in quarantine.</summary>
    public bool AnyQuarantined => Sources.Any(s => s.Quarantined > 0) || WrittenBack.Failed > 0;
}

/// <summary>One field that write-back would change.</summary>
/// <param name="Source">Where it would be written.</param>
/// <param name="ExternalId">Which record.</param>
/// <param name="Property">The vendor's property.</param>
/// <param name="Before">What is there now; null for nothing.</param>
/// <param name="After">What would be there.</param>
/// <param name="Golden">The golden record that says so.</param>
/// <param name="Why">The survivorship rule and the source record that won.</param>
public sealed record WriteBackLine(string Source, string ExternalId, string Property, string? Before, string After, string Golden, string Why);

/// <summary>What write-back would change; the answer of <c>hub sync --dry-run</c>.</summary>
/// <param name="Lines">One line a field.</param>
/// <param name="Enabled">Sources whose mapping has write-back switched on.</param>
/// <param name="Disabled">Sources whose mapping describes it but has it off: their lines are what would be written if it were on.</param>
public sealed record WriteBackPreview(IReadOnlyList<WriteBackLine> Lines, IReadOnlyList<string> Enabled, IReadOnlyList<string> Disabled);
