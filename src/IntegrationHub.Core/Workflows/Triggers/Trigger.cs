using System.Collections.Immutable;
using System.Reflection;

namespace IntegrationHub.Workflows;

/// <summary>What starts a workflow for a contact. Immutable.</summary>
public abstract record Trigger
{
    /// <summary>In plain words.</summary>
    public abstract string Text { get; }

    /// <summary>True when this event starts it.</summary>
    public virtual bool FiresOn(HubEvent e) => false;

    /// <summary>An event older than this when it arrives starts nothing.</summary>
    public virtual TimeSpan MaxAge => TimeSpan.FromHours(24);

    /// <summary>The condition that starts it when it comes to hold; null where only events do.</summary>
    public virtual Condition? Watches => null;

    /// <summary>True where a change of the contact, or time, may start it, so that contacts have to be looked at.</summary>
    public virtual bool LooksAtContacts => Watches is not null;
}

/// <summary>One kind of trigger of the closed list; each stands in one file, and <see cref="TriggerKinds.All"/> finds it.</summary>
/// <param name="Name">The key that names it.</param>
/// <param name="Description">One line for a person who writes a workflow.</param>
/// <param name="Keys">Further keys, with a line of what each means.</param>
/// <param name="Examples">At least one, as YAML in one line.</param>
/// <param name="Read">Reads it; null where a mistake was noted.</param>
public sealed record TriggerKind(string Name, string Description, ImmutableArray<(string Key, string Meaning)> Keys, ImmutableArray<string> Examples, Func<DefinitionMap, Trigger?> Read);

/// <summary>The closed list of triggers.</summary>
public static class TriggerKinds
{
    /// <summary>All kinds by the key that names them.</summary>
    public static ImmutableSortedDictionary<string, TriggerKind> All { get; } = typeof(TriggerKinds).Assembly.GetTypes()
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(TriggerKind)))
        .Select(p => (TriggerKind)p.GetValue(null)!)
        .ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);

    /// <summary>Reads the triggers under a key.</summary>
    public static ImmutableArray<Trigger> Read(DefinitionMap map, string key)
    {
        var triggers = ImmutableArray.CreateBuilder<Trigger>();
        foreach (var one in map.Maps(key, required: true))
        {
            var kind = one.Node.Entries.Select(e => All.GetValueOrDefault(e.Key.Value)).FirstOrDefault(k => k is not null);
            if (kind is null)
            {
                one.Notes.Error(one.Node, one.Where, $"no trigger is named here. One of: {string.Join(", ", All.Keys)}.");
                continue;
            }

            if (kind.Read(one) is { } trigger) triggers.Add(trigger);
            one.RefuseUnknownKeys();
        }

        return triggers.ToImmutable();
    }
}

/// <summary>An event starts it.</summary>
/// <param name="Pattern">Which.</param>
/// <param name="Age">How old it may be when it arrives.</param>
public sealed record EventTrigger(EventPattern Pattern, TimeSpan Age) : Trigger
{
    /// <summary>The kind.</summary>
    public static TriggerKind Kind { get; } = new("event", "The contact does this: sends a form, visits a page, clicks a mail, buys, changes its cart.",
        [("where", "Tests of the event's properties."), ("max_age", "An event that is older when it arrives starts nothing; 24h unless told.")],
        ["event: form.submitted", "event: page.viewed, where: { path: { starts_with: /pricing } }", "event: order.placed, max_age: 2d"],
        map => EventPattern.Read(map) is var pattern && map.Duration("max_age") is var age && pattern is not null ? new EventTrigger(pattern, age ?? TimeSpan.FromHours(24)) : null);

    /// <inheritdoc/>
    public override string Text => Pattern.Text;

    /// <inheritdoc/>
    public override TimeSpan MaxAge => Age;

    /// <inheritdoc/>
    public override bool FiresOn(HubEvent e) => Pattern.Matches(e);
}

/// <summary>A condition that comes to hold starts it: a segment or a list is entered, a field gets a value, a time without any sign of life has passed.</summary>
/// <param name="Condition">The condition.</param>
public sealed record ConditionTrigger(Condition Condition) : Trigger
{
    /// <summary>The kind.</summary>
    public static TriggerKind When { get; } = new("when", "This condition comes to hold.", [], ["when: { score: total, at_least: 60 }", "when: { field: country, is: DE }"],
        map => ConditionKinds.Read(map, "when", required: true) is { } condition ? new ConditionTrigger(condition) : null);

    /// <summary>The kind.</summary>
    public static TriggerKind Segment { get; } = new("segment", "The contact enters this segment.", [], ["segment: vip", "segment: pricing-visitors-without-demo"],
        map => map.Text("segment", required: true) is { } name ? new ConditionTrigger(new SegmentCondition(name)) : null);

    /// <summary>The kind.</summary>
    public static TriggerKind List { get; } = new("list", "The contact gets this tag, or comes onto this list.", [], ["list: newsletter", "list: vip"],
        map => map.Text("list", required: true) is { } tag ? new ConditionTrigger(new TagCondition(tag)) : null);

    /// <summary>The kind.</summary>
    public static TriggerKind Inactive { get; } = new("inactive_for", InactiveCondition.Kind.Description, InactiveCondition.Kind.Keys, InactiveCondition.Kind.Examples,
        map => InactiveCondition.Kind.Read(map) is { } condition ? new ConditionTrigger(condition) : null);

    /// <inheritdoc/>
    public override string Text => Condition.Text;

    /// <inheritdoc/>
    public override Condition Watches => Condition;
}

/// <summary>Only a person, the API or another workflow starts it.</summary>
/// <param name="By">Which of them.</param>
public sealed record ByHandTrigger(string By) : Trigger
{
    /// <summary>The kind.</summary>
    public static TriggerKind Manual { get; } = new("manual", "A person enrols contacts: hub workflow enrol.", [], ["manual: true"], map => map.Flag("manual", true) ? new ByHandTrigger("manual") : null);

    /// <summary>The kind.</summary>
    public static TriggerKind Api { get; } = new("api", "A program enrols contacts.", [], ["api: true"], map => map.Flag("api", true) ? new ByHandTrigger("api") : null);

    /// <summary>The kind.</summary>
    public static TriggerKind Workflow { get; } = new("started_by", "Another workflow hands contacts over, with a start step or an exit.", [], ["started_by: lead-nurture"],
        map => map.Text("started_by", required: true) is { } name ? new ByHandTrigger(name) : null);

    /// <inheritdoc/>
    public override string Text => By switch { "manual" => "by hand", "api" => "by the API", _ => $"handed over by {By}" };
}
