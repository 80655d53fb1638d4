using System.CommandLine;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow check</c>: are the definitions right, and what does the coach say? Needs no database.</summary>
internal static class WorkflowCheckCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("name") { Description = "A workflow by name; none for all in mappings/workflows.", Arity = ArgumentArity.ZeroOrOne };
        var profile = new Option<string?>("--profile") { Description = "starter or full, for all workflows; what each file says unless told." };
        profile.AcceptOnlyFromAmong("starter", "full");
        var command = new Command("check", "Read all definitions; show mistakes with file, line and column, and what the coach warns of.") { name, profile };
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            var settings = HubSettings.Read(parsed);
            var check = CheckWorkflows.Run(parsed.GetValue(name), settings.Engine.MappingsDirectory, parsed.GetValue(profile), await Running(parsed, settings, ct), TimeProvider.System.GetUtcNow());
            if (parsed.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(Json(check));
            else Show(check);
            return check.Errors.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        }));
        return HelpWithExamples.Add(command, "hub workflow check", "hub workflow check abandoned-cart --json");
    }

    /// <summary>What runs, where there is a database of this version; a check needs none.</summary>
    private static async Task<IReadOnlyDictionary<string, RunningVersion>?> Running(ParseResult parsed, HubSettings settings, CancellationToken ct)
    {
        if (!File.Exists(settings.Engine.Database) && !settings.Engine.Database.Contains('=', StringComparison.Ordinal) && !settings.Engine.Database.Contains("://", StringComparison.Ordinal)) return null;
        try
        {
            await using var hub = HubContext.OpenAsItIs(parsed, settings);
            return await hub.Get<HubStore>().IsCurrent(ct) ? await CheckWorkflows.Running(hub.Get<HubStore>(), ct) : null;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private static string Json(WorkflowCheck check) => JsonSerializer.Serialize(
        new
        {
            check.Workflows,
            Errors = check.Errors.Select(e => new { e.File, e.Line, e.Column, e.Where, e.Message }),
            Warnings = check.Warnings.Select(w => new { w.Workflow, w.File, w.Line, w.Warning.Code, w.Warning.Step, w.Warning.Message }),
        },
        HubContext.JsonFormat);

    private static void Show(WorkflowCheck check)
    {
        // Written plainly: an editor makes links of file:line, and a wrapped line would be none.
        foreach (var error in check.Errors) Console.Out.WriteLine(error);
        foreach (var warning in check.Warnings) Console.Out.WriteLine(warning);
        Console.Out.WriteLine($"{check.Workflows.Length} workflows read, {check.Errors.Length} mistakes, {check.Warnings.Length} warnings.");
    }
}
