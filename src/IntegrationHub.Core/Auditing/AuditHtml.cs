using System.Globalization;
using System.Text;

namespace IntegrationHub.Auditing;

/// <summary>The report as one HTML page that needs nothing else: no script, no font, no image, no request. Every text that comes from data is escaped.</summary>
public static class AuditHtml
{
    private const int FirstFixes = 3;
    private const int FirstReasons = 3;
    private const double Circumference = 2 * Math.PI * 62;

    /// <summary>The whole page.</summary>
    public static string Render(AuditReport report)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<title>Hygiene audit: ").Append(Escape(VerdictWords(report.Verdict))).Append(", ").Append(Words.Number(report.Score)).Append(" of 100</title>\n")
            .Append("<style>\n").Append(AuditStyle.Css).Append("\n</style>\n</head>\n<body>\n");
        Header(page, report);
        page.Append("<main>\n");
        Verdict(page, report);
        FixFirst(page, report);
        AuditWorkflows.Render(page, report);
        page.Append("<div class=\"two\">\n");
        Ready(page, report);
        Dimensions(page, report);
        page.Append("</div>\n");
        AuditFound.Render(page, report);
        page.Append("<div class=\"two\">\n");
        Filled(page, report);
        AuditTrend.Render(page, report);
        page.Append("</div>\n");
        Sources(page, report);
        AuditFound.RenderInformation(page, report);
        Notes(page, report);
        page.Append("</main>\n");
        Footer(page, report);
        return page.Append("</body>\n</html>\n").ToString();
    }

    internal static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        return escaped.ToString();
    }

    private static void Header(StringBuilder page, AuditReport report)
    {
        page.Append("<header>\n<h1>Hygiene audit</h1>\n<p>").Append(Escape(report.Title)).Append(" · ").Append(Day(report.At, "d MMMM yyyy, HH:mm")).Append(" UTC · ")
            .Append(Words.Count(report.Contacts, "contact"));
        if (report.Companies > 0) page.Append(" and ").Append(Words.Count(report.Companies, "company", "companies"));
        page.Append(" out of ").Append(Words.Count(report.Records, "record")).Append("</p>\n</header>\n");
    }

    private static void Verdict(StringBuilder page, AuditReport report)
    {
        var kind = Lower(report.Verdict);
        page.Append("<section class=\"verdict ").Append(kind).Append("\" aria-labelledby=\"verdict\">\n<div class=\"said\">\n<h2 id=\"verdict\">")
            .Append(Escape(VerdictWords(report.Verdict))).Append("</h2>\n");
        if (report.Contacts > 0)
            page.Append("<p class=\"lead\">").Append(Words.Number(report.Readiness.Ready)).Append(" of ").Append(Words.Count(report.Contacts, "contact"))
                .Append(" can be written to now.</p>\n");
        page.Append("<ul class=\"reasons\">\n");
        foreach (var reason in report.Reasons.Take(FirstReasons)) page.Append("<li>").Append(Rich(reason)).Append("</li>\n");
        if (report.Reasons.Length > FirstReasons)
            page.Append("<li class=\"soft\">and ").Append(Words.Count(report.Reasons.Length - FirstReasons, "further reason")).Append(" below</li>\n");
        page.Append("</ul>\n");
        page.Append("</div>\n");
        Ring(page, report.Score, kind);
        page.Append("</section>\n");
    }

    internal static string VerdictWords(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Pass => "Yes, you may launch",
        AuditVerdict.Warn => "Launch with care",
        _ => "Do not launch yet",
    };

    private static void Ring(StringBuilder page, double score, string kind)
    {
        var filled = (Circumference * Math.Clamp(score, 0, 100) / 100).ToString("0.#", CultureInfo.InvariantCulture);
        page.Append("<svg class=\"ring\" viewBox=\"0 0 148 148\" role=\"img\" aria-label=\"Score ").Append(Words.Number(score)).Append(" of 100\">\n")
            .Append("<circle cx=\"74\" cy=\"74\" r=\"62\" fill=\"none\" stroke=\"#fff\" stroke-width=\"14\"/>\n<circle cx=\"74\" cy=\"74\" r=\"62\" fill=\"none\" stroke=\"var(--")
            .Append(kind).Append(")\" stroke-width=\"14\" stroke-linecap=\"round\" transform=\"rotate(-90 74 74)\" stroke-dasharray=\"").Append(filled).Append(" 400\"/>\n")
            .Append("<text class=\"score\" x=\"74\" y=\"82\" text-anchor=\"middle\">").Append(Words.Number(score))
            .Append("</text>\n<text class=\"of\" x=\"74\" y=\"103\" text-anchor=\"middle\">of 100</text>\n</svg>\n");
    }

    /// <summary>What helps most: findings that hold the launch up, then those that cost most points.</summary>
    private static void FixFirst(StringBuilder page, AuditReport report)
    {
        var first = report.Findings.Where(f => f.Severity > AuditSeverity.Info || f.Points >= 0.5).Take(FirstFixes).ToList();
        if (first.Count == 0) return;
        page.Append("<section aria-labelledby=\"first\">\n<h2 id=\"first\">").Append(report.Verdict == AuditVerdict.Pass ? "What would help most" : "Fix this first").Append("</h2>\n<ol class=\"first\">\n");
        foreach (var finding in first)
        {
            page.Append("<li><div class=\"what\">").Append(Rich(finding.What)).Append("</div><div>").Append(Rich(finding.Effect)).Append("</div><div class=\"fix\">")
                .Append(Rich(finding.Fix)).Append("</div>");
            if (AuditFound.CanHubFix(report, finding)) page.Append("<div>").Append(AuditFound.HubFixWords(finding)).Append("</div>");
            if (finding.Points >= 0.1) page.Append("<div class=\"gain\">Up to +").Append(Words.Number(finding.Points)).Append(" points</div>");
            page.Append("</li>\n");
        }

        page.Append("</ol>\n</section>\n");
    }

    private static void Ready(StringBuilder page, AuditReport report)
    {
        var ready = report.Readiness;
        (string Name, long Count, string Colour)[] parts =
        [
            ("ready", ready.Ready, "var(--pass)"), ("in review: a candidate merge waits for a decision", ready.InReview, "#c98a1b"), ("blocked: no usable address, or a placeholder", ready.Blocked, "var(--block)"),
        ];
        page.Append("<section aria-labelledby=\"ready\">\n<h2 id=\"ready\">").Append(Words.Number(ready.Ready)).Append(" of ").Append(Words.Count(report.Contacts, "contact"))
            .Append(" ready</h2>\n<div class=\"stack\" aria-hidden=\"true\">");
        foreach (var (_, count, colour) in parts.Where(p => p.Count > 0))
            page.Append("<div style=\"background:").Append(colour).Append(";width:").Append(Percentage(AuditScoring.Share(count, report.Contacts))).Append("\"></div>");
        page.Append("</div>\n<ul class=\"legend\">\n");
        foreach (var (name, count, colour) in parts)
            page.Append("<li><span class=\"dot\" style=\"background:").Append(colour).Append("\"></span><b>").Append(Words.Number(count)).Append("</b> ").Append(name).Append("</li>\n");
        page.Append("</ul>\n</section>\n");
    }

    private static void Dimensions(StringBuilder page, AuditReport report)
    {
        page.Append("<section aria-labelledby=\"dimensions\">\n<h2 id=\"dimensions\">What the score is made of</h2>\n<dl class=\"bars\">\n");
        foreach (var dimension in report.Dimensions.Where(d => d.Weight > 0 || d.Score is not null))
        {
            page.Append("<dt>").Append(dimension.Dimension).Append("</dt>");
            if (dimension.Score is { } score) Bar(page, score / 100, Words.Number(score));
            else page.Append("<dd class=\"soft\">nothing to measure</dd><dd class=\"num\">–</dd>\n");
        }

        page.Append("</dl>\n</section>\n");
    }

    private static void Bar(StringBuilder page, double share, string figure)
    {
        var look = share >= 0.9 ? "good" : share >= 0.7 ? "middling" : "poor";
        page.Append("<dd class=\"bar\" aria-hidden=\"true\"><div class=\"").Append(look).Append("\" style=\"width:").Append(Percentage(share)).Append("\"></div></dd><dd class=\"num\">")
            .Append(figure).Append("</dd>\n");
    }

    private static void Filled(StringBuilder page, AuditReport report)
    {
        if (report.Fields.IsEmpty) return;
        page.Append("<section aria-labelledby=\"fields\">\n<h2 id=\"fields\">How well fields are filled</h2>\n<dl class=\"bars\">\n");
        foreach (var field in report.Fields)
        {
            var share = AuditScoring.Share(field.Filled, field.Of);
            page.Append("<dt>").Append(Escape(FieldWords.One(field.Field))).Append("</dt>");
            Bar(page, share, Words.Percent(share) + Change(share, field.FilledBefore));
        }

        page.Append("</dl>\n</section>\n");
    }

    /// <summary>How far a share has moved since the last audit, in points; nothing where it has hardly moved.</summary>
    private static string Change(double share, double? before)
    {
        if (before is not { } then || Math.Abs(100 * (share - then)) < 0.5) return "";
        var points = Math.Round(100 * (share - then));
        return $" <span class=\"{(points > 0 ? "up" : "down")}\">{(points > 0 ? "+" : "−")}{Words.Number(Math.Abs(points))}</span>";
    }

    private static void Notes(StringBuilder page, AuditReport report)
    {
        if (report.Notes.IsEmpty) return;
        page.Append("<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">How to read this</h2>\n");
        foreach (var note in report.Notes) page.Append("<p>").Append(Rich(note)).Append("</p>\n");
        page.Append("</section>\n");
    }

    private static void Sources(StringBuilder page, AuditReport report)
    {
        if (report.Sources.IsEmpty) return;
        page.Append("<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n<table class=\"sources\">\n<thead><tr><th scope=\"col\">Source</th><th scope=\"col\" class=\"num\">Records</th>")
            .Append("<th scope=\"col\">Last sync (UTC)</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n");
        foreach (var source in report.Sources)
        {
            var (look, state) = source.LastError is { } error ? ("block", error) : source.Late ? ("warn", "Not synced in time") : source.Syncs ? ("pass", "Up to date") : ("info", "Read once");
            page.Append("<tr><td class=\"what\">").Append(Escape(source.Source)).Append("</td><td class=\"num\" data-label=\"Records\">").Append(Words.Number(source.Records))
                .Append("</td><td data-label=\"Last sync\">").Append(source.LastSync is { } at ? Day(at, "d MMM yyyy, HH:mm") : "never").Append("</td><td><span class=\"badge ").Append(look).Append("\">")
                .Append(look == "block" ? "Failed" : state).Append("</span>");
            if (look == "block") page.Append("<p class=\"where\">").Append(Escape(state)).Append("</p>");
            foreach (var drift in source.Drift.Take(5)) page.Append("<p class=\"where\">").Append(Escape(drift)).Append("</p>");
            if (source.Drift.Length > 5) page.Append("<p class=\"where\">and ").Append(Words.Count(source.Drift.Length - 5, "more field")).Append("</p>");
            page.Append("</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n</section>\n");
    }

    private static void Footer(StringBuilder page, AuditReport report)
    {
        var weights = string.Join(", ", report.Dimensions.Where(d => d.Weight > 0).Select(d => $"{d.Dimension.ToString().ToLowerInvariant()} {Words.Number(d.Weight)}"));
        page.Append("<footer><p>The score is the mean of the six parts, weighted: ").Append(weights)
            .Append(". “Points” is what the score would gain if a finding were mended. Weights and thresholds stand in <code>mappings/audit.yaml</code>.</p></footer>\n");
    }

    /// <summary>Escapes, and shows what stands between back-ticks as code.</summary>
    internal static string Rich(string text)
    {
        var parts = Escape(text).Split('`');
        return parts.Length % 2 == 0 ? string.Join('`', parts) : string.Concat(parts.Select((p, i) => i % 2 == 0 ? p : $"<code>{p}</code>"));
    }

    internal static string Lower<T>(T word) where T : Enum => word.ToString().ToLowerInvariant();

    internal static string Percentage(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    internal static string Day(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
