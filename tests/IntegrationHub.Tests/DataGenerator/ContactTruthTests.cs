using System.Globalization;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;
using IntegrationHub.DataGenerator.Traps;
using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Normalising;
using PhoneNumbers;

namespace IntegrationHub.Tests.DataGenerator;

public sealed class ContactTruthTests
{
    private const int Records = 60_000;

    private static readonly Lazy<(Dictionary<string, ContactRow> Rows, List<TrapPair> Traps)> Sample = new(() =>
    {
        var batches = new ContactWorld(43, Records).Batches(b => b).ToList();
        return (batches.SelectMany(b => b.Rows).ToDictionary(r => r.Id), [.. batches.SelectMany(b => b.Traps)]);
    });

    public static TheoryData<string> LandCodes => [.. Lands.All.Select(l => l.Code)];

    [Theory]
    [MemberData(nameof(LandCodes))]
    public void Every_number_is_valid_in_its_country_and_of_its_kind(string code)
    {
        var land = Lands.All.Single(l => l.Code == code);
        var numbers = PhoneNumberUtil.GetInstance();
        var dice = Dice.For(1, Purpose.Circle, 1);
        for (var i = 0; i < 40; i++)
            foreach (var town in land.Towns.Items)
            {
                var index = 1_000_003L * i + town.Index;
                var home = numbers.Parse(PhoneLine.FixedOf(town, index, dice).E164, null);
                Assert.True(numbers.IsValidNumberForRegion(home, code), $"{town.Name.Text} {home}");
                Assert.True(numbers.GetNumberType(home) is PhoneNumberType.FIXED_LINE or PhoneNumberType.FIXED_LINE_OR_MOBILE, $"{home}");
                var own = numbers.Parse(PhoneLine.MobileOf(town, index, dice).E164, null);
                Assert.True(numbers.IsValidNumberForRegion(own, code), $"{town.Name.Text} {own}");
                Assert.True(numbers.GetNumberType(own) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE, $"{own}");
            }
    }

    [Fact]
    public void Numbers_of_different_people_in_one_area_differ()
    {
        var town = Lands.All[0].Towns.Items.First(t => t.Areas.Length == 1);
        var dice = Dice.For(1, Purpose.Circle, 1);
        Assert.Equal(200_000, Enumerable.Range(0, 200_000).Select(i => PhoneLine.MobileOf(town, i, dice).E164).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(LandCodes))]
    public void A_postcode_belongs_to_its_town_and_is_one_of_its_country(string code)
    {
        var dice = Dice.For(2, Purpose.Circle, 1);
        foreach (var town in Lands.All.Single(l => l.Code == code).Towns.Items)
            for (var i = 0; i < 20; i++)
            {
                var postcode = Address.In(town, dice).Postcode;
                Assert.True(town.Has(postcode), $"{town.Name.Text} {postcode}");
                Assert.Empty(Addresses.NormaliseParts(null, null, null, town.Name.Text, null, postcode, code, null).Issues);
            }
    }

    [Fact]
    public void Most_phones_in_the_file_are_valid_and_some_are_slips_or_placeholders()
    {
        var rows = Sample.Value.Rows.Values.Where(r => r.Phone.Length > 0).ToArray();
        var regions = Lands.All.SelectMany(l => l.Names.Select(n => (n, l.Code))).ToDictionary(p => p.n, p => p.Code);
        var known = rows.Where(r => regions.ContainsKey(r.Country) && r.Street.Length > 0).ToArray();
        var usable = known.Count(r => Phones.Normalise(r.Phone, regions[r.Country]).Value is not null) / (double)known.Length;
        Assert.InRange(usable, 0.95, 0.995);
    }

    [Fact]
    public void Ages_are_those_of_people_who_have_contracts()
    {
        var days = Sample.Value.Rows.Values.Select(r => r.BirthDate)
            .Where(d => d.Length == 10 && d[4] == '-' && d is not ("1900-01-01" or "1970-01-01"))
            .Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();
        Assert.All(days, d => Assert.InRange(d, new DateOnly(1936, 1, 1), new DateOnly(2011, 1, 1)));
    }

    [Fact]
    public void Records_were_made_before_they_changed_and_neither_tomorrow() => Assert.All(Sample.Value.Rows.Values, r =>
    {
        Assert.True(string.CompareOrdinal(r.CreatedAt, r.UpdatedAt) <= 0, r.Id);
        Assert.True(string.CompareOrdinal(r.UpdatedAt, "2026-11-01") <= 0, r.Id);
    });

    [Fact]
    public void An_own_mailbox_in_two_records_means_one_person_or_one_family()
    {
        var strangers = Sample.Value.Rows.Values
            .Where(r => r.Email.Contains('@') && !IsShared(r.Email)).GroupBy(r => EmailAddresses.Normalise(r.Email).Key).Where(g => g.Key is not null)
            .Where(g => g.Select(r => r.Truth).Distinct().Count() > 1).ToArray();

        // A slip may turn one mailbox into another's; nothing else may.
        Assert.InRange(strangers.Length, 0, Records / 2_000);
    }

    [Fact]
    public void Records_of_one_person_mostly_have_something_in_common()
    {
        var pairs = Sample.Value.Rows.Values.GroupBy(r => r.Truth).Where(g => g.Count() == 2).Select(g => g.ToArray()).ToArray();
        var lost = pairs.Count(p => !Share(p[0], p[1]));
        Assert.InRange(lost / (double)pairs.Length, 0.005, 0.05);
    }

    [Fact]
    public void Trap_pairs_are_records_of_two_people()
    {
        var (rows, traps) = Sample.Value;
        Assert.All(traps, t => Assert.NotEqual(rows[t.IdA].Truth, rows[t.IdB].Truth));
        Assert.Equal(traps.Count, traps.Select(t => (t.IdA, t.IdB)).Distinct().Count());
        Assert.Equal(["colleagues", "father_and_son", "namesakes", "twins", "undecidable"], traps.Select(t => t.Kind).Distinct().Order(StringComparer.Ordinal));
        foreach (var kind in traps.GroupBy(t => t.Kind)) Assert.True(kind.Count() >= Records / 500, $"{kind.Key} {kind.Count()}");
    }

    [Fact]
    public void A_pair_is_decidable_just_when_its_records_contradict_each_other()
    {
        var (rows, traps) = Sample.Value;
        Assert.All(traps, t => Assert.Equal(t.Kind != TrapPair.Undecidable, t.Decidable));
        foreach (var trap in traps)
        {
            var (a, b) = (rows[trap.IdA], rows[trap.IdB]);
            Assert.All(trap.Contradicts.Split(' ', StringSplitOptions.RemoveEmptyEntries), what => Assert.True(Contradict(what, a, b), $"{what} of {trap.IdA} and {trap.IdB}"));
        }
    }

    [Fact]
    public void Undecidable_pairs_have_no_birth_date_that_tells_them_apart()
    {
        var (rows, traps) = Sample.Value;
        var told = traps.Where(t => !t.Decidable).Count(t =>
            rows[t.IdA].BirthDate is { Length: > 0 } a && rows[t.IdB].BirthDate is { Length: > 0 } b && a[4] == '-' && b[4] == '-' && a != b && !IsPlaceholder(a) && !IsPlaceholder(b));

        // A wrong birth date contradicts by mistake, and so counts for nothing.
        Assert.InRange(told, 0, traps.Count / 200);
    }

    [Fact]
    public void Families_share_an_address_and_a_surname_and_colleagues_a_domain()
    {
        var rows = Sample.Value.Rows.Values;
        var homes = rows.Where(r => r.Street.Length > 0 && r.Postcode.Length > 0 && r.LastName.Length > 0).GroupBy(r => (r.Street, r.Postcode, r.LastName));
        Assert.True(homes.Count(g => g.Select(r => r.Truth).Distinct().Count() > 1) > Records / 200);
        var domains = rows.Where(r => r.Email.Contains('@')).GroupBy(r => r.Email.Trim().ToLowerInvariant().Split('@')[1]).Where(g => g.Select(r => r.Truth).Distinct().Count() is > 3 and < 200);
        Assert.True(domains.Count() > Records / 200);
    }

    [Fact]
    public void A_million_rows_take_no_more_memory_than_a_hundred_thousand()
    {
        long rows = 0, early = 0;
        foreach (var count in new ContactWorld(44, 1_000_000).Batches(b => b.Rows.Count))
        {
            rows += count;
            if (early == 0 && rows > 100_000) early = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Equal(1_000_000, rows);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - early, long.MinValue, 24_000_000);
    }

    private static bool IsShared(string email) =>
        email.Split('@')[0].ToLowerInvariant() is var local
        && (local is "info" or "office" or "contact" or "sales" or "hello" or "admin" or "test" or "none" or "na" or "no" or "noemail" or "asdf"
            || local.StartsWith("fam", StringComparison.Ordinal) || local.StartsWith("the", StringComparison.Ordinal) || local.Contains("family", StringComparison.Ordinal));

    private static bool IsPlaceholder(string day) => day is "1900-01-01" or "1970-01-01";

    private static bool Share(ContactRow a, ContactRow b) =>
        Same(EmailAddresses.Normalise(a.Email).Key, EmailAddresses.Normalise(b.Email).Key) || Same(Digits(a.Phone), Digits(b.Phone)) || Same(a.BirthDate, b.BirthDate)
        || Same(a.Postcode.Replace(" ", "").ToUpperInvariant(), b.Postcode.Replace(" ", "").ToUpperInvariant()) || Same(FirstWord(a.Company), FirstWord(b.Company));

    private static bool Same(string? a, string? b) => !string.IsNullOrEmpty(a) && a == b;

    private static string FirstWord(string text) => text.Trim().Split(' ')[0].ToLowerInvariant();

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit)) is { Length: >= 7 } digits ? digits[^7..] : "";

    private static bool Contradict(string what, ContactRow a, ContactRow b) => what switch
    {
        "birth_date" => Differ(a.BirthDate, b.BirthDate),
        "suffix" => Differ(SuffixOf(a), SuffixOf(b)),
        "given_name" => Differ(GivenOf(a), GivenOf(b)),
        "work_email" => Differ(a.Email.ToUpperInvariant(), b.Email.ToUpperInvariant())
            && string.Equals(a.Email.Trim().Split('@')[1], b.Email.Trim().Split('@')[1], StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool Differ(string a, string b) => a.Length > 0 && b.Length > 0 && a != b;

    private static string Whole(ContactRow r) => r.FullName.Length > 0 ? r.FullName : string.Join(' ', new[] { r.FirstName, r.LastName, r.Suffix }.Where(p => p.Length > 0));

    private static string GivenOf(ContactRow r) => r.FullName.Length > 0 ? r.FullName.ToUpperInvariant() : r.FirstName.ToUpperInvariant();

    // Jun is a given name as well: hence all such words, not the first.
    private static string SuffixOf(ContactRow r) =>
        string.Join(' ', Whole(r).ToUpperInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Where(w => w is "SR" or "JR" or "SEN" or "JUN").Distinct().Order(StringComparer.Ordinal));
}
