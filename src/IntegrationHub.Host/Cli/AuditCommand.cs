using System.CommandLine;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub audit</c>.</summary>
internal static class AuditCommand
{
    private const int FindingsShown = 12;

    public static Command Build()
    {
        var file = new Argument<string?>("file") { Description = "A CSV file to look at, instead of the hub's data: needs no database and no set-up.", Arity = ArgumentArity.ZeroOrOne, HelpName = "FILE.csv" };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping file, for a FILE.csv whose columns have other names.", HelpName = "FILE.yaml" };
        var source = new Option<string?>("--source") { Description = "Look at one source only: its records, and the contacts that it has a part in.", HelpName = "NAME" };
        var workflow = new Option<string?>("--workflow") { Description = "Look at those whom one workflow is for, with the fields that it needs: mappings/audit.yaml describes them.", HelpName = "NAME" };
        var html = new Option<string?>("--html") { Description = "Write the page there, instead of into the reports folder.", HelpName = "PAGE.html" };
        var csv = new Option<string?>("--csv") { Description = "Write the rows that the findings count there, to work through.", HelpName = "ROWS.csv" };
        var failUnder = new Option<double?>("--fail-under") { Description = "Exit with 2 when the score is lower: for scripts that must not go on then.", HelpName = "SCORE" };
        failUnder.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double?>() is { } score && score is not (>= 0 and <= 100)) r.AddError($"--fail-under {score}: give a score from 0 to 100, such as 80.");
        });
        var command = new Command("audit", "Score the data out of 100, say what would misfire, and what to fix first.") { file, mapping, source, workflow, html, csv, failUnder };
        command.Validators.Add(r =>
        {
            if (r.GetValue(file) is not null && r.GetValue(source) is not null) r.AddError("A file has no sources: leave --source out, or the file.");
            if (r.GetValue(file) is null && r.GetValue(mapping) is not null) r.AddError("--mapping says what the columns of a FILE.csv hold; the hub's own sources have their mappings already.");
        });
        var ofHub = HubContext.Action(async (hub, parsed, ct) =>
        {
            var request = new AuditRequest(parsed.GetValue(source), parsed.GetValue(workflow), parsed.GetValue(html), parsed.GetValue(csv));
            return Answer(parsed, await hub.Get<RunAudit>().Run(request, HubContext.Operator, ct), request.Csv, parsed.GetValue(failUnder));
        });
        command.SetAction((parsed, ct) => parsed.GetValue(file) is not { } list ? ofHub(parsed, ct) : HubContext.Guard(async () =>
        {
            var request = new AuditListRequest(list, parsed.GetValue(mapping), parsed.GetValue(workflow), parsed.GetValue(html), parsed.GetValue(csv));
            var outcome = await AuditList.Run(request, RecipeBook.Load(HubSettings.Read(parsed).Engine.MappingsDirectory), TimeProvider.System.GetUtcNow(), ct);
            return Answer(parsed, outcome, request.Csv, parsed.GetValue(failUnder));
        }));
        return HelpWithExamples.Add(
            command, "hub audit", "hub audit --workflow abandoned-cart", "hub audit --source hubspot --csv rows.csv", "hub audit contacts.csv --html report.html",
            "hub audit --json", "hub audit --fail-under 80");
    }

    private static int Answer(ParseResult parsed, AuditOutcome outcome, string? csv, double? failUnder)
    {
        if (parsed.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(AuditJson.Render(outcome.Report));
        else Show(HubContext.Screen, outcome, csv);
        return outcome.Report.Score < failUnder ? ExitCode.Refused : ExitCode.Done;
    }

    public static void Show(IAnsiConsole screen, AuditOutcome outcome, string? csv = null)
    {
        var report = outcome.Report;
        screen.WriteLine($"{report.Title}: score {report.Score:0.0} of 100, {Word(report.Verdict)}");
        foreach (var reason in report.Reasons) screen.WriteLine($"  {reason}");
        screen.WriteLine($"{report.Contacts:N0} contacts out of {report.Records:N0} records: {report.Readiness.Ready:N0} ready, {report.Readiness.InReview:N0} in review, {report.Readiness.Blocked:N0} without a usable address");

        if (report.Workflows.Length > 0)
        {
            var workflows = Render.Table("Workflow", "Launch", "Readiness");
            foreach (var w in report.Workflows) workflows.AddRow(Render.Cells(w.Workflow, Word(w.Verdict), w.Line));
            screen.Write(workflows);
        }

        var dimensions = Render.Table("Dimension", "Score", "Weight");
        foreach (var d in report.Dimensions) dimensions.AddRow(Render.Cells(d.Dimension.ToString(), d.Score is { } s ? $"{s:0.0}" : "nothing to measure", $"{d.Weight:0.##}"));
        screen.Write(dimensions);

        var findings = Render.Table("Finding", "What", "Share", "Points", "Fix");
        foreach (var f in report.Findings.Take(FindingsShown)) findings.AddRow(Render.Cells(f.Code, f.What, $"{f.Share:P1}", f.Points > 0 ? $"+{f.Points:0.0}" : "", f.Fix));
        if (report.Findings.Length > 0) screen.Write(findings);
        if (report.Findings.Length > FindingsShown) screen.WriteLine($"and {report.Findings.Length - FindingsShown} more in the page.");
        foreach (var note in report.Notes) screen.WriteLine(note);
        if (outcome.Rows is { } rows) screen.WriteLine($"{rows:N0} rows that the findings count: {csv}");
        if (outcome.Page is { } page) screen.WriteLine($"The whole report: {page}");
    }

    private static string Word(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Pass => "launch",
        AuditVerdict.Warn => "launch with care",
        _ => "do not launch",
    };
}
