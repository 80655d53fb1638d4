using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub source list|add|check|webhook</c>.</summary>
internal static class SourceCommands
{
    public static Command Build() => new("source", "The systems that contacts are pulled from.") { List(), Add(), Check(), Webhook() };

    private static Command List()
    {
        var command = new Command("list", "List the sources.");
        command.SetAction(HubContext.Action(async (hub, _, ct) =>
        {
            var sources = await hub.Get<SourceActions>().List(ct);
            hub.Answer(
                new
                {
                    Sources = sources.Select(s => new
                    {
                        Name = s.Source.Name.Value,
                        s.Source.Connector,
                        s.Source.Url,
                        s.Source.Path,
                        s.Source.TokenEnv,
                        s.Source.MappingFile,
                        s.Source.Schedule,
                        s.Records,
                        s.LastPullAt,
                    }),
                },
                screen =>
                {
                    if (sources.Count == 0)
                    {
                        screen.WriteLine("No source yet. Add one: hub source add NAME --connector hubspot|mailchimp|shopify|files …");
                        return;
                    }

                    var table = Render.Table("Source", "Connector", "Where", "Records", "Last change pulled");
                    foreach (var s in sources)
                        table.AddRow(Render.Cells(s.Source.Name.Value, s.Source.Connector, s.Source.Url ?? s.Source.Path ?? "the vendor's address", $"{s.Records:N0}", Render.Time(s.LastPullAt)));
                    screen.Write(table);
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub source list", "hub source list --json");
    }

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "Your name for it: lower-case letters, digits, hyphens." };
        var connector = new Option<string>("--connector") { Description = "What system it is: hubspot, mailchimp, shopify, files.", Required = true, HelpName = "CONNECTOR" };
        var url = new Option<string?>("--url") { Description = "The API's address, where each account has its own.", HelpName = "BASE" };
        var token = new Option<string?>("--token-env") { Description = "The environment variable that holds the token. Its value is kept encrypted.", HelpName = "VAR" };
        var path = new Option<string?>("--path") { Description = "A CSV file, or a folder of them.", HelpName = "FILE-OR-FOLDER" };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping of your own; without it the built-in one of the system or the file's layout is used.", HelpName = "FILE" };
        var schedule = new Option<string?>("--schedule") { Description = "When 'hub serve' pulls it, as a Quartz cron expression. Default: every 15 minutes.", HelpName = "CRON" };
        var command = new Command("add", "Add a source. Nothing is pulled yet.") { name, connector, url, token, path, mapping, schedule };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var wanted = new NewSource(
                parsed.GetValue(name)!, parsed.GetValue(connector)!, parsed.GetValue(url), parsed.GetValue(token), parsed.GetValue(path), parsed.GetValue(mapping), parsed.GetValue(schedule));
            var note = await hub.Get<SourceActions>().Add(wanted, HubContext.Operator, ct);
            hub.Answer(new { wanted.Name, Added = true, Note = note }, screen =>
            {
                screen.WriteLine($"Added source {wanted.Name}. Try it: hub source check {wanted.Name}");
                if (note is not null) screen.WriteLine(note);
            });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(
            command,
            "hub source add hubspot --connector hubspot --token-env HUBSPOT_TOKEN",
            "hub source add shop-eu --connector shopify --url https://example.myshopify.com --token-env SHOPIFY_TOKEN",
            "hub source add fair --connector files --path ~/fair.csv --mapping ~/fair.yaml");
    }

    private static Command Webhook()
    {
        var name = new Argument<string>("name") { Description = "The source." };
        var secret = new Option<string?>("--secret-env") { Description = "The environment variable that holds the secret which the vendor signs with. Its value is kept encrypted.", HelpName = "VAR" };
        var off = new Option<bool>("--off") { Description = "Forget the secret: the address is closed." };
        var command = new Command("webhook", "Let a source's system tell of changes at once: set the secret, and be told which address to give the vendor.") { name, secret, off };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            if (parsed.GetValue(off) == (parsed.GetValue(secret) is not null)) throw new NotPossibleException("Say either --secret-env VARIABLE or --off.");
            var set = await hub.Get<SourceActions>().SetWebhook(parsed.GetValue(name)!, parsed.GetValue(secret), HubContext.Operator, ct);
            hub.Answer(new { Source = parsed.GetValue(name), set.Url, Open = set.Guide is not null, set.Guide, set.Note }, screen =>
            {
                screen.WriteLine(set.Guide is null ? $"Closed: {set.Url} takes nothing any more." : $"Open: {set.Url}");
                if (set.Guide is { } guide) screen.WriteLine(guide);
                if (set.Note is { } note) screen.WriteLine(note);
            });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub source webhook shop-eu --secret-env SHOPIFY_SECRET", "hub source webhook shop-eu --off");
    }

    private static Command Check()
    {
        var name = new Argument<string>("name") { Description = "The source." };
        var command = new Command("check", "Try a source's address, token, permissions and mapping.") { name };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var result = await hub.Get<SourceActions>().Check(parsed.GetValue(name)!, ct);
            hub.Answer(new { Source = parsed.GetValue(name), result.Ok, result.Message }, screen => screen.WriteLine($"{(result.Ok ? "OK" : "Not usable")}: {result.Message}"));
            return result.Ok ? ExitCode.Done : ExitCode.Failed;
        }));
        return HelpWithExamples.Add(command, "hub source check hubspot");
    }
}
