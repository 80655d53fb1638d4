using CsCheck;
using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Normalising.TimeZones;

using TimeZones = IntegrationHub.Normalising.TimeZones;

public sealed class TimeZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe / berlin", "Europe/Berlin")]
    [InlineData("America/New York", "America/New_York")]
    [InlineData("EUROPE\\BERLIN", "Europe/Berlin")]
    [InlineData("Europe/Oslo", "Europe/Oslo")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("US/Eastern", "America/New_York")]
    [InlineData("Europe/Kiev", "Europe/Kyiv")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("Eastern Daylight Time", "America/New_York")]
    [InlineData("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York")]
    [InlineData("us_slash_eastern", "America/New_York")]
    [InlineData("Munich", "Europe/Berlin")]
    [InlineData("Wien", "Europe/Vienna")]
    [InlineData("Berlin, Germany", "Europe/Berlin")]
    [InlineData("New York", "America/New_York")]
    [InlineData("Germany", "Europe/Berlin")]
    [InlineData("Japan", "Asia/Tokyo")]
    [InlineData("JST", "Asia/Tokyo")]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    public void Knows_a_zone_however_it_is_called(string raw, string zone)
    {
        var found = TimeZones.Normalise(raw);
        Assert.Equal(zone, found.Value);
        Assert.DoesNotContain(TimeZoneIssues.Ambiguous, found.Issues);
        Assert.DoesNotContain(TimeZoneIssues.Offset, found.Issues);
    }

    [Theory]
    [InlineData("EST", "America/New_York")]
    [InlineData("EST/EDT", "America/New_York")]
    [InlineData("PT", "America/Los_Angeles")]
    [InlineData("Pacific Time", "America/Los_Angeles")]
    [InlineData("Central European Summer Time", "Europe/Berlin")]
    [InlineData("CET (UTC+1)", "Europe/Berlin")]
    [InlineData("IST", "Asia/Kolkata")]
    [InlineData("(GMT+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam")]
    [InlineData("Spain", "Europe/Madrid")]
    public void A_name_of_several_zones_is_flagged_and_the_likeliest_taken(string raw, string zone)
    {
        var found = TimeZones.Normalise(raw);
        Assert.Equal(zone, found.Value);
        Assert.Contains(TimeZoneIssues.Ambiguous, found.Issues);
        Assert.Equal(zone, found.Candidates[0]);
        Assert.True(found.Candidates.Length > 1);
    }

    [Theory]
    [InlineData("EST", "AU", "Australia/Sydney")]
    [InlineData("EST", "US", "America/New_York")]
    [InlineData("CST", "CN", "Asia/Shanghai")]
    [InlineData("IST", "IE", "Europe/Dublin")]
    [InlineData("CET", "FR", "Europe/Paris")]
    [InlineData("GMT+1", "DE", "Europe/Berlin")]
    [InlineData("GMT", "GB", "Europe/London")]
    [InlineData("Eastern Standard Time", "CA", "America/Toronto")]
    public void The_region_settles_it(string raw, string region, string zone)
    {
        var found = TimeZones.Normalise(raw, region);
        Assert.Equal(zone, found.Value);
        Assert.DoesNotContain(TimeZoneIssues.Ambiguous, found.Issues);
    }

    [Theory]
    [InlineData("GMT+1", "Etc/GMT-1")]
    [InlineData("UTC-05:00", "Etc/GMT+5")]
    [InlineData("-0500", "Etc/GMT+5")]
    [InlineData("UTC+05:30", "Asia/Kolkata")]
    public void Of_an_offset_alone_nothing_more_is_known(string raw, string zone)
    {
        var found = TimeZones.Normalise(raw);
        Assert.Equal(zone, found.Value);
        Assert.Contains(TimeZoneIssues.Offset, found.Issues);
    }

    [Theory]
    [InlineData("Middle-earth")]
    [InlineData("12")]
    [InlineData("GMT+25")]
    [InlineData("UTC+13:45")]
    [InlineData("United States")]
    [InlineData("soon")]
    public void What_is_no_zone_is_none(string raw) => Assert.Equal(TimeZoneIssues.Unknown, Assert.Single(TimeZones.Normalise(raw).Issues));

    [Fact]
    public void Every_zone_of_a_place_is_known_by_its_own_name() => Assert.All(
        TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.StartsWith("Europe/", StringComparison.Ordinal) || id.StartsWith("America/", StringComparison.Ordinal)),
        id => Assert.NotNull(TimeZones.Normalise(id).Value));

    [Fact]
    public void Normalising_twice_changes_nothing() => HostileText.Around("europe/berlin gmt+-0123utc est(),").Sample(raw =>
        TimeZones.Normalise(raw).Value is not { } value || TimeZones.Normalise(value).Value == value, iter: 10_000);
}
