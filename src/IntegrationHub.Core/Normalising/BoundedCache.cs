using System.Numerics;

namespace IntegrationHub.Normalising;

/// <summary>
/// Remembers what a pure function gave, for values that come again and again. A table of fixed size without locks: a value has two places, and a new one takes the place of
/// the older of the two. No answer is ever wrong, only computed twice; threads never wait for each other.
/// </summary>
/// <param name="capacity">The most values that it holds, rounded up to a power of two.</param>
internal sealed class BoundedCache<T>(int capacity)
{
    // Longer values hardly come twice, and would let few hostile ones hold much memory.
    private const int LongestKey = 64;

    private readonly Entry?[] entries = new Entry?[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    public T Get(string key, Func<string, T> compute)
    {
        if (key.Length > LongestKey) return compute(key);
        var hash = string.GetHashCode(key);
        if (Find(key, hash) is { } known) return known.Value;
        var value = compute(key);
        Keep(key, hash, value);
        return value;
    }

    /// <summary>As with a string, but makes one only for a value that is not remembered.</summary>
    public T Get(ReadOnlySpan<char> key, Func<string, T> compute)
    {
        if (key.Length > LongestKey) return compute(key.ToString());
        var hash = string.GetHashCode(key);
        if (Find(key, hash) is { } known) return known.Value;
        var text = key.ToString();
        var value = compute(text);
        Keep(text, hash, value);
        return value;
    }

    private Entry? Find(ReadOnlySpan<char> key, int hash)
    {
        var place = hash & (entries.Length - 1);
        var entry = Volatile.Read(ref entries[place]);
        if (entry is not null && entry.Hash == hash && key.SequenceEqual(entry.Key)) return entry;
        entry = Volatile.Read(ref entries[place ^ 1]);
        return entry is not null && entry.Hash == hash && key.SequenceEqual(entry.Key) ? entry : null;
    }

    private void Keep(string key, int hash, T value)
    {
        var place = hash & (entries.Length - 1);
        if (Volatile.Read(ref entries[place]) is { } older) Volatile.Write(ref entries[place ^ 1], older);
        Volatile.Write(ref entries[place], new Entry(key, hash, value));
    }

    private sealed record Entry(string Key, int Hash, T Value);
}
