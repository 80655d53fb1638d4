namespace IntegrationHub.Sandbox.World;

/// <summary>
/// Seeded randomness that is the same on every machine and runtime: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
/// System.Random does not promise its sequence across versions, and the sandbox promises the same bytes for the same seed.
/// </summary>
public sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>Dice of their own for one purpose and number, so that a change in one part of the data leaves the others alone.</summary>
    public static Dice For(int seed, string purpose, int number = 0)
    {
        var hash = 14695981039346656037UL; // FNV-1a
        foreach (var c in purpose) hash = (hash ^ c) * 1099511628211UL;
        return new Dice(Mix(hash ^ Mix((ulong)(uint)seed + 1) ^ Mix((ulong)(uint)number + 0x51ED27UL)));
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits() => Mix(state += 0x9E3779B97F4A7C15UL);

    /// <summary>A number in [0, 1).</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Share() < probability;

    /// <summary>A whole number in [0, below).</summary>
    public int Below(int below) => (int)((Bits() >> 32) * (ulong)below >> 32);

    /// <summary>A whole number in [from, to].</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>An instant in [from, to).</summary>
    public DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to) =>
        from.AddMilliseconds(Math.Floor(Share() * (to - from).TotalMilliseconds));

    /// <summary>One of the items, each equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>So many random decimal digits.</summary>
    public string Digits(int count) => string.Create(count, this, static (span, dice) =>
    {
        foreach (ref var c in span) c = (char)('0' + dice.Below(10));
    });

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
