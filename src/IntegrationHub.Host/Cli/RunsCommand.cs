using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub runs</c>.</summary>
internal static class RunsCommand
{
    public static Command Build()
    {
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 20 };
        var command = new Command("runs", "List the latest runs: what came in, what changed, what failed.") { limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var runs = await hub.Get<Operations>().Runs(parsed.GetValue(limit), ct);
            hub.Answer(new { Runs = runs }, screen =>
            {
                var table = Render.Table("Started", "Kind", "Source", "Status", "Pulled", "New", "Changed", "Unchanged", "Quarantined", "Seconds", "Errors");
                foreach (var r in runs)
                {
                    string Count(string name) => r.Counts.TryGetValue(name, out var n) ? $"{n:N0}" : "";
                    table.AddRow(Render.Cells(
                        Render.Time(r.StartedAt), r.Kind, r.Source ?? "all", r.Status.ToString().ToLowerInvariant(), Count("pulled"), Count("new"), Count("changed"), Count("unchanged"),
                        Count("quarantined"), r.FinishedAt is { } end ? $"{(end - r.StartedAt).TotalSeconds:0.0}" : "", string.Join("; ", r.Errors)));
                }

                screen.Write(table);
            });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub runs", "hub runs --limit 5 --json");
    }
}
