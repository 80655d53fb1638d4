using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IntegrationHub.Matching.Kernel;

/// <summary>
/// One value against several at once: each of the others has a lane of a 256-bit register, as many bits as the longest value may have characters (16 lanes of 16 bits, 8 of 32, 4 of 64).
/// A row is made for each place j of the others: in a lane the places of the one value that hold the other's j-th character, a bit each. What follows has no branch that depends on the values.
/// Lanes are signed, since registers compare signed numbers only; their sign is a bit like the others.
/// </summary>
internal static class Lanes
{
    private const int LongestPrefix = 4;

    /// <summary>How many words of 64 bits a row takes.</summary>
    public const int Words = 4;

    /// <summary>Writes the rows of a group.</summary>
    /// <param name="places">By symbol the places of the one value that hold it.</param>
    /// <param name="symbols">The buffer with the symbols of the others. It is read up to the count of rows from each start, past a shorter value's end.</param>
    /// <param name="starts">Where the others start.</param>
    /// <param name="rows">Takes the rows, as many as the longest of the others has characters.</param>
    public static void Fill<TSymbol, TLane>(ulong[] places, TSymbol[] symbols, ReadOnlySpan<int> starts, Span<Vector256<TLane>> rows)
        where TSymbol : unmanaged
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        var cells = MemoryMarshal.Cast<Vector256<TLane>, TLane>(rows);
        ref var table = ref MemoryMarshal.GetArrayDataReference(places);
        for (var lane = 0; lane < starts.Length; lane++)
        {
            var cell = lane;
            foreach (var symbol in symbols.AsSpan(starts[lane], rows.Length))
            {
                // A symbol is less than the alphabet's length, which is the table's.
                cells[cell] = TLane.CreateTruncating(Unsafe.Add(ref table, IndexOf(symbol)));
                cell += Vector256<TLane>.Count;
            }
        }
    }

    /// <summary>What the Jaro-Winkler similarity counts: characters in common within the window, how many of them stand in another order, and equal characters at the start, four at most.</summary>
    /// <param name="rows">The rows of the group.</param>
    /// <param name="missed">Room for as many rows.</param>
    /// <param name="lengths">The lengths of the others.</param>
    /// <param name="length">The length of the one.</param>
    public static (Vector256<TLane> Matches, Vector256<TLane> OutOfOrder, Vector256<TLane> Prefix) Jaro<TLane>(
        ReadOnlySpan<Vector256<TLane>> rows, Span<Vector256<TLane>> missed, Vector256<TLane> lengths, int length)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        // Whose characters are taken first makes no difference: for each character both ways join its places from the left on, each with the first free one in reach.
        var (one, zero) = (Vector256<TLane>.One, Vector256<TLane>.Zero);
        var (taken, prefix, same, bit) = (zero, zero, Vector256<TLane>.AllBitsSet, one);
        var matches = Vector256.Create(TLane.CreateTruncating(rows.Length));
        var windows = Vector256.Max((Vector256.Max(lengths, Vector256.Create(TLane.CreateTruncating(length))) >> 1) - one, zero);
        var (j, reach) = (zero, FirstReach(windows));
        for (var k = 0; k < rows.Length; k++)
        {
            var equal = rows[k] & Vector256.GreaterThan(lengths, j);
            var free = Vector256.AndNot(equal & reach, taken);
            var place = free & -free;
            taken |= place;
            missed[k] = Vector256.Equals(place, zero);
            matches += missed[k];
            reach = reach + reach - Vector256.GreaterThan(windows, j);
            if (k < LongestPrefix)
            {
                same = Vector256.AndNot(same, Vector256.Equals(equal & bit, zero));
                prefix -= same;
                bit += bit;
            }

            j += one;
        }

        var outOfOrder = zero;
        for (var k = 0; k < rows.Length; k++)
        {
            var place = Vector256.AndNot(taken & -taken, missed[k]);
            taken ^= place;
            outOfOrder -= Vector256.AndNot(Vector256.Equals(rows[k] & place, zero), missed[k]);
        }

        return (matches, outOfOrder, prefix);
    }

    /// <summary>The edits of optimal string alignment from the one value to each of the others. Of the table of distances a column is two words: the cells that are one more (up), and one less (down), than the cell above.</summary>
    /// <param name="rows">The rows of the group.</param>
    /// <param name="lengths">The lengths of the others.</param>
    /// <param name="length">The length of the one, 1 or more.</param>
    public static Vector256<TLane> Edits<TLane>(ReadOnlySpan<Vector256<TLane>> rows, Vector256<TLane> lengths, int length)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        var (one, zero) = (Vector256<TLane>.One, Vector256<TLane>.Zero);
        var (up, down, diagonal, before, j) = (Vector256<TLane>.AllBitsSet, zero, zero, zero, zero);
        var distance = Vector256.Create(TLane.CreateTruncating(length));
        var last = Vector256.Create(TLane.One << (length - 1));
        foreach (var equal in rows)
        {
            var swap = (Vector256.AndNot(equal, diagonal) << 1) & before;
            diagonal = (((equal & up) + up) ^ up) | equal | down | swap;
            var more = down | ~(diagonal | up);
            var less = diagonal & up;
            var live = Vector256.GreaterThan(lengths, j);
            distance -= Vector256.AndNot(live, Vector256.Equals(more & last, zero));
            distance += Vector256.AndNot(live, Vector256.Equals(less & last, zero));
            more = (more << 1) | one;
            less <<= 1;
            up = less | ~(diagonal | more);
            down = more & diagonal;
            before = equal;
            j += one;
        }

        return distance;
    }

    /// <summary>What is in reach of the first place: itself and as many places as the window is wide.</summary>
    private static Vector256<TLane> FirstReach<TLane>(Vector256<TLane> windows)
        where TLane : unmanaged, IBinaryInteger<TLane>
    {
        var reach = Vector256<TLane>.One;
        for (var j = Vector256<TLane>.Zero; Vector256.GreaterThanAny(windows, j); j += Vector256<TLane>.One)
        {
            var wider = Vector256.GreaterThan(windows, j);
            reach += reach & wider;
            reach -= wider;
        }

        return reach;
    }

    /// <summary>A symbol as an index into a table by symbol.</summary>
    public static int IndexOf<T>(T symbol)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(symbol) : Unsafe.BitCast<T, ushort>(symbol);
}
