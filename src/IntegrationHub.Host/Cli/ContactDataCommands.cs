using System.CommandLine;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub contact export</c>, <c>hub contact erase</c>.</summary>
internal static class ContactDataCommands
{
    public static Command Export()
    {
        var contact = Contact();
        var file = new Option<string?>("--out") { Description = "Write it there, instead of on the screen.", HelpName = "FILE.json" };
        var command = new Command("export", "All that is held of a contact, as one JSON object: for whoever asks what you know of them.") { contact, file };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            if (parsed.GetValue(file) is not { } path)
            {
                Console.Out.WriteLine(await hub.Get<ContactData>().Export(parsed.GetValue(contact)!, HubContext.Operator, ct));
                return ExitCode.Done;
            }

            var full = Path.GetFullPath(path);
            await hub.Get<ContactData>().ExportTo(parsed.GetValue(contact)!, full, HubContext.Operator, ct);
            hub.Answer(new { File = full }, screen => screen.Write(new Spectre.Console.Text($"All that is held of the contact: {full}{Environment.NewLine}")));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact export ada@example.com --out ada.json");
    }

    public static Command Erase()
    {
        var contact = Contact();
        var reason = new Option<string>("--reason") { Description = "Why, for the trail. Do not name the contact in it.", HelpName = "TEXT", Required = true };
        var command = new Command("erase", "Forget a contact, for good: every row, message, report and log line. A hash of its addresses stays, so that nobody writes to it and no pull brings it back.") { contact, reason };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var done = await hub.Get<ContactData>().Erase(parsed.GetValue(contact)!, HubContext.Operator, parsed.GetValue(reason)!, ct);
            hub.Answer(new { Id = done.Counts.Id.ToString(), done.Counts.Rows, done.Counts.Suppressed, done.Counts.Redacted, done.Files, done.Compacted }, screen =>
            {
                screen.Write(new Spectre.Console.Text($"Erased {done.Counts.Id}: {done.Counts.Rows.Values.Sum():N0} rows, {done.Counts.Redacted:N0} lines of others and {done.Files:N0} files that named it.{Environment.NewLine}"));
                screen.Write(new Spectre.Console.Text($"What stays: {done.Counts.Suppressed:N0} hashes, so that nobody writes to it and no pull brings it back. Erase it in the sources, too.{Environment.NewLine}"));
                if (!done.Compacted) screen.Write(new Spectre.Console.Text($"The database clears the space of deleted rows in its own time: see docs/privacy.md.{Environment.NewLine}"));
            });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact erase ada@example.com --reason \"asked by mail of 3 June\"");
    }

    private static Argument<string> Contact() => new("contact") { Description = "A contact's id, or a text that finds exactly one." };
}
