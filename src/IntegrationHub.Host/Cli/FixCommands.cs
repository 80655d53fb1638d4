using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub fix</c>, <c>hub fix FINDING --preview|--apply</c>, <c>hub fix list|undo</c>.</summary>
internal static class FixCommands
{
    private const int Sample = 20;

    public static Command Build()
    {
        var finding = new Argument<string?>("finding") { Description = "A finding's code, as 'hub fix' lists them. Without one: the findings that the hub can fix.", Arity = ArgumentArity.ZeroOrOne };
        var preview = new Option<bool>("--preview") { Description = "Show exactly what would change, and keep it for --apply. Changes nothing." };
        var apply = new Option<bool>("--apply") { Description = "Apply the preview, if the data have not moved since." };
        var csv = new Option<string?>("--csv") { Description = "Also write every change into a CSV file.", HelpName = "FILE.csv" };
        var by = By();
        var command = new Command("fix", "Mend what the audit found, in batches that are previewed first and undone as a whole.") { finding, preview, apply, csv, by, List(), Undo() };
        command.Validators.Add(result =>
        {
            var (named, looks, does) = (result.GetValue(finding) is not null, result.GetValue(preview), result.GetValue(apply));
            if (looks && does) result.AddError("Give --preview or --apply, not both: what is applied must have been seen.");
            if (named && !looks && !does) result.AddError("Say what to do with the finding: --preview shows what would change, --apply does it.");
            if (!named && (looks || does || result.GetValue(csv) is not null)) result.AddError("Name the finding: 'hub fix' lists those that the hub can fix.");
        });
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var fixes = hub.Get<FixFindings>();
            if (parsed.GetValue(finding) is not { } code) Show(hub, await fixes.Findings(HubContext.Operator, ct));
            else if (parsed.GetValue(preview)) await Show(hub, fixes, await fixes.Preview(code, Sample, Who(parsed.GetValue(by)), ct), parsed.GetValue(csv), ct);
            else await Show(hub, fixes, await hub.WithProgress(p => fixes.Apply(code, Who(parsed.GetValue(by)), p, ct)), parsed.GetValue(csv), ct);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(
            command, "hub fix", "hub fix doubtful.email.typo --preview", "hub fix doubtful.email.typo --preview --csv typos.csv", "hub fix doubtful.email.typo --apply --by \"Ada Byron\"", "hub fix list",
            "hub fix undo 019caee2-5b00-7d44-b82c-a5ac8637e1b2");
    }

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 20 };
        var command = new Command("list", "List the batches, the latest first.") { limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var batches = await hub.Get<FixFindings>().List(parsed.GetValue(limit), HubContext.Operator, ct);
            hub.Answer(new { Batches = batches.Select(Json) }, screen =>
            {
                if (batches.Count == 0)
                {
                    screen.WriteLine("No batch yet. See what can be fixed: hub fix");
                    return;
                }

                var table = Render.Table("Batch", "Finding", "State", "Changes", "Previewed", "Applied", "Undone");
                foreach (var b in batches)
                    table.AddRow(Render.Cells(b.Id.ToString(), b.Finding, Word(b.State), $"{b.Items:N0}", When(b.PreviewedAt, b.PreviewedBy), When(b.AppliedAt, b.AppliedBy), When(b.UndoneAt, b.UndoneBy)));
                screen.Write(table);
            });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub fix list", "hub fix list --json");
    }

    private static Command Undo()
    {
        var batch = new Argument<string>("batch") { Description = "The batch's id, from 'hub fix list'." };
        var by = By();
        var command = new Command("undo", "Take a whole batch back: locks and suppressions are released, decisions withdrawn.") { batch, by };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var fixes = hub.Get<FixFindings>();
            await Show(hub, fixes, await hub.WithProgress(p => fixes.Undo(parsed.GetValue(batch)!, Who(parsed.GetValue(by)), p, ct)), null, ct);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub fix undo 019caee2-5b00-7d44-b82c-a5ac8637e1b2");
    }

    private static void Show(HubContext hub, IReadOnlyList<FixableFinding> findings) => hub.Answer(
        new
        {
            Findings = findings.Select(f => new
            {
                f.Finding.Code,
                f.Finding.What,
                f.Finding.Count,
                f.Finding.HubFix,
                f.Does,
                Batch = f.Batch is { } b ? Json(b) : null,
            }),
        },
        screen =>
        {
            if (findings.Count == 0)
            {
                screen.WriteLine("The last audit found nothing that the hub can fix by itself.");
                return;
            }

            var table = Render.Table("Finding", "Found", "What the hub does", "Last batch");
            foreach (var f in findings)
                table.AddRow(Render.Cells(f.Finding.Code, $"{f.Finding.Count:N0}", f.Does, f.Batch is { } b ? $"{b.Items:N0} changes {Word(b.State)} {Render.Time(b.UndoneAt ?? b.AppliedAt ?? b.PreviewedAt)}" : ""));
            screen.Write(table);
            screen.WriteLine("See exactly what would change: hub fix FINDING --preview. Nothing changes before --apply.");
        });

    private static async Task Show(HubContext hub, FixFindings fixes, FixPreview preview, string? csv, CancellationToken ct)
    {
        var file = await Export(fixes, preview.Batch, csv, ct);
        hub.Answer(
            new { Batch = Json(preview.Batch), preview.Does, Sample = preview.Sample.Select(Json), File = file },
            screen =>
            {
                screen.WriteLine(preview.Does);
                if (preview.Batch.Items == 0)
                {
                    screen.WriteLine("Nothing would change.");
                    return;
                }

                Items(screen, preview.Sample);
                if (preview.Batch.Items > preview.Sample.Count) screen.WriteLine($"and {preview.Batch.Items - preview.Sample.Count:N0} more: --csv FILE.csv writes all of them.");
                if (file is not null) screen.WriteLine($"All of them are in {file}");
                screen.WriteLine($"{preview.Batch.Items:N0} changes. Nothing has changed yet. Apply them: hub fix {preview.Batch.Finding} --apply");
            });
    }

    private static async Task Show(HubContext hub, FixFindings fixes, FixOutcome outcome, string? csv, CancellationToken ct)
    {
        var file = await Export(fixes, outcome.Batch, csv, ct);
        var undone = outcome.Batch.State == FixState.Undone;
        hub.Answer(
            new
            {
                Batch = Json(outcome.Batch),
                Applied = outcome.Count(FixItemState.Applied),
                Moved = outcome.Count(FixItemState.Moved),
                Undone = outcome.Count(FixItemState.Undone),
                Overtaken = outcome.Count(FixItemState.Overtaken),
                Sample = outcome.Overtaken.Select(Json),
                File = file,
            },
            screen =>
            {
                screen.WriteLine(undone
                    ? $"Batch {outcome.Batch.Id} is taken back: {outcome.Count(FixItemState.Undone):N0} changes."
                    : $"Batch {outcome.Batch.Id} is applied: {outcome.Count(FixItemState.Applied):N0} changes.");
                if (outcome.Count(FixItemState.Moved) > 0) screen.WriteLine($"{outcome.Count(FixItemState.Moved):N0} were left out: their data moved before it was their turn.");
                if (outcome.Count(FixItemState.Overtaken) > 0)
                {
                    screen.WriteLine($"On {outcome.Count(FixItemState.Overtaken):N0} someone has had a word since; that holds:");
                    Items(screen, outcome.Overtaken);
                }

                if (file is not null) screen.WriteLine($"All of them are in {file}");
                if (!undone) screen.WriteLine($"Take it back: hub fix undo {outcome.Batch.Id}");
            });
    }

    private static void Items(IAnsiConsole screen, IReadOnlyList<FixItem> items)
    {
        var table = Render.Table("Contact", "What", "Before", "After");
        foreach (var c in items.Select(i => i.Change))
            table.AddRow(c.Action switch
            {
                FixAction.Correct => Render.Cells(c.Golden.ToString(), Fields.NameOf(c.Field ?? default), c.Before ?? "(none)", c.After ?? "(none)"),
                FixAction.Suppress => Render.Cells(c.Golden.ToString(), $"suppress {(c.Channel == Channel.Email ? "e-mail" : "number")}", c.Before, $"nothing for {(c.Purpose == Purposes.Every ? "every purpose" : c.Purpose)}"),
                _ => Render.Cells(c.Golden.ToString(), $"pair {c.PairId}", $"{c.Before}, {c.After}", "one contact"),
            });
        screen.Write(table);
    }

    private static async Task<string?> Export(FixFindings fixes, FixBatch batch, string? csv, CancellationToken ct)
    {
        if (csv is null) return null;
        var path = Path.GetFullPath(csv);
        await fixes.Export(batch.Id, path, ct);
        return path;
    }

    private static Option<string?> By() => new("--by") { Description = "Who does it, for the audit trail; without it the account that runs the command.", HelpName = "NAME" };

    private static Actor Who(string? name) => string.IsNullOrWhiteSpace(name) ? HubContext.Operator : HubContext.Operator with { Name = name.Trim() };

    private static object Json(FixBatch b) => new
    {
        b.Id,
        b.Finding,
        State = Word(b.State),
        Changes = b.Items,
        b.PreviewedAt,
        b.PreviewedBy,
        b.AppliedAt,
        b.AppliedBy,
        b.UndoneAt,
        b.UndoneBy,
    };

    private static object Json(FixItem i) => new
    {
        Contact = i.Change.Golden.ToString(),
        Action = FixFindings.Word(i.Change.Action),
        Field = i.Change.Field is { } f ? Fields.NameOf(f) : null,
        i.Change.Before,
        i.Change.After,
        i.Change.Channel,
        i.Change.Purpose,
        i.Change.Reason,
        Pair = i.Change.PairId,
    };

    private static string Word(FixState state) => state.ToString().ToLowerInvariant();

    private static string When(DateTimeOffset? at, string? by) => at is null ? "" : $"{Render.Time(at)} {by}";
}
