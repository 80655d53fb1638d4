namespace IntegrationHub.Store;

internal sealed class Database : IAsyncDisposable
{
    private readonly string pending = "not there yet";
    public StoreException Pending() => new(pending);
    public static Database Of(string text) => throw new StoreException($"{text}: not there yet.");
    public Task Migrate(CancellationToken ct) => throw Pending();
    public Task<bool> IsCurrent(CancellationToken ct) => throw Pending();
    public string Describe() => pending;
    public ValueTask DisposeAsync() => pending.Length > 0 ? ValueTask.CompletedTask : default;
}
