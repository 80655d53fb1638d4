using IntegrationHub.Engine.Actions;
using IntegrationHub.Merging;
using IntegrationHub.Store;

namespace IntegrationHub.Tests.Engine;

public sealed class LinkTests
{
    private static object Ada(string? email = "ada@nordlicht-beispiel.de", string? company = null, string? city = null) => new { name = "Ada Byron", email, company, city };

    [Fact]
    public async Task A_contact_is_linked_to_the_company_at_whose_domain_the_mailbox_is()
    {
        await using var hub = await TestHub.CreateWithCompanies();
        var (crm, rows) = await hub.AddSource();
        rows.Put("1", Ada());
        MemorySystem.CompaniesOf(crm).Put("c", new { name = "Nordlicht Energie GmbH", site = "https://www.nordlicht-beispiel.de" });

        await hub.Sync();

        Assert.Equal(("Nordlicht Energie", CompanyLinkRule.Domain), await CompanyOf(hub, crm, "1"));
        Assert.Equal(1, (await Show(hub, $"{crm}/companies/c")).Contacts);
    }

    [Fact]
    public async Task A_company_that_comes_later_changes_or_goes_takes_the_link_with_it()
    {
        await using var hub = await TestHub.CreateWithCompanies();
        var (crm, rows) = await hub.AddSource();
        var companies = MemorySystem.CompaniesOf(crm);
        rows.Put("1", Ada());
        await hub.Sync();
        Assert.Null(await CompanyOf(hub, crm, "1"));

        companies.Put("c", new { name = "Nordlicht", site = "nordlicht-beispiel.de" });
        await hub.Sync();
        Assert.Equal("Nordlicht", (await CompanyOf(hub, crm, "1"))?.Name);

        companies.Put("c", new { name = "Nordlicht", site = "anderes-beispiel.de" });
        await hub.Sync();
        Assert.Null(await CompanyOf(hub, crm, "1"));

        companies.Put("c", new { name = "Nordlicht", site = "nordlicht-beispiel.de" });
        await hub.Sync();
        companies.Delete("c");
        await hub.Sync();
        Assert.Null(await CompanyOf(hub, crm, "1"));
        foreach (var stage in Enum.GetValues<Stage>()) Assert.Equal(0, await hub.Store.Work.Count(stage, default));
    }

    [Fact]
    public async Task Where_two_companies_share_a_domain_the_one_that_leaves_it_gives_the_contact_to_the_other()
    {
        await using var hub = await TestHub.CreateWithCompanies();
        var (crm, rows) = await hub.AddSource();
        var companies = MemorySystem.CompaniesOf(crm);
        rows.Put("1", Ada());
        companies.Put("a", new { name = "Keldorf Bakery", site = "nordlicht-beispiel.de", city = "Kassel", street = "Mill Lane 1" });
        companies.Put("b", new { name = "Ravenswood Plumbing", site = "nordlicht-beispiel.de", city = "Leipzig", street = "Oak Street 7" });
        await hub.Sync();
        Assert.Null(await CompanyOf(hub, crm, "1"));

        companies.Put("b", new { name = "Ravenswood Plumbing", site = "ravenswood-beispiel.de", city = "Leipzig", street = "Oak Street 7" });
        await hub.Sync();
        Assert.Equal("Keldorf Bakery", (await CompanyOf(hub, crm, "1"))?.Name);
    }

    [Fact]
    public async Task The_order_of_arrival_does_not_matter()
    {
        async Task<(string? Name, CompanyLinkRule Rule)?> Linked(bool companiesFirst)
        {
            await using var hub = await TestHub.CreateWithCompanies();
            var (crm, rows) = await hub.AddSource();
            void Companies()
            {
                MemorySystem.CompaniesOf(crm).Put("a", new { name = "Keldorf Bakery GmbH", city = "Kassel", street = "Mill Lane 1" });
                MemorySystem.CompaniesOf(crm).Put("b", new { name = "Keldorf Bakery AG", city = "Leipzig", street = "Oak Street 7" });
            }

            void Contacts() => rows.Put("1", Ada("ada@gmail.com", "The Keldorf Bakery", "Leipzig"));
            if (companiesFirst) Companies();
            else Contacts();
            await hub.Sync();
            if (companiesFirst) Contacts();
            else Companies();
            await hub.Sync();
            return await CompanyOf(hub, crm, "1");
        }

        Assert.Equal(CompanyLinkRule.NameAndPlace, (await Linked(true))!.Value.Rule);
        Assert.Equal(await Linked(true), await Linked(false));
    }

    private static Task<GoldenDetail> Show(TestHub hub, string key) => hub.Get<Contacts>().Show(key, default);

    private static async Task<(string? Name, CompanyLinkRule Rule)?> CompanyOf(TestHub hub, string source, string id) =>
        (await Show(hub, $"{source}/contacts/{id}")).Company is { } company ? (company.Name, company.Rule) : null;
}
