using System.Collections.Immutable;

namespace IntegrationHub.Vocabulary;

/// <summary>Which source record gave a golden record's field its value, and why it won.</summary>
/// <param name="Field">The field.</param>
/// <param name="Source">The winning source record. For a united list the first by key of those that gave an item.</param>
/// <param name="Rule">The survivorship rule that decided, such as <c>most_recent</c>; <c>only</c> where there was no choice; <c>lock</c> for a field lock.</param>
public sealed record Provenance(Field Field, SourceKey Source, string Rule);

/// <summary>The content of a golden record: a pure function of its clean records and the survivorship rules.</summary>
/// <param name="Kind">Contact or company.</param>
/// <param name="Values">The winning values.</param>
/// <param name="Provenance">One entry a field that has a value, in the order of <see cref="Field"/>.</param>
/// <param name="Sources">The source records that it is made of, sorted by key: the crosswalk.</param>
public sealed record GoldenContent(
    EntityKind Kind,
    FieldValues Values,
    ImmutableArray<Provenance> Provenance,
    ImmutableArray<SourceKey> Sources);

/// <summary>A recipe's version: the first 16 hex digits of the SHA-256 of its text, or of the name and number of built-in rules.</summary>
/// <param name="Value">16 lower-case hex digits.</param>
public readonly record struct RecipeVersion(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
