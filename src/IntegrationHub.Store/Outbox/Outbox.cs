using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Write-backs that were decided and are to be delivered.</summary>
public sealed class Outbox
{
    private readonly Database database;

    internal Outbox(Database database) => this.database = database;

    /// <summary>Adds rows whose key is new, and completes the Sync work that they come of, in one transaction. Returns how many were added.</summary>
    public Task<int> Save(IReadOnlyList<WorkRow> done, IReadOnlyList<OutboxAdd> rows, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Claims waiting rows that are due, oldest first: nobody else gets them before <paramref name="claim"/> has passed.</summary>
    public Task<IReadOnlyList<OutboxRow>> Claim(int limit, TimeSpan claim, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Records deliveries.</summary>
    public Task Delivered(IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken ct) => throw database.Pending();

    /// <summary>Records a refusal: to be tried again at <paramref name="retryAt"/>, or never when null.</summary>
    public Task Refused(long id, string error, DateTimeOffset? retryAt, CancellationToken ct) => throw database.Pending();

    /// <summary>The latest rows, newest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> List(int limit, CancellationToken ct) => throw database.Pending();
}
