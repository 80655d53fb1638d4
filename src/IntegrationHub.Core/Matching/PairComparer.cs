using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// Says which level two records of a table reach in each comparison. A comparison that lacks a value on either side has no level and says nothing.
/// Holds what it has compared of late, so each thread has one of its own.
/// </summary>
internal sealed class PairComparer(MatchTable table, CompanyNames words)
{
    private readonly ValueColumn names = table.ValuesOf(Column.Given);
    private readonly ValueColumn locals = table.ValuesOf(Column.EmailLocal);
    private readonly ValueColumn domains = table.ValuesOf(Column.EmailDomain);
    private readonly ValueColumn phones = table.ValuesOf(Column.Phone);
    private readonly ValueColumn streets = table.ValuesOf(Column.Street);
    private readonly ValueColumn streetCores = table.ValuesOf(Column.StreetCore);
    private readonly ValueColumn numbers = table.ValuesOf(Column.StreetNumber);
    private readonly ValueColumn cities = table.ValuesOf(Column.City);
    private readonly ValueColumn postcodes = table.ValuesOf(Column.Postcode);
    private readonly ValueColumn births = table.ValuesOf(Column.BirthDate);
    private readonly ValueColumn ids = table.ValuesOf(Column.NationalId);
    private readonly ValueColumn companies = table.ValuesOf(Column.Company);
    private readonly ValueColumn titles = table.ValuesOf(Column.JobTitle);

    private readonly LevelCache givenCache = new(table.Count);
    private readonly LevelCache lastCache = new(table.Count);
    private readonly LevelCache companyCache = new(table.Count);
    private readonly LevelCache titleCache = new(table.Count);
    private readonly LevelCache streetCache = new(table.Count);
    private readonly LevelCache cityCache = new(table.Count);

    /// <summary>The levels of two records; the same whichever comes first.</summary>
    public PairPattern Compare(int left, int right)
    {
        var a = table[left];
        var b = table[right];
        return table.Kind == EntityKind.Contact ? Contacts(left, right, a, b) : Companies(left, right, a, b);
    }

    private PairPattern Contacts(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var swapped = Swapped(a, b);
        var given = swapped ? GivenLevel.Swapped : GivenOf(a, b);
        var bits = Pack(Comparison.GivenName, (int)given)
            | Pack(Comparison.LastName, (int)(swapped ? LastLevel.Swapped : LastOf(a, b)))
            | Pack(Comparison.Suffix, (int)SuffixOf(a[(int)Column.Suffix], b[(int)Column.Suffix]))
            | Pack(Comparison.BirthDate, (int)BirthOf(a[(int)Column.BirthDate], b[(int)Column.BirthDate]))
            | Pack(Comparison.NationalId, (int)IdOf(a[(int)Column.NationalId], b[(int)Column.NationalId]))
            | Pack(Comparison.Email, (int)EmailOf(left, right, a, b, swapped, given))
            | Pack(Comparison.Phone, (int)PhoneOf(left, right, a, b))
            | Pack(Comparison.Address, (int)PlaceOf(a, b))
            | Pack(Comparison.Company, (int)WorkplaceOf(a[(int)Column.Company], b[(int)Column.Company]))
            | Pack(Comparison.JobTitle, (int)TitleOf(a[(int)Column.JobTitle], b[(int)Column.JobTitle]));
        if (!swapped) bits |= Pack(Comparison.MiddleName, (int)MiddleOf(a[(int)Column.Middle], b[(int)Column.Middle]));
        return new PairPattern(bits);
    }

    private PairPattern Companies(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (x, y) = (a[(int)Column.Domain], b[(int)Column.Domain]);
        return new PairPattern(
            Pack(Comparison.Company, (int)CompanyNameOf(a[(int)Column.Company], b[(int)Column.Company]))
            | Pack(Comparison.Domain, (int)(x == 0 || y == 0 ? DomainLevel.None : x == y ? DomainLevel.Exact : DomainLevel.Differs))
            | Pack(Comparison.Email, (int)CompanyEmailOf(left, right, a, b))
            | Pack(Comparison.Phone, (int)PhoneOf(left, right, a, b))
            | Pack(Comparison.Address, (int)PlaceOf(a, b))
            | Pack(Comparison.LegalForm, (int)LegalFormOf(a[(int)Column.Suffix], b[(int)Column.Suffix])));
    }

    private static ulong Pack(Comparison comparison, int level) => default(PairPattern).With(comparison, level).Bits;

    // ---- names

    private static int Given(ReadOnlySpan<int> r) => r[(int)Column.Given] is var given and not 0 ? given : r[(int)Column.Nickname];

    /// <summary>Each name stands in the other's place; one of the two may have a slip.</summary>
    private bool Swapped(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (givenA, lastA, givenB, lastB) = (a[(int)Column.Given], a[(int)Column.Last], b[(int)Column.Given], b[(int)Column.Last]);
        var (first, second) = (givenA == lastB, lastA == givenB);
        if ((!first && !second) || givenA == lastA || givenA == givenB || lastA == lastB) return false;
        if (names[givenA].Length < 2 || names[lastA].Length < 2 || names[givenB].Length < 2 || names[lastB].Length < 2) return false;
        return (first && second) || (first && Close(names[lastA], names[givenB])) || (second && Close(names[givenA], names[lastB]));
    }

    private GivenLevel GivenOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (x, y) = (Given(a), Given(b));
        if (x == 0 || y == 0) return GivenLevel.None;
        if (x == y) return names[x].Length == 1 ? GivenLevel.Initial : GivenLevel.Exact;
        if (!givenCache.TryGet(x, y, out var known)) known = givenCache.Put(x, y, (int)GivenOf(names[x], names[y]));
        var level = (GivenLevel)known;
        if (level is GivenLevel.Initial or GivenLevel.Nickname || names[x].Length == 1 || names[y].Length == 1) return level;
        var (nicknameA, nicknameB) = (a[(int)Column.Nickname], b[(int)Column.Nickname]);
        if ((nicknameA != 0 && nicknameA == y) || (nicknameB != 0 && nicknameB == x)) return GivenLevel.Nickname;
        if (level is GivenLevel.Similar or GivenLevel.Contained) return level;
        if (x == b[(int)Column.Middle] || y == a[(int)Column.Middle]) return GivenLevel.Contained;
        if (level == GivenLevel.Alike && Prefix(names[x], names[y])) return GivenLevel.Nickname;
        var (lastA, lastB) = (a[(int)Column.Last], b[(int)Column.Last]);
        return (lastA == 0 && lastB == x) || (lastB == 0 && lastA == y) ? GivenLevel.OtherPlace : level;
    }

    private static GivenLevel GivenOf(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        if (x.Length == 1 || y.Length == 1) return x[0] == y[0] ? GivenLevel.Initial : GivenLevel.Differs;
        if (Nicknames.SameName(x, y) || Nicknames.SameName(Words.First(x), Words.First(y))) return GivenLevel.Nickname;
        if (Close(x, y)) return GivenLevel.Similar;
        if (Words.Share(x, y)) return GivenLevel.Contained;
        return Prefix(x, y) || Alike(x, y) ? GivenLevel.Alike : GivenLevel.Differs;
    }

    private LastLevel LastOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (x, y) = (a[(int)Column.Last], b[(int)Column.Last]);
        if (x == 0 || y == 0) return LastLevel.None;
        if (x == y) return LastLevel.Exact;
        var (maidenA, maidenB) = (a[(int)Column.Maiden], b[(int)Column.Maiden]);
        if ((maidenA != 0 && maidenA == y) || (maidenB != 0 && maidenB == x)) return LastLevel.Maiden;
        if (!lastCache.TryGet(x, y, out var known)) known = lastCache.Put(x, y, (int)LastOf(names[x], names[y]));
        return (LastLevel)known;
    }

    private static LastLevel LastOf(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        if (Words.SameWithoutBlanks(x, y) || Close(x, y)) return LastLevel.Similar;
        if (Words.Share(x, y)) return LastLevel.Contained;
        if (x.Length == 1 || y.Length == 1) return x[0] == y[0] ? LastLevel.Alike : LastLevel.Differs;
        return Alike(x, y) ? LastLevel.Alike : LastLevel.Differs;
    }

    private MiddleLevel MiddleOf(int x, int y)
    {
        if (x == 0 || y == 0) return MiddleLevel.None;
        var a = names[x];
        var b = names[y];
        if (a.Length == 1 || b.Length == 1) return a[0] == b[0] ? MiddleLevel.Initial : MiddleLevel.Differs;
        return x == y ? MiddleLevel.Exact : Close(a, b) ? MiddleLevel.Similar : MiddleLevel.Differs;
    }

    private static SuffixLevel SuffixOf(int x, int y) => x == 0 || y == 0 ? SuffixLevel.None : x == y ? SuffixLevel.Agrees : SuffixLevel.Differs;

    // ---- dates and numbers

    private BirthLevel BirthOf(int x, int y)
    {
        if (x == 0 || y == 0) return BirthLevel.None;
        if (x == y) return BirthLevel.Exact;
        var a = births[x];
        var b = births[y];
        if (a.Length != 10 || b.Length != 10) return BirthLevel.Differs;
        if (Similarity.Edits(a, b, 1) <= 1) return BirthLevel.Near;
        var sameYear = a[..4].SequenceEqual(b[..4]);
        if (sameYear && a[5..7].SequenceEqual(b[8..]) && a[8..].SequenceEqual(b[5..7])) return BirthLevel.Near;
        if (a[5..].SequenceEqual(b[5..])) return BirthLevel.Near;
        return sameYear ? BirthLevel.SameYear : Math.Abs(Year(a) - Year(b)) >= 16 ? BirthLevel.GenerationApart : BirthLevel.Differs;
    }

    private static int Year(ReadOnlySpan<char> date) => int.TryParse(date[..4], System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : 0;

    private IdLevel IdOf(int x, int y)
    {
        if (x == 0 || y == 0) return IdLevel.None;
        return x == y ? IdLevel.Exact : ids[x].Length >= 6 && Similarity.Edits(ids[x], ids[y], 2) <= 2 ? IdLevel.Near : IdLevel.Differs;
    }

    private PhoneLevel PhoneOf(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (x, y) = (a[(int)Column.Phone], b[(int)Column.Phone]);
        if (x == 0 || y == 0) return PhoneLevel.None;
        if (SameNumber(x, y)) return PhoneLevel.Exact;
        foreach (var other in table.OtherPhonesOf(left))
            if (SameNumber(other, y)) return PhoneLevel.Exact;
        foreach (var other in table.OtherPhonesOf(right))
            if (SameNumber(other, x)) return PhoneLevel.Exact;
        return phones[x].Length >= 7 && Similarity.Edits(phones[x], phones[y], 1) <= 1 ? PhoneLevel.Near : PhoneLevel.Differs;
    }

    /// <summary>The same digits, or one number with its country code and one without: the last eight agree and nothing contradicts.</summary>
    private bool SameNumber(int x, int y)
    {
        if (x == y) return true;
        var a = phones[x];
        var b = phones[y];
        var shorter = (a.Length < b.Length ? a : b).TrimStart('0');
        var longer = a.Length < b.Length ? b : a;
        return shorter.Length >= 8 && longer.EndsWith(shorter, StringComparison.Ordinal);
    }

    // ---- e-mail

    private EmailLevel EmailOf(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool swapped, GivenLevel given)
    {
        var (localA, domainA, localB, domainB) = (a[(int)Column.EmailLocal], a[(int)Column.EmailDomain], b[(int)Column.EmailLocal], b[(int)Column.EmailDomain]);
        if (localA == 0 || localB == 0) return EmailLevel.None;
        var (flagsA, flagsB) = (table.FlagsOf(left), table.FlagsOf(right));
        var (sharedA, sharedB) = (flagsA.HasFlag(RecordFlags.SharedMailbox), flagsB.HasFlag(RecordFlags.SharedMailbox));
        var free = flagsA.HasFlag(RecordFlags.FreeDomain);
        if (SameMailbox(left, right, a, b))
            return sharedA || sharedB ? EmailLevel.SharedMailbox : !swapped && given is GivenLevel.Differs or GivenLevel.Alike ? EmailLevel.OtherGiven : EmailLevel.Exact;
        var fromNames = ((flagsA | flagsB) & RecordFlags.LocalFromName) != 0;
        var x = locals[localA];
        var y = locals[localB];
        if (domainA == domainB)
        {
            if (sharedA || sharedB) return free ? EmailLevel.Differs : EmailLevel.SameCompanyDomain;
            var otherNumber = OtherNumber(x, y);
            if (!otherNumber && Math.Max(x.Length, y.Length) >= 5 && x[0] == y[0] && Similarity.Edits(x, y, 1) <= 1) return EmailLevel.Similar;
            if (!otherNumber && !fromNames && Math.Min(x.Length, y.Length) >= 7 && Similarity.Edits(x, y, 2) <= 2) return EmailLevel.Alike;
            return free ? EmailLevel.Differs : EmailLevel.OtherMailbox;
        }

        if (localA == localB && x.Length >= 4 && !sharedA)
            return Similarity.Edits(domains[domainA], domains[domainB], 1) <= 1 ? EmailLevel.Similar : fromNames ? EmailLevel.LocalFromName : EmailLevel.SameLocal;
        return !fromNames && !sharedA && !sharedB && AlikeAcrossTheAt(x, domains[domainA], y, domains[domainB]) ? EmailLevel.Alike : EmailLevel.Differs;
    }

    private bool SameMailbox(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (one, two) = ((a[(int)Column.EmailLocal], a[(int)Column.EmailDomain]), (b[(int)Column.EmailLocal], b[(int)Column.EmailDomain]));
        return one == two || table.OtherEmailsOf(left).Contains(two) || table.OtherEmailsOf(right).Contains(one);
    }

    /// <summary>Slips on both sides of the at sign: a quarter of a long address at most.</summary>
    private static bool AlikeAcrossTheAt(ReadOnlySpan<char> localA, ReadOnlySpan<char> domainA, ReadOnlySpan<char> localB, ReadOnlySpan<char> domainB)
    {
        var shorter = Math.Min(localA.Length + domainA.Length, localB.Length + domainB.Length) + 1;
        if (shorter < 12) return false;
        var most = Math.Min(4, shorter / 4);
        if (Math.Abs(localA.Length + domainA.Length - localB.Length - domainB.Length) > most) return false;
        var inDomain = Similarity.Edits(domainA, domainB, most);
        return inDomain <= most && Similarity.Edits(localA, localB, most - inDomain) <= most - inDomain;
    }

    /// <summary>anna1 and anna2 are two mailboxes, and so are anna and anna2, not one with a slip: their letters agree and their numbers do not.</summary>
    private static bool OtherNumber(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var (i, j, other) = (0, 0, false);
        while (true)
        {
            var (startA, startB) = (i, j);
            while (i < a.Length && char.IsAsciiDigit(a[i])) i++;
            while (j < b.Length && char.IsAsciiDigit(b[j])) j++;
            other |= !a[startA..i].SequenceEqual(b[startB..j]);
            if (i == a.Length || j == b.Length) return other && i == a.Length && j == b.Length;
            if (a[i++] != b[j++]) return false;
        }
    }

    private EmailLevel CompanyEmailOf(int left, int right, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a[(int)Column.EmailLocal] == 0 || b[(int)Column.EmailLocal] == 0) return EmailLevel.None;
        if (SameMailbox(left, right, a, b)) return EmailLevel.Exact;
        return a[(int)Column.EmailDomain] == b[(int)Column.EmailDomain] && !table.FlagsOf(left).HasFlag(RecordFlags.FreeDomain) ? EmailLevel.SameCompanyDomain : EmailLevel.Differs;
    }

    // ---- places

    private AddressLevel AddressOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (postA, postB, cityA, cityB) = (a[(int)Column.Postcode], b[(int)Column.Postcode], a[(int)Column.City], b[(int)Column.City]);
        var (streetA, streetB) = (a[(int)Column.Street], b[(int)Column.Street]);
        var place = postA != 0 && postB != 0;
        var city = cityA != 0 && cityB != 0;
        var street = streetA != 0 && streetB != 0;
        if (!place && !city && !street) return AddressLevel.None;
        var (numberA, numberB) = (a[(int)Column.StreetNumber], b[(int)Column.StreetNumber]);
        if (!place && !city) return numberA != 0 && numberA == numberB && SameStreet(a, b) ? AddressLevel.Similar : AddressLevel.Differs;
        var samePost = place && postA == postB;
        var sameCity = city && cityA == cityB;
        var nearCity = city && (sameCity || CityOf(cityA, cityB) == CityLikeness.Close);
        if (street && (samePost || nearCity || (place && (Similarity.Edits(postcodes[postA], postcodes[postB], 1) <= 1 || (!city && OneRegion(postcodes[postA], postcodes[postB]))))))
        {
            var known = numberA != 0 && numberB != 0;
            if (SameStreet(a, b))
            {
                if (!known) return AddressLevel.Similar;
                if (numberA == numberB) return (samePost || sameCity) && streetA == streetB ? AddressLevel.Exact : AddressLevel.Similar;
                return Similarity.Edits(numbers[numberA], numbers[numberB], 1) <= 1 ? AddressLevel.Similar : AddressLevel.SameStreet;
            }

            if (known && numberA == numberB && Similarity.JaroWinkler(streets[streetA], streets[streetB]) >= 0.85 && !Streets.OtherNumber(streets[streetA], streets[streetB])) return AddressLevel.Similar;
        }

        if (samePost) return AddressLevel.SamePostcode;
        return city && (sameCity || CityOf(cityA, cityB) != CityLikeness.Other) ? AddressLevel.SameCity : AddressLevel.Differs;
    }

    /// <summary>The addresses. Two streets that are known and not the same are two places in one town; where a street is missing, only the town is compared, which is another thing.</summary>
    private AddressLevel PlaceOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var level = AddressOf(a, b);
        if (level is not (AddressLevel.SamePostcode or AddressLevel.SameCity or AddressLevel.Differs)) return level;
        if (a[(int)Column.Street] == 0 || b[(int)Column.Street] == 0 || SameStreet(a, b)) return level;
        if (level != AddressLevel.Differs) return AddressLevel.OtherStreet;
        if (table.Kind == EntityKind.Contact) return level;
        var placed = (a[(int)Column.Postcode] != 0 && b[(int)Column.Postcode] != 0) || (a[(int)Column.City] != 0 && b[(int)Column.City] != 0);
        return placed ? AddressLevel.Differs : AddressLevel.OtherStreet;
    }

    /// <summary>Postcodes of one region, as their beginnings tell.</summary>
    private static bool OneRegion(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length >= 4 && b.Length >= 4 && a[..3].SequenceEqual(b[..3]);

    /// <summary>True for equal streets, whatever word they use for "street", with one slip where they are long enough.</summary>
    private bool SameStreet(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a[(int)Column.Street] == b[(int)Column.Street]) return a[(int)Column.Street] != 0;
        var (x, y) = (a[(int)Column.StreetCore], b[(int)Column.StreetCore]);
        if (x == 0 || y == 0) return false;
        if (x == y) return true;
        if (!streetCache.TryGet(x, y, out var close))
            close = streetCache.Put(x, y, Math.Min(streetCores[x].Length, streetCores[y].Length) >= 5 && Similarity.Edits(streetCores[x], streetCores[y], 1) <= 1 && !Streets.OtherNumber(streetCores[x], streetCores[y]) ? 1 : 0);
        return close == 1;
    }

    private CityLikeness CityOf(int x, int y)
    {
        if (!cityCache.TryGet(x, y, out var known))
            known = cityCache.Put(x, y, (int)(Close(cities[x], cities[y]) ? CityLikeness.Close : Alike(cities[x], cities[y]) ? CityLikeness.Alike : CityLikeness.Other));
        return (CityLikeness)known;
    }

    private enum CityLikeness
    {
        Close,
        Alike,
        Other,
    }

    // ---- work

    private CompanyLevel WorkplaceOf(int x, int y)
    {
        if (x == 0 || y == 0) return CompanyLevel.None;
        if (x == y) return CompanyLevel.Exact;
        if (!companyCache.TryGet(x, y, out var similar))
            similar = companyCache.Put(x, y, Close(companies[x], companies[y]) || Words.Contains(companies[x], companies[y]) ? 1 : 0);
        return similar == 1 ? CompanyLevel.Similar : CompanyLevel.Differs;
    }

    private CompanyLevel CompanyNameOf(int x, int y)
    {
        if (x == 0 || y == 0) return CompanyLevel.None;
        if (x == y) return CompanyLevel.Exact;
        if (!companyCache.TryGet(x, y, out var known)) known = companyCache.Put(x, y, (int)words.Compare(companies[x], companies[y]));
        return (CompanyLevel)known;
    }

    private static LegalFormLevel LegalFormOf(int x, int y) => x == 0 || y == 0 ? LegalFormLevel.None : x == y ? LegalFormLevel.Agrees : LegalFormLevel.Differs;

    private TitleLevel TitleOf(int x, int y)
    {
        if (x == 0 || y == 0) return TitleLevel.None;
        if (x == y) return TitleLevel.Exact;
        if (!titleCache.TryGet(x, y, out var similar)) similar = titleCache.Put(x, y, Words.Overlap(titles[x], titles[y]) >= 0.5 ? 1 : 0);
        return similar == 1 ? TitleLevel.Similar : TitleLevel.Differs;
    }

    // ---- texts

    /// <summary>One slip of the pen: one edit from four letters on, two from nine.</summary>
    private static bool Close(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var length = Math.Min(a.Length, b.Length);
        if (length < 4) return false;
        var most = length >= 9 ? 2 : 1;
        return Similarity.Edits(a, b, most) <= most;
    }

    /// <summary>More than a slip, and still much in common: most letters in place, or the same letters in another order.</summary>
    private static bool Alike(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => Similarity.JaroWinkler(a, b) >= 0.86 || (a.Length >= 5 && Words.SameLetters(a, b));

    private static bool Prefix(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => Math.Min(a.Length, b.Length) >= 3 && (a.StartsWith(b) || b.StartsWith(a));
}

/// <summary>The levels of value pairs that were compared of late; a full cell gives way to the next pair, so memory is bounded.</summary>
internal sealed class LevelCache
{
    // Under this many bits a code; the level lies above the two of them, so that a look is one read.
    private const int CodeBits = 30;
    private const int LevelShift = 2 * CodeBits;
    private const int Most = 1 << 16;

    private readonly ulong[] pairs;
    private readonly int mask;

    /// <summary>A cache for a table of so many records.</summary>
    public LevelCache(int records)
    {
        var size = 64;
        while (size < records && size < Most) size *= 2;
        (pairs, mask) = (new ulong[size], size - 1);
    }

    /// <summary>The level, under 16, of two different values, neither of them empty.</summary>
    public bool TryGet(int x, int y, out int level)
    {
        var pair = Pair(x, y);
        var kept = pairs[Cell(pair)];
        level = (int)(kept >> LevelShift);
        return (kept & ((1UL << LevelShift) - 1)) == pair;
    }

    /// <summary>Keeps the level, and gives it back.</summary>
    public int Put(int x, int y, int level)
    {
        var pair = Pair(x, y);
        pairs[Cell(pair)] = pair | ((ulong)level << LevelShift);
        return level;
    }

    private static ulong Pair(int x, int y) => x < y ? ((ulong)(uint)x << CodeBits) | (uint)y : ((ulong)(uint)y << CodeBits) | (uint)x;

    private int Cell(ulong pair) => (int)(pair * 0x9E3779B97F4A7C15UL >> 40) & mask;
}
