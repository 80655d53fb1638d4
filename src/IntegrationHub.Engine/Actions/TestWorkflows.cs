using System.Collections.Immutable;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using IntegrationHub.Workflows.Testing;

namespace IntegrationHub.Engine.Actions;

/// <summary>The test of one workflow beside what was approved of it.</summary>
/// <param name="Report">What the test shows.</param>
/// <param name="Approved">True when the paths are those that a person approved; null when none were approved yet.</param>
/// <param name="Changes">What differs from the approved paths: lines that begin with + are new, with - are gone.</param>
/// <param name="Diagram">The workflow as a Mermaid flow chart.</param>
/// <param name="ApprovedFile">Where the approved paths lie.</param>
/// <param name="Workflow">The workflow as it was tested.</param>
public sealed record WorkflowTestOutcome(WorkflowTestReport Report, bool? Approved, ImmutableArray<string> Changes, string Diagram, string ApprovedFile, Workflow Workflow)
{
    /// <summary>True when everything was reached, nothing went wrong, and nothing differs from what was approved.</summary>
    public bool Passed => Report.Passed && Approved != false;
}

/// <summary>
/// Tests workflows before anybody is in them. The paths of made-up contacts are held against those that a person has read and approved, in <c>mappings/workflows/approved</c>: a
/// step that went missing or a delay that changed is seen at once, whoever changed it. Touches no database, no statistics, and nobody.
/// </summary>
public static class TestWorkflows
{
    /// <summary>Tests workflows.</summary>
    /// <param name="names">By name; none for all.</param>
    /// <param name="mappings">The mappings folder.</param>
    /// <param name="approve">True to take the paths as approved.</param>
    /// <exception cref="NotPossibleException">No workflow has a name.</exception>
    /// <exception cref="RecipeException">Definitions have mistakes.</exception>
    public static ImmutableArray<WorkflowTestOutcome> Run(ImmutableArray<string> names, string mappings, bool approve)
    {
        var book = WorkflowBook.Load(mappings);
        foreach (var name in names.Where(n => book.Workflows.All(w => w.Workflow.Name != n)))
            throw new NotPossibleException($"There is no workflow '{name}' in mappings/workflows. {Suggestion.For(name, book.Workflows.Select(w => w.Workflow.Name))}");
        var outcomes = ImmutableArray.CreateBuilder<WorkflowTestOutcome>();
        foreach (var file in book.Workflows.Where(w => names.IsEmpty || names.Contains(w.Workflow.Name)))
        {
            var report = Of(book, file.Workflow);
            var approved = Path.Combine(mappings, "workflows", "approved", $"{file.Workflow.Name}.txt");
            var text = PathText.Of(report);
            if (approve)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
                File.WriteAllText(approved, text);
            }

            var before = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : null;
            outcomes.Add(new WorkflowTestOutcome(report, before is null ? null : before == text, before is null ? [] : Changes(before, text), PathText.Diagram(file.Workflow), approved, file.Workflow));
        }

        return outcomes.ToImmutable();
    }

    /// <summary>The test of one workflow of a book.</summary>
    public static WorkflowTestReport Of(WorkflowBook book, Workflow workflow) =>
        WorkflowTest.Run(workflow, [.. book.Workflows.Select(w => w.Workflow.Name)], book.Segments, book.Scoring, book.Routing, book.Sending, book.Composer(RehearsalLinks.Links).Compose);

    /// <summary>The longest common part stays; what stands around it is new or gone.</summary>
    private static ImmutableArray<string> Changes(string before, string after)
    {
        if (before == after) return [];
        var (old, now) = (before.TrimEnd('\n').Split('\n'), after.TrimEnd('\n').Split('\n'));
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var changes = ImmutableArray.CreateBuilder<string>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j]) (i, j) = (i + 1, j + 1);
            else if (j < now.Length && (i == old.Length || common[i, j + 1] >= common[i + 1, j])) changes.Add($"+ {now[j++]}");
            else changes.Add($"- {old[i++]}");
        }

        return changes.ToImmutable();
    }
}
