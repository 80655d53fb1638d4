using System.Security.Cryptography;
using System.Text;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;
using IntegrationHub.DataGenerator.World;
using IntegrationHub.DataGenerator.Writing;

namespace IntegrationHub.Tests.DataGenerator;

public sealed class ContactWorldTests
{
    private static readonly Lazy<ContactRow[]> Sample = new(() => [.. new ContactWorld(41, 60_000).Rows()]);

    [Fact]
    public void The_same_seed_gives_the_same_rows() => Assert.Equal(Digest(new ContactWorld(5, 40_000)), Digest(new ContactWorld(5, 40_000)));

    [Fact]
    public void Another_seed_gives_other_rows() => Assert.NotEqual(Digest(new ContactWorld(5, 500)), Digest(new ContactWorld(6, 500)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9_999)]
    [InlineData(50_001)]
    public void There_are_as_many_rows_as_asked_for_each_with_an_id_of_its_own(int records)
    {
        var ids = new ContactWorld(7, records).Rows().Select(r => int.Parse(r.Id)).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, records), ids);
    }

    [Fact]
    public void There_are_as_many_people_as_asked_for()
    {
        var people = ContactWorld.OfPeople(7, 3_001).Rows().Select(r => r.Truth).Distinct().Order().ToArray();
        Assert.Equal(Enumerable.Range(0, 3_001).Select(n => (long)n), people);
    }

    [Fact]
    public void An_id_tells_nothing_of_who_it_is()
    {
        var byPerson = Sample.Value.GroupBy(r => r.Truth).Where(g => g.Count() == 2).Select(g => g.Select(r => double.Parse(r.Id)).ToArray()).ToArray();
        var mean = byPerson.Average(p => Math.Abs(p[0] - p[1]));
        Assert.InRange(mean, 60_000 / 3.0 * 0.97, 60_000 / 3.0 * 1.03); // The mean distance of two numbers drawn from 1 … n is n / 3.
    }

    [Fact]
    public void People_have_one_to_eight_records_and_two_point_two_on_average()
    {
        var sizes = Sample.Value.GroupBy(r => r.Truth).Select(g => g.Count()).ToArray();
        Assert.Equal(8, sizes.Max());
        Assert.InRange(sizes.Average(), 2.1, 2.3);
        Assert.InRange(sizes.Count(s => s <= 3) / (double)sizes.Length, 0.8, 0.9);
    }

    [Theory]
    [InlineData("first_name", 0.77, 0.85)]
    [InlineData("last_name", 0.76, 0.84)]
    [InlineData("full_name", 0.08, 0.13)]
    [InlineData("email", 0.90, 0.95)]
    [InlineData("phone", 0.43, 0.55)]
    [InlineData("company", 0.19, 0.35)]
    [InlineData("street", 0.4, 0.5)]
    [InlineData("postcode", 0.39, 0.5)]
    [InlineData("city", 0.55, 0.7)]
    [InlineData("country", 0.6, 0.75)]
    [InlineData("birth_date", 0.1, 0.2)]
    public void Each_field_is_filled_about_as_often_as_in_real_systems(string column, double least, double most)
    {
        var at = ContactRow.Columns.ToList().IndexOf(column);
        Assert.InRange(Sample.Value.Count(r => r.Cells()[at].Length > 0) / 60_000.0, least, most);
    }

    [Fact]
    public void The_newsletter_knows_no_address_and_the_shop_hardly_a_company()
    {
        Assert.All(Sample.Value.Where(r => r.Source == "newsletter"), r => Assert.Equal("", r.Street));
        var shop = Sample.Value.Where(r => r.Source == "shop").ToArray();
        Assert.InRange(shop.Count(r => r.Company.Length > 0) / (double)shop.Length, 0.01, 0.1);
    }

    [Fact]
    public void Every_record_has_a_name_or_a_mailbox() => Assert.All(Sample.Value, r => Assert.True((r.FirstName + r.LastName + r.FullName + r.Email).Length > 0, r.Id));

    [Fact]
    public void Nobody_has_the_mailbox_of_another()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var who in People(60_000))
            foreach (var mailbox in who.OwnMailboxes)
                Assert.True(seen.Add(WithoutDots(mailbox.Address)), mailbox.Address);
        Assert.InRange(seen.Count, 70_000, 180_000);
    }

    [Fact]
    public void No_company_has_the_domain_of_another()
    {
        var economy = new Economy(3, 20_000_000);
        foreach (var land in Lands.All)
        {
            var companies = (int)economy.CountIn(land);
            Assert.True(companies > 300_000, land.Code);
            var domains = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < 300_000; i++) Assert.True(domains.Add(economy.Make(land, i).Domain), land.Code);
        }
    }

    [Fact]
    public void Numbers_of_a_permutation_come_once_each()
    {
        foreach (var size in new[] { 1, 2, 3, 100, 4_097 })
            Assert.Equal(Enumerable.Range(0, size).Select(n => (long)n), Enumerable.Range(0, size).Select(n => new Permutation(size, 9)[n]).Order());
    }

    private static Individual[] People(int count)
    {
        var maker = new CircleMaker(8, new Economy(8, count), ContactWorld.Today);
        var register = new MailboxRegister(count * 2);
        var people = Enumerable.Range(0, count).SelectMany(n => maker.Make(n).People).Take(count).ToArray();
        foreach (var mailbox in people.SelectMany(p => p.OwnMailboxes)) register.Add(mailbox);
        return people;
    }

    private static string WithoutDots(string address)
    {
        var at = address.IndexOf('@');
        return address[..at].Replace(".", "").Replace("_", "") + address[at..];
    }

    private static string Digest(ContactWorld world)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in world.Rows()) hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', row.Cells()) + row.Truth));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
