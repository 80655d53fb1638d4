using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow list|publish|launch|pause|resume|stop</c>.</summary>
internal static class WorkflowLaunchCommands
{
    public static Command List()
    {
        var command = new Command("list", "List the workflow files, and how those that were published stand.");
        command.SetAction(HubContext.Action(async (hub, _, ct) =>
        {
            var status = (await hub.Get<FollowWorkflows>().Status(HubContext.Operator, ct)).ToDictionary(s => s.Name, StringComparer.Ordinal);
            var names = hub.Get<LaunchWorkflow>().Files().Union(status.Keys).Order(StringComparer.Ordinal).ToList();
            hub.Answer(
                new { Workflows = names.Select(n => WorkflowFollowCommands.Line(n, status.GetValueOrDefault(n))) },
                screen =>
                {
                    var table = Render.Table("Workflow", "State", "Version", "Launched", "Versions");
                    foreach (var name in names)
                    {
                        var of = status.GetValueOrDefault(name);
                        table.AddRow(Render.Cells(
                            name, of?.Launch?.State.ToString().ToLowerInvariant() ?? (of is null ? "file only" : "published"), of?.Launch?.Version, of?.Launch is { } launch ? Render.Time(launch.LaunchedAt) : "", $"{of?.Versions ?? 0}"));
                    }

                    screen.Write(table);
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow list", "hub workflow list --json");
    }

    public static Command Publish()
    {
        var name = Name();
        var command = new Command("publish", "Keep a workflow's file as it is now as a version that never changes. Nothing is launched by it.") { name };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var (workflow, isNew) = await hub.Get<LaunchWorkflow>().Publish(parsed.GetValue(name)!, HubContext.Operator, ct);
            var coach = CheckWorkflows.Run(workflow.Name, hub.Settings.Engine.MappingsDirectory, null, await CheckWorkflows.Running(hub.Get<HubStore>(), ct), TimeProvider.System.GetUtcNow()).Warnings;
            hub.Answer(
                new { Workflow = workflow.Name, workflow.Version, New = isNew, Warnings = coach.Select(w => new { w.Line, w.Warning.Code, w.Warning.Step, w.Warning.Message }) },
                screen =>
                {
                    screen.WriteLine(isNew ? $"Published {workflow.Name} as version {workflow.Version}." : $"{workflow.Name} is published already as version {workflow.Version}.");
                    foreach (var warning in coach) screen.WriteLine(warning.ToString());
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow publish abandoned-cart");
    }

    public static Command Launch()
    {
        var name = Name();
        var why = new Option<string?>("--override") { Description = "Launch whatever the gate says, for this reason. Needs an admin; stands in the audit trail.", HelpName = "REASON" };
        var command = new Command("launch", "Launch a workflow: refused unless the audit of its segment passes, a test has walked all of this very version, and a goal with a metric is set.") { name, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var outcome = await hub.Get<LaunchWorkflow>().Launch(parsed.GetValue(name)!, parsed.GetValue(why), HubContext.Operator, ct);
            hub.Answer(
                new { outcome.Workflow, outcome.Version, outcome.LaunchedAt, outcome.Overridden, Checks = outcome.Checks.Select(c => new { c.Name, c.Passed, c.Message }) },
                screen =>
                {
                    foreach (var check in outcome.Checks) screen.WriteLine($"{(check.Passed ? "yes" : "NO "),-4} {check.Name}: {check.Message}");
                    screen.WriteLine($"Launched {outcome.Workflow}, version {outcome.Version}{(outcome.Overridden ? ", over the gate's no" : "")}. Events from now on trigger it while `hub serve` runs.");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow launch abandoned-cart", "hub workflow launch abandoned-cart --override \"agreed with Ana, the rest is fixed on Monday\"");
    }

    public static Command Pause() => Change("pause", "Let nobody enter and send nothing until it is resumed.", (hub, name, why, ct) => hub.Get<LaunchWorkflow>().Pause(name, why, HubContext.Operator, ct), "Paused");

    public static Command Resume() => Change("resume", "Go on where it was paused.", (hub, name, _, ct) => hub.Get<LaunchWorkflow>().Resume(name, HubContext.Operator, ct), "Resumed");

    public static Command Stop() => Change("stop", "End a workflow: all contacts leave it, and what waits is not sent.", (hub, name, why, ct) => hub.Get<LaunchWorkflow>().Stop(name, why, HubContext.Operator, ct), "Stopped");

    private static Command Change(string verb, string description, Func<HubContext, string, string?, CancellationToken, Task> change, string done)
    {
        var name = Name();
        var why = new Option<string?>("--why") { Description = "Your reason, for the record.", HelpName = "TEXT" };
        var command = new Command(verb, description) { name, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            await change(hub, parsed.GetValue(name)!, parsed.GetValue(why), ct);
            hub.Answer(new { Workflow = parsed.GetValue(name)!, State = done.ToLowerInvariant() }, screen => screen.WriteLine($"{done} {parsed.GetValue(name)}."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, $"hub workflow {verb} abandoned-cart");
    }

    internal static Argument<string> Name() => new("workflow") { Description = "Its name: a file of mappings/workflows without .yaml." };
}
