using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using NodaTime;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Sending;

public sealed class QuietHoursTests
{
    private static readonly WorkflowSet Rules = Set("2026-01-01");

    // 2026: in New York summer time from 8 March to 1 November.
    [Theory]
    [InlineData("US", "NY", null, "2026-01-13T13:00Z", null)] // 8:00
    [InlineData("US", "NY", null, "2026-01-13T12:59Z", "2026-01-13T13:00Z")]
    [InlineData("US", "NY", null, "2026-01-14T01:59Z", null)] // 20:59
    [InlineData("US", "NY", null, "2026-01-14T02:00Z", "2026-01-14T13:00Z")] // 21:00
    [InlineData("US", "FL", null, "2026-01-14T01:30Z", "2026-01-14T13:00Z")] // 20:30; two zones: 8:00 in the panhandle is 14:00Z
    [InlineData("US", "WA", null, "2026-01-14T03:59Z", null)] // 19:59
    [InlineData("US", "WA", null, "2026-01-14T04:00Z", "2026-01-14T16:00Z")] // 20:00
    [InlineData("US", "OK", null, "2026-01-14T02:30Z", "2026-01-14T14:00Z")] // 20:30
    [InlineData("US", "CT", null, "2026-01-14T13:30Z", "2026-01-14T14:00Z")] // 8:30
    [InlineData("US", "RI", null, "2026-01-16T23:30Z", "2026-01-17T15:00Z")] // Friday 18:30 to Saturday 10:00
    [InlineData("US", "RI", null, "2026-01-17T22:00Z", "2026-01-20T14:00Z")] // Saturday 17:00; Sunday, Monday a holiday; Tuesday 9:00
    [InlineData("US", "MS", null, "2026-01-18T18:00Z", "2026-01-19T14:00Z")] // Sunday noon to Monday 8:00
    [InlineData("US", "TX", "America/Chicago", "2026-01-18T16:00Z", "2026-01-18T18:00Z")] // Sunday 10:00 to noon
    [InlineData(null, null, "+13055550123", "2026-01-14T01:30Z", "2026-01-14T13:00Z")] // Miami by its area code
    [InlineData(null, null, "+12125550123", "2026-01-14T01:30Z", null)] // New York
    [InlineData("US", "NY", "+13055550123", "2026-01-14T01:30Z", null)] // who has moved keeps the number
    [InlineData(null, null, "+18005550123", "2026-01-13T17:59Z", "2026-01-13T18:00Z")] // anywhere in the USA: 8:00 in Honolulu
    [InlineData(null, null, "+18005550123", "2026-01-14T01:59Z", null)] // 20:59 in New York
    [InlineData(null, null, "+18005550123", "2026-01-14T02:00Z", "2026-01-14T18:00Z")]
    [InlineData("FR", null, null, "2026-01-14T19:00Z", "2026-01-15T07:00Z")] // 20:00 in Paris
    [InlineData("FR", null, null, "2026-01-17T19:30Z", "2026-01-19T07:00Z")] // Saturday evening to Monday
    [InlineData("FR", null, null, "2026-05-25T10:00Z", "2026-05-26T06:00Z")] // Whit Monday
    [InlineData("DE", null, null, "2026-01-14T19:59Z", null)] // 20:59 in Berlin
    [InlineData("DE", null, null, "2026-01-14T20:00Z", "2026-01-15T07:00Z")]
    [InlineData("IN", null, null, "2026-01-14T04:00Z", "2026-01-14T04:30Z")] // 9:30 in Kolkata
    [InlineData("DE", null, "+33612345678", "2026-01-18T12:00Z", "2026-01-19T07:00Z")] // a French number abroad: both hold
    [InlineData("US", "NY", null, "2026-03-08T06:30Z", "2026-03-08T12:00Z")] // the night in which clocks go forward
    [InlineData("US", "NY", null, "2026-11-01T05:30Z", "2026-11-01T13:00Z")] // and back: 1:30 comes twice
    [InlineData("US", "NY", null, "2026-11-01T06:30Z", "2026-11-01T13:00Z")]
    public void A_text_message_waits_for_the_hours_of_its_place(string? country, string? state, string? phoneOrZone, string at, string? until)
    {
        var zone = phoneOrZone?.Contains('/') == true ? phoneOrZone : null;
        // Florida is parted by a line: a contact of which the zone is known lives on one side of it.
        if (state is "FL") zone = "America/New_York";
        var contact = Contact((Field.Country, country!), (Field.State, state!), (Field.TimeZone, zone!), (Field.Phone, zone is null ? phoneOrZone! : null!));
        var ends = QuietHours.Ends(View(Rules, contact, Utc(at)), Utc(at));
        Assert.Equal(until is null ? null : Utc(until), ends?.Until);
    }

    [Fact]
    public void Where_a_line_parts_a_state_the_hours_of_both_sides_hold()
    {
        var contact = Contact((Field.Country, "US"), (Field.State, "FL"));
        // 8:00 in Miami is 7:00 in Pensacola; 19:30 in Pensacola is 20:30 in Miami.
        Assert.Equal(Utc("2026-01-14T14:00Z"), QuietHours.Ends(View(Rules, contact, Utc("2026-01-14T13:00Z")), Utc("2026-01-14T13:00Z"))?.Until);
        Assert.Equal(Utc("2026-01-15T14:00Z"), QuietHours.Ends(View(Rules, contact, Utc("2026-01-15T01:30Z")), Utc("2026-01-15T01:30Z"))?.Until);
    }

    [Fact]
    public void The_rule_says_whose_it_is()
    {
        string Rule(string country, string state, string at) => QuietHours.Ends(View(Rules, Contact((Field.Country, country), (Field.State, state)), Utc(at)), Utc(at))!.Value.Rule;
        Assert.Equal("Texas allows marketing text messages from 9:00 to 21:00, on Sundays from 12:00 to 21:00", Rule("US", "TX", "2026-01-14T07:00Z"));
        Assert.Equal("The USA allows marketing text messages from 8:00 to 21:00", Rule("US", "NY", "2026-01-14T07:00Z"));
        Assert.Equal("France allows marketing text messages from 8:00 to 20:00, on Sundays never, never on public holidays", Rule("FR", "", "2026-01-14T04:00Z"));
    }

    [Fact]
    public void Every_pair_of_places_leaves_a_time_in_every_zone_of_the_usa()
    {
        var from = Utc("2026-01-17T22:00Z");
        foreach (var state in TextHoursTable.States.Keys)
            foreach (var phone in new[] { "+33612345678", "+919876543210", "+821012345678", "+18005550123" })
                Assert.NotNull(QuietHours.Ends(View(Rules, Contact((Field.Country, "US"), (Field.State, state), (Field.Phone, phone)), from), Utc("2026-01-18T05:00Z")));
    }

    [Fact]
    public void Each_place_stands_in_the_documentation_with_its_hours()
    {
        var docs = File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "sending.md"));
        Assert.All(TextHoursTable.States.Values.Concat(TextHoursTable.Countries.Values), p =>
            Assert.Contains($"| {p.Place} | {Hours(p.Weekday)} | {Hours(p.Saturday)} | {Hours(p.Sunday)} | {(p.IsHoliday is null ? "as on other days" : "never")} |", docs));

        static string Hours(OpenHours hours) => hours == OpenHours.Closed ? "never" : $"{hours.From / 60}:{hours.From % 60:00} to {hours.Until / 60}:{hours.Until % 60:00}";
    }

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2024, 3, 31)]
    [InlineData(2026, 4, 5)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Easter_is_found(int year, int month, int day) => Assert.Equal(new LocalDate(year, month, day), PublicHolidays.Easter(year));

    [Fact]
    public void The_usa_has_eleven_federal_holidays_a_year_and_france_eleven()
    {
        for (var year = 2024; year < 2040; year++)
        {
            // Where one falls on another's day, as Ascension on 8 May 2024, there is one less.
            var days = Enumerable.Range(0, 365).Select(i => new LocalDate(year, 1, 1).PlusDays(i)).ToList();
            Assert.Equal(11, days.Count(PublicHolidays.IsFederal));
            Assert.InRange(days.Count(PublicHolidays.IsFrench), 10, 11);
        }

        Assert.Equal(["2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-04", "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25"],
            Enumerable.Range(0, 365).Select(i => new LocalDate(2026, 1, 1).PlusDays(i)).Where(PublicHolidays.IsFederal).Select(d => d.ToString("yyyy-MM-dd", null)));
    }
}
