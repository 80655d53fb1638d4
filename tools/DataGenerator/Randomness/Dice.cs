namespace IntegrationHub.DataGenerator.Randomness;

/// <summary>
/// Counter-based randomness: dice for one purpose and one number need no other dice to have been thrown before, so that any part of a population can be made alone, in any order,
/// on any thread. SplitMix64 (Steele, Lea, Flood, OOPSLA 2014); the same on every machine and runtime.
/// </summary>
public sealed class Dice
{
    private ulong state;

    private Dice(ulong state) => this.state = state;

    /// <summary>The dice of one purpose and number.</summary>
    public static Dice For(ulong seed, Purpose purpose, long number) => new(Mix(Mix(seed + 0x9E3779B97F4A7C15UL * (ulong)(purpose + 1)) ^ Mix((ulong)number + 0x51ED27UL)));

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

    /// <summary>One of the items, each equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The index of a weight, by the weights.</summary>
    public int PickBy(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        var at = Share() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
            if ((at -= weights[i]) < 0) return i;
        return weights.Length - 1;
    }

    /// <summary>The finaliser of SplitMix64: a bijection of 64 bits whose output bits all depend on all input bits.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>What dice are for. Append only: a changed order changes all data.</summary>
public enum Purpose
{
    /// <summary>People who are made together.</summary>
    Circle,

    /// <summary>A company.</summary>
    Employer,

    /// <summary>The records of one contact.</summary>
    Records,

    /// <summary>The order of rows.</summary>
    Order,

    /// <summary>The defect of a row.</summary>
    Defect,

    /// <summary>The order of rare names.</summary>
    Tail,
}
