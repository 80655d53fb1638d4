using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IntegrationHub.Normalising;

/// <summary>Which given names are used for each other. A name is never overwritten; the table serves comparison only.</summary>
public static partial class Nicknames
{
    private static readonly ImmutableArray<string[]> Lines =
        [.. Families.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];

    // Families are numbered by their full name; a name may stand in several.
    private static readonly FrozenDictionary<string, int[]> FamiliesOf = Number();

    private static readonly FrozenDictionary<string, ImmutableArray<string>> Variants = Lines
        .GroupBy(line => line[0]).Select(g => g.SelectMany(line => line).Distinct().ToArray())
        .SelectMany(family => family.Select(name => (Name: name, Family: family)))
        .GroupBy(n => n.Name)
        .ToFrozenDictionary(g => g.Key, g => g.SelectMany(n => n.Family).Where(v => v != g.Key).Distinct().Order(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>
    /// The names used for this one, both ways, in ordinal order: for <c>bob</c> its full name and the other short forms of that. Empty where none is known.
    /// </summary>
    /// <param name="given">A given name folded to lower-case ASCII.</param>
    public static ImmutableArray<string> VariantsOf(string given) => Variants.TryGetValue(given, out var variants) ? variants : [];

    /// <summary>True when both, folded to lower-case ASCII, are used for one given name: <c>bob</c> and <c>robert</c>. False for equal names that are in no table.</summary>
    public static bool SameName(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var families = FamiliesOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!families.TryGetValue(a, out var x) || !families.TryGetValue(b, out var y)) return false;
        foreach (var family in x)
            if (Array.IndexOf(y, family) >= 0) return true;
        return false;
    }

    private static FrozenDictionary<string, int[]> Number()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Lines) numbers.TryAdd(line[0], numbers.Count);
        return Lines.SelectMany(line => line.Select(name => (Name: name, Family: numbers[line[0]])))
            .GroupBy(n => n.Name).ToFrozenDictionary(g => g.Key, g => g.Select(n => n.Family).Distinct().ToArray(), StringComparer.Ordinal);
    }
}
