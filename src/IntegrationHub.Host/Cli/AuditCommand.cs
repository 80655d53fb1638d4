using System.CommandLine;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub audit</c>.</summary>
internal static class AuditCommand
{
    private const int FindingsShown = 12;

    public static Command Build()
    {
        var failUnder = new Option<double?>("--fail-under") { Description = "Exit with 2 when the score is lower: for scripts that must not go on then.", HelpName = "SCORE" };
        var command = new Command("audit", "Score the data out of 100, say what would misfire, and what to fix first.") { failUnder };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var outcome = await hub.Get<RunAudit>().Run(HubContext.Operator, ct);
            if (hub.Json) Console.Out.WriteLine(AuditJson.Render(outcome.Report));
            else Show(HubContext.Screen, outcome);
            return outcome.Report.Score < parsed.GetValue(failUnder) ? ExitCode.Refused : ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub audit", "hub audit --json", "hub audit --fail-under 80");
    }

    public static void Show(IAnsiConsole screen, AuditOutcome outcome)
    {
        var report = outcome.Report;
        screen.WriteLine($"Score {report.Score:0.0} of 100: {Word(report.Verdict)}");
        foreach (var reason in report.Reasons) screen.WriteLine($"  {reason}");
        screen.WriteLine($"{report.Contacts:N0} contacts out of {report.Records:N0} records: {report.Readiness.Ready:N0} ready, {report.Readiness.InReview:N0} in review, {report.Readiness.Blocked:N0} without a usable address");

        var dimensions = Render.Table("Dimension", "Score", "Weight");
        foreach (var d in report.Dimensions) dimensions.AddRow(Render.Cells(d.Dimension.ToString(), d.Score is { } s ? $"{s:0.0}" : "nothing to measure", $"{d.Weight:0.##}"));
        screen.Write(dimensions);

        var findings = Render.Table("Finding", "What", "Share", "Points", "Fix");
        foreach (var f in report.Findings.Take(FindingsShown)) findings.AddRow(Render.Cells(f.Code, f.What, $"{f.Share:P1}", f.Points > 0 ? $"+{f.Points:0.0}" : "", f.Fix));
        if (report.Findings.Length > 0) screen.Write(findings);
        if (report.Findings.Length > FindingsShown) screen.WriteLine($"and {report.Findings.Length - FindingsShown} more in the page.");
        screen.WriteLine($"The whole report: {outcome.Page}");
    }

    private static string Word(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Pass => "launch",
        AuditVerdict.Warn => "launch with care",
        _ => "do not launch",
    };
}
