namespace IntegrationHub.Workflows;

/// <summary>Waits for a time, for an hour of the contact's own day, or for an event.</summary>
/// <param name="For">So long; null where it waits otherwise.</param>
/// <param name="RestartOn">An event that starts the time anew; null for none.</param>
/// <param name="AtMost">With <paramref name="RestartOn"/>: no longer than this in all.</param>
/// <param name="Until">The minute of the contact's own day; null where it waits otherwise.</param>
/// <param name="OnDays">With <paramref name="Until"/>: on these days; empty for any.</param>
/// <param name="ForEvent">The event; null where it waits otherwise.</param>
/// <param name="SinceLastSend">With <paramref name="ForEvent"/>: one since the last message, or since entry, that came before the step counts, too.</param>
/// <param name="Timeout">With <paramref name="ForEvent"/>: no longer than this.</param>
/// <param name="OnEvent">The step after the event.</param>
/// <param name="OnTimeout">The step after the time-out.</param>
public sealed record WaitStep(
    TimeSpan? For,
    EventPattern? RestartOn,
    TimeSpan? AtMost,
    int? Until,
    System.Collections.Immutable.ImmutableArray<DayOfWeek> OnDays,
    EventPattern? ForEvent,
    bool SinceLastSend,
    TimeSpan? Timeout,
    string? OnEvent,
    string? OnTimeout) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("wait", "Waits: for a time, until an hour of the contact's own day, or for an event with a time-out.",
        [
            ("for", "So long: 45m, 24h, 3d."), ("restart_on", "An event that starts the time anew."), ("at_most", "With restart_on: no longer than this in all."), ("until", "An hour of the contact's own day: 09:00."),
            ("days", "With until: on these days, such as [mon, tue]."), ("event", "Waits for this event."), ("where", "Tests of the event's properties."), ("timeout", "With event: no longer than this."), ("since_last_send", "With event: false, where one that came before this step does not count; true unless told."),
            ("then", "Steps after the event."), ("else", "Steps after the time-out."),
        ],
        ["wait: 3d", "wait: { for: 30m, restart_on: cart.updated, at_most: 55m }", "wait: { until: \"09:00\", days: [mon, tue, wed, thu, fri] }",
            "wait: { event: email.clicked, timeout: 3d, then: [{ exit: clicked }] }"],
        Read);

    private static WaitStep? Read(StepReader step)
    {
        var map = step.Map;
        var (time, until, ofEvent) = (map.Duration("for"), LocalTime.Minute(map, "until"), map.Has("event"));
        var ways = (map.Has("for") ? 1 : 0) + (map.Has("until") ? 1 : 0) + (ofEvent ? 1 : 0);
        if (ways != 1) map.Notes.Error(map.Node, map.Where, "a wait has one of 'for', 'until' and 'event'.");
        var restart = map.EventType("restart_on") is { } type ? new EventPattern(type, []) : null;
        var pattern = ofEvent ? EventPattern.Read(map) : null;
        var timeout = ofEvent ? map.Duration("timeout", required: true) : null;
        var most = map.Duration("at_most");
        if (restart is not null && most is null) map.Error("restart_on", "'restart_on' needs 'at_most': else a contact could wait for ever.");
        return new WaitStep(
            time, restart, most, until, LocalTime.Days(map, "days"), pattern, map.Has("event") && map.Flag("since_last_send", true), timeout,
            ofEvent ? step.Arm("then") : null, ofEvent ? step.Arm("else") : null);
    }

    /// <inheritdoc/>
    public override string KindName => "wait";

    /// <inheritdoc/>
    public override string Text => this switch
    {
        { For: { } time } => $"wait {Durations.Text(time)}{(RestartOn is { } again ? $" after the last {again.Type}, {Durations.Text(AtMost ?? time)} at most" : "")}",
        { Until: { } minute } => $"wait until {minute / 60:00}:{minute % 60:00}",
        { ForEvent: { } pattern } => $"wait for {pattern.Text}, {Durations.Text(Timeout ?? TimeSpan.Zero)} at most",
        _ => "wait",
    };

    /// <inheritdoc/>
    public override System.Collections.Immutable.ImmutableArray<(string Arm, string? To)> Arms => ForEvent is null ? [] : [("event", OnEvent), ("time-out", OnTimeout)];

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        if (ForEvent is not null) return Event(context);
        var due = Due(context);
        return due <= context.Now ? new StepResult.GoOn(Next) : new StepResult.Stay(due, Text);
    }

    private DateTimeOffset Due(StepContext context)
    {
        var from = context.Enrolment.StepSince;
        if (Until is { } minute) return LocalTime.NextAt(context.View, minute, OnDays, from);
        var due = from + For!.Value;
        if (RestartOn is null) return due;
        var last = context.View.Events.LatestFirst().FirstOrDefault(RestartOn.Matches);
        return last is not null && last.At + For.Value > due ? Earlier(last.At + For.Value, from + AtMost!.Value) : due;
    }

    private StepResult Event(StepContext context)
    {
        var since = SinceLastSend ? context.Enrolment.LastSendAt ?? context.Enrolment.Since : context.Enrolment.StepSince;
        foreach (var e in context.View.Events.LatestFirst())
        {
            if (e.At < since) break;
            // What started the enrolment is not what it waits for.
            if (e.Id != context.Enrolment.EventId && ForEvent!.Matches(e)) return new StepResult.GoOn(OnEvent, "event");
        }

        var due = context.Enrolment.StepSince + Timeout!.Value;
        return due <= context.Now ? new StepResult.GoOn(OnTimeout, "time-out") : new StepResult.Stay(due, Text);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
