using CsCheck;
using IntegrationHub.Normalising;
using Parser = IntegrationHub.Normalising.Addresses;

namespace IntegrationHub.Tests.Normalising.Addresses;

public sealed class AddressTests
{
    [Theory]
    [InlineData("US", "500 E Oak Street #12 Cedar Rapids IA 52401", "500", "E Oak Street", "#12", "Cedar Rapids", "IA", "52401")]
    [InlineData("US", "77 Fifth Ave, Suite 400, New York, NY 10003-1234", "77", "Fifth Ave", "Suite 400", "New York", "NY", "10003-1234")]
    [InlineData("US", "9 Lake Rd, Springfield, Illinois", "9", "Lake Rd", null, "Springfield", "IL", null)]
    [InlineData("US", "120 US Highway 70, Hickory NC 28601", "120", "US Highway 70", null, "Hickory", "NC", "28601")]
    [InlineData("CA", "44 King St W\nToronto ON M5H1A1", "44", "King St W", null, "Toronto", "ON", "M5H 1A1")]
    [InlineData("GB", "Flat 3, 21 Mill Lane, Norwich, Norfolk NR3 1AA", "21", "Mill Lane", "Flat 3", "Norwich", null, "NR3 1AA")]
    [InlineData("GB", "7 Station Rd Leeds ls14dy", "7", "Station Rd", null, "Leeds", null, "LS1 4DY")]
    [InlineData("AU", "3/45 Smith Street, Richmond VIC 3121", "45", "Smith Street", "3", "Richmond", "VIC", "3121")]
    [InlineData("NZ", "12 Queen Street, Auckland 1010", "12", "Queen Street", null, "Auckland", null, "1010")]
    [InlineData("IE", "5 Patrick Street, Cork, T12 AB34", "5", "Patrick Street", null, "Cork", null, "T12 AB34")]
    [InlineData("DE", "Lange Straße 12a, 70173 Stuttgart", "12a", "Lange Straße", null, "Stuttgart", null, "70173")]
    [InlineData("AT", "Mariahilfer Straße 5/12, 1060 Wien", "5/12", "Mariahilfer Straße", null, "Wien", null, "1060")]
    [InlineData("CH", "Bahnhofstrasse 1, CH-8001 Zürich", "1", "Bahnhofstrasse", null, "Zürich", null, "8001")]
    [InlineData("FR", "12 bis rue de la Paix, 75002 Paris", "12 bis", "rue de la Paix", null, "Paris", null, "75002")]
    [InlineData("NL", "Keizersgracht 100-2, 1015AA Amsterdam", "100-2", "Keizersgracht", null, "Amsterdam", null, "1015 AA")]
    [InlineData("ES", "Calle Mayor, 5, 28013 Madrid", "5", "Calle Mayor", null, "Madrid", null, "28013")]
    [InlineData("IT", "Via Garibaldi 7, 20121 Milano MI", "7", "Via Garibaldi", null, "Milano", "MI", "20121")]
    public void Splits_an_address_by_the_rules_of_its_country(
        string region, string raw, string? number, string? street, string? unit, string? city, string? state, string? postcode)
    {
        var a = Parser.Normalise(raw, region);
        Assert.Equal((number, street, unit, city, state, postcode), (a.Number, a.Street, a.Unit, a.City, a.State, a.Postcode));
    }

    [Fact]
    public void The_country_that_the_address_names_beats_the_region()
    {
        var a = Parser.Normalise("Lange Straße 12, 70173 Stuttgart, Germany", "US");
        Assert.Equal(("DE", "70173", "Stuttgart"), (a.Country, a.Postcode, a.City));
    }

    [Fact]
    public void The_streets_cell_may_hold_number_and_unit()
    {
        var a = Parser.NormaliseParts(null, "500 Oak St Apt 4", null, "Boston", "Massachusetts", "02110", "USA", null);
        Assert.Equal(("500", "Oak St", "Apt 4", "Boston", "MA", "02110", "US"), (a.Number, a.Street, a.Unit, a.City, a.State, a.Postcode, a.Country));
        var german = Parser.NormaliseParts(null, "Hauptstraße 12", null, "Köln", null, "D-50667", "Deutschland", null);
        Assert.Equal(("12", "Hauptstraße", "50667", "DE"), (german.Number, german.Street, german.Postcode, german.Country));
    }

    [Fact]
    public void A_postal_code_of_another_shape_is_kept_and_flagged()
    {
        var a = Parser.NormaliseParts(null, null, null, "Boston", "MA", "1234", "US", null);
        Assert.Equal("1234", a.Postcode);
        Assert.Contains(AddressIssues.BadPostcode, a.Issues);
    }

    [Fact]
    public void Parts_normalised_twice_change_nothing_more()
    {
        var cell = HostileText.Around("12a Main St Apt 4, Berlin 10115 #/-ß");

        Gen.Select(cell, cell, cell, HostileText.Region).Sample(
            (street, city, postcode, region) =>
            {
                var once = Parser.NormaliseParts(null, street, null, city, null, postcode, null, region);
                var twice = Parser.NormaliseParts(once.Number, once.Street, once.Unit, once.City, once.State, once.Postcode, once.Country, region);
                return (once.Street, once.Number, once.Unit, once.City, once.Postcode) == (twice.Street, twice.Number, twice.Unit, twice.City, twice.Postcode);
            },
            iter: 5_000);
    }

    [Fact]
    public void The_whole_normalised_twice_changes_nothing_more() =>
        Gen.Select(HostileText.Around("12a Main St Apt 4,\nBerlin 10115 #/-ß Flat Co. NY;"), HostileText.Region).Sample(
            (raw, region) =>
            {
                var once = Parser.Normalise(raw, region);
                if (once.Value is null) return true;
                var twice = Parser.Normalise(once.Value, region);
                return once.Value == twice.Value && (once.Number, once.Street, once.Unit, once.City, once.Postcode) == (twice.Number, twice.Street, twice.Unit, twice.City, twice.Postcode);
            },
            iter: 10_000);

    [Fact]
    public void A_megabyte_is_rejected_at_once() => Assert.Equal(AddressIssues.TooLong, Assert.Single(Parser.Normalise(new string('1', 1_000_000), "US").Issues));
}
