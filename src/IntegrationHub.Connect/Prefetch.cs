using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IntegrationHub.Connect;

/// <summary>Fetches the next page while the last one is being saved.</summary>
public static class Prefetch
{
    /// <summary>
    /// The same items in the same order, at most <paramref name="ahead"/> of them fetched before they are asked for; a failure comes behind the items before it.
    /// Its work has ended when the enumeration has, also when the reader stops early.
    /// </summary>
    public static async IAsyncEnumerable<T> Ahead<T>(this IAsyncEnumerable<T> items, int ahead, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var fetched = Channel.CreateBounded<T>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        var fetching = Task.Run(() => Fetch(items, fetched.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await fetched.Reader.WaitToReadAsync(ct))
                while (fetched.Reader.TryRead(out var item))
                    yield return item;
            await fetching;
        }
        finally
        {
            await stop.CancelAsync();
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Fetch<T>(IAsyncEnumerable<T> items, ChannelWriter<T> fetched, CancellationToken ct)
    {
        try
        {
            await foreach (var item in items.WithCancellation(ct)) await fetched.WriteAsync(item, ct);
        }
        finally
        {
            fetched.Complete();
        }
    }
}
