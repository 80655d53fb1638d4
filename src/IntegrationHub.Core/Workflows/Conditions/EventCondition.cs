
namespace IntegrationHub.Workflows;

/// <summary>From when on events of an enrolment's condition count.</summary>
public enum EventSince
{
    /// <summary>Ever, or within the window.</summary>
    Ever,

    /// <summary>Since the event that started the enrolment; without one, since its entry.</summary>
    Entry,

    /// <summary>Since the enrolment's last message; without one, since its entry.</summary>
    LastSend,
}

/// <summary>The contact did something a number of times, within a window before now.</summary>
/// <param name="Pattern">What.</param>
/// <param name="AtLeast">How often at least.</param>
/// <param name="AtMost">How often at most; null for no limit.</param>
/// <param name="Within">How far back; null for ever.</param>
/// <param name="Since">From when on.</param>
public sealed record EventCondition(EventPattern Pattern, int AtLeast, int? AtMost, TimeSpan? Within, EventSince Since) : Condition
{
    private static readonly Dictionary<string, EventSince> SinceNames = new(StringComparer.Ordinal) { ["entry"] = EventSince.Entry, ["last_send"] = EventSince.LastSend };

    /// <summary>The kind.</summary>
    public static ConditionKind Kind { get; } = new("event", "The contact did this: so often, within a time, since a moment.",
        [
            ("where", "Tests of the event's properties."), ("at_least", "How often at least; 1 unless told."), ("at_most", "How often at most; 0 means never."), ("never", "true: never."),
            ("within", "How far back, such as 14d; ever unless told."), ("since", "entry or last_send: only what came later."),
        ],
        ["event: page.viewed, where: { path: { starts_with: /pricing } }, at_least: 2, within: 14d", "event: demo.requested, never: true", "event: email.clicked, since: last_send"],
        Read);

    private static EventCondition? Read(DefinitionMap map)
    {
        var pattern = EventPattern.Read(map);
        var never = map.Flag("never", false);
        var most = never ? 0 : map.Whole("at_most", 0, 1_000_000);
        var least = map.Whole("at_least", 0, 1_000_000) ?? (most is null ? 1 : 0);
        if (most < least) map.Error("at_most", "'at_most' is below 'at_least': nothing could hold.");
        var condition = pattern is null ? null : new EventCondition(pattern, least, most, map.Duration("within"), map.Choice("since", SinceNames) ?? EventSince.Ever);
        return condition;
    }

    /// <inheritdoc/>
    public override bool Holds(ContactView view)
    {
        var count = 0;
        foreach (var _ in Counted(view))
            if (++count > AtMost) return false;
            else if (AtMost is null && count >= AtLeast) return true;
        return count >= AtLeast;
    }

    /// <inheritdoc/>
    public override DateTimeOffset? NextChange(ContactView view) =>
        Within is { } within && Counted(view).LastOrDefault() is { } oldest ? oldest.At + within + TimeSpan.FromTicks(1) : null;

    /// <inheritdoc/>
    public override string Text =>
        (AtMost == 0 ? $"never {Pattern.Text}" : AtLeast > 1 ? $"{Pattern.Text} at least {AtLeast} times" : Pattern.Text)
        + (AtMost > 0 ? $" at most {AtMost} times" : "")
        + (Within is { } within ? $" within {Durations.Text(within)}" : "")
        + Since switch { EventSince.Entry => " since entry", EventSince.LastSend => " since the last message", _ => "" };

    /// <summary>The events that count, the latest first.</summary>
    private IEnumerable<HubEvent> Counted(ContactView view)
    {
        DateTimeOffset? from = Within is { } within ? view.Now - within : null;
        var since = Since switch { EventSince.Entry => view.EntryTime, EventSince.LastSend => view.LastSendTime ?? view.EntryTime, _ => null };
        foreach (var e in view.Events.LatestFirst())
        {
            if (e.At < from || e.At < since) yield break;
            if (Pattern.Matches(e)) yield return e;
        }
    }
}
