using System.Text;

namespace IntegrationHub.Auditing;

/// <summary>The page's tables of findings: those to mend at length, those for information in a line each.</summary>
internal static class AuditFound
{
    private const int MostParts = 6;

    internal static void Render(StringBuilder page, AuditReport report)
    {
        var findings = report.Findings.Where(IsToMend).ToList();
        page.Append("<section class=\"long\" aria-labelledby=\"found\">\n<h2 id=\"found\">What to mend</h2>\n");
        if (findings.Count == 0)
        {
            page.Append("<p>Nothing that holds a launch up.</p>\n</section>\n");
            return;
        }

        page.Append("<table class=\"found\">\n<thead><tr><th scope=\"col\">Weight</th><th scope=\"col\">Finding</th><th scope=\"col\" class=\"num\">Share</th><th scope=\"col\" class=\"num\">Points</th></tr></thead>\n<tbody>\n");
        foreach (var finding in findings) Row(page, report, finding);
        page.Append("</tbody>\n</table>\n</section>\n");
    }

    internal static void RenderInformation(StringBuilder page, AuditReport report)
    {
        var findings = report.Findings.Where(f => !IsToMend(f)).ToList();
        if (findings.Count == 0) return;
        page.Append("<section class=\"long\" aria-labelledby=\"known\">\n<h2 id=\"known\">Good to know</h2>\n<table class=\"known\">\n<thead><tr><th scope=\"col\">Finding</th><th scope=\"col\" class=\"num\">Share</th></tr></thead>\n<tbody>\n");
        foreach (var finding in findings)
        {
            page.Append("<tr><td>").Append(AuditHtml.Rich(finding.What));
            Parts(page, report, finding);
            page.Append("</td><td class=\"num\" data-label=\"Share\">").Append(Words.Percent(finding.Share)).Append("</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n</section>\n");
    }

    private static bool IsToMend(AuditFinding finding) => finding.Severity > AuditSeverity.Info;

    /// <summary>A file is nothing that the hub could mend.</summary>
    internal static bool CanHubFix(AuditReport report, AuditFinding finding) => finding.HubFix != HubFix.None && !report.Scope.StartsWith("file:", StringComparison.Ordinal);

    internal static string HubFixWords(AuditFinding finding) => $"The hub can do it, and undo it: <code>hub fix {AuditHtml.Escape(finding.Code)} --preview</code>";

    private static void Row(StringBuilder page, AuditReport report, AuditFinding finding)
    {
        page.Append("<tr><td><span class=\"badge ").Append(AuditHtml.Lower(finding.Severity)).Append("\">").Append(finding.Severity == AuditSeverity.Block ? "Stops a launch" : "Mend first")
            .Append("</span></td><td><p class=\"what\">").Append(AuditHtml.Rich(finding.What)).Append("</p><p>").Append(AuditHtml.Rich(finding.Effect)).Append("</p><p class=\"fix\">")
            .Append(AuditHtml.Rich(finding.Fix)).Append("</p>");
        if (CanHubFix(report, finding)) page.Append("<p class=\"hub\">").Append(HubFixWords(finding)).Append("</p>");
        Parts(page, report, finding);
        if (finding.Samples.Length > 0)
            page.Append("<details><summary>Samples</summary><p>").Append(string.Join("<br>", finding.Samples.Select(s => $"<code>{AuditHtml.Escape(s)}</code>"))).Append("</p></details>");
        page.Append("</td><td class=\"num\" data-label=\"Share\">").Append(Words.Percent(finding.Share)).Append("</td><td class=\"num\" data-label=\"Points\">")
            .Append(finding.Points >= 0.1 ? "+" + Words.Number(finding.Points) : "–").Append("</td></tr>\n");
    }

    /// <summary>Where, or of which kind; that all of a file's are the file's goes without saying.</summary>
    private static void Parts(StringBuilder page, AuditReport report, AuditFinding finding)
    {
        if (finding.Parts.Length == 0 || (finding.Parts.Length == 1 && report.Scope.StartsWith("file:", StringComparison.Ordinal))) return;
        page.Append("<p class=\"where\">").Append(string.Join(" · ", finding.Parts.Take(MostParts).Select(p => $"{AuditHtml.Escape(p.Name)} {Words.Number(p.Count)}")))
            .Append(finding.Parts.Length > MostParts ? " · …" : "").Append("</p>");
    }
}
