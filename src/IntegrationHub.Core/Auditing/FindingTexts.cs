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

    internal static FindingText For(string code, Tally tally, long of, AuditRules rules, Tallies tallies)
    {
        var count = tally.Count;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        var (kind, rest) = dot < 0 ? (code, "") : (code[..dot], code[(dot + 1)..]);
        return kind switch
        {
            "missing" => Missing(rest, count, of),
            "invalid" => Invalid(rest, count),
            "doubtful" => Doubtful(rest, count),
            "damaged" => Damaged(rest, count),
            "conflict" => Conflict(rest, count),
            "default" => Default(rest, count, of),
            _ => Own(code, count, of, rules, tallies),
        };
    }

    private static FindingText Missing(string field, long count, long of)
    {
        var what = $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "has", "have")} no {FieldWords.One(field)}.";
        return field switch
        {
            "email" => new(what, "E-mail steps skip them.", "Import or sync a list that has the addresses, or ask for them in a form."),
            "phone" => new(what, "Text message steps skip them.", "Import or sync a list that has the numbers, or leave text messages out."),
            "first_name" or "last_name" => new(what, "A greeting by name falls back to a general one.", "Ask for the name in your forms, and give the greeting a fallback."),
            "country" => new(what, "Their time zone and the consent rules of their country are not known.", "Ask for the country in your forms, or import it from the shop or the CRM."),
            _ => new(what, $"Segments and branches on the {FieldWords.One(field)} miss them.", "Fill it at the source, or do not build on it."),
        };
    }

    private static FindingText Invalid(string field, long count)
    {
        var what = $"{Words.Count(count, FieldWords.One(field), FieldWords.Many(field))} cannot be used.";
        return field switch
        {
            "email" => new(what, "Nobody gets a message there.", FixAtSource),
            "phone" => new(what, "No text message and no call gets there.", FixAtSource),
            _ => new(what, $"The field stays empty: segments and branches on the {FieldWords.One(field)} miss them.", FixAtSource),
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
            "date.ambiguous" => ("date can be read two ways, such as 03/04/1985", "dates can be read two ways, such as 03/04/1985",
                "A birthday greeting goes out on the wrong day.", "Export dates as year-month-day, or say in the mapping which comes first: `date_dmy`, `date_mdy`."),
            "date.placeholder" => ("date stands for none, such as 1900-01-01", "dates stand for none, such as 1900-01-01",
                "The field stays empty: segments by age miss them.", FixAtSource),
            "country.unknown" => ("country is none that exists", "countries are none that exist",
                "Their time zone and the consent rules of their country are not known.", FixAtSource),
            "address.bad_postcode" => ("postal code is none of its country", "postal codes are none of their countries",
                "Segments by place, and anything sent by post, miss them.", FixAtSource),
            "address.unknown_state" => ("state is none of its country", "states are none of their countries", "Segments by state miss them.", FixAtSource),
            "address.unknown_country" => ("address is in no country that could be told", "addresses are in no country that could be told", "It is kept whole: segments by place miss it.", FixAtSource),
            "phone.several" => ("field holds several phone numbers", "fields hold several phone numbers", "The first is used, the others are kept beside it.", "Nothing is lost; part them at the source when you next touch it."),
            "name.company" => ("name is a company's", "names are companies'", "Messages greet a company by its first word.", FixAtSource),
            "name.email" => ("name is an e-mail address", "names are e-mail addresses", "Messages greet someone by an address.", FixAtSource),
            "name.two_people" => ("name holds two people", "names hold two people", "Messages greet one of the two, or both wrongly.", "Split them into two contacts at the source."),
            _ => ($"{Subject(code)} should be looked at ({code})", $"{Subject(code, plural: true)} should be looked at ({code})",
                "Messages and segments that build on them may be wrong.", FixAtSource),
        };
        return new($"{Words.Count(count, one, many)}.", effect, fix);
    }

    private static FindingText Damaged(string code, long count)
    {
        var (one, many) = code switch
        {
            "text.mojibake" => ("text was wrongly decoded somewhere (“JosÃ©”)", "texts were wrongly decoded somewhere (“JosÃ©”)"),
            "text.invisible" => ("text holds invisible characters", "texts hold invisible characters"),
            "text.html" => ("text holds codes of web pages (“&amp;”)", "texts hold codes of web pages (“&amp;”)"),
            _ => ($"{Subject(code)} holds stray blanks, invisible or damaged characters", $"{Subject(code, plural: true)} hold stray blanks, invisible or damaged characters"),
        };
        return new(
            $"{Words.Count(count, one, many)}.",
            "Workflows of the hub see the mended values. A campaign of the source itself would greet with the broken ones, and its filters miss them.",
            "Write-back carries the mended values to the source (docs/mappings.md); look for the export or form that damages them.");
    }

    private static FindingText Default(string field, long count, long of) => new(
        $"{Words.Number(count)} of {Words.Count(of, "contact")} have a {FieldWords.One(field)} that far too many have: a default, not theirs.",
        field == "phone" ? "Text messages and calls all reach the same number." : $"Segments and branches on the {FieldWords.One(field)} take them for the same.",
        "Find the form, import or setting that fills it in, and empty the field there.");

    private static FindingText Conflict(string field, long count) => new(
        $"The systems disagree on the {FieldWords.One(field)} of {Words.Count(count, "contact")}.",
        "What you send depends on which system is right; the hub follows the survivorship rules.",
        "`hub contact show ID` tells both values and which one won: correct the wrong one at its source, or change the rules in mappings/survivorship.yaml.");

    private static FindingText Own(string code, long count, long of, AuditRules rules, Tallies tallies) => code switch
    {
        "duplicates.certain" => new(
            $"{Words.Count(count, "record is", "records are")} in one system a second time.",
            tallies.SurplusMessages == 0
                ? "They have no e-mail address there, so no e-mail campaign would write to them twice."
                : $"E-mail campaigns of that system to all of its contacts would send {Words.Count(tallies.SurplusMessages, "message")} twice. Workflows of the hub run on the unified contact, and do not.",
            "Merge them at the source. `hub contact show ID` lists the records of each."),
        "duplicates.likely" => new(
            $"{Words.Count(count, "pair")} of contacts may be one and the same.",
            $"Until someone decides, up to {Words.Count(count, "message")} may go out twice; those who share an address are held back.",
            "Decide them in the merge queue: `hub review list`."),
        "duplicates.shared_address" => new(
            $"{Words.Count(count, "contact shares", "contacts share")} an e-mail address with another one.",
            $"The same mailbox would get up to {Words.Count(count, "message")} twice.",
            "Families and offices share mailboxes rightly; for the rest decide the pairs in the merge queue: `hub review list`."),
        "consent.conflict" => new(
            $"For {Words.Count(count, "contact")} one system has a yes to messages and another a no.",
            $"The hub holds to the no. A campaign sent from the other system would reach {Words.Count(count, "person", "people")} who {Words.Verb(count, "has", "have")} declined or whose mail bounces.",
            "Carry the no over to the other system before anything is sent from there."),
        "consent.gap" => new(
            $"For {Words.Count(count, "contact")} one system has a no to messages, and another with the same address has not heard of it.",
            $"The hub holds to the no. A campaign sent from the other system would reach {Words.Count(count, "person", "people")} who {Words.Verb(count, "has", "have")} declined or whose mail bounces.",
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
        "reach.reserved" => new(
            $"{Words.Count(count, "e-mail address is", "e-mail addresses are")} at a domain kept for examples, such as example.org.",
            "Mail to them goes nowhere.", "They come of test data: find the form or import, and remove them there."),
        "reach.free_mail" => new(
            $"{Words.Number(count)} of {Words.Count(of, "e-mail address", "e-mail addresses")} {Words.Verb(count, "is", "are")} at a free provider.",
            "Nothing can be told of their company from the address; workflows to companies may take them for private.",
            "Nothing to mend for workflows to private people; for companies ask for the business address."),
        "not_ready" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "is", "are")} not ready for this workflow.",
            "It passes them over, or misfires for want of what it needs.", "The line of readiness says why, by number; mend the largest part first."),
        "ownerless" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "has", "have")} no owner.",
            "A step that notifies the owner, or routes to them, has nobody to go to.", "Give them an owner in the CRM, or a routing rule."),
        "orphaned.company" => new(
            $"{Words.Number(count)} of {Words.Count(of, "company", "companies")} {Words.Verb(count, "has", "have")} no contact.",
            "A workflow to companies reaches nobody there.", "Add a contact, or leave the companies out."),
        "orphaned.contact" => new(
            $"{Words.Count(count, "contact names", "contacts name")} a company that the hub does not know.",
            "Segments on the company's own fields miss them.", "Sync the companies, or correct the name where it is misspelt."),
        "drift.completeness" => new(
            $"{Words.Count(count, "field is", "fields are")} filled less often than at the last audit.",
            "Segments that build on them have shrunk without a word.", "See which source or form stopped to fill them; the samples tell the shares."),
        "drift.validity" => new(
            $"{Words.Count(count, "field has", "fields have")} more values that cannot be used or are doubtful than at the last audit.",
            "New records are worse than the old ones: a form, import or integration has changed.", "Look at the samples and at what was added since; mend it where the records are made."),
        "stale" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "was", "were")} not changed by any system for more than {Words.Count((long)rules.StaleAfter.TotalDays, "day")}.",
            "Their data is likely out of date, and old addresses bounce.", "Write to a small part first, or ask them to confirm their data."),
        "never_engaged" => new(
            $"{Words.Number(count)} of {Words.Count(of, "contact")} {Words.Verb(count, "has", "have")} never opened, clicked, visited, bought or answered, as far as any system knows, in more than {Words.Count((long)rules.NeverEngagedAfter.TotalDays, "day")}.",
            "Mail to people who never respond lowers your standing as a sender, so that less reaches those who do.",
            "Leave them out of campaigns, or ask them once whether they want to stay and remove those who do not answer."),
        "sync.late" => new(
            $"{Words.Count(count, "source was", "sources were")} not synced in the last {Words.Count((long)Math.Ceiling(rules.LateAfter.TotalHours), "hour")}.",
            "The latest opt-outs, orders and corrections of it are not known here.", "Run `hub sync`, and see `hub runs` for why its schedule did not."),
        "sync.failed" => new(
            $"The last sync of {Words.Count(count, "source")} failed.",
            "The latest opt-outs, orders and corrections of it are not known here.", "`hub source check` says what is wrong; then `hub sync`."),
        "drift.schema" => new(
            $"{Words.Count(count, "field")} of the sources {Words.Verb(count, "is", "are")} not as the mappings expect, or not as they were.",
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
        return plural ? FieldWords.Many(subject) : FieldWords.One(subject);
    }
}
