using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Normalising;
using IntegrationHub.Tests.Architecture;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Auditing;

public sealed class FixTableTests
{
    private static readonly SourceKey Crm = new("crm", Streams.Contacts, "1");
    private static readonly SourceKey Shop = new("shop", Streams.Contacts, "1");

    private static FixSubject Subject(FieldValues values, params CleanRecord[] records) =>
        new(values, [.. values.Present().Select(v => new Provenance(v.Field, Crm, "only"))], records.Length > 0 ? [.. records] : [Clean(Crm)]);

    private static CleanRecord Clean(SourceKey key, FieldIssue? issue = null, params ConsentClaim[] claims) =>
        new(key, EntityKind.Contact, FieldValues.None, issue is null ? [] : [issue], [.. claims], null);

    private static FieldValues Values(string? email = null, string? phone = null, string? postcode = null, string? country = null) =>
        FieldValues.None.With(Field.Email, email).With(Field.Phone, phone).With(Field.Postcode, postcode).With(Field.Country, country);

    private static ImmutableArray<FixChange> Of(string finding, FixSubject subject) => [.. (Fixes.Find(finding) ?? throw new ArgumentException(finding)).Changes(subject)];

    [Fact]
    public void Each_fix_has_its_line_in_the_docs_and_what_the_audit_calls_fixable_is_so()
    {
        var docs = House.Text("docs/fixing.md");
        Assert.All(Fixes.Findings, f => Assert.Contains($"\n| `{f}` |", docs, StringComparison.Ordinal));
        Assert.All(Fixes.Findings, f => Assert.NotEqual(HubFix.None, HubFixes.Of(f)));
        Assert.Equal(HubFix.None, HubFixes.Of("stale"));
    }

    [Theory]
    [InlineData("ada@gmial.com", "ada@gmail.com")]
    [InlineData("ada@hotmail.con", "ada@hotmail.com")]
    [InlineData("ada@byron.name", null)]
    public void A_typo_is_corrected_to_the_suggestion(string email, string? better) =>
        Assert.Equal(better is null ? [] : [new FixChange.Correct(Crm, Field.Email, email, better)], Of("doubtful.email.typo", Subject(Values(email))).AsEnumerable());

    [Fact]
    public void A_locked_field_is_left_alone()
    {
        var values = Values("ada@gmial.com");
        Assert.Empty(Of("doubtful.email.typo", Subject(values) with { Provenance = [new Provenance(Field.Email, Crm, "lock")] }));
    }

    [Fact]
    public void A_placeholder_is_emptied_and_an_address_is_not()
    {
        Assert.Equal([new FixChange.Correct(Crm, Field.Email, "test@test.com", null)], Of("doubtful.email.placeholder", Subject(Values("test@test.com"))).AsEnumerable());
        Assert.Empty(Of("doubtful.email.placeholder", Subject(Values("test@byron.name"))));
    }

    [Theory]
    [InlineData("+442079460018", null, "GB")]
    [InlineData("+14165550123", null, "CA")]
    [InlineData("+12025550143", null, "US")]
    [InlineData(null, "SW1A 1AA", "GB")]
    [InlineData(null, "K1A 0B1", "CA")]
    [InlineData(null, "1012 AB", "NL")]
    [InlineData(null, "10115", null)]
    [InlineData("+442079460018", "SW1A 1AA", "GB")]
    [InlineData("+442079460018", "K1A 0B1", null)]
    [InlineData("+442079460018", "10115", "GB")]
    [InlineData("+80012345678", null, null)]
    [InlineData("nonsense", null, null)]
    public void A_country_is_set_only_where_number_and_postcode_leave_no_doubt(string? phone, string? postcode, string? country)
    {
        var changes = Of("missing.country", Subject(Values(phone: phone, postcode: postcode)));
        Assert.Equal(country is null ? [] : [new FixChange.Correct(Crm, Field.Country, null, country)], changes.AsEnumerable());
        Assert.Empty(Of("missing.country", Subject(Values(phone: phone, postcode: postcode, country: "AT"))));
    }

    [Fact]
    public void A_company_in_the_name_field_goes_into_the_empty_company_field()
    {
        var issue = new FieldIssue(Field.LastName, NameIssues.Company, "Byron Logistics GmbH", false);
        Assert.Equal([new FixChange.Correct(Shop, Field.Company, null, "Byron Logistics")], Of("doubtful.name.company", Subject(FieldValues.None, Clean(Crm), Clean(Shop, issue))).AsEnumerable());
        Assert.Empty(Of("doubtful.name.company", Subject(FieldValues.None.With(Field.Company, "Engine Works"), Clean(Shop, issue))));
    }

    [Fact]
    public void Suppressions_name_channel_purpose_and_reason()
    {
        Assert.Equal([new FixChange.Suppress(Channel.Email, "info@byron.name", "marketing", SuppressionReason.RoleAddress)], Of("doubtful.email.role", Subject(Values("info@byron.name"))).AsEnumerable());
        Assert.Equal([new FixChange.Suppress(Channel.Email, "x@mailinator.com", "marketing", SuppressionReason.Disposable)], Of("doubtful.email.disposable", Subject(Values("x@mailinator.com"))).AsEnumerable());
        Assert.Equal([new FixChange.Suppress(Channel.Email, "x@byron.name", "*", SuppressionReason.HardBounce)], Of("reach.suppressed", Subject(Values("x@byron.name"))).AsEnumerable());
        Assert.Empty(Of("doubtful.email.role", Subject(Values("ada@byron.name"))));
    }

    [Fact]
    public void Consent_is_in_conflict_where_one_record_has_a_yes_and_another_a_no_on_one_point()
    {
        ConsentClaim Claim(string point, ConsentState state) => new(Channel.Email, "marketing", point, state, null);
        ImmutableArray<FixChange> Between(ConsentClaim one, ConsentClaim other) => Of("consent.conflict", Subject(FieldValues.None, Clean(Crm, null, one), Clean(Shop, null, other)));
        Assert.Equal(
            [new FixChange.Suppress(Channel.Email, "ada@byron.name", "marketing", SuppressionReason.ConsentConflict)],
            Between(Claim("Ada@byron.name", ConsentState.Granted), Claim("ada@byron.name", ConsentState.Denied)).AsEnumerable());
        Assert.Empty(Between(Claim("ada@byron.name", ConsentState.Granted), Claim("ada@byron.name", ConsentState.Pending)));
        Assert.Empty(Between(Claim("ada@byron.name", ConsentState.Granted), Claim("other@byron.name", ConsentState.Denied)));
        Assert.Empty(Of("consent.conflict", Subject(FieldValues.None, Clean(Crm, null, Claim("a@b.name", ConsentState.Granted), Claim("a@b.name", ConsentState.Denied)))));
    }

    [Fact]
    public void A_no_that_another_system_with_the_same_address_has_not_heard_of_holds_there_too()
    {
        var no = new ConsentClaim(Channel.Email, "marketing", "Ada@byron.name", ConsentState.Denied, null);
        CleanRecord Other(params ConsentClaim[] claims) => Clean(Shop, null, claims) with { Values = Values("ada@byron.name") };
        Assert.Equal(
            [new FixChange.Suppress(Channel.Email, "ada@byron.name", "marketing", SuppressionReason.ConsentConflict)],
            Of("consent.gap", Subject(FieldValues.None, Clean(Crm, null, no), Other())).AsEnumerable());
        Assert.Empty(Of("consent.gap", Subject(FieldValues.None, Clean(Crm, null, no), Other(no with { State = ConsentState.Granted }))));
        Assert.Empty(Of("consent.gap", Subject(FieldValues.None, Clean(Crm, null, no with { State = ConsentState.Granted }), Other())));
        Assert.Empty(Of("consent.gap", Subject(FieldValues.None, Clean(Crm, null, no), Other() with { Key = Crm with { ExternalId = "2" } })));
    }

    [Fact]
    public void Pairs_are_certain_only_where_one_mailbox_is_shared_and_nothing_tells_them_apart()
    {
        FieldValues Ada(string? first = "Ada", string email = "ada@byron.name", string? phone = null) =>
            FieldValues.None.With(Field.FirstName, first).With(Field.LastName, first is null ? null : "Byron").With(Field.Email, email).With(Field.Phone, phone);
        Assert.True(CertainPairs.IsSame(Ada(), Ada(email: "Ada+shop@byron.name")));
        Assert.True(CertainPairs.IsSame(Ada(), Ada(first: null)));
        Assert.True(CertainPairs.IsSame(Ada(phone: "+442079460018"), Ada()));
        Assert.False(CertainPairs.IsSame(Ada(), Ada(first: "Annabella")));
        Assert.False(CertainPairs.IsSame(Ada(phone: "+442079460018"), Ada(phone: "+442079460019")));
        Assert.False(CertainPairs.IsSame(Ada(), Ada(email: "other@byron.name")));
        Assert.False(CertainPairs.IsSame(Ada(email: "info@byron.name"), Ada(email: "info@byron.name")));
        Assert.False(CertainPairs.IsSame(Ada(email: "test@test.com"), Ada(email: "test@test.com")));
    }
}
