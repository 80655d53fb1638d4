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
    [InlineData("Veldman (Pty) Ltd", "Veldman", "(Pty) Ltd")]
    [InlineData("Kleber-GmbH", "Kleber", "GmbH")]
    [InlineData("Kleber GmbH&Co.KG", "Kleber", "GmbH&Co.KG")]
    [InlineData("Kleber UG (haftungsbeschränkt)", "Kleber", "UG (haftungsbeschränkt)")]
    [InlineData("Harbour Trading Co.,Ltd", "Harbour Trading", "Co.,Ltd")]
    [InlineData("Sklep sp.z o.o.", "Sklep", "sp.z o.o.")]
    [InlineData("Dům spol. s r.o.", "Dům", "spol. s r.o.")]
    [InlineData("Yıldız Sanayi ve Ticaret A.Ş.", "Yıldız", "Sanayi ve Ticaret A.Ş.")]
    [InlineData("株式会社さくら", "さくら", "株式会社")]
    [InlineData("さくら(株)", "さくら", "(株)")]
    [InlineData("上海明月科技有限公司", "上海明月科技", "有限公司")]
    [InlineData("하늘 주식회사", "하늘", "주식회사")]
    [InlineData("บริษัท ดอกบัว จำกัด", "ดอกบัว", "บริษัท จำกัด")]
    [InlineData("ООО «Ромашка»", "Ромашка", "ООО")]
    [InlineData("שמש בע\"מ", "שמש", "בע\"מ")]
    [InlineData("Công ty TNHH Hoa Sen", "Hoa Sen", "Công ty TNHH")]
    [InlineData("Carpintería Sol C.A.", "Carpintería Sol", "C.A.")]
    [InlineData("SC Dacia Mobila SRL", "Dacia Mobila", "SC SRL")]
    [InlineData("SARL Dupont", "Dupont", "SARL")]
    [InlineData("Aktiebolaget Vik", "Vik", "Aktiebolaget")]
    [InlineData("Northern Mines No Liability", "Northern Mines", "No Liability")]
    [InlineData("Reed & Wells P.C. Attorneys at Law", "Reed & Wells Attorneys at Law", "P.C.")]
    [InlineData("Minas do Norte S.A. - Manaus", "Minas do Norte - Manaus", "S.A.")]
    public void The_legal_form_is_split_off(string raw, string name, string? form) => Assert.Equal((name, form), NameAndForm(raw));

    [Theory]
    [InlineData("Meadow Day Spa")]
    [InlineData("Bella Nails & Spa")]
    [InlineData("As You Like It Catering")]
    [InlineData("Workers' Council (P A C)")]
    [InlineData("Erie Foods CA")]
    [InlineData("SCI Engineered Parts")]
    [InlineData("PC Galaxy")]
    [InlineData("SE Optics Lab")]
    [InlineData("Reed & Co")]
    [InlineData("Reed and Company")]
    [InlineData("Pie House Co.")]
    public void A_word_that_looks_like_a_form_stays_in_the_name(string raw) => Assert.Equal((raw, null), NameAndForm(raw));

    [Theory]
    [InlineData("Reed Corp.", "Corp.")]
    [InlineData("Reed Corporation", "Corporation")]
    public void Corp_is_named_as_the_form_and_stays_in_the_name(string raw, string form) => Assert.Equal((raw, form), NameAndForm(raw));

    private static (string? Name, string? Form) NameAndForm(string raw)
    {
        var company = Companies.Normalise(raw);
        return (company.Name, company.LegalForm);
    }

    [Theory]
    [InlineData("Smith Ltd t/a Corner Shop", "Smith", "Corner Shop")]
    [InlineData("Smith LLC d/b/a Corner Shop", "Smith", "Corner Shop")]
    [InlineData("Smith LLC (dba Corner Shop)", "Smith", "Corner Shop")]
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
    public void A_name_of_dozens_of_forms_comes_out_as_it_is_on_a_second_look()
    {
        foreach (var raw in (string[])[string.Concat(Enumerable.Repeat("Ltd.K ", 45)), "Jones Media" + string.Concat(Enumerable.Repeat("Inc. ", 50)), string.Concat(Enumerable.Repeat("spa* ", 50)), string.Concat(Enumerable.Repeat("spa ", 74))])
        {
            var company = Companies.Normalise(raw);
            if (company.Value is { } value) Assert.Equal((value, company.Name), (Companies.Normalise(value).Value, Companies.Normalise(value).Name));
            if (Companies.Transform.Apply(raw, null) is { } bare) Assert.Equal(bare, Companies.Transform.Apply(bare, null));
        }
    }

    [Fact]
    public void Normalising_twice_changes_nothing() => Hostile.Strings.Sample(raw =>
    {
        var value = Companies.Normalise(raw).Value;
        return value is null || Companies.Normalise(value).Value == value;
    }, iter: 20_000);
}
