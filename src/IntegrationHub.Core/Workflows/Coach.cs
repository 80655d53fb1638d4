using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>What the coach has to say of a workflow. It warns and forbids nothing.</summary>
/// <param name="Code">Which warning: one of <see cref="Coach.Codes"/>.</param>
/// <param name="Step">The step that it is about; null for the workflow as a whole.</param>
/// <param name="Message">What is doubtful, why, and what to do.</param>
public sealed record CoachWarning(string Code, string? Step, string Message);

/// <summary>Looks over a workflow as somebody would who has launched many: what works in a first version, and what comes too early.</summary>
public static class Coach
{
    /// <summary>More messages than this make a first version hard to judge.</summary>
    public const int MostMessages = 3;

    /// <summary>So long a version runs before its figures say which branch is worth having.</summary>
    public static readonly TimeSpan EnoughData = TimeSpan.FromDays(30);

    /// <summary>Every warning by its code, with what it is about.</summary>
    public static ImmutableSortedDictionary<string, string> Codes { get; } = new Dictionary<string, string>
    {
        ["too_many_messages"] = "A first version with more than three messages to one contact.",
        ["early_branch"] = "A branch that was added before the version before it had run for 30 days, or a first version that parts its contacts more than once.",
        ["no_exit"] = "Nothing ends the workflow for a contact that has done what it is for.",
        ["no_suppression"] = "Marketing messages, and neither an exit on unsubscribing or complaining nor a step that suppresses.",
        ["one_message_for_all"] = "Every contact gets the same, whatever it does.",
        ["opens_decide"] = "A condition looks at opened mails, which machines open, too.",
        ["no_goal"] = "No goal: nothing to measure success by, and no launch.",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> Farewells = [EventTypes.EmailUnsubscribed, EventTypes.EmailComplained, EventTypes.SmsReplied];

    /// <summary>The warnings, those of the whole workflow first, then in the order of its steps.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="segments">Named conditions, which are looked into.</param>
    /// <param name="before">The version that it follows; null for a first version.</param>
    /// <param name="data">For how long that version has run; nothing counts as no time.</param>
    public static ImmutableArray<CoachWarning> Review(Workflow workflow, IReadOnlyCollection<Segment> segments, Workflow? before = null, TimeSpan? data = null)
    {
        var warnings = new List<CoachWarning>();
        var sends = workflow.Steps.OfType<SendStep>().ToList();
        var marketing = sends.Where(s => s.Marketing).ToList();
        Warn(workflow.Goal is null, "no_goal", "no goal: give 'goal' with an event and a metric; without one nothing can be measured, and launch refuses.");
        Warn(workflow.Exits.IsEmpty && workflow.Goal is not { Ends: true } && workflow.Steps.Any(s => s is WaitStep), "no_exit",
            "no exit: a contact that has done what this is for is still written to. Give 'exits', such as { event: order.placed }.");
        Warn(marketing.Count > 0 && !Suppresses(workflow), "no_suppression",
            "nothing is said of contacts that want no more: add exits on email.unsubscribed and email.complained, or a suppress step. The send gate holds messages back, but the contact walks on.");
        Warn(marketing.Count > 0 && IsBlind(workflow, marketing.Count), "one_message_for_all", "every contact gets the same, whatever it does: branch on what it did (a click, a visit), or end on what it was meant to do.");

        if (before is null && workflow.Profile == "starter" && MostOnOnePath(workflow) is > MostMessages and var most)
            warnings.Add(new CoachWarning("too_many_messages", null, $"{most} messages to one contact in a first version: begin with {MostMessages} at most, and mark later ones 'profile: full'."));
        warnings.AddRange(Branches(workflow, before, data ?? TimeSpan.Zero));
        warnings.AddRange(Opens(workflow, segments.ToDictionary(s => s.Name, s => s.Condition, StringComparer.Ordinal)));
        return [.. warnings];

        void Warn(bool isSo, string code, string message)
        {
            if (isSo) warnings.Add(new CoachWarning(code, null, message));
        }
    }

    private static bool Suppresses(Workflow workflow) =>
        workflow.Steps.Any(s => s is SuppressStep) || workflow.Exits.Any(e => (e.Pattern is { } pattern && Farewells.Contains(pattern.Type)) || (e.Condition is { } condition && Any(condition, IsFarewell)));

    private static bool IsFarewell(Condition condition) => condition is ConsentCondition || (condition is EventCondition e && Farewells.Contains(e.Pattern.Type));

    /// <summary>One message to whoever does one thing is no blindness; several, or one for several beginnings, are where nothing that the contact does makes a difference.</summary>
    private static bool IsBlind(Workflow workflow, int messages)
    {
        if (messages < 2 && workflow.Triggers.Length < 2) return false;
        if (workflow.Goal is { Ends: true } || workflow.Exits.Any(e => e.Pattern is { } p ? !Farewells.Contains(p.Type) && p.Type != EventTypes.EmailBounced : Any(e.Condition!, IsBehaviour))) return false;
        return !workflow.Steps.Any(s => s is BranchStep branch ? Any(branch.When, IsBehaviour) : s is WaitStep { ForEvent: not null } wait && wait.OnEvent != wait.OnTimeout);
    }

    private static bool IsBehaviour(Condition condition) => condition is EventCondition or ScoreCondition or OrdersCondition or InactiveCondition or TriggerCondition or SegmentCondition;

    /// <summary>The most messages that one contact can get in one run. Steps only lead forward.</summary>
    private static int MostOnOnePath(Workflow workflow)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return From(workflow.First);

        int From(string? id)
        {
            if (id is null || workflow.Find(id) is not { } step || step is ExitStep) return 0;
            if (known.TryGetValue(id, out var most)) return most;
            var own = step is SendStep ? 1 : 0;
            var after = step.Arms.IsEmpty ? From(step.Next) : step.Arms.Max(a => From(a.To));
            return known[id] = own + after;
        }
    }

    private static IEnumerable<CoachWarning> Branches(Workflow workflow, Workflow? before, TimeSpan data)
    {
        var parting = workflow.Steps.Where(s => s.Arms.Length > 1 && s.Arms.Select(a => a.To).Distinct(StringComparer.Ordinal).Count() > 1 && PartsMessages(workflow, s)).ToList();
        if (before is null)
        {
            // One parting, such as a click or none, is what a first version can carry.
            foreach (var step in parting.Skip(1))
                yield return new CoachWarning("early_branch", step.Id, $"'{step.Id}' parts the contacts once more in a first version: each path gets too few to tell anything. Add it when {Days(EnoughData)} of data say that it pays.");
            yield break;
        }

        if (data >= EnoughData) yield break;
        foreach (var step in parting.Where(s => before.Find(s.Id) is not { } old || old.Arms.Length < 2))
            yield return new CoachWarning("early_branch", step.Id, $"'{step.Id}' is a new branch after {Days(data)} of data: wait for {Days(EnoughData)}, else it answers a question that nobody has asked yet.");
    }

    /// <summary>True when what is sent differs by the arm; a branch that only some get an SMS by is a question of consent, and one that ends is an exit.</summary>
    private static bool PartsMessages(Workflow workflow, Step step) => step.Arms.Count(a => Own(workflow, step, a.To).Any(s => s is SendStep)) > 1;

    /// <summary>The steps of an arm, up to where the arms meet again.</summary>
    private static IEnumerable<Step> Own(Workflow workflow, Step of, string? first)
    {
        var open = new Stack<string?>([first]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var id))
        {
            if (id is null || id == of.Next || !seen.Add(id) || workflow.Find(id) is not { } step) continue;
            yield return step;
            if (step.Arms.IsEmpty) open.Push(step.Next);
            else foreach (var (_, to) in step.Arms) open.Push(to);
        }
    }

    private static IEnumerable<CoachWarning> Opens(Workflow workflow, Dictionary<string, Condition> segments)
    {
        bool Looks(Condition condition) => Looked(condition, new HashSet<string>(StringComparer.Ordinal));
        bool Looked(Condition condition, HashSet<string> seen) =>
            condition is EventCondition { Pattern.Type: EventTypes.EmailOpened } or InactiveCondition { OpensCount: true }
            || (condition is SegmentCondition segment && seen.Add(segment.Segment) && segments.TryGetValue(segment.Segment, out var named) && Looked(named, seen)) || condition.Parts.Any(p => Looked(p, seen));

        const string why = "machines open mails, too, and pictures are often blocked. Take a click, a visit or a purchase.";
        if (workflow.Goal is { } goal && (goal.Pattern?.Type == EventTypes.EmailOpened || (goal.Condition is { } reached && Looks(reached)))) yield return new CoachWarning("opens_decide", null, $"the goal counts opened mails: {why}");
        if (workflow.Triggers.Any(t => (t is EventTrigger { Pattern.Type: EventTypes.EmailOpened }) || (t.Watches is { } watched && Looks(watched)))) yield return new CoachWarning("opens_decide", null, $"a trigger looks at opened mails: {why}");
        if (workflow.Only is { } only && Looks(only)) yield return new CoachWarning("opens_decide", null, $"'only' looks at opened mails: {why}");
        if (workflow.Exits.Any(e => e.Pattern?.Type == EventTypes.EmailOpened || (e.Condition is { } exit && Looks(exit)))) yield return new CoachWarning("opens_decide", null, $"an exit looks at opened mails: {why}");
        foreach (var step in workflow.Steps.Where(s => s is WaitStep { ForEvent.Type: EventTypes.EmailOpened } || (s is BranchStep branch && Looks(branch.When))))
            yield return new CoachWarning("opens_decide", step.Id, $"'{step.Id}' looks at opened mails: {why}");
    }

    private static bool Any(Condition condition, Func<Condition, bool> test) => test(condition) || condition.Parts.Any(p => Any(p, test));

    private static string Days(TimeSpan time) => $"{(int)time.TotalDays} days";
}
