using System.Collections.Immutable;
using CsCheck;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Normalising;
using IntegrationHub.Tests.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Auditing;

public sealed class AuditTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static readonly AuditRules Rules = AuditFile.Parse("""
        weights: { completeness: 20, validity: 20, uniqueness: 20, consistency: 20, timeliness: 10, reachability: 10 }
        fields: { email: 3, city: 1 }
        score: { pass_from: 80, block_below: 50 }
        thresholds:
          missing.email: { warn: 0.1, block: 0.5 }
          missing.*: { warn: 0.2 }
          doubtful.*: { warn: 0.3 }
          consent.conflict: { warn: 0.001 }
        doubtful: [email.typo]
        conflicts: [city]
        damaged: [text.mojibake, name.cleaned]
        defaults: { fields: [phone], share: 0.1, least: 3 }
        stale_after_days: 365
        never_engaged_after_days: 90
        late_after_hours: 24
        samples: 2
        """, "audit.yaml");

    private static AuditedGolden Golden(string id, string? email = "x", string? city = "Ulm", string sources = "crm", int days = 1, ConsentState? consent = ConsentState.Granted, bool inReview = false, string? phone = null)
    {
        var address = email == "x" ? $"{id}@x.com" : email;
        var values = FieldValues.None.With(Field.Email, address).With(Field.City, city).With(Field.Phone, phone);
        ImmutableArray<ConsentClaim> claims = consent is { } state && address is not null ? [Claim(address, state)] : [];
        return Golden(id, values, inReview, [.. sources.Split(' ').Select((s, i) => new CleanRecord(new SourceKey(s, Streams.Contacts, $"{id}{i}"), EntityKind.Contact, values, [], claims, Now.AddDays(-days)))]);
    }

    private static AuditedGolden Golden(string id, FieldValues values, bool inReview, params CleanRecord[] records) =>
        AuditedGolden.Of(0, id, new GoldenContent(EntityKind.Contact, values, [], []), records, inReview ? [values] : [], Rules);

    /// <summary>A golden record whose address and number are those of its first record.</summary>
    private static AuditedGolden Group(string id, params CleanRecord[] records) => Golden(id, records[0].Values, false, records);

    private static AuditedGolden Company(string id, string name, string? domain = null)
    {
        var values = FieldValues.None.With(Field.Company, name).With(Field.Domain, domain);
        return AuditedGolden.Of(
            0, id, new GoldenContent(EntityKind.Company, values, [], []), [new CleanRecord(new SourceKey("crm", Streams.Companies, id), EntityKind.Company, values, [], [], Now)], [], Rules);
    }

    private static CleanRecord Clean(string source, string? city, params ConsentClaim[] claims) =>
        new(new SourceKey(source, Streams.Contacts, "1"), EntityKind.Contact, FieldValues.None.With(Field.City, city), [], [.. claims], Now);

    private static ConsentClaim Claim(string point, ConsentState state) => new(Channel.Email, "marketing", point, state, null);

    private static void AddIssues(Audit audit, int records, params AuditedIssue[] issues)
    {
        for (var i = 0; i < records; i++) audit.AddIssues("crm", 7 + i, null, issues);
    }

    private static AuditReport Report(Action<Audit> add)
    {
        var audit = new Audit(Rules, AuditScope.Everything, Now);
        add(audit);
        return audit.Report(nameOf: number => $"crm/contacts/{number}");
    }

    private static AuditFinding Found(AuditReport report, string code) => Assert.Single(report.Findings, f => f.Code == code);

    private static double? Score(AuditReport report, AuditDimension dimension) => report.Dimensions.Single(d => d.Dimension == dimension).Score;

    [Fact]
    public void Completeness_weighs_each_missing_field()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a"));
            a.Add(Golden("b", email: null));
            a.Add(Golden("c", city: null));
            a.Add(Golden("d"));
        });
        // One of four without the field that counts 3 of 4, one of four without the field that counts 1 of 4.
        Assert.Equal(75, Score(report, AuditDimension.Completeness));
        var missing = Found(report, "missing.email");
        Assert.Equal("1 of 4 contacts has no e-mail address.", missing.What);
        Assert.Equal((1, 4, 0.25, AuditSeverity.Warn), (missing.Count, missing.Of, missing.Share, missing.Severity));
        Assert.Equal(["b"], missing.Samples.AsEnumerable());
        Assert.Equal([new FieldFill("city", 3, 4, 0, 4, null), new FieldFill("email", 3, 4, 0, 4, null)], report.Fields.AsEnumerable());
    }

    [Fact]
    public void Rejected_and_doubtful_values_lower_validity_and_repaired_ones_do_not()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 10; i++) a.Add(Golden($"{i}"));
            AddIssues(a, 2, new AuditedIssue(Field.Email, "email.invalid", true), new AuditedIssue(Field.Email, "email.case", true));
            AddIssues(a, 3, new AuditedIssue(Field.Email, "email.typo", false), new AuditedIssue(Field.Email, "email.case", false));
            AddIssues(a, 6, new AuditedIssue(Field.Email, "email.case", false), new AuditedIssue(Field.Email, "email.case", false));
            AddIssues(a, 1, new AuditedIssue(Field.City, "city.case", false));
        });
        // Half of ten records' e-mail addresses, which count 3 of 4.
        Assert.Equal(62.5, Score(report, AuditDimension.Validity));
        Assert.Equal("2 e-mail addresses cannot be used.", Found(report, "invalid.email").What);
        Assert.Equal("3 e-mail addresses look misspelt.", Found(report, "doubtful.email.typo").What);
        Assert.Equal(["crm/contacts/7", "crm/contacts/8"], Found(report, "doubtful.email.typo").Samples.AsEnumerable());
        var repaired = Found(report, "repaired");
        Assert.Equal([new FindingPart("email.case", 9), new FindingPart("city.case", 1)], repaired.Parts.AsEnumerable());
        Assert.Equal((AuditSeverity.Info, 0.0), (repaired.Severity, repaired.Points));
    }

    [Fact]
    public void The_same_contact_in_two_systems_is_no_duplicate_but_twice_in_one_is()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a", sources: "crm shop"));
            a.Add(Golden("b", sources: "crm crm crm shop"));
            a.Add(new AuditedSource("crm", 4, Now, null, []));
            a.Add(new AuditedSource("shop", 2, Now, null, []));
        });
        var certain = Found(report, "duplicates.certain");
        Assert.Equal((2, 6), (certain.Count, certain.Of));
        Assert.Equal([new FindingPart("crm", 2)], certain.Parts.AsEnumerable());
        Assert.Equal(66.7, Score(report, AuditDimension.Uniqueness));
        Assert.Contains("would send 2 messages twice", certain.Effect);
    }

    [Fact]
    public void Two_contacts_with_one_address_would_get_a_message_twice()
    {
        var report = Report(a =>
        {
            a.Add(Golden("c", email: "home@x.com"));
            a.Add(Golden("a", email: "HOME@x.com"));
            a.Add(Golden("b", email: "home@x.com"));
            a.Add(Golden("d"));
        });
        var shared = Found(report, "duplicates.shared_address");
        Assert.Equal(2, shared.Count);
        Assert.Equal(["a", "b"], shared.Samples.AsEnumerable());
    }

    [Fact]
    public void Pairs_in_the_queue_are_likely_duplicates()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a", inReview: true));
            a.Add(Golden("b", inReview: true));
            a.AddQueue(1, ["a ~ b"]);
        });
        Assert.Equal("1 pair of contacts may be one and the same.", Found(report, "duplicates.likely").What);
        Assert.Equal(new Readiness(0, 2, 0), report.Readiness);
    }

    [Fact]
    public void Systems_that_disagree_are_in_conflict_and_records_of_one_system_are_not_compared()
    {
        var report = Report(a =>
        {
            a.Add(Group("a", Clean("crm", "Ulm"), Clean("shop", "Bonn")));
            a.Add(Group("b", Clean("crm", "Ulm"), Clean("shop", "ULM")));
            a.Add(Group("c", Clean("crm", "Ulm"), Clean("shop", null)));
            a.Add(Group("d", Clean("crm", "Ulm"), Clean("crm", "Bonn")));
            a.Add(Group("e", Clean("crm", "Ulm")));
        });
        var conflict = Found(report, "conflict.city");
        Assert.Equal((1, 3), (conflict.Count, conflict.Of));
        Assert.Equal(66.7, Score(report, AuditDimension.Consistency));
    }

    [Theory]
    [InlineData("a@x.com", ConsentState.Denied, 1)]
    [InlineData("A@x.com", ConsentState.Suppressed, 1)]
    [InlineData("a@x.com", ConsentState.Pending, 0)]
    [InlineData("other@x.com", ConsentState.Denied, 0)]
    public void A_yes_here_and_a_no_there_about_one_address_is_a_conflict_of_consent(string point, ConsentState state, int count)
    {
        var report = Report(a => a.Add(Group("a", Clean("crm", null, Claim("a@x.com", ConsentState.Granted)), Clean("shop", null, Claim(point, state)))));
        Assert.Equal(count, report.Findings.Count(f => f.Code == "consent.conflict"));
    }

    [Fact]
    public void Timeliness_looks_at_contacts_and_at_sources()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a", days: 366));
            a.Add(Golden("b", days: 365));
            a.Add(new AuditedSource("crm", 1, Now.AddHours(-24), null, []));
            a.Add(new AuditedSource("late", 1, Now.AddHours(-25), null, []));
            a.Add(new AuditedSource("never", 1, null, null, []));
            a.Add(new AuditedSource("broken", 1, Now, "401", []));
            a.Add(new AuditedSource("list", 1, Now.AddDays(-90), null, [], Syncs: false));
        });
        Assert.Equal(1, Found(report, "stale").Count);
        Assert.Equal(["late", "never"], Found(report, "sync.late").Samples.AsEnumerable());
        Assert.Equal(["broken"], Found(report, "sync.failed").Samples.AsEnumerable());
        // Half the contacts and two of five sources: the mean of 50 and 40.
        Assert.Equal(45, Score(report, AuditDimension.Timeliness));
    }

    private static AuditedGolden Known(string id, int days, string sources, string? engaged = null, int? changed = null)
    {
        var values = FieldValues.None.With(Field.Email, $"{id}@x.com").With(Field.EngagedAt, engaged).With(Field.KnownSince, Moments.Text(Now.AddDays(-days)));
        return Golden(
            id, values, false,
            [.. sources.Split(' ').Select(s => new CleanRecord(new SourceKey(s, Streams.Contacts, id), EntityKind.Contact, values, [], [], changed is { } ago ? Now.AddDays(-ago) : null))]);
    }

    [Fact]
    public void Who_has_never_engaged_is_told_by_systems_that_would_know_and_newcomers_are_given_time()
    {
        var audit = new Audit(Rules with { EngagementSources = ["shop"] }, AuditScope.Everything, Now);
        audit.Add(Known("silent", 91, "shop"));
        audit.Add(Known("also-elsewhere", 400, "crm shop"));
        audit.Add(Known("long-unchanged", 3, "shop", changed: 120));
        audit.Add(Known("newcomer", 90, "shop"));
        audit.Add(Known("buyer", 400, "shop", engaged: "2026-01-05T10:00:00Z"));
        audit.Add(Known("nobody-would-know", 400, "crm"));
        audit.Add(Golden("undated", FieldValues.None.With(Field.Email, "u@x.com"), false, new CleanRecord(new SourceKey("shop", Streams.Contacts, "u"), EntityKind.Contact, FieldValues.None, [], [], null)));
        var found = Found(audit.Report(), "never_engaged");
        Assert.Equal((3, 4), (found.Count, found.Of));
        Assert.StartsWith("3 of 4 contacts have never opened, clicked, visited, bought or answered, as far as any system knows, in more than 90 days.", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_said_to_have_never_engaged_where_no_system_tells() =>
        Assert.DoesNotContain(Report(a => a.Add(Known("silent", 400, "shop"))).Findings, f => f.Code == "never_engaged");

    [Fact]
    public void Who_has_no_usable_address_is_blocked_and_the_rest_is_ready_or_in_review()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a"));
            a.Add(Golden("b", email: null));
            a.Add(Golden("c", consent: ConsentState.Suppressed));
            a.Add(Golden("d", inReview: true));
            a.Add(Golden("e", consent: null));
            a.Add(Golden("f", consent: ConsentState.Denied));
        });
        Assert.Equal(new Readiness(3, 1, 2), report.Readiness);
        Assert.Equal(["b", "c"], Found(report, "reach.none").Samples.AsEnumerable());
        Assert.Equal(["c"], Found(report, "reach.suppressed").Samples.AsEnumerable());
        Assert.Equal((1, 4), (Found(report, "consent.missing").Count, Found(report, "consent.missing").Of));
        Assert.Equal(1, Found(report, "consent.denied").Count);
    }

    [Fact]
    public void Nothing_found_is_a_pass_with_full_marks()
    {
        var report = Report(a => a.Add(Golden("a")));
        Assert.Equal((100, AuditVerdict.Pass), (report.Score, report.Verdict));
        Assert.Empty(report.Findings);
        Assert.Null(Score(report, AuditDimension.Consistency));
        Assert.StartsWith("The score of 100", Assert.Single(report.Reasons));
    }

    [Fact]
    public void A_finding_over_its_threshold_blocks_whatever_the_score()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a"));
            a.Add(Golden("b", email: null, phone: "+4930111"));
        });
        Assert.True(report.Score >= 80);
        Assert.Equal(AuditVerdict.Block, report.Verdict);
        Assert.Equal(["1 of 2 contacts has no e-mail address."], report.Reasons.AsEnumerable());
    }

    [Fact]
    public void A_score_below_the_least_blocks_and_says_so()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a", email: null, city: null, days: 999));
            AddIssues(a, 1, new AuditedIssue(Field.Email, "email.invalid", true));
        });
        Assert.Equal(AuditVerdict.Block, report.Verdict);
        Assert.StartsWith($"The score of {report.Score} is below 50", report.Reasons[0]);
    }

    [Fact]
    public void A_conflict_of_consent_stands_before_all_that_only_costs_points()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 3; i++) a.Add(Golden($"{i}", city: null));
            a.Add(Golden("a", FieldValues.None.With(Field.Email, "a@x.com"), false, Clean("crm", null, Claim("a@x.com", ConsentState.Granted)), Clean("shop", null, Claim("a@x.com", ConsentState.Denied))));
        });
        Assert.Equal(["consent.conflict", "missing.city"], report.Findings.Take(2).Select(f => f.Code));
    }

    [Fact]
    public void Mending_a_finding_gains_the_points_that_it_says()
    {
        void Fill(Audit audit, bool mended)
        {
            audit.Add(Golden("a"));
            audit.Add(Golden("b", city: mended ? "Ulm" : null));
            audit.Add(Golden("c", email: null, phone: "+4930111"));
        }

        var before = Report(a => Fill(a, mended: false));
        var after = Report(a => Fill(a, mended: true));
        Assert.Equal(after.Score - before.Score, Found(before, "missing.city").Points, 0.11);
    }

    [Fact]
    public void Nothing_to_look_at_is_no_pass()
    {
        var report = Report(a => a.Add(new AuditedSource("crm", 0, Now, null, [])));
        Assert.Equal((0, AuditVerdict.Block), (report.Score, report.Verdict));
        Assert.StartsWith("There are no records", Assert.Single(report.Reasons));
    }

    [Fact]
    public void Schema_drift_and_quarantine_are_told_by_source()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a"));
            a.Add(new AuditedSource("crm", 10, Now, null, ["no record has properties.emial"], Quarantined: 2));
        });
        Assert.Equal(["crm: no record has properties.emial"], Found(report, "drift.schema").Samples.AsEnumerable());
        Assert.Equal([new FindingPart("crm", 2)], Found(report, "quarantine").Parts.AsEnumerable());
    }

    [Theory]
    [InlineData("a@x.com", "consent.denied")]
    [InlineData("A@X.com", "consent.denied")]
    [InlineData("b@x.com", "consent.missing")]
    public void A_golden_record_hears_the_strictest_word_on_its_own_address_only(string point, string finding)
    {
        var values = FieldValues.None.With(Field.Email, "a@x.com");
        var report = Report(a => a.Add(Golden("a", values, false, Clean("crm", null, Claim(point, ConsentState.Granted)), Clean("crm", null, Claim(point, ConsentState.Denied)))));
        Assert.Equal(1, Found(report, finding).Count);
    }

    [Fact]
    public void A_no_that_another_system_with_the_same_address_has_not_heard_of_is_a_gap()
    {
        CleanRecord At(string source, string email, params ConsentClaim[] claims) =>
            Clean(source, "Ulm", claims) with { Values = FieldValues.None.With(Field.Email, email) };
        var report = Report(a =>
        {
            a.Add(Group("told", At("crm", "a@x.com", Claim("a@x.com", ConsentState.Suppressed)), At("shop", "a@x.com", Claim("a@x.com", ConsentState.Denied))));
            a.Add(Group("untold", At("crm", "b@x.com", Claim("b@x.com", ConsentState.Suppressed)), At("shop", "B@x.com")));
            a.Add(Group("elsewhere", At("crm", "c@x.com", Claim("c@x.com", ConsentState.Denied)), At("shop", "other@x.com")));
            a.Add(Group("alone", At("crm", "d@x.com", Claim("d@x.com", ConsentState.Denied)), At("crm", "d@x.com")));
        });
        Assert.Equal(["untold"], Found(report, "consent.gap").Samples.AsEnumerable());
    }

    [Fact]
    public void Damaged_texts_are_told_by_kind_and_a_rejected_value_counts_once()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 10; i++) a.Add(Golden($"{i}"));
            AddIssues(a, 2, new AuditedIssue(Field.LastName, "name.cleaned", false), new AuditedIssue(Field.Owner, "text.mojibake", false));
            AddIssues(a, 1, new AuditedIssue(Field.LastName, "name.cleaned", true), new AuditedIssue(Field.LastName, "name.junk", true));
        });
        Assert.Equal(2, Found(report, "damaged.name.cleaned").Count);
        Assert.Equal(2, Found(report, "damaged.text.mojibake").Count);
        Assert.Equal(1, Found(report, "invalid.last_name").Count);
    }

    [Fact]
    public void A_number_that_far_too_many_have_is_a_default()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 3; i++) a.Add(Golden($"a{i}", phone: "+49301"));
            for (var i = 0; i < 2; i++) a.Add(Golden($"b{i}", phone: "+49302"));
            for (var i = 0; i < 5; i++) a.Add(Golden($"c{i}", phone: $"+4930{i}0"));
        });
        var found = Found(report, "default.phone");
        Assert.Equal((3, 10), (found.Count, found.Of));
        Assert.Equal(["a0"], found.Samples.AsEnumerable());
    }

    [Fact]
    public void An_owner_is_missed_only_where_contacts_have_owners()
    {
        var owned = FieldValues.None.With(Field.Email, "o@x.com").With(Field.City, "Ulm").With(Field.Owner, "Grace");
        Assert.DoesNotContain(Report(a => a.Add(Golden("a"))).Findings, f => f.Code == "ownerless");
        var report = Report(a =>
        {
            a.Add(Golden("a"));
            a.Add(Golden("b", owned, false, Clean("crm", "Ulm")));
        });
        Assert.Equal(["a"], Found(report, "ownerless").Samples.AsEnumerable());
    }

    [Fact]
    public void Companies_and_contacts_find_each_other_by_name_and_by_domain()
    {
        AuditedGolden At(string id, string? company, string domain)
        {
            var values = FieldValues.None.With(Field.Email, $"{id}@{domain}").With(Field.City, "Ulm").With(Field.Company, company);
            return Golden(id, values, false, Clean("crm", "Ulm"));
        }

        var report = Report(a =>
        {
            a.Add(Company("1", "A.C.M.E."));
            a.Add(Company("2", "Globex", "globex.com"));
            a.Add(Company("3", "Initech"));
            a.Add(At("byname", "Acme", "gmail.com"));
            a.Add(At("bydomain", "Globex Germany", "globex.com"));
            a.Add(At("stranger", "Umbrella", "umbrella.com"));
            a.Add(At("private", null, "gmail.com"));
        });
        Assert.Equal(["3"], Found(report, "orphaned.company").Samples.AsEnumerable());
        Assert.Equal(["stranger"], Found(report, "orphaned.contact").Samples.AsEnumerable());
        Assert.DoesNotContain(Report(a => a.Add(At("b", "Umbrella", "u.com"))).Findings, f => f.Code == "orphaned.contact");
    }

    [Fact]
    public void Addresses_for_examples_and_at_free_providers_are_told()
    {
        var report = Report(a =>
        {
            a.Add(Golden("a", email: "a@example.org"));
            a.Add(Golden("b", email: "b@mail.example.com"));
            a.Add(Golden("c", email: "c@myexample.com"));
            a.Add(Golden("d", email: "d@gmail.com"));
        });
        Assert.Equal(["a", "b"], Found(report, "reach.reserved").Samples.AsEnumerable());
        Assert.Equal(["d"], Found(report, "reach.free_mail").Samples.AsEnumerable());
    }

    [Fact]
    public void A_field_that_fell_since_the_last_audit_has_drifted_and_one_that_rose_has_not()
    {
        var before = Report(a =>
        {
            for (var i = 0; i < 10; i++) a.Add(Golden($"{i}", city: i == 0 ? "Ulm" : null));
            a.Add(new AuditedSource("crm", 10, Now, null, [], Unmapped: ["old"]));
        });
        var audit = new Audit(Rules, AuditScope.Everything, Now);
        for (var i = 0; i < 10; i++) audit.Add(Golden($"{i}", email: i < 3 ? null : "x"));
        AddIssues(audit, 2, new AuditedIssue(Field.Email, "email.typo", false));
        audit.Add(new AuditedSource("crm", 10, Now, null, [], Unmapped: ["new"]));
        var report = audit.Report(before);
        Assert.Equal(["e-mail address: 100 % filled at the last audit, 70 % now"], Found(report, "drift.completeness").Samples.AsEnumerable());
        Assert.Equal(["e-mail address: 100 % sound at the last audit, 80 % now"], Found(report, "drift.validity").Samples.AsEnumerable());
        Assert.Equal(["crm: new is new at the source, and not mapped", "crm: old is no longer at the source"], Found(report, "drift.schema").Samples.AsEnumerable());
        Assert.Equal(1, report.Fields.Single(f => f.Field == "email").FilledBefore);
    }

    private static readonly Gen<AuditedGolden> AnyGolden = Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 800],
        (id, mail, city, sources, days) => Golden(
            $"{id:00}", mail == 0 ? null : $"{mail}@x.com", city ? "Ulm" : null, ((string[])["crm", "crm crm", "crm shop", "shop shop shop"])[sources], days,
            mail == 1 ? ConsentState.Suppressed : null, inReview: mail == 2, phone: city ? "+4930" : null));

    [Fact]
    public void The_order_of_adding_does_not_change_the_report() =>
        AnyGolden.Array[1, 12].SelectMany(g => Shuffling.Of(g).Select(s => (Straight: g, Shuffled: s))).Sample(
            g => Assert.Equal(
                AuditJson.Render(Report(a => Array.ForEach(g.Straight, x => a.Add(x)))), AuditJson.Render(Report(a => Array.ForEach(g.Shuffled, x => a.Add(x))))),
            iter: 500);

    [Fact]
    public void Parts_merge_into_what_one_audit_over_all_would_say() =>
        Gen.Select(AnyGolden.Array[0, 12], AnyGolden.Array[0, 12], Gen.Int[0, 5]).Sample(
            (one, other, issues) =>
            {
                void Fill(Audit audit, AuditedGolden[] golden)
                {
                    Array.ForEach(golden, g => audit.Add(g));
                    AddIssues(audit, issues, new AuditedIssue(Field.Email, "email.typo", false), new AuditedIssue(Field.Phone, "phone.invalid", true));
                    audit.AddQueue(1, [golden.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                }

                var whole = Report(a =>
                {
                    Fill(a, one);
                    Fill(a, other);
                });
                foreach (var (first, second) in new[] { (one, other), (other, one) })
                {
                    var merged = Report(a =>
                    {
                        Fill(a, first);
                        var part = new Audit(Rules, AuditScope.Everything, Now);
                        Fill(part, second);
                        a.Merge(part);
                    });
                    Assert.Equal(AuditJson.Render(whole), AuditJson.Render(merged));
                }
            },
            iter: 300);

    [Fact]
    public void Scores_and_shares_stay_within_their_bounds() =>
        Gen.Select(AnyGolden.Array[0, 12], Gen.Int[0, 100], Gen.Bool).Sample(
            (golden, issues, rejected) =>
            {
                var report = Report(a =>
                {
                    Array.ForEach(golden, g => a.Add(g));
                    AddIssues(a, issues, new AuditedIssue(Field.Email, rejected ? "email.invalid" : "email.typo", rejected));
                    a.AddQueue(issues, []);
                });
                Assert.InRange(report.Score, 0, 100);
                Assert.All(report.Dimensions, d => Assert.InRange(d.Score ?? 0, 0, 100));
                Assert.All(report.Findings, f => Assert.InRange(f.Share, 0, 1));
                Assert.NotEmpty(report.Reasons);
                Assert.Equal(golden.Length, report.Readiness.Ready + report.Readiness.InReview + report.Readiness.Blocked);
            },
            iter: 500);
}
