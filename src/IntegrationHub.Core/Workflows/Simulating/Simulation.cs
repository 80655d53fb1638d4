using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a simulation is run over.</summary>
/// <param name="Contacts">The contacts, without events.</param>
/// <param name="Events">Events, in any order; a repeated id counts once.</param>
/// <param name="From">The virtual clock begins here: earlier events are history.</param>
/// <param name="Until">It ends before this.</param>
public sealed record SimulationInput(ImmutableArray<ContactFacts> Contacts, ImmutableArray<SimulatedEvent> Events, DateTimeOffset From, DateTimeOffset Until);

/// <summary>An event with whom it is of, and what it tells of them.</summary>
/// <param name="Contact">The contact's id.</param>
/// <param name="Event">The event.</param>
/// <param name="Fields">Clean values of fields that it carries, as a form does; they fill what is not known yet.</param>
/// <param name="Consents">What it says about permission.</param>
public sealed record SimulatedEvent(string Contact, HubEvent Event, FieldValues Fields, ImmutableArray<ConsentFact> Consents);

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
        private (int Contact, SimulatedEvent Of)[] events = [];
        private RoutingState routing = RoutingState.Empty;

        public List<Effect> Effects { get; } = [];

        public void Begin()
        {
            for (var i = 0; i < facts.Length; i++) indexOf.Add(facts[i].Id, i);
            states = new JourneyState[facts.Length];
            due = new DateTimeOffset?[facts.Length];
            Array.Fill(states, JourneyState.Empty);
            events = [.. input.Events.Where(e => e.Event.At < input.Until && indexOf.ContainsKey(e.Contact)).OrderBy(e => e.Event).DistinctBy(e => e.Event.Id, StringComparer.Ordinal).Select(e => (indexOf[e.Contact], e))];
            foreach (var history in events.Where(e => e.Of.Event.At < input.From).GroupBy(e => e.Contact))
            {
                foreach (var (contact, of) in history) facts[contact] = Told(facts[contact], of);
                facts[history.Key] = facts[history.Key] with { Events = EventLog.Of(history.Select(h => h.Of.Event)) };
            }

            Launch();
            for (var i = 0; i < facts.Length; i++) Take(i, runner.OnTime(facts[i], states[i], input.From, routing));
        }

        public void Play(CancellationToken ct)
        {
            foreach (var (contact, of) in events.Where(x => x.Of.Event.At >= input.From))
            {
                ct.ThrowIfCancellationRequested();
                // At one instant the event comes first: an order in the minute of a reminder still stops it.
                RunTimers(of.Event.At);
                var told = Told(facts[contact], of);
                facts[contact] = told with { Events = told.Events.With(of.Event) };
                Take(contact, runner.OnEvent(facts[contact], states[contact], of.Event, of.Event.At, routing));
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

        /// <summary>A form fills what is not known of the contact, and a yes or no on it counts from then on.</summary>
        private static ContactFacts Told(ContactFacts facts, SimulatedEvent of)
        {
            var values = facts.Values;
            foreach (var (field, value) in of.Fields.Present())
                if (values[field] is null) values = values.With(field, value);
            if (of.Consents.IsEmpty) return ReferenceEquals(values, facts.Values) ? facts : facts with { Values = values };
            var kept = facts.Consents.Where(c => !of.Consents.Any(n => n.Channel == c.Channel && n.Purpose == c.Purpose));
            return facts with { Values = values, Consents = [.. kept, .. of.Consents] };
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
