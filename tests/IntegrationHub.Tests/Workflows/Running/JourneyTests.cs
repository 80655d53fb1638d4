using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Running;

public sealed class JourneyTests
{
    private const string Form = "triggers: [{ event: form.submitted }]\n";

    [Fact]
    public void A_contact_enters_waits_is_written_to_and_comes_to_the_end() =>
        Assert.Equal(
            ["03-02 09:00 enter", "03-02 09:30 send hello", "03-05 09:30 send again", "03-05 09:30 exit (completed)"],
            Script.Simulate(Of(Form + "steps: [{ wait: 30m }, { send: hello }, { wait: 3d }, { send: again }]"), "2026-04-01", Script.Event("form.submitted", "2026-03-02T09:00Z")));

    [Fact]
    public void An_exit_takes_effect_at_once_in_the_middle_of_a_wait_of_thirty_days() =>
        Assert.Equal(
            ["03-02 09:00 enter", "03-10 11:00 exit (ordered)"],
            Script.Simulate(Of(Form + "exits: [{ event: order.placed, reason: ordered }]\nsteps: [{ wait: 30d }, { send: hello }]"), "2026-05-01", Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("order.placed", "2026-03-10T11:00Z")));

    [Fact]
    public void An_exit_by_a_condition_that_time_fulfils_takes_effect_when_it_comes_to_hold() =>
        Assert.Equal(
            ["03-02 09:00 enter", "03-12 09:00 exit (silent)"],
            Script.Simulate(Of(Form + "exits: [{ when: { inactive_for: 10d }, reason: silent }]\nsteps: [{ wait: 30d }, { send: hello }]"), "2026-05-01", Script.Event("form.submitted", "2026-03-02T09:00Z")));

    [Fact]
    public void At_one_instant_the_event_comes_before_the_timer() =>
        Assert.Equal(
            ["03-02 09:00 enter", "03-02 09:30 exit (ordered)"],
            Script.Simulate(Of(Form + "exits: [{ event: order.placed, reason: ordered }]\nsteps: [{ wait: 30m }, { send: hello }]"), "2026-05-01", Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("order.placed", "2026-03-02T09:30Z")));

    [Theory]
    [InlineData("2026-03-02T08:51Z", true)]
    [InlineData("2026-03-02T08:49Z", false)]
    public void An_event_just_before_the_entry_counts_within_the_look_back(string ordered, bool refused)
    {
        var lines = Script.Simulate(Of(Form + "exits: [{ event: order.placed, look_back: 10m, reason: ordered }]\nsteps: [{ send: hello }]"), "2026-03-03", Script.Event("order.placed", ordered), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        Assert.Equal(refused ? ["03-02 09:00 skip (exit condition: ordered)"] : ["03-02 09:00 enter", "03-02 09:00 send hello", "03-02 09:00 exit (completed)"], lines);
    }

    [Fact]
    public void An_event_before_the_entry_ends_nothing_without_a_look_back() =>
        Assert.DoesNotContain(Script.Simulate(Of(Form + "exits: [{ event: order.placed }]\nsteps: [{ send: hello }]"), "2026-03-03", Script.Event("order.placed", "2026-03-02T08:59Z"), Script.Event("form.submitted", "2026-03-02T09:00Z")), l => l.Contains("skip", StringComparison.Ordinal));

    [Theory]
    [InlineData("never", "skip (re-entry: only once)", "skip (re-entry: only once)")]
    [InlineData("always", "enter", "enter")]
    [InlineData("7d", "skip (re-entry: not before 2026-03-09T09:00:00Z)", "enter")]
    public void Whoever_was_in_it_enters_again_as_the_rule_says(string rule, string second, string third)
    {
        var lines = Script.Simulate(Of(Form + $"reentry: {rule}\nsteps: [{{ exit: done }}]"), "2026-04-01",
            Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("form.submitted", "2026-03-04T09:00Z"), Script.Event("form.submitted", "2026-03-09T09:00Z"));
        Assert.Equal(["03-02 09:00 enter", $"03-04 09:00 {second}", $"03-09 09:00 {third}"], lines.Where(l => !l.Contains("exit", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_is_in_one_workflow_twice_at_a_time() =>
        Assert.Contains("03-02 10:00 skip (already enrolled)", Script.Simulate(Of(Form + "reentry: always\nsteps: [{ wait: 1d }]"), "2026-03-05", Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("form.submitted", "2026-03-02T10:00Z")));

    [Fact]
    public void History_never_triggers() =>
        Assert.Empty(Script.Simulate(Of(Form + "steps: [{ send: hello }]"), "2026-04-01", Script.Event("form.submitted", "2026-03-02T07:59Z"), Script.Event("form.submitted", "2021-03-02T09:00Z")));

    [Fact]
    public void Whoever_fits_at_launch_stays_outside_and_whoever_comes_to_fit_enters()
    {
        var set = Of("triggers: [{ when: { event: page.viewed, at_least: 2, within: 14d } }]\nsteps: [{ send: hello }]");
        Assert.Empty(Script.Simulate(set, "2026-03-10", Script.Event("page.viewed", "2026-03-01T09:00Z"), Script.Event("page.viewed", "2026-03-01T10:00Z"), Script.Event("page.viewed", "2026-03-03T10:00Z")));
        Assert.Equal(["03-03 10:00 enter", "03-03 10:00 send hello", "03-03 10:00 exit (completed)"], Script.Simulate(set, "2026-03-10", Script.Event("page.viewed", "2026-03-01T09:00Z"), Script.Event("page.viewed", "2026-03-03T10:00Z")));
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public void An_event_that_comes_too_late_starts_nothing(int hours, bool enters)
    {
        var (set, e) = (Of(Form + "steps: [{ wait: 1d }]"), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var outcome = new JourneyRunner(set).OnEvent(Script.Contact() with { Events = EventLog.Of([e]) }, JourneyState.Empty, e, e.At.AddHours(hours), RoutingState.Empty);
        Assert.Equal(enters, outcome.Effects.Any(x => x.Kind == EffectKind.Enter));
    }

    [Theory]
    [InlineData(HygieneStatus.Blocked)]
    [InlineData(HygieneStatus.InReview)]
    public void Whoever_is_not_ready_enters_by_itself_when_fixed(HygieneStatus status)
    {
        var (runner, e) = (new JourneyRunner(Of(Form + "steps: [{ wait: 1d }, { send: hello }]")), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var held = runner.OnEvent(Script.Contact(hygiene: status) with { Events = EventLog.Of([e]) }, JourneyState.Empty, e, e.At, RoutingState.Empty);
        Assert.Equal([EffectKind.Skip], held.Effects.Select(x => x.Kind));
        var still = runner.OnChange(Script.Contact(hygiene: status) with { Events = EventLog.Of([e]) }, held.State, Script.At("2026-03-03T09:00Z"), RoutingState.Empty);
        Assert.DoesNotContain(still.Effects, x => x.Kind == EffectKind.Enter);
        var mended = runner.OnChange(Script.Contact() with { Events = EventLog.Of([e]) }, still.State, Script.At("2026-03-05T09:00Z"), RoutingState.Empty);
        Assert.Equal(["03-05 09:00 enter"], mended.Effects.Select(Script.Line));
        Assert.Equal(Script.At("2026-03-06T09:00Z"), mended.NextDue);
    }

    [Fact]
    public void Whoever_is_fixed_too_late_is_dropped_with_the_reason()
    {
        var (runner, e) = (new JourneyRunner(Of(Form + "hold: 2d\nsteps: [{ send: hello }]")), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var held = runner.OnEvent(Script.Contact(hygiene: HygieneStatus.Blocked) with { Events = EventLog.Of([e]) }, JourneyState.Empty, e, e.At, RoutingState.Empty);
        var mended = runner.OnChange(Script.Contact() with { Events = EventLog.Of([e]) }, held.State, Script.At("2026-03-04T09:01Z"), RoutingState.Empty);
        Assert.StartsWith("03-04 09:01 skip (not fixed within 2d", Assert.Single(mended.Effects.Select(Script.Line)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_event_changes_nothing_even_after_a_timer()
    {
        var (runner, e) = (new JourneyRunner(Of(Form + "reentry: always\nsteps: [{ wait: 1h }, { send: hello }]")), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var facts = Script.Contact() with { Events = EventLog.Of([e]) };
        var first = runner.OnEvent(facts, JourneyState.Empty, e, e.At, RoutingState.Empty);
        Assert.Empty(runner.OnEvent(facts, first.State, e, e.At.AddMinutes(1), RoutingState.Empty).Effects);
        var after = runner.OnTime(facts, first.State, e.At.AddHours(1), RoutingState.Empty);
        Assert.Equal(["03-02 10:00 send hello", "03-02 10:00 exit (completed)"], after.Effects.Select(Script.Line));
        Assert.Empty(runner.OnEvent(facts, after.State, e, e.At.AddHours(2), RoutingState.Empty).Effects);
    }

    [Fact]
    public void A_repeated_event_leaves_the_timer_where_it_was()
    {
        var (runner, e) = (new JourneyRunner(Of(Form + "exits: [{ when: { event: order.placed, within: 3d } }]\nsteps: [{ wait: 1h }]")), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var facts = Script.Contact() with { Events = EventLog.Of([e]) };
        var first = runner.OnEvent(facts, JourneyState.Empty, e, e.At, RoutingState.Empty);
        Assert.Equal(Script.At("2026-03-02T10:00Z"), first.NextDue);
        Assert.Equal(first.NextDue, runner.OnEvent(facts, first.State, e, e.At, RoutingState.Empty).NextDue);
    }

    [Fact]
    public void An_order_that_arrives_after_the_form_though_it_happened_before_still_refuses_the_entry()
    {
        var runner = new JourneyRunner(Of(Form + "exits: [{ event: order.placed, look_back: 10m, reason: ordered }]\nsteps: [{ wait: 1h }, { send: hello }]"));
        var (order, form) = (Script.Event("order.placed", "2026-03-02T08:58Z"), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var entered = runner.OnEvent(Script.Contact() with { Events = EventLog.Of([form]) }, JourneyState.Empty, form, form.At, RoutingState.Empty);
        var late = runner.OnEvent(Script.Contact() with { Events = EventLog.Of([form, order]) }, entered.State, order, form.At.AddMinutes(1), RoutingState.Empty);
        Assert.DoesNotContain(late.State.Current.Enrolments, e => e.IsActive);
        Assert.Null(late.NextDue);
    }

    [Fact]
    public void An_event_that_comes_late_gives_the_contact_to_nobody_else()
    {
        var rules = new RoutingRules([new Rep("Ana", "ana@engines.co.uk", 1, null, []), new Rep("Ben", "ben@engines.co.uk", 1, null, [])], [new Territory("all", null, ["Ana", "Ben"])], "desk", "desk@engines.co.uk", "Etc/UTC");
        var set = new WorkflowSet([new LaunchedWorkflow(Script.Workflow(Form + "steps: [{ route: routing }, { wait: 1d }]"), Script.Start)], [], [], ScoreModel.Empty, rules, SendingRules.Default, Script.Set().Compose, Script.Start);
        var (form, late) = (Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("page.viewed", "2026-03-02T08:59Z"));
        var first = new JourneyRunner(set).OnEvent(Script.Contact() with { Events = EventLog.Of([form]) }, JourneyState.Empty, form, form.At, RoutingState.Empty);
        Assert.Equal("Ana", first.State.Current.Overrides[Field.Owner]);
        var second = new JourneyRunner(set).OnEvent(Script.Contact() with { Events = EventLog.Of([form, late]) }, first.State, late, form.At.AddMinutes(1), first.Routing);
        Assert.Equal("Ana", second.State.Current.Overrides[Field.Owner]);
        Assert.Equal(first.Routing, second.Routing);
        Assert.Empty(second.Effects);
    }

    [Fact]
    public void Of_two_workflows_at_one_time_the_one_of_higher_priority_writes_and_the_other_waits_for_the_cap()
    {
        var low = Script.Workflow("name: a\npriority: 10\n" + Form + "steps: [{ send: from-a }]", "a");
        var high = Script.Workflow("name: b\npriority: 90\n" + Form + "steps: [{ send: from-b }]", "b");
        var lines = Script.Simulate(Script.Set(low, high), "2026-03-03", Script.Event("form.submitted", "2026-03-02T09:00Z"));
        Assert.Equal(["03-02 09:00 send from-b", "03-02 13:00 send from-a"], lines.Where(l => l.Contains("send", StringComparison.Ordinal)));
        Assert.Contains("03-02 09:00 defer from-a (cap: 1 marketing message within 4h on email)", lines);
    }

    [Fact]
    public void A_message_that_was_put_off_is_not_sent_when_an_exit_comes_first()
    {
        var lines = Script.Simulate(Of(Form + "window: { from: \"09:00\", until: \"17:00\" }\nexits: [{ event: order.placed, reason: ordered }]\nsteps: [{ send: hello }]"), "2026-03-05",
            Script.Event("form.submitted", "2026-03-02T20:00Z"), Script.Event("order.placed", "2026-03-03T08:59Z"));
        Assert.Equal(["03-02 20:00 enter", "03-02 20:00 defer hello (send window: opens at 2026-03-03 09:00 in Europe/London)", "03-03 08:59 exit (ordered)"], lines);
    }

    [Fact]
    public void A_workflow_hands_over_to_another()
    {
        var first = Script.Workflow("name: a\n" + Form + "steps: [{ start: b }, { wait: 1d }]", "a");
        var second = Script.Workflow("name: b\ntriggers: [{ started_by: a }]\nsteps: [{ send: hello }]", "b");
        Assert.Equal(["03-02 09:00 enter", "03-02 09:00 enter", "03-02 09:00 send hello", "03-02 09:00 exit (completed)", "03-03 09:00 exit (completed)"], Script.Simulate(Script.Set(first, second), "2026-03-05", Script.Event("form.submitted", "2026-03-02T09:00Z")));
    }

    [Fact]
    public void A_goal_is_counted_once_with_what_it_is_worth()
    {
        var lines = Script.Simulate(Of(Form + "goal: { event: order.placed, within: 7d, metric: revenue, ends: false }\nsteps: [{ send: hello }, { wait: 30d }]"), "2026-03-20",
            Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("order.placed", "2026-03-03T09:00Z", """{"total_minor":4200,"currency":"EUR"}"""), Script.Event("order.placed", "2026-03-04T09:00Z", """{"total_minor":100,"currency":"EUR"}"""));
        Assert.Equal(["03-03 09:00 convert (order.placed after 1 message, worth 42.00 EUR)"], lines.Where(l => l.Contains("convert", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_goal_after_its_time_is_none() =>
        Assert.DoesNotContain(Script.Simulate(Of(Form + "goal: { event: order.placed, within: 7d, metric: revenue, ends: false }\nsteps: [{ wait: 30d }]"), "2026-03-20", Script.Event("form.submitted", "2026-03-02T09:00Z"), Script.Event("order.placed", "2026-03-09T09:01Z")), l => l.Contains("convert", StringComparison.Ordinal));

    [Fact]
    public void A_paused_workflow_stands_still_and_goes_on_where_it_was()
    {
        var (workflow, e) = (Script.Workflow(Form + "steps: [{ wait: 1h }, { send: hello }]"), Script.Event("form.submitted", "2026-03-02T09:00Z"));
        var facts = Script.Contact() with { Events = EventLog.Of([e]) };
        WorkflowSet In(LaunchState state) => new([new LaunchedWorkflow(workflow, Script.Start, state)], [], [], ScoreModel.Empty, RoutingRules.Empty, SendingRules.Default, Script.Set().Compose, Script.Start);
        var entered = new JourneyRunner(In(LaunchState.Live)).OnEvent(facts, JourneyState.Empty, e, e.At, RoutingState.Empty);
        var paused = new JourneyRunner(In(LaunchState.Paused)).OnTime(facts, entered.State, e.At.AddHours(2), RoutingState.Empty);
        Assert.Empty(paused.Effects);
        Assert.Equal(["03-02 12:00 send hello", "03-02 12:00 exit (completed)"], new JourneyRunner(In(LaunchState.Live)).OnTime(facts, paused.State, e.At.AddHours(3), RoutingState.Empty).Effects.Select(Script.Line));
        Assert.Equal(["03-02 12:00 exit (the workflow was stopped)"], new JourneyRunner(In(LaunchState.Stopped)).OnTime(facts, paused.State, e.At.AddHours(3), RoutingState.Empty).Effects.Select(Script.Line));
    }

    [Fact]
    public void The_control_group_walks_all_steps_and_is_sent_nothing()
    {
        var set = Of(Form + "holdout: 0.9\nsteps: [{ send: hello }, { wait: 1d }]");
        var sides = Enumerable.Range(0, 200).Select(i => Script.Simulate(set, Script.Contact($"c{i}"), "2026-03-05", Script.Event("form.submitted", "2026-03-02T09:00Z"))).ToList();
        Assert.InRange(sides.Count(s => s.Contains("03-02 09:00 skip hello (holdout: the contact is in the control group)")), 165, 195);
        Assert.All(sides, s => Assert.Equal("03-03 09:00 exit (completed)", s[^1]));
    }

    private static WorkflowSet Of(string yaml) => Script.Set(Script.Workflow(yaml));
}
