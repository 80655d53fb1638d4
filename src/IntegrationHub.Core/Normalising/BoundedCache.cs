using System.Collections.Concurrent;

namespace IntegrationHub.Normalising;

/// <summary>Remembers what a pure function gave, for values that come again and again. When it is full it starts anew: no value is ever wrong, only computed twice.</summary>
/// <param name="capacity">The most values that it holds.</param>
internal sealed class BoundedCache<T>(int capacity)
{
    private ConcurrentDictionary<string, T> values = new(StringComparer.Ordinal);
    private int count;

    public T Get(string key, Func<string, T> compute)
    {
        if (values.TryGetValue(key, out var known)) return known;
        if (Interlocked.Increment(ref count) > capacity)
        {
            values = new ConcurrentDictionary<string, T>(StringComparer.Ordinal);
            count = 0;
        }

        var fresh = compute(key);
        values[key] = fresh;
        return fresh;
    }
}
