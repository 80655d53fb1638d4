using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

public sealed class CoachTests
{
    private const string Sound = """
        triggers: [{ event: form.submitted }]
        goal: { event: order.placed, metric: revenue }
        exits: [{ event: email.unsubscribed }, { event: email.complained }]
        steps:
          - { id: one, send: one }
          - { id: later, wait: 3d }
          - { id: two, send: two }
        """;

    [Fact]
    public void A_sound_first_version_is_praised_by_silence() => Assert.Empty(Codes(Sound));

    [Fact]
    public void More_than_three_messages_to_one_contact_are_too_many_at_first() =>
        Assert.Equal(["too_many_messages"], Codes(Sound + "\n  - send: three\n  - wait: 1d\n  - send: four"));

    [Fact]
    public void Four_messages_of_which_each_contact_gets_three_are_not_too_many() =>
        Assert.Empty(Codes(Sound + "\n  - wait: { event: email.clicked, timeout: 2d, then: [{ send: clicked }], else: [{ send: other }] }"));

    [Fact]
    public void The_full_profile_may_have_more_messages() => Assert.Empty(Codes(Sound + "\n  - { profile: full, send: three }\n  - { profile: full, send: four }", "full"));

    [Fact]
    public void Later_versions_may_have_more_messages() =>
        Assert.Empty(Coach.Review(Script.Workflow(Sound + "\n  - send: three\n  - send: four"), [], Script.Workflow(Sound), TimeSpan.FromDays(31)));

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void A_branch_waits_for_thirty_days_of_data(int days, bool warned)
    {
        var after = Script.Workflow(Sound + "\n  - { id: click, wait: { event: email.clicked, timeout: 2d, then: [{ send: clicked }], else: [{ send: other }] } }");
        var warnings = Coach.Review(after, [], Script.Workflow(Sound), TimeSpan.FromDays(days));
        Assert.Equal(warned ? ["early_branch on click"] : [], warnings.Select(w => $"{w.Code} on {w.Step}"));
    }

    [Fact]
    public void A_branch_that_was_there_before_is_not_new()
    {
        var workflow = Script.Workflow(Sound + "\n  - { id: click, wait: { event: email.clicked, timeout: 2d, then: [{ send: clicked }], else: [{ send: other }] } }");
        Assert.Empty(Coach.Review(workflow, [], workflow, TimeSpan.FromDays(2)));
    }

    [Fact]
    public void A_first_version_parts_its_contacts_once()
    {
        const string branch = "wait: { event: email.clicked, timeout: 2d, then: [{ send: a }], else: [{ send: b }] }";
        var workflow = Script.Workflow(Sound.Replace("  - { id: two, send: two }", $"  - {{ id: first, {branch} }}\n  - {{ id: second, {branch} }}", StringComparison.Ordinal));
        Assert.Equal(["early_branch on second"], Coach.Review(workflow, []).Select(w => $"{w.Code} on {w.Step}"));
    }

    [Fact]
    public void Without_an_exit_and_an_ending_goal_nobody_gets_out() =>
        Assert.Contains("no_exit", Codes("triggers: [{ event: form.submitted }]\ngoal: { event: order.placed, metric: revenue, ends: false }\nsteps: [{ send: one }, { wait: 1d }]"));

    [Fact]
    public void Who_wants_no_more_must_be_thought_of()
    {
        Assert.Equal(["no_suppression"], Codes(Sound.Replace("exits: [{ event: email.unsubscribed }, { event: email.complained }]", "exits: [{ event: order.refunded }]", StringComparison.Ordinal)));
        Assert.Empty(Codes(Sound.Replace("exits: [{ event: email.unsubscribed }, { event: email.complained }]", "exits: [{ when: { consent: email, given: false } }]", StringComparison.Ordinal)));
        Assert.Empty(Codes(Sound.Replace("exits: [{ event: email.unsubscribed }, { event: email.complained }]", "exits: [{ event: order.refunded }]", StringComparison.Ordinal) + "\n  - suppress: { channel: email, reason: no answer }"));
    }

    [Fact]
    public void One_message_for_all_behaviours_is_told()
    {
        var blind = Sound.Replace("metric: revenue }", "metric: revenue, ends: false }", StringComparison.Ordinal);
        Assert.Equal(["one_message_for_all"], Codes(blind));
        Assert.Empty(Codes(blind + "\n  - branch: { when: { event: email.clicked, since: last_send }, then: [{ exit: clicked }] }"));
    }

    [Theory]
    [InlineData("triggers: [{ event: email.opened }]", "triggers: [{ event: form.submitted }]")]
    [InlineData("exits: [{ event: email.opened }, ", "exits: [")]
    [InlineData("only: { not: { event: email.opened } }\nexits: [", "exits: [")]
    public void Opened_mails_decide_nothing(string with, string instead) => Assert.Equal(["opens_decide"], Codes(Sound.Replace(instead, with, StringComparison.Ordinal)));

    [Fact]
    public void Opened_mails_are_found_behind_a_segment()
    {
        var workflow = Script.Workflow(Sound + "\n  - { id: keen, branch: { when: { segment: keen }, then: [{ exit: keen }] } }");
        var segment = SegmentReader.Read("keen", Script.Yaml("when: [{ event: email.opened, at_least: 3 }]")).Segment!;
        Assert.Equal(["opens_decide on keen"], Coach.Review(workflow, [segment]).Select(w => $"{w.Code} on {w.Step}"));
    }

    [Fact]
    public void Without_a_goal_there_is_no_success() => Assert.Contains("no_goal", Codes("triggers: [{ event: form.submitted }]\nsteps: [{ notify: { to: a@b.example, reason: a form } }]"));

    [Fact]
    public void Every_warning_is_declared_with_its_meaning()
    {
        var all = Codes("triggers: [{ event: email.opened }]\nsteps: [{ send: a }, { wait: 1d }, { send: b }, { send: c }, { send: d }, { split: { arms: [{ name: x, share: 1, steps: [{ send: e }] }, { name: y, share: 1, steps: [{ send: f }] }] } }, { split: { arms: [{ name: x, share: 1, steps: [{ send: g }] }, { name: y, share: 1, steps: [{ send: h }] }] } }]");
        Assert.Equal(Coach.Codes.Keys, all.Order(StringComparer.Ordinal).Distinct());
    }

    private static IEnumerable<string> Codes(string yaml, string? profile = null) => Coach.Review(Script.Workflow(yaml, profile: profile), []).Select(w => w.Code);
}
