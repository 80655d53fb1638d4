using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace IntegrationHub.Matching;

/// <summary>
/// Hub values that a model has learnt and keeps: a number, id or birth date among them says nothing, a mailbox among them is read by several. They do not change with the next record, so that records
/// end in the same clusters whether they come one at a time or at once.
/// </summary>
public sealed class HubList
{
    private static readonly ImmutableArray<Comparison> Kinds = [Comparison.BirthDate, Comparison.NationalId, Comparison.Email, Comparison.Phone];

    private readonly FrozenSet<(Comparison, string)> values;

    private HubList(ImmutableArray<HubValue> all)
    {
        All = all;
        values = all.Select(h => (LevelNames.Find(h.Comparison) ?? throw new FormatException($"There is no comparison '{h.Comparison}'."), h.Value)).ToFrozenSet();
    }

    /// <summary>A list of none.</summary>
    public static HubList None { get; } = new([]);

    /// <summary>The values, by comparison and from the most frequent on.</summary>
    public ImmutableArray<HubValue> All { get; }

    /// <summary>A list of these values.</summary>
    public static HubList Of(IEnumerable<HubValue> values) =>
        new([.. values.OrderBy(h => h.Comparison, StringComparer.Ordinal).ThenByDescending(h => h.Records).ThenBy(h => h.Value, StringComparer.Ordinal)]);

    internal bool Has(Comparison comparison, string value) => values.Count > 0 && values.Contains((comparison, value));

    /// <summary>The value, or nothing where it is a hub.</summary>
    internal string Without(Comparison comparison, string value) => value.Length > 0 && Has(comparison, value) ? "" : value;

    /// <exception cref="FormatException">A comparison has no hub values.</exception>
    internal static HubList Read(JsonElement json)
    {
        foreach (var comparison in json.EnumerateObject())
            if (LevelNames.Find(comparison.Name) is not { } known || !Kinds.Contains(known))
                throw new FormatException($"'hub values' of '{comparison.Name}' are not known; there are {string.Join(", ", Kinds.Select(LevelNames.NameOf))}.");
        return Of(json.EnumerateObject().SelectMany(c => c.Value.EnumerateObject().Select(v => new HubValue(c.Name, v.Name, v.Value.GetInt32()))));
    }
}
