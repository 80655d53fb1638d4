using IntegrationHub.Engine.Actions;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows;

public sealed class CheckWorkflowsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-check").FullName;

    public CheckWorkflowsTests()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Mappings, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Mappings, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("starter")]
    [InlineData("full")]
    public void The_shipped_workflows_have_neither_mistakes_nor_warnings(string? profile)
    {
        var check = CheckWorkflows.Run(null, folder, profile);
        Assert.Empty(check.Errors);
        Assert.Empty(check.Warnings.Select(w => w.ToString()));
        Assert.Equal("abandoned-cart lead-nurture lead-qualification post-purchase re-engagement", string.Join(" ", check.Workflows));
    }

    [Fact]
    public void A_mistake_is_told_with_file_line_and_column()
    {
        var file = Write("mine", "name: mine\ntriggers: [{ event: form.submitted }]\nsteps:\n  - wait: 3 days\n  - sned: hello\n");
        var check = CheckWorkflows.Run("mine", folder);
        Assert.Equal([$"{file}:4:11: steps[0].wait.for: '3 days' is no length of time: write a number with s, m, h, d or w, such as 45m, 24h, 3d."], check.Errors.Where(e => e.Line == 4).Select(e => e.ToString()));
        Assert.StartsWith($"{file}:5:5: steps[1]: no step is named here. Did you mean 'send'?", Assert.Single(check.Errors, e => e.Line == 5).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_another_workflow_do_not_stop_the_coach()
    {
        Write("broken", "name: broken\ntriggers: []\nstepz: []\n");
        var file = Write("mine", "name: mine\ntriggers: [{ event: form.submitted }]\nsteps:\n  - { id: one, notify: { to: a@b.example, reason: a form } }\n");
        var check = CheckWorkflows.Run("mine", folder);
        Assert.Empty(check.Errors);
        Assert.StartsWith($"{file}:1: coach: no goal", Assert.Single(check.Warnings).ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(CheckWorkflows.Run(null, folder).Errors);
    }

    [Fact]
    public void A_warning_about_a_step_has_the_steps_line()
    {
        Write("mine", "name: mine\ntriggers: [{ event: form.submitted }]\ngoal: { event: order.placed, metric: revenue }\nsteps:\n  - id: a-day\n    wait: 1d\n  - { id: opened, branch: { when: { event: email.opened }, then: [{ exit: read }] } }\n");
        var warning = Assert.Single(CheckWorkflows.Run("mine", folder).Warnings);
        Assert.Equal((7, "opens_decide", "opened"), (warning.Line, warning.Warning.Code, warning.Warning.Step));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(31, false)]
    public void A_branch_that_is_new_beside_the_version_that_runs_comes_too_early_until_it_has_run_for_30_days(int days, bool warned)
    {
        const string Head = "name: mine\ntriggers: [{ event: form.submitted }]\ngoal: { event: order.placed, metric: revenue }\nexits: [{ event: email.unsubscribed }, { event: order.placed }]\nsteps:\n";
        const string Plain = Head + "  - { id: hello, send: abandoned-cart-1h }\n  - { id: days, wait: 3d }\n";
        var now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        var running = new Dictionary<string, RunningVersion> { ["mine"] = new(IntegrationHub.Engine.Events.WorkflowsInForce.Parse("mine", Plain), now.AddDays(-days)) };
        Write("mine", Plain + "  - { id: asks, branch: { when: { event: email.clicked }, then: [{ id: a, send: abandoned-cart-24h }], else: [{ id: b, send: abandoned-cart-1h }] } }\n");
        Assert.Equal(warned, CheckWorkflows.Run("mine", folder, null, running, now).Warnings.Any(w => w.Warning is { Code: "early_branch", Step: "asks" }));
        Write("mine", Plain);
        Assert.DoesNotContain(CheckWorkflows.Run("mine", folder, null, running, now).Warnings, w => w.Warning.Code == "early_branch");
    }

    [Fact]
    public async Task A_test_sends_each_message_of_each_path_once_to_one_mailbox()
    {
        var outcomes = TestWorkflows.Run(["abandoned-cart"], folder, approve: false);
        var sent = new List<OutgoingMessage>();
        var channel = new Engine.Delivery.LaneTests.Scripted(m =>
        {
            sent.Add(m);
            return sent.Count == 2 ? new IntegrationHub.Engine.Delivery.SendResult.Refused(IntegrationHub.Engine.Delivery.RefusalKind.Recipient, "full") : new IntegrationHub.Engine.Delivery.SendResult.Delivered("p");
        }, honoursKeys: false);
        var lane = new IntegrationHub.Engine.Delivery.ChannelLane(channel, RetrySchedule.Email, 1, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<IntegrationHub.Engine.Delivery.ChannelLane>.Instance);
        var mailing = await new SendTestMessages([lane], new IntegrationHub.Engine.EngineSettings(folder, "none", folder)).Run(outcomes, "me@example.com", new Actor("ada", Role.Admin), default);

        var written = outcomes[0].Report.Paths.SelectMany(p => p.Messages).DistinctBy(m => (m.Channel, m.Subject, m.Text)).ToList();
        Assert.True(written.Count >= 3);
        Assert.Equal(written.Count, sent.Count);
        Assert.Equal((written.Count - 1, 1), (mailing.Delivered, mailing.Problems.Count));
        Assert.All(sent, m => Assert.Equal(("me@example.com", Channel.Email), (m.To.Address, m.Channel)));
        Assert.Contains(sent, m => m.Subject.StartsWith("[test abandoned-cart, SMS]", StringComparison.Ordinal));
        Assert.Equal(sent.Count, sent.Select(m => m.Key).Distinct().Count());
    }

    [Fact]
    public void A_name_that_leads_nowhere_is_told()
    {
        Write("mine", "name: mine\ntriggers: [{ segment: nobody }]\nsteps:\n  - send: no-such-template\n  - start: no-such-workflow\n");
        Assert.Equal(["2 segment", "4 template", "5 workflow"], CheckWorkflows.Run("mine", folder).Errors.Select(e => $"{e.Line} {e.Where}"));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_likeliest() =>
        Assert.Contains("Did you mean 'abandoned-cart'?", Assert.Throws<NotPossibleException>(() => CheckWorkflows.Run("abandonned-cart", folder)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string yaml)
    {
        var file = Path.Combine(folder, "workflows", $"{name}.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }
}
