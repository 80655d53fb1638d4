using System.Collections.Immutable;
using IntegrationHub.Vocabulary;
using NodaTime;

namespace IntegrationHub.Workflows.Testing;

/// <summary>One made-up contact on its way through one workflow, on a virtual clock, by the production reducer. Immutable: a way that parts is gone both ways.</summary>
internal sealed record TestRun(WorkflowSet Set, LaunchedWorkflow Launched, ContactFacts Facts, JourneyState State, DateTimeOffset Now, DateTimeOffset? NextDue, ImmutableArray<Effect> Effects, ImmutableArray<string> Moves, int Events)
{
    private static readonly DateTimeOffset Launch = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    // A Tuesday without any change of clocks near it.
    internal static readonly LocalDate Start = new(2026, 3, 10);

    private JourneyRunner Runner => new(Set);

    /// <summary>The enrolment of the workflow under test; null where it was refused.</summary>
    internal Enrolment? Enrolment => State.Current.Enrolments.LastOrDefault(e => e.Workflow == Launched.Workflow.Name);

    /// <summary>When the contact entered, or would have.</summary>
    internal DateTimeOffset Began => Effects.FirstOrDefault(e => e.Workflow == Launched.Workflow.Name)?.At ?? Now;

    internal bool IsWaiting => Enrolment is { IsActive: true } && NextDue is not null;

    /// <summary>Starts a scene: its earlier events, then what triggers the workflow.</summary>
    internal static TestRun Begin(WorkflowSet set, LaunchedWorkflow workflow, TestScene scene, Trigger trigger, ImmutableArray<SentMessage> sent, string contact)
    {
        var zone = DateTimeZoneProviders.Tzdb[scene.Values[Field.TimeZone] ?? "Etc/UTC"];
        var start = LocalTimeOf(zone, scene.Local);
        var consents = new[] { (Channel.Email, scene.Email), (Channel.Sms, scene.Sms) }.Where(c => c.Item2 is not null)
            .Select(c => new ConsentFact(c.Item1, Purposes.Marketing, c.Item2!.Value, Launch)).ToImmutableArray();
        var facts = new ContactFacts(contact, scene.Values, scene.Hygiene, Launch + TimeSpan.FromHours(1), null, consents, [], EventLog.Empty);
        var journey = Journey.Empty with { Clock = Launch, Sent = sent };
        var run = new TestRun(set, workflow, facts, JourneyState.Of(journey), start - TimeSpan.FromHours(2), null, [], [], 0);
        foreach (var before in scene.Before) run = run.Do(before, run.Now + TimeSpan.FromSeconds(20), null);
        run = run with { Now = start };
        return trigger switch
        {
            EventTrigger { Pattern: var pattern } => run.Do(pattern, start, null),
            FieldChangedTrigger changed => run.Turned(changed, start),
            ByHandTrigger by => run.Took(run.Runner.Enrol(run.Facts, run.State, workflow, start, by.Text, RoutingState.Empty)),
            _ => run.Took(run.Runner.OnChange(run.Facts, run.State, start, RoutingState.Empty)).UntilEntry(),
        };
    }

    /// <summary>A field of the contact becomes another: it was something else the day before.</summary>
    private TestRun Turned(FieldChangedTrigger changed, DateTimeOffset at)
    {
        var becomes = changed.To.IsEmpty ? Facts.Values[changed.Field] ?? changed.From.FirstOrDefault() + " no more" : changed.To.Contains(Facts.Values[changed.Field] ?? "", StringComparer.OrdinalIgnoreCase) ? Facts.Values[changed.Field] : changed.To[0];
        var was = changed.From.FirstOrDefault(f => f != becomes);
        var before = this with { Facts = Facts with { Values = Facts.Values.With(changed.Field, was) } };
        before = before.Took(Runner.OnChange(before.Facts, State, at - TimeSpan.FromDays(1), RoutingState.Empty)) with { Facts = Facts with { Values = Facts.Values.With(changed.Field, becomes) } };
        return before.Took(Runner.OnChange(before.Facts, before.State, at, RoutingState.Empty));
    }

    /// <summary>The contact does something.</summary>
    internal TestRun Do(EventPattern pattern, DateTimeOffset at, string? move, ImmutableArray<string> same = default)
    {
        var trigger = Enrolment?.EventId is { } id ? Facts.Events.Find(id) : null;
        var e = TestScene.Event(pattern, $"test-{Events + 1:000}", at, trigger, same);
        var facts = Facts with { Events = Facts.Events.With(e) };
        var next = this with { Facts = facts, Events = Events + 1, Now = at, Moves = move is null ? Moves : Moves.Add(move) };
        return next.Took(Runner.OnEvent(facts, State, e, at, RoutingState.Empty));
    }

    /// <summary>Somebody enrols the contact.</summary>
    internal TestRun Enrol(DateTimeOffset at, string why) => (this with { Now = at }).Took(Runner.Enrol(Facts, State, Launched, at, why, RoutingState.Empty));

    /// <summary>Time goes on to what is due next.</summary>
    internal TestRun Wait()
    {
        var due = NextDue ?? throw new InvalidOperationException("Nothing is due: the run is not waiting.");
        return (this with { Now = due }).Took(Runner.OnTime(Facts, State, due, RoutingState.Empty));
    }

    /// <summary>The contact itself becomes another: merged, fixed, changed.</summary>
    internal TestRun Change(ContactFacts facts, string move) =>
        (this with { Facts = facts, Moves = Moves.Add(move) }).Took(Runner.OnChange(facts, State, Now, RoutingState.Empty));

    /// <summary>A condition that only time brings about, such as silence, is waited for.</summary>
    private TestRun UntilEntry()
    {
        var run = this;
        for (var i = 0; i < 400 && run.Enrolment is null && run.NextDue is not null && run.Effects.IsEmpty; i++) run = run.Wait();
        return run;
    }

    private TestRun Took(JourneyOutcome outcome) => this with { State = outcome.State, NextDue = outcome.NextDue, Effects = Effects.AddRange(outcome.Effects) };

    private static DateTimeOffset LocalTimeOf(DateTimeZone zone, TimeSpan local) => LocalTime.At(zone, Start, (int)local.TotalMinutes);
}
