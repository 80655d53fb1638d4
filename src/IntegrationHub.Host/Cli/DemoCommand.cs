using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Measuring;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub demo</c>: the whole line on made-up contacts, on this machine alone.</summary>
internal static class DemoCommand
{
    private const int People = 2_000;

    public static Command Build()
    {
        var people = new Option<int>("--people") { Description = "How many people are made up.", DefaultValueFactory = _ => People, HelpName = "N" };
        var command = new Command("demo", "Start stand-ins of four systems on this machine, pull them, and show what comes out. Needs no account and no network.") { people };
        command.SetAction((parsed, ct) => HubContext.Guard(() => Run(parsed, parsed.GetValue(people), ct)));
        return HelpWithExamples.Add(command, "hub demo", "hub demo --people 20000");
    }

    private static async Task<int> Run(ParseResult parsed, int people, CancellationToken ct)
    {
        var folder = Path.Combine(HubSettings.Read(parsed).Engine.DataDirectory, "demo");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);

        await using var sandbox = await SandboxProcess.Start(people, folder, ct);
        var clock = new VirtualClock();
        await using var hub = await HubContext.Open(parsed, folder, clock, ct);
        foreach (var system in sandbox.Systems)
        {
            if (system.Token is not null) Environment.SetEnvironmentVariable(system.TokenVariable, system.Token);
            await hub.Get<SourceActions>().Add(
                new NewSource(system.Name, system.Name, system.Url, system.Token is null ? null : system.TokenVariable, system.Path), HubContext.Operator, ct);
        }

        var report = await hub.WithProgress(p => hub.Get<SyncSources>().Run(null, full: false, HubContext.Operator, p, ct));
        var audit = await hub.Get<RunAudit>().Run(HubContext.Operator, ct);
        var launches = await Launch(hub, ct);
        var month = await hub.Get<PlayMonth>().Run(clock, ct);
        var brought = await hub.Get<ReportWorkflows>().Run(ReportRequest.All, Path.Combine(hub.Settings.Engine.ReportsDirectory, "workflows.html"), HubContext.Operator, ct);
        hub.Answer(new { Sync = report, Audit = new { audit.Report.Score, audit.Report.Verdict, audit.Page }, Launches = launches, Month = month, Report = brought.Page, Data = folder }, screen => Show(screen, report, audit, launches, month, brought, folder));
        return report.AnyFailed ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Launches the workflows; where the gate says no, mends what it named and launches again.</summary>
    private static async Task<IReadOnlyList<string>> Launch(HubContext hub, CancellationToken ct)
    {
        var lines = new List<string>();
        foreach (var workflow in hub.Get<LaunchWorkflow>().Files())
        {
            if (await Refusal(hub, workflow, ct) is not { } refusal)
            {
                lines.Add($"Launched        {workflow}");
                continue;
            }

            lines.Add($"Refused         {refusal.ReplaceLineEndings(" ")}");
            foreach (var finding in new[] { "consent.conflict", "consent.gap" })
            {
                var batch = (await hub.Get<FixFindings>().Preview(finding, 0, HubContext.Operator, ct)).Batch;
                await hub.WithProgress(p => hub.Get<FixFindings>().Apply(finding, HubContext.Operator, p, ct));
                lines.Add($"Fixed           {finding}: {batch.Items:N0} changes in one batch; take it back with: hub fix undo {batch.Id}");
            }

            lines.Add(await Refusal(hub, workflow, ct) is { } again ? $"Refused again   {again.ReplaceLineEndings(" ")}" : $"Launched        {workflow}, since the systems agree now");
        }

        return lines;
    }

    /// <summary>Why the gate refuses a launch; null when it is launched.</summary>
    private static async Task<string?> Refusal(HubContext hub, string workflow, CancellationToken ct)
    {
        try
        {
            await hub.Get<LaunchWorkflow>().Launch(workflow, null, HubContext.Operator, ct);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message.Split("\nAn admin", StringSplitOptions.None)[0];
        }
    }

    private static void Show(IAnsiConsole screen, SyncReport report, AuditOutcome audit, IReadOnlyList<string> launches, PlayedMonth month, ReportOutcome brought, string folder)
    {
        screen.WriteLine();
        screen.WriteLine("Four systems, each with its own spelling of the same people, are now one:");
        Render.Sync(screen, report);
        screen.WriteLine($"Audit           {audit.Report.Score:0.0} of 100: {audit.Report.Reasons.FirstOrDefault()}");
        screen.WriteLine($"The report      {audit.Page}");
        screen.WriteLine();
        foreach (var line in launches) screen.WriteLine(line);
        screen.WriteLine();
        Show(screen, month, brought, folder);
        screen.WriteLine();
        screen.WriteLine("Try next (hub stands for: dotnet run -c Release --project src/IntegrationHub.Host --):");
        screen.WriteLine($"  hub review list --data {folder}            pairs that wait for your decision");
        screen.WriteLine($"  hub contact find smith --data {folder}     contacts, and 'contact show ID' for where each field is from");
        screen.WriteLine($"  hub audit --data {folder}                  what would misfire, and what to fix first");
        screen.WriteLine($"  hub workflow status --data {folder}        where everyone stands, and 'workflow why CONTACT' for why");
    }

    private static void Show(IAnsiConsole screen, PlayedMonth month, ReportOutcome brought, string folder)
    {
        screen.WriteLine($"The workflows ran for the month ahead, on a clock that does not wait: {month.Contacts:N0} contacts did {month.Events:N0} things. Each message is a file in {Path.Combine(folder, "mail")}; nothing left this machine:");
        var table = Render.Table("Workflow", "Entered", "Refused", "Sent", "Kept back", "Waited", "Suppressed", "Converted");
        foreach (var w in month.Workflows)
            table.AddRow(Render.Cells(w.Workflow, $"{w.Entered:N0}", $"{w.Refused:N0}", $"{w.Sent:N0}", $"{w.Skipped:N0}", $"{w.Deferred:N0}", $"{w.Suppressed:N0}", $"{w.Converted:N0}"));
        screen.Write(table);
        screen.WriteLine($"{month.SentToMerged:N0} messages went to contacts that stand in several systems; without the merge {month.WouldHaveGoneTwice:N0} further copies of them would have gone out.");
        foreach (var w in brought.Report.Workflows) screen.WriteLine($"{w.Workflow}: {w.Verdict.ToString().ToUpperInvariant()}. {w.Reason}");
        screen.WriteLine($"Revenue of all orders: {ReportWords.Money(brought.Report.Revenue)}; of it no workflow's: {ReportWords.Money(brought.Report.Unattributed)}");
        screen.WriteLine($"What they brought {brought.Page}");
    }
}
