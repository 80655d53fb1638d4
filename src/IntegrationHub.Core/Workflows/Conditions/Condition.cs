using System.Collections.Immutable;
using System.Reflection;

namespace IntegrationHub.Workflows;

/// <summary>Something that is true or false of one contact at one instant. Immutable, pure, and the same in memory and in the database.</summary>
public abstract record Condition
{
    /// <summary>True when it holds.</summary>
    public abstract bool Holds(ContactView view);

    /// <summary>The earliest instant after <see cref="ContactView.Now"/> at which the passing of time alone may change the answer; null when only events and changes can.</summary>
    public virtual DateTimeOffset? NextChange(ContactView view) => null;

    /// <summary>In plain words, as reasons and reports have it.</summary>
    public abstract string Text { get; }

    /// <summary>The conditions that this one is made of.</summary>
    public virtual ImmutableArray<Condition> Parts => [];
}

/// <summary>
/// One kind of condition of the closed list. Each stands in one file as a public static property of this type, with a description and examples;
/// <see cref="ConditionKinds.All"/> finds it, the examples run as tests, and docs and the editors' schema are made from it.
/// </summary>
/// <param name="Name">The key that names it in definitions.</param>
/// <param name="Description">One line for a person who writes a definition.</param>
/// <param name="Keys">Further keys that it takes, with a line of what each means.</param>
/// <param name="Examples">At least two, as YAML in one line.</param>
/// <param name="Read">Reads it; null where a mistake was noted.</param>
public sealed record ConditionKind(string Name, string Description, ImmutableArray<(string Key, string Meaning)> Keys, ImmutableArray<string> Examples, Func<DefinitionMap, Condition?> Read);

/// <summary>The closed list of conditions.</summary>
public static class ConditionKinds
{
    /// <summary>All kinds by the key that names them.</summary>
    public static ImmutableSortedDictionary<string, ConditionKind> All { get; } = typeof(ConditionKinds).Assembly.GetTypes()
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(ConditionKind)))
        .Select(p => (ConditionKind)p.GetValue(null)!)
        .ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);

    /// <summary>Reads the condition under a key: a map, or a list of which all must hold. Null when there is none, or with a mistake noted.</summary>
    public static Condition? Read(DefinitionMap map, string key, bool required = false)
    {
        switch (map.Find(key))
        {
            case null:
                if (required) map.Error(key, $"'{key}' is missing: a condition, such as {{ event: order.placed, within: 30d }}.");
                return null;
            case DefinitionNode.Sequence:
                return new AllCondition([.. map.Maps(key).Select(ReadOne).OfType<Condition>()]);
            default:
                return map.Map(key) is { } one ? ReadOne(one) : null;
        }
    }

    /// <summary>Reads one condition.</summary>
    public static Condition? ReadOne(DefinitionMap map)
    {
        var kinds = map.Node.Entries.Select(e => All.GetValueOrDefault(e.Key.Value)).OfType<ConditionKind>().ToList();
        // "workflow: x, state: ..." and the like: the first key that names a kind is the kind.
        if (kinds.Count == 0)
        {
            map.Notes.Error(map.Node, map.Where, $"no condition is named here. One of: {string.Join(", ", All.Keys)}.");
            return null;
        }

        var condition = kinds[0].Read(map);
        map.RefuseUnknownKeys();
        return condition;
    }
}

/// <summary>All parts hold.</summary>
public sealed record AllCondition(ImmutableArray<Condition> Of) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("all", "Every condition of the list holds.", [], ["all: [{ tag: newsletter }, { consent: email }]", "all: [{ field: country, is: DE }]"],
        map => new AllCondition([.. map.Maps("all", required: true).Select(ConditionKinds.ReadOne).OfType<Condition>()]));

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => Of.All(c => c.Holds(view));

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => Of.Min(c => c.NextChange(view));

    /// <inheritdoc/>
    public override string Text => Of.Length == 1 ? Of[0].Text : string.Join(" and ", Of.Select(c => c is AnyCondition ? $"({c.Text})" : c.Text));

    /// <inheritdoc/>
    public override ImmutableArray<Condition> Parts => Of;
}

/// <summary>At least one part holds.</summary>
public sealed record AnyCondition(ImmutableArray<Condition> Of) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("any", "At least one condition of the list holds.", [], ["any: [{ tag: vip }, { orders: true, at_least: 3 }]", "any: [{ field: country, in: [DE, AT] }]"],
        map => new AnyCondition([.. map.Maps("any", required: true).Select(ConditionKinds.ReadOne).OfType<Condition>()]));

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => Of.Any(c => c.Holds(view));

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => Of.Min(c => c.NextChange(view));

    /// <inheritdoc/>
    public override string Text => string.Join(" or ", Of.Select(c => c is AllCondition ? $"({c.Text})" : c.Text));

    /// <inheritdoc/>
    public override ImmutableArray<Condition> Parts => Of;
}

/// <summary>The part does not hold.</summary>
public sealed record NotCondition(Condition Of) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("not", "The condition does not hold.", [], ["not: { tag: competitor }", "not: { event: demo.requested }"],
        map => ConditionKinds.Read(map, "not", required: true) is { } of ? new NotCondition(of) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => !Of.Holds(view);

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) => Of.NextChange(view);

    /// <inheritdoc/>
    public override string Text => $"not ({Of.Text})";

    /// <inheritdoc/>
    public override ImmutableArray<Condition> Parts => [Of];
}
