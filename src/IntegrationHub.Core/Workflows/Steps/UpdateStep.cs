using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Sets fields and tags of the contact.</summary>
/// <param name="Set">Fields with their values; null takes the value away.</param>
/// <param name="Add">Tags to add.</param>
/// <param name="Remove">Tags to take away.</param>
/// <param name="Log">An activity to write beside the contact in the CRM; null for none.</param>
public sealed record UpdateStep(ImmutableArray<(Field Field, string? Value)> Set, ImmutableArray<string> Add, ImmutableArray<string> Remove, string? Log) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("update", "Sets fields of the contact, adds and removes tags; write-backs follow where a mapping says so.",
        [("set", "Fields with their values; '' takes a value away."), ("add_tags", "Tags to add."), ("remove_tags", "Tags to take away."), ("log", "An activity to write beside the contact in the CRM.")],
        ["update: { set: { owner: Ana Lima } }", "update: { add_tags: [sales-ready], remove_tags: [nurture] }", "update: { log: Handed to sales }"], Read);

    private static UpdateStep? Read(StepReader step)
    {
        var set = ImmutableArray.CreateBuilder<(Field Field, string? Value)>();
        if (step.Map.Map("set") is { } fields)
            foreach (var (key, _) in fields.Entries())
                if (Fields.Find(key) is { } field && Fields.Golden.Contains(field) && !Fields.Lists.Contains(field)) set.Add((field, Value(fields, key, field)));
                else fields.Error(key, $"'{key}' is no field that can be set. {Suggestion.For(key, Fields.Golden.Except(Fields.Lists).Select(Fields.NameOf))}");
        var (add, remove, log) = (step.Map.Texts("add_tags"), step.Map.Texts("remove_tags"), step.Map.Text("log"));
        if (step.Map.Map("set") is null or { Node.Entries.IsEmpty: true } && add.IsEmpty && remove.IsEmpty && log is null) step.Map.Notes.Error(step.Map.Node, step.Map.Where, "nothing is to be changed: give 'set', 'add_tags', 'remove_tags' or 'log'.");
        return new UpdateStep(set.ToImmutable(), add, remove, log);
    }

    /// <summary>As a source's value would be normalised: what a workflow sets is as clean as the rest.</summary>
    private static string? Value(DefinitionMap fields, string key, Field field)
    {
        if (fields.Text(key) is not { } given || string.IsNullOrWhiteSpace(given)) return null;
        var value = GivenValue.Normalise(field, given, null);
        if (value is null) fields.Error(key, GivenValue.Problem(field, given));
        return value;
    }

    /// <inheritdoc/>
    public override string KindName => "update";

    /// <inheritdoc/>
    public override string Text => string.Join(", ", Set.Select(s => $"{Fields.NameOf(s.Field)} = {s.Value ?? "nothing"}").Concat(Add.Select(t => $"tag {t}")).Concat(Remove.Select(t => $"no tag {t}")).Concat(Log is null ? [] : [$"activity: {Log}"]));

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var changes = Set.ToList();
        if (!Add.IsEmpty || !Remove.IsEmpty)
        {
            var tags = context.View.Values.List(Field.Tags).Concat(Add).Except(Remove, StringComparer.OrdinalIgnoreCase).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            changes.Add((Field.Tags, string.Join('\n', tags)));
        }

        foreach (var (field, value) in changes) context.Set(field, value);
        context.Emit(EffectKind.Update, Text, new EffectPayload.Fields([.. changes], Log) { AddTags = Add, RemoveTags = Remove });
        return new StepResult.GoOn(Next);
    }
}
