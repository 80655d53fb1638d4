using System.Collections.Immutable;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Some contacts' workflows, run in memory by the pure reducer until they are saved in one transaction.</summary>
/// <param name="set">The workflows in force.</param>
/// <param name="writer">Makes messages of what was composed.</param>
/// <param name="facts">The contacts.</param>
/// <param name="rows">Their journeys as they are kept.</param>
/// <param name="routing">Who was given what so far.</param>
/// <param name="now">The present.</param>
internal sealed class JourneyBatch(
    WorkflowSet set, MessageWriter writer, IReadOnlyDictionary<GoldenId, ContactFacts> facts, IReadOnlyDictionary<GoldenId, JourneyRow> rows, RoutingState routing, DateTimeOffset now)
{
    private readonly JourneyRunner runner = new(set);
    private static readonly TimeSpan TryFailedAgain = TimeSpan.FromHours(1);

    private readonly Dictionary<GoldenId, Run> runs = [];
    private readonly Dictionary<GoldenId, string> failures = [];
    private readonly List<GoldenId> resting = [];
    private bool isRouted;

    /// <summary>Contacts whose workflows failed, with the reason.</summary>
    public IReadOnlyDictionary<GoldenId, string> Failures => failures;

    /// <summary>Who was given what, with what this batch has decided.</summary>
    public RoutingState Routing { get; private set; } = routing;

    /// <summary>The same; null where this batch has given nobody anything.</summary>
    public RoutingState? RoutingIfChanged => isRouted ? Routing : null;

    /// <summary>True where the contact is known and lives.</summary>
    public bool Has(GoldenId id) => facts.ContainsKey(id);

    /// <summary>Runs an event of a contact; history only counts.</summary>
    public void Event(GoldenId id, EventRow row)
    {
        var run = Of(id);
        run.Facts = run.Facts with { Events = run.Facts.Events.With(row.Event) };
        run.Suppressions.AddRange(MessageWriter.SuppressionsOf(row.Event, run.Facts));
        if (row.History) Keep(run, runner.Absorb(run.Facts, run.State, row.ReceivedAt, Routing));
        else Keep(run, runner.OnEvent(run.Facts, run.State, row.Event, row.ReceivedAt, Routing));
    }

    /// <summary>Runs all that is due for a contact.</summary>
    public void Time(GoldenId id, DateTimeOffset now) => Keep(Of(id), runner.OnTime(Of(id).Facts, Of(id).State, now, Routing));

    /// <summary>Runs a change of a contact. Where it is history, whatever has come to hold by it is a baseline.</summary>
    public void Change(GoldenId id, DateTimeOffset now, bool history)
    {
        var run = Of(id);
        if (history) Keep(run, runner.Absorb(run.Facts, run.State, now, Routing));
        Keep(run, runner.OnChange(run.Facts, run.State, now, Routing));
    }

    /// <summary>Enrols a contact by hand.</summary>
    public void Enrol(GoldenId id, LaunchedWorkflow workflow, DateTimeOffset now, string why) => Keep(Of(id), runner.Enrol(Of(id).Facts, Of(id).State, workflow, now, why, Routing));

    /// <summary>True when a contact fits already at a launch.</summary>
    public bool FitsAtLaunch(GoldenId id, LaunchedWorkflow launched) => runner.FitsAtLaunch(Of(id).Facts, Of(id).State, launched);

    /// <summary>Lets a contact that fitted at launch in at its turn.</summary>
    public void Admit(GoldenId id, LaunchedWorkflow launched, DateTimeOffset at)
    {
        var run = Of(id);
        run.State = JourneyRunner.Admit(run.State, launched, at);
    }

    /// <summary>True when a workflow has looked at the contact before.</summary>
    public bool IsWatched(GoldenId id, string workflow) => Of(id).State.Current.Watched.Keys.Any(k => k.StartsWith(workflow + "#", StringComparison.Ordinal));

    /// <summary>Nothing of a contact's run is kept; it is woken again later.</summary>
    public void Fail(GoldenId id, string why)
    {
        failures[id] = why;
        var before = rows.GetValueOrDefault(id) ?? JourneyRow.None;
        runs[id] = new Run(id, facts[id], before) { DueAt = before.Change > 0 ? now + TryFailedAgain : null };
    }

    /// <summary>Lets a journey rest whose contact is no more.</summary>
    public void Rest(GoldenId id) => resting.Add(id);

    /// <summary>What became of events, with those of contacts that failed set aside.</summary>
    public IReadOnlyList<EventSettlement> Settled(IReadOnlyList<EventSettlement> settled) =>
        failures.Count == 0 ? settled : [.. settled.Select(e => e.Golden is { } golden && failures.ContainsKey(golden) ? e with { State = EventState.Failed } : e)];

    /// <summary>How many contacts have entered each workflow in this batch without an event of their own.</summary>
    public IReadOnlyDictionary<string, int> Entries() =>
        runs.Values.SelectMany(r => r.Effects.Where(e => e.Kind == EffectKind.Enter && e.EventId is null).Select(e => (e.Workflow, r.Id)).Distinct()).GroupBy(e => e.Workflow, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>What is to be written: contacts whose workflows have not moved are left out.</summary>
    public IReadOnlyList<JourneySave> Saves() =>
    [
        .. runs.Values.Select(Save).OfType<JourneySave>(),
        .. resting.Where(rows.ContainsKey).Select(id => new JourneySave(id, rows[id].State, rows[id].Change, null, [], [], [], [], null)),
    ];

    private Run Of(GoldenId id)
    {
        if (runs.TryGetValue(id, out var run)) return run;
        var row = rows.GetValueOrDefault(id) ?? JourneyRow.None;
        return runs[id] = new Run(id, facts[id], row);
    }

    private void Keep(Run run, JourneyOutcome outcome)
    {
        run.State = outcome.State;
        run.DueAt = outcome.NextDue;
        run.Effects.AddRange(outcome.Effects);
        run.Requests.AddRange(outcome.Requests);
        isRouted |= !ReferenceEquals(Routing, outcome.Routing);
        Routing = outcome.Routing;
    }

    private JourneySave? Save(Run run)
    {
        var before = run.Before.State.Current.Enrolments;
        var changed = run.State.Current.Enrolments.Where(e => !before.Any(b => Same(b, e))).ToList();
        var isMet = run.Before.Change > 0 || run.DueAt is not null || run.Effects.Count > 0 || !run.State.Current.Watched.IsEmpty || !run.State.Current.Seen.IsEmpty || !run.State.Current.Held.IsEmpty;
        if (!isMet && run.Suppressions.Count == 0) return null;
        return new JourneySave(
            run.Id, isMet ? run.State : null, run.Before.Change, run.DueAt, changed, run.Effects, [.. run.Effects.Select(e => writer.MessageOf(e, run.Id)).OfType<MessageAdd>()],
            [.. run.Suppressions, .. run.Effects.Select(e => MessageWriter.SuppressionOf(e, run.Facts)).OfType<SuppressionAdd>()],
            run.Effects.Select(e => e.Payload).OfType<EffectPayload.Scores>().LastOrDefault()?.Of)
        {
            Outbox = [.. run.Requests.Select(r => OutsideWord.Of(r, run.Id)), .. run.Effects.Select(e => writer.SlackOf(e, run.Id)).OfType<OutboxAdd>()],
        };
    }

    private static bool Same(Enrolment a, Enrolment b) => (a with { Path = b.Path }) == b && a.Path.SequenceEqual(b.Path);

    private sealed class Run(GoldenId id, ContactFacts facts, JourneyRow before)
    {
        public GoldenId Id => id;

        public JourneyRow Before => before;

        public ContactFacts Facts { get; set; } = facts;

        public JourneyState State { get; set; } = before.State;

        public DateTimeOffset? DueAt { get; set; }

        public List<Effect> Effects { get; } = [];

        public List<PlacedRequest> Requests { get; } = [];

        public List<SuppressionAdd> Suppressions { get; } = [];
    }
}
