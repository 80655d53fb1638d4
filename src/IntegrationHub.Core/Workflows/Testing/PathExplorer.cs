using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows.Testing;

/// <summary>Finds the ways through one workflow.</summary>
internal sealed class PathExplorer
{
    // A workflow that has more ways than this is tested by those that show something new first.
    private const int MostRuns = 3000;
    private const int MostMoves = 2;
    private const int MostWaits = 200;

    private readonly Workflow workflow;
    private readonly LaunchedWorkflow launched;
    private readonly WorkflowSet set;
    private readonly Dictionary<string, Condition> segments;
    private readonly ScoreModel scoring;
    private readonly List<TestPath> paths = [];
    private readonly SortedSet<string> covered = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private readonly List<Move> moves;
    private int runs;

    internal PathExplorer(
        Workflow workflow, ImmutableArray<string> others, ImmutableArray<Segment> segments, ScoreModel scoring, RoutingRules routing, SendingRules sending, Compose compose)
    {
        this.workflow = workflow;
        this.scoring = scoring;
        this.segments = segments.ToDictionary(s => s.Name, s => s.Condition, StringComparer.Ordinal);
        var launch = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        launched = new LaunchedWorkflow(workflow, launch);
        var stubs = others.Where(o => o != workflow.Name).Select(o => new LaunchedWorkflow(Stub(o), launch));
        set = new WorkflowSet([launched, .. stubs], [], segments, scoring, routing, sending, compose, launch);
        moves = [.. Moves()];
    }

    /// <summary>Something that a contact may do while it waits.</summary>
    /// <param name="Name">In words.</param>
    /// <param name="Pattern">The event; null for what is no event.</param>
    /// <param name="Same">Properties that the event shares with the one that started the run.</param>
    /// <param name="Refuses">The channel whose consent it takes back in some system; null for none.</param>
    private sealed record Move(string Name, EventPattern? Pattern, ImmutableArray<string> Same, Channel? Refuses = null);

    internal WorkflowTestReport Explore()
    {
        foreach (var trigger in workflow.Triggers)
        {
            var scene = Starting(TestScene.Plain, trigger);
            var start = workflow.Triggers.Length == 1 ? "" : $"{trigger.Text}: ";
            Walk($"{start}lets time pass", scene, trigger, deep: true);
            foreach (var (name, other) in Arranged(scene)) Walk($"{start}{name}", other, trigger, deep: true);
        }

        if (workflow.Triggers.FirstOrDefault() is { } first) Hindered(Starting(TestScene.Plain, first), first);
        var unreached = Wanted().Where(w => !covered.Contains(w.Key)).Select(w => w.Text).ToImmutableArray();
        return new WorkflowTestReport(workflow.Name, workflow.Version, [.. paths], [.. covered], unreached, [.. problems.Distinct()]);
    }

    /// <summary>The same contact, hindered in each way that the send gate and the entry know.</summary>
    private void Hindered(TestScene scene, Trigger trigger)
    {
        Walk("has not agreed to mail", scene with { Email = null }, trigger, deep: false);
        Walk("has not agreed to text messages", scene with { Sms = null }, trigger, deep: false);
        Walk("has refused mail", scene with { Email = ConsentState.Denied }, trigger, deep: false);
        Walk("has no name", scene.With(Field.FirstName, null).With(Field.LastName, null), trigger, deep: false);
        Walk("has no phone", scene.With(Field.Phone, null), trigger, deep: false);
        Walk("has unsubscribed before", scene with { Before = scene.Before.Add(new EventPattern(EventTypes.EmailUnsubscribed, [])) }, trigger, deep: false);
        Walk("has no address", scene with { Hygiene = new Hygiene(HygieneStatus.Blocked, HygieneReasons.NoAddress) }, trigger, deep: false);
        Walk("may be one with another contact", scene with { Hygiene = new Hygiene(HygieneStatus.InReview, HygieneReasons.SharedEmail) }, trigger, deep: false);
        foreach (var hour in new[] { 2.0, 7.5, 12.5, 17.5, 20.5, 23.5 }) Walk($"starts at {TimeSpan.FromHours(hour):hh\\:mm}", scene with { Local = TimeSpan.FromHours(hour) }, trigger, deep: false);
        Walk("lives in New York, late in the evening", scene.With(Field.TimeZone, "America/New_York").With(Field.Country, "US").With(Field.State, "NY") with { Local = TimeSpan.FromHours(20.75) }, trigger, deep: false);
        Crowded(scene, trigger);
        Again(scene, trigger);
        if (workflow.Holdout > 0) Held(scene, trigger);
    }

    /// <summary>Another workflow has just written to the contact when this one wants to: the cap makes it wait.</summary>
    private void Crowded(TestScene scene, Trigger trigger)
    {
        var plain = Finished(Begin(scene, trigger, []));
        foreach (var channel in Enum.GetValues<Channel>())
            if (plain.Effects.FirstOrDefault(e => e.Kind == EffectKind.Send && e.Channel == channel && e.Payload is EffectPayload.Message { Marketing: true }) is { } first)
                Keep($"was written to by another workflow an hour before the first {Channels.Of(channel)}", Finished(Begin(scene, trigger, [new SentMessage("another", first.At - TimeSpan.FromHours(1), channel, "another", true)])));
    }

    /// <summary>What started the workflow happens again: at once, and after its end.</summary>
    private void Again(TestScene scene, Trigger trigger)
    {
        TestRun Started(TestRun run, DateTimeOffset at) => trigger is EventTrigger { Pattern: var pattern } ? run.Do(pattern, at, null) : run.Enrol(at, trigger.Text);
        var run = Begin(scene, trigger, []);
        if (run.IsWaiting) Keep("starts it again at once", Finished(Started(run, run.Now + TimeSpan.FromMinutes(1))));
        var ended = Finished(run);
        Keep("starts it again after its end", Finished(Started(ended, ended.Now + TimeSpan.FromMinutes(1))));
        if (workflow.Reentry is { Allowed: true, After: var after } && after > TimeSpan.Zero) Keep("starts it again when it may", Finished(Started(ended, Later(ended.Now, ended.Began + after) + TimeSpan.FromMinutes(1))));
    }

    private void Held(TestScene scene, Trigger trigger)
    {
        var contact = Enumerable.Range(0, 10_000).Select(i => $"test-{i}").First(c => JourneyRun.Share(c, $"holdout {workflow.Name}") < workflow.Holdout);
        Keep("is in the control group", Finished(TestRun.Begin(set, launched, scene, trigger, [], contact)));
    }

    /// <summary>Goes every way from a beginning: time alone first, then each move at each wait.</summary>
    private void Walk(string name, TestScene scene, Trigger trigger, bool deep)
    {
        var begun = Begin(scene, trigger, []);
        Keep(name, Finished(begun));
        if (!deep) return;
        var open = new Queue<TestRun>([begun]);
        while (open.TryDequeue(out var run) && runs < MostRuns)
            for (var waits = 0; run.IsWaiting && waits < MostWaits; waits++)
            {
                foreach (var move in moves)
                {
                    if (Made(run, move) is not { } moved) continue;
                    var finished = Finished(moved);
                    var end = moved.Enrolment is { IsActive: false, Outcome: { } outcome } ? outcome : "goes on";
                    var isNew = Keep($"{name.Replace("lets time pass", "", StringComparison.Ordinal)}{(name.EndsWith("lets time pass", StringComparison.Ordinal) ? "" : ", ")}{string.Join(", ", moved.Moves)}", finished, $"move {move.Name}: {end}");
                    // What changes nothing now may still open an arm later.
                    if (moved.IsWaiting && moved.Moves.Length < MostMoves && isNew) open.Enqueue(moved);
                }

                run = run.Wait();
            }
    }

    private TestRun? Made(TestRun run, Move move)
    {
        var due = run.NextDue!.Value;
        var at = run.Now + TimeSpan.FromMinutes(1) is var soon && soon < due ? soon : run.Now + ((due - run.Now) / 2);
        var text = $"at {run.Enrolment!.Step} {move.Name}";
        if (move.Pattern is { } pattern) return run.Do(pattern, at, text, move.Same);
        if (move.Refuses is { } channel)
        {
            var consents = run.Facts.Consents.Select(c => c.Channel == channel ? c with { State = ConsentState.Denied } : c);
            return (run with { Now = at }).Change(run.Facts with { Consents = [.. consents] }, text);
        }

        // Interest grows until the score is reached.
        var next = run with { Now = at };
        foreach (var best in Witness.Best(scoring)) next = next.Enrolment is { IsActive: true } ? next.Do(best, next.Now, null) : next;
        return next with { Moves = run.Moves.Add(text) };
    }

    private TestRun Begin(TestScene scene, Trigger trigger, ImmutableArray<SentMessage> sent) => TestRun.Begin(set, launched, scene, trigger, sent, "test");

    private TestRun Finished(TestRun run)
    {
        runs++;
        for (var waits = 0; run.IsWaiting && waits < MostWaits; waits++) run = run.Wait();
        if (run.IsWaiting) problems.Add($"a contact still waits at '{run.Enrolment!.Step}' after {MostWaits} times: {run.Enrolment.Waits}");
        return run;
    }

    /// <summary>Keeps a way that shows something new.</summary>
    private bool Keep(string name, TestRun run, string? shows = null)
    {
        Check(name, run);
        var keys = Keys(run).Concat(shows is null ? [] : [shows]).ToList();
        if (keys.All(covered.Contains)) return false;
        covered.UnionWith(keys);
        var began = run.Began;
        var lines = run.Effects.Select(e => new PathLine(e.At - began, e.Workflow, e.Step, e.Kind, e.Channel, e.Template, Subject(e), e.Reason)).ToImmutableArray();
        paths.Add(new TestPath(name, lines, [.. run.Effects.Select(e => (e.Payload as EffectPayload.Message)?.Content ?? (e.Payload as EffectPayload.Note)?.Content).OfType<RenderedMessage>()]));
        return true;
    }

    private static string? Subject(Effect e) => ((e.Payload as EffectPayload.Message)?.Content ?? (e.Payload as EffectPayload.Note)?.Content) is { } content ? content.Subject.Length > 0 ? content.Subject : content.Text : null;

    private IEnumerable<string> Keys(TestRun run)
    {
        foreach (var e in run.Effects)
        {
            yield return $"{e.Workflow} {e.Kind} {e.Step} {e.Channel} {Short(e.Reason)}";
            if (e.Workflow == workflow.Name && e.Step is not null) yield return $"step {e.Step}";
        }

        if (run.Effects.All(e => e.Workflow != workflow.Name)) yield return "does not enter";
        foreach (var enrolment in run.State.Current.Enrolments.Where(x => x.Workflow == workflow.Name))
        {
            foreach (var place in enrolment.Path) yield return place.Contains(':') ? $"arm {place}" : $"step {place}";
            if (enrolment.Outcome is { } outcome) yield return $"outcome {outcome}";
        }
    }

    // A reason begins with its kind; numbers and times behind it are no news.
    private static string Short(string? reason) => reason is null ? "" : reason.Split(':')[0].Split('(')[0];

    /// <summary>What must never happen, whoever the contact is.</summary>
    private void Check(string name, TestRun run)
    {
        var own = run.Effects.Where(e => e.Workflow == workflow.Name).ToList();
        var live = false;
        foreach (var e in own)
        {
            if (e.Kind == EffectKind.Enter) live = true;
            else if (e.Kind == EffectKind.Send && !live) problems.Add($"{name}: '{e.Step}' sends after the run has ended");
            else if (e.Kind == EffectKind.Exit) live = false;
        }

        foreach (var twice in own.Where(e => e.Kind == EffectKind.Send).GroupBy(e => (e.Payload as EffectPayload.Message)?.MessageKey).Where(g => g.Count() > 1)) problems.Add($"{name}: '{twice.First().Step}' sends one message twice");
        foreach (var gap in own.Where(e => e.Kind == EffectKind.Skip && e.Reason?.StartsWith("template", StringComparison.Ordinal) == true)) problems.Add($"{name}: '{gap.Step}' cannot be written: {gap.Reason}");
    }

    /// <summary>What a whole test has to reach.</summary>
    private IEnumerable<(string Key, string Text)> Wanted()
    {
        foreach (var step in workflow.Steps)
        {
            yield return ($"step {step.Id}", $"step '{step.Id}' ({step.Text})");
            // A choice among one's own by chance is walked by the steps behind it.
            foreach (var (arm, to) in step.Arms)
                if (step is not (SplitStep or DecideStep)) yield return ($"arm {step.Id}:{arm}", $"'{arm}' of step '{step.Id}' ({step.Text}){(to is null ? ", which ends the run" : "")}");
        }

        foreach (var exit in workflow.Exits) yield return ($"outcome {exit.Reason}", $"the exit '{exit.Reason}'");
    }

    /// <summary>All that an event of the definitions can do to a contact that waits.</summary>
    private IEnumerable<Move> Moves()
    {
        var patterns = workflow.Exits.Where(e => e.Pattern is not null).Select(e => new Move($"does {e.Pattern!.Text}", e.Pattern, e.Same)).ToList();
        patterns.AddRange(workflow.Exits.Where(e => e.Pattern is not null && !e.Same.IsEmpty).Select(e => new Move($"does {e.Pattern!.Text} with another {string.Join(", ", e.Same)}", e.Pattern, [])));
        patterns.AddRange(workflow.Steps.OfType<WaitStep>().SelectMany(w => new[] { w.ForEvent, w.RestartOn }).OfType<EventPattern>().Select(p => new Move($"does {p.Text}", p, [])));
        if (workflow.Goal?.Pattern is { } goal) patterns.Add(new Move($"does {goal.Text}", goal, workflow.Goal.Same));
        patterns.AddRange(References.Conditions(workflow).SelectMany(Leaves).OfType<EventCondition>().Where(c => c.AtMost != 0).Select(c => new Move($"does {c.Pattern.Text}", c.Pattern, [])));
        if (References.Conditions(workflow).SelectMany(Leaves).OfType<InactiveCondition>().Any()) patterns.Add(new Move("visits a page", new EventPattern(EventTypes.PageViewed, []), []));
        patterns.AddRange(new[] { EventTypes.EmailUnsubscribed, EventTypes.EmailComplained, EventTypes.OrderPlaced }.Select(t => new Move($"does {t}", new EventPattern(t, []), [])));
        foreach (var move in patterns.DistinctBy(m => m.Name)) yield return move;
        foreach (var channel in workflow.Steps.OfType<SendStep>().Select(s => s.Channel).Distinct().Order()) yield return new Move($"refuses {Channels.Of(channel)} in another system", null, [], channel);
        if (References.Conditions(workflow).SelectMany(Leaves).OfType<ScoreCondition>().Any()) yield return new Move("shows much interest", null, []);
    }

    private IEnumerable<Condition> Leaves(Condition condition) =>
        condition is SegmentCondition segment && segments.TryGetValue(segment.Segment, out var named) ? Leaves(named) : condition.Parts.IsEmpty ? [condition] : condition.Parts.SelectMany(Leaves);

    /// <summary>The scene in which the trigger and the workflow's own condition hold.</summary>
    private TestScene Starting(TestScene scene, Trigger trigger)
    {
        if (workflow.Only is { } only) scene = Witness.Arrange(scene, only, true, scoring, segments);
        return trigger.Watches is { } watched and not InactiveCondition ? Witness.Arrange(scene, watched, true, scoring, segments) : scene;
    }

    /// <summary>Scenes for both sides of each condition of the steps, and of what is asked at the entry.</summary>
    private IEnumerable<(string Name, TestScene Scene)> Arranged(TestScene scene)
    {
        foreach (var condition in workflow.Steps.OfType<BranchStep>().Select(b => b.When).Concat(workflow.Only is { } only ? [only] : []))
            foreach (var wanted in new[] { true, false })
                yield return ($"{(wanted ? "" : "not ")}{condition.Text}", Witness.Arrange(scene, condition, wanted, scoring, segments));
    }

    private static Workflow Stub(string name) => new(
        name, name, "stub", "starter", ImmutableSortedDictionary<string, string>.Empty, [], null, new Reentry(true, TimeSpan.Zero), null, [], 0, null, 0, false, 1, TimeSpan.FromDays(7), [], null);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
