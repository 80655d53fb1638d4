using System.CommandLine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Merging;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub contact find|show|why|history|lock|unlock|export|erase</c>.</summary>
internal static class ContactCommands
{
    public static Command Build() => new("contact", "Golden records: the one unified record of each contact.") { Find(), Show(), ContactWhyCommand.Build(), History(), Lock(), Unlock(), ContactDataCommands.Export(), ContactDataCommands.Erase() };

    private static Command Find()
    {
        var text = new Argument<string>("text") { Description = "An e-mail address, a phone number, words of a name or company, an id, or SOURCE/contacts/ID." };
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 20 };
        var command = new Command("find", "Find contacts.") { text, limit };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var found = await hub.Get<Contacts>().Find(parsed.GetValue(text)!, parsed.GetValue(limit), ct);
            hub.Answer(new { Contacts = found.Select(g => new { Id = g.Id.ToString(), g.Kind, Values = Values(g), Sources = g.SourceCount, Hygiene = g.Hygiene.StatusCode, HygieneReasons = g.Hygiene.ReasonCodes }) }, screen =>
            {
                if (found.Count == 0)
                {
                    screen.WriteLine("Nothing matches.");
                    return;
                }

                var table = Render.Table("Contact", "Name", "E-mail", "Phone", "Company", "Sources", "Hygiene");
                foreach (var g in found)
                    table.AddRow(Render.Cells(g.Id.ToString(), Name(g.Values), g.Values[Field.Email], g.Values[Field.Phone], g.Values[Field.Company], $"{g.SourceCount}", Render.Hygiene(g.Hygiene)));
                screen.Write(table);
            });
            return found.Count > 0 ? ExitCode.Done : ExitCode.Failed;
        }));
        return HelpWithExamples.Add(command, "hub contact find ada@example.com", "hub contact find \"byron\"", "hub contact find hubspot/contacts/512");
    }

    private static Command Show()
    {
        var contact = new Argument<string>("contact") { Description = "A contact's id, or a text that finds exactly one." };
        var command = new Command("show", "Show a contact: every field, where it is from, and why that value won.") { contact };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var detail = await hub.Get<Contacts>().Show(parsed.GetValue(contact)!, ct);
            hub.Answer(
                new
                {
                    Id = detail.Row.Id.ToString(),
                    detail.Row.Kind,
                    detail.Row.CreatedAt,
                    detail.Row.UpdatedAt,
                    detail.Row.RetiredAt,
                    Hygiene = detail.Row.Hygiene.StatusCode,
                    HygieneReasons = detail.Row.Hygiene.ReasonCodes,
                    Values = Values(detail.Row),
                    Provenance = detail.Row.Provenance.ToDictionary(p => Fields.NameOf(p.Field), p => new { Source = p.Source.ToString(), p.Rule }),
                    Sources = detail.Sources.Select(s => s.Record.Key.ToString()),
                    FormerIds = detail.Aliases.Select(a => a.Alias.ToString()),
                    Company = detail.Company is { } works ? new { Id = works.Id.ToString(), works.Name, Rule = RuleOf(works.Rule) } : null,
                    Contacts = detail.Row.Kind == EntityKind.Company ? detail.Contacts : (long?)null,
                },
                screen =>
                {
                    screen.WriteLine($"{detail.Row.Id}{(detail.Row.RetiredAt is { } at ? $"  (retired {Render.Time(at)})" : "")}");
                    var table = Render.Table("Field", "Value", "From", "Because");
                    foreach (var p in detail.Row.Provenance)
                        table.AddRow(Render.Cells(Fields.NameOf(p.Field), detail.Row.Values[p.Field]?.Replace('\n', ','), p.Source.ToString(), p.Rule.Replace('_', ' ')));
                    screen.Write(table);
                    screen.WriteLine($"Hygiene {Render.Hygiene(detail.Row.Hygiene)}");
                    if (detail.Company is { } works) screen.WriteLine($"Works for {works.Name ?? works.Id.ToString()} ({works.Id}), known by {RuleOf(works.Rule)}");
                    if (detail.Row.Kind == EntityKind.Company) screen.WriteLine($"Contacts who work for it: {detail.Contacts:N0}");
                    screen.WriteLine($"Made of {string.Join(", ", detail.Sources.Select(s => s.Record.Key))}");
                    if (detail.Aliases.Count > 0) screen.WriteLine($"Also known as {string.Join(", ", detail.Aliases.Select(a => a.Alias))}");
                });
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact show ada@example.com");
    }

    private static Command History()
    {
        var contact = new Argument<string>("contact") { Description = "A contact's id, or a text that finds exactly one." };
        var command = new Command("history", "Show what happened to a contact: merges with their ids, changes, write-backs.") { contact };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var detail = await hub.Get<Contacts>().Show(parsed.GetValue(contact)!, ct);
            hub.Answer(
                new
                {
                    Id = detail.Row.Id.ToString(),
                    Merges = detail.Merges.Select(m => new
                    {
                        m.Id,
                        m.At,
                        m.By,
                        m.Probability,
                        Left = m.Left.Select(k => k.ToString()),
                        Right = m.Right.Select(k => k.ToString()),
                        Absorbed = m.Absorbed?.ToString(),
                        m.UndoneAt,
                    }),
                    History = detail.History.Select(t => new { t.At, t.By, t.Action, t.Before, t.After, t.Why }),
                },
                screen => ShowHistory(screen, detail));
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact history ada@example.com");
    }

    private static Command Lock()
    {
        var contact = new Argument<string>("contact") { Description = "A contact's id, or a text that finds exactly one." };
        var field = new Argument<string>("field") { Description = "The field, such as email or last_name." };
        var value = new Argument<string?>("value") { Description = "The value; without one the field is kept empty.", Arity = ArgumentArity.ZeroOrOne };
        var why = new Option<string?>("--why") { Description = "Your reason, for the audit trail.", HelpName = "TEXT" };
        var command = new Command("lock", "Set a field of a contact yourself: no source and no rule overrides it until it is unlocked.") { contact, field, value, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var detail = await hub.Get<LockField>().Lock(parsed.GetValue(contact)!, parsed.GetValue(field)!, parsed.GetValue(value), HubContext.Operator, parsed.GetValue(why), ct);
            AnswerField(hub, detail, parsed.GetValue(field)!);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact lock ada@gmial.com email ada@gmail.com --why \"asked her\"", "hub contact lock 019caee2-5b00-7d44-b82c-a5ac8637e1b2 phone");
    }

    private static Command Unlock()
    {
        var contact = new Argument<string>("contact") { Description = "A contact's id, or a text that finds exactly one." };
        var field = new Argument<string>("field") { Description = "The field, such as email or last_name." };
        var why = new Option<string?>("--why") { Description = "Your reason, for the audit trail.", HelpName = "TEXT" };
        var command = new Command("unlock", "Release every lock on a field of a contact, those of fixes included: the rules decide again.") { contact, field, why };
        command.SetAction(HubContext.Action(async (hub, parsed, ct) =>
        {
            var detail = await hub.Get<LockField>().Release(parsed.GetValue(contact)!, parsed.GetValue(field)!, HubContext.Operator, parsed.GetValue(why), ct);
            AnswerField(hub, detail, parsed.GetValue(field)!);
            return ExitCode.Done;
        }));
        return HelpWithExamples.Add(command, "hub contact unlock ada@gmail.com email");
    }

    private static void AnswerField(HubContext hub, GoldenDetail detail, string field)
    {
        var of = Fields.Find(field) ?? default;
        var rule = detail.Row.Provenance.FirstOrDefault(p => p.Field == of)?.Rule;
        hub.Answer(
            new { Id = detail.Row.Id.ToString(), Field = field, Value = detail.Row.Values[of], Rule = rule },
            screen => screen.WriteLine($"{detail.Row.Id}  {field} is {detail.Row.Values[of] ?? "(none)"}{(rule is null ? "" : $" because of: {rule.Replace('_', ' ')}")}"));
    }

    private static void ShowHistory(IAnsiConsole screen, GoldenDetail detail)
    {
        screen.WriteLine($"{detail.Row.Id}  {Name(detail.Row.Values)}  since {Render.Time(detail.Row.CreatedAt)}");
        if (detail.Merges.Count > 0)
        {
            var merges = Render.Table("Merge", "When", "By", "Joined", "To", "Probability", "");
            foreach (var m in detail.Merges)
                merges.AddRow(Render.Cells(
                    m.Id.ToString(), Render.Time(m.At), m.By, string.Join(", ", m.Right), string.Join(", ", m.Left), m.Probability is { } p ? $"{p:P1}" : "", m.UndoneAt is null ? "" : "undone"));
            screen.Write(merges);
            screen.WriteLine("Take one back: hub review undo MERGE");
        }

        var trail = Render.Table("When", "By", "What", "Before", "After", "Why");
        foreach (var t in detail.History.Where(t => t.Action != "merge")) trail.AddRow(Render.Cells(Render.Time(t.At), t.By, t.Action, t.Before, t.After, t.Why));
        if (trail.Rows.Count > 0) screen.Write(trail);
    }

    private static string RuleOf(CompanyLinkRule rule) => rule switch { CompanyLinkRule.Domain => "the domain of the mailbox", CompanyLinkRule.NameAndPlace => "name and place", _ => "the name" };

    private static string Name(FieldValues v) => string.Join(' ', new[] { v[Field.FirstName], v[Field.MiddleName], v[Field.LastName] }.Where(p => p is not null));

    private static Dictionary<string, string> Values(GoldenRow golden) => golden.Values.Present().ToDictionary(p => Fields.NameOf(p.Field), p => p.Value);
}
