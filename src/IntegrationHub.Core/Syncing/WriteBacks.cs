using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Syncing;

/// <summary>Whose word counts for a property of a source.</summary>
public enum FieldOwner
{
    /// <summary>The source's own value stands; the hub fills it only where it is empty.</summary>
    Source = 0,

    /// <summary>The hub's value replaces the source's.</summary>
    Hub = 1,
}

/// <summary>One property that may be written back.</summary>
/// <param name="Property">The vendor's name of it.</param>
/// <param name="Field">The golden record's field that it takes its value from.</param>
/// <param name="Owner">Whose word counts.</param>
/// <param name="CurrentPath">Where the property's present value stands in the payload, as a mapping writes paths.</param>
public sealed record WriteBackField(string Property, Field Field, FieldOwner Owner, string CurrentPath);

/// <summary>What the mapping of one source stream allows to be written.</summary>
/// <param name="Enabled">Off unless the mapping says <c>enabled: true</c>.</param>
/// <param name="Fields">The properties, each with its field.</param>
public sealed record WriteBackRules(bool Enabled, ImmutableArray<WriteBackField> Fields)
{
    /// <summary>True where the source is told whom it must not write to any more.</summary>
    public bool Suppressions { get; init; }

    /// <summary>True where activities of workflows are written beside the contact.</summary>
    public bool Activities { get; init; }

    /// <summary>Nothing is ever written.</summary>
    public static WriteBackRules None { get; } = new(false, []);
}

/// <summary>One property of one source record that the golden record would change.</summary>
/// <param name="Property">The vendor's name.</param>
/// <param name="Field">The field that it comes from.</param>
/// <param name="Before">The value at the source when it was last read; null for none.</param>
/// <param name="After">The golden value.</param>
public sealed record WriteBackChange(string Property, Field Field, string? Before, string After);

/// <summary>Decides what is written back.</summary>
public static class WriteBacks
{
    /// <summary>
    /// The properties of one source record that differ from its golden record and may be written, in the rules' order.
    /// Never empties a property; never repeats what is already there, so that writing and reading back ends in no change.
    /// </summary>
    /// <param name="golden">The golden record's values.</param>
    /// <param name="current">The present value of a property at the source; null or blank for none.</param>
    /// <param name="rules">What may be written.</param>
    public static ImmutableArray<WriteBackChange> Diff(FieldValues golden, Func<WriteBackField, string?> current, WriteBackRules rules)
    {
        var changes = ImmutableArray.CreateBuilder<WriteBackChange>();
        foreach (var rule in rules.Fields)
        {
            if (golden[rule.Field] is not { } after || string.IsNullOrWhiteSpace(after)) continue;
            var before = current(rule) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
            if (before == after) continue;
            if (before is not null && rule.Owner == FieldOwner.Source) continue;
            changes.Add(new WriteBackChange(rule.Property, rule.Field, before, after));
        }

        return changes.ToImmutable();
    }
}
