using System.Globalization;
using System.Text;

namespace IntegrationHub.Workflows.Testing;

/// <summary>Workflows as one SVG picture that needs nothing else: no script, no font, no style from elsewhere. Steps stand in rows, each below all that lead to it.</summary>
public static class PathDiagram
{
    private const int BoxWidth = 220;
    private const int BoxHeight = 64;
    private const int GapX = 32;
    private const int GapY = 56;
    private const int Margin = 24;
    private const int LineLetters = 32;

    /// <summary>The picture.</summary>
    /// <param name="workflows">The workflows, one below the other.</param>
    public static string Svg(params IReadOnlyList<Workflow> workflows)
    {
        var (body, width, top) = (new StringBuilder(), 0, 0);
        foreach (var workflow in workflows)
        {
            var (drawn, w, h) = Draw(workflow, top);
            body.Append(drawn);
            (width, top) = (Math.Max(width, w), top + h);
        }

        var title = Escaped(string.Join(", ", workflows.Select(w => w.Title)));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}" role="img" aria-label="{title}">
            <title>{title}</title>
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#566"/></marker></defs>
            <rect width="{width}" height="{top}" fill="#fff"/>
            <g font-family="system-ui, sans-serif" font-size="12" fill="#122">

            """) + body + "</g>\n</svg>\n";
    }

    private sealed record Node(string Id, string Text, string Fill, bool IsRound, List<(string? Label, string To)> Ways);

    private static (string Drawn, int Width, int Height) Draw(Workflow workflow, int top)
    {
        var nodes = Nodes(workflow);
        var rows = Rows(nodes);
        var places = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        var widest = rows.Max(r => r.Count);
        var width = (2 * Margin) + (widest * BoxWidth) + ((widest - 1) * GapX);
        var first = top + Margin + 32;
        for (var row = 0; row < rows.Count; row++)
        {
            var left = (width - (rows[row].Count * BoxWidth) - ((rows[row].Count - 1) * GapX)) / 2;
            for (var i = 0; i < rows[row].Count; i++) places[rows[row][i].Id] = (left + (i * (BoxWidth + GapX)), first + (row * (BoxHeight + GapY)));
        }

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{top + Margin + 8}\" font-size=\"16\" font-weight=\"600\">{Escaped(workflow.Title)}</text>\n");
        // Ways first, so that boxes lie above them.
        foreach (var node in nodes)
            for (var i = 0; i < node.Ways.Count; i++) Way(svg, places[node.Id], places[node.Ways[i].To], node.Ways[i].Label, i, node.Ways.Count);
        foreach (var node in nodes) Box(svg, node, places[node.Id]);
        return (svg.ToString(), width, Margin + 32 + (rows.Count * (BoxHeight + GapY)));
    }

    private static List<Node> Nodes(Workflow workflow)
    {
        var nodes = new List<Node> { new("entry", string.Join(" or ", workflow.Triggers.Select(t => t.Text)), "#d9f0e3", true, [(null, Target(workflow.First))]) };
        foreach (var step in workflow.Steps)
        {
            List<(string? Label, string To)> ways = step is ExitStep ? [] : step.Arms.IsEmpty ? [(null, Target(step.Next))] : [.. step.Arms.Select(a => ((string?)a.Arm, Target(a.To)))];
            nodes.Add(new Node($"step {step.Id}", $"{step.Id}: {step.Text}", step.Arms.IsEmpty ? "#eef3fb" : "#fdf3d8", step is ExitStep, ways));
        }

        nodes.Add(new Node("done", "completed", "#d9f0e3", true, []));
        if (!workflow.Exits.IsEmpty) nodes.Add(new Node("leave", $"at any moment: {string.Join("; ", workflow.Exits.Select(e => e.Start is { } start ? $"{e.Reason}, start {start}" : e.Reason))}", "#fbe3e0", true, []));
        return nodes;
    }

    private static string Target(string? step) => step is null ? "done" : $"step {step}";

    /// <summary>Each node in the row below the lowest that leads to it. Steps only lead forward, so this ends.</summary>
    private static List<List<Node>> Rows(List<Node> nodes)
    {
        var row = nodes.ToDictionary(n => n.Id, _ => 0, StringComparer.Ordinal);
        for (var round = 0; round < nodes.Count; round++)
            foreach (var node in nodes)
                foreach (var (_, to) in node.Ways) row[to] = Math.Max(row[to], row[node.Id] + 1);
        return [.. nodes.GroupBy(n => row[n.Id]).OrderBy(g => g.Key).Select(g => g.ToList())];
    }

    private static void Way(StringBuilder svg, (int X, int Y) from, (int X, int Y) to, string? label, int number, int of)
    {
        var (x1, y1) = (from.X + (BoxWidth * (number + 1) / (of + 1)), from.Y + BoxHeight);
        var (x2, y2) = (to.X + (BoxWidth / 2), to.Y);
        var bend = Math.Max(24, (y2 - y1) / 2);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}\" fill=\"none\" stroke=\"#566\" marker-end=\"url(#head)\"/>\n");
        if (label is not null) svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x1}\" y=\"{y1 + 16}\" text-anchor=\"middle\" font-size=\"11\" fill=\"#345\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">{Escaped(Short(label, 24))}</text>\n");
    }

    private static void Box(StringBuilder svg, Node node, (int X, int Y) at)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{Escaped(node.Text)}</title><rect x=\"{at.X}\" y=\"{at.Y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"{(node.IsRound ? BoxHeight / 2 : 6)}\" fill=\"{node.Fill}\" stroke=\"#566\"/>");
        var lines = Lines(node.Text);
        for (var i = 0; i < lines.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at.X + (BoxWidth / 2)}\" y=\"{at.Y + (BoxHeight / 2) + 4 + ((((2 * i) - lines.Count + 1) * 15) / 2)}\" text-anchor=\"middle\">{Escaped(lines[i])}</text>");
        svg.Append("</g>\n");
    }

    /// <summary>At most three lines; the whole text is the box's title.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
            if (lines[^1].Length == 0) lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= LineLetters) lines[^1] += " " + word;
            else lines.Add(word);
        if (lines.Count > 3) lines = [lines[0], lines[1], lines[2] + "…"];
        return [.. lines.Select(l => Short(l, LineLetters))];
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)].TrimEnd('…') + "…";

    private static string Escaped(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Select(c => c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => c.ToString() }));
}
