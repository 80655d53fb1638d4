using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Clean records with their issues, match keys and consent claims.</summary>
public sealed class CleanRecords
{
    private readonly Database database;

    internal CleanRecords(Database database, Consents consents) => this.database = database;

    /// <summary>Saves a batch. A record whose values, keys, issues, consents and time are as stored is not written, and gets no work; a changed or removed one is handed to Match. Consent claims are appended where they differ from the record's last word; failures go to quarantine, successes leave it.</summary>
    public Task<CleanCounts> Save(IReadOnlyList<CleanSave> saves, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Clean records by id, ascending; unknown ids are left out.</summary>
    public Task<IReadOnlyList<CleanRow>> Load(IReadOnlyCollection<long> ids, CancellationToken ct) => throw database.Pending();

    /// <summary>A clean record by its source key, with issues; null when there is none.</summary>
    public Task<CleanRow?> Find(SourceKey key, CancellationToken ct) => throw database.Pending();

    /// <summary>All clean records of a kind in batches, by id.</summary>
    public IAsyncEnumerable<IReadOnlyList<CleanRow>> Stream(EntityKind kind, CancellationToken ct) => throw database.Pending();

    /// <summary>The same with their issues, for the export.</summary>
    public IAsyncEnumerable<IReadOnlyList<CleanRow>> StreamWithIssues(EntityKind? kind, CancellationToken ct) => throw database.Pending();

    /// <summary>How many there are.</summary>
    public Task<long> Count(EntityKind kind, CancellationToken ct) => throw database.Pending();

    /// <summary>How many records have which issue, by source, field and code.</summary>
    public Task<IReadOnlyList<IssueCount>> IssueCounts(CancellationToken ct) => throw database.Pending();
}
