using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub quarantine list|retry</c>.</summary>
internal static class QuarantineCommands
{
    public static Command Build() => new("quarantine", "Rows and records that could not be handled. They stopped nothing, and nothing of them is lost.") { List(), Retry() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "List what is in quarantine, the newest first.") { limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var rows = await hub.Get<Operations>().Quarantine(parsed.GetValue(limit), ct);
            hub.Answer(
                new { Rows = rows.Select(q => new { q.Id, q.What.Stage, q.What.Source, q.What.Stream, q.What.Place, q.What.Error, q.What.Raw, q.Attempts, q.Since, q.LastAt }) },
                screen =>
                {
                    if (rows.Count == 0)
                    {
                        screen.WriteLine("Nothing is in quarantine.");
                        return;
                    }

                    var table = Render.Table("No.", "Source", "Place", "What is wrong, and the cure", "Tried", "Since");
                    foreach (var q in rows) table.AddRow(Render.Cells($"{q.Id}", q.What.Source, q.What.Place, q.What.Error, $"{q.Attempts}", Render.Time(q.Since)));
                    screen.Write(table);
                    screen.WriteLine("After mending the cause: hub quarantine retry, or sync the source again.");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub quarantine list", "hub quarantine list --json");
    }

    private static Command Retry()
    {
        var ids = new Argument<long[]>("no") { Description = "Their numbers; all when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("retry", "Try them again. Rows that never became records come again with the next sync of their source.") { ids };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var wanted = parsed.GetValue(ids) is { Length: > 0 } some ? some : null;
            var (tried, left) = await hub.WithProgress(p => hub.Get<Operations>().Retry(wanted, HubContext.Operator, p, ct));
            hub.Answer(new { Tried = tried, Left = left }, screen => screen.WriteLine($"{tried:N0} tried again; {left:N0} are in quarantine."));
            return left > 0 ? ExitCode.Partly : ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub quarantine retry", "hub quarantine retry 12 13");
    }
}
