using CsCheck;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Merging;

public sealed class CompanyLinksTests
{
    private static readonly GoldenId A = new(new Guid("00000000-0000-0000-0000-00000000000a")), B = new(new Guid("00000000-0000-0000-0000-00000000000b"));

    [Fact]
    public void A_mailbox_at_a_free_provider_tells_no_company() =>
        Assert.Null(CompanyLinks.Choose(Of((Field.Email, "ada@gmail.com")), [(A, Of((Field.Company, "Gmail"), (Field.Domain, "gmail.com")))]));

    [Fact]
    public void The_domain_outweighs_another_name() =>
        Assert.Equal(
            new CompanyLink(A, CompanyLinkRule.Domain),
            CompanyLinks.Choose(Of((Field.Email, "ada@keldorf.example"), (Field.Company, "Freelance")), [(A, Of((Field.Company, "Keldorf Bakery"), (Field.Domain, "keldorf.example")))]));

    [Fact]
    public void Of_the_sites_of_one_domain_the_one_in_the_contacts_town_is_it() =>
        Assert.Equal(
            B,
            CompanyLinks.Choose(
                Of((Field.Email, "ada@keldorf.example"), (Field.City, "LEIPZIG")),
                [(A, Of((Field.Company, "Keldorf"), (Field.Domain, "keldorf.example"), (Field.City, "Kassel"))), (B, Of((Field.Company, "Keldorf"), (Field.Domain, "keldorf.example"), (Field.City, "Leipzig")))])!.Value.Company);

    [Fact]
    public void A_variant_of_the_name_decides_between_two_companies_of_one_domain() =>
        Assert.Equal(
            B,
            CompanyLinks.Choose(
                Of((Field.Email, "ada@keldorf.example"), (Field.Company, "Ravenswood Dental")),
                [(A, Of((Field.Company, "Keldorf Bakery"), (Field.Domain, "keldorf.example"))), (B, Of((Field.Company, "Dental Practice Ravenswood"), (Field.Domain, "keldorf.example")))])!.Value.Company);

    [Fact]
    public void A_name_in_another_town_or_at_another_domain_is_not_enough()
    {
        Assert.Null(CompanyLinks.Choose(Of((Field.Company, "Keldorf"), (Field.City, "Kassel")), [(A, Of((Field.Company, "Keldorf"), (Field.City, "Leipzig")))]));
        Assert.Null(CompanyLinks.Choose(Of((Field.Company, "Keldorf"), (Field.Email, "ada@other.example")), [(A, Of((Field.Company, "Keldorf"), (Field.Domain, "keldorf.example")))]));
        Assert.Equal(CompanyLinkRule.Name, CompanyLinks.Choose(Of((Field.Company, "Keldorf")), [(A, Of((Field.Company, "Keldorf"), (Field.City, "Leipzig")))])!.Value.Rule);
    }

    [Fact]
    public void A_word_that_many_companies_are_called_by_is_no_name() =>
        Assert.Null(CompanyLinks.Choose(
            Of((Field.Company, "Freelance"), (Field.Postcode, "1")),
            [.. Enumerable.Range(1, 51).Select(i => (new GoldenId(Guid.Parse($"00000000-0000-0000-0000-{i:000000000000}")), Of((Field.Company, "Freelance"), (Field.Postcode, $"{i}"))))]));

    [Fact]
    public void The_order_of_the_companies_does_not_matter()
    {
        var company = Gen.Select(Gen.OneOf("Keldorf", "Keldorf Bakery", "Ravenswood"), Gen.OneOf("keldorf.example", "ravenswood.example"), Gen.OneOf("Kassel", "Leipzig", ""))
            .Select((name, domain, city) => Of((Field.Company, name), (Field.Domain, domain), (Field.City, city)));
        Gen.Select(company.Array[1, 5], Gen.OneOf("Keldorf", "Keldorf Bakery", ""), Gen.OneOf("ada@keldorf.example", "ada@gmail.com"), Gen.OneOf("Kassel", "")).Sample((companies, name, email, city) =>
        {
            var contact = Of((Field.Company, name), (Field.Email, email), (Field.City, city));
            var all = companies.Select((c, i) => (new GoldenId(Guid.Parse($"00000000-0000-0000-0000-{i:000000000000}")), c)).ToList();
            Assert.Equal(CompanyLinks.Choose(contact, all), CompanyLinks.Choose(contact, [.. all.AsEnumerable().Reverse()]));
        });
    }

    private static FieldValues Of(params (Field Field, string Value)[] values)
    {
        var builder = new FieldValues.Builder();
        foreach (var (field, value) in values.Where(v => v.Value.Length > 0)) builder[field] = value;
        return builder.Build();
    }
}
