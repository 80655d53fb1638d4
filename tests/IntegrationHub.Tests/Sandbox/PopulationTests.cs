using System.Text;
using IntegrationHub.Sandbox;
using IntegrationHub.Sandbox.World;
using PhoneNumbers;

namespace IntegrationHub.Tests.Sandbox;

public sealed class PopulationTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Estate Data = Estate.Make(2000, 5, AsOf, 0);

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_from_every_system()
    {
        await using var one = await RunningSandbox.Start(people: 150, seed: 9);
        await using var other = await RunningSandbox.Start(people: 150, seed: 9);
        await using var different = await RunningSandbox.Start(people: 150, seed: 10);
        Assert.Equal(await Everything(one), await Everything(other));
        Assert.NotEqual(await Everything(one), await Everything(different));
    }

    [Fact]
    public void Records_are_about_two_and_a_fifth_a_person() =>
        Assert.InRange(Data.Truth.Count / 2000.0, 2.1, 2.3);

    [Fact]
    public void Every_person_has_a_record() =>
        Assert.Equal(2000, Data.Truth.Select(t => t.Individual).Distinct().Count());

    [Fact]
    public void Every_mobile_and_landline_is_valid_in_its_country()
    {
        var numbers = PhoneNumberUtil.GetInstance();
        var wrong = Data.People.SelectMany(p => new[] { p.Mobile, p.Home.Landline, p.DirectLine, p.Employer?.Switchboard }).OfType<Phone>().Distinct()
            .Where(p => !numbers.IsValidNumberForRegion(numbers.Parse(p.E164, null), p.Country.Code)
                && !(p.Country.CallingCode == "1" && numbers.IsValidNumber(numbers.Parse(p.E164, null))))
            .Select(p => p.E164).ToList();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_style_of_a_phone_is_read_back_as_the_same_number()
    {
        var numbers = PhoneNumberUtil.GetInstance();
        var dice = new Dice(3);
        Assert.All(Data.People.Take(500), p =>
        {
            var written = Spelling.Written(p.Mobile, dice, abroad: 0.5);
            Assert.Equal(p.Mobile.E164, numbers.Format(numbers.Parse(written, p.Country.Code), PhoneNumberFormat.E164));
        });
    }

    [Fact]
    public void Nobody_owns_the_mailbox_of_somebody_else()
    {
        var owned = Data
            .People.SelectMany(p => new[] { p.PrivateMail, p.FormerMail, p.WorkMail })
            .OfType<string>()
            .Select(m => m.Split('@'))
            .Select(m => m[0].Replace(".", "") + "@" + m[1])
            .ToList();
        Assert.Equal(owned.Count, owned.Distinct().Count());
    }

    [Fact]
    public void Every_company_has_a_domain_of_its_own()
    {
        var employers = Data.People.Select(p => p.Employer).OfType<Employer>().Distinct().ToList();
        Assert.Equal(employers.Count, employers.Select(e => e.Domain).Distinct().Count());
    }

    [Fact]
    public void Surnames_are_as_uneven_as_in_life()
    {
        var counts = Data.People.Where(p => p.Country.Code == "US").GroupBy(p => p.Surname).Select(g => g.Count()).OrderDescending().ToList();
        var people = counts.Sum();
        Assert.InRange(counts[0] / (double)people, 0.01, 0.06);
        Assert.InRange(counts.Count(c => c == 1) / (double)people, 0.05, 0.5);
    }

    [Fact]
    public void The_postcode_belongs_to_the_city() => Assert.All(Data.People, p => Assert.True(
        p.Home.Address.City.Name switch
        {
            "Chicago" => string.CompareOrdinal(p.Home.Address.Postcode, "60601") >= 0 && string.CompareOrdinal(p.Home.Address.Postcode, "60661") <= 0,
            "Lyon" => p.Home.Address.Postcode.StartsWith("6900", StringComparison.Ordinal),
            "Dresden" => p.Home.Address.Postcode.StartsWith("010", StringComparison.Ordinal),
            "Manchester" => p.Home.Address.Postcode.StartsWith('M'),
            "Toronto" => p.Home.Address.Postcode.StartsWith('M'),
            _ => true,
        }, $"{p.Home.Address.City.Name} {p.Home.Address.Postcode}"));

    [Fact]
    public void Twins_differ_in_the_given_name_and_father_and_son_in_birth_date_mobile_and_mailbox()
    {
        var homes = Estate.Make(20_000, 5, AsOf, 0).People.GroupBy(p => p.Home).Select(h => h.ToList()).ToList();
        var twins = homes.Select(h => h.Where(p => p.Snares.HasFlag(Snare.Twin)).ToList()).Where(h => h.Count == 2).ToList();
        var heirs = homes.Select(h => h.Where(p => p.Snares.HasFlag(Snare.SeniorJunior)).ToList()).Where(h => h.Count == 2).ToList();
        Assert.NotEmpty(twins);
        Assert.NotEmpty(heirs);
        Assert.All(
            twins,
            t =>
                Assert.True(
                    t[0].Birth == t[1].Birth && t[0].Surname == t[1].Surname && t[0].Given != t[1].Given && t[0].PrivateMail != t[1].PrivateMail
                )
        );
        Assert.All(
            heirs,
            h =>
                Assert.True(
                    h[0].Given == h[1].Given
                        && h[0].Surname == h[1].Surname
                        && h[0].Birth != h[1].Birth
                        && h[0].Mobile != h[1].Mobile
                        && h[0].Suffix != h[1].Suffix
                )
        );
    }

    [Fact]
    public void A_record_of_someone_with_a_double_has_a_value_of_their_own()
    {
        var estate = Estate.Make(20_000, 5, AsOf, 0);
        var spread = Spread.Of(estate.People, 5);
        var doubles = new[] { spread.HubSpot, spread.Mailchimp, spread.Shopify, spread.Salesforce, spread.Badges }.SelectMany(l => l)
            .Where(e => (e.Of.Snares & (Snare.SeniorJunior | Snare.Namesake)) != 0).ToList();
        Assert.NotEmpty(doubles);
        Assert.All(
            doubles,
            e =>
                Assert.True(
                    e.Mail is not null && e.Mail != e.Of.Home.FamilyMail || e.Mobile is not null || e.Birth is not null,
                    $"{e.Of.Number} {e.Given} {e.Surname}"
                )
        );
    }

    [Fact]
    public void Nothing_was_changed_within_the_last_hour()
    {
        var latest = AsOf.AddHours(-1);
        Assert.All(Data.HubSpot.Contacts, c => Assert.True(c.Modified <= latest && c.Created <= c.Modified));
        Assert.All(Data.Mailchimp.Lists.SelectMany(l => l.Members), m => Assert.True(m.LastChanged <= latest));
        Assert.All(Data.Shopify.Customers.Values, c => Assert.True(c.Updated <= latest && c.Created <= c.Updated));
        Assert.All(Data.Shopify.Orders.Values, o => Assert.True(o.Updated <= latest));
    }

    [Fact]
    public void One_bulk_edit_gave_many_contacts_the_same_instant() =>
        Assert.InRange(Data.HubSpot.Contacts.GroupBy(c => c.Modified).Max(g => g.Count()) / (double)Data.HubSpot.Contacts.Count, 0.15, 0.5);

    [Fact]
    public void Marks_get_lost_and_garbled_as_programs_do_it()
    {
        Assert.Equal("Mueller", Spelling.WithoutMarks("Müller", german: true));
        Assert.Equal("Lefevre", Spelling.WithoutMarks("Lefèvre", german: false));
        Assert.Equal("Gross", Spelling.WithoutMarks("Groß", german: true));
        Assert.Equal("MÃ¼ller", Spelling.Garbled("Müller"));
    }

    private static async Task<string> Everything(RunningSandbox sandbox)
    {
        var all = new StringBuilder();
        await using (var truth = new StringWriter(all)) sandbox.Server.Estate.WriteTruth(truth);
        all.Append((await sandbox.HubSpot("/crm/v3/objects/contacts?limit=100&properties=email,firstname,lastname,phone,company")).Text);
        all.Append((await sandbox.Mailchimp("/lists/abc123def4/members?count=1000")).Text);
        all.Append(
            (
                await sandbox.Shopify(
                    "{customers(first:100){nodes{id firstName lastName defaultEmailAddress{emailAddress} updatedAt}} orders(first:100){nodes{id name updatedAt}}}"
                )
            ).Text
        );
        foreach (var file in Directory.GetFiles(sandbox.Server.Estate.Files.Folder!).Order(StringComparer.Ordinal))
            all.Append(await File.ReadAllTextAsync(file));
        return all.ToString();
    }
}
