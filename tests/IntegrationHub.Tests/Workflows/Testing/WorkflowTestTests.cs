using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Workflows;
using IntegrationHub.Workflows.Testing;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Workflows.Testing;

public sealed class WorkflowTestTests(ITestOutputHelper output)
{
    private static readonly string Mappings = Path.Combine(AppContext.BaseDirectory, "mappings");
    private static readonly Lazy<WorkflowBook> Book = new(() => WorkflowBook.Load(Mappings));

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(Mappings, "workflows"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_step_arm_and_exit_of_a_shipped_workflow_is_reached_and_the_paths_are_the_approved_ones(string name)
    {
        var outcome = Assert.Single(TestWorkflows.Run([name], Mappings, approve: false));
        Assert.Empty(outcome.Report.Unreached);
        Assert.Empty(outcome.Report.Problems);
        Assert.Empty(outcome.Changes);
        Assert.True(outcome.Approved);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_full_profile_is_reached_whole_too(string name)
    {
        var book = WorkflowBook.Load(Mappings, "full");
        var report = TestWorkflows.Of(book, book.Workflows.First(w => w.Workflow.Name == name).Workflow);
        Assert.Empty(report.Unreached);
        Assert.Empty(report.Problems);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_starter_profile_sends_three_messages_at_most(string name)
    {
        var book = WorkflowBook.Load(Mappings, "starter");
        var report = TestWorkflows.Of(book, book.Workflows.First(w => w.Workflow.Name == name).Workflow);
        Assert.All(report.Paths, p => Assert.True(p.Lines.Count(l => l.Kind == EffectKind.Send && l.Workflow == name) <= 3 * p.Lines.Count(l => l.Kind == EffectKind.Enter && l.Workflow == name), p.Name));
    }

    [Fact]
    public void Mistakes_made_in_the_five_workflows_are_seen_ninety_five_times_in_a_hundred()
    {
        var (made, survived) = (0, new List<string>());
        foreach (var file in Book.Value.Workflows)
        {
            var right = PathText.Of(TestWorkflows.Of(Book.Value, file.Workflow));
            foreach (var (what, mutant) in Mutants.Of(file.Workflow))
            {
                made++;
                var report = TestWorkflows.Of(Book.Value, mutant);
                if (report.Passed && PathText.Of(report) == right) survived.Add($"{file.Workflow.Name}: {what}");
            }
        }

        output.WriteLine($"{made} mutants, {survived.Count} not seen: {string.Join("; ", survived)}");
        Assert.True(made >= 50, $"{made} mutants are too few.");
        Assert.True(survived.Count <= made * 0.05, $"Of {made} mutants {survived.Count} were not seen: {string.Join("; ", survived)}");
    }

    [Fact]
    public void The_same_workflow_gives_the_same_paths_each_time()
    {
        var workflow = Book.Value.Workflows[0].Workflow;
        Assert.Equal(PathText.Of(TestWorkflows.Of(Book.Value, workflow)), PathText.Of(TestWorkflows.Of(Book.Value, workflow)));
    }
}
