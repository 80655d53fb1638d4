using System.Globalization;
using System.Text.Json;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Measuring;

/// <summary>Reads what <c>hub workflow simulate</c> prints: one JSON object a line with at, contact, workflow, step, kind, channel, template, reason. So a report needs no database.</summary>
public static class SimulationJournal
{
    /// <summary>The version where a line names none.</summary>
    public const string Simulated = "simulated";

    /// <summary>Runs and messages of the journal. A run's path is the messages that it came to. Lines that cannot be read are named in the notes, with their numbers.</summary>
    /// <param name="lines">The lines; empty ones and repetitions are passed over.</param>
    public static MeasuredFacts Read(IEnumerable<string> lines)
    {
        var (runs, notes) = (new Dictionary<(string Contact, string Workflow), List<Run>>(), new List<string>());
        foreach (var line in Lines(lines, notes).OrderBy(l => l.At).ThenBy(l => l.Number))
        {
            var key = (line.Contact, line.Workflow);
            if (!runs.TryGetValue(key, out var own)) runs[key] = own = [];
            if (line.Kind == "enter") own.Add(new Run(line, own.Count + 1));
            else if (own.Count > 0) own[^1].Take(line);
        }

        var all = runs.OrderBy(r => r.Key.Workflow, StringComparer.Ordinal).ThenBy(r => r.Key.Contact, StringComparer.Ordinal).SelectMany(r => r.Value).ToList();
        return new MeasuredFacts([.. all.Select(r => r.Enrolment())], [.. all.SelectMany(r => r.Touches())], [], [.. notes]);
    }

    private static IEnumerable<Line> Lines(IEnumerable<string> lines, List<string> notes)
    {
        var (number, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var text in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text) || !seen.Add(text)) continue;
            var (line, problem) = Read(text, number);
            if (line is not null) yield return line;
            else notes.Add($"Line {number} of the simulation cannot be read: {problem}.");
        }
    }

    private static (Line? Line, string? Problem) Read(string text, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return (null, "it is no JSON object");
            var fields = EventProperties.Of(json.RootElement);
            if (fields.Text("contact") is not { } contact || fields.Text("workflow") is not { } workflow || fields.Text("kind") is not { } kind) return (null, "contact, workflow or kind is missing");
            if (!DateTimeOffset.TryParse(fields.Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return (null, "'at' is no time");
            Channel? channel = fields.Text("channel") is { } name && Channels.ByName.TryGetValue(name, out var known) ? known : null;
            return (new Line(number, at, contact, workflow, fields.Text("version") ?? Simulated, fields.Text("step"), kind, channel, fields.Text("template"), fields.Text("reason")), null);
        }
        catch (JsonException)
        {
            return (null, "it is no JSON");
        }
    }

    private sealed record Line(int Number, DateTimeOffset At, string Contact, string Workflow, string Version, string? Step, string Kind, Channel? Channel, string? Template, string? Reason);

    private sealed class Run(Line entered, int visit)
    {
        private readonly List<Line> sent = [];
        private readonly List<string> path = [];
        // Said at the entry, so that who converts before the first message is in the right arm, too.
        private bool control = entered.Reason?.EndsWith("; holdout: in the control group", StringComparison.Ordinal) == true;
        private DateTimeOffset? convertedAt;

        internal void Take(Line line)
        {
            var held = line is { Kind: "skip", Step: not null } && line.Reason?.StartsWith("holdout", StringComparison.Ordinal) == true;
            control |= held;
            if (line.Kind == "convert") convertedAt ??= line.At;
            if (line.Kind == "send" && line.Channel is not null) sent.Add(line);
            if ((line.Kind == "send" || held) && (line.Template ?? line.Step) is { } message) path.Add(message);
        }

        internal MeasuredEnrolment Enrolment() => new(entered.Contact, entered.Workflow, entered.Version, visit, entered.At, control, PathText, convertedAt);

        internal IEnumerable<Touch> Touches() => sent.Select((l, i) => new Touch(
            l.Contact, l.At, l.Workflow, entered.Version, visit, PathText, l.Step ?? "", l.Channel!.Value,
            string.Create(CultureInfo.InvariantCulture, $"{l.Contact}|{l.Workflow}|{visit}|{l.Step}|{i}")));

        private string PathText => path.Count == 0 ? "no message" : string.Join(" > ", path);
    }
}
