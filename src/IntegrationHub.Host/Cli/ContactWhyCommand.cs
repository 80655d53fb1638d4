using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Matching;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub contact why</c>.</summary>
internal static class ContactWhyCommand
{
    public static Command Build()
    {
        var contact = new Argument<string>("contact") { Description = "A contact's or company's id, or a text that finds exactly one." };
        var command = new Command("why", "Say why a contact's records are held to be one: what holds them together, and what each pair's evidence weighs.") { contact };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var found = await hub.Get<ExplainContact>().Why(parsed.GetValue(contact)!, ct);
            hub.Answer(Json(found), screen => Show(screen, found));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact why ada@example.com", "hub contact why 019caee2-5b00-7d44-b82c-a5ac8637e1b2 --json");
    }

    private static object Json(ExplainedContact found)
    {
        var (why, ties) = (found.Explanation, found.Explanation.Ties);
        string Key(int record) => why.Records[record].ToString();
        object? Pair(ClusterTie? tie) => tie is null ? null : new { A = Key(tie.A), B = Key(tie.B), tie.Weight, tie.Decided };
        return new
        {
            Id = found.Contact.Row.Id.ToString(),
            found.Contact.Row.Kind,
            why.Sentence,
            Holding = Pair(ties.Holding),
            HoldingIsBridge = ties.Holding is not null && ties.Beside.IsEmpty,
            Sides = ties.Holding is null ? [] : new[] { ties.Left.Select(Key), ties.Right.Select(Key) },
            WeakerTiesBetweenSides = ties.Beside.Length,
            Bridges = ties.Bridges.Select(Pair),
            Records = why.Records.Select((key, i) => new { Key = key.ToString(), BestTie = Pair(ties.Best[i]) }),
            Ties = why.Explained.Select(t => Tie(t, Key)),
            TiesNotExplained = ties.Further.Length - Math.Min(ties.Further.Length, ClusterExplanation.MostFurther),
            Contradictions = why.Contradictions.Select(t => Tie(t, Key)),
        };
    }

    private static object Tie(ExplainedTie tie, Func<int, string> key)
    {
        var total = tie.Evidence.Prior;
        return new
        {
            A = key(tie.A),
            B = key(tie.B),
            tie.Decided,
            tie.Holds,
            tie.Contradicts,
            tie.Evidence.Weight,
            tie.Evidence.Probability,
            tie.Evidence.Sentence,
            tie.Evidence.Prior,
            Levels = tie.Evidence.Levels.Select(l => new { l.Comparison, l.Left, l.Right, l.Level, l.M, l.U, l.Weight, Total = total += l.Weight }).ToList(),
        };
    }

    private static void Show(IAnsiConsole screen, ExplainedContact found)
    {
        var (why, ties) = (found.Explanation, found.Explanation.Ties);
        screen.WriteLine($"{found.Contact.Row.Id}  {(why.Records.Length == 1 ? "1 record" : $"{why.Records.Length:N0} records")}");
        screen.WriteLine(why.Sentence);
        if (why.Records.Length == 1) return;
        var records = Render.Table("Record", "Its best tie", "Probability");
        foreach (var (i, key) in why.Records.Index())
            records.AddRow(Render.Cells(
                key.ToString(), ties.Best[i] is { } best ? why.Records[best.A == i ? best.B : best.A].ToString() : "none",
                ties.Best[i] switch { null => "", { Decided: true } => "decided", { Weight: { } w } => $"{new Edge(0, 1, w).Probability:P1}", _ => "" }));
        screen.Write(records);
        foreach (var tie in why.Explained.Where(t => t.Holds)) Waterfall(screen, tie, why);
        foreach (var pair in why.Contradictions)
            screen.WriteLine($"Would wait for a person by itself: {why.Records[pair.A]} and {why.Records[pair.B]}. {pair.Evidence.Sentence}");
        if (ties.Further.Length > 0)
            screen.WriteLine($"{ties.Further.Length:N0} further {(ties.Further.Length == 1 ? "tie supports" : "ties support")} these; their evidence: hub contact why {found.Contact.Row.Id} --json");
    }

    private static void Waterfall(IAnsiConsole screen, ExplainedTie tie, ClusterExplanation why)
    {
        screen.WriteLine($"{why.Records[tie.A]} and {why.Records[tie.B]}: {tie.Evidence.Probability:P1}{(tie.Decided ? ", and decided to be one" : "")}");
        var evidence = Render.Table("Evidence", "Level", "m", "u", "Bits", "Total");
        var total = tie.Evidence.Prior;
        evidence.AddRow(Render.Cells("before any evidence", "", "", "", $"{total:+0.0;-0.0}", $"{total:+0.0;-0.0}"));
        foreach (var level in tie.Evidence.Levels)
        {
            total += level.Weight;
            evidence.AddRow(Render.Cells(level.Comparison, level.Level, $"{level.M:G3}", $"{level.U:G3}", $"{level.Weight:+0.0;-0.0}", $"{total:+0.0;-0.0}"));
        }

        screen.Write(evidence);
    }
}
