namespace IntegrationHub.DataGenerator.Randomness;

/// <summary>A shuffled order of 0 … size - 1 that needs no memory: a Feistel network over the next even power of two, walked until it falls inside.</summary>
public sealed class Permutation
{
    private readonly ulong size;
    private readonly ulong key;
    private readonly int half;

    /// <summary>One order for each key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public Permutation(long size, ulong key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.size = (ulong)size;
        this.key = Dice.Mix(key + 1);
        while (1UL << (2 * half) < this.size) half++;
    }

    /// <summary>Where the item goes: another place for each item.</summary>
    public long this[long index]
    {
        get
        {
            var at = (ulong)index % size;
            if (half == 0) return (long)at;
            do at = Round(at); while (at >= size);
            return (long)at;
        }
    }

    private ulong Round(ulong value)
    {
        var mask = (1UL << half) - 1;
        ulong left = value >> half, right = value & mask;
        for (var i = 0UL; i < 4; i++) (left, right) = (right, (left ^ Dice.Mix(key + right * 4 + i)) & mask);
        return (left << half) | right;
    }
}
