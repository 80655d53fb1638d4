using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Pairs for a person to decide. They come in by <see cref="Matches.Save"/> and are settled by <see cref="Decisions.Add"/>.</summary>
public sealed class MergeQueue
{
    private readonly Database database;

    internal MergeQueue(Database database) => this.database = database;

    /// <summary>Pairs in a state, the heaviest first.</summary>
    public Task<IReadOnlyList<QueueRow>> List(QueueState state, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>A pair by its id; null when there is none.</summary>
    public Task<QueueRow?> Find(string id, CancellationToken ct) => throw database.Pending();

    /// <summary>Open pairs with at least one end among the records.</summary>
    public Task<IReadOnlyList<QueuePair>> OpenTouching(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>How many are in the state.</summary>
    public Task<long> Count(QueueState state, CancellationToken ct) => throw database.Pending();
}
