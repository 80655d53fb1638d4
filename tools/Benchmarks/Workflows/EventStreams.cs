using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Workflows;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>What shuffled streams came to.</summary>
/// <param name="Streams">How many.</param>
/// <param name="Compared">Those in which the shuffle sent nothing that the order would not have sent: their enrolments must be equal. What is sent stays sent, so that the others may differ.</param>
/// <param name="Broken">What differs, with the stream's number.</param>
public sealed record EventStreamsResult(int Streams, int Compared, ImmutableArray<string> Broken);

/// <summary>Random streams of events, once in order, once shuffled and repeated ahead of the next due timer: facts, segments and scores are equal, enrolments are, and nothing is sent twice.</summary>
public static class EventStreams
{
    private const int Days = 20;

    private static readonly DateTimeOffset Launch = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    public static EventStreamsResult Run(int streams, int seed, string mappings)
    {
        var (set, compared, broken) = (MadeLives.FiveWorkflows(mappings, Launch), 0, ImmutableArray.CreateBuilder<string>());
        for (var n = 0; n < streams; n++)
        {
            var random = new Random(unchecked((int)((seed * 1_000_003L) + n)));
            var facts = MadeLives.Contact(random, "c", Launch);
            var events = MadeLives.Events(random, "c", Launch, Days, 0.8);
            var inOrder = Play(set, facts, Parts(set, facts, events));
            var shuffled = Play(set, facts, [.. Parts(set, facts, events).Select(p => Shuffled(random, p))]);
            if (inOrder.Facts != shuffled.Facts) broken.Add($"seed {seed}, stream {n}: facts, segments or scores differ:\n{inOrder.Facts}\n{shuffled.Facts}");
            if (shuffled.Sent.Distinct(StringComparer.Ordinal).Count() != shuffled.Sent.Count) broken.Add($"seed {seed}, stream {n}: sent twice");
            if (!inOrder.Sent.Order(StringComparer.Ordinal).SequenceEqual(shuffled.Sent.Order(StringComparer.Ordinal), StringComparer.Ordinal)) continue;
            compared++;
            if (inOrder.Enrolments != shuffled.Enrolments) broken.Add($"seed {seed}, stream {n}: enrolments differ:\n{inOrder.Enrolments}\n{shuffled.Enrolments}");
        }

        return new EventStreamsResult(streams, compared, broken.ToImmutable());
    }

    /// <summary>The events parted where a timer runs between two of them: a shuffle within a part stays ahead of the next due timer.</summary>
    private static List<List<HubEvent>> Parts(WorkflowSet set, ContactFacts facts, List<HubEvent> events)
    {
        var (run, parts) = (new Playing(set, facts), new List<List<HubEvent>>());
        foreach (var e in events)
        {
            if (run.RunTimers(e.At) || parts.Count == 0) parts.Add([]);
            parts[^1].Add(e);
            run.Event(e);
        }

        return parts;
    }

    private static List<HubEvent> Shuffled(Random random, List<HubEvent> part)
    {
        HubEvent[] all = [.. part, .. part.Where(_ => random.Next(3) == 0)];
        random.Shuffle(all);
        return [.. all];
    }

    private static (string Facts, string Enrolments, IReadOnlyList<string> Sent) Play(WorkflowSet set, ContactFacts facts, List<List<HubEvent>> parts)
    {
        var run = new Playing(set, facts);
        foreach (var part in parts)
        {
            run.RunTimers(part.Min(e => e.At));
            foreach (var e in part) run.Event(e);
        }

        run.RunTimers(Launch.AddDays(Days + 60));
        return (run.FactsText(), run.EnrolmentsText(), run.Sent);
    }

    private sealed class Playing(WorkflowSet set, ContactFacts facts)
    {
        private readonly JourneyRunner runner = new(set);
        private readonly List<string> sent = [];
        private ContactFacts facts = facts;
        private JourneyState state = JourneyState.Empty;
        private DateTimeOffset? due = Launch;

        internal IReadOnlyList<string> Sent => sent;

        internal bool RunTimers(DateTimeOffset before)
        {
            var ran = false;
            while (due is { } at && at < before)
            {
                Take(runner.OnTime(facts, state, at, RoutingState.Empty));
                ran = true;
            }

            return ran;
        }

        internal void Event(HubEvent e)
        {
            facts = facts with { Events = facts.Events.With(e) };
            Take(runner.OnEvent(facts, state, e, e.At, RoutingState.Empty));
        }

        internal string FactsText()
        {
            var view = new ContactView(set, facts, state.Current, facts.Events, Launch.AddDays(Days + 60));
            var scores = set.Scoring.Of(view);
            return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', facts.Events.InOrder().Select(e => e.Id))}; {string.Join(' ', set.Segments.Select(s => s.Condition.Holds(view)))}; {scores.Fit} {scores.Behaviour}");
        }

        internal string EnrolmentsText() => string.Join('\n', state.Current.Enrolments.Select(e =>
            string.Create(CultureInfo.InvariantCulture, $"{e.Workflow} {e.Visit} {e.EnteredAt:s} {e.EventId} {e.State} {e.Step} {e.WakeAt:s} {string.Join('>', e.Path)} {e.Messages} {e.LastSendAt:s} {e.ConvertedAt:s} {e.EndedAt:s} {e.Outcome}")));

        private void Take(JourneyOutcome outcome)
        {
            (state, due) = (outcome.State, outcome.NextDue);
            sent.AddRange(outcome.Effects.Select(x => x.Payload).OfType<EffectPayload.Message>().Select(m => m.MessageKey.Value));
        }
    }
}
