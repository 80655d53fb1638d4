using System.Diagnostics;
using IntegrationHub.Store;

namespace IntegrationHub.Engine.Stages;

/// <summary>
/// How many records one transaction of a stage takes. Many are cheaper by the record; but where the database has one writer at a time, an event that comes meanwhile waits for the whole transaction. So while events
/// come the size follows the time that a transaction takes, and is large again when they have ceased.
/// </summary>
/// <param name="store">Knows whether events come.</param>
/// <param name="most">So many while none come.</param>
internal sealed class BatchSize(HubStore store, int most)
{
    private const int Least = 50;
    private static readonly TimeSpan WhileEventsCome = TimeSpan.FromMilliseconds(10);

    private int learnt = Math.Min(most, 200);

    /// <summary>The size of the next transaction.</summary>
    public int Next => store.BulkDelaysEvents ? learnt : most;

    /// <summary>Writes so many records, and learns from how long it took, its turn included: a size is a matter of speed alone, and no result depends on it.</summary>
    public async Task<T> Write<T>(int records, Func<Task<T>> write)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await write();
        if (records >= Least) learnt = Math.Clamp((int)(records * (WhileEventsCome / Stopwatch.GetElapsedTime(start))), Math.Max(Least, learnt / 2), Math.Min(most, learnt * 2));
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(int records, Func<Task> write) => Write(
        records,
        async () =>
        {
            await write();
            return true;
        });
}
