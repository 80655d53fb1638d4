using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub segment list|count|members|check</c>.</summary>
internal static class SegmentCommands
{
    public static Command Build() => new("segment", "Segments: named conditions, and who is in them now.") { List(), Count(), Members(), Check() };

    private static Command List()
    {
        var command = new Command("list", "Show the segments of mappings/segments.");
        command.SetAction(HubContext.Action(async (hub, _, ct) =>
        {
            var segments = await hub.Get<FindSegments>().List(HubContext.Operator, ct);
            hub.Answer(
                new { Segments = segments.Select(s => new { s.Name, s.Title, When = s.Condition.Text }) },
                screen =>
                {
                    var table = Render.Table("Segment", "Title", "Who is in it");
                    foreach (var s in segments) table.AddRow(Render.Cells(s.Name, s.Title, s.Condition.Text));
                    screen.Write(table);
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub segment list", "hub segment list --json");
    }

    private static Command Count()
    {
        var name = Name();
        var command = new Command("count", "Count who is in a segment now.") { name };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var found = await hub.Get<FindSegments>().Members(parsed.GetValue(name)!, HubContext.Operator, ct);
            var contacts = (await hub.Get<HubStore>().Stats.Totals(ct)).Contacts;
            hub.Answer(
                new { Segment = found.Segment.Name, Members = found.Members.Count, Contacts = contacts, found.LookedAt },
                screen => screen.WriteLine($"{found.Members.Count:N0} of {contacts:N0} contacts are in {found.Segment.Name}: {found.Segment.Condition.Text}."));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub segment count pricing-visitors-without-demo");
    }

    private static Command Members()
    {
        var name = Name();
        var limit = new Option<int>("--limit") { Description = "At most so many; all unless told.", DefaultValueFactory = _ => int.MaxValue };
        var command = new Command("members", "Print the ids of the contacts in a segment, one a line.") { name, limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var found = await hub.Get<FindSegments>().Members(parsed.GetValue(name)!, HubContext.Operator, ct);
            var ids = found.Members.Take(parsed.GetValue(limit)).Select(i => i.ToString()).ToList();
            hub.Answer(
                new { Segment = found.Segment.Name, Members = found.Members.Count, Ids = ids },
                screen =>
                {
                    foreach (var id in ids) screen.WriteLine(id);
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub segment members vip --limit 20", "hub segment members vip --json");
    }

    private static Command Check()
    {
        var name = new Argument<string?>("name") { Description = "A segment by name; none for all.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("check", "Hold what the database finds against each contact looked at by itself. They never differ, or there is a fault in the hub.") { name };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var find = hub.Get<FindSegments>();
            var names = parsed.GetValue(name) is { } one ? [one] : (await find.List(HubContext.Operator, ct)).Select(s => s.Name).ToList();
            var all = new List<SegmentComparison>();
            foreach (var each in names) all.Add(await find.Compare(each, HubContext.Operator, ct));
            hub.Answer(
                new { Segments = all.Select(c => new { c.Name, c.Contacts, c.Members, Differing = c.Differing.Select(d => d.ToString()) }) },
                screen =>
                {
                    foreach (var c in all) screen.WriteLine($"{c.Name}: {c.Members:N0} of {c.Contacts:N0} contacts, {(c.Differing.Count == 0 ? "the same both ways" : $"{c.Differing.Count:N0} differ: {string.Join(", ", c.Differing.Take(5))}")}.");
                });
            return all.All(c => c.Differing.Count == 0) ? ExitCode.Done : ExitCode.Failed;
        }));
        return HelpWithExamples.Add(command, "hub segment check", "hub segment check vip");
    }

    private static Argument<string> Name() => new("name") { Description = "The segment, as its file in mappings/segments is called." };
}
