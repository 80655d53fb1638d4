using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// The blocking rules: which records are worth comparing. Two records are a candidate pair when they share a key, which depends on the two alone; or, where more records than the model's
/// cap share it, a finer key (see <see cref="FinerBlocks"/>).
/// </summary>
public static class Blocking
{
    /// <summary>A refined key's rule is the coarse rule's number plus this, so that a report can name it.</summary>
    internal const int Refined = 100;

    /// <summary>In finer blocks that are over the cap still each record is compared with so many on either side.</summary>
    public const int Neighbours = 20;

    /// <summary>The rules' names, by number.</summary>
    public static ImmutableArray<string> Rules { get; } =
    [
        "e-mail", "phone", "full name", "name sound and place", "birth date and given initial", "birth date and last name", "national id", "address and given initial",
        "e-mail local part", "company and last name", "company and given name", "given name and postcode", "last name and birth year", "given name and birth date parts",
        "company name", "domain", "company word and city", "company word and postcode", "address", "company sound", "last name and postcode", "street",
        "birth date", "street number and start", "last name sound and city", "given name and city", "given name and birth year", "e-mail domain",
    ];

    /// <summary>Rules from this number on are wide: they find pairs that share little, and are used only where they cost little. A store's match keys have none of them.</summary>
    internal const int FirstWide = 22;

    /// <summary>A rule's name; for a refined key that of the coarse rule.</summary>
    public static string NameOf(int rule) => Rules[rule % Refined];

    /// <summary>A record's keys, sorted, without repeats.</summary>
    public static ImmutableArray<MatchKey> KeysOf(MatchTable table, int record)
    {
        var keys = new List<MatchKey>();
        AddKeys(table, record, keys);
        return [.. keys];
    }

    /// <summary>Adds a record's keys behind those that are there: sorted, without repeats.</summary>
    internal static void AddKeys(MatchTable table, int record, List<MatchKey> keys)
    {
        var first = keys.Count;
        var of = new KeyMaker(table, record, keys);
        if (table.Kind == EntityKind.Contact) ContactKeys(in of);
        else CompanyKeys(in of);
        SortFrom(keys, first);
    }

    /// <summary>Adds a contact's keys of the wide rules, sorted behind those that are there.</summary>
    internal static void AddWideKeys(MatchTable table, int record, List<MatchKey> keys)
    {
        if (table.Kind != EntityKind.Contact) return;
        var of = new KeyMaker(table, record, keys);
        var given = of.Given.Length > 1 ? of.GivenHash : 0;
        of.Add(22, of.Hash(Column.BirthDate));
        of.Add(23, of.Hash(Column.StreetNumber), Start(of.Text(Column.StreetCore), 5));
        of.Add(24, Sound(of.Text(Column.Last)), of.Hash(Column.City));
        of.Add(25, given, of.Hash(Column.City));
        of.Add(26, given, Start(of.Text(Column.BirthDate), 4));
        if (!of.IsFreeDomain) of.Add(27, of.Hash(Column.EmailDomain));
    }

    /// <summary>
    /// The finer keys that a record has instead of keys whose blocks are over the cap, by rule and hash: with the name, the birth date, the e-mail, the phone, the place, the company, but for
    /// what the rule has already. They depend on the record alone. Records that have nothing more share one key, so that nobody is left out.
    /// </summary>
    /// <param name="table">The table that the record is in.</param>
    /// <param name="record">The record.</param>
    /// <param name="large">Those of its keys.</param>
    public static IReadOnlyList<MatchKey> FinerKeysOf(MatchTable table, int record, IEnumerable<MatchKey> large)
    {
        var keys = new List<MatchKey>();
        foreach (var key in large) AddFiner(table, record, key, keys);
        SortFrom(keys, 0);
        return keys;
    }

    private static void AddFiner(MatchTable table, int record, MatchKey key, List<MatchKey> keys)
    {
        var first = keys.Count;
        var of = new KeyMaker(table, record, keys);
        var (rule, block) = (key.Rule + Refined, (ulong)key.Hash);
        var given = of.Given;
        var last = of.Text(Column.Last);
        if (!given.IsEmpty || !last.IsEmpty) of.Add(rule, block, 1, StableHash.Join(Sound(given), Sound(last)));
        if (key.Rule is not (4 or 5)) of.Add(rule, block, 2, of.Hash(Column.BirthDate));
        if (key.Rule is not 0) of.Add(rule, block, 3, of.Email);
        if (key.Rule is not 1) of.Add(rule, block, 4, of.Hash(Column.Phone));
        if (key.Rule is not (11 or 20)) of.Add(rule, block, 5, of.Place);
        if (key.Rule is not (9 or 10 or 14)) of.Add(rule, block, 6, of.Hash(Column.Company));
        if (keys.Count == first) of.Add(rule, block, 7, 1);
    }

    private static void ContactKeys(in KeyMaker of)
    {
        var given = of.Given;
        var last = of.Text(Column.Last);
        var initial = given.IsEmpty ? 0UL : given[0];
        var sound = Sound(last);
        var born = of.Text(Column.BirthDate);
        var givenHash = given.IsEmpty ? 0 : of.GivenHash;
        of.Add(0, of.Email);
        of.AddOtherEmails(0);
        of.Add(1, Tail(of.Text(Column.Phone)));
        of.AddOtherPhones(1);
        if (given.Length > 1 && !last.IsEmpty)
        {
            var lastHash = of.Hash(Column.Last);
            of.Add(2, Math.Min(givenHash, lastHash), Math.Max(givenHash, lastHash));
        }

        of.Add(3, sound, initial, of.Hash(Column.Postcode));
        of.Add(3, sound, initial, of.Hash(Column.City));
        if (!of.Text(Column.Maiden).IsEmpty) of.Add(3, Sound(of.Text(Column.Maiden)), initial, of.Place);
        of.Add(4, of.Hash(Column.BirthDate), initial);
        of.Add(5, of.Hash(Column.BirthDate), sound);
        of.Add(6, of.Hash(Column.NationalId));
        of.Add(7, of.Hash(Column.StreetNumber), Start(of.Text(Column.StreetCore), 5), initial);
        if (of.Text(Column.EmailLocal).Length >= 5 && !of.IsSharedMailbox) of.Add(8, of.Hash(Column.EmailLocal));
        of.Add(9, of.Hash(Column.Company), sound);
        of.Add(10, of.Hash(Column.Company), givenHash);
        of.Add(11, givenHash, of.Hash(Column.Postcode));
        of.Add(12, of.Hash(Column.Last), Start(born, 4), initial);
        of.Add(20, of.Hash(Column.Last), of.Hash(Column.Postcode));
        if (born.Length == 10) of.Add(13, givenHash, StableHash.Of(born[5..]));
    }

    private static void CompanyKeys(in KeyMaker of)
    {
        var name = of.Text(Column.Company);
        of.Add(0, of.Email);
        of.Add(1, Tail(of.Text(Column.Phone)));
        if (!name.IsEmpty) of.Add(14, StableHash.OfLetters(name));
        of.Add(15, !of.Text(Column.Domain).IsEmpty ? of.Hash(Column.Domain) : of.IsFreeDomain ? 0 : of.Hash(Column.EmailDomain));
        foreach (var range in name.Split(' '))
        {
            if (name[range].Length < 3) continue;
            of.Add(16, Sound(name[range]), of.Hash(Column.City));
            of.Add(17, Sound(name[range]), of.Hash(Column.Postcode));
        }

        var street = Start(of.Text(Column.StreetCore), 5);
        of.Add(18, of.Hash(Column.StreetNumber), street, of.Place);
        of.Add(19, Sound(name));
        of.Add(21, of.Hash(Column.StreetNumber), street);
    }

    /// <summary>The last nine digits: the same with and without country code, trunk zero and international prefix. 0 for fewer than six.</summary>
    private static ulong Tail(ReadOnlySpan<char> phone) => phone.Length < 6 ? 0 : StableHash.Of(phone.Length > 9 ? phone[^9..] : phone);

    private static ulong Start(ReadOnlySpan<char> text, int length) => text.IsEmpty ? 0 : StableHash.Of(text.Length <= length ? text : text[..length]);

    /// <summary>How a name sounds, roughly: its first letter and up to three consonants after it, those that are often confused made one; packed, 0 for no name.</summary>
    internal static ulong Sound(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return 0;
        var code = 0UL;
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
            if (length == 0) (code, length) = (k == '\0' ? c : k, 1);
            else if (k != '\0' && k != previous) (code, length) = ((code << 16) | k, length + 1);
            previous = k;
            if (length == 4) break;
        }

        return code;
    }

    private static void SortFrom(List<MatchKey> keys, int first)
    {
        if (keys.Count - first < 2) return;
        keys.Sort(first, keys.Count - first, ByRuleThenHash);
        var kept = first + 1;
        for (var i = first + 1; i < keys.Count; i++)
            if (keys[i] != keys[kept - 1]) keys[kept++] = keys[i];
        keys.RemoveRange(kept, keys.Count - kept);
    }

    internal static Comparer<MatchKey> ByRuleThenHash { get; } = Comparer<MatchKey>.Create((a, b) => a.Rule != b.Rule ? a.Rule.CompareTo(b.Rule) : a.Hash.CompareTo(b.Hash));

    /// <summary>Makes keys of one record's values. A key of which a part is 0, for a value that is not there, is none.</summary>
    private readonly ref struct KeyMaker(MatchTable table, int record, List<MatchKey> keys)
    {
        private readonly ReadOnlySpan<int> codes = table[record];

        public ReadOnlySpan<char> Given => table.ValuesOf(Column.Given)[GivenCode];

        public ulong GivenHash => table.ValuesOf(Column.Given).HashOf(GivenCode);

        public ulong Email => codes[(int)Column.EmailLocal] == 0 ? 0 : StableHash.Join(Hash(Column.EmailLocal), Hash(Column.EmailDomain));

        public ulong Place => codes[(int)Column.Postcode] != 0 ? Hash(Column.Postcode) : Hash(Column.City);

        public bool IsSharedMailbox => table.FlagsOf(record).HasFlag(RecordFlags.SharedMailbox);

        public bool IsFreeDomain => table.FlagsOf(record).HasFlag(RecordFlags.FreeDomain);

        private int GivenCode => codes[(int)Column.Given] is var given and not 0 ? given : codes[(int)Column.Nickname];

        public ReadOnlySpan<char> Text(Column column) => table.ValuesOf(column)[codes[(int)column]];

        public ulong Hash(Column column) => table.ValuesOf(column).HashOf(codes[(int)column]);

        public void AddOtherEmails(int rule)
        {
            foreach (var (local, domain) in table.OtherEmailsOf(record))
                Add(rule, StableHash.Join(table.ValuesOf(Column.EmailLocal).HashOf(local), table.ValuesOf(Column.EmailDomain).HashOf(domain)));
        }

        public void AddOtherPhones(int rule)
        {
            foreach (var phone in table.OtherPhonesOf(record)) Add(rule, Tail(table.ValuesOf(Column.Phone)[phone]));
        }

        public void Add(int rule, ulong part)
        {
            if (part != 0) keys.Add(new MatchKey(rule, (long)part));
        }

        public void Add(int rule, ulong first, ulong second)
        {
            if (first != 0 && second != 0) keys.Add(new MatchKey(rule, (long)StableHash.Join(first, second)));
        }

        public void Add(int rule, ulong first, ulong second, ulong third)
        {
            if (first != 0 && second != 0 && third != 0) keys.Add(new MatchKey(rule, (long)StableHash.Join(StableHash.Join(first, second), third)));
        }
    }
}
