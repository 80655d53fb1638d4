using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>The audit trail. Append-only.</summary>
public sealed class Trail
{
    private readonly Database database;

    internal Trail(Database database) => this.database = database;

    /// <summary>Appends entries durably.</summary>
    public Task Add(IReadOnlyList<TrailEntry> entries, CancellationToken ct) => throw database.Pending();

    /// <summary>The entries about one thing, oldest first.</summary>
    public Task<IReadOnlyList<TrailEntry>> For(string subjectKind, string subjectId, CancellationToken ct) => throw database.Pending();

    /// <summary>The latest entries, newest first.</summary>
    public Task<IReadOnlyList<TrailEntry>> Latest(int limit, CancellationToken ct) => throw database.Pending();
}
