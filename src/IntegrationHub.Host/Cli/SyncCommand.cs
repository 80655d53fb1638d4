using System.CommandLine;
using IntegrationHub.Engine.Actions;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub sync</c>.</summary>
internal static class SyncCommand
{
    public static Command Build()
    {
        var source = new Argument<string?>("source") { Description = "Only this source.", Arity = ArgumentArity.ZeroOrOne };
        var full = new Option<bool>("--full") { Description = "Pull everything again; also finds rows that vanished at the source without a word." };
        var dry = new Option<bool>("--dry-run") { Description = "Show field by field what would be written back. Pulls, writes and saves nothing." };
        var command = new Command("sync", "Pull the sources and bring the golden records up to date.") { source, full, dry };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            if (parsed.GetValue(dry)) return await DryRun(hub, parsed.GetValue(source), ct);
            var report = await hub.WithProgress(p => hub.Get<SyncSources>().Run(parsed.GetValue(source), parsed.GetValue(full), HubContext.Operator, p, ct));
            hub.Answer(report, screen => Render.Sync(screen, report));
            return Render.Exit(report);
        }));
        return HelpWithExamples.Add(command, "hub sync", "hub sync hubspot --full", "hub sync --dry-run", "hub sync --json");
    }

    private static async Task<int> DryRun(HubContext hub, string? source, CancellationToken ct)
    {
        var preview = await hub.Get<SyncSources>().DryRun(source, ct);
        hub.Answer(preview, screen =>
        {
            foreach (var off in preview.Disabled)
                screen.WriteLine($"Write-back to {off} is off: nothing of it is written. Set 'enabled: true' under 'write_back' in its mapping to switch it on.");
            if (preview.Lines.Count == 0)
            {
                screen.WriteLine("Nothing to write back.");
                return;
            }

            var table = Render.Table("Source", "Record", "Property", "Now", "Would be", "Why");
            foreach (var l in preview.Lines) table.AddRow(Render.Cells(l.Source, l.ExternalId, l.Property, l.Before ?? "(empty)", l.After, l.Why));
            screen.Write(table);
            screen.WriteLine($"{preview.Lines.Count:N0} fields of {preview.Lines.Select(l => (l.Source, l.ExternalId)).Distinct().Count():N0} records.");
        });
        return ExitCode.Done;
    }
}
