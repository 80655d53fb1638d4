using System.CommandLine;
using System.Globalization;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow simulate</c>: what would these workflows have done? Needs no database.</summary>
internal static class SimulateCommand
{
    public static Command Build()
    {
        var names = new Argument<string[]>("name") { Description = "Workflows by name; none for all in mappings/workflows.", Arity = ArgumentArity.ZeroOrMore };
        var contacts = new Option<string>("--contacts") { Description = "A CSV file: id, the usual headers, consent_email, consent_sms, time_zone. Each row is one contact.", Required = true, HelpName = "FILE.csv" };
        var events = new Option<string?>("--events") { Description = "Events as the API takes them, one JSON object a line.", HelpName = "FILE.jsonl" };
        var from = Time("--from", "The virtual clock begins here; the workflows count as launched, and earlier events are history.");
        var until = Time("--until", "It ends before this.");
        var profile = new Option<string?>("--profile") { Description = "starter or full, for all workflows; what each file says unless told." };
        profile.AcceptOnlyFromAmong("starter", "full");
        var command = new Command("simulate", "What would these workflows have done with these people and events? Nothing is sent.") { names, contacts, events, from, until, profile };
        command.SetAction((parsed, ct) => HubContext.Guard(async () =>
        {
            var settings = HubSettings.Read(parsed);
            var request = new SimulationRequest([.. parsed.GetValue(names) ?? []], parsed.GetValue(contacts)!, parsed.GetValue(events), parsed.GetValue(from)!.Value, parsed.GetValue(until)!.Value, parsed.GetValue(profile));
            var outcome = SimulateWorkflows.Run(request, settings.Engine.MappingsDirectory, ct);
            foreach (var problem in outcome.Problems) await Console.Error.WriteLineAsync(problem);
            if (parsed.GetValue(GlobalOptions.Json)) await Print(outcome);
            else Show(outcome);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow simulate abandoned-cart --contacts people.csv --events events.jsonl --from 2026-03-01 --until 2026-04-01 --json");
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description} Such as 2026-03-01 or 2026-03-01T09:00:00Z; UTC unless it says otherwise.",
        Required = true,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
            result.AddError($"{name} {text}: write a time as 2026-03-01T09:00:00Z, or a day as 2026-03-01.");
            return null;
        },
    };

    private static async Task Print(SimulationOutcome outcome)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var effect in outcome.Effects) await output.WriteLineAsync(SimulateWorkflows.ToJson(effect));
    }

    private static void Show(SimulationOutcome outcome)
    {
        var screen = HubContext.Screen;
        if (outcome.Effects.IsEmpty)
        {
            screen.WriteLine($"Nothing would have happened to the {outcome.Contacts:N0} contacts.");
            return;
        }

        var table = Render.Table("At", "Contact", "Workflow", "Step", "What", "Channel", "Template", "Reason");
        foreach (var e in outcome.Effects)
            table.AddRow(Render.Cells(Render.Time(e.At), e.Contact, e.Workflow, e.Step, e.Kind.ToString().ToLowerInvariant(), e.Channel is { } channel ? Channels.Of(channel) : null, e.Template, e.Reason));
        screen.Write(table);
        var sent = outcome.Effects.Count(e => e.Kind == EffectKind.Send);
        screen.WriteLine($"{outcome.Contacts:N0} contacts, {outcome.Effects.Length:N0} lines, {sent:N0} messages.");
    }
}
