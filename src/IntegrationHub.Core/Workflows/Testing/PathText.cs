using System.Globalization;
using System.Text;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows.Testing;

/// <summary>The paths of a test as text that people read, approve and compare line by line.</summary>
public static class PathText
{
    /// <summary>All paths: a heading each, and a line for each thing that happened. The same report gives the same text.</summary>
    public static string Of(WorkflowTestReport report)
    {
        var text = new StringBuilder();
        foreach (var path in report.Paths)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append("# ").Append(path.Name).Append('\n');
            foreach (var line in path.Lines) text.Append(Of(line, report.Workflow)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary><c>+23h 30m   second-mail   send email abandoned-cart-24h "Your cart is waiting"</c>.</summary>
    public static string Of(PathLine line, string workflow)
    {
        var what = line.Kind.ToString().ToLowerInvariant() + (line.Channel is { } channel ? $" {Channels.Of(channel)}" : "") + (line.Template is { } template ? $" {template}" : "");
        var place = line.Workflow == workflow ? line.Step ?? "" : line.Step is { } step ? $"{line.Workflow}/{step}" : line.Workflow;
        var said = line.Subject is { } subject ? $" \"{(subject.Length > 80 ? subject[..80] + "…" : subject).ReplaceLineEndings(" ")}\"" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{"+" + Durations.Text(line.After),-12} {place,-24} {what}{said}{(line.Reason is { } reason ? $": {Steady(reason)}" : "")}").TrimEnd();
    }

    // Dates of the virtual clock say nothing: what counts is how long after the entry.
    private static string Steady(string reason) =>
        System.Text.RegularExpressions.Regex.Replace(reason, @"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}Z)?", m => m.Value.Length > 16 ? "then" : m.Value[11..], System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>The workflow as a Mermaid flow chart.</summary>
    public static string Diagram(Workflow workflow)
    {
        var text = new StringBuilder("flowchart TD\n");
        text.Append("  entry([").Append(Quoted(string.Join(" or ", workflow.Triggers.Select(t => t.Text)))).Append("])\n");
        text.Append("  entry --> ").Append(Node(workflow.First)).Append('\n');
        foreach (var step in workflow.Steps)
        {
            var (open, close) = step.Arms.IsEmpty ? ("[", "]") : ("{", "}");
            text.Append("  ").Append(Node(step.Id)).Append(open).Append(Quoted($"{step.Id}: {step.Text}")).Append(close).Append('\n');
            if (step is ExitStep) continue;
            if (step.Arms.IsEmpty) text.Append("  ").Append(Node(step.Id)).Append(" --> ").Append(Node(step.Next)).Append('\n');
            foreach (var (arm, to) in step.Arms) text.Append("  ").Append(Node(step.Id)).Append(" -->|").Append(Quoted(arm)).Append("| ").Append(Node(to)).Append('\n');
        }

        text.Append("  done([completed])\n");
        foreach (var (exit, index) in workflow.Exits.Select((e, i) => (e, i)))
            text.Append(CultureInfo.InvariantCulture, $"  leave{index}([{Quoted($"at any moment: {exit.Reason}{(exit.Start is { } start ? $", start {start}" : "")}")}])\n");
        return text.ToString();
    }

    private static string Node(string? step) => step is null ? "done" : "s_" + string.Concat(step.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Quoted(string text) => "\"" + text.Replace("\"", "#quot;", StringComparison.Ordinal).ReplaceLineEndings(" ") + "\"";
}
