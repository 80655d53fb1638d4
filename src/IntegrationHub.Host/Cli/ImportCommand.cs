using System.CommandLine;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub import FILE</c>.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A CSV file, or a folder of them." };
        var mapping = new Option<string?>("--mapping") { Description = "How its columns are read; exports of HubSpot, Mailchimp, Shopify and Salesforce need none.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "The source's name; without it the file's name.", HelpName = "NAME" };
        var command = new Command("import", "Bring a file in. It becomes a source: import it again and only what changed is taken.") { file, mapping, name };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var report = await hub.WithProgress(p =>
                hub.Get<ImportFile>().Run(parsed.GetValue(file)!, parsed.GetValue(name), parsed.GetValue(mapping), HubContext.Operator, p, ct));
            hub.Answer(report, screen => Render.Sync(screen, report));
            return Render.Exit(report);
        }));
        return HelpWithExamples.Add(command, "hub import contacts.csv", "hub import fair.csv --mapping fair.yaml --name fair-2026");
    }
}
