using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Steps;

public sealed class StepTests
{
    private const string Launch = "2026-03-02T00:00Z";
    private static readonly HubEvent Form = Event("form.submitted", "2026-03-02T09:00Z", """{"form":"contact"}""");

    private static string[] Lines(Workflow workflow, ContactFacts contact, params HubEvent[] events) => [.. Run(Set(Launch, workflow), contact, "2026-04-02T00:00Z", events).Select(Line)];

    [Fact]
    public void A_split_sends_the_same_contact_the_same_way_and_all_by_their_shares()
    {
        var workflow = Workflow("  - id: test\n    split:\n      arms:\n        - { name: a, share: 1, steps: [{ exit: to a }] }\n        - { name: b, share: 3, steps: [{ exit: to b }] }");
        string Way(int contact) => Run(Set(Launch, workflow), Contact() with { Id = $"c-{contact}" }, "2026-03-03T00:00Z", Form).Single(e => e.Kind == EffectKind.Exit).Reason!;
        var ways = Enumerable.Range(0, 400).Select(Way).ToList();
        Assert.InRange(ways.Count(w => w == "to a"), 75, 125);
        Assert.Equal(ways.Take(50), Enumerable.Range(0, 50).Select(Way));
    }

    [Fact]
    public void Two_splits_of_one_workflow_part_the_contacts_independently()
    {
        var arms = "arms: [{ name: a, share: 1, steps: [{ update: { add_tags: [TAG] } }] }, { name: b, share: 1 }]";
        var workflow = Workflow($"  - id: one\n    split: {{ {arms.Replace("TAG", "one", StringComparison.Ordinal)} }}\n  - id: two\n    split: {{ {arms.Replace("TAG", "two", StringComparison.Ordinal)} }}");
        var tags = Enumerable.Range(0, 400).Select(i => string.Join(',', Run(Set(Launch, workflow), Contact() with { Id = $"c-{i}" }, "2026-03-03T00:00Z", Form).Where(e => e.Kind == EffectKind.Update).Select(e => e.Reason))).ToList();
        Assert.All(tags.CountBy(t => t), way => Assert.InRange(way.Value, 70, 130));
        Assert.Equal(4, tags.Distinct().Count());
    }

    [Fact]
    public void An_update_sets_fields_and_tags_for_all_that_follows()
    {
        var workflow = Workflow("  - update: { set: { owner: Ana Lima, job_title: '' }, add_tags: [ready], remove_tags: [nurture] }\n  - branch: { when: [{ tag: ready }, { not: { tag: nurture } }, { field: owner, is: Ana Lima }, { field: job_title, exists: false }], then: [{ exit: all true }] }");
        var effects = Run(Set(Launch, workflow), Contact((Field.Tags, "nurture\nvip"), (Field.JobTitle, "Analyst")), "2026-03-03T00:00Z", Form);
        Assert.Equal(["enter", "update", "exit"], effects.Select(e => e.Kind.ToString().ToLowerInvariant()));
        Assert.Equal("owner = Ana Lima, job_title = nothing, tag ready, no tag nurture", effects[1].Reason);
        Assert.Equal("all true", effects[2].Reason);
        Assert.Equal([(Field.Owner, "Ana Lima"), (Field.JobTitle, null), (Field.Tags, "ready\nvip")], ((EffectPayload.Fields)effects[1].Payload!).Set.ToArray());
    }

    [Fact]
    public void What_an_update_sets_is_normalised_as_a_sources_value_is()
    {
        var workflow = Workflow("  - update: { set: { country: Germany, language: German, job_title: '  Head  of Sales ' } }");
        var effects = Run(Set(Launch, workflow), Contact(), "2026-03-03T00:00Z", Form);
        Assert.Equal([(Field.Country, "DE"), (Field.Language, "de"), (Field.JobTitle, "Head of Sales")], ((EffectPayload.Fields)effects[1].Payload!).Set.ToArray());
    }

    [Theory]
    [InlineData("update: { set: { country: Narnia } }", "'Narnia' is no country that could be used.")]
    [InlineData("update: { set: { phone: 030 901820 } }", "'030 901820' is no phone that could be used; write it with its country")]
    [InlineData("update: { set: { email: a@example.com, shoe_size: 42 } }", "'shoe_size' is no field that can be set.")]
    [InlineData("update: { set: { tags: x } }", "'tags' is no field that can be set.")]
    [InlineData("update: {}", "nothing is to be changed")]
    [InlineData("split: { arms: [{ name: a, share: 1 }] }", "a split has at least two arms.")]
    [InlineData("split: { arms: [{ name: a, share: 1 }, { name: a, share: 1 }] }", "two arms have one name.")]
    [InlineData("enrich: { vendors: [clearbit], deadline: 1h }", "'deadline' is longer than 10m")]
    [InlineData("notify: { to: Ana, reason: x }", "'Ana' is neither 'owner' nor an address.")]
    [InlineData("notify: { to: owner }", "neither 'template' nor 'reason'")]
    [InlineData("decide: { question: q, options: [{ name: a }, { name: b }], fallback: c }", "'c' is none of the options: a, b.")]
    [InlineData("suppress: { channel: fax, reason: x }", "unknown value 'fax'.")]
    [InlineData("suppress: { channel: email }", "'reason' is missing.")]
    [InlineData("score: magic", "scores are counted by 'scoring'")]
    [InlineData("route: magic", "contacts are routed by 'routing'")]
    public void A_mistake_in_a_step_is_named_with_its_line(string step, string message)
    {
        var text = $"name: test\ntriggers: [{{ manual: true }}]\nsteps:\n  - {step}";
        var error = WorkflowReader.Read("test", text, Yaml(text)).Errors[0];
        Assert.Equal(4, error.Line);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_vendor_a_contact_is_not_kept_waiting() =>
        Assert.Equal(["2026-03-02 09:00 enter: form.submitted", "2026-03-02 09:00 skip: not enriched: no vendor of clearbit, apollo is set up", "2026-03-02 09:00 exit: done"],
            Lines(Workflow("  - enrich: { vendors: [clearbit, apollo] }\n  - exit: done"), Contact(), Form));

    private static (WorkflowSet Set, JourneyRunner Runner) With(Workflow workflow, bool agent = false)
    {
        var set = new WorkflowSet([new LaunchedWorkflow(workflow, Utc(Launch))], [], [], ScoreModel.Empty, RoutingRules.Empty, SendingRules.Default, (_, _, _, _, _) => default, Utc(Launch)) { Vendors = ["apollo"], AgentIsOn = agent };
        return (set, new JourneyRunner(set));
    }

    private static (JourneyOutcome Outcome, ContactFacts Facts) Begin(JourneyRunner runner)
    {
        var facts = Contact() with { Events = EventLog.Of([Form]) };
        return (runner.OnEvent(facts, JourneyState.Empty, Form, Form.At, RoutingState.Empty), facts);
    }

    private static JourneyOutcome Answer(JourneyRunner runner, JourneyOutcome before, ContactFacts facts, HubEvent answer) =>
        runner.OnEvent(facts with { Events = facts.Events.With(answer) }, before.State, answer, answer.At, before.Routing);

    [Fact]
    public void A_vendor_that_is_set_up_is_asked_once_and_its_answer_wakes_the_contact()
    {
        var runner = With(Workflow("  - id: ask\n    enrich: { vendors: [clearbit, apollo], deadline: 2s }\n  - exit: done")).Runner;
        var (asked, facts) = Begin(runner);
        Assert.Equal(Form.At.AddSeconds(2), asked.NextDue);
        var request = Assert.IsType<OutsideRequest.Enrich>(Assert.Single(asked.Requests).Of);
        Assert.Equal("apollo", Assert.Single(request.Vendors));
        Assert.Equal(Form.At.AddSeconds(2), request.Deadline);

        var answered = Answer(runner, asked, facts, Event("custom.enriched", "2026-03-02T09:00:01Z", """{"vendor":"apollo"}"""));
        Assert.Equal(["2026-03-02 09:00 update: enriched by apollo", "2026-03-02 09:00 exit: done"], answered.Effects.Select(Line));
        Assert.Empty(answered.Requests);
    }

    [Fact]
    public void A_dead_vendor_costs_the_deadline_and_no_more()
    {
        var runner = With(Workflow("  - enrich: { vendors: [apollo], deadline: 2s }\n  - exit: done")).Runner;
        var (asked, facts) = Begin(runner);
        var late = runner.OnTime(facts, asked.State, asked.NextDue!.Value, asked.Routing);
        Assert.Equal(["2026-03-02 09:00 skip: not enriched: no answer within 2s", "2026-03-02 09:00 exit: done"], late.Effects.Select(Line));
        Assert.Empty(Answer(runner, late, facts, Event("custom.enriched", "2026-03-02T09:00:09Z", """{"vendor":"apollo"}""")).Effects);
    }

    private static readonly Workflow Deciding = Workflow("  - id: tone\n    decide: { question: Which tone?, options: [{ name: plain, steps: [{ exit: plainly }] }, { name: warm, steps: [{ exit: warmly }] }], fallback: plain, deadline: 20s }");

    [Fact]
    public void An_agent_that_is_off_leaves_the_fallback() =>
        Assert.Equal(["2026-03-02 09:00 enter: form.submitted", "2026-03-02 09:00 update: decided plain: the agent is off", "2026-03-02 09:00 exit: plainly"], Lines(Deciding, Contact(), Form));

    [Theory]
    [InlineData("""{"workflow":"test","step":"tone","option":"warm","reason":"she thanked us"}""", "decided warm: she thanked us", "warmly")]
    [InlineData("""{"workflow":"test","step":"tone","option":"shouting"}""", "decided plain: the agent named no option", "plainly")]
    public void An_agents_answer_is_one_of_the_options_or_none(string properties, string reason, string end)
    {
        var runner = With(Deciding, agent: true).Runner;
        var (asked, facts) = Begin(runner);
        Assert.Equal("Which tone?", Assert.IsType<OutsideRequest.Decide>(Assert.Single(asked.Requests).Of).Question);
        Assert.Equal([reason, end], Answer(runner, asked, facts, Event("custom.decided", "2026-03-02T09:00:05Z", properties)).Effects.Select(e => e.Reason));
    }

    [Fact]
    public void An_answer_to_another_step_is_not_this_steps()
    {
        var runner = With(Deciding, agent: true).Runner;
        var (asked, facts) = Begin(runner);
        Assert.Empty(Answer(runner, asked, facts, Event("custom.decided", "2026-03-02T09:00:05Z", """{"workflow":"test","step":"other","option":"warm"}""")).Effects);
        Assert.Equal(["decided plain: no answer within 20s", "plainly"], runner.OnTime(facts, asked.State, asked.NextDue!.Value, asked.Routing).Effects.Select(e => e.Reason));
    }

    [Fact]
    public void A_suppression_stops_every_other_workflow_on_that_channel_alone()
    {
        var closing = Workflow("  - suppress: { channel: email, reason: no answer }", name: "closing");
        var writing = Workflow("  - wait: 1d\n  - send: hello\n  - send: { template: hello-sms, channel: sms }", name: "writing");
        var effects = Run(Set(Launch, closing, writing), Contact((Field.Phone, "+447700900123")), "2026-03-10T00:00Z", Form);
        Assert.Equal(
            ["closing enter: form.submitted", "closing suppress: no answer", "closing exit: completed", "writing enter: form.submitted", "writing skip hello: suppressed: email no answer", "writing send hello-sms", "writing exit: completed"],
            effects.OrderBy(e => e.Workflow, StringComparer.Ordinal).Select(e => $"{e.Workflow} {Line(e)[17..]}"));
        Assert.Equal(Channel.Email, effects.Single(e => e.Kind == EffectKind.Suppress).Channel);
    }

    [Fact]
    public void A_note_goes_to_the_owner_whatever_the_contact_consents_to()
    {
        var rules = RoutingRules.Empty with { Reps = [new Rep("Ana Lima", "ana@engines.co.uk", 1, null, [])] };
        var workflow = Workflow("  - notify: { to: owner, template: told, reason: hot }\n  - notify: { to: boss@engines.co.uk, reason: hot }");
        var set = Set(Launch, null, rules, null, workflow);
        string To(params (Field, string)[] fields) => string.Join(", ", Run(set, Contact(fields) with { Consents = [] }, "2026-03-03T00:00Z", Form).Where(e => e.Kind == EffectKind.Notify).Select(e => ((EffectPayload.Note)e.Payload!).To));
        Assert.Equal("ana@engines.co.uk, boss@engines.co.uk", To((Field.Owner, "Ana Lima")));
        Assert.Equal("sales@localhost, boss@engines.co.uk", To());
        Assert.Equal("sales@localhost, boss@engines.co.uk", To((Field.Owner, "somebody unknown")));
    }

    [Fact]
    public void A_score_tells_both_sums_and_what_they_are_made_of()
    {
        const string Rules = """
            most: 50
            fit:
              - { when: { field: company, exists: true }, points: 30, why: company known }
              - { when: { field: job_title, contains: director }, points: 40, why: director }
              - { when: { tag: competitor }, points: -10, why: competitor }
            behaviour:
              - { event: page.viewed, where: { path: /pricing }, points: 10, half_life: 10d, most: 15, why: prices }
              - { event: form.submitted, points: 20, half_life: 10d, why: form }
            """;
        var (model, errors) = ScoreReader.Read(Yaml(Rules));
        Assert.Empty(errors);
        var set = Set(Launch, model, null, null, Workflow("  - score: scoring"));
        HubEvent Price(string at) => Event("page.viewed", at, """{"path":"/pricing"}""");

        // A view of ten days ago counts half, two of now are capped at 15; fit 30 + 40 - 10 is capped at 50.
        var effects = Run(set, Contact((Field.Company, "Engines"), (Field.JobTitle, "Sales Director"), (Field.Tags, "competitor")), "2026-03-03T00:00Z", Price("2026-02-20T09:00Z"), Price("2026-03-02T08:59:59Z"), Price("2026-03-02T08:59:58Z"), Form);
        Assert.Equal("fit 50 (director +40, company known +30, competitor -10), behaviour 35 (form +20, prices (3 times) +15), total 85", effects.Single(e => e.Kind == EffectKind.Score).Reason);

        var halved = Run(set, Contact(), "2026-03-03T00:00Z", Price("2026-02-20T09:00Z"), Form);
        Assert.Equal("fit 0 (nothing counts), behaviour 25 (form +20, prices +5), total 25", halved.Single(e => e.Kind == EffectKind.Score).Reason);
    }

    [Fact]
    public void A_score_never_leaves_its_bounds_and_fades_towards_nothing()
    {
        var model = new ScoreModel([], [new BehaviourRule(new EventPattern("page.viewed", []), 10, TimeSpan.FromDays(7), 60, "visit")], 100);
        var set = Set(Launch, model, null, null);
        Gen.Int[0, 60 * 24].Array[0, 30].Sample(
            hours =>
            {
                var facts = Contact() with { Events = EventLog.Of(hours.Select((h, i) => Event("page.viewed", Utc(Launch).AddHours(h).ToString("O"), id: $"e{i}"))) };
                var before = double.MaxValue;
                for (var day = 60; day < 120; day += 7)
                {
                    var score = model.Of(View(set, facts, Utc(Launch).AddDays(day))).Behaviour;
                    Assert.InRange(score, 0, Math.Min(60, before));
                    before = score;
                }
            },
            iter: 100);
    }
}
