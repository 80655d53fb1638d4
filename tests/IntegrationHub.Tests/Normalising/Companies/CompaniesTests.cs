using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.Companies;

using Companies = IntegrationHub.Normalising.Companies;

public sealed class CompaniesTests
{
    [Theory]
    [InlineData("Acme Inc.", "Acme", "Inc.")]
    [InlineData("Acme, LLC", "Acme", "LLC")]
    [InlineData("Acme GmbH & Co. KG", "Acme", "GmbH & Co. KG")]
    [InlineData("Acme Widgets Pty Ltd", "Acme Widgets", "Pty Ltd")]
    [InlineData("Nordisk Fisk A/S", "Nordisk Fisk", "A/S")]
    [InlineData("Jabłko Sp. z o.o.", "Jabłko", "Sp. z o.o.")]
    [InlineData("Zahrada s.r.o.", "Zahrada", "s.r.o.")]
    [InlineData("Muebles S.A. de C.V.", "Muebles", "S.A. de C.V.")]
    [InlineData("Boulangerie Martin SARL", "Boulangerie Martin", "SARL")]
    [InlineData("Ferro S.p.A.", "Ferro", "S.p.A.")]
    [InlineData("Kaas B.V.", "Kaas", "B.V.")]
    [InlineData("ООО Ромашка", "Ромашка", "ООО")]
    [InlineData("Butler & Co. Ltd", "Butler & Co.", "Ltd")]
    [InlineData("Hotel and Spa", "Hotel and Spa", null)]
    [InlineData("Johnson & Johnson", "Johnson & Johnson", null)]
    [InlineData("Limited", "Limited", null)]
    public void The_legal_form_is_split_off(string raw, string name, string? form)
    {
        var company = Companies.Normalise(raw);
        Assert.Equal((name, form), (company.Name, company.LegalForm));
    }

    [Theory]
    [InlineData("Smith Ltd t/a Corner Shop", "Smith", "Corner Shop")]
    [InlineData("Smith LLC d/b/a Corner Shop", "Smith", "Corner Shop")]
    [InlineData("Smith Ltd trading as Corner Shop Ltd", "Smith", "Corner Shop")]
    public void A_trade_name_stands_beside_the_legal_name(string raw, string name, string trade)
    {
        var company = Companies.Normalise(raw);
        Assert.Equal((name, trade), (company.Name, company.TradeName));
    }

    [Theory]
    [InlineData("The Acme Company, Inc.", "ACME Co.")]
    [InlineData("Müller & Söhne GmbH", "Muller und Sohne")]
    [InlineData("Smith Intl. Mfg", "smith international manufacturing")]
    [InlineData("Acme Corporation", "Acme Corp")]
    public void Spellings_of_one_company_have_one_key(string a, string b) => Assert.Equal(Companies.Key(a), Companies.Key(b));

    [Fact]
    public void Different_companies_have_different_keys() => Assert.NotEqual(Companies.Key("Acme Widgets Ltd"), Companies.Key("Acme Gadgets Ltd"));

    [Theory]
    [InlineData("n/a")]
    [InlineData("---")]
    [InlineData("test")]
    public void Placeholders_are_rejected(string raw) => Assert.Null(Companies.Normalise(raw).Value);

    [Fact]
    public void Forms_of_forty_jurisdictions_are_known() => Assert.True(LegalForms.All.SelectMany(f => f.Jurisdictions).Distinct().Count() >= 40);

    [Fact]
    public void Normalising_twice_changes_nothing() => Hostile.Strings.Sample(raw =>
    {
        var value = Companies.Normalise(raw).Value;
        return value is null || Companies.Normalise(value).Value == value;
    }, iter: 20_000);
}
