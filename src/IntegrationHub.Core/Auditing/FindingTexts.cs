namespace IntegrationHub.Auditing;

/// <summary>A finding in words.</summary>
/// <param name="What">One sentence, with the number.</param>
/// <param name="Effect">What it does to a workflow.</param>
/// <param name="Fix">What to do.</param>
internal sealed record FindingText(string What, string Effect, string Fix);

/// <summary>The words of each finding, written for the person who wants to launch a workflow.</summary>
internal static class FindingTexts
{
    private const string FixAtSource = "`hub export clean` lists the records with their issue codes: correct them where they come from.";

    internal static FindingText For(string code, long count, long of, AuditRules rules)
    {
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        var (kind, rest) = dot < 0 ? (code, "") : (code[..dot], code[(dot + 1)..]);
        return kind switch
        {
            "missing" => Missing(rest, count, of),
            "invalid" => Invalid(rest, count),
            "doubtful" => Doubtful(rest, count),
            "conflict" => Conflict(rest, count),
            _ => Own(code, count, of, rules),
        };
    }

    private static FindingText Missing(string field, long count, long of)
    {
        var what = $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "has", "have")} no {FieldWord(field)}.";
        return field switch
        {
            "email" => new(what, "E-mail steps skip them.", "Import or sync a list that has the addresses, or ask for them in a form."),
            "phone" => new(what, "Text message steps skip them.", "Import or sync a list that has the numbers, or leave text messages out."),
            "first_name" or "last_name" => new(what, "A greeting by name falls back to a general one.", "Ask for the name in your forms, and give the greeting a fallback."),
            "country" => new(what, "Their time zone and the consent rules of their country are not known.", "Ask for the country in your forms, or import it from the shop or the CRM."),
            _ => new(what, $"Segments and branches on the {FieldWord(field)} miss them.", "Fill it at the source, or do not build on it."),
        };
    }

    private static FindingText Invalid(string field, long count)
    {
        var what = $"{Words.Count(count, FieldWord(field), FieldWords(field))} cannot be used.";
        return field switch
        {
            "email" => new(what, "Nobody gets a message there.", FixAtSource),
            "phone" => new(what, "No text message and no call gets there.", FixAtSource),
            _ => new(what, $"The field stays empty: segments and branches on the {FieldWord(field)} miss them.", FixAtSource),
        };
    }

    private static FindingText Doubtful(string code, long count)
    {
        var (one, many, effect, fix) = code switch
        {
            "email.typo" => ("e-mail address looks misspelt", "e-mail addresses look misspelt", "Mail to them bounces, or reaches a stranger, and harms your standing as a sender.",
                "Look at the suggestion beside each and correct it at the source. The hub never changes an address by itself."),
            "email.role" => ("e-mail address belongs to a desk, such as info@", "e-mail addresses belong to desks, such as info@",
                "Several people read them: personal words reach the wrong one, and complaints are likelier.", "Ask for a personal address before you write personally."),
            "email.disposable" => ("e-mail address is of a throw-away provider", "e-mail addresses are of throw-away providers",
                "They are gone in days: nobody reads what you send.", "Leave them out, and confirm new addresses before use."),
            "phone.placeholder" or "email.placeholder" or "name.junk" or "company.junk" or "job_title.junk" =>
                ($"{Subject(code)} is a placeholder, such as “test”", $"{Subject(code, plural: true)} are placeholders, such as “test”",
                "Messages greet “Test”, go nowhere, or reach the wrong one.", FixAtSource),
            "name.company" => ("name is a company's", "names are companies'", "Messages greet a company by its first word.", FixAtSource),
            "name.email" => ("name is an e-mail address", "names are e-mail addresses", "Messages greet someone by an address.", FixAtSource),
            "name.two_people" => ("name holds two people", "names hold two people", "Messages greet one of the two, or both wrongly.", "Split them into two contacts at the source."),
            _ => ($"{Subject(code)} should be looked at ({code})", $"{Subject(code, plural: true)} should be looked at ({code})",
                "Messages and segments that build on them may be wrong.", FixAtSource),
        };
        return new($"{Words.Count(count, one, many)}.", effect, fix);
    }

    private static FindingText Conflict(string field, long count) => new(
        $"The systems disagree on the {FieldWord(field)} of {Words.Count(count, "contact")}.",
        "What you send depends on which system is right; the hub follows the survivorship rules.",
        "`hub contact show ID` tells both values and which one won: correct the wrong one at its source, or change the rules in mappings/survivorship.yaml.");

    private static FindingText Own(string code, long count, long of, AuditRules rules) => code switch
    {
        "duplicates.certain" => new(
            $"{Words.Count(count, "record is", "records are")} in one system a second time.",
            $"A campaign of that system would send {Words.Count(count, "message")} twice. Workflows of the hub run on the unified contact, and do not.",
            "Merge them at the source. `hub contact show ID` lists the records of each."),
        "duplicates.likely" => new(
            $"{Words.Count(count, "pair")} of contacts may be one and the same.",
            "Until someone decides, such a contact may get a message twice.",
            "Decide them in the merge queue: `hub review list`."),
        "duplicates.shared_address" => new(
            $"{Words.Count(count, "contact shares", "contacts share")} an e-mail address with another one.",
            $"The same mailbox would get up to {Words.Count(count, "message")} twice.",
            "Families and offices share mailboxes rightly; for the rest decide the pairs in the merge queue: `hub review list`."),
        "consent.conflict" => new(
            $"For {Words.Count(count, "contact")} one system has a yes to messages and another a no.",
            "The hub holds to the no. A campaign sent from the other system would reach people who have declined.",
            "Carry the no over to the other system before anything is sent from there."),
        "consent.missing" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} with a usable e-mail address {Words.Verb(count, "has", "have")} no recorded consent.",
            "Marketing steps skip them.",
            "Ask for consent, or map the field that holds it: docs/mappings.md."),
        "consent.denied" => new(
            $"{Words.Count(count, "contact has", "contacts have")} declined marketing e-mails.",
            "Marketing steps skip them, as they should.", "Nothing to mend."),
        "consent.pending" => new(
            $"{Words.Count(count, "contact was", "contacts were")} asked for consent and {Words.Verb(count, "has", "have")} not confirmed.",
            "Marketing steps skip them.", "Send the confirmation once more, from the system that asked."),
        "reach.none" => new(
            $"{Words.Count(count, "contact has", "contacts have")} no address and no number that can be used.",
            "No workflow can reach them.", "Fill the address at the source, or leave them out of segments."),
        "reach.suppressed" => new(
            $"The e-mail address of {Words.Count(count, "contact")} has bounced for good or complained.",
            "E-mail steps skip them; writing from elsewhere harms your standing as a sender.", "Find a new address, or remove them from the lists."),
        "stale" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "was", "were")} not changed by any system for more than {Words.Count((long)rules.StaleAfter.TotalDays, "day")}.",
            "Their data is likely out of date, and old addresses bounce.", "Write to a small part first, or ask them to confirm their data."),
        "sync.late" => new(
            $"{Words.Count(count, "source was", "sources were")} not synced in the last {Words.Count((long)Math.Ceiling(rules.LateAfter.TotalHours), "hour")}.",
            "The latest opt-outs, orders and corrections of it are not known here.", "Run `hub sync`, and see `hub runs` for why its schedule did not."),
        "sync.failed" => new(
            $"The last sync of {Words.Count(count, "source")} failed.",
            "The latest opt-outs, orders and corrections of it are not known here.", "`hub source check` says what is wrong; then `hub sync`."),
        "drift" => new(
            $"{Words.Count(count, "field")} of the sources {Words.Verb(count, "is", "are")} not as the mappings expect.",
            "A value that was there before may be missing, or a new one is not used.", "Compare the mapping with the source: docs/mappings.md."),
        "quarantine" => new(
            $"{Words.Count(count, "row")} could not be read and {Words.Verb(count, "waits", "wait")} in quarantine.",
            "These contacts are missing or out of date here.", "`hub quarantine list` says why; mend and `hub quarantine retry`."),
        "repaired" => new(
            $"{Words.Count(count, "value was", "values were")} repaired on the way: spelling, spaces, format.",
            "None: workflows see the clean values; the raw ones are kept.", "Nothing to mend. Write-back carries the clean values to the sources."),
        _ => new($"{Words.Count(count, "record")}: {code}.", "Workflows may misfire.", FixAtSource),
    };

    private static string Subject(string code, bool plural = false)
    {
        var subject = code.Split('.')[0];
        return plural ? FieldWords(subject) : FieldWord(subject);
    }

    private static string FieldWord(string field) => field switch
    {
        "email" => "e-mail address",
        "phone" => "phone number",
        "state" => "state or region",
        "birth_date" => "date of birth",
        "national_id" => "national id",
        "text" => "text",
        _ => field.Replace('_', ' '),
    };

    private static string FieldWords(string field) => field switch
    {
        "email" => "e-mail addresses",
        "address" => "addresses",
        "company" => "company names",
        "city" => "cities",
        "country" => "countries",
        "state" => "states or regions",
        "birth_date" => "dates of birth",
        "other_emails" or "other_phones" or "tags" => FieldWord(field),
        _ => FieldWord(field) + "s",
    };
}
