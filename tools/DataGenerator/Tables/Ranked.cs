using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>Items as uneven as names are: weight 1 / (rank + offset)^exponent, the first the commonest (Zipf and Mandelbrot).</summary>
public sealed class Ranked<T>
{
    private readonly T[] items;
    private readonly double[] cumulative;

    /// <summary>Weighs the items by their order.</summary>
    public Ranked(IEnumerable<T> ranked, double exponent = 0.9, double offset = 5)
    {
        items = [.. ranked];
        cumulative = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++) cumulative[i] = sum += Math.Pow(i + offset, -exponent);
    }

    /// <summary>The items, the commonest first.</summary>
    public IReadOnlyList<T> Items => items;

    /// <summary>The share of an item, 0 to 1.</summary>
    public double ShareOf(int index) => (cumulative[index] - (index == 0 ? 0 : cumulative[index - 1])) / cumulative[^1];

    /// <summary>One item by its weight.</summary>
    public T Pick(Dice dice) => items[IndexOf(dice)];

    /// <summary>The index of one item by its weight.</summary>
    public int IndexOf(Dice dice)
    {
        var at = Array.BinarySearch(cumulative, dice.Share() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at, items.Length - 1);
    }
}
