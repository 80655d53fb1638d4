using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>The comparisons: which level two records reach in each. A comparison that lacks a value on either side has no level and says nothing.</summary>
internal static class Comparisons
{
    public static void Compare(MatchRecord a, MatchRecord b, MatchModel model, ref Levels levels)
    {
        if (model.Kind == EntityKind.Contact)
        {
            Names(a, b, model, ref levels);
            Add("suffix", Suffix(a, b), model, ref levels);
            Add("birth date", BirthDate(a.BirthDate, b.BirthDate), model, ref levels);
            Add("national id", NationalId(a.NationalId, b.NationalId), model, ref levels);
            Add("e-mail", Email(a, b), model, ref levels);
            Add("phone", Phone(a, b), model, ref levels);
            Add("address", Address(a, b), model, ref levels);
            Add("company", Company(a.Company, b.Company), model, ref levels);
            Add("job title", Title(a.JobTitle, b.JobTitle), model, ref levels);
            return;
        }

        Add("company", CompanyName(a.Company, b.Company), model, ref levels);
        Add("domain", a.Domain.Length == 0 || b.Domain.Length == 0 ? null : a.Domain == b.Domain ? "exact" : "differs", model, ref levels);
        Add("e-mail", Email(a, b) is "exact" or "shared mailbox" or "same, with another given name" ? "exact" : Email(a, b) is { } e ? (e is "same company domain" or "alike" && a.EmailDomain == b.EmailDomain && !Mailboxes.IsFree(a.EmailDomain) ? "same company domain" : "differs") : null, model, ref levels);
        Add("phone", Phone(a, b), model, ref levels);
        Add("address", Address(a, b), model, ref levels);
    }

    /// <summary>The value that a comparison looked at, for the explanation.</summary>
    public static string? ValueOf(string comparison, MatchRecord r) => comparison switch
    {
        "given name" => Or(r.Given, r.Nickname),
        "middle name" => Or(r.Middle),
        "last name" => Or(r.Last),
        "suffix" => Or(r.Suffix),
        "birth date" => Or(r.BirthDate),
        "national id" => Or(r.NationalId),
        "e-mail" => Or(r.Email),
        "phone" => Or(r.Phone),
        "address" => Or(string.Join(' ', new[] { r.StreetNumber, r.Street, r.Postcode, r.City }.Where(p => p.Length > 0))),
        "company" => Or(r.Company),
        "domain" => Or(r.Domain),
        "job title" => Or(r.JobTitle),
        _ => null,
    };

    private static string? Or(string value, string other = "") => value.Length > 0 ? value : other.Length > 0 ? other : null;

    private static void Add(string comparison, string? level, MatchModel model, ref Levels levels, double frequency = 0)
    {
        if (level is not null && model.Has(comparison)) levels.Add(new ReachedLevel(comparison, level, model.Odds(comparison, level, frequency)));
    }

    private static void Names(MatchRecord a, MatchRecord b, MatchModel model, ref Levels levels)
    {
        if (Swapped(a, b))
        {
            Add("given name", "swapped", model, ref levels);
            Add("last name", "swapped", model, ref levels);
            return;
        }

        var given = Given(a, b);
        Add("given name", given, model, ref levels, given == "exact" ? model.GivenFrequency(a.Given) : 0);
        var last = Last(a, b);
        Add("last name", last, model, ref levels, last == "exact" ? model.LastFrequency(a.Last) : 0);
        Add("middle name", Middle(a.Middle, b.Middle), model, ref levels);
    }

    /// <summary>Each name stands in the other's place; one of the two may have a slip.</summary>
    private static bool Swapped(MatchRecord a, MatchRecord b)
    {
        if (a.Given.Length < 2 || a.Last.Length < 2 || b.Given.Length < 2 || b.Last.Length < 2 || a.Given == a.Last || a.Given == b.Given || a.Last == b.Last) return false;
        var (first, second) = (a.Given == b.Last, a.Last == b.Given);
        return (first && second) || (first && Close(a.Last, b.Given)) || (second && Close(a.Given, b.Last));
    }

    private static string? Given(MatchRecord a, MatchRecord b)
    {
        var (x, y) = (a.Given.Length > 0 ? a.Given : a.Nickname, b.Given.Length > 0 ? b.Given : b.Nickname);
        if (x.Length == 0 || y.Length == 0) return null;
        if (x.Length == 1 || y.Length == 1) return x[0] == y[0] ? "initial" : "differs";
        if (x == y) return "exact";
        if (Nicknames.SameName(x, y) || (a.Nickname.Length > 0 && a.Nickname == y) || (b.Nickname.Length > 0 && b.Nickname == x)) return "nickname";
        if (Close(x, y)) return "similar";
        if (SharesWord(x, y) || x == b.Middle || y == a.Middle) return "contained";
        if (Prefix(x, y)) return "nickname";
        if ((a.Last.Length == 0 && b.Last == x) || (b.Last.Length == 0 && a.Last == y)) return "in the other's place";
        return Alike(x, y) ? "alike" : "differs";
    }

    private static string? Last(MatchRecord a, MatchRecord b)
    {
        if (a.Last.Length == 0 || b.Last.Length == 0) return null;
        if (a.Last == b.Last) return "exact";
        if ((a.Maiden.Length > 0 && a.Maiden == b.Last) || (b.Maiden.Length > 0 && b.Maiden == a.Last)) return "maiden";
        if (WithoutBlanks(a.Last, b.Last) || Close(a.Last, b.Last)) return "similar";
        if (SharesWord(a.Last, b.Last)) return "contained";
        if (a.Last.Length == 1 || b.Last.Length == 1) return a.Last[0] == b.Last[0] ? "alike" : "differs";
        return Alike(a.Last, b.Last) ? "alike" : "differs";
    }

    private static string? Middle(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        if (a.Length == 1 || b.Length == 1) return a[0] == b[0] ? "initial" : "differs";
        return a == b ? "exact" : Close(a, b) ? "similar" : "differs";
    }

    private static string? Suffix(MatchRecord a, MatchRecord b) =>
        a.Suffix.Length == 0 || b.Suffix.Length == 0 ? null : a.Suffix == b.Suffix ? "agrees" : "differs";

    private static string? BirthDate(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        if (a == b) return "exact";
        if (a.Length != 10 || b.Length != 10) return "differs";
        if (Similarity.Edits(a, b, 1) <= 1) return "near";
        if (a[..4] == b[..4] && a[5..7] == b[8..] && a[8..] == b[5..7]) return "near";
        return a[5..] == b[5..] ? "near" : a[..4] == b[..4] ? "same year" : Math.Abs(Year(a) - Year(b)) >= 16 ? "a generation apart" : "differs";
    }

    private static int Year(string date) => int.TryParse(date.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : 0;

    private static string? NationalId(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        return a == b ? "exact" : a.Length >= 6 && Similarity.Edits(a, b, 2) <= 2 ? "near" : "differs";
    }

    private static string? Email(MatchRecord a, MatchRecord b)
    {
        if (a.Email.Length == 0 || b.Email.Length == 0) return null;
        if (a.Email == b.Email || a.OtherEmails.Contains(b.Email) || b.OtherEmails.Contains(a.Email)) return Mailboxes.IsShared(a.EmailLocal) ? "shared mailbox" : Given(a, b) is "differs" or "alike" && !Swapped(a, b) ? "same, with another given name" : "exact";
        if (a.EmailDomain == b.EmailDomain)
        {
            if (a.EmailLocal.Length >= 5 && !Mailboxes.IsShared(a.EmailLocal) && Similarity.Edits(a.EmailLocal, b.EmailLocal, 1) <= 1 && a.EmailLocal[0] == b.EmailLocal[0] && !OtherNumber(a.EmailLocal, b.EmailLocal)) return "similar";
            if (Mailboxes.IsShared(a.EmailLocal) || Mailboxes.IsShared(b.EmailLocal)) return Mailboxes.IsFree(a.EmailDomain) ? "differs" : "same company domain";
            if (!FromNames(a, b) && Math.Min(a.EmailLocal.Length, b.EmailLocal.Length) >= 7 && Similarity.Edits(a.EmailLocal, b.EmailLocal, 2) <= 2) return "alike";
            return Mailboxes.IsFree(a.EmailDomain) ? "differs" : "same company domain";
        }

        if (a.EmailLocal == b.EmailLocal && a.EmailLocal.Length >= 4 && !Mailboxes.IsShared(a.EmailLocal))
            return Similarity.Edits(a.EmailDomain, b.EmailDomain, 1) <= 1 ? "similar" : FromNames(a, b) ? "local part from the name" : "same local part";

        // Slips on both sides of the at sign: a quarter of a long address at most.
        if (!FromNames(a, b) && Math.Min(a.Email.Length, b.Email.Length) >= 12 && !Mailboxes.IsShared(a.EmailLocal) && !Mailboxes.IsShared(b.EmailLocal) && Similarity.Edits(a.Email, b.Email, 4) <= Math.Min(4, Math.Min(a.Email.Length, b.Email.Length) / 4)) return "alike";
        return "differs";
    }

    /// <summary>anna1 and anna2 are two mailboxes, not one with a slip: their letters agree and their numbers do not.</summary>
    private static bool OtherNumber(string a, string b) =>
        a.Length == b.Length && a.Any(char.IsAsciiDigit)
        && a.Where(c => !char.IsAsciiDigit(c)).SequenceEqual(b.Where(c => !char.IsAsciiDigit(c)));

    private static bool FromNames(MatchRecord a, MatchRecord b) =>
        Mailboxes.IsBuiltFrom(a.EmailLocal, a.Given, a.Last) || Mailboxes.IsBuiltFrom(b.EmailLocal, b.Given, b.Last);

    private static string? Phone(MatchRecord a, MatchRecord b)
    {
        if (a.Phone.Length == 0 || b.Phone.Length == 0) return null;
        if (SameNumber(a.Phone, b.Phone)) return "exact";
        foreach (var other in a.OtherPhones)
            if (SameNumber(other, b.Phone)) return "exact";
        foreach (var other in b.OtherPhones)
            if (SameNumber(other, a.Phone)) return "exact";
        return a.Phone.Length >= 7 && Similarity.Edits(a.Phone, b.Phone, 1) <= 1 ? "near" : "differs";
    }

    /// <summary>The same digits, or one number with its country code and one without: the last eight agree and nothing contradicts.</summary>
    private static bool SameNumber(string a, string b)
    {
        if (a == b) return a.Length > 0;
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        shorter = shorter.TrimStart('0');
        return shorter.Length >= 8 && longer.EndsWith(shorter, StringComparison.Ordinal);
    }

    private static string? Address(MatchRecord a, MatchRecord b)
    {
        var place = a.Postcode.Length > 0 && b.Postcode.Length > 0;
        var city = a.City.Length > 0 && b.City.Length > 0;
        var street = a.Street.Length > 0 && b.Street.Length > 0;
        if (!place && !city && !street) return null;
        var samePlace = (place && a.Postcode == b.Postcode) || (city && a.City == b.City);
        if (!place && !city) return SameStreet(a, b) ? "similar" : "differs";
        var nearPlace = samePlace || (place && Similarity.Edits(a.Postcode, b.Postcode, 1) <= 1) || (city && Close(a.City, b.City));
        if (street && nearPlace)
        {
            var same = Streets.Same(a.Street, b.Street);
            var number = a.StreetNumber.Length == 0 || b.StreetNumber.Length == 0 ? (bool?)null : a.StreetNumber == b.StreetNumber;
            if (same && number == true) return samePlace && a.Street == b.Street ? "exact" : "similar";
            if (same) return number is null ? "similar" : Similarity.Edits(a.StreetNumber, b.StreetNumber, 1) <= 1 ? "similar" : "same street";
            if (number == true && Similarity.JaroWinkler(a.Street, b.Street) >= 0.85) return "similar";
        }

        if (place && a.Postcode == b.Postcode) return "same postcode";
        return city && (a.City == b.City || Close(a.City, b.City) || Alike(a.City, b.City)) ? "same city" : "differs";
    }

    /// <summary>One number and street, where it is not known of both in which place.</summary>
    private static bool SameStreet(MatchRecord a, MatchRecord b) => a.StreetNumber.Length > 0 && a.StreetNumber == b.StreetNumber && Streets.Same(a.Street, b.Street);

    private static string? Company(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        return a == b ? "exact" : Close(a, b) || Words.Contains(a, b) ? "similar" : "differs";
    }

    private static string? CompanyName(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        if (a == b || Words.SameSet(a, b)) return "exact";
        if (Words.Contains(a, b)) return "contained";
        if (Close(a, b)) return "similar";
        return Similarity.JaroWinkler(a, b) >= 0.9 || Words.Overlap(a, b) >= 0.5 ? "alike" : "differs";
    }

    private static string? Title(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        return a == b ? "exact" : Words.Overlap(a, b) >= 0.5 ? "similar" : "differs";
    }

    /// <summary>One slip of the pen: one edit from four letters on, two from nine.</summary>
    private static bool Close(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        if (length < 4) return false;
        var most = length >= 9 ? 2 : 1;
        return Similarity.Edits(a, b, most) <= most;
    }

    /// <summary>More than a slip, and still much in common: most letters in place, or the same letters in another order.</summary>
    private static bool Alike(string a, string b) => Similarity.JaroWinkler(a, b) >= 0.86 || (a.Length >= 5 && a.Length == b.Length && a.Order().SequenceEqual(b.Order()));

    private static bool Prefix(string a, string b) => Math.Min(a.Length, b.Length) >= 3 && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));

    private static bool WithoutBlanks(string a, string b) =>
        (a.Contains(' ') || b.Contains(' ')) && a.Replace(" ", "", StringComparison.Ordinal) == b.Replace(" ", "", StringComparison.Ordinal);

    private static bool SharesWord(string a, string b)
    {
        if (!a.Contains(' ') && !b.Contains(' ')) return false;
        foreach (var word in a.Split(' '))
            if (word.Length >= 3 && b.Split(' ').Contains(word)) return true;
        return false;
    }
}
