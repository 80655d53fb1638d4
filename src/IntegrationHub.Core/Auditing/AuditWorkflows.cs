using System.Globalization;
using System.Text;

namespace IntegrationHub.Auditing;

/// <summary>The page's table of workflows: may each be launched, and for how many.</summary>
internal static class AuditWorkflows
{
    internal static void Render(StringBuilder page, AuditReport report)
    {
        if (report.Workflows.IsEmpty) return;
        page.Append("<section aria-labelledby=\"workflows\">\n<h2 id=\"workflows\">").Append(report.Workflows.Length == 1 ? "The workflow" : "Your workflows")
            .Append("</h2>\n<table class=\"workflows\">\n<thead><tr><th scope=\"col\">Workflow</th><th scope=\"col\">Launch</th><th scope=\"col\">Ready</th></tr></thead>\n<tbody>\n");
        foreach (var workflow in report.Workflows) Row(page, workflow);
        page.Append("</tbody>\n</table>\n</section>\n");
    }

    private static void Row(StringBuilder page, WorkflowReadiness workflow)
    {
        page.Append("<tr><th scope=\"row\" class=\"what\">").Append(AuditHtml.Escape(workflow.Title)).Append("</th><td><span class=\"badge ").Append(AuditHtml.Lower(workflow.Verdict)).Append("\">")
            .Append(Launch(workflow)).Append("</span></td><td>");
        if (workflow.Audience > 0) Chart(page, workflow);
        page.Append("<p>").Append(AuditHtml.Escape(Sentence(workflow.Line))).Append("</p>");
        if (workflow.WithoutConsent > 0)
            page.Append("<p class=\"where\">").Append(Words.Number(workflow.WithoutConsent.Value)).Append(" of the ready have no yes to marketing: marketing steps skip them.</p>");
        page.Append("</td></tr>\n");
    }

    private static string Launch(WorkflowReadiness workflow) => workflow.Audience == 0 ? "Nobody yet" : workflow.Verdict switch
    {
        AuditVerdict.Pass => "Ready",
        AuditVerdict.Warn => "With care",
        _ => "Not yet",
    };

    /// <summary>Three parts of one bar; the line below says the same in words.</summary>
    private static void Chart(StringBuilder page, WorkflowReadiness workflow)
    {
        const double width = 400;
        var x = 0.0;
        page.Append("<svg class=\"share\" viewBox=\"0 0 400 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\" aria-label=\"").Append(AuditHtml.Escape(workflow.Line)).Append("\">");
        foreach (var (count, colour) in new[] { (workflow.Ready, "#146c43"), (workflow.InReview, "#c98a1b"), (workflow.Audience - workflow.Ready - workflow.InReview, "#b02a1a") })
        {
            var part = width * AuditScoring.Share(count, workflow.Audience);
            if (count > 0) page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"0\" width=\"{Math.Max(2, part):0.#}\" height=\"14\" fill=\"{colour}\"/>");
            x += part;
        }

        page.Append("</svg>");
    }

    private static string Sentence(string line) => char.ToUpperInvariant(line[0]) + line[1..] + ".";
}
