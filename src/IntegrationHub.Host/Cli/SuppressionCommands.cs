using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub suppression add|release|show</c>.</summary>
internal static class SuppressionCommands
{
    private const string EveryPurpose = "every";

    public static Command Build() => new("suppression", "Addresses and numbers that are not to be written to, whoever has them and whatever the sources say.") { Add(), Release(), Show() };

    private static Command Add()
    {
        var point = Point();
        var purpose = Purpose();
        var reason = new Option<string>("--reason") { Description = "hard_bounce, complaint, request.", DefaultValueFactory = _ => "request", HelpName = "REASON" };
        reason.AcceptOnlyFromAmong("hard_bounce", "complaint", "request");
        var why = Why();
        var command = new Command("add", "Suppress an address or number.") { point, purpose, reason, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var of = Enum.GetValues<SuppressionReason>().First(r => SuppressionCodes.Of(r) == parsed.GetValue(reason));
            Answer(hub, await hub.Get<SuppressPoint>().Suppress(parsed.GetValue(point)!, PurposeOf(parsed.GetValue(purpose)!), of, HubContext.Operator, parsed.GetValue(why), ct));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub suppression add ada@example.com", "hub suppression add ada@example.com --purpose every --reason hard_bounce", "hub suppression add \"+44 20 7946 0018\" --why \"asked on the phone\"");
    }

    private static Command Release()
    {
        var point = Point();
        var purpose = Purpose();
        var why = Why();
        var command = new Command("release", "End the suppressions of an address or number for a purpose. They stay on record.") { point, purpose, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            Answer(hub, await hub.Get<SuppressPoint>().Release(parsed.GetValue(point)!, PurposeOf(parsed.GetValue(purpose)!), HubContext.Operator, parsed.GetValue(why), ct));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub suppression release ada@example.com --why \"asked for the newsletter again\"");
    }

    private static Command Show()
    {
        var point = Point();
        var command = new Command("show", "Show every suppression of an address or number, released ones too.") { point };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            Answer(hub, await hub.Get<SuppressPoint>().Show(parsed.GetValue(point)!, HubContext.Operator, ct));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub suppression show ada@example.com");
    }

    private static void Answer(HubContext hub, IReadOnlyList<SuppressionRow> rows) => hub.Answer(
        new { Suppressions = rows.Select(s => new { s.Id, s.Channel, s.Purpose, s.Reason, s.Why, s.By, s.At, s.ReleasedAt, s.ReleasedBy }) },
        screen =>
        {
            if (rows.Count == 0)
            {
                screen.WriteLine("Never suppressed.");
                return;
            }

            var table = Render.Table("Since", "Channel", "Purpose", "Reason", "By", "Why", "Released");
            foreach (var s in rows)
                table.AddRow(Render.Cells(
                    Render.Time(s.At), s.Channel.ToString().ToLowerInvariant(), s.Purpose == Purposes.Every ? EveryPurpose : s.Purpose, SuppressionCodes.Of(s.Reason), s.By, s.Why,
                    s.ReleasedAt is null ? "" : $"{Render.Time(s.ReleasedAt)} {s.ReleasedBy}"));
            screen.Write(table);
        });

    private static Argument<string> Point() => new("point") { Description = "An e-mail address, or a phone number with its country code." };

    private static Option<string> Purpose() => new("--purpose")
    {
        Description = $"For which purpose; '{EveryPurpose}' for every one, which makes the address unusable.",
        DefaultValueFactory = _ => Purposes.Marketing,
        HelpName = "PURPOSE",
    };

    private static Option<string?> Why() => new("--why") { Description = "Your reason, for the record.", HelpName = "TEXT" };

    private static string PurposeOf(string text) => text is EveryPurpose or Purposes.Every ? Purposes.Every : text;
}
