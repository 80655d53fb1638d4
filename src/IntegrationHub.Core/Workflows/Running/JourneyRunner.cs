using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>What came out of running something through a contact's workflows.</summary>
/// <param name="State">The new state, to be stored with the effects in one transaction.</param>
/// <param name="Effects">What was done, in order: lines of the journal and commands.</param>
/// <param name="Routing">Who was given what so far.</param>
/// <param name="NextDue">When time has to wake the contact; null when it need not.</param>
/// <param name="Requests">What is to be asked outside.</param>
public sealed record JourneyOutcome(JourneyState State, ImmutableArray<Effect> Effects, RoutingState Routing, DateTimeOffset? NextDue, ImmutableArray<PlacedRequest> Requests);

/// <summary>
/// The pure reducer of one contact's workflows: production, simulator, test and replay run this same one. State in, state and effects out; no clock, no chance, no I/O.
/// An event that arrives after later ones were run is put in its right place: the run goes back to the last timer and runs the events since in order of time.
/// What was done stays done: an effect is known by its key and is never given twice.
/// </summary>
/// <param name="set">The workflows and rules in force.</param>
public sealed class JourneyRunner(WorkflowSet set)
{
    // A contact that floods is not gone back behind further than this.
    private const int MostSince = 200;

    /// <summary>Runs an event.</summary>
    /// <param name="facts">The contact; the event is among its events.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="e">The event. One that was run already since the last timer changes nothing.</param>
    /// <param name="arrived">When it came; its own time in a simulation.</param>
    /// <param name="routing">Who was given what so far.</param>
    public JourneyOutcome OnEvent(ContactFacts facts, JourneyState state, HubEvent e, DateTimeOffset arrived, RoutingState routing)
    {
        if (state.Since.Contains(e.Id)) return new JourneyOutcome(state, [], routing, new JourneyRun(set, facts, state.Current, [], routing).NextDue(), []);
        var since = state.Since.Select(id => facts.Events.Find(id)).OfType<HubEvent>().Append(e).Order().ToList();
        var inOrder = ReferenceEquals(since[^1], e) || e.At < state.Checkpoint.Clock;
        var run = new JourneyRun(set, facts, inOrder ? state.Current : state.Checkpoint with { Sent = state.Current.Sent }, state.Emitted, routing) { Before = inOrder ? null : state.Current };
        if (inOrder) run.Event(e, arrived);
        else
            foreach (var one in since) run.Event(one, one == e ? arrived : one.At);

        var floods = since.Count > MostSince;
        var after = new JourneyState(run.Journey, floods ? run.Journey : state.Checkpoint, floods ? [] : [.. since.Select(s => s.Id)], floods ? [] : [.. run.Emitted]);
        return new JourneyOutcome(after, [.. run.Effects], run.Routing, run.NextDue(), [.. run.Requests]);
    }

    /// <summary>Runs all that is due.</summary>
    /// <param name="facts">The contact.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="now">The present.</param>
    /// <param name="routing">Who was given what so far.</param>
    public JourneyOutcome OnTime(ContactFacts facts, JourneyState state, DateTimeOffset now, RoutingState routing)
    {
        var run = new JourneyRun(set, facts, state.Current, [], routing);
        run.Time(now);
        return Settled(run);
    }

    /// <summary>Runs a change of the contact: it was fixed, merged, edited, or has said yes or no.</summary>
    /// <param name="facts">The contact as it is now.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="now">The present.</param>
    /// <param name="routing">Who was given what so far.</param>
    public JourneyOutcome OnChange(ContactFacts facts, JourneyState state, DateTimeOffset now, RoutingState routing)
    {
        var run = new JourneyRun(set, facts, state.Current, [], routing);
        run.Change(now);
        return Settled(run);
    }

    /// <summary>Takes note of what is history: whatever condition holds by it is a baseline, and starts nothing.</summary>
    /// <param name="facts">The contact, with its history.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="now">The present.</param>
    /// <param name="routing">Who was given what so far.</param>
    public JourneyOutcome Absorb(ContactFacts facts, JourneyState state, DateTimeOffset now, RoutingState routing)
    {
        var run = new JourneyRun(set, facts, state.Current, [], routing);
        run.Absorb(now);
        return Settled(run);
    }

    /// <summary>Enrols a contact by hand or through the API; the rules of entry hold.</summary>
    /// <param name="facts">The contact.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="workflow">The launched workflow.</param>
    /// <param name="now">The present.</param>
    /// <param name="why">By whom, as the journal has it.</param>
    /// <param name="routing">Who was given what so far.</param>
    public JourneyOutcome Enrol(ContactFacts facts, JourneyState state, LaunchedWorkflow workflow, DateTimeOffset now, string why, RoutingState routing)
    {
        var run = new JourneyRun(set, facts, state.Current, [], routing);
        run.Enrol(workflow, now, why);
        return Settled(run);
    }

    /// <summary>True when a contact already fits at launch: it enters only where the workflow includes who exists.</summary>
    /// <param name="facts">The contact.</param>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="launched">The workflow, with its launch.</param>
    public bool FitsAtLaunch(ContactFacts facts, JourneyState state, LaunchedWorkflow launched)
    {
        var view = new ContactView(set, facts, state.Current, facts.Events.Until(launched.LaunchedAt), launched.LaunchedAt);
        return launched.Workflow.Triggers.Any(t => t.Watches?.Holds(view) ?? false) && (launched.Workflow.Only?.Holds(view) ?? true);
    }

    /// <summary>Lets a contact that fitted at launch enter at its turn.</summary>
    /// <param name="state">Where its workflows stand.</param>
    /// <param name="launched">The workflow.</param>
    /// <param name="at">Its turn.</param>
    public static JourneyState Admit(JourneyState state, LaunchedWorkflow launched, DateTimeOffset at)
    {
        if (state.Current.Held.Any(h => h.Workflow == launched.Workflow.Name && h.DueAt is not null)) return state;
        var held = new HeldEntry(launched.Workflow.Name, at, null, at, at + launched.Workflow.Hold, "fitted at launch");
        return JourneyState.Of(state.Current with { Held = state.Current.Held.Add(held) });
    }

    private static JourneyOutcome Settled(JourneyRun run) => new(JourneyState.Of(run.Journey), [.. run.Effects], run.Routing, run.NextDue(), [.. run.Requests]);
}
