using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Workflows;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub template check|preview</c>.</summary>
internal static class TemplateCommands
{
    public static Command Build() => new("template", "The texts of messages: check them all, and see one as a contact would get it. Nothing is sent.") { Check(), Preview() };

    private static Command Check()
    {
        var command = new Command("check", "Read every template and name all mistakes with file and line.");
        command.SetAction(HubContext.Action(
            (hub, _, _) =>
            {
                var all = hub.Get<PreviewTemplate>().All().Values.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
                hub.Answer(
                    new { Templates = all.Select(t => new { t.Name, t.Channel, t.Purpose, Version = t.Version.Value, t.Fields }) },
                    screen =>
                    {
                        var table = new Table().RoundedBorder().AddColumns("Template", "Channel", "Purpose", "Fields");
                        foreach (var t in all) table.AddRow(t.Name, t.Channel.ToString().ToLowerInvariant(), t.Purpose.ToString().ToLowerInvariant(), t.Fields.Length.ToString());
                        screen.Write(table);
                        screen.WriteLine($"{all.Count} templates, no mistakes.");
                    });
                return Task.FromResult(ExitCode.Done);
            },
            needsDatabase: false));
        return HelpWithExamples.Add(command, "hub template check");
    }

    private static Command Preview()
    {
        var name = new Argument<string>("NAME") { Description = "The file's name in mappings/templates, without .liquid." };
        var contact = new Option<string?>("--contact") { Description = "An e-mail address, a phone number, a name or an id; a made-up contact unless given.", HelpName = "CONTACT" };
        var outFile = new Option<string?>("--out") { Description = "Write the HTML part to this file.", HelpName = "FILE.html" };
        var command = new Command("preview", "Show a template as one contact would get it, or why they would get none.") { name, contact, outFile };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var preview = await hub.Get<PreviewTemplate>().Show(parsed.GetValue(name)!, parsed.GetValue(contact), ct);
            var message = (preview.Result as RenderResult.Done)?.Message;
            var skipped = preview.Result as RenderResult.Skipped;
            if (message?.Html is { } html && parsed.GetValue(outFile) is { } file) await File.WriteAllTextAsync(file, html, ct);
            hub.Answer(
                new { Template = parsed.GetValue(name), preview.Contact, message?.Subject, message?.Preheader, message?.Html, message?.Text, skipped?.Reason, skipped?.Field, skipped?.Message },
                screen =>
                {
                    if (message is null)
                    {
                        screen.WriteLine($"Skipped ({skipped?.Reason}): {skipped?.Message}");
                        return;
                    }

                    if (message.Subject.Length > 0) screen.WriteLine($"Subject:   {message.Subject}");
                    if (message.Preheader.Length > 0) screen.WriteLine($"Preheader: {message.Preheader}");
                    screen.WriteLine();
                    screen.WriteLine(message.Text);
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub template preview abandoned-cart-1h", "hub template preview lead-nurture-1 --contact ada@example.com --out mail.html");
    }
}
