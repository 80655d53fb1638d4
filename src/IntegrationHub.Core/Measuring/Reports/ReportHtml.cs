using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Measuring;

/// <summary>The report as one HTML page that needs nothing else: no script, no font, no image, no request. Every text that comes from data is escaped.</summary>
public static class ReportHtml
{
    private const string Css =
        """
        :root { --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --scale: #1a7f37; --keep: #2f6fb0; --watch: #9a6700; --stop: #b3261e; }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #f4f6f8; }
        header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem; }
        header p, footer, .soft { color: var(--soft); }
        section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 0 0 1.25rem; overflow-x: auto; }
        h1 { margin: .5rem 0 0; } h2 { margin: 0 0 .5rem; } h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th.n, td.n { text-align: right; white-space: nowrap; }
        .verdict { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; color: #fff; font-weight: 600; }
        .scale { background: var(--scale); } .keep { background: var(--keep); } .watch { background: var(--watch); } .stop { background: var(--stop); }
        @media print { body { background: #fff; } section { break-inside: avoid; } }
        """;

    /// <summary>The whole page.</summary>
    public static string Render(MeasuringReport report)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Workflow report</title>\n<style>\n")
            .Append(Css).Append("\n</style>\n</head>\n<body>\n<header>\n<h1>Workflow report</h1>\n<p>").Append(Escape(ReportWords.Period(report))).Append(" · ")
            .Append(Escape(ReportWords.ModelOf(report))).Append("</p>\n</header>\n<main>\n");
        Overview(page, report);
        foreach (var workflow in report.Workflows) Workflow(page, report, workflow);
        Notes(page, report);
        return page.Append("</main>\n<footer><p>Opens are shown and decide nothing: machines make most of them. Pipeline, demos and deals are those of contacts within the look-back after they entered; one that entered two workflows counts in both.</p></footer>\n</body>\n</html>\n").ToString();
    }

    private static void Overview(StringBuilder page, MeasuringReport report)
    {
        page.Append("<section aria-labelledby=\"all\">\n<h2 id=\"all\">What to do</h2>\n");
        if (report.Workflows.IsEmpty) page.Append("<p>No workflow has run in this time.</p>\n");
        else
        {
            page.Append("<table>\n<tr><th>Workflow</th><th>Verdict</th><th>Why</th><th class=\"n\">Revenue</th></tr>\n");
            foreach (var w in report.Workflows)
            {
                page.Append("<tr><td>").Append(Escape(w.Workflow)).Append("</td><td>");
                Badge(page, w.Verdict);
                page.Append("</td><td>").Append(Escape(w.Reason)).Append("</td><td class=\"n\">").Append(Escape(ReportWords.Money(w.Total.Revenue[report.Model]))).Append("</td></tr>\n");
            }

            page.Append("</table>\n");
        }

        page.Append("<p>Revenue of all orders: ").Append(Escape(ReportWords.Money(report.Revenue))).Append("; of it no workflow's: ").Append(Escape(ReportWords.Money(report.Unattributed))).Append(".</p>\n</section>\n");
    }

    private static void Workflow(StringBuilder page, MeasuringReport report, WorkflowReport w)
    {
        page.Append("<section>\n<h2>").Append(Escape(w.Workflow)).Append(' ');
        Badge(page, w.Verdict);
        page.Append("</h2>\n<p>").Append(Escape(w.Reason)).Append("</p>\n");
        page.Append("<table>\n<tr><th></th>");
        foreach (var column in ReportWords.Columns) page.Append("<th class=\"n\">").Append(column).Append("</th>");
        page.Append("<th class=\"n\">Revenue</th><th class=\"n\">Pipeline</th><th class=\"n\">Demos</th><th class=\"n\">Deals</th></tr>\n");
        Lines(page, report, "", [w.Total]);
        Lines(page, report, "version", w.Versions);
        Lines(page, report, "path", w.PathLines);
        Lines(page, report, "channel", w.Channels);
        page.Append("</table>\n<h3>Revenue by each model</h3>\n<table>\n<tr>");
        foreach (var model in AttributionModels.All.Values) page.Append("<th class=\"n\" title=\"").Append(Escape(model.Description)).Append("\">").Append(Escape(model.Title)).Append("</th>");
        page.Append("</tr>\n<tr>");
        foreach (var model in AttributionModels.All.Keys) page.Append("<td class=\"n\">").Append(Escape(ReportWords.Money(w.Total.Revenue[model]))).Append("</td>");
        page.Append("</tr>\n</table>\n");
        if (w.Lift is { } lift) Lift(page, lift);
        page.Append("</section>\n");
    }

    private static void Lines(StringBuilder page, MeasuringReport report, string kind, ImmutableArray<ReportLine> lines)
    {
        foreach (var line in lines)
        {
            page.Append("<tr><td>").Append(Escape(kind.Length > 0 ? $"{kind} {line.Name}" : "all")).Append("</td>");
            foreach (var cell in ReportWords.Cells(line).Append(ReportWords.Money(line.Revenue[report.Model])).Append(ReportWords.Tally(line.Pipeline)).Append(Words.Number(line.Demos.Count)).Append(ReportWords.Tally(line.Deals)))
                page.Append("<td class=\"n\">").Append(Escape(cell)).Append("</td>");
            page.Append("</tr>\n");
        }
    }

    private static void Lift(StringBuilder page, HoldoutLift lift)
    {
        page.Append("<h3>Against the control group</h3>\n<p>").Append(Escape(lift.Sample)).Append("</p>\n<table>\n<tr><th></th><th class=\"n\">Written to</th><th class=\"n\">Control</th><th class=\"n\">Difference</th><th class=\"n\">95 % sure</th></tr>\n");
        foreach (var row in ReportWords.LiftRows(lift))
        {
            page.Append("<tr><td>").Append(Escape(row[0])).Append("</td>");
            foreach (var cell in row.Skip(1)) page.Append("<td class=\"n\">").Append(Escape(cell)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void Notes(StringBuilder page, MeasuringReport report)
    {
        if (report.Notes.IsEmpty) return;
        page.Append("<section>\n<h2>Not counted</h2>\n<ul>\n");
        foreach (var note in report.Notes) page.Append("<li>").Append(Escape(note)).Append("</li>\n");
        page.Append("</ul>\n</section>\n");
    }

    private static void Badge(StringBuilder page, WorkflowVerdict verdict)
    {
        var name = verdict.ToString().ToLowerInvariant();
        page.Append("<span class=\"verdict ").Append(name).Append("\">").Append(name).Append("</span>");
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
}

/// <summary>The report's numbers as people read them, on the page and on the screen.</summary>
public static class ReportWords
{
    /// <summary>Headings of <see cref="Cells"/>.</summary>
    public static ImmutableArray<string> Columns { get; } = ["Entered", "Control", "Sent", "Delivered", "Opened", "Clicked", "Unsub.", "Spam", "Converted"];

    /// <summary>The counts of a line; a dash where nobody tells.</summary>
    public static ImmutableArray<string> Cells(ReportLine line)
    {
        var m = line.Messages;
        return
        [
            Words.Number(line.Entered), Words.Number(line.Control), Words.Number(m.Sent), m.Delivered is { } delivered ? Words.Number(delivered) : "–", Words.Number(m.Opened), Words.Number(m.Clicked),
            Words.Number(m.Unsubscribed), Words.Number(m.Complained), line.Entered == 0 ? Words.Number(line.Converted) : $"{Words.Number(line.Converted)} ({Words.Share((double)line.Converted / line.Entered)})",
        ];
    }

    /// <summary>Amounts, a currency each; a dash for none.</summary>
    public static string Money(ImmutableArray<MoneyAmount> amounts) => amounts.IsEmpty ? "–" : string.Join(" + ", amounts.Select(a => Workflows.Money.Format(a.Minor, a.Currency)));

    /// <summary>How many, and what they were worth.</summary>
    public static string Tally(Tally tally) => tally.Worth.IsEmpty ? Words.Number(tally.Count) : $"{Words.Number(tally.Count)} ({Money(tally.Worth)})";

    /// <summary>The time that the report is of.</summary>
    public static string Period(MeasuringReport report) => (report.From, report.Until) switch
    {
        (null, null) => "all time",
        ({ } from, null) => $"since {Day(from)}",
        (null, { } until) => $"before {Day(until)}",
        ({ } from, { } until) => $"{Day(from)} until {Day(until)}",
    };

    /// <summary>The model and how far back orders look.</summary>
    public static string ModelOf(MeasuringReport report) =>
        $"revenue by the {AttributionModels.All[report.Model].Title} model, {report.Settings.LookBack.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days back";

    /// <summary>The comparison's rows: what, written to, control, difference, interval.</summary>
    public static ImmutableArray<ImmutableArray<string>> LiftRows(HoldoutLift lift)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        rows.Add(["Contacts", Words.Number(lift.Treated.Contacts), Words.Number(lift.Control.Contacts), "", ""]);
        rows.Add(
        [
            "Reached the goal", Words.Share(lift.Treated.Rate), Words.Share(lift.Control.Rate), lift.Rate is { } rate ? $"{Words.Points(rate.Difference)} points" : "–",
            lift.Rate is { } interval ? $"{Words.Points(interval.Low)} to {Words.Points(interval.High)}" : "–",
        ]);
        foreach (var r in lift.Revenue)
        {
            rows.Add(
            [
                $"Revenue per contact, {r.Currency}", Amount(r.TreatedMinor, r.Currency), Amount(r.ControlMinor, r.Currency), r.PerContactMinor is { } d ? Amount(d.Difference, r.Currency) : "–",
                r.PerContactMinor is { } i ? $"{Amount(i.Low, r.Currency)} to {Amount(i.High, r.Currency)}" : "–",
            ]);
        }

        return rows.ToImmutable();
    }

    internal static string Amount(double minor, string currency) => Workflows.Money.Format((long)Math.Round(Math.Clamp(minor, -9e18, 9e18)), currency);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString(at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
