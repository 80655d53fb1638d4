using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var command = new Command("doctor", "Check folders, database, recipes, secrets and sources, and say what to do about what is wrong.");
        command.SetAction(HubContext.Action(
            async (hub, _, ct) =>
            {
                var checks = await hub.Get<Doctor>().Run(ct);
                hub.Answer(new { Ok = checks.All(c => c.Ok), Checks = checks }, screen =>
                {
                    foreach (var check in checks) screen.WriteLine($"{(check.Ok ? "ok  " : "FAIL")} {check.What}: {check.Finding}");
                });
                return checks.All(c => c.Ok) ? ExitCode.Done : ExitCode.Failed;
            },
            needsDatabase: false));
        return HelpWithExamples.Add(command, "hub doctor", "hub doctor --json");
    }
}
