using System.Reflection;

namespace IntegrationHub.Sandbox.World;

/// <summary>A list whose items are as frequent as names are: weight 1 / (rank + 4)^0.9, the first item the commonest.</summary>
public sealed class Zipf
{
    private readonly string[] items;
    private readonly double[] cumulative;

    /// <summary>Weighs the items by their order.</summary>
    public Zipf(IEnumerable<string> ranked)
    {
        items = [.. ranked];
        cumulative = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++) cumulative[i] = sum += 1 / Math.Pow(i + 5, 0.9);
    }

    /// <summary>The items, the commonest first.</summary>
    public IReadOnlyList<string> Items => items;

    /// <summary>One item by its weight.</summary>
    public string Pick(Dice dice)
    {
        var at = Array.BinarySearch(cumulative, dice.Share() * cumulative[^1]);
        return items[at < 0 ? Math.Min(~at, items.Length - 1) : at];
    }

    /// <summary>Words of an embedded list; an underscore stands for a space within a name.</summary>
    public static string[] Words(string list) =>
        [.. Text(list).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Replace('_', ' '))];

    /// <summary>Items of an embedded list that are separated by commas.</summary>
    public static string[] Phrases(string list) => Text(list).Trim().Split(',');

    /// <summary>Lines of an embedded list.</summary>
    public static string[] Lines(string list) => Text(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(string list)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(list)
            ?? throw new InvalidOperationException($"The list '{list}' is not embedded in the sandbox: add World/Lists/{list}.txt.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
