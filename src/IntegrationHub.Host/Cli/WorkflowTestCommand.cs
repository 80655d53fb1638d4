using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows.Testing;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow test</c>: walks made-up contacts through every step, arm, time-out, exit, suppression and quiet hour. Needs no database.</summary>
internal static class WorkflowTestCommand
{
    private const int MostChanges = 40;

    public static Command Build()
    {
        var names = new Argument<string[]>("name") { Description = "Workflows by name; none for all in mappings/workflows.", Arity = ArgumentArity.ZeroOrMore };
        var approve = new Option<bool>("--approve") { Description = "Take the paths as they are now for right: what differs from them later is shown, and refused." };
        var paths = new Option<bool>("--paths") { Description = "Show every path, line by line." };
        var diagram = new Option<string?>("--diagram") { Description = "Draw the workflow: a picture where the file ends in .svg, else a Mermaid flow chart.", HelpName = "FILE" };
        var sendTo = new Option<string?>("--send-to") { Description = "Deliver the messages of every path to one mailbox, by the mail channel that is set up; text messages as mails.", HelpName = "ADDRESS" };
        var command = new Command("test", "Walk made-up contacts through every step, branch, time-out, exit, suppression and quiet hour on a virtual clock. Nobody real is touched.") { names, approve, paths, diagram, sendTo };
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            var settings = HubSettings.Read(parsed);
            var outcomes = TestWorkflows.Run([.. parsed.GetValue(names) ?? []], settings.Engine.MappingsDirectory, parsed.GetValue(approve));
            if (parsed.GetValue(diagram) is { } file)
                await File.WriteAllTextAsync(file, file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? PathDiagram.Svg([.. outcomes.Select(o => o.Workflow)]) : string.Join("\n", outcomes.Select(o => o.Diagram)), ct);
            TestMailing? mailing = null;
            if (parsed.GetValue(sendTo) is { } address)
            {
                await using var hub = HubContext.OpenAsItIs(parsed, settings);
                mailing = await hub.Get<SendTestMessages>().Run(outcomes, address, HubContext.Operator, ct);
            }

            if (parsed.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(new { Passed = outcomes.All(o => o.Passed), Workflows = outcomes.Select(Json), Sent = mailing?.Delivered, NotSent = mailing?.Problems }, HubContext.JsonFormat));
            else foreach (var outcome in outcomes) Show(outcome, parsed.GetValue(paths));
            if (mailing is not null && !parsed.GetValue(GlobalOptions.Json)) Told(mailing, parsed.GetValue(sendTo)!);
            return outcomes.All(o => o.Passed) && mailing is not { Problems.Count: > 0 } ? ExitCode.Done : ExitCode.Failed;
        }));
        return HelpWithExamples.Add(command, "hub workflow test abandoned-cart", "hub workflow test abandoned-cart --paths", "hub workflow test --approve", "hub workflow test abandoned-cart --diagram cart.svg", "hub workflow test abandoned-cart --send-to me@example.com");
    }

    private static void Told(TestMailing mailing, string address)
    {
        HubContext.Screen.WriteLine($"{mailing.Delivered} messages went to {address}.");
        foreach (var problem in mailing.Problems) HubContext.Screen.WriteLine($"  Not sent: {problem}");
    }

    private static object Json(WorkflowTestOutcome outcome) => new
    {
        outcome.Report.Workflow,
        outcome.Report.Version,
        outcome.Passed,
        outcome.Approved,
        outcome.Report.Unreached,
        outcome.Report.Problems,
        outcome.Changes,
        outcome.Diagram,
        Paths = outcome.Report.Paths.Select(p => new
        {
            p.Name,
            Lines = p.Lines.Select(l => new { After = l.After.TotalSeconds, l.Workflow, l.Step, Kind = l.Kind.ToString().ToLowerInvariant(), Channel = l.Channel is { } channel ? Channels.Of(channel) : null, l.Template, l.Subject, l.Reason }),
            Messages = p.Messages.Select(m => new { Channel = Channels.Of(m.Channel), m.Subject, m.Text }),
        }),
    };

    private static void Show(WorkflowTestOutcome outcome, bool paths)
    {
        var (screen, report) = (HubContext.Screen, outcome.Report);
        screen.WriteLine($"{report.Workflow} ({report.Version}): {report.Paths.Length} paths, {report.Paths.Sum(p => p.Messages.Length)} messages written.");
        if (paths) screen.WriteLine(PathText.Of(report));
        else Table(outcome);
        foreach (var problem in report.Problems) screen.WriteLine($"  Wrong: {problem}");
        foreach (var unreached in report.Unreached) screen.WriteLine($"  No contact can reach {unreached}.");
        if (outcome.Approved == false)
        {
            screen.WriteLine($"  {outcome.Changes.Length} lines differ from the paths that were approved ({outcome.ApprovedFile}):");
            foreach (var change in outcome.Changes.Take(MostChanges)) screen.WriteLine($"    {change}");
            if (outcome.Changes.Length > MostChanges) screen.WriteLine($"    … and {outcome.Changes.Length - MostChanges} more");
            screen.WriteLine("  If that is what you want: hub workflow test " + report.Workflow + " --approve");
        }

        screen.WriteLine(outcome.Passed ? $"  Passed{(outcome.Approved is null ? "; nobody has approved the paths yet (--approve)" : "")}." : "  Not passed.");
    }

    private static void Table(WorkflowTestOutcome outcome)
    {
        var table = Render.Table("A contact that", "Ends after", "Messages", "Ends");
        foreach (var path in outcome.Report.Paths)
        {
            var last = path.Lines.LastOrDefault(l => l.Workflow == outcome.Report.Workflow);
            table.AddRow(Render.Cells(path.Name, last is null ? "" : Workflows.Durations.Text(last.After), $"{path.Lines.Count(l => l.Kind == Workflows.EffectKind.Send)}", last is null ? "" : $"{last.Kind.ToString().ToLowerInvariant()}: {last.Reason}"));
        }

        HubContext.Screen.Write(table);
    }
}
