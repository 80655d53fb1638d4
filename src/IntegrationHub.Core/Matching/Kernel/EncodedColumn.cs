namespace IntegrationHub.Matching.Kernel;

/// <summary>A column as codes: for each row the code of its value in the dictionary, or <see cref="Missing"/>.</summary>
public sealed class EncodedColumn
{
    /// <summary>The code of a row that has no value.</summary>
    public const int Missing = -1;

    // Under this many rows a thread costs more than it saves.
    private const int LeastRows = 16_384;

    private readonly int[] codes;

    private EncodedColumn(ValueDictionary values, int[] codes)
    {
        Values = values;
        this.codes = codes;
    }

    /// <summary>The distinct values, in the order in which the rows bring them.</summary>
    public ValueDictionary Values { get; }

    /// <summary>One code for each row.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>
    /// Encodes a column on up to <paramref name="threads"/> threads. The result is the same for any number of them: that of adding the rows' values one after the other.
    /// </summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="valueOf">A row's value; null where it has none. Called once for each row, from several threads.</param>
    /// <param name="threads">At most so many threads, 1 or more.</param>
    /// <param name="ct">Stops the work between two slices of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are negative or the threads under 1.</exception>
    public static EncodedColumn Of(int rows, Func<int, string?> valueOf, int threads, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var codes = new int[rows];
        var slices = Math.Clamp(rows / LeastRows, 1, threads);
        var parts = new ValueDictionary[slices];
        var parallel = new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = threads };
        Parallel.For(0, slices, parallel, s => parts[s] = Encode(SliceOf(codes, s, slices), FirstOf(rows, s, slices), valueOf));

        // Slices follow each other, and a slice's codes follow its rows: so the first appearances come in the order of the rows.
        var values = parts[0];
        var renamed = new int[slices][];
        for (var s = 1; s < slices; s++)
        {
            ct.ThrowIfCancellationRequested();
            renamed[s] = new int[parts[s].Count];
            for (var code = 0; code < renamed[s].Length; code++) renamed[s][code] = values.Add(parts[s], code);
        }

        Parallel.For(1, slices, parallel, s => Rename(SliceOf(codes, s, slices).Span, renamed[s]));
        return new EncodedColumn(values, codes);
    }

    private static ValueDictionary Encode(Memory<int> codes, int first, Func<int, string?> valueOf)
    {
        var values = new ValueDictionary();
        var slice = codes.Span;
        for (var i = 0; i < slice.Length; i++) slice[i] = valueOf(first + i) is { } value ? values.Add(value) : Missing;
        return values;
    }

    private static void Rename(Span<int> codes, int[] renamed)
    {
        foreach (ref var code in codes)
        {
            if (code != Missing) code = renamed[code];
        }
    }

    private static Memory<int> SliceOf(int[] codes, int slice, int slices) =>
        codes.AsMemory(FirstOf(codes.Length, slice, slices)..FirstOf(codes.Length, slice + 1, slices));

    private static int FirstOf(int rows, int slice, int slices) => (int)((long)rows * slice / slices);
}
