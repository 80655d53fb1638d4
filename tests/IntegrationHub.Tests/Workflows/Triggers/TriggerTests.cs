using System.Collections.Immutable;
using System.Xml.Linq;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using IntegrationHub.Workflows.Testing;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Triggers;

public sealed class TriggerTests
{
    private const string Mail = "  - { id: hello, send: { template: hello } }";

    [Fact]
    public void A_birthday_comes_every_year_at_the_contacts_own_nine_o_clock()
    {
        var set = Set("2026-01-01", Workflow(Mail, "reentry: 300d", triggers: "[{ date: birth_date, yearly: true }]"));
        var effects = Run(set, Contact((Field.BirthDate, "1990-07-04"), (Field.TimeZone, "America/New_York")), "2028-01-01");
        // July in New York is four hours behind Greenwich.
        Assert.Equal(["2026-07-04 13:00", "2027-07-04 13:00"], Entries(effects));
    }

    [Fact]
    public void A_renewal_is_announced_so_many_days_before_the_date_that_the_latest_contract_tells()
    {
        var set = Set("2026-01-01", Workflow(Mail, "reentry: always", triggers: "[{ date: renews_on, of: custom.contract.signed, before: 30d, at: \"10:30\" }]"));
        var effects = Run(set, Contact((Field.TimeZone, "Europe/Berlin")), "2027-01-01", Event("custom.contract.signed", "2026-01-05", """{"renews_on":"2026-04-15"}"""), Event("custom.contract.signed", "2026-02-01", """{"renews_on":"2026-07-15"}"""));
        // The first date was replaced before its day came: 15 July less 30 days, half past ten in summer time.
        Assert.Equal(["2026-06-15 08:30"], Entries(effects));
    }

    [Fact]
    public void The_29th_of_February_comes_on_the_28th_where_the_year_has_none()
    {
        var set = Set("2026-01-01", Workflow(Mail, "reentry: 300d", triggers: "[{ date: birth_date, yearly: true }]"));
        Assert.Equal(["2026-02-28 09:00", "2027-02-28 09:00", "2028-02-29 09:00"], Entries(Run(set, Contact((Field.BirthDate, "2000-02-29"), (Field.TimeZone, "Etc/UTC")), "2029-01-01")));
    }

    [Fact]
    public void A_date_that_is_past_at_launch_starts_nothing_and_neither_does_no_date()
    {
        var set = Set("2026-07-04T12:00Z", Workflow(Mail, "reentry: always", triggers: "[{ date: birth_date }]"));
        Assert.Empty(Run(set, Contact((Field.BirthDate, "2026-07-04"), (Field.TimeZone, "Etc/UTC")), "2027-01-01"));
        Assert.Empty(Run(set, Contact(), "2027-01-01"));
        Assert.Empty(Run(set, Contact((Field.BirthDate, "some day")), "2027-01-01"));
    }

    [Fact]
    public void A_field_that_becomes_another_starts_it_once_and_only_from_and_to_what_it_says()
    {
        var changed = Workflow(Mail, "reentry: always", triggers: "[{ changed: country, from: [DE, at], to: CH }]");
        var set = Set("2026-01-01", changed);
        var (runner, state) = (new JourneyRunner(set), JourneyState.Empty);
        List<string> Becomes(string? country, string at)
        {
            var outcome = runner.OnChange(Contact((Field.Country, country!)), state, Utc(at), RoutingState.Empty);
            state = outcome.State;
            return [.. outcome.Effects.Where(e => e.Kind == EffectKind.Enter).Select(e => e.Reason!)];
        }

        Assert.Empty(Becomes("DE", "2026-01-02"));
        Assert.Equal(["country changed from DE or at to CH"], Becomes("CH", "2026-01-03"));
        Assert.Empty(Becomes("CH", "2026-01-04"));
        Assert.Empty(Becomes("FR", "2026-01-05"));
        Assert.Empty(Becomes("CH", "2026-01-06"));
        Assert.Empty(Becomes("AT", "2026-01-07"));
        Assert.Single(Becomes("CH", "2026-01-08"));
    }

    [Fact]
    public void What_history_has_changed_is_where_counting_begins()
    {
        var (runner, de, ch) = (new JourneyRunner(Set("2026-01-01", Workflow(Mail, triggers: "[{ changed: country }]"))), Contact((Field.Country, "DE")), Contact((Field.Country, "CH")));
        var state = runner.OnChange(de, JourneyState.Empty, Utc("2026-01-02"), RoutingState.Empty).State;
        state = runner.Absorb(ch, state, Utc("2026-01-03"), RoutingState.Empty).State;
        Assert.Empty(runner.OnChange(ch, state, Utc("2026-01-04"), RoutingState.Empty).Effects);
        Assert.Contains(runner.OnChange(de, state, Utc("2026-01-05"), RoutingState.Empty).Effects, e => e.Kind == EffectKind.Enter);
    }

    [Theory]
    [InlineData("[{ date: birth_date, yearly: true, after: 1d }]")]
    [InlineData("[{ date: known_since, yearly: true }]")]
    [InlineData("[{ date: renews_on, of: custom.contract, before: 30d }]")]
    [InlineData("[{ changed: country }]")]
    [InlineData("[{ changed: country, from: DE, to: [CH, AT] }]")]
    [InlineData("[{ changed: job_title, from: [a, b] }]")]
    public void The_test_of_a_workflow_brings_the_trigger_about(string triggers)
    {
        var report = WorkflowTest.Run(
            Workflow(Mail, triggers: triggers), [], [], ScoreModel.Empty, RoutingRules.Empty, SendingRules.Default,
            (template, channel, _, _, _) => new Composed(new RenderedMessage(channel, MessagePurpose.Marketing, null, template, "", null, template), null));
        Assert.Empty(report.Unreached);
        Assert.Contains("step hello", report.Covered);
    }

    [Theory]
    [InlineData("[{ date: city }]", "'city' is no date of a contact")]
    [InlineData("[{ date: birth_date, before: 36h }]", "counts whole days")]
    [InlineData("[{ date: birth_date, before: 3d, after: 4d }]", "give one of them")]
    [InlineData("[{ date: renews_on, of: contract }]", "unknown event type 'contract'")]
    [InlineData("[{ changed: rank }]", "unknown field 'rank'")]
    public void A_mistake_is_told_with_what_was_expected(string triggers, string expected)
    {
        var text = $"name: test\ntriggers: {triggers}\nsteps:\n{Mail}";
        Assert.Contains(WorkflowReader.Read("test", text, Yaml(text)).Errors, e => e.Message.Contains(expected, StringComparison.Ordinal) && e.Line == 2);
    }

    [Fact]
    public void The_picture_has_every_step_and_way_and_is_sound_whatever_the_texts_hold()
    {
        var workflow = Workflow(
            "  - { id: ask, branch: { when: { field: city, is: \"<A> & \\\"B\\\"\" }, then: [{ id: yes, send: { template: hello } }], else: [{ id: no, exit: { reason: away } }] } }\n  - { id: last, wait: { for: 3d } }",
            "exits: [{ event: order.placed, reason: bought }]");
        var svg = XDocument.Parse(PathDiagram.Svg(workflow, workflow));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value).ToList();
        Assert.Contains(texts, t => t.StartsWith("ask: ", StringComparison.Ordinal) && t.Contains("<A> & \"B\"", StringComparison.Ordinal));
        foreach (var step in workflow.Steps) Assert.Equal(2, texts.Count(t => t.StartsWith($"{step.Id}: ", StringComparison.Ordinal)));
        // entry to ask, its two arms, yes to last, last to the end: five ways a workflow.
        Assert.Equal(10, svg.Descendants().Count(e => e.Attribute("marker-end") is not null));
        Assert.DoesNotContain(svg.Descendants().Attributes(), a => a.Name.LocalName is "href" or "onload" or "style");
    }

    private static string[] Entries(ImmutableArray<Effect> effects) => [.. effects.Where(e => e.Kind == EffectKind.Enter).Select(e => e.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm"))];
}
