namespace IntegrationHub.Sandbox.World;

/// <summary>Writes an individual down as one system would: what is left out, what is old, how it is spelt. Whoever lives under a snare keeps a value that tells them apart.</summary>
public static class Scribe
{
    private static readonly string[] JunkNames = ["Test", "xxx", "N/A", "Unknown", "asdf"];
    private static readonly string[] JunkMails = ["test@test.com", "noemail@noemail.com", "n/a", "none@none.com", "a@a.a", "kein@mail"];
    private static readonly string[] JunkPhones = ["555-0100", "0000000000", "123456789", "N/A", "-", "unknown", "999"];
    private static readonly string[] JunkCompanies = ["N/A", "-", "none", "self", "private", "Test GmbH"];
    private static readonly string[] RoleBoxes = ["info", "info", "info", "sales", "office", "contact"];

    /// <summary>One record of the individual.</summary>
    public static Entry Write(Individual of, Habits habits, Dice dice)
    {
        var created = of.FirstSeen + (1 - of.FirstSeen) * dice.Share() * 0.9;
        var entry = new Entry
        {
            Of = of,
            Created = created,
            Changed = created + (1 - created) * dice.Share(),
            Old = (of.Maiden is not null || of.FormerAddress is not null) && dice.Chance(0.22),
            Wish = Wanted(of, dice),
        };
        WriteMail(entry, habits, dice);
        WriteName(entry, habits, dice);
        WritePhones(entry, habits, dice);
        WriteAddress(entry, habits, dice);
        WriteJob(entry, habits, dice);
        if (dice.Chance(habits.Birth)) entry.Birth = of.Birth;
        TellApart(entry, habits, dice);
        if (dice.Chance(habits.Garbled)) Garble(entry);
        return entry;
    }

    /// <summary>Whether they want e-mails: mostly the same in every system, as most people say it once.</summary>
    private static Wish Wanted(Individual of, Dice dice)
    {
        var own = new Dice((ulong)of.Number * 2654435761UL);
        var share = dice.Chance(0.85) ? own.Share() : dice.Share();
        return share switch { < 0.62 => Wish.Yes, < 0.75 => Wish.No, < 0.79 => Wish.Pending, _ => Wish.Unknown };
    }

    private static void WriteMail(Entry entry, Habits habits, Dice dice)
    {
        var of = entry.Of;
        if (dice.Chance(habits.NoMail)) return;
        var careless = habits.Carelessness;
        if ((of.Snares & (Snare.Twin | Snare.SeniorJunior | Snare.Namesake)) == 0)
        {
            if (dice.Chance(habits.SharedMail))
            {
                entry.Mail = of.Home.FamilyMail ?? (of.Employer is { } firm ? $"{dice.Pick(RoleBoxes)}@{firm.Domain}" : null);
                if (entry.Mail is not null) return;
            }
            if (dice.Chance(0.005 * careless))
            {
                entry.Mail = dice.Pick(JunkMails);
                return;
            }
        }
        var mail =
            dice.Chance(0.8) ? of.MainMail
            : of.WorkMail is { } work && dice.Chance(habits.WorkMail) ? work
            : of.FormerMail is { } former && dice.Chance(0.3) ? former
            : of.PrivateMail;
        entry.Mail = Respelt(mail, careless, dice);
    }

    private static string Respelt(string mail, double careless, Dice dice)
    {
        var at = mail.IndexOf('@');
        string local = mail[..at], host = mail[(at + 1)..];
        if (dice.Chance(0.025)) local += dice.Pick(["+news", "+shop", "+crm", "+events"]);
        if (host == "gmail.com" && dice.Chance(0.06)) local = local.Contains('.') ? local.Replace(".", "") : local.Insert(local.Length / 2, ".");
        if (dice.Chance(0.008 * careless))
            host = host switch
            {
                "gmail.com" => dice.Pick(["gmial.com", "gmail.con", "gmai.com"]),
                "hotmail.com" => "hotmial.com",
                "yahoo.com" => "yaho.com",
                _ => host,
            };
        if (dice.Chance(0.006 * careless))
            local = Spelling.Slip(local, dice);
        return dice.Chance(0.05) ? Capitals($"{local}@{host}", dice) : $"{local}@{host}";
    }

    private static string Capitals(string mail, Dice dice) => dice.Chance(0.3) ? mail.ToUpperInvariant() : char.ToUpperInvariant(mail[0]) + mail[1..];

    private static void WriteName(Entry entry, Habits habits, Dice dice)
    {
        var of = entry.Of;
        // Without a name a record is known by the person's usual mailbox only.
        if (entry.Mail == of.MainMail && !dice.Chance(habits.Name)) return;
        var careless = habits.Carelessness;
        var snared = (of.Snares & (Snare.Twin | Snare.SeniorJunior | Snare.Namesake | Snare.Family)) != 0;
        var given = of.Given;
        if (of.Country.Nicknames.TryGetValue(given, out var nicknames) && dice.Chance(0.14))
            given = dice.Pick(nicknames);
        else if (!snared && dice.Chance(0.02 * careless))
            given = given[..1] + (dice.Chance(0.5) ? "." : "");
        else if (dice.Chance(0.022 * careless))
            given = Spelling.Slip(given, dice);
        var surname =
            entry.Old && of.Maiden is { } maiden ? maiden
            : of.Maiden is { } born && dice.Chance(0.04) ? $"{of.Surname}-{born}"
            : of.Surname;
        if (dice.Chance(0.028 * careless))
            surname = Spelling.Slip(surname, dice);
        entry.Given = given;
        entry.Surname = surname;
        entry.Middle = of.Middle is { } middle && dice.Chance(0.35) ? dice.Chance(0.6) ? middle[..1] + "." : middle : null;
        entry.Title = of.Title is { } title && dice.Chance(0.6) ? title : null;
        entry.Suffix = of.Suffix is { } suffix && dice.Chance(0.6) ? dice.Chance(0.3) ? suffix.TrimEnd('.') : suffix : null;
        if (dice.Chance(0.22)) WithoutMarks(entry);
        if (!snared && dice.Chance(0.004 * careless)) entry.Surname = dice.Pick(JunkNames);
        if (!snared && dice.Chance(0.03 * careless)) entry.Surname = null;
        if (dice.Chance(habits.Swapped)) (entry.Given, entry.Surname) = (entry.Surname, entry.Given);
        if (dice.Chance(0.03 * careless)) Each(entry, v => v.ToUpperInvariant());
        else if (dice.Chance(0.04 * careless)) Each(entry, v => v.ToLowerInvariant());
        if (dice.Chance(0.02 * careless)) Each(entry, v => v + " ");
    }

    private static void WritePhones(Entry entry, Habits habits, Dice dice)
    {
        var of = entry.Of;
        if (dice.Chance(habits.Phone))
        {
            var atWork = of.Employer is not null && dice.Chance(habits.WorkMail * 0.6);
            var phone =
                atWork ? of.DirectLine ?? (dice.Chance(0.5) ? of.Employer!.Switchboard : of.Mobile)
                : of.Home.Landline is { } line && dice.Chance(0.35) ? line
                : of.Mobile;
            entry.Phone = Spelling.Written(phone, dice, habits.Abroad(of));
            if (dice.Chance(0.01 * habits.Carelessness)) entry.Phone = OneDigitOff(entry.Phone, dice);
            if (of.Snares == Snare.None && dice.Chance(0.008 * habits.Carelessness)) entry.Phone = dice.Pick(JunkPhones);
        }
        if (dice.Chance(habits.Mobile)) entry.Mobile = Spelling.Written(of.Mobile, dice, habits.Abroad(of));
    }

    private static void WriteAddress(Entry entry, Habits habits, Dice dice)
    {
        var of = entry.Of;
        var address = entry.Old && of.FormerAddress is { } former ? former : of.Home.Address;
        var whole = dice.Chance(habits.Address);
        if (!whole && !dice.Chance(habits.CityOnly)) return;
        var country = address.City.Country;
        entry.City = dice.Chance(0.015 * habits.Carelessness) ? Spelling.Slip(address.City.Name, dice) : address.City.Name;
        if (dice.Chance(0.85))
            entry.Country = dice.Chance(0.7) ? country.Names[0] : dice.Pick(country.Names);
        if (country.Code is "US" or "CA" || dice.Chance(0.3))
            entry.Region = address.City.RegionCode.Length > 0 && dice.Chance(0.7) ? address.City.RegionCode : address.City.Region;
        if (!whole)
            return;
        entry.Street = Spelling.StreetLine(address, dice);
        entry.Unit = address.Unit is { } unit && dice.Chance(0.8) ? unit : null;
        entry.Postcode =
            dice.Chance(0.01 * habits.Carelessness) ? OneDigitOff(address.Postcode, dice)
            : country.Code is "GB" or "CA" && dice.Chance(0.15) ? address.Postcode.Replace(" ", "")
            : address.Postcode;
        if (dice.Chance(0.2))
        {
            entry.Street = Spelling.WithoutMarks(entry.Street, country.Tongue == "de");
            entry.City = Spelling.WithoutMarks(entry.City, country.Tongue == "de");
        }
    }

    private static void WriteJob(Entry entry, Habits habits, Dice dice)
    {
        if (entry.Of.Employer is not { } firm)
        {
            if (dice.Chance(0.01 * habits.Company)) entry.Company = dice.Pick(JunkCompanies);
            return;
        }
        if (dice.Chance(habits.Company))
        {
            var name = dice.Chance(0.02 * habits.Carelessness) ? Spelling.Slip(firm.Name, dice) : firm.Name;
            if (name.Contains('&') && dice.Chance(0.2))
                name = name.Replace(
                    "&",
                    firm.Address.City.Country.Tongue switch
                    {
                        "de" => "und",
                        "fr" => "et",
                        _ => "and",
                    }
                );
            if (firm.LegalForm.Length > 0 && dice.Chance(0.55))
                name += (firm.LegalForm is "Inc." or "LLC" && dice.Chance(0.4) ? ", " : " ") + firm.LegalForm;
            entry.Company = dice.Chance(0.04) ? name.ToUpperInvariant() : name;
        }
        if (dice.Chance(habits.JobTitle)) entry.JobTitle = dice.Chance(0.08) ? entry.Of.JobTitle!.ToLowerInvariant() : entry.Of.JobTitle;
    }

    /// <summary>Gives the record something of the person's own where it has nothing, or where a snare would make two people look like one.</summary>
    private static void TellApart(Entry entry, Habits habits, Dice dice)
    {
        var of = entry.Of;
        var own = entry.Mail is not null && entry.Mail != of.Home.FamilyMail;
        if ((of.Snares & (Snare.SeniorJunior | Snare.Namesake)) != 0 && !own)
        {
            if (habits.Mobile > 0) entry.Mobile ??= Spelling.Written(of.Mobile, dice, habits.Abroad(of));
            else entry.Mail = of.PrivateMail;
        }
        if (of.Snares.HasFlag(Snare.SeniorJunior) && habits.Birth > 0 && dice.Chance(0.6)) entry.Birth = of.Birth;
        if (of.Snares.HasFlag(Snare.SeniorJunior) && dice.Chance(0.3)) entry.Suffix ??= of.Suffix;
        var bare = entry.Phone is null && entry.Mobile is null && entry.Postcode is null;
        // Whoever gives no mailbox, or not the usual one, mostly leaves something else to reach them by.
        if (bare && (entry.Mail is null || (entry.Mail != of.MainMail && dice.Chance(0.7))))
            entry.Phone = Spelling.Written(of.Mobile, dice, habits.Abroad(of));
    }

    private static void Garble(Entry entry)
    {
        Each(entry, Spelling.Garbled);
        entry.City = entry.City is { } city ? Spelling.Garbled(city) : null;
        entry.Street = entry.Street is { } street ? Spelling.Garbled(street) : null;
        entry.Company = entry.Company is { } company ? Spelling.Garbled(company) : null;
    }

    private static void WithoutMarks(Entry entry) => Each(entry, v => Spelling.WithoutMarks(v, entry.Of.Country.Tongue == "de"));

    private static void Each(Entry entry, Func<string, string> change)
    {
        if (entry.Given is { } given) entry.Given = change(given);
        if (entry.Surname is { } surname) entry.Surname = change(surname);
        if (entry.Middle is { } middle) entry.Middle = change(middle);
    }

    private static string OneDigitOff(string number, Dice dice)
    {
        var digits = Enumerable.Range(0, number.Length).Where(i => char.IsAsciiDigit(number[i])).ToArray();
        if (digits.Length < 3) return number;
        var at = dice.Pick(digits[2..]);
        return string.Concat(number.AsSpan(0, at), ((char)('0' + (number[at] - '0' + dice.Between(1, 9)) % 10)).ToString(), number.AsSpan(at + 1));
    }
}
