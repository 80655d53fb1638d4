using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>A field of the golden record becomes another. What it was is kept in the journey; what it is when the contact is first looked at, or has become by history, is where counting begins.</summary>
/// <param name="Field">The field.</param>
/// <param name="From">It was one of these; empty for anything, none included.</param>
/// <param name="To">It has become one of these; empty for anything, none included.</param>
public sealed record FieldChangedTrigger(Field Field, ImmutableArray<string> From, ImmutableArray<string> To) : Trigger
{
    /// <summary>The kind.</summary>
    public static TriggerKind Kind { get; } = new("changed", "A field of the golden record becomes another.", [("from", "It was one of these; anything unless told."), ("to", "It has become one of these; anything unless told.")],
        ["changed: owner", "changed: country, from: [DE, AT], to: CH", "changed: job_title"],
        map => (Field: map.FieldNamed("changed", required: true), From: map.Texts("from"), To: map.Texts("to")) is { Field: { } field } read ? new FieldChangedTrigger(field, read.From, read.To) : null);

    /// <inheritdoc/>
    public override string Text => $"{Fields.NameOf(Field)} changed{(From.IsEmpty ? "" : $" from {string.Join(" or ", From)}")}{(To.IsEmpty ? "" : $" to {string.Join(" or ", To)}")}";

    /// <inheritdoc/>
    public override bool LooksAtContacts => true;

    /// <summary>True when the change from one value to another starts the workflow; empty stands for none.</summary>
    public bool FiresOn(string was, string becomes) => was != becomes && (From.IsEmpty || Among(From, was)) && (To.IsEmpty || Among(To, becomes));

    private bool Among(ImmutableArray<string> wanted, string value) =>
        wanted.Any(w => string.Equals(w, value, StringComparison.OrdinalIgnoreCase) || (Fields.Lists.Contains(Field) && value.Split('\n').Contains(w, StringComparer.OrdinalIgnoreCase)));
}
