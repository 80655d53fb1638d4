using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What was run.</summary>
public sealed class Runs
{
    private readonly Database database;

    internal Runs(Database database) => this.database = database;

    /// <summary>Records that a run began. Returns its id.</summary>
    public Task<Guid> Start(string kind, string? source, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Records how a run ended.</summary>
    public Task Finish(Guid id, RunStatus status, IReadOnlyDictionary<string, long> counts, IReadOnlyList<string> errors, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Marks runs that never ended as interrupted; to be called by the holder of the lane's lease. Returns how many.</summary>
    public Task<int> CloseInterrupted(DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>The latest runs, newest first.</summary>
    public Task<IReadOnlyList<RunRow>> List(int limit, CancellationToken ct) => throw database.Pending();
}
