using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>What a simulation is run over.</summary>
/// <param name="Contacts">The contacts, without events.</param>
/// <param name="Events">Events with the id of the contact that each is of, in any order; a repeated id counts once.</param>
/// <param name="From">The virtual clock begins here: earlier events are history.</param>
/// <param name="Until">It ends before this.</param>
public sealed record SimulationInput(ImmutableArray<ContactFacts> Contacts, ImmutableArray<(string Contact, HubEvent Event)> Events, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Runs workflows over contacts and events on a virtual clock: the production reducer, gate and templates, without a database. Pure; the same input gives the same output.
/// All workflows of the set count as launched at the beginning.
/// </summary>
public static class Simulation
{
    /// <summary>What the workflows would have done, ordered by time, then event id.</summary>
    /// <param name="set">The workflows, launched at <see cref="SimulationInput.From"/>.</param>
    /// <param name="input">What over.</param>
    /// <param name="ct">Stops it.</param>
    public static ImmutableArray<Effect> Run(WorkflowSet set, SimulationInput input, CancellationToken ct)
    {
        var run = new VirtualClock(set, input);
        run.Begin();
        run.Play(ct);
        return [.. run.Effects.OrderBy(e => e.At).ThenBy(e => e.EventId ?? "", StringComparer.Ordinal)];
    }

    private sealed class VirtualClock(WorkflowSet set, SimulationInput input)
    {
        private readonly JourneyRunner runner = new(set);
        private readonly ContactFacts[] facts = [.. input.Contacts.OrderBy(c => c.Id, StringComparer.Ordinal)];
        private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
        private readonly PriorityQueue<int, (long Ticks, int Contact)> timers = new();
        private JourneyState[] states = [];
        private DateTimeOffset?[] due = [];
        private (int Contact, HubEvent Event)[] events = [];
        private RoutingState routing = RoutingState.Empty;

        public List<Effect> Effects { get; } = [];

        public void Begin()
        {
            for (var i = 0; i < facts.Length; i++) indexOf.Add(facts[i].Id, i);
            states = new JourneyState[facts.Length];
            due = new DateTimeOffset?[facts.Length];
            Array.Fill(states, JourneyState.Empty);
            events = [.. input.Events.Where(e => e.Event.At < input.Until && indexOf.ContainsKey(e.Contact)).OrderBy(e => e.Event).DistinctBy(e => e.Event.Id, StringComparer.Ordinal).Select(e => (indexOf[e.Contact], e.Event))];
            foreach (var history in events.Where(e => e.Event.At < input.From).GroupBy(e => e.Contact)) facts[history.Key] = facts[history.Key] with { Events = EventLog.Of(history.Select(h => h.Event)) };
            Launch();
            for (var i = 0; i < facts.Length; i++) Take(i, runner.OnTime(facts[i], states[i], input.From, routing));
        }

        public void Play(CancellationToken ct)
        {
            foreach (var (contact, e) in events.Where(x => x.Event.At >= input.From))
            {
                ct.ThrowIfCancellationRequested();
                // At one instant the event comes first: an order in the minute of a reminder still stops it.
                RunTimers(e.At);
                facts[contact] = facts[contact] with { Events = facts[contact].Events.With(e) };
                Take(contact, runner.OnEvent(facts[contact], states[contact], e, e.At, routing));
            }

            RunTimers(input.Until);
        }

        /// <summary>Who fits already enters in turn, where a workflow includes who exists.</summary>
        private void Launch()
        {
            foreach (var launched in set.Launched.Where(l => l.Workflow.IncludeExisting))
            {
                var fit = Enumerable.Range(0, facts.Length).Where(i => runner.FitsAtLaunch(facts[i], states[i], launched)).ToList();
                for (var turn = 0; turn < fit.Count; turn++)
                    states[fit[turn]] = JourneyRunner.Admit(states[fit[turn]], launched, input.From + TimeSpan.FromDays(turn / launched.Workflow.Pace));
            }
        }

        private void RunTimers(DateTimeOffset before)
        {
            while (timers.TryPeek(out var contact, out var at) && at.Ticks < before.UtcTicks)
            {
                timers.Dequeue();
                // The contact has been woken, or has moved its timer, since this was put into the queue.
                if (due[contact]?.UtcTicks != at.Ticks) continue;
                Take(contact, runner.OnTime(facts[contact], states[contact], new DateTimeOffset(at.Ticks, TimeSpan.Zero), routing));
            }
        }

        private void Take(int contact, JourneyOutcome outcome)
        {
            states[contact] = outcome.State;
            routing = outcome.Routing;
            Effects.AddRange(outcome.Effects);
            due[contact] = outcome.NextDue;
            if (outcome.NextDue is { } at) timers.Enqueue(contact, (at.UtcTicks, contact));
        }
    }
}
