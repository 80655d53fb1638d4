using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub export golden|crosswalk|clean --out FILE</c>.</summary>
internal static class ExportCommand
{
    public static Command Build() => new("export", "Write what the hub knows into a CSV file.")
    {
        One("golden", "Golden records: one row a contact, with where each field is from.", ExportKind.Golden),
        One("crosswalk", "Which source records each golden record is made of: golden_id,source,stream,external_id.", ExportKind.Crosswalk),
        One("clean", "Clean records with their issue codes: one row a source record.", ExportKind.Clean),
    };

    private static Command One(string name, string description, ExportKind kind)
    {
        var file = new Option<string>("--out") { Description = "The file to write.", Required = true, HelpName = "FILE.csv" };
        var command = new Command(name, description) { file };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            var rows = await hub.Get<ExportData>().Run(kind, path, ct);
            hub.Answer(new { File = path, Rows = rows }, screen => screen.WriteLine($"{rows:N0} rows in {path}"));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, $"hub export {name} --out {name}.csv");
    }
}
