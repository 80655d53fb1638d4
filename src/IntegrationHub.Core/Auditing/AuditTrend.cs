using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Auditing;

/// <summary>The line of scores over the last audits.</summary>
internal static class AuditTrend
{
    private const int Most = 12;
    private const double Width = 560, Height = 180, Left = 34, Right = 16, Top = 14, Bottom = 30;

    internal static void Render(StringBuilder page, AuditReport report)
    {
        ImmutableArray<TrendPoint> points = [.. report.Trend.Where(t => t.At < report.At).TakeLast(Most - 1), new TrendPoint(report.At, report.Score)];
        if (points.Length < 2) return;
        var change = points[^1].Score - points[^2].Score;
        page.Append("<section aria-labelledby=\"trend\">\n<h2 id=\"trend\">")
            .Append(Math.Abs(change) < 0.05 ? "The score has not moved" : $"{(change > 0 ? "Up" : "Down")} {Words.Number(Math.Abs(change))} since the last audit")
            .Append("</h2>\n<svg class=\"trend\" viewBox=\"0 0 560 180\" role=\"img\" aria-label=\"Scores of the last audits: ")
            .Append(string.Join(", ", points.Select(p => $"{AuditHtml.Day(p.At, "d MMM")} {Words.Number(p.Score)}"))).Append("\">\n");
        foreach (var line in (int[])[0, 50, 100])
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(line):0.#}\" y2=\"{Y(line):0.#}\" stroke=\"#dfe3ea\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(line) + 4:0.#}\" text-anchor=\"end\" font-size=\"12\" fill=\"#566076\">{line}</text>\n");
        page.Append("<polyline fill=\"none\" stroke=\"#345a8a\" stroke-width=\"3\" points=\"")
            .Append(string.Join(' ', points.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i, points.Length):0.#},{Y(p.Score):0.#}")))).Append("\"/>\n");
        for (var i = 0; i < points.Length; i++)
            page.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(i, points.Length):0.#}\" cy=\"{Y(points[i].Score):0.#}\" r=\"4\" fill=\"#345a8a\"/>\n");
        Label(page, points[0], 0, points.Length, "start");
        Label(page, points[^1], points.Length - 1, points.Length, "end");
        page.Append("</svg>\n</section>\n");
    }

    private static void Label(StringBuilder page, TrendPoint point, int at, int count, string anchor) =>
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at, count):0.#}\" y=\"{Height - 8}\" text-anchor=\"{anchor}\" font-size=\"12\" fill=\"#566076\">{AuditHtml.Day(point.At, "d MMM yyyy")}</text>\n");

    private static double X(int at, int count) => Left + 8 + (Width - Left - Right - 16) * at / (count - 1);

    private static double Y(double score) => Top + (Height - Top - Bottom) * (100 - Math.Clamp(score, 0, 100)) / 100;
}
