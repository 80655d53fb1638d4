using System.CommandLine;
using System.Globalization;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Measuring;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub report</c>.</summary>
internal static class ReportCommand
{
    private const int NameWidth = 44;

    public static Command Build()
    {
        var workflow = new Argument<string?>("workflow") { Description = "One workflow; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<string>("--model") { Description = $"How orders are shared among messages: {string.Join(", ", AttributionModels.All.Keys)}.", DefaultValueFactory = _ => AttributionModels.Default, HelpName = "NAME" };
        model.AcceptOnlyFromAmong([.. AttributionModels.All.Keys]);
        var from = Time("--from", "Count runs, messages and orders from here on.");
        var until = Time("--until", "Count them before this.");
        var lookBack = Days("--look-back", "Messages so many days before an order share in it.", AttributionSettings.Default.LookBack);
        var halfLife = Days("--half-life", "With time-decay: a message so many days earlier counts half.", AttributionSettings.Default.HalfLife);
        var html = new Option<string?>("--html") { Description = "Write the report as a page there.", HelpName = "PAGE.html" };
        var simulation = new Option<string?>("--simulation") { Description = "Report on what `hub workflow simulate --json` printed, instead of the hub's data: needs no database.", HelpName = "FILE.jsonl" };
        var events = new Option<string?>("--events") { Description = "The events that were simulated: without them there are no orders.", HelpName = "EVENTS.jsonl" };
        var contacts = new Option<string?>("--contacts") { Description = "The contacts that were simulated: needed where events name them by address.", HelpName = "CONTACTS.csv" };
        var command = new Command("report", "Say what each workflow brought, and which to scale and which to stop.") { workflow, model, from, until, lookBack, halfLife, html, simulation, events, contacts };
        command.Validators.Add(r =>
        {
            if (r.GetValue(simulation) is null && (r.GetValue(events) ?? r.GetValue(contacts)) is not null) r.AddError("--events and --contacts belong to --simulation FILE.jsonl.");
        });
        var ofHub = HubContext.Action(async (hub, parsed, ct) => Answer(parsed, await hub.Get<ReportWorkflows>().Run(Request(parsed), parsed.GetValue(html), HubContext.Operator, ct)));
        command.SetAction((parsed, ct) => parsed.GetValue(simulation) is not { } journal
            ? ofHub(parsed, ct)
            : HubContext.Guard(async () => Answer(parsed, await ReportWorkflows.OfSimulation(new SimulatedFiles(journal, parsed.GetValue(events), parsed.GetValue(contacts)), Request(parsed), parsed.GetValue(html), ct))));
        return HelpWithExamples.Add(command, "hub report", "hub report abandoned-cart --model time-decay --from 2026-06-01 --until 2026-07-01", "hub report --html report.html",
            "hub report --simulation journal.jsonl --events events.jsonl", "hub report abandoned-cart --simulation journal.jsonl --events events.jsonl --model shapley --html report.html");

        ReportRequest Request(ParseResult parsed) => new(
            parsed.GetValue(workflow), parsed.GetValue(model)!, Read(parsed.GetValue(from)), Read(parsed.GetValue(until)), new AttributionSettings(TimeSpan.FromDays(parsed.GetValue(lookBack)), TimeSpan.FromDays(parsed.GetValue(halfLife))));
    }

    private static int Answer(ParseResult parsed, ReportOutcome outcome)
    {
        if (parsed.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(ReportJson.Render(outcome.Report));
        else Show(HubContext.Screen, outcome);
        return ExitCode.Done;
    }

    public static void Show(IAnsiConsole screen, ReportOutcome outcome)
    {
        var report = outcome.Report;
        screen.WriteLine($"Workflows, {ReportWords.Period(report)}; {ReportWords.ModelOf(report)}");
        if (report.Workflows.IsEmpty) screen.WriteLine("No workflow has run in this time.");
        foreach (var w in report.Workflows)
        {
            screen.WriteLine($"{w.Workflow}: {w.Verdict.ToString().ToUpperInvariant()}. {w.Reason}");
            var counts = Render.Table(["", .. ReportWords.Columns]);
            var money = Render.Table("", "Revenue", "Pipeline created", "Demos booked", "Deals closed");
            foreach (var (name, line) in Lines(w))
            {
                counts.AddRow(Render.Cells([Short(name), .. ReportWords.Cells(line)]));
                money.AddRow(Render.Cells(Short(name), ReportWords.Money(line.Revenue[report.Model]), ReportWords.Tally(line.Pipeline), $"{line.Demos.Count:N0}", ReportWords.Tally(line.Deals)));
            }

            screen.Write(counts);
            screen.Write(money);
            screen.WriteLine($"Revenue by model: {string.Join(", ", AttributionModels.All.Values.Select(m => $"{m.Title} {ReportWords.Money(w.Total.Revenue[m.Name])}"))}");
            if (w.Lift is not { } lift) continue;
            var against = Render.Table("Against the control group", "Written to", "Control", "Difference", "95 % sure");
            foreach (var row in ReportWords.LiftRows(lift)) against.AddRow(Render.Cells([.. row]));
            screen.Write(against);
        }

        screen.WriteLine($"Revenue of all orders: {ReportWords.Money(report.Revenue)}; of it no workflow's: {ReportWords.Money(report.Unattributed)}");
        foreach (var note in report.Notes) screen.WriteLine(note);
        if (outcome.Page is { } page) screen.WriteLine($"The whole report: {page}");
    }

    private static IEnumerable<(string Name, ReportLine Line)> Lines(WorkflowReport w) =>
        [("all", w.Total), .. w.Versions.Select(l => ($"version {l.Name}", l)), .. w.PathLines.Select(l => ($"path {l.Name}", l)), .. w.Channels.Select(l => ($"channel {l.Name}", l))];

    /// <summary>Paths may be long; the page and the JSON have them whole.</summary>
    private static string Short(string name) => name.Length <= NameWidth ? name : $"{name[..(NameWidth / 2)]}…{name[^((NameWidth / 2) - 1)..]}";

    private static Option<string?> Time(string name, string description)
    {
        var option = new Option<string?>(name) { Description = $"{description} A day or a time in UTC, such as 2026-06-01.", HelpName = "TIME" };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<string?>() is { } text && Read(text) is null) r.AddError($"{name} {text}: write a day or a time in UTC, such as 2026-06-01 or 2026-06-01T09:00:00Z.");
        });
        return option;
    }

    private static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static Option<double> Days(string name, string description, TimeSpan usual)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => usual.TotalDays, HelpName = "DAYS" };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (> 0 and <= 3650)) r.AddError($"{name}: give days, above 0 and up to 3,650.");
        });
        return option;
    }
}
