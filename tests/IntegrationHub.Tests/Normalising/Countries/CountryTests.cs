using CsCheck;
using IntegrationHub.Normalising;
using Table = IntegrationHub.Normalising.Countries;

namespace IntegrationHub.Tests.Normalising.Countries;

public sealed class CountryTests
{
    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("deu", "DE")]
    [InlineData("Allemagne", "DE")]
    [InlineData("U.S.A.", "US")]
    [InlineData("the Netherlands", "NL")]
    [InlineData("Éire", "IE")]
    [InlineData("Kingdom of Norway", "NO")]
    [InlineData("Republic of the Congo", "CG")]
    [InlineData("Democratic Republic of the Congo", "CD")]
    [InlineData("Republic of Korea", "KR")]
    [InlineData("Democratic People's Republic of Korea", "KP")]
    [InlineData("Republic of China", "TW")]
    [InlineData("日本", "JP")]
    [InlineData("Côte d'Ivoire", "CI")]
    [InlineData("276", "DE")]
    [InlineData("SUI", "CH")]
    [InlineData("Yhdysvallat", "US")]
    [InlineData("Németország", "DE")]
    [InlineData("ギリシャ", "GR")]
    [InlineData("Konungariket Sverige", "SE")]
    [InlineData("Burma", "MM")]
    [InlineData("East Germany", "DE")]
    [InlineData("Rhodesia", "ZW")]
    public void Knows_a_country_by_its_names_and_codes(string raw, string code) => Assert.Equal(code, Table.Normalise(raw).Value);

    [Theory]
    [InlineData("Germny", "DE")]
    [InlineData("Untied States", "US")]
    [InlineData("Netherland", "NL")]
    public void A_slip_is_suggested_and_never_applied(string raw, string code)
    {
        var country = Table.Normalise(raw);
        Assert.Null(country.Value);
        Assert.Equal(code, country.Suggestion);
        Assert.Contains(CountryIssues.Unknown, country.Issues);
    }

    [Theory]
    [InlineData("Soviet Union", "RU")]
    [InlineData("Czechoslovakia", "CZ")]
    [InlineData("YUG", "RS")]
    public void A_state_that_fell_apart_is_named_as_such_and_its_successor_only_suggested(string raw, string successor)
    {
        var country = Table.Normalise(raw);
        Assert.Null(country.Value);
        Assert.Equal(successor, country.Suggestion);
        Assert.Equal(CountryIssues.Former, Assert.Single(country.Issues));
    }

    [Fact]
    public void Every_country_is_known_by_its_code_its_number_and_its_names_in_ten_languages()
    {
        var rows = NormalisingData.Rows("country-names.txt").ToList();
        Assert.InRange(rows.Count, 249, 260);
        var wrong = rows.SelectMany(r => r.Names.Split(';').Take(11).Append(r.Code).Select(n => (r.Code, Name: n, Table.Normalise(n).Value))).Where(n => n.Value is not null && n.Value != n.Code).ToList();
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Atlantis")]
    [InlineData("xx")]
    [InlineData("n/a")]
    [InlineData("!!!")]
    public void What_is_no_country_is_none(string raw)
    {
        var country = Table.Normalise(raw);
        Assert.Null(country.Value);
        Assert.Null(country.Suggestion);
    }

    [Theory]
    [InlineData("California", "US", "CA")]
    [InlineData("n.y.", "US", "NY")]
    [InlineData("US-TX", "US", "TX")]
    [InlineData("Québec", "CA", "QC")]
    [InlineData("New South Wales", "AU", "NSW")]
    [InlineData("Bayern", "DE", "BY")]
    [InlineData("Zürich", "CH", "ZH")]
    public void Knows_a_state_by_its_name(string raw, string country, string code) => Assert.Equal(code, States.Normalise(raw, country).Value);

    [Fact]
    public void A_state_that_is_not_known_stays_as_written()
    {
        var state = States.Normalise("Atlantis", "US");
        Assert.Equal("Atlantis", state.Value);
        Assert.Contains(AddressIssues.UnknownState, state.Issues);
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        HostileText.Around("united states of america deutschland.'").Sample(raw => Table.Normalise(raw).Value is not { } value || Table.Normalise(value).Value == value, iter: 3_000);
}
