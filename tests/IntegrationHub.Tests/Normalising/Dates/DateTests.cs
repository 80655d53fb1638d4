using CsCheck;
using IntegrationHub.Normalising;
using Table = IntegrationHub.Normalising.Dates;

namespace IntegrationHub.Tests.Normalising.Dates;

public sealed class DateTests
{
    [Theory]
    [InlineData("1985-12-31", "1985-12-31")]
    [InlineData("1985-12-31T23:59:00Z", "1985-12-31")]
    [InlineData("1985-12-31 00:00:00", "1985-12-31")]
    [InlineData("19851231", "1985-12-31")]
    [InlineData("31.12.1985", "1985-12-31")]
    [InlineData("12/31/1985", "1985-12-31")]
    [InlineData("31 December 1985", "1985-12-31")]
    [InlineData("Tuesday, December 31st, 1985", "1985-12-31")]
    [InlineData("31. Dezember 1985", "1985-12-31")]
    [InlineData("31 de diciembre de 1985", "1985-12-31")]
    [InlineData("31-Dec-1985", "1985-12-31")]
    [InlineData("29.2.2000", "2000-02-29")]
    public void Reads_dates_however_they_are_written(string raw, string expected) => Assert.Equal(expected, Table.Normalise(raw).Value);

    [Theory]
    [InlineData("31.2.1985")]
    [InlineData("29.2.1900")]
    [InlineData("1985-13-01")]
    [InlineData("tomorrow")]
    [InlineData("1985")]
    [InlineData("12.1985")]
    [InlineData("12345678901234567890")]
    public void Rejects_what_is_no_day(string raw) => Assert.Equal(DateIssues.Invalid, Assert.Single(Table.Normalise(raw).Issues));

    [Fact]
    public void An_ambiguous_date_is_flagged_and_read_by_its_region()
    {
        Assert.Equal("1985-03-04", Table.Normalise("03/04/1985", "US").Value);
        Assert.Equal("1985-04-03", Table.Normalise("03/04/1985", "GB").Value);
        Assert.Contains(DateIssues.Ambiguous, Table.Normalise("03/04/1985", "GB").Issues);
        Assert.DoesNotContain(DateIssues.Ambiguous, Table.Normalise("04/04/1985").Issues);
    }

    [Fact]
    public void A_guessed_century_is_flagged() => Assert.Contains(DateIssues.ShortYear, Table.Normalise("31/12/85").Issues);

    [Theory]
    [InlineData("0000-00-00")]
    [InlineData("1900-01-01")]
    [InlineData("01.01.1900")]
    public void A_databases_empty_date_is_none(string raw) => Assert.Equal(DateIssues.Placeholder, Assert.Single(Table.Normalise(raw).Issues));

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        HostileText.Around("0123456789./- decmar:T").Sample(raw => Table.Normalise(raw).Value is not { } value || Table.Normalise(value).Value == value, iter: 20_000);
}
