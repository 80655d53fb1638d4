using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// The blocking rules: which records are worth comparing. Two records are a candidate pair when they share a key; whether they do depends on the two and the model only,
/// but for blocks over the cap, where finer keys count instead.
/// </summary>
public static class Blocking
{
    // A refined key's rule is the coarse rule's number plus this, so that a report can name it.
    private const int Refined = 100;

    /// <summary>The rules' names, by number.</summary>
    public static ImmutableArray<string> Rules { get; } =
    [
        "e-mail", "phone", "full name", "name sound and place", "birth date and given initial", "birth date and last name", "national id", "address and given initial",
        "e-mail local part", "company and last name", "company and given name", "given name and postcode", "last name and birth year", "given name and birth date parts",
        "company name", "domain", "company word and city", "company word and postcode", "address", "company sound", "last name and postcode", "street",
    ];

    /// <summary>A rule's name; for a refined key that of the coarse rule.</summary>
    public static string NameOf(int rule) => Rules[rule % Refined];

    /// <summary>A record's keys, sorted, without repeats.</summary>
    public static ImmutableArray<MatchKey> KeysOf(MatchRecord r, MatchModel model)
    {
        var keys = new SortedSet<MatchKey>(ByRuleThenHash);
        if (model.Kind == EntityKind.Contact) ContactKeys(r, keys);
        else CompanyKeys(r, keys);
        return [.. keys];
    }

    /// <summary>
    /// The finer keys that take the place of a key whose block is over the cap: with the name, the birth date, the e-mail, the phone, the place, the company, but for what the rule has already.
    /// They depend on the record alone. Records that have nothing more share one key, so that nobody is left out.
    /// </summary>
    public static ImmutableArray<MatchKey> Refine(MatchRecord r, MatchKey key)
    {
        if (key.Rule >= 2 * Refined) return [];
        var keys = new SortedSet<MatchKey>(ByRuleThenHash);
        void Add(string what, string value)
        {
            if (value.Length > 0) keys.Add(new MatchKey(key.Rule + Refined, Hash($"{key.Hash}|{what}", value)));
        }

        var given = r.Given.Length > 0 ? r.Given : r.Nickname;
        Add("name", given.Length > 0 || r.Last.Length > 0 ? $"{Sound(given)}|{Sound(r.Last)}" : "");
        if (key.Rule is not (4 or 5)) Add("born", r.BirthDate);
        if (key.Rule is not 0) Add("email", r.Email);
        if (key.Rule is not 1) Add("phone", r.Phone);
        if (key.Rule is not (11 or 20)) Add("place", r.Postcode.Length > 0 ? r.Postcode : r.City);
        if (key.Rule is not (9 or 10 or 14)) Add("company", r.Company);
        if (keys.Count == 0) Add("rest", "-");
        return [.. keys];
    }

    internal static Comparer<MatchKey> ByRuleThenHash { get; } = Comparer<MatchKey>.Create((a, b) => a.Rule != b.Rule ? a.Rule.CompareTo(b.Rule) : a.Hash.CompareTo(b.Hash));

    private static void ContactKeys(MatchRecord r, SortedSet<MatchKey> keys)
    {
        void Add(int rule, params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
                if (part.Length == 0) return;
            keys.Add(new MatchKey(rule, Hash(parts)));
        }

        var given = r.Given.Length > 0 ? r.Given : r.Nickname;
        var initial = given.Length > 0 ? given[..1] : "";
        var last = r.Last;
        var place = r.Postcode.Length > 0 ? r.Postcode : r.City;
        Add(0, r.Email);
        foreach (var email in r.OtherEmails) Add(0, email);
        Add(1, Tail(r.Phone));
        foreach (var phone in r.OtherPhones) Add(1, Tail(phone));
        if (given.Length > 1 && last.Length > 0) Add(2, string.CompareOrdinal(given, last) < 0 ? $"{given}|{last}" : $"{last}|{given}");
        Add(3, Sound(last), initial, r.Postcode);
        Add(3, Sound(last), initial, r.City);
        if (r.Maiden.Length > 0) Add(3, Sound(r.Maiden), initial, place);
        Add(4, r.BirthDate, initial);
        Add(5, r.BirthDate, Sound(last));
        Add(6, r.NationalId);
        Add(7, r.StreetNumber, Start(Streets.Core(r.Street), 5), initial);
        if (r.EmailLocal.Length >= 5 && !Mailboxes.IsShared(r.EmailLocal)) Add(8, r.EmailLocal);
        Add(9, r.Company, Sound(last));
        Add(10, r.Company, given);
        Add(11, given, r.Postcode);
        Add(12, last, Start(r.BirthDate, 4), initial);
        Add(20, last, r.Postcode);
        if (r.BirthDate.Length == 10) Add(13, given, r.BirthDate[5..]);
    }

    private static void CompanyKeys(MatchRecord r, SortedSet<MatchKey> keys)
    {
        void Add(int rule, params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
                if (part.Length == 0) return;
            keys.Add(new MatchKey(rule, Hash(parts)));
        }

        Add(0, Mailboxes.IsShared(r.EmailLocal) || r.EmailLocal.Length > 0 ? r.Email : "");
        Add(1, Tail(r.Phone));
        Add(14, r.Company.Replace(" ", "", StringComparison.Ordinal));
        Add(15, r.Domain.Length > 0 ? r.Domain : r.EmailDomain.Length > 0 && !Mailboxes.IsFree(r.EmailDomain) ? r.EmailDomain : "");
        foreach (var word in r.Company.Split(' ').Where(w => w.Length >= 3))
        {
            Add(16, Sound(word), r.City);
            Add(17, Sound(word), r.Postcode);
        }

        Add(18, r.StreetNumber, Start(Streets.Core(r.Street), 5), r.Postcode.Length > 0 ? r.Postcode : r.City);
        Add(19, Sound(r.Company));
        Add(21, r.StreetNumber, Start(Streets.Core(r.Street), 5));
    }

    /// <summary>The last nine digits: the same with and without country code, trunk zero and international prefix.</summary>
    private static string Tail(string phone) => phone.Length < 6 ? "" : phone.Length > 9 ? phone[^9..] : phone;

    private static string Start(string text, int length) => text.Length <= length ? text : text[..length];

    /// <summary>How a name sounds, roughly: its first letter and up to three consonants after it, those that are often confused made one.</summary>
    internal static string Sound(string name)
    {
        if (name.Length == 0) return "";
        Span<char> code = stackalloc char[4];
        var length = 0;
        var previous = '\0';
        foreach (var c in name)
        {
            var k = c switch
            {
                'b' or 'p' or 'f' or 'v' or 'w' => 'p',
                'c' or 'k' or 'q' or 'g' or 'x' or 's' or 'z' or 'j' => 'k',
                'd' or 't' => 't',
                'm' or 'n' => 'n',
                'l' => 'l',
                'r' => 'r',
                _ => '\0',
            };
            if (length == 0) code[length++] = k == '\0' ? c : k;
            else if (k != '\0' && k != previous) code[length++] = k;
            previous = k;
            if (length == code.Length) break;
        }

        return code[..length].ToString();
    }

    private static long Hash(params ReadOnlySpan<string> parts)
    {
        // FNV-1a, 64 bits: the same on every machine and in every run.
        var hash = 14695981039346656037UL;
        foreach (var part in parts)
        {
            foreach (var c in part) hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ '\u001f') * 1099511628211UL;
        }

        return (long)hash;
    }
}
