using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>One contact's workflows while one event, instant or change is run through them. Lives for one call; what comes out is immutable.</summary>
internal sealed partial class JourneyRun
{
    // A message that would go out so much later than its event happened is timed by when it really goes out.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    // More steps than this in one instant are a definition that runs in circles.
    private const int MostSteps = 1000;

    private readonly WorkflowSet set;
    private readonly ContactFacts facts;
    private readonly List<Effect> effects = [];
    private readonly List<PlacedRequest> requests = [];
    private readonly HashSet<string> emitted;
    private readonly Queue<(string Workflow, Enrolment From)> starts = new();
    private EventLog events;
    private string? eventId;
    private int emittedByStep;

    internal JourneyRun(WorkflowSet set, ContactFacts facts, Journey journey, IEnumerable<string> emitted, RoutingState routing)
    {
        this.set = set;
        this.facts = facts;
        this.emitted = new HashSet<string>(emitted, StringComparer.Ordinal);
        Journey = journey;
        Routing = routing;
        events = facts.Events.Until(journey.Clock);
        (Now, SendTime) = (journey.Clock, journey.Clock);
    }

    internal Journey Journey { get; private set; }

    /// <summary>Where a late event goes back behind: the journey as it had been run; null where nothing is run again.</summary>
    internal Journey? Before { get; init; }

    internal RoutingState Routing { get; set; }

    internal DateTimeOffset Now { get; private set; }

    internal DateTimeOffset SendTime { get; private set; }

    internal IReadOnlyList<Effect> Effects => effects;

    internal IReadOnlyList<PlacedRequest> Requests => requests;

    internal IReadOnlySet<string> Emitted => emitted;

    internal ContactView View(Enrolment? enrolment) => new(set, facts, Journey, events, Now, enrolment);

    /// <summary>Runs an event in its place.</summary>
    /// <param name="e">The event; it is in the facts.</param>
    /// <param name="arrived">When it came.</param>
    internal void Event(HubEvent e, DateTimeOffset arrived)
    {
        Begin(e.At > Journey.Clock ? e.At : Journey.Clock, arrived);
        events = e.At >= Now ? facts.Events.UpTo(e) : facts.Events.Until(Now);
        eventId = e.Id;
        End(e);
        foreach (var enrolment in Active()) Advance(enrolment, Cause.Event, e);
        foreach (var launched in set.Launched)
            if (e.At >= launched.LaunchedAt && launched.Workflow.Triggers.FirstOrDefault(t => t.FiresOn(e) && arrived - e.At <= t.MaxAge) is { } trigger) Enter(launched, e.At, e.Id, trigger.Text);
        Settle();
    }

    /// <summary>Runs all that is due.</summary>
    internal void Time(DateTimeOffset now)
    {
        Begin(now > Journey.Clock ? now : Journey.Clock, now);
        events = facts.Events.Until(Now);
        eventId = null;
        End(null);
        for (var round = 0; round < MostSteps && RunDue(); round++) { }
        Settle();
    }

    /// <summary>Runs a change of the contact: fixed, merged, consented, edited.</summary>
    internal void Change(DateTimeOffset now)
    {
        Begin(now > Journey.Clock ? now : Journey.Clock, now);
        events = facts.Events.Until(Now);
        eventId = null;
        End(null);
        foreach (var held in Journey.Held.Where(h => h.DueAt is null)) Retry(held);
        foreach (var enrolment in Active()) Advance(enrolment, Cause.Change, null);
        Settle();
    }

    /// <summary>What holds now is a baseline.</summary>
    internal void Absorb(DateTimeOffset now)
    {
        Begin(now > Journey.Clock ? now : Journey.Clock, now);
        events = facts.Events.Until(Now);
        foreach (var (_, key, condition) in Watchers().ToList())
            if (condition.Holds(View(null))) Journey = Journey with { Watched = Journey.Watched.SetItem(key, true) };
        Compare(starts: false);
    }

    /// <summary>Enrols the contact by hand, through the API, or from another workflow.</summary>
    internal void Enrol(LaunchedWorkflow launched, DateTimeOffset now, string why)
    {
        Begin(now > Journey.Clock ? now : Journey.Clock, now);
        events = facts.Events.Until(Now);
        eventId = null;
        Enter(launched, Now, null, why);
        Settle();
    }

    /// <summary>When time has to wake the contact again; null when it need not.</summary>
    internal DateTimeOffset? NextDue()
    {
        DateTimeOffset? next = null;
        foreach (var enrolment in Active())
        {
            Earlier(enrolment.WakeAt);
            if (set.VersionOf(enrolment) is not { } workflow) continue;
            var view = View(enrolment);
            foreach (var exit in workflow.Exits) Earlier(exit.Condition?.NextChange(view));
            Earlier(workflow.Goal?.Condition?.NextChange(view));
            if (enrolment.Step is { } step && workflow.Find(step) is { } at)
                foreach (var watched in at.Watches) Earlier(watched.NextChange(view));
        }

        foreach (var held in Journey.Held) Earlier(held.DueAt);
        foreach (var (launched, _, condition) in Watchers())
            if (condition.NextChange(View(null)) is { } due) Earlier(due < launched.LaunchedAt ? launched.LaunchedAt : due);
        return next;

        void Earlier(DateTimeOffset? due)
        {
            if (due is { } at && (next is null || at < next)) next = at > Now ? at : Now + TimeSpan.FromTicks(1);
        }
    }

    internal void Emit(Enrolment enrolment, Workflow workflow, string? step, EffectKind kind, string? reason, EffectPayload? payload, Channel? channel, string? template) =>
        Emit(workflow, enrolment.Visit.ToString(CultureInfo.InvariantCulture), step, kind, kind == EffectKind.Defer ? Now.UtcTicks.ToString(CultureInfo.InvariantCulture) : Part(kind, step), reason, payload, channel, template);

    internal void Set(Field field, string? value) =>
        Journey = Journey with { Overrides = Journey.Overrides.SetItem(field, value ?? "") };

    internal void Suppress(SuppressionFact suppression)
    {
        if (!Journey.Suppressions.Any(s => s.Channel == suppression.Channel && s.Purpose == suppression.Purpose)) Journey = Journey with { Suppressions = Journey.Suppressions.Add(suppression) };
    }

    internal void Sent(Enrolment enrolment, SentMessage message)
    {
        Replace(enrolment, e => e with { Messages = e.Messages + 1, LastSendAt = message.At });
        if (Journey.Sent.All(m => m.Key != message.Key)) Journey = Journey with { Sent = Journey.Sent.Add(message) };
    }

    /// <summary>Who was given the contact at this step when it was run before: gone back behind it, turns are not taken anew.</summary>
    internal string? OwnerGiven(Enrolment enrolment, string step) =>
        emitted.Contains(string.Join('|', facts.Id, enrolment.Workflow, enrolment.Visit.ToString(CultureInfo.InvariantCulture), step, nameof(EffectKind.Route), "0")) ? Before?.Overrides.GetValueOrDefault(Field.Owner) ?? facts.Values[Field.Owner] : null;

    internal void Ask(PlacedRequest request) => requests.Add(request);

    internal void StartLater(string workflow, Enrolment from) => starts.Enqueue((workflow, from));

    private void Begin(DateTimeOffset now, DateTimeOffset arrived)
    {
        Now = now;
        SendTime = arrived - now > Late ? arrived : now;
        Journey = Journey with { Clock = now };
    }

    /// <summary>Active enrolments of workflows that are not paused: higher priority first, then by name, then the older.</summary>
    private List<Enrolment> Active() =>
    [
        .. Journey.Enrolments.Where(e => e.IsActive && set.Find(e.Workflow)?.State is not LaunchState.Paused)
            .OrderByDescending(e => set.VersionOf(e)?.Priority ?? 0).ThenBy(e => e.Workflow, StringComparer.Ordinal).ThenBy(e => e.Visit),
    ];

    /// <summary>Whatever the steps have changed may start, end or wake other workflows of the contact.</summary>
    private void Settle()
    {
        for (var round = 0; round < 20; round++)
        {
            var before = Journey;
            End(null);
            while (starts.TryDequeue(out var start))
                // What hands the contact over may have started the other workflow itself, at this very instant.
                if (set.Find(start.Workflow) is { } launched && !Journey.Enrolments.Any(e => e.Workflow == start.Workflow && e.IsActive && e.EnteredAt == Now)) Enter(launched, Now, eventId, $"handed over by {start.From.Workflow}");
            foreach (var (launched, key, condition) in Watchers().ToList()) Watch(launched, key, condition);
            Compare(starts: true);
            if (ReferenceEquals(before, Journey)) return;
        }
    }

    private IEnumerable<(LaunchedWorkflow Launched, string Key, Condition Condition)> Watchers()
    {
        foreach (var launched in set.Launched)
        {
            if (launched.State != LaunchState.Live) continue;
            for (var i = 0; i < launched.Workflow.Triggers.Length; i++)
                if (launched.Workflow.Triggers[i].Watches is { } condition) yield return (launched, string.Create(CultureInfo.InvariantCulture, $"{launched.Workflow.Name}#{i}"), condition);
        }
    }

    /// <summary>Holds the fields that start workflows against what they were when last looked at.</summary>
    private void Compare(bool starts)
    {
        foreach (var launched in set.Launched)
        {
            if (launched.State != LaunchState.Live || Now < launched.LaunchedAt) continue;
            for (var i = 0; i < launched.Workflow.Triggers.Length; i++)
            {
                if (launched.Workflow.Triggers[i] is not FieldChangedTrigger trigger) continue;
                var key = string.Create(CultureInfo.InvariantCulture, $"{launched.Workflow.Name}#{i}");
                var value = View(null).Values[trigger.Field] ?? "";
                var isKnown = Journey.Seen.TryGetValue(key, out var was);
                if (isKnown && was == value) continue;
                Journey = Journey with { Seen = Journey.Seen.SetItem(key, value) };
                if (starts && isKnown && trigger.FiresOn(was!, value)) Enter(launched, Now, eventId, trigger.Text);
            }
        }
    }

    private void Watch(LaunchedWorkflow launched, string key, Condition condition)
    {
        if (Now < launched.LaunchedAt) return;
        var holds = condition.Holds(View(null));
        var held = Journey.Watched.TryGetValue(key, out var known) ? known : HeldAtLaunch(launched, condition);
        if (!Journey.Watched.TryGetValue(key, out var kept) || kept != holds) Journey = Journey with { Watched = Journey.Watched.SetItem(key, holds) };
        if (holds && !held) Enter(launched, Now, eventId, condition.Text);
    }

    /// <summary>Who fitted at launch is a baseline; a contact made later begins outside.</summary>
    private bool HeldAtLaunch(LaunchedWorkflow launched, Condition condition)
    {
        if (facts.CreatedAt > launched.LaunchedAt) return false;
        var then = new ContactView(set, facts, Journey.Empty with { Overrides = Journey.Overrides }, facts.Events.Until(launched.LaunchedAt), launched.LaunchedAt);
        return condition.Holds(then);
    }

    private bool RunDue()
    {
        var wake = Active().Where(e => e.WakeAt <= Now).OrderBy(e => e.WakeAt).FirstOrDefault();
        var held = Journey.Held.Where(h => h.DueAt <= Now).OrderBy(h => h.DueAt).ThenBy(h => h.Workflow, StringComparer.Ordinal).FirstOrDefault();
        if (wake is null && held is null) return false;
        if (wake is not null && (held is null || wake.WakeAt <= held.DueAt)) Advance(wake, Cause.Time, null);
        else Retry(held!);
        End(null);
        return true;
    }

    private void Replace(Enrolment enrolment, Func<Enrolment, Enrolment> change)
    {
        for (var i = 0; i < Journey.Enrolments.Length; i++)
        {
            if (Journey.Enrolments[i].Workflow != enrolment.Workflow || Journey.Enrolments[i].Visit != enrolment.Visit) continue;
            Journey = Journey with { Enrolments = Journey.Enrolments.SetItem(i, change(Journey.Enrolments[i])) };
            return;
        }
    }

    private Enrolment? Latest(Enrolment enrolment) => Journey.Enrolments.FirstOrDefault(e => e.Workflow == enrolment.Workflow && e.Visit == enrolment.Visit);

    private string Part(EffectKind kind, string? step) => kind == EffectKind.Exit ? "" : step is null ? kind == EffectKind.Skip ? eventId ?? Now.UtcTicks.ToString(CultureInfo.InvariantCulture) : "" : (emittedByStep++).ToString(CultureInfo.InvariantCulture);

    private void Emit(Workflow workflow, string visit, string? step, EffectKind kind, string part, string? reason, EffectPayload? payload, Channel? channel, string? template)
    {
        var key = string.Join('|', facts.Id, workflow.Name, visit, step, kind.ToString(), part);
        if (!emitted.Add(key)) return;
        var at = kind is EffectKind.Send or EffectKind.Defer ? SendTime : Now;
        effects.Add(new Effect(key, at, facts.Id, workflow.Name, workflow.Version, step, kind, eventId, channel, template, reason, payload));
    }

    /// <summary>The same contact falls on the same side whatever else happens: the first 52 bits of a hash as a number from 0 to 1.</summary>
    internal static double Share(string contact, string salt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{contact}\n{salt}"));
        return (BitConverter.ToUInt64(hash) >> 12) / (double)(1UL << 52);
    }
}
