using System.Globalization;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.DataGenerator.Defects;

/// <summary>All kinds of defects. A record gets one at most, so that each can be counted by itself.</summary>
public static class DefectKinds
{
    private static readonly string[] BadMails = ["{0}@", "{0}", "{0}@@{1}", "{0} at {1}", "@{1}", "{0}@{1}@{1}", "{0}@localhost"];
    private static readonly string[] TypoHosts = ["gmial.com", "gmai.com", "gmal.com", "hotmial.com", "hotmai.com", "yaho.com", "yahooo.com", "outlok.com", "gnail.com", "iclod.com"];
    private static readonly string[] Throwaways = ["mailinator.com", "yopmail.com", "guerrillamail.com", "10minutemail.com", "trashmail.com", "sharklasers.com", "getnada.com"];
    private static readonly string[] Roles = ["info", "sales", "office", "contact", "support", "admin", "service", "hello"];
    private static readonly string[] Placeholders = ["test@test.com", "noemail@noemail.com", "none@none.com", "na@na.com", "no@no.com", "asdf@asdf.com", "abc@abc.com", "nomail@nomail.com"];
    private static readonly string[] PlaceholderNumbers = ["0000000000", "1234567890", "9999999999", "1111111111", "000-000-0000"];
    private static readonly (string First, string Last)[] JunkNames = [("asdf", "asdf"), ("Test", "Test"), ("qwerty", "qwerty"), ("xxx", "xxx"), ("N/A", "N/A"), ("test", "user")];
    private static readonly string[] NoCountries = ["Atlantis", "Neverland", "Middle Earth", "Xyz", "Wakanda"];
    private static readonly string[] Heroines = ["Chloé", "Zoë", "Céline", "Hélène", "Bärbel", "Françoise", "Renée", "Anaïs"];
    private static readonly string[] Heroes = ["José", "Jürgen", "André", "Björn", "François", "Günther", "René", "Jérôme"];
    private static readonly string[] Invisible = ["\u200b", "\u200d", "\ufeff", "\u00ad"];
    private static readonly string[] JunkWords = ["n/a", "N/A", "test", "none"];

    /// <summary>All of them. Append only: a changed order changes which record gets which.</summary>
    public static IReadOnlyList<DefectKind> All { get; } =
    [
        Emptied("missing_email", "missing.email", r => r.Email = ""),
        Emptied("missing_first_name", "missing.first_name", r => r.FirstName = ""),
        Emptied("missing_last_name", "missing.last_name", r => r.LastName = ""),
        Emptied("missing_phone", "missing.phone", r => r.Phone = ""),
        Emptied("missing_company", "missing.company", r => r.Company = ""),
        Emptied("missing_city", "missing.city", r => r.City = ""),
        Emptied("missing_country", "missing.country", r => r.Country = ""),
        Emptied("unreachable", "reach.none", r => r.Email = r.Phone = "") with { Also = ["missing.email", "missing.phone"] },
        new("invalid_email", "invalid.email", "email.invalid", Spoilt((r, _, d) => r.Email = string.Format(CultureInfo.InvariantCulture, d.Pick(BadMails), r.Email.Split('@'))))
        {
            Also = ["missing.email", "repaired"], // The consent loses the address that it is about.
        },
        new("email_typo", "doubtful.email.typo", "email.typo", Spoilt((r, w, d) => r.Email = $"{Own(w)}@{d.Pick(TypoHosts)}")),
        new("disposable_email", "doubtful.email.disposable", "email.disposable", Spoilt((r, w, d) => r.Email = $"{Own(w)}@{d.Pick(Throwaways)}")),
        new("role_email", "doubtful.email.role", "email.role", Spoilt((r, w, d) => r.Email = $"{d.Pick(Roles)}@{w.Surname.Plain}-{w.Number}.{w.Home.Town.Land.TopLevel}")),
        new("placeholder_email", "doubtful.email.placeholder", "email.placeholder", Spoilt((r, _, d) => r.Email = d.Pick(Placeholders))),
        new("invalid_phone", "invalid.phone", "phone.invalid", Spoilt((r, _, d) => r.Phone = d.Chance(0.5) ? r.Phone[..^4] : r.Phone + "4711")) { Also = ["missing.phone"] },
        new("placeholder_phone", "doubtful.phone.placeholder", "phone.placeholder", Spoilt((r, _, d) => r.Phone = d.Pick(PlaceholderNumbers))) { Also = ["missing.phone"] },
        new("junk_name", "doubtful.name.junk", "name.junk", Spoilt((r, _, d) => (r.FirstName, r.LastName) = d.Pick(JunkNames))) { Also = ["missing.first_name", "missing.last_name"] },
        new("email_in_name", "doubtful.name.email", "name.email", Spoilt((r, _, _) => (r.FirstName, r.LastName) = ("", r.Email))) { Also = ["missing.first_name", "missing.last_name"] },
        new("two_people", "doubtful.name.two_people", "name.two_people", TwoPeople),
        new("company_name", "doubtful.name.company", "name.company", CompanyName) { Also = ["missing.first_name", "missing.last_name"] },
        new("mojibake", "damaged.name.cleaned", "name.cleaned", Spoilt((r, w, d) => r.FirstName = Styles.Garbled(d.Pick(w.Female ? Heroines : Heroes)))),
        new("invisible_characters", "damaged.name.cleaned", "name.cleaned", Spoilt((r, _, d) => r.LastName = r.LastName.Insert(d.Between(1, r.LastName.Length), d.Pick(Invisible)))),
        new("upper_case_name", "repaired", "name.case", Spoilt((r, _, _) => (r.FirstName, r.LastName) = (r.FirstName.ToUpperInvariant(), r.LastName.ToUpperInvariant()))),
        new("ambiguous_date", "doubtful.date.ambiguous", "date.ambiguous", AmbiguousDate) { Also = ["repaired"] }, // The form of the date is.
        new("placeholder_birth_date", "doubtful.date.placeholder", "date.placeholder", Spoilt((r, _, d) => r.BirthDate = d.Chance(0.5) ? "1900-01-01" : "0000-00-00")),
        new("bad_postcode", "doubtful.address.bad_postcode", "address.bad_postcode", Spoilt((r, _, d) => r.Postcode = d.Chance(0.5) ? "12" : "9999999")),
        new("unknown_country", "doubtful.country.unknown", "country.unknown", Spoilt((r, _, d) => r.Country = d.Pick(NoCountries))) { Also = ["missing.country"] },
        new("foreign_state", "doubtful.address.unknown_state", "address.unknown_state", Spoilt((r, _, d) => r.State = r.Country == "US" ? d.Pick(["ZZ", "Bavaria", "Kent"]) : d.Pick(["Texas", "Ohio", "Utah"]))),
        new("junk_company", "doubtful.company.junk", "company.junk", Spoilt((r, _, d) => r.Company = d.Pick(JunkWords))) { Also = ["missing.company"] },
        new("junk_job_title", "doubtful.job_title.junk", "job_title.junk", Spoilt((r, _, d) => r.JobTitle = d.Pick(["n/a", "N/A", "none"]))),
        new("stale", "stale", "", Stale),
        new("never_engaged", "never_engaged", "", Spoilt((r, _, _) => r.LastActivityAt = "")),
        new("bounced", "reach.suppressed", "", Spoilt((r, _, _) => r.EmailStatus = "bounced")),
        new("unsubscribed", "consent.denied", "", Spoilt((r, _, _) => r.EmailConsent = "unsubscribed")),
        new("no_consent", "consent.missing", "", Spoilt((r, _, _) => r.EmailConsent = "")),
        new("ownerless", "ownerless", "", Spoilt((r, _, _) => r.Owner = "")),
        new("exact_duplicate", "duplicates.certain", "", (r, _, _, _) => r.Copy()) { Adds = true },
        new("likely_duplicate", "duplicates.likely", "", LikelyDuplicate) { Adds = true },
        new("consent_conflict", "consent.conflict", "", ConsentConflict) { Adds = true, Also = ["consent.denied"], InOneList = ["consent.conflict", "consent.denied", "duplicates.certain"] },
        new("company_conflict", "conflict.company", "", CompanyConflict) { Adds = true, InOneList = ["duplicates.certain"] },
        new("shared_address", "duplicates.shared_address", "", SharedAddress) { Adds = true },
        new("free_mail", "reach.free_mail", "", Spoilt((r, w, d) => r.Email = $"{Own(w)}@{w.Home.Town.Land.MailHosts.Pick(d)}")),
        new("reserved_domain", "reach.reserved", "", Spoilt((r, w, d) => r.Email = $"{Own(w)}@example.{d.Pick(["com", "org", "net"])}")),
    ];

    private static DefectKind Emptied(string name, string finding, Action<ContactRow> empty) => new(name, finding, "", Spoilt((r, _, _) => empty(r)));

    private static DefectKind.Spoil Spoilt(Action<ContactRow, Individual, Dice> change) => (row, who, _, dice) =>
    {
        change(row, who, dice);
        return row;
    };

    /// <summary>A local part that nobody else has.</summary>
    private static string Own(Individual who) => $"{who.Given.Plain}.{who.Surname.Plain}.{who.Number}";

    private static ContactRow TwoPeople(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var joint = who.Home.Town.Land.Tongue switch { "de" => "und", "fr" => "et", "nl" => "&", _ => dice.Chance(0.5) ? "and" : "&" };
        row.FirstName = $"{row.FirstName} {joint} {who.Home.Town.Land.Given(dice, !who.Female, false).Text}";
        return row;
    }

    private static ContactRow CompanyName(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var form = who.Home.Town.Land.Code switch { "US" => "Inc.", "GB" => "Ltd", "DE" => "GmbH", "FR" => "SARL", _ => "B.V." };
        (row.FirstName, row.LastName) = ("", $"{row.Company} {form}");
        return row;
    }

    private static ContactRow? AmbiguousDate(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        if (who.Birth.Day > 12 || who.Birth.Day == who.Birth.Month) return null;
        row.BirthDate = who.Birth.ToString(who.Home.Town.Land.Code == "US" ? "MM/dd/yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);
        return row;
    }

    private static ContactRow Stale(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var ago = dice.Between(900, 2300);
        (row.CreatedAt, row.UpdatedAt, row.LastActivityAt) =
            (Styles.Iso(world.Now.AddDays(-ago - dice.Between(0, 90))), Styles.Iso(world.Now.AddDays(-ago)), Styles.Iso(world.Now.AddDays(-ago + dice.Between(0, 90))));
        return row;
    }

    /// <summary>An initial and the same surname, company and town: another mailbox, the switchboard for a number, no birth date and no street. A matcher should ask a person.</summary>
    private static ContactRow? LikelyDuplicate(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        if (who.Employer is not { } employer || who.WorkMail is null) return null;
        var other = InAnotherSource(row, dice);
        other.FirstName = $"{row.FirstName[0]}.";
        other.Email = $"{who.Given.Plain[0]}.{who.Surname.Plain}@{who.Surname.Plain}{who.Number}.{who.Home.Town.Land.TopLevel}";
        other.Phone = employer.Switchboard.E164;
        (other.BirthDate, other.StreetNumber, other.Street, other.Unit, other.Postcode) = ("", "", "", "", "");
        return other;
    }

    private static ContactRow ConsentConflict(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var other = InAnotherSource(row, dice);
        other.EmailConsent = "unsubscribed";
        return other;
    }

    private static ContactRow? CompanyConflict(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var company = world.Economy.PickIn(who.Home.Town, dice).Name.Text;
        if (company.Split(' ')[0] == row.Company.Split(' ')[0] || company.Split(' ')[^1] == row.Company.Split(' ')[^1]) return null;
        var other = InAnotherSource(row, dice);
        other.Company = company;
        return other;
    }

    /// <summary>Someone else with the same mailbox: another given name, birth date and number.</summary>
    private static ContactRow? SharedAddress(ContactRow row, Individual who, DefectScene world, Dice dice)
    {
        var given = who.Home.Town.Land.Given(dice, !who.Female, false);
        if (given.Plain[0] == who.Given.Plain[0]) return null;
        var other = row.Copy();
        other.FirstName = given.Text;
        other.BirthDate = Styles.Iso(who.Birth.AddDays(dice.Between(200, 1500)));
        other.Phone = PhoneLine.MobileOf(who.Home.Town, who.Number * 8 + 6, dice).E164;
        return other;
    }

    private static ContactRow InAnotherSource(ContactRow row, Dice dice)
    {
        var other = row.Copy();
        var sources = SourceHabits.All;
        other.Source = sources[(Array.FindIndex(sources, s => s.Name == row.Source) + dice.Between(1, sources.Length - 1)) % sources.Length].Name;
        return other;
    }
}
