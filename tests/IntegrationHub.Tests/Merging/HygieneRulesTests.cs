using IntegrationHub.Merging;
using IntegrationHub.Tests.Architecture;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Merging;

public sealed class HygieneRulesTests
{
    private static FieldValues Someone(string? email = "ada@byron.name", string? phone = null, string? last = "Byron", string? others = null) =>
        FieldValues.None.With(Field.LastName, last).With(Field.Email, email).With(Field.Phone, phone).With(Field.OtherEmails, others);

    private static Hygiene Of(FieldValues values, bool bounced = false, bool phoneSuppressed = false, string[]? junk = null, FieldValues[]? queued = null, EntityKind kind = EntityKind.Contact) =>
        HygieneRules.Of(new HygieneFacts(kind, false, values, [.. junk ?? []], bounced, phoneSuppressed, [.. queued ?? []]));

    private static Hygiene Blocked(HygieneReasons why) => new(HygieneStatus.Blocked, why);

    private static Hygiene Ready(HygieneReasons why = HygieneReasons.None) => new(HygieneStatus.Ready, why);

    private static Hygiene InReview(HygieneReasons why) => new(HygieneStatus.InReview, why);

    [Fact]
    public void A_contact_with_a_usable_address_is_ready()
    {
        Assert.Equal(Ready(), Of(Someone()));
        Assert.Equal(Ready(), Of(Someone(email: null, phone: "+442079460018")));
    }

    [Fact]
    public void Without_any_address_a_contact_is_blocked() => Assert.Equal(Blocked(HygieneReasons.NoAddress), Of(Someone(email: null)));

    [Fact]
    public void A_bounced_address_blocks_only_where_no_other_channel_is_left()
    {
        Assert.Equal(Blocked(HygieneReasons.EmailUndeliverable), Of(Someone(), bounced: true));
        Assert.Equal(Ready(HygieneReasons.EmailUndeliverable), Of(Someone(phone: "+442079460018"), bounced: true));
        Assert.Equal(Blocked(HygieneReasons.EmailUndeliverable | HygieneReasons.PhoneUndeliverable), Of(Someone(phone: "+442079460018"), bounced: true, phoneSuppressed: true));
    }

    [Fact]
    public void A_placeholder_address_is_no_address()
    {
        Assert.Equal(Blocked(HygieneReasons.PlaceholderEmail), Of(Someone("test@test.com")));
        Assert.Equal(Blocked(HygieneReasons.PlaceholderEmail), Of(Someone("ASDF@asdf.com")));
        Assert.Equal(Ready(HygieneReasons.PlaceholderEmail), Of(Someone("test@test.com", "+442079460018")));
    }

    [Theory]
    [InlineData("Test Test", true)]
    [InlineData("asdf", true)]
    [InlineData("ASDF asdf", true)]
    [InlineData("foo", true)]
    [InlineData("xxx", true)]
    [InlineData("N/A", false)]
    [InlineData("Guest Customer", false)]
    [InlineData("unknown", false)]
    [InlineData("-", false)]
    [InlineData("12345", false)]
    [InlineData("https://spam.example/win", false)]
    public void A_made_up_name_is_nobody_and_a_missing_one_may_be_somebody(string name, bool blocked)
    {
        Assert.Equal(blocked ? Blocked(HygieneReasons.PlaceholderName) : Ready(), Of(Someone(last: null), junk: [name]));

        // Another record knows the name.
        Assert.Equal(Ready(), Of(Someone(), junk: [name]));
    }

    [Fact]
    public void Reserved_domains_warn_and_never_block()
    {
        Assert.Equal(Ready(HygieneReasons.ReservedDomain), Of(Someone("ada@example.org")));
        Assert.Equal(Ready(HygieneReasons.ReservedDomain), Of(Someone("ada@mail.example.com")));
        Assert.Equal(Ready(), Of(Someone("ada@notexample.com")));
    }

    [Fact]
    public void A_queued_pair_holds_a_contact_back_only_where_both_would_get_the_message_at_one_address()
    {
        Assert.Equal(Ready(), Of(Someone(), queued: [Someone("augusta@byron.name")]));
        Assert.Equal(InReview(HygieneReasons.SharedEmail), Of(Someone(), queued: [Someone("augusta@byron.name"), Someone("Ada@byron.name")]));
        Assert.Equal(InReview(HygieneReasons.SharedEmail), Of(Someone("ada.byron@gmail.com"), queued: [Someone("adabyron@googlemail.com")]));
        Assert.Equal(InReview(HygieneReasons.SharedEmail), Of(Someone(), queued: [Someone("augusta@byron.name", others: "ada@byron.name\naa@byron.name")]));
        Assert.Equal(InReview(HygieneReasons.SharedPhone), Of(Someone(phone: "+442079460018"), queued: [Someone("augusta@byron.name", "+442079460018")]));
        Assert.Equal(Blocked(HygieneReasons.EmailUndeliverable | HygieneReasons.SharedEmail), Of(Someone(), bounced: true, queued: [Someone()]));
    }

    [Fact]
    public void A_placeholder_that_two_contacts_share_makes_them_no_pair() =>
        Assert.Equal(Blocked(HygieneReasons.PlaceholderEmail), Of(Someone("test@test.com"), queued: [Someone("test@test.com")]));

    [Fact]
    public void Companies_are_always_ready() => Assert.Equal(Ready(), Of(Someone(email: null), kind: EntityKind.Company));

    [Fact]
    public void Each_reason_has_one_code_and_its_line_in_the_docs()
    {
        Assert.Equal(Enum.GetValues<HygieneReasons>().Where(r => r != HygieneReasons.None).Order(), HygieneCodes.All.Select(r => r.Reason).Order());
        var docs = House.Text("docs/hygiene.md");
        Assert.All(HygieneCodes.All, r => Assert.Contains($"\n| `{r.Code}` |", docs, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<HygieneStatus>(), s => Assert.Contains($"`{HygieneCodes.Of(s)}`", docs, StringComparison.Ordinal));
    }
}
