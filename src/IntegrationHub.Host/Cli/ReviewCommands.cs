using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub review list|show|merge|reject|undo|calibration</c>.</summary>
internal static class ReviewCommands
{
    public static Command Build() =>
        new("review", "The merge queue: pairs that look like one contact and wait for your decision.") { List(), Show(), Decide("merge"), Decide("reject"), Undo(), ModelCommands.Calibration() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 20 };
        var command = new Command("list", "List the pairs that wait, the most probable first.") { limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var pairs = await hub.Get<ReviewQueue>().List(parsed.GetValue(limit), ct);
            hub.Answer(
                new { Pairs = pairs.Select(p => new { p.Id, Probability = Probability(p), A = p.KeyA.ToString(), B = p.KeyB.ToString(), GoldenA = p.GoldenA?.ToString(), GoldenB = p.GoldenB?.ToString(), p.CreatedAt }) },
                screen =>
                {
                    if (pairs.Count == 0)
                    {
                        screen.WriteLine("Nothing waits.");
                        return;
                    }

                    var table = Render.Table("Pair", "Probability", "A", "B", "Since");
                    foreach (var p in pairs) table.AddRow(Render.Cells(p.Id, $"{Probability(p):P1}", p.KeyA.ToString(), p.KeyB.ToString(), Render.Time(p.CreatedAt)));
                    screen.Write(table);
                    screen.WriteLine("See the evidence: hub review show PAIR. Decide: hub review merge PAIR, or hub review reject PAIR.");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub review list", "hub review list --limit 100 --json");
    }

    private static Command Show()
    {
        var id = new Argument<string>("pair") { Description = "The pair's id, from 'hub review list'." };
        var command = new Command("show", "Show both records side by side, and why they may be one.") { id };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var pair = await hub.Get<ReviewQueue>().Show(parsed.GetValue(id)!, ct);
            hub.Answer(
                new
                {
                    pair.Row.Id,
                    State = pair.Row.State.ToString().ToLowerInvariant(),
                    pair.Explanation,
                    A = new { Key = pair.A.Key.ToString(), Values = Values(pair.A) },
                    B = new { Key = pair.B.Key.ToString(), Values = Values(pair.B) },
                },
                screen => Show(screen, pair));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub review show 3fa9c01b22");
    }

    private static void Show(IAnsiConsole screen, ReviewPair pair)
    {
        var values = Render.Table("Field", pair.A.Key.ToString(), pair.B.Key.ToString(), "");
        foreach (var field in Fields.Golden)
        {
            var (a, b) = (pair.A.Values[field], pair.B.Values[field]);
            if (a is null && b is null) continue;
            values.AddRow(Render.Cells(Fields.NameOf(field), a, b, a is null || b is null ? "" : a == b ? "same" : "differs"));
        }

        screen.Write(values);
        screen.WriteLine(pair.Explanation.Sentence);
        screen.WriteLine($"Match probability {pair.Explanation.Probability:P1}.");
        var evidence = Render.Table("Evidence", "Level", "Bits", "Total");
        var total = pair.Explanation.Prior;
        evidence.AddRow(Render.Cells("before any evidence", "", $"{pair.Explanation.Prior:+0.0;-0.0}", $"{total:+0.0;-0.0}"));
        foreach (var level in pair.Explanation.Levels)
        {
            total += level.Weight;
            evidence.AddRow(Render.Cells(level.Comparison, level.Level, $"{level.Weight:+0.0;-0.0}", $"{total:+0.0;-0.0}"));
        }

        screen.Write(evidence);
    }

    private static Command Decide(string what)
    {
        var merge = what == "merge";
        var id = new Argument<string>("pair") { Description = "The pair's id, from 'hub review list'." };
        var why = new Option<string?>("--why") { Description = "Your reason, for the audit trail.", HelpName = "TEXT" };
        var command = new Command(what, merge ? "Say that both are one contact. They are merged at once; it can be undone." : "Say that they are two. They are never merged, not through others either.") { id, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var queue = hub.Get<ReviewQueue>();
            var pair = merge
                ? await queue.Merge(parsed.GetValue(id)!, HubContext.Operator, parsed.GetValue(why), ct)
                : await queue.Reject(parsed.GetValue(id)!, HubContext.Operator, parsed.GetValue(why), ct);
            hub.Answer(
                new { pair.Id, State = pair.State.ToString().ToLowerInvariant(), GoldenA = pair.GoldenA?.ToString(), GoldenB = pair.GoldenB?.ToString() },
                screen => screen.WriteLine(merge
                    ? $"Merged into {pair.GoldenA}. Undo it with the merge's id from: hub contact history {pair.GoldenA}"
                    : $"Kept apart: {pair.KeyA} and {pair.KeyB}."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, $"hub review {what} 3fa9c01b22", $"hub review {what} 3fa9c01b22 --why \"{(merge ? "asked her on the phone" : "father and son")}\"");
    }

    private static Command Undo()
    {
        var id = new Argument<string>("merge") { Description = "The merge's id, from 'hub contact history CONTACT'." };
        var why = new Option<string?>("--why") { Description = "Your reason, for the audit trail.", HelpName = "TEXT" };
        var command = new Command("undo", "Take a merge back: both sides live again, and are never joined again unless you say so.") { id, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var merge = await hub.Get<ReviewQueue>().Undo(parsed.GetValue(id)!, HubContext.Operator, parsed.GetValue(why), ct);
            hub.Answer(
                new { merge.Id, Survivor = merge.Survivor.ToString(), Left = merge.Left.Select(k => k.ToString()), Right = merge.Right.Select(k => k.ToString()) },
                screen => screen.WriteLine($"Taken back. Apart again: {string.Join(", ", merge.Left)} | {string.Join(", ", merge.Right)}"));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub review undo 019caee2-5b00-7d44-b82c-a5ac8637e1b2 --why \"two people\"");
    }

    private static double Probability(QueueRow row) => new Edge(row.RecordA, row.RecordB, row.Weight).Probability;

    private static Dictionary<string, string> Values(CleanRecord record) => record.Values.Present().ToDictionary(p => Fields.NameOf(p.Field), p => p.Value);
}
