namespace IntegrationHub.Matching;

/// <summary>
/// The distinct values of one or more columns, each kept once and known by its code, so that equal values are compared as integers. Code 0 is the empty value.
/// Codes depend on the order of adding and must not decide anything but equality. Adding is for one thread at a time, reading for any number.
/// </summary>
internal sealed class ValueColumn
{
    private const int ChunkSize = 1 << 16;

    // Enough to tell any two names, streets or addresses apart; a cell of megabytes must not fill the table.
    private const int Longest = 400;

    private readonly List<char[]> chunks = [];
    private int used = ChunkSize;
    private ulong[] hashes = [0];
    private (int Chunk, ushort Start, ushort Length)[] places = new (int, ushort, ushort)[1];
    private int[]? slots = new int[4];
    private int count = 1;

    /// <summary>How many codes there are, the empty value's included.</summary>
    public int Count => count;

    /// <summary>The value behind a code.</summary>
    public ReadOnlySpan<char> this[int code]
    {
        get
        {
            if (code == 0) return default;
            var (chunk, start, length) = places[code];
            return chunks[chunk].AsSpan(start, length);
        }
    }

    /// <summary>A 64-bit hash of the value, the same in every run and on every machine.</summary>
    public ulong HashOf(int code) => hashes[code];

    /// <summary>The value's code; a value that is not known yet gets the next.</summary>
    /// <exception cref="InvalidOperationException">The column has been sealed.</exception>
    public int Add(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return 0;
        if (slots is null) throw new InvalidOperationException("A sealed column takes no more values.");
        if (value.Length > Longest) value = value[..Longest];
        var hash = StableHash.Of(value);
        var mask = slots.Length - 1;
        for (var slot = (int)(hash >> 32) & mask; ; slot = (slot + 1) & mask)
        {
            var code = slots[slot];
            if (code == 0)
            {
                slots[slot] = Append(value, hash);
                if (count * 2 > slots.Length) Grow();
                return count - 1;
            }

            if (hashes[code] == hash && this[code].SequenceEqual(value)) return code;
        }
    }

    /// <summary>Gives back what only adding needs.</summary>
    public void Seal() => slots = null;

    private int Append(ReadOnlySpan<char> value, ulong hash)
    {
        if (count == hashes.Length)
        {
            Array.Resize(ref hashes, count * 2);
            Array.Resize(ref places, count * 2);
        }

        if (used + value.Length > (chunks.Count == 1 ? chunks[0].Length : ChunkSize)) NewChunk(value.Length);
        value.CopyTo(chunks[^1].AsSpan(used));
        (hashes[count], places[count]) = (hash, (chunks.Count - 1, (ushort)used, (ushort)value.Length));
        used += value.Length;
        return count++;
    }

    // Small tables, of the few records around a changed one, must stay cheap: the first chunk is a small one.
    private void NewChunk(int needed)
    {
        chunks.Add(new char[chunks.Count == 0 ? Math.Max(128, needed) : ChunkSize]);
        used = 0;
    }

    private void Grow()
    {
        var wider = new int[slots!.Length * 4];
        var mask = wider.Length - 1;
        for (var code = 1; code < count; code++)
        {
            var slot = (int)(hashes[code] >> 32) & mask;
            while (wider[slot] != 0) slot = (slot + 1) & mask;
            wider[slot] = code;
        }

        slots = wider;
    }
}

/// <summary>64-bit hashes that are the same in every run and on every machine, since they are stored as match keys.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over UTF-16 units, then mixed; never 0 for a text with letters in practice.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>The same of a text without its blanks.</summary>
    public static ulong OfLetters(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            if (c != ' ') hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>Joins two hashes; the order matters.</summary>
    public static ulong Join(ulong a, ulong b) => Mix((a * 0x9E3779B97F4A7C15UL) ^ b);

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the output.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
