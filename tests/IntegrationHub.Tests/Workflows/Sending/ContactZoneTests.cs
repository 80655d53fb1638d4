using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using NodaTime;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Sending;

public sealed class ContactZoneTests
{
    private static readonly WorkflowSet Rules = Set("2026-01-01", null, null, SendingRules.Default with { DefaultZone = "Europe/Vienna" });

    [Theory]
    [InlineData("Asia/Tokyo", "DE", null, "+12125550123", "Asia/Tokyo", true)]
    [InlineData(null, "DE", null, "+12125550123", "Europe/Berlin", true)]
    [InlineData(null, "US", "CA", "+12125550123", "America/Los_Angeles", true)]
    [InlineData(null, "US", "tx", null, "America/Chicago", true)]
    [InlineData(null, "US", "HI", null, "Pacific/Honolulu", true)]
    [InlineData(null, "US", null, "+13125550123", "America/Chicago", true)]
    [InlineData(null, null, null, "+12125550123", "America/New_York", true)]
    [InlineData(null, "CA", "BC", null, "America/Vancouver", true)]
    [InlineData(null, "AU", "WA", null, "Australia/Perth", true)]
    [InlineData(null, "BR", "AM", null, "America/Manaus", true)]
    [InlineData(null, "ES", null, null, "Europe/Madrid", true)]
    [InlineData(null, "ES", "TF", null, "Atlantic/Canary", true)]
    [InlineData(null, null, null, "+447700900123", "Europe/London", true)]
    [InlineData(null, null, null, "+4915112345678", "Europe/Berlin", true)]
    [InlineData(null, null, null, "+61298765432", "Australia/Sydney", true)]
    [InlineData(null, null, null, "+61412345678", "Australia/Sydney", false)]
    [InlineData(null, "US", null, "+18005550123", "America/New_York", false)]
    [InlineData(null, "US", "Somewhere", null, "America/New_York", false)]
    [InlineData(null, "XX", null, null, "Europe/Vienna", false)]
    [InlineData(null, null, null, null, "Europe/Vienna", false)]
    [InlineData("Nowhere/Land", null, null, "not a number", "Europe/Vienna", false)]
    public void A_contact_lives_by_its_own_zone_else_by_its_place_else_by_its_number_else_by_the_default(string? zone, string? country, string? state, string? phone, string expected, bool known)
    {
        var contact = Contact((Field.TimeZone, zone!), (Field.Country, country!), (Field.State, state!), (Field.Phone, phone!));
        var (found, own) = ContactZone.Of(View(Rules, contact, Utc("2026-03-01T12:00")));
        Assert.Equal((expected, known), (found.Id, own));
    }

    [Fact]
    public void A_zone_that_a_workflow_has_set_counts()
    {
        var view = View(Rules, Contact((Field.Country, "DE")), Utc("2026-03-01T12:00"));
        var moved = view with { Journey = view.Journey with { Overrides = view.Journey.Overrides.Add(Field.TimeZone, "Asia/Tokyo") } };
        Assert.Equal("Asia/Tokyo", ContactZone.Of(new ContactView(moved.Set, moved.Facts, moved.Journey, moved.Events, moved.Now)).Zone.Id);
    }

    [Fact]
    public void Every_zone_of_the_table_of_states_is_one_of_the_databases() =>
        Assert.DoesNotContain(StateZones.Named, z => DateTimeZoneProviders.Tzdb.GetZoneOrNull(z) is null);

    [Fact]
    public void Every_state_of_the_usa_and_every_province_of_canada_has_a_zone()
    {
        const string States = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY";
        Assert.DoesNotContain(States.Split(' '), s => StateZones.Find("US", s) is null);
        Assert.DoesNotContain("AB BC MB NB NL NS NT NU ON PE QC SK YT".Split(' '), s => StateZones.Find("CA", s) is null);
    }
}
