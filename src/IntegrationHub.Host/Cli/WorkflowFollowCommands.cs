using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Store;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub workflow status|why|enrol|migrate</c>.</summary>
internal static class WorkflowFollowCommands
{
    public static Command Status()
    {
        var command = new Command("status", "Show how the published workflows stand: enrolments, conversions, messages.");
        command.SetAction(HubContext.Action(async (hub, _, ct) =>
        {
            var all = await hub.Get<FollowWorkflows>().Status(HubContext.Operator, ct);
            var (events, landed, waiting) = await hub.Get<HubStore>().Events.Count(ct);
            var outbox = await hub.Get<HubStore>().Outbox.Counts(ct);
            hub.Answer(
                new { Events = new { All = events, ToDo = landed, OfUnknown = waiting }, Workflows = all.Select(s => Line(s.Name, s)), Outbox = outbox.Select(o => new { o.Kind, o.Source, State = o.State.ToString().ToLowerInvariant(), o.Rows, o.Error }) },
                screen =>
                {
                    screen.WriteLine($"{events:N0} events, {landed:N0} to do, {waiting:N0} of people not known yet.");
                    var table = Render.Table("Workflow", "State", "Version", "Active", "Ended", "Converted", "Control", "Delivered", "Waiting", "Dead", "Stopped");
                    foreach (var s in all)
                        table.AddRow(Render.Cells(
                            s.Name, s.Launch?.State.ToString().ToLowerInvariant() ?? "published", s.Launch?.Version, $"{s.Active:N0}", $"{s.Ended:N0}", $"{s.Converted:N0}", $"{s.Control:N0}", $"{Count(s, MessageStatus.Delivered):N0}",
                            $"{Count(s, MessageStatus.Waiting) + Count(s, MessageStatus.Claimed):N0}", $"{Count(s, MessageStatus.Dead):N0}", $"{Count(s, MessageStatus.Stopped):N0}"));
                    screen.Write(table);
                    foreach (var o in outbox) screen.WriteLine($"{o.Rows:N0} {o.Kind} {(o.Source.Length > 0 ? $"to {o.Source} " : "")}{(o.State == OutboxState.Failed ? "refused for good" : "waiting")}{(o.Error is null ? "." : $": {o.Error}")}");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow status", "hub workflow status --json");
    }

    public static Command Why()
    {
        var contact = Contact();
        var command = new Command("why", "Say why a contact is in its workflows, why something was not sent, and what comes next.") { contact };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var why = await hub.Get<FollowWorkflows>().Why(parsed.GetValue(contact)!, HubContext.Operator, ct);
            hub.Answer(
                new
                {
                    Contact = why.Contact.ToString(),
                    why.Hygiene,
                    Enrolments = why.Enrolments.Select(e => new { e.Workflow, e.Version, e.Visit, State = e.State.ToString().ToLowerInvariant(), e.EnteredAt, e.EventId, e.Control, e.Step, e.Waits, e.WakeAt, e.Messages, e.ConvertedAt, e.EndedAt, e.Outcome }),
                    Held = why.Held.Select(h => new { h.Workflow, h.Since, h.Until, h.Why }),
                    Journal = why.Journal.Select(j => new { j.At, j.Workflow, j.Step, Kind = j.Kind.ToString().ToLowerInvariant(), j.Channel, j.Template, j.Reason, j.EventId }),
                    Messages = why.Messages.Select(m => new { Key = m.Message.Key.Value, m.Message.Origin.Workflow, m.Message.Origin.Step, m.Message.Channel, Status = m.Status.ToString().ToLowerInvariant(), m.CreatedAt, m.SettledAt, m.NextAt, m.PossibleDuplicate, m.ProviderId, m.Error }),
                    Outbox = why.Outbox.Select(o => new { o.What.Kind, o.What.Source, State = o.State.ToString().ToLowerInvariant(), o.Attempts, o.CreatedAt, o.DeliveredAt, o.NextAt, o.Error }),
                    Events = why.Events.Select(e => new { e.Event.Id, e.Event.Type, e.Event.At, e.Source, e.History }),
                },
                screen =>
                {
                    screen.WriteLine($"Contact {why.Contact}: {why.Hygiene}.");
                    if (why.Enrolments.Count == 0) screen.WriteLine("It is in no workflow, and never was.");
                    foreach (var e in why.Enrolments)
                        screen.WriteLine(e.IsActive
                            ? $"In {e.Workflow} since {Render.Time(e.EnteredAt)}, at step {e.Step}: {e.Waits ?? "it goes on at once"}{(e.WakeAt is { } wake ? $", until {Render.Time(wake)}" : "")}{(e.Control ? "; in the control group, it is sent nothing" : "")}."
                            : $"Was in {e.Workflow} from {Render.Time(e.EnteredAt)} to {(e.EndedAt is { } end ? Render.Time(end) : "?")}: {e.Outcome}.");
                    foreach (var h in why.Held) screen.WriteLine($"Waits to enter {h.Workflow}: {h.Why}; until {Render.Time(h.Until)}.");
                    var table = Render.Table("When", "Workflow", "Step", "What", "Channel", "Template", "Why");
                    foreach (var j in why.Journal) table.AddRow(Render.Cells(Render.Time(j.At), j.Workflow, j.Step, j.Kind.ToString().ToLowerInvariant(), j.Channel?.ToString().ToLowerInvariant(), j.Template, j.Reason));
                    screen.Write(table);
                    foreach (var o in why.Outbox.Where(o => o.State != OutboxState.Delivered))
                        screen.WriteLine($"{o.What.Kind} {(o.What.Source.Length > 0 ? $"to {o.What.Source} " : "")}{(o.State == OutboxState.Failed ? "was refused for good" : $"waits, next at {Render.Time(o.NextAt)}")}{(o.Error is null ? "." : $": {o.Error}")}");
                    foreach (var m in why.Messages.Where(m => m.Error is not null)) screen.WriteLine($"Message of {m.Message.Origin.Workflow}, step {m.Message.Origin.Step}, is {m.Status.ToString().ToLowerInvariant()}: {m.Error}");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow why ada@example.com", "hub workflow why ada@example.com --json");
    }

    public static Command Enrol()
    {
        var workflow = WorkflowLaunchCommands.Name();
        var contact = Contact();
        var command = new Command("enrol", "Enrol a contact by hand. The rules of entry hold; it enters as soon as `hub serve` runs.") { workflow, contact };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var id = await hub.Get<FollowWorkflows>().Enrol(parsed.GetValue(contact)!, parsed.GetValue(workflow)!, HubContext.Operator, ct);
            hub.Answer(new { Workflow = parsed.GetValue(workflow)!, Contact = id.ToString() }, screen => screen.WriteLine($"{id} is to enter {parsed.GetValue(workflow)}."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow enrol lead-nurture ada@example.com");
    }

    public static Command Retry()
    {
        var command = new Command("retry", "Try again what was refused for good: messages, suppressions, activities, write-backs and notes. Mend what `hub workflow status` names first.");
        command.SetAction(HubContext.Action(async (hub, _, ct) =>
        {
            var (messages, told) = await hub.Get<FollowWorkflows>().Retry(HubContext.Operator, ct);
            hub.Answer(new { Messages = messages, Others = told }, screen => screen.WriteLine($"{messages:N0} messages and {told:N0} others are tried again as soon as `hub serve` runs."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow retry");
    }

    public static Command Migrate()
    {
        var workflow = WorkflowLaunchCommands.Name();
        var preview = new Option<bool>("--preview") { Description = "Only show who would move, and who could not." };
        var command = new Command("migrate", "Move contacts from earlier versions to the launched one, each to the step of the same name. Not while `hub serve` runs.") { workflow, preview };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var (name, follow) = (parsed.GetValue(workflow)!, hub.Get<FollowWorkflows>());
            if (parsed.GetValue(preview))
            {
                var lines = await follow.PreviewMigration(name, HubContext.Operator, ct);
                hub.Answer(
                    new { Workflow = name, Contacts = lines.Select(l => new { Contact = l.Contact.ToString(), l.Step, l.Possible }) },
                    screen =>
                    {
                        screen.WriteLine($"{lines.Count(l => l.Possible):N0} would move, {lines.Count(l => !l.Possible):N0} would stay: the launched version has no step of the name.");
                        foreach (var step in lines.GroupBy(l => (l.Step, l.Possible))) screen.WriteLine($"  {step.Key.Step}: {step.Count():N0} {(step.Key.Possible ? "move" : "stay")}");
                    });
                return ExitCode.Done;
            }

            var (moved, stay) = await follow.Migrate(name, hub.Get<Lane>(), HubContext.Operator, ct);
            hub.Answer(new { Workflow = name, Moved = moved, Stay = stay }, screen => screen.WriteLine($"{moved:N0} moved, {stay:N0} stay."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub workflow migrate lead-nurture --preview", "hub workflow migrate lead-nurture");
    }

    internal static object Line(string name, WorkflowStatus? s) => new
    {
        Name = name,
        State = s?.Launch?.State.ToString().ToLowerInvariant() ?? (s is null ? "file" : "published"),
        s?.Launch?.Version,
        s?.Launch?.LaunchedAt,
        Versions = s?.Versions ?? 0,
        Scanning = s?.Launch?.ScannedTo is not null,
        Admitted = s?.Launch?.Admitted ?? 0,
        Active = s?.Active ?? 0,
        Ended = s?.Ended ?? 0,
        Converted = s?.Converted ?? 0,
        Control = s?.Control ?? 0,
        Messages = (s?.Messages ?? []).Select(m => new { m.Channel, Status = m.Status.ToString().ToLowerInvariant(), m.Messages, m.PossibleDuplicates }),
    };

    private static long Count(WorkflowStatus status, MessageStatus of) => status.Messages.Where(m => m.Status == of).Sum(m => m.Messages);

    private static Argument<string> Contact() => new("contact") { Description = "A contact's id, an e-mail address, or a phone number with its country code." };
}
