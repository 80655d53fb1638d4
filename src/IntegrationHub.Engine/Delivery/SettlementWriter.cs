using IntegrationHub.Store;

namespace IntegrationHub.Engine.Delivery;

/// <summary>
/// Writes what became of messages, each at once and on the disk when it returns: a kill leaves none in doubt that was settled. Those that come while others are being written are written together by the next, so
/// that many messages a second cost few syncs of the disk.
/// </summary>
internal sealed class SettlementWriter(HubStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock gate = new();
    private List<Pending> pending = [];

    /// <summary>Writes one. It is never given up once it is begun: the provider has answered.</summary>
    public async Task Write(MessageSettlement settlement)
    {
        var own = new Pending(settlement);
        lock (gate) pending.Add(own);
        await writing.WaitAsync(CancellationToken.None);
        try
        {
            // Whoever wrote before has taken what waited with it.
            if (!own.Done.Task.IsCompleted) await WriteAll();
        }
        finally
        {
            writing.Release();
        }

        await own.Done.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private async Task WriteAll()
    {
        List<Pending> together;
        lock (gate) (together, pending) = (pending, []);
        try
        {
            await store.Messages.Settle([.. together.Select(p => p.Settlement)], time.GetUtcNow(), CancellationToken.None);
            foreach (var one in together) one.Done.TrySetResult();
        }
        catch (Exception e)
        {
            foreach (var one in together) one.Done.TrySetException(e);
        }
    }

    private sealed record Pending(MessageSettlement Settlement)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
