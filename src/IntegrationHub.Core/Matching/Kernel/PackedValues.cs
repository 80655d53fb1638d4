using IntegrationHub.Normalising;

namespace IntegrationHub.Matching.Kernel;

/// <summary>
/// The values of a dictionary, packed for comparing: one buffer of symbols for all, a symbol standing for a character. The characters that a column uses are numbered by first use;
/// up to 256 of them, which holds for nearly every column of names, take one byte each, more take two. Immutable, shared by all threads.
/// </summary>
public sealed class PackedValues
{
    /// <summary>How many characters of a value are kept at most: those that are compared, and one more to tell that there are more.</summary>
    internal const int LongestKept = Similarity.LongestCompared + 1;

    // A group of values is read to the end of the longest, which is past the end of the others: at most one word's places.
    private const int Padding = 64;
    private const int NarrowAlphabet = 256;

    private readonly int[] starts;
    private readonly ulong[] signatures;
    private readonly char[] alphabet;

    private PackedValues(int[] starts, ulong[] signatures, char[] alphabet, byte[]? narrow, ushort[]? wide)
    {
        this.starts = starts;
        this.signatures = signatures;
        this.alphabet = alphabet;
        Narrow = narrow;
        Wide = wide;
    }

    /// <summary>How many values there are. A value's index is its code in the dictionary.</summary>
    public int Count => signatures.Length;

    /// <summary>How many different characters the values use.</summary>
    public int AlphabetLength => alphabet.Length;

    /// <summary>The symbols, one byte each; null where there are more than 256.</summary>
    internal byte[]? Narrow { get; }

    /// <summary>The symbols, two bytes each; null where one is enough.</summary>
    internal ushort[]? Wide { get; }

    /// <summary>For each value where its symbols start; one more for the end of the last.</summary>
    internal ReadOnlySpan<int> Starts => starts;

    /// <summary>
    /// For each value the set of its symbols modulo 64, a bit each. A bit that only one of two values has stands for at least one character that the other lacks.
    /// </summary>
    internal ReadOnlySpan<ulong> Signatures => signatures;

    /// <summary>Packs what the dictionary holds now.</summary>
    /// <exception cref="InvalidOperationException">The values have over two billion characters, counting at most 129 of each.</exception>
    public static PackedValues Of(ValueDictionary values)
    {
        var starts = new int[values.Count + 1];
        var (symbolOf, alphabet, total) = (new int[char.MaxValue + 1], new List<char>(), 0L);
        for (var code = 0; code < values.Count; code++)
        {
            starts[code] = (int)total;
            var kept = KeptOf(values[code]);
            total += kept.Length;
            if (total > Array.MaxLength - Padding)
                throw new InvalidOperationException($"{values.Count:N0} values have more than {Array.MaxLength:N0} characters together: compare the column in parts.");
            foreach (var c in kept)
            {
                if (symbolOf[c] > 0) continue;
                alphabet.Add(c);
                symbolOf[c] = alphabet.Count;
            }
        }

        starts[^1] = (int)total;
        var narrow = alphabet.Count <= NarrowAlphabet ? new byte[total + Padding] : null;
        var wide = narrow is null ? new ushort[total + Padding] : null;
        var signatures = new ulong[values.Count];
        for (var code = 0; code < values.Count; code++)
        {
            var (next, signature) = (starts[code], 0UL);
            foreach (var c in KeptOf(values[code]))
            {
                var symbol = symbolOf[c] - 1;
                signature |= 1UL << (symbol & 63);
                if (narrow is not null) narrow[next] = (byte)symbol;
                if (wide is not null) wide[next] = (ushort)symbol;
                next++;
            }

            signatures[code] = signature;
        }

        return new PackedValues(starts, signatures, [.. alphabet], narrow, wide);
    }

    /// <summary>How many characters of a value are kept: all, or 129.</summary>
    internal int LengthOf(int code) => starts[code + 1] - starts[code];

    /// <summary>A value's symbols in the buffer, which is <see cref="Narrow"/> or <see cref="Wide"/>.</summary>
    internal ReadOnlySpan<TSymbol> SymbolsOf<TSymbol>(TSymbol[] buffer, int code) => buffer.AsSpan(starts[code], LengthOf(code));

    /// <summary>Writes a value's characters, at most 129, and gives how many.</summary>
    internal int Unpack(int code, Span<char> into)
    {
        var (start, length) = (starts[code], starts[code + 1] - starts[code]);
        for (var i = 0; i < length; i++) into[i] = alphabet[Narrow?[start + i] ?? Wide?[start + i] ?? 0];
        return length;
    }

    private static ReadOnlySpan<char> KeptOf(ReadOnlySpan<char> value) => value.Length > LongestKept ? value[..LongestKept] : value;
}
