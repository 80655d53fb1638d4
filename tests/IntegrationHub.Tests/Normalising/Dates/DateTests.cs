using CsCheck;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
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
    [InlineData("1985-W52-2", "1985-12-24")]
    [InlineData("1986W011", "1985-12-30")]
    [InlineData("1985-365", "1985-12-31")]
    [InlineData("31122085", "2085-12-31")]
    [InlineData("31Dec1985", "1985-12-31")]
    [InlineData("Tue Dec 31 23:59:00 CET 1985", "1985-12-31")]
    [InlineData("Tue Dec 31 1985 23:59:00 GMT+0100 (CET)", "1985-12-31")]
    [InlineData("31.12.1985, 23:59 Uhr", "1985-12-31")]
    [InlineData("12/31/1985 11:59 PM", "1985-12-31")]
    [InlineData("23:59 31.12.1985", "1985-12-31")]
    [InlineData("1985年12月31日", "1985-12-31")]
    [InlineData("1985년 12월 31일", "1985-12-31")]
    [InlineData("31 décembre 1985", "1985-12-31")]
    [InlineData("1er mars 1985", "1985-03-01")]
    [InlineData("31 dicembre 1985", "1985-12-31")]
    [InlineData("31 december 1985", "1985-12-31")]
    [InlineData("31 de dezembro de 1985", "1985-12-31")]
    [InlineData("31 grudnia 1985", "1985-12-31")]
    [InlineData("31. joulukuuta 1985", "1985-12-31")]
    [InlineData("31. prosince 1985", "1985-12-31")]
    [InlineData("31 Aralık 1985", "1985-12-31")]
    [InlineData("31 декабря 1985 г.", "1985-12-31")]
    [InlineData("den 31 desember 1985", "1985-12-31")]
    public void Reads_dates_however_they_are_written(string raw, string expected) => Assert.Equal(expected, Table.Normalise(raw).Value);

    [Theory]
    [InlineData("31.2.1985")]
    [InlineData("29.2.1900")]
    [InlineData("1985-13-01")]
    [InlineData("tomorrow")]
    [InlineData("1985")]
    [InlineData("12.1985")]
    [InlineData("12345678901234567890")]
    [InlineData("1985-W53-1")]
    [InlineData("1985-W52-8")]
    [InlineData("1985-366")]
    [InlineData("Dec 1985")]
    [InlineData("123456")]
    [InlineData("99999")]
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
    public void The_order_of_the_column_settles_an_ambiguous_date()
    {
        var date = Table.Normalise("03/04/1985", "GB", DateOrder.MonthFirst);
        Assert.Equal("1985-03-04", date.Value);
        Assert.DoesNotContain(DateIssues.Ambiguous, date.Issues);
        Assert.Equal("1985-12-31", Table.Normalise("31/12/1985", null, DateOrder.MonthFirst).Value);
    }

    [Theory]
    [InlineData("03/04/1985|31/12/1985|soon", DateOrder.DayFirst)]
    [InlineData("03/04/1985|12/31/1985|", DateOrder.MonthFirst)]
    [InlineData("03/04/1985|1985-12-31|31 Dec 1985", null)]
    [InlineData("31/12/1985|12/31/1985", null)]
    public void A_columns_order_is_told_by_the_dates_that_read_one_way_only(string column, DateOrder? order) => Assert.Equal(order, Table.OrderOf(column.Split('|')));

    [Theory]
    [InlineData("31412", "1985-12-31")]
    [InlineData("31412.75", "1985-12-31")]
    public void A_spreadsheets_day_number_is_read_and_flagged(string raw, string expected)
    {
        var date = Table.Normalise(raw);
        Assert.Equal(expected, date.Value);
        Assert.Contains(DateIssues.Serial, date.Issues);
    }

    [Theory]
    [InlineData("85-12-31")]
    [InlineData("31.12.85")]
    [InlineData("31 Dec '85")]
    public void A_short_year_is_read_wherever_it_stands(string raw) => Assert.Equal("1985-12-31", Table.Normalise(raw).Value);

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
