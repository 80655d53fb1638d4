using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What the stages have still to do.</summary>
public sealed class Work
{
    private readonly Database database;

    internal Work(Database database) => this.database = database;

    /// <summary>How many rows wait for the stage.</summary>
    public Task<long> Count(Stage stage, CancellationToken ct) => throw database.Pending();

    /// <summary>Rows with a key above <paramref name="afterKey"/>, by key.</summary>
    public Task<IReadOnlyList<WorkRow>> Take(Stage stage, long afterKey, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>Enqueues; a row that waits already gets a new seq and the reason.</summary>
    public Task Enqueue(Stage stage, IReadOnlyList<long> keys, string reason, CancellationToken ct) => throw database.Pending();

    /// <summary>Deletes work rows that have not been enqueued again since they were taken. Returns how many went.</summary>
    public Task<int> Complete(Stage stage, IReadOnlyList<WorkRow> rows, CancellationToken ct) => throw database.Pending();

    /// <summary>Enqueues for Normalise the clean records of the stream that another recipe made, in slices of 10,000 a transaction. Returns how many.</summary>
    public Task<long> EnqueueStale(SourceName source, string stream, RecipeVersion recipe, CancellationToken ct) => throw database.Pending();

    /// <summary>Enqueues for Merge a record of every golden record that other survivorship rules made, in slices. Returns how many.</summary>
    public Task<long> EnqueueStaleGolden(RecipeVersion recipe, CancellationToken ct) => throw database.Pending();

    /// <summary>Enqueues for Match every clean record of the kind, in slices. Returns how many.</summary>
    public Task<long> EnqueueAllForMatch(EntityKind kind, string reason, CancellationToken ct) => throw database.Pending();
}
