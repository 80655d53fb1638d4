using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Counts for summaries.</summary>
public sealed class Stats
{
    private readonly Database database;

    internal Stats(Database database) => this.database = database;

    /// <summary>Counts by source and stream.</summary>
    public Task<IReadOnlyList<SourceCounts>> Sources(CancellationToken ct) => throw database.Pending();

    /// <summary>Counts over everything.</summary>
    public Task<Totals> Totals(CancellationToken ct) => throw database.Pending();
}
