using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>A field of the golden record passes tests.</summary>
/// <param name="Field">The field.</param>
/// <param name="Tests">All must pass.</param>
public sealed record FieldCondition(Field Field, ImmutableArray<ValueTest> Tests) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("field", "A field of the golden record passes the tests.", ValueTest.Keys,
        ["field: country, in: [DE, AT, CH]", "field: job_title, contains: engineer", "field: phone, exists: true"], Read);

    private static FieldCondition? Read(DefinitionMap map)
    {
        var field = map.FieldNamed("field", required: true);
        var tests = ValueTest.ReadAmong(map);
        if (tests.IsEmpty) map.Error("field", "no test stands beside the field. One of: is, in, contains, starts_with, at_least, below, exists.");
        return field is { } known && !tests.IsEmpty ? new FieldCondition(known, tests) : null;
    }

    /// <inheritdoc/>
    public override bool Holds(ContactView view)
    {
        if (!Fields.Lists.Contains(Field)) return Tests.All(t => t.Passes(view.Values[Field]));
        var items = view.Values.List(Field);
        return Tests.All(t => t.Kind switch
        {
            ValueTestKind.Exists => !items.IsEmpty,
            ValueTestKind.Missing => items.IsEmpty,
            _ => items.Any(i => t.Passes(i)),
        });
    }

    /// <inheritdoc/>
    public override string Text => string.Join(" and ", Tests.Select(t => $"{Fields.NameOf(Field)} {t.Text}"));
}

/// <summary>The contact has a tag.</summary>
public sealed record TagCondition(string Tag) : Condition
{
    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("tag", "The contact has this tag, or is on this list.", [], ["tag: newsletter", "tag: vip"],
        map => map.Text("tag", required: true) is { } tag ? new TagCondition(tag) : null);

    /// <inheritdoc/>
    public override bool Holds(ContactView view) => view.Values.List(Field.Tags).Contains(Tag, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string Text => $"has tag {Tag}";
}
