using System.Numerics;

namespace IntegrationHub.Matching.Kernel;

/// <summary>
/// The distinct values of a column, each with a dense code: 0 for the first value added, 1 for the next new one. The codes depend on the order of the values alone.
/// Values are compared ordinally; the empty text is a value as any other. No object is held for a value: its characters lie with the others in blocks.
/// </summary>
/// <remarks>Not safe for threads while values are added; afterwards any number may read. <see cref="EncodedColumn.Of"/> fills one on several cores.</remarks>
public sealed class ValueDictionary
{
    private const int FirstBlock = 1 << 10;
    private const int LargestBlock = 1 << 20;
    private const int LeastSlots = 16;

    private readonly List<char[]> blocks = [];
    private int filled;
    private Entry[] entries;
    private int[] slots;

    /// <summary>An empty dictionary, with room for <paramref name="capacity"/> values before it has to grow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative, or over 2^29.</exception>
    public ValueDictionary(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 29);
        entries = new Entry[capacity];
        slots = new int[Math.Max(LeastSlots, (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2))];
    }

    /// <summary>How many distinct values there are; the codes are 0 to this, less one.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a code.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No value has this code.</exception>
    public ReadOnlySpan<char> this[int code]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)code, (uint)Count, nameof(code));
            ref readonly var entry = ref entries[code];
            return blocks[entry.Block].AsSpan(entry.Start, entry.Length);
        }
    }

    /// <summary>The code of a value, a new one if it is seen for the first time.</summary>
    public int Add(ReadOnlySpan<char> value) => Add(value, HashOf(value));

    /// <summary>The code of a value; null if it was never added.</summary>
    public int? Find(ReadOnlySpan<char> value) => slots[SlotOf(value, HashOf(value))] is > 0 and var next ? next - 1 : null;

    /// <summary>The code that this dictionary gives to a value of another, which it need not hash again.</summary>
    internal int Add(ValueDictionary other, int code) => Add(other[code], other.entries[code].Hash);

    // The runtime's hash is keyed anew in each process, so that nobody can write a file whose values all fall into one slot. No result depends on it: codes follow the order of arrival.
    private static int HashOf(ReadOnlySpan<char> value) => string.GetHashCode(value);

    private int Add(ReadOnlySpan<char> value, int hash)
    {
        var slot = SlotOf(value, hash);
        if (slots[slot] > 0) return slots[slot] - 1;
        if (Count == entries.Length) Array.Resize(ref entries, Math.Max(LeastSlots, Count * 2));
        var (block, start) = Store(value);
        entries[Count] = new Entry(hash, block, start, value.Length);
        slots[slot] = ++Count;
        if (Count > slots.Length / 2) Widen();
        return Count - 1;
    }

    /// <summary>The slot that holds the value, or the free one where it belongs. There always is a free one: at most half of them are taken.</summary>
    private int SlotOf(ReadOnlySpan<char> value, int hash)
    {
        var mask = slots.Length - 1;
        var slot = hash & mask;
        while (slots[slot] is > 0 and var next)
        {
            ref readonly var entry = ref entries[next - 1];
            if (entry.Hash == hash && blocks[entry.Block].AsSpan(entry.Start, entry.Length).SequenceEqual(value)) break;
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Widen()
    {
        slots = new int[checked(slots.Length * 2)];
        var mask = slots.Length - 1;
        for (var code = 0; code < Count; code++)
        {
            var slot = entries[code].Hash & mask;
            while (slots[slot] > 0) slot = (slot + 1) & mask;
            slots[slot] = code + 1;
        }
    }

    private (int Block, int Start) Store(ReadOnlySpan<char> value)
    {
        // A value longer than a block gets a block of its own, which is full at once.
        if (blocks.Count == 0 || value.Length > blocks[^1].Length - filled)
        {
            var length = FirstBlock << Math.Min(blocks.Count, BitOperations.Log2(LargestBlock / FirstBlock));
            blocks.Add(GC.AllocateUninitializedArray<char>(Math.Max(length, value.Length)));
            filled = 0;
        }

        var start = filled;
        value.CopyTo(blocks[^1].AsSpan(start));
        filled += value.Length;
        return (blocks.Count - 1, start);
    }

    private readonly record struct Entry(int Hash, int Block, int Start, int Length);
}
