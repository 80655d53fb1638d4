using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Normalising.Records;

public sealed class RecordNormaliserTests
{
    [Fact]
    public void Composes_the_normalisers_and_takes_the_region_from_the_country()
    {
        var clean = RecordNormaliser.Normalise(Mapped("US", (Field.Email, "ADA@EXAMPLE.COM"), (Field.Phone, "030 901820"), (Field.Country, "Germany"), (Field.BirthDate, "03/04/1985"), (Field.Language, "German")));
        Assert.Equal("ada@example.com", clean.Values[Field.Email]);
        Assert.Equal("+4930901820", clean.Values[Field.Phone]);
        Assert.Equal("DE", clean.Values[Field.Country]);
        Assert.Equal("1985-04-03", clean.Values[Field.BirthDate]);
        Assert.Equal("de", clean.Values[Field.Language]);
        Assert.Contains(new FieldIssue(Field.BirthDate, DateIssues.Ambiguous, "03/04/1985", false), clean.Issues);
    }

    [Fact]
    public void An_unusable_date_leaves_the_field_empty_and_the_raw_value_in_the_issue()
    {
        var clean = RecordNormaliser.Normalise(Mapped(null, (Field.BirthDate, "31.2.1985")));
        Assert.Null(clean.Values[Field.BirthDate]);
        Assert.Contains(new FieldIssue(Field.BirthDate, DateIssues.Invalid, "31.2.1985", true), clean.Issues);
    }

    [Fact]
    public void Of_several_points_in_time_the_latest_sign_of_life_and_the_earliest_acquaintance_are_kept()
    {
        var clean = RecordNormaliser.Normalise(Mapped(
            "US", (Field.EngagedAt, "2026-01-02T23:30:00-05:00\n1767430800\n1/3/2026\nnever"), (Field.KnownSince, "2024-05-06\n2024-05-05 12:00:00")));
        Assert.Equal("2026-01-03T09:00:00Z", clean.Values[Field.EngagedAt]);
        Assert.Equal("2024-05-05T12:00:00Z", clean.Values[Field.KnownSince]);
    }

    [Theory]
    [InlineData("never", null)]
    [InlineData("0000-00-00 00:00:00", "date.placeholder")]
    [InlineData("1970-01-01T00:00:00Z", "date.placeholder")]
    [InlineData("soon", "date.invalid")]
    public void What_stands_for_no_time_leaves_the_field_empty(string text, string? issue)
    {
        var clean = RecordNormaliser.Normalise(Mapped(null, (Field.EngagedAt, text)));
        Assert.Null(clean.Values[Field.EngagedAt]);
        Assert.Equal(issue, clean.Issues.SingleOrDefault()?.Code.Value);
    }

    [Fact]
    public void Normalising_an_instant_again_changes_nothing()
    {
        var once = Moments.Normalise("24.11.2026 15:05", "DE").Value;
        Assert.Equal("2026-11-24T00:00:00Z", once);
        Assert.Equal(new NormalisedDate(once, []).Value, Moments.Normalise(once!).Value);
        Assert.Empty(Moments.Normalise(once!).Issues);
    }

    [Fact]
    public void A_time_zone_is_read_with_the_country_and_one_that_is_none_leaves_the_field_empty()
    {
        Assert.Equal("Europe/Dublin", RecordNormaliser.Normalise(Mapped(null, (Field.Country, "Ireland"), (Field.TimeZone, "IST"))).Values[Field.TimeZone]);
        Assert.Equal("Europe/Berlin", RecordNormaliser.Normalise(Mapped(null, (Field.TimeZone, "europe_slash_berlin"))).Values[Field.TimeZone]);
        var unknown = RecordNormaliser.Normalise(Mapped(null, (Field.TimeZone, "Middle-earth")));
        Assert.Null(unknown.Values[Field.TimeZone]);
        Assert.Contains(new FieldIssue(Field.TimeZone, TimeZoneIssues.Unknown, "Middle-earth", true), unknown.Issues);
    }

    [Fact]
    public void A_claim_about_an_unusable_address_is_dropped_with_an_issue()
    {
        var mapped = Mapped(null) with { Consents = [new ConsentClaim(Channel.Email, "marketing", "ada@", ConsentState.Granted, null)] };
        var clean = RecordNormaliser.Normalise(mapped);
        Assert.Empty(clean.Consents);
        Assert.Contains(clean.Issues, i => i.Code == ConsentIssues.Point && i.Raw == "ada@");
    }

    private static MappedRecord Mapped(string? region, params (Field Field, string Value)[] values)
    {
        var raw = FieldValues.None;
        foreach (var (field, value) in values) raw = raw.With(field, value);
        return new MappedRecord(new SourceKey("crm", Streams.Contacts, "1"), EntityKind.Contact, raw, [], null, [], region);
    }
}
