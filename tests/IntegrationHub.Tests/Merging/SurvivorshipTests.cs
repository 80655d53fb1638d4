using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Merging;

public sealed class SurvivorshipTests
{
    private static CleanRecord Record(string source, string id, int day, params (Field Field, string? Value)[] values)
    {
        var built = new FieldValues.Builder();
        foreach (var (field, value) in values) built[field] = value;
        return new CleanRecord(new SourceKey(source, Streams.Contacts, id), EntityKind.Contact, built.Build(), [], [], new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero));
    }

    private static SurvivorshipRules By(params SurvivorshipRule[] rules) => new(
        new FieldSurvivorship([.. rules], ["crm", "shopify"]),
        ImmutableDictionary<Field, FieldSurvivorship>.Empty,
        ["email.typo"],
        ImmutableDictionary<string, string>.Empty,
        RecipeVersions.Of("test"));

    private static (string? Value, string Source, string Rule) Won(GoldenContent golden, Field field)
    {
        var provenance = Assert.Single(golden.Provenance, p => p.Field == field);
        return (golden.Values[field], provenance.Source.Source, provenance.Rule);
    }

    [Fact]
    public void The_one_value_there_is_wins_without_a_rule()
    {
        var golden = Survivorship.Build(EntityKind.Contact, [Record("crm", "1", 1, (Field.City, "Ulm")), Record("shop", "2", 2)], By(SurvivorshipRule.MostRecent));
        Assert.Equal(("Ulm", "crm", "only"), Won(golden, Field.City));
        Assert.Equal(["crm", "shop"], golden.Sources.Select(s => s.Source));
    }

    [Fact]
    public void Where_all_agree_there_was_no_choice()
    {
        var golden = Survivorship.Build(
            EntityKind.Contact, [Record("crm", "1", 1, (Field.Language, "de")), Record("shop", "2", 2, (Field.Language, "de"))], By(SurvivorshipRule.MostRecent));
        Assert.Equal(("de", "shop", "only"), Won(golden, Field.Language));
    }

    [Fact]
    public void The_latest_sign_of_life_and_the_earliest_acquaintance_hold_whoever_is_trusted_or_was_changed_last()
    {
        CleanRecord[] records =
        [
            Record("crm", "1", 9, (Field.EngagedAt, "2026-01-02T08:00:00Z"), (Field.KnownSince, "2025-03-01T00:00:00Z")),
            Record("shopify", "2", 5, (Field.EngagedAt, "2026-01-04T09:30:00Z"), (Field.KnownSince, "2024-12-31T23:59:59Z")),
            Record("mail", "3", 8, (Field.EngagedAt, "2025-12-31T23:00:00Z"), (Field.KnownSince, "2025-01-01T00:00:00Z")),
        ];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostTrusted, SurvivorshipRule.MostRecent));
        Assert.Equal(("2026-01-04T09:30:00Z", "shopify", "most_recent"), Won(golden, Field.EngagedAt));
        Assert.Equal(("2024-12-31T23:59:59Z", "shopify", "most_recent"), Won(golden, Field.KnownSince));
    }

    [Theory]
    [InlineData(SurvivorshipRule.MostTrusted, "Ann", "crm", "most_trusted")]
    [InlineData(SurvivorshipRule.MostRecent, "Annabel Lee", "mail", "most_recent")]
    [InlineData(SurvivorshipRule.MostComplete, "Annabel Lee", "mail", "most_complete")]
    [InlineData(SurvivorshipRule.MostFrequent, "Anna", "shop-a", "most_frequent")]
    public void Each_rule_picks_what_its_name_says(SurvivorshipRule rule, string value, string source, string name)
    {
        CleanRecord[] records =
        [
            Record("crm", "1", 1, (Field.FirstName, "Ann")),
            Record("shop-a", "2", 2, (Field.FirstName, "Anna")),
            Record("shop-b", "3", 3, (Field.FirstName, "Anna")),
            Record("mail", "4", 4, (Field.FirstName, "Annabel Lee")),
        ];
        Assert.Equal((value, source, name), Won(Survivorship.Build(EntityKind.Contact, records, By(rule)), Field.FirstName));
    }

    [Fact]
    public void A_trust_order_may_name_the_connector_of_a_source()
    {
        var rules = By(SurvivorshipRule.MostTrusted).WithConnectors(new Dictionary<string, string> { ["eu-shop"] = "shopify" });
        CleanRecord[] records = [Record("a-list", "1", 1, (Field.JobTitle, "CEO")), Record("eu-shop", "2", 2, (Field.JobTitle, "CTO"))];
        Assert.Equal(("CTO", "eu-shop", "most_trusted"), Won(Survivorship.Build(EntityKind.Contact, records, rules), Field.JobTitle));
        Assert.NotEqual(By(SurvivorshipRule.MostTrusted).Version, rules.Version);
    }

    [Fact]
    public void The_next_rule_decides_what_the_one_before_left_open()
    {
        CleanRecord[] records =
        [
            Record("x", "1", 5, (Field.JobTitle, "Clerk")),
            Record("crm", "2", 1, (Field.JobTitle, "Head")),
            Record("crm", "3", 2, (Field.JobTitle, "Chief")),
        ];
        Assert.Equal(("Chief", "crm", "most_recent"), Won(Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostTrusted, SurvivorshipRule.MostRecent)), Field.JobTitle));
    }

    [Fact]
    public void A_tie_goes_to_the_first_record_by_key()
    {
        CleanRecord[] records = [Record("b", "1", 1, (Field.JobTitle, "Clerk")), Record("a", "1", 1, (Field.JobTitle, "Head"))];
        Assert.Equal(("Head", "a", "first_key"), Won(Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent)), Field.JobTitle));
    }

    [Fact]
    public void A_doubtful_or_bounced_address_loses_to_a_verified_one()
    {
        var typo = Record("a", "1", 9, (Field.Email, "ada@gmial.com")) with { Issues = [new FieldIssue(Field.Email, new IssueCode("email.typo"), null, false)] };
        var bounced = Record("b", "1", 8, (Field.Email, "ada@old.com")) with { Consents = [new ConsentClaim(Channel.Email, "marketing", "ada@old.com", ConsentState.Suppressed, null)] };
        var good = Record("c", "1", 1, (Field.Email, "ada@gmail.com"));
        var golden = Survivorship.Build(EntityKind.Contact, [typo, bounced, good], By(SurvivorshipRule.Verified, SurvivorshipRule.MostRecent));
        Assert.Equal(("ada@gmail.com", "c", "verified"), Won(golden, Field.Email));
        Assert.Equal(["ada@gmial.com", "ada@old.com"], golden.Values.List(Field.OtherEmails).AsEnumerable());
    }

    [Fact]
    public void A_street_of_one_record_never_meets_a_city_of_another()
    {
        CleanRecord[] records =
        [
            Record("a", "1", 1, (Field.Street, "Hauptstraße"), (Field.City, "Ulm"), (Field.Postcode, "89073")),
            Record("b", "1", 2, (Field.City, "Bonn"), (Field.Country, "DE")),
        ];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent));
        Assert.Equal(("Bonn", "b", "most_recent"), Won(golden, Field.City));
        Assert.Null(golden.Values[Field.Street]);
        Assert.Equal("Hauptstraße", Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostComplete)).Values[Field.Street]);
        Assert.Null(Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostComplete)).Values[Field.Country]);
    }

    [Fact]
    public void An_extension_stays_with_its_number()
    {
        CleanRecord[] records = [Record("a", "1", 1, (Field.Phone, "+4930111111"), (Field.PhoneExtension, "7")), Record("b", "1", 2, (Field.Phone, "+4930222222"))];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent));
        Assert.Equal("+4930222222", golden.Values[Field.Phone]);
        Assert.Null(golden.Values[Field.PhoneExtension]);
        Assert.Equal(["+4930111111"], golden.Values.List(Field.OtherPhones).AsEnumerable());
    }

    [Fact]
    public void Lists_are_united_and_losing_addresses_kept()
    {
        CleanRecord[] records =
        [
            Record("a", "1", 1, (Field.Email, "Old@x.com"), (Field.Tags, "b2b\nvip")),
            Record("b", "1", 2, (Field.Email, "new@x.com"), (Field.OtherEmails, "old@x.com\nNEW@x.com\nthird@x.com"), (Field.Tags, "news")),
        ];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent));
        Assert.Equal(["Old@x.com", "third@x.com"], golden.Values.List(Field.OtherEmails).AsEnumerable());
        Assert.Equal(["b2b", "news", "vip"], golden.Values.List(Field.Tags).AsEnumerable());
        Assert.Equal(("Old@x.com\nthird@x.com", "a", "united"), Won(golden, Field.OtherEmails));
    }

    [Fact]
    public void A_lock_holds_against_all_rules_and_keeps_the_losing_address()
    {
        CleanRecord[] records = [Record("a", "1", 1, (Field.Email, "a@x.com"), (Field.City, "Ulm")), Record("b", "1", 2, (Field.Email, "b@x.com"))];
        FieldLock[] locks = [new(Field.Email, "mine@x.com"), new(Field.City, null), new(Field.Tags, "vip"), new(Field.Email, "older@x.com")];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent), locks);
        Assert.Equal(("mine@x.com", "a", "lock"), Won(golden, Field.Email));
        Assert.Equal(["a@x.com", "b@x.com"], golden.Values.List(Field.OtherEmails).AsEnumerable());
        Assert.Null(golden.Values[Field.City]);
        Assert.DoesNotContain(golden.Provenance, p => p.Field == Field.City);
        Assert.Equal("vip", golden.Values[Field.Tags]);
    }

    [Fact]
    public void A_correction_holds_while_the_rules_pick_what_it_corrects_and_drops_the_wrong_value()
    {
        CleanRecord[] records = [Record("a", "1", 1, (Field.Email, "ada@gmial.com")), Record("b", "1", 1, (Field.Email, "b@x.com"))];
        FieldLock[] locks = [new(Field.Email, "ada@gmail.com", new Correction("ada@gmial.com")), new(Field.Country, "GB", new Correction(null))];
        var golden = Survivorship.Build(EntityKind.Contact, records, By(SurvivorshipRule.MostRecent), locks);
        Assert.Equal(("ada@gmail.com", "a", "lock"), Won(golden, Field.Email));
        Assert.Equal("b@x.com", golden.Values[Field.OtherEmails]);
        Assert.Equal("GB", golden.Values[Field.Country]);

        CleanRecord[] later = [.. records, Record("c", "1", 2, (Field.Email, "new@x.com"), (Field.Country, "AT"))];
        golden = Survivorship.Build(EntityKind.Contact, later, By(SurvivorshipRule.MostRecent), locks);
        Assert.Equal("new@x.com", golden.Values[Field.Email]);
        Assert.Equal("AT", golden.Values[Field.Country]);
    }

    [Fact]
    public void Of_two_locks_the_one_against_all_rules_wins_over_a_correction()
    {
        CleanRecord[] records = [Record("a", "1", 1, (Field.Email, "ada@gmial.com"))];
        FieldLock[] locks = [new(Field.Email, "ada@gmail.com", new Correction("ada@gmial.com")), new(Field.Email, "mine@x.com")];
        Assert.Equal("mine@x.com", Survivorship.Build(EntityKind.Contact, records, SurvivorshipRules.BuiltIn, locks).Values[Field.Email]);
        Assert.Equal("ada@gmail.com", Survivorship.Build(EntityKind.Contact, records, SurvivorshipRules.BuiltIn, locks[..1]).Values[Field.Email]);
    }

    [Fact]
    public void Keys_for_matching_are_no_part_of_a_golden_record() =>
        Assert.Empty(Survivorship.Build(EntityKind.Contact, [Record("a", "1", 1, (Field.EmailKey, "a@x.com"))], SurvivorshipRules.BuiltIn).Values.Present());

    [Fact]
    public void Records_of_another_kind_or_none_at_all_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Survivorship.Build(EntityKind.Contact, [], SurvivorshipRules.BuiltIn));
        Assert.Throws<ArgumentException>(() => Survivorship.Build(EntityKind.Company, [Record("a", "1", 1)], SurvivorshipRules.BuiltIn));
    }

    private static readonly Gen<CleanRecord> AnyRecord = Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[0, 3].Array[8], Gen.Bool,
        (source, day, values, typo) =>
        {
            Field[] fields = [Field.FirstName, Field.LastName, Field.Email, Field.Phone, Field.Street, Field.City, Field.Tags, Field.OtherEmails];
            var record = Record($"s{source}", $"{source}{day}{string.Join("", values)}", day, [.. fields.Zip(values, (f, v) => (f, v == 0 ? null : $"{f}{v}@x"))]);
            return typo ? record with { Issues = [new FieldIssue(Field.Email, new IssueCode("email.typo"), null, false)] } : record;
        });

    private static readonly SurvivorshipRules All = By(
        SurvivorshipRule.Verified, SurvivorshipRule.MostFrequent, SurvivorshipRule.MostRecent, SurvivorshipRule.MostComplete, SurvivorshipRule.MostTrusted);

    private static string Content(GoldenContent golden) =>
        string.Join('|', golden.Values.Present().Select(p => $"{p.Field}={p.Value}")) + string.Join('|', golden.Provenance) + string.Join('|', golden.Sources);

    [Fact]
    public void The_order_of_arrival_and_repeats_do_not_change_a_golden_record() =>
        AnyRecord.Array[1, 6].SelectMany(records => Shuffling.Of([.. records, records[0]]).Select(shuffled => (records, shuffled)))
            .Sample(
                pair => Assert.Equal(
                    Content(Survivorship.Build(EntityKind.Contact, pair.records, All)), Content(Survivorship.Build(EntityKind.Contact, pair.shuffled, All))),
                iter: 2000);

    [Fact]
    public void A_golden_record_built_of_itself_stays_the_same() =>
        AnyRecord.Array[1, 6].Sample(
            records =>
            {
                var golden = Survivorship.Build(EntityKind.Contact, records, All);
                var again = Survivorship.Build(EntityKind.Contact, [records[0] with { Values = golden.Values, Issues = [] }], All);
                Assert.Equal(golden.Values, again.Values);
            },
            iter: 2000);

    [Fact]
    public void Every_address_of_every_record_is_still_there() =>
        AnyRecord.Array[1, 6].Sample(
            records =>
            {
                var values = Survivorship.Build(EntityKind.Contact, records, All).Values;
                var kept = values.List(Field.OtherEmails).Append(values[Field.Email]).ToHashSet();
                Assert.All(records.SelectMany(r => r.Values.List(Field.OtherEmails).Append(r.Values[Field.Email])).OfType<string>(), e => Assert.Contains(e, kept));
            },
            iter: 2000);

    [Fact]
    public void Every_value_has_its_provenance_and_the_named_record_has_the_value() =>
        AnyRecord.Array[1, 6].Sample(
            records =>
            {
                var golden = Survivorship.Build(EntityKind.Contact, records, All);
                Assert.Equal(golden.Values.Present().Select(p => p.Field), golden.Provenance.Select(p => p.Field));
                foreach (var provenance in golden.Provenance.Where(p => p.Rule != Survivorship.United))
                    Assert.Contains(records, r => r.Key == provenance.Source && r.Values[provenance.Field] == golden.Values[provenance.Field]);
            },
            iter: 2000);
}
