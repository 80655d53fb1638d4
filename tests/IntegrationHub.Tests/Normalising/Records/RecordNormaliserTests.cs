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
