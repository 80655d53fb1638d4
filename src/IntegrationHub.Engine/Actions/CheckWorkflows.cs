using System.Collections.Immutable;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>A warning of the coach with its place.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="File">Its file.</param>
/// <param name="Line">The step's line, from 1; 1 where it is about the whole workflow.</param>
/// <param name="Warning">The warning.</param>
public sealed record PlacedWarning(string Workflow, string File, int Line, CoachWarning Warning)
{
    /// <summary><c>file:line: coach: what is doubtful (code)</c>.</summary>
    public override string ToString() => $"{File}:{Line}: coach: {Warning.Message} ({Warning.Code})";
}

/// <summary>What a check of the definitions found.</summary>
/// <param name="Workflows">The workflows that can be read, by name.</param>
/// <param name="Errors">Mistakes, with file, line and column; nothing runs while there is one.</param>
/// <param name="Warnings">What the coach says.</param>
public sealed record WorkflowCheck(ImmutableArray<string> Workflows, ImmutableArray<RecipeError> Errors, ImmutableArray<PlacedWarning> Warnings);

/// <summary>The version of a workflow that is launched, for the coach: what a change is held against.</summary>
/// <param name="Workflow">The version.</param>
/// <param name="LaunchedAt">Since when it runs.</param>
public sealed record RunningVersion(Workflow Workflow, DateTimeOffset LaunchedAt);

/// <summary>Reads all definitions, and has the coach look them over. Needs no database; where there is one, what runs is what changes are held against.</summary>
public static class CheckWorkflows
{
    /// <summary>Checks.</summary>
    /// <param name="name">One workflow, whose own mistakes and those of the files that all share are told; null for all.</param>
    /// <param name="mappings">The mappings folder.</param>
    /// <param name="profile"><c>starter</c> or <c>full</c>; null for what each file says.</param>
    /// <param name="running">The launched versions by workflow; null where nothing is known of them.</param>
    /// <param name="now">The present, to tell for how long they have run.</param>
    /// <exception cref="NotPossibleException">No file has that name.</exception>
    public static WorkflowCheck Run(string? name, string mappings, string? profile = null, IReadOnlyDictionary<string, RunningVersion>? running = null, DateTimeOffset now = default)
    {
        var files = WorkflowBook.FilesOfWorkflows(mappings);
        if (name is not null && files.All(f => NameOf(f) != name)) throw new NotPossibleException($"There is no workflow '{name}' in {Path.Combine(mappings, "workflows")}. {Suggestion.For(name, files.Select(NameOf))}");
        var errors = Load(mappings, profile, out var book);
        // Somebody who mends one file is not told of mistakes in another workflow's.
        var meant = errors.Where(e => name is null || NameOf(e.File) == name || !files.Contains(e.File)).ToImmutableArray();
        var read = book is not null ? book.Workflows : [.. files.Select(f => WorkflowBook.Readable(f, profile)).OfType<WorkflowFile>()];
        var chosen = read.Where(w => name is null || w.Workflow.Name == name).ToImmutableArray();
        var segments = book?.Segments ?? [];
        return new WorkflowCheck([.. chosen.Select(w => w.Workflow.Name)], meant, [.. chosen.SelectMany(w => Reviewed(w.Workflow).Select(c => new PlacedWarning(w.Workflow.Name, w.File, LineOf(w.Text, c.Step), c)))]);

        ImmutableArray<CoachWarning> Reviewed(Workflow workflow) =>
            running?.GetValueOrDefault(workflow.Name) is { } live ? Coach.Review(workflow, segments, live.Workflow, now - live.LaunchedAt) : Coach.Review(workflow, segments);
    }

    /// <summary>The launched versions, by workflow: what the coach holds a change against. One whose text this version of the hub cannot read any more is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, RunningVersion>> Running(HubStore store, CancellationToken ct)
    {
        var running = new Dictionary<string, RunningVersion>(StringComparer.Ordinal);
        foreach (var launch in (await store.Launches.List(ct)).Where(l => l.State != LaunchState.Stopped))
        {
            var version = (await store.Launches.Versions(launch.Name, ct)).FirstOrDefault(v => v.Version == launch.Version);
            try
            {
                if (version is not null) running[launch.Name] = new RunningVersion(WorkflowsInForce.Parse(version.Name, version.Text), launch.LaunchedAt);
            }
            catch (RecipeException)
            {
                continue;
            }
        }

        return running;
    }

    private static ImmutableArray<RecipeError> Load(string mappings, string? profile, out WorkflowBook? book)
    {
        try
        {
            book = WorkflowBook.Load(mappings, profile);
            return [];
        }
        catch (RecipeException e)
        {
            book = null;
            return e.Errors;
        }
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static int LineOf(string text, string? step)
    {
        if (step is null) return 1;
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, l => l.TrimStart(' ', '-', '{').Split('#')[0].TrimEnd().TrimEnd(',').StartsWith($"id: {step}", StringComparison.Ordinal));
        return line < 0 ? 1 : line + 1;
    }
}
