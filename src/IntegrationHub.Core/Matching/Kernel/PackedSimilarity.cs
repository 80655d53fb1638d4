using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using IntegrationHub.Normalising;

namespace IntegrationHub.Matching.Kernel;

/// <summary>
/// The similarities of <see cref="Similarity"/> over packed values, with the same results, several times as fast: of the left value a table is made, by symbol the places that hold it, a bit each;
/// the right values go through it beside each other (<see cref="Lanes"/>). Values over 64 characters go the plain way.
/// </summary>
/// <remarks>
/// Holds the table of the value prepared last, so each thread needs its own. One left value with many right ones is fastest; of pairs, those sorted by their left value.
/// Edits: Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10 (2003).
/// </remarks>
public sealed class PackedSimilarity
{
    private const int WordLength = 64;
    private const int LongestPrefix = 4;
    private const int Nothing = -1;

    // Far more than a bound can be rounded by, far less than any two thresholds differ by.
    private const double Rounding = 1e-9;

    private readonly PackedValues values;
    private readonly ulong[] places;
    private readonly ulong[] rows = new ulong[WordLength * Lanes.Words];
    private readonly ulong[] missed = new ulong[WordLength * Lanes.Words];
    private readonly int[] pairs = new int[OpenPairs.Room];
    private readonly byte[] needed = new byte[(WordLength + 1) * (WordLength + 1)];
    private double neededFor;
    private int prepared = Nothing;

    /// <summary>A kernel over these values.</summary>
    public PackedSimilarity(PackedValues values)
    {
        this.values = values;
        places = new ulong[values.AlphabetLength];
    }

    /// <summary>
    /// The Jaro-Winkler similarity of one value with each of many, 0 where it is less than <paramref name="atLeast"/>. Asked with the threshold that counts, most pairs end at a glance
    /// at which characters both have. The threshold is compared with the exact result, so ask whether an answer is over 0, not whether the rounded one reaches the threshold.
    /// </summary>
    /// <param name="left">The value's code.</param>
    /// <param name="rights">The codes of the values to compare with.</param>
    /// <param name="atLeast">In [0, 1]; 0 asks for all.</param>
    /// <param name="similarity">Takes one result for each of <paramref name="rights"/>, in their order: the nearest float to that of <see cref="Similarity.JaroWinkler"/>.</param>
    /// <exception cref="ArgumentException">There is room for fewer results than there are values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside [0, 1], or no value has one of the codes.</exception>
    public void JaroWinkler(int left, ReadOnlySpan<int> rights, double atLeast, Span<float> similarity)
    {
        if (!(atLeast >= 0 && atLeast <= 1)) throw new ArgumentOutOfRangeException(nameof(atLeast), atLeast, "A similarity is in [0, 1].");
        Check(left, rights, similarity.Length);
        if (values.Narrow is { } narrow) JaroWinkler(narrow, left, rights, atLeast, similarity);
        if (values.Wide is { } wide) JaroWinkler(wide, left, rights, atLeast, similarity);
    }

    /// <summary>The same for pairs: the i-th result is that of the i-th left with the i-th right value.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside [0, 1], or no value has one of the codes.</exception>
    public void JaroWinkler(ReadOnlySpan<int> lefts, ReadOnlySpan<int> rights, double atLeast, Span<float> similarity)
    {
        CheckPairs(lefts, rights);
        for (var (i, run) = (0, 0); i < lefts.Length; i += run)
        {
            run = RunFrom(lefts, i);
            JaroWinkler(lefts[i], rights.Slice(i, run), atLeast, similarity[i..]);
        }
    }

    /// <summary>
    /// The edits (insertions, deletions, substitutions, swaps of neighbours) between one value and each of many; <paramref name="most"/> + 1 where there are more.
    /// </summary>
    /// <param name="left">The value's code.</param>
    /// <param name="rights">The codes of the values to compare with.</param>
    /// <param name="most">The most edits that count, 0 or more.</param>
    /// <param name="edits">Takes one result for each of <paramref name="rights"/>, in their order: that of <see cref="Similarity.Edits"/>.</param>
    /// <exception cref="ArgumentException">There is room for fewer results than there are values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The most is negative, or no value has one of the codes.</exception>
    public void Edits(int left, ReadOnlySpan<int> rights, int most, Span<int> edits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        Check(left, rights, edits.Length);
        if (values.Narrow is { } narrow) Edits(narrow, left, rights, most, edits);
        if (values.Wide is { } wide) Edits(wide, left, rights, most, edits);
    }

    /// <summary>The same for pairs: the i-th result is that of the i-th left with the i-th right value.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The most is negative, or no value has one of the codes.</exception>
    public void Edits(ReadOnlySpan<int> lefts, ReadOnlySpan<int> rights, int most, Span<int> edits)
    {
        CheckPairs(lefts, rights);
        for (var (i, run) = (0, 0); i < lefts.Length; i += run)
        {
            run = RunFrom(lefts, i);
            Edits(lefts[i], rights.Slice(i, run), most, edits[i..]);
        }
    }

    private void JaroWinkler<TSymbol>(TSymbol[] symbols, int left, ReadOnlySpan<int> rights, double atLeast, Span<float> similarity)
        where TSymbol : unmanaged
    {
        Prepare(symbols, left);
        var length = values.LengthOf(left);
        var open = new OpenPairs(pairs);
        for (var i = 0; i < rights.Length; i++)
        {
            var other = LengthOf(rights[i]);
            if (rights[i] == left) similarity[i] = 1;
            else if (length == 0 || other == 0) similarity[i] = 0;
            else if (length > WordLength || other > WordLength) similarity[i] = PlainJaroWinkler(left, rights[i], atLeast);
            else if (atLeast > 0 && MostInCommon(left, length, rights[i], other) < Needed(length, other, atLeast)) similarity[i] = 0;
            else open.Add(i, Math.Max(length, other));

            if (!open.IsFull && i < rights.Length - 1) continue;
            if (!open.Short.IsEmpty) JaroWinkler<TSymbol, short>(symbols, length, rights, open.Short, atLeast, similarity);
            if (!open.Middling.IsEmpty) JaroWinkler<TSymbol, int>(symbols, length, rights, open.Middling, atLeast, similarity);
            if (!open.Long.IsEmpty) JaroWinkler<TSymbol, long>(symbols, length, rights, open.Long, atLeast, similarity);
            open.Clear();
        }
    }

    private void JaroWinkler<TSymbol, TLane>(TSymbol[] symbols, int length, ReadOnlySpan<int> rights, ReadOnlySpan<int> open, double atLeast, Span<float> similarity)
        where TSymbol : unmanaged
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        Span<int> starts = stackalloc int[Vector256<TLane>.Count];
        Span<TLane> cells = stackalloc TLane[4 * Vector256<TLane>.Count];
        var lengths = cells[..starts.Length];
        var matches = cells.Slice(starts.Length, starts.Length);
        var outOfOrder = cells.Slice(2 * starts.Length, starts.Length);
        var prefix = cells[(3 * starts.Length)..];
        while (!open.IsEmpty)
        {
            var group = open[..Math.Min(starts.Length, open.Length)];
            open = open[group.Length..];
            var table = RowsOf<TLane>(rows, Gather(rights, group, starts, lengths));
            Lanes.Fill(places, symbols, starts[..group.Length], table);
            var counts = Lanes.Jaro(table, RowsOf<TLane>(missed, table.Length), Vector256.Create<TLane>(lengths), length);
            counts.Matches.CopyTo(matches);
            counts.OutOfOrder.CopyTo(outOfOrder);
            counts.Prefix.CopyTo(prefix);
            for (var lane = 0; lane < group.Length; lane++)
            {
                var exact = Winkler(int.CreateTruncating(matches[lane]), int.CreateTruncating(outOfOrder[lane]), length, int.CreateTruncating(lengths[lane]), int.CreateTruncating(prefix[lane]));
                similarity[group[lane]] = exact >= atLeast ? (float)exact : 0;
            }
        }
    }

    private void Edits<TSymbol>(TSymbol[] symbols, int left, ReadOnlySpan<int> rights, int most, Span<int> edits)
        where TSymbol : unmanaged
    {
        Prepare(symbols, left);
        var length = values.LengthOf(left);
        var open = new OpenPairs(pairs);
        for (var i = 0; i < rights.Length; i++)
        {
            var other = LengthOf(rights[i]);
            if (rights[i] == left) edits[i] = 0;
            else if (Math.Abs(length - other) > most) edits[i] = most + 1;
            else if (length > WordLength || other > WordLength) edits[i] = PlainEdits(left, rights[i], most);
            else if (length == 0 || other == 0) edits[i] = length + other;
            else if (Math.Max(length, other) - MostInCommon(left, length, rights[i], other) > most) edits[i] = most + 1;
            else open.Add(i, Math.Max(length, other));

            if (!open.IsFull && i < rights.Length - 1) continue;
            if (!open.Short.IsEmpty) Edits<TSymbol, short>(symbols, length, rights, open.Short, most, edits);
            if (!open.Middling.IsEmpty) Edits<TSymbol, int>(symbols, length, rights, open.Middling, most, edits);
            if (!open.Long.IsEmpty) Edits<TSymbol, long>(symbols, length, rights, open.Long, most, edits);
            open.Clear();
        }
    }

    private void Edits<TSymbol, TLane>(TSymbol[] symbols, int length, ReadOnlySpan<int> rights, ReadOnlySpan<int> open, int most, Span<int> edits)
        where TSymbol : unmanaged
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        Span<int> starts = stackalloc int[Vector256<TLane>.Count];
        Span<TLane> lengths = stackalloc TLane[Vector256<TLane>.Count];
        Span<TLane> distances = stackalloc TLane[Vector256<TLane>.Count];
        while (!open.IsEmpty)
        {
            var group = open[..Math.Min(starts.Length, open.Length)];
            open = open[group.Length..];
            var table = RowsOf<TLane>(rows, Gather(rights, group, starts, lengths));
            Lanes.Fill(places, symbols, starts[..group.Length], table);
            Lanes.Edits(table, Vector256.Create<TLane>(lengths), length).CopyTo(distances);
            for (var lane = 0; lane < group.Length; lane++) edits[group[lane]] = Math.Min(int.CreateTruncating(distances[lane]), most + 1);
        }
    }

    /// <summary>Where the values of a group start, and their lengths, 0 for a lane without one; gives the longest.</summary>
    private int Gather<TLane>(ReadOnlySpan<int> rights, ReadOnlySpan<int> group, Span<int> starts, Span<TLane> lengths)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        lengths.Clear();
        var longest = 0;
        for (var lane = 0; lane < group.Length; lane++)
        {
            var right = rights[group[lane]];
            var length = values.LengthOf(right);
            starts[lane] = values.Starts[right];
            lengths[lane] = TLane.CreateTruncating(length);
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private void Prepare<TSymbol>(TSymbol[] symbols, int left)
        where TSymbol : unmanaged
    {
        if (left == prepared) return;
        if (prepared != Nothing)
        {
            foreach (var symbol in values.SymbolsOf(symbols, prepared)) places[Lanes.IndexOf(symbol)] = 0;
        }

        // Of a value that is longer than a word the table is wrong, and not read.
        var place = 1UL;
        foreach (var symbol in values.SymbolsOf(symbols, left))
        {
            places[Lanes.IndexOf(symbol)] |= place;
            place <<= 1;
        }

        prepared = left;
    }

    /// <summary>As many characters as two values can have in common at most, each counted as often as both have it.</summary>
    private int MostInCommon(int left, int length, int right, int other)
    {
        var (x, y) = (values.Signatures[left], values.Signatures[right]);
        return Math.Min(length - BitOperations.PopCount(x & ~y), other - BitOperations.PopCount(y & ~x));
    }

    /// <summary>With fewer characters in common than this, two values of these lengths are less similar than asked, even if all stand in order and the first ones at the start.</summary>
    private int Needed(int length, int other, double atLeast)
    {
        if (atLeast != neededFor)
        {
            Array.Clear(needed);
            neededFor = atLeast;
        }

        ref var known = ref needed[length * (WordLength + 1) + other];
        if (known > 0) return known;
        var (matches, shorter) = (1, Math.Min(length, other));
        while (matches <= shorter && Winkler(matches, 0, length, other, Math.Min(LongestPrefix, matches)) < atLeast - Rounding) matches++;
        return known = (byte)matches;
    }

    /// <summary>The formula of <see cref="Similarity.JaroWinkler"/>, operation for operation, so that the results are equal to the last bit.</summary>
    private static double Winkler(int matches, int outOfOrder, int length, int other, int prefix)
    {
        double m = matches;
        var jaro = (m / length + m / other + (m - outOfOrder / 2.0) / Math.Max(m, 1)) / 3;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    private float PlainJaroWinkler(int left, int right, double atLeast)
    {
        Span<char> a = stackalloc char[PackedValues.LongestKept];
        Span<char> b = stackalloc char[PackedValues.LongestKept];
        var exact = Similarity.JaroWinkler(a[..values.Unpack(left, a)], b[..values.Unpack(right, b)]);
        return exact >= atLeast ? (float)exact : 0;
    }

    private int PlainEdits(int left, int right, int most)
    {
        // Two values that differ only after what is kept look equal here.
        if (Math.Max(values.LengthOf(left), values.LengthOf(right)) == PackedValues.LongestKept) return most + 1;
        Span<char> a = stackalloc char[PackedValues.LongestKept];
        Span<char> b = stackalloc char[PackedValues.LongestKept];
        return Similarity.Edits(a[..values.Unpack(left, a)], b[..values.Unpack(right, b)], most);
    }

    private static Span<Vector256<TLane>> RowsOf<TLane>(ulong[] scratch, int count)
        where TLane : unmanaged => MemoryMarshal.Cast<ulong, Vector256<TLane>>(scratch.AsSpan())[..count];

    private static int RunFrom(ReadOnlySpan<int> lefts, int first)
    {
        var run = lefts[first..].IndexOfAnyExcept(lefts[first]);
        return run < 0 ? lefts.Length - first : run;
    }

    private void Check(int left, ReadOnlySpan<int> rights, int room)
    {
        if (room < rights.Length) throw new ArgumentException($"There is room for {room} results, but there are {rights.Length} values to compare with.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)left, (uint)values.Count, nameof(left));
    }

    private int LengthOf(int right)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)right, (uint)values.Count, nameof(right));
        return values.LengthOf(right);
    }

    private static void CheckPairs(ReadOnlySpan<int> lefts, ReadOnlySpan<int> rights)
    {
        if (lefts.Length != rights.Length) throw new ArgumentException($"{lefts.Length} left values cannot be paired with {rights.Length} right ones.");
    }

    /// <summary>Pairs that a glance does not settle, by the lanes they need.</summary>
    private ref struct OpenPairs(Span<int> room)
    {
        private const int Most = 128;
        private readonly Span<int> room = room;
        private int shorts;
        private int middling;
        private int longs;

        public const int Room = 3 * Most;

        public readonly bool IsFull => shorts == Most || middling == Most || longs == Most;

        public readonly ReadOnlySpan<int> Short => room[..shorts];

        public readonly ReadOnlySpan<int> Middling => room.Slice(Most, middling);

        public readonly ReadOnlySpan<int> Long => room.Slice(2 * Most, longs);

        public void Add(int pair, int longest)
        {
            if (longest <= 16) room[shorts++] = pair;
            else if (longest <= 32) room[Most + middling++] = pair;
            else room[2 * Most + longs++] = pair;
        }

        public void Clear() => (shorts, middling, longs) = (0, 0, 0);
    }
}
