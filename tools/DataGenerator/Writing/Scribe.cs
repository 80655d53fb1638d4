using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.World;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>Writes the records of a person as the sources have them: each on its own day, with what was true then, in the habits and with the slips of its source.</summary>
/// <param name="now">The present day.</param>
internal sealed class Scribe(DateOnly now)
{
    /// <summary>How many of a person's records that share nothing with the others get something to share.</summary>
    private const double Mended = 0.94;

    private static readonly string[] NoMail = ["test@test.com", "noemail@noemail.com", "none@none.com", "na@na.com", "no@email.com", "asdf@asdf.com"];
    private static readonly string[] NoPhone = ["0000000000", "1234567890", "9999999999", "000-000-0000", "n/a", "1111111111"];

    private static readonly Dictionary<string, string> EnglishTowns = new(StringComparer.Ordinal)
    {
        ["München"] = "Munich",
        ["Köln"] = "Cologne",
        ["Nürnberg"] = "Nuremberg",
        ["Hannover"] = "Hanover",
        ["Den Haag"] = "The Hague",
        ["Braunschweig"] = "Brunswick",
        ["Frankfurt am Main"] = "Frankfurt",
        ["Newcastle upon Tyne"] = "Newcastle",
        ["Freiburg im Breisgau"] = "Freiburg",
        ["New York"] = "New York City",
        ["St. Louis"] = "Saint Louis",
    };

    /// <summary>All records of a person, without ids.</summary>
    internal List<ContactRow> RecordsOf(Individual who, Dice dice)
    {
        var rows = new List<ContactRow>(who.Records);
        for (var i = 0; i < who.Records; i++)
        {
            var habits = SourceHabits.All[dice.PickBy(SourceHabits.Weights)];
            for (var tries = 0; tries < 2 && rows.Any(r => r.Source == habits.Name); tries++) habits = SourceHabits.All[dice.PickBy(SourceHabits.Weights)];
            var row = Record(who, habits, dice);
            if (i > 0 && !rows.Any(r => Meet(r.Written, row.Written)) && dice.Chance(Mended)) Mend(row, rows, dice);
            rows.Add(row);
        }

        return rows;
    }

    private ContactRow Record(Individual who, SourceHabits habits, Dice dice)
    {
        var created = (int)(CircleMaker.Span * Math.Pow(dice.Share(), 1.2));
        var updated = dice.Chance(0.35) ? created : (int)(created * dice.Share());
        var known = dice.Chance(0.55) ? created : updated; // What it says was true that many days ago.
        var row = new ContactRow { Truth = who.Number, Source = habits.Name, Written = new Written { BirthDay = who.Birth } };
        row.CreatedAt = Styles.Iso(now.AddDays(-created));
        row.UpdatedAt = Styles.Iso(now.AddDays(-updated));
        if (dice.Chance(0.6)) row.LastActivityAt = Styles.Iso(now.AddDays(-(int)(updated * dice.Share())));

        WriteEmail(row, who, habits, known, dice);
        WriteName(row, who, habits, known, dice);
        WriteWork(row, who, habits, known, dice);
        WritePhone(row, who, habits, known, dice);
        WriteAddress(row, who, habits, known, dice);
        WriteBirth(row, who, habits, dice);
        if (dice.Chance(habits.Consent) && row.Email.Length > 0) row.EmailConsent = dice.Chance(0.82) ? "subscribed" : "unsubscribed";
        if (row.Email.Length > 0 && dice.Chance(0.02)) row.EmailStatus = dice.Chance(0.9) ? "bounced" : "complained";
        if (dice.Chance(habits.Owner)) row.Owner = dice.Pick(CleanScribe.Owners);
        if (dice.Chance(0.3)) row.Language = who.Home.Town.Land.Tongue == "anglo" ? "en" : who.Home.Town.Land.Tongue;
        Handle(row, habits, dice);
        return row;
    }

    private static void WriteEmail(ContactRow row, Individual who, SourceHabits habits, int known, Dice dice)
    {
        if (!dice.Chance(habits.Email)) return;
        var work = known > who.NewJobAgo ? who.FormerWorkMail : who.WorkMail;
        var own = known > who.NewMailAgo ? who.FormerPrivateMail ?? who.PrivateMail : who.PrivateMail ?? who.FormerPrivateMail;
        var preferWork = dice.Chance(habits.Business ? 0.7 : 0.12);
        var mailbox = preferWork ? work ?? own : own ?? work;
        if (who.FamilyMail is { } family && !preferWork && dice.Chance(0.15)) mailbox = family;
        if (who.Employer is { } employer && habits.Business && known <= who.NewJobAgo && dice.Chance(0.02))
        {
            row.Email = employer.RoleMailbox;
            return;
        }

        if (mailbox is null || dice.Chance(0.003))
        {
            if (mailbox is not null) row.Email = dice.Pick(NoMail);
            return;
        }

        Show(row, mailbox, dice);
    }

    private static void Show(ContactRow row, Mailbox mailbox, Dice dice)
    {
        row.Written.Mail = mailbox;
        row.Email = mailbox.Address;
        switch (dice.Below(200))
        {
            case < 4: row.Email = row.Email.ToUpperInvariant(); break;
            case < 7: row.Email = char.ToUpperInvariant(row.Email[0]) + row.Email[1..]; break;
            case < 8 when mailbox.Host == "gmail.com": row.Email = row.Email.Replace("@", "+news@", StringComparison.Ordinal); break;
            case < 9: row.Email += " "; break;
            case < 10:
                row.Email = mailbox.Work ? Slips.Typed(row.Email[..row.Email.IndexOf('@')], dice) + row.Email[row.Email.IndexOf('@')..]
                    : row.Email[..(row.Email.IndexOf('@') + 1)] + Slips.Typed(mailbox.Host, dice);
                row.Written.Mail = null;
                break;
        }
    }

    private static void WriteName(ContactRow row, Individual who, SourceHabits habits, int known, Dice dice)
    {
        // Without a name there must be a mailbox of one's own: else nobody could say whose record it is.
        var anonymous = row.Written.Mail is { } mail && !ReferenceEquals(mail, who.FamilyMail);
        var first = dice.Chance(habits.First) || !anonymous ? GivenAsWritten(row, who, dice) : "";
        var last = dice.Chance(habits.Last) || !anonymous ? SurnameAsWritten(row, who, known, dice) : "";
        var middle = who.Middle is { } name && first.Length > 0 && dice.Chance(habits.Middle) ? dice.Chance(0.6) ? $"{name.Text[0]}." : name.Text : "";
        if (who.Suffix.Length > 0 && last.Length > 0 && dice.Chance(0.62)) row.Written.Suffix = who.Suffix;
        var suffix = dice.Chance(0.5) ? row.Written.Suffix : row.Written.Suffix.TrimEnd('.');

        if (dice.Chance(habits.Whole) && first.Length > 0 && last.Length > 0)
        {
            var given = middle.Length > 0 ? $"{first} {middle}" : first;
            var ending = suffix.Length > 0 ? $" {suffix}" : "";
            row.FullName = dice.Below(50) switch
            {
                < 5 => $"{last}{ending}, {given}",
                < 7 => $"{last.ToUpperInvariant()} {given}{ending}",
                7 => $"{(who.Female ? "Ms." : "Mr.")} {given} {last}{ending}",
                8 => $"Dr. {given} {last}{ending}",
                _ => $"{given} {last}{ending}",
            };
            return;
        }

        if (dice.Chance(0.007) && first.Length > 0 && last.Length > 0) (first, last) = (last, first);
        if (middle.Length > 0 && dice.Chance(0.5)) (first, middle) = ($"{first} {middle}", "");
        if (first.Length > 0 && dice.Chance(0.004)) first = $"{dice.Pick(["Dr.", "Mr", "Mrs.", "Prof."])} {first}";
        (row.FirstName, row.MiddleName, row.LastName) = (first, middle, last);
        if (suffix.Length == 0) return;
        if (habits.Name is "crm" or "billing" && dice.Chance(0.6)) row.Suffix = suffix;
        else row.LastName = $"{last} {suffix}";
    }

    private static string GivenAsWritten(ContactRow row, Individual who, Dice dice)
    {
        var given = who.Given;
        row.Written.Given = GivenAs.Plain;
        row.Written.GivenName = given;
        var land = who.Home.Town.Land;
        var chance = dice.Share();
        if (chance < 0.11 && land.Nicknames.TryGetValue(given.Text, out var names))
        {
            row.Written.GivenName = dice.Pick(names);
            return row.Written.GivenName.Text;
        }

        if (chance is >= 0.11 and < 0.135)
        {
            row.Written.Given = GivenAs.Initial;
            return dice.Chance(0.6) ? $"{given.Text[0]}." : given.Text[..1];
        }

        if (chance is >= 0.135 and < 0.16)
        {
            row.Written.Given = GivenAs.Misspelt;
            return Slips.Any(given.Text, dice);
        }

        return dice.Chance(0.22) ? given.Bare : given.Text;
    }

    private static string SurnameAsWritten(ContactRow row, Individual who, int known, Dice dice)
    {
        row.Written.Surname = true;
        var surname = who.MaidenName is { } maiden && (known > who.RenamedAgo || dice.Chance(0.04)) ? maiden : who.Surname;
        var text = dice.Chance(0.22) ? surname.Bare : surname.Text;
        var joint = text.IndexOf('-', StringComparison.Ordinal);
        if (joint > 0 && dice.Chance(0.3)) text = dice.Below(3) switch { 0 => text[..joint], 1 => text[(joint + 1)..], _ => text.Replace('-', ' ') };
        if (dice.Chance(0.025)) text = Slips.Any(text, dice);
        return text;
    }

    private static void WriteWork(ContactRow row, Individual who, SourceHabits habits, int known, Dice dice)
    {
        var (employer, title) = known > who.NewJobAgo ? (who.FormerEmployer, who.FormerJobTitle) : (who.Employer, who.JobTitle);
        if (employer is null) return;
        if (dice.Chance(habits.Company))
        {
            row.Company = Styles.Company(employer, dice);
            row.Written.Employer = employer;
        }

        if (dice.Chance(habits.JobTitle)) row.JobTitle = dice.Chance(0.06) ? title.ToLowerInvariant() : title;
    }

    private static void WritePhone(ContactRow row, Individual who, SourceHabits habits, int known, Dice dice)
    {
        if (!dice.Chance(habits.Phone)) return;
        if (dice.Chance(0.007))
        {
            row.Phone = dice.Pick(NoPhone);
            return;
        }

        var mobile = known > who.NewMobileAgo ? who.FormerMobile : who.Mobile;
        var home = known > who.MovedAgo ? null : who.HomeLine;
        var office = row.Written.Employer?.Switchboard;
        var line = habits.Business && office is not null && dice.Chance(0.32) ? office
            : home is not null && dice.Chance(0.26) ? home
            : mobile ?? home;
        if (line is null) return;
        row.Written.Line = line;
        row.Phone = Styles.Phone(line, dice);
        if (ReferenceEquals(line, office) && dice.Chance(0.25)) row.Phone += $" {dice.Pick(["ext.", "x", "ext"])} {dice.Between(10, 899)}";
        else if (dice.Chance(0.013))
        {
            row.Phone = Slips.Misdialled(row.Phone, dice);
            row.Written.Line = null;
        }
    }

    private static void WriteAddress(ContactRow row, Individual who, SourceHabits habits, int known, Dice dice)
    {
        var atWork = habits.Business && row.Written.Employer is not null && dice.Chance(0.5);
        var address = atWork ? row.Written.Employer!.Address : known > who.MovedAgo ? who.FormerHome! : who.Home;
        var land = address.Town.Land;
        if (dice.Chance(habits.Street))
        {
            if (habits.Name == "billing") (row.StreetNumber, row.Street, row.Unit) = (address.Number, Styles.Street(address.Street, dice), address.Unit);
            else row.Street = Styles.StreetLine(address, dice, dice.Chance(0.75));
            if (dice.Chance(0.02)) row.Street = Slips.Typed(row.Street, dice);
            if (!atWork) row.Written.Home = address;
            if (dice.Chance(0.975)) row.Postcode = PostcodeAsWritten(address, dice);
        }

        if (dice.Chance(row.Street.Length > 0 ? 0.98 : habits.City))
        {
            row.City = EnglishTowns.TryGetValue(address.Town.Name.Text, out var english) && dice.Chance(0.12) ? english
                : dice.Chance(0.12) ? address.Town.Name.Bare
                : address.Town.Name.Text;
            if (dice.Chance(0.008)) row.City = Slips.Typed(row.City, dice);
            if (land.Code == "US" && dice.Chance(0.85)) row.State = dice.Chance(0.82) ? address.Town.RegionCode : address.Town.Region;
            else if (land.Code != "US" && dice.Chance(0.12)) row.State = address.Town.Region;
        }

        if (dice.Chance(habits.Country)) row.Country = land.Names[dice.Chance(0.5) ? 0 : dice.Below(land.Names.Length)];
    }

    private static string PostcodeAsWritten(Address address, Dice dice)
    {
        var code = address.Postcode;
        return address.Town.Land.Code switch
        {
            "US" when dice.Chance(0.06) => $"{code}-{dice.Between(1, 9999):D4}",
            "GB" or "NL" when dice.Chance(0.15) => code.Replace(" ", "", StringComparison.Ordinal),
            "GB" or "NL" when dice.Chance(0.05) => code.ToLowerInvariant(),
            "DE" when dice.Chance(0.02) => $"D-{code}",
            "DE" or "FR" or "US" when code[0] == '0' && dice.Chance(0.1) => code[1..], // A spreadsheet took it for a number.
            _ => code,
        };
    }

    private static void WriteBirth(ContactRow row, Individual who, SourceHabits habits, Dice dice)
    {
        if (!dice.Chance(who.Careful && habits.Birth > 0 ? 0.6 : habits.Birth)) return;
        var day = who.Birth;
        switch (dice.Below(200))
        {
            case < 3:
                row.BirthDate = dice.Chance(0.5) ? "1900-01-01" : "1970-01-01";
                return;
            case < 6:
                var wrong = dice.Below(3) switch { 0 => day.AddDays(dice.Between(1, 9)), 1 => day.AddYears(dice.Chance(0.5) ? 1 : -1), _ => new DateOnly(day.Year, Math.Min(12, day.Day), day.Month) };
                row.BirthDate = Styles.Iso(wrong);
                row.Written.Birth = wrong == day;
                return;
        }

        row.Written.Birth = true;
        row.BirthDate = Styles.Day(day, who.Home.Town.Land.Code, dice);
    }

    /// <summary>What happens to a whole record on its way: capitals, blanks, a wrong encoding.</summary>
    private static void Handle(ContactRow row, SourceHabits habits, Dice dice)
    {
        if (dice.Chance(habits.Capitals))
            (row.FirstName, row.MiddleName, row.LastName, row.FullName, row.Street, row.City) = (
                row.FirstName.ToUpperInvariant(), row.MiddleName.ToUpperInvariant(), row.LastName.ToUpperInvariant(), row.FullName.ToUpperInvariant(), row.Street.ToUpperInvariant(),
                row.City.ToUpperInvariant());
        else if (dice.Chance(0.012)) (row.FirstName, row.LastName) = (row.FirstName.ToLowerInvariant(), row.LastName.ToLowerInvariant());
        if (dice.Chance(0.01))
        {
            if (row.LastName.Length > 0) row.LastName += " ";
            if (row.Company.Length > 0) row.Company = $" {row.Company}";
        }

        if (dice.Chance(0.004))
            (row.FirstName, row.LastName, row.FullName, row.City, row.Street) =
                (Styles.Garbled(row.FirstName), Styles.Garbled(row.LastName), Styles.Garbled(row.FullName), Styles.Garbled(row.City), Styles.Garbled(row.Street));
    }

    /// <summary>True when two records of one person have something in common that hardly anyone else has.</summary>
    private static bool Meet(Written one, Written other) =>
        (one.Mail is not null && ReferenceEquals(one.Mail, other.Mail))
        || (one.Line is not null && ReferenceEquals(one.Line, other.Line) && (one.Line.Mobile || (one.Given != GivenAs.Missing && other.Given != GivenAs.Missing)))
        || (one.Home is not null && ReferenceEquals(one.Home, other.Home) && one.Given != GivenAs.Missing && other.Given != GivenAs.Missing)
        || (one.Birth && other.Birth && one.Surname && other.Surname)
        || (one.Employer is not null && ReferenceEquals(one.Employer, other.Employer) && one is { Surname: true, Given: not GivenAs.Missing } && other is { Surname: true, Given: not GivenAs.Missing });

    private static void Mend(ContactRow row, List<ContactRow> rows, Dice dice)
    {
        if (rows.Find(r => r.Written.Mail is not null)?.Written.Mail is { } mailbox) Show(row, mailbox, dice);
        else if (rows.Find(r => r.Written.Line is not null)?.Written.Line is { } line)
        {
            row.Written.Line = line;
            row.Phone = Styles.Phone(line, dice);
        }
        else if (row.Written.Mail is { } own) Show(rows[0], own, dice);
    }
}
