using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub db migrate</c>.</summary>
internal static class DatabaseCommands
{
    public static Command Build() => new("db", "The database.") { Migrate() };

    private static Command Migrate()
    {
        var command = new Command("migrate", "Bring the database to this version, making it where there is none. Back it up first.");
        command.SetAction(HubContext.Action(
            async (hub, _, ct) =>
            {
                var changed = await hub.Get<Operations>().Migrate(HubContext.Operator, ct);
                var database = hub.Get<HubStore>().Describe();
                hub.Answer(new { Database = database, Migrated = changed }, screen => screen.WriteLine(changed ? $"{database} is now of this version." : $"{database} was of this version already."));
                return ExitCode.Done;
            },
            needsDatabase: false));
        return HelpWithExamples.Add(command, "hub db migrate", "hub db migrate --db \"Host=db.example;Database=hub;Username=hub\"");
    }
}
