using IntegrationHub.Engine.Actions;
using IntegrationHub.Tests.Recipes;

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
