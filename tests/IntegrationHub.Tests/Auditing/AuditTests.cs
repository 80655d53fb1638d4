using CsCheck;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;
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
        stale_after_days: 365
        late_after_hours: 24
        samples: 2
        """, "audit.yaml");

    private static AuditedGolden Golden(string id, string? email = "x", string? city = "Ulm", string sources = "crm", int days = 1, ConsentState? consent = ConsentState.Granted, bool inReview = false) => new(
        id, EntityKind.Contact,
        FieldValues.None.With(Field.Email, email == "x" ? $"{id}@x.com" : email).With(Field.City, city),
        [.. sources.Split(' ').Select((s, i) => new SourceKey(s, Streams.Contacts, $"{id}{i}"))],
        Now.AddDays(-days), consent, null, inReview);

    private static CleanRecord Clean(string source, string? city, params ConsentClaim[] claims) =>
        new(new SourceKey(source, Streams.Contacts, "1"), EntityKind.Contact, FieldValues.None.With(Field.City, city), [], [.. claims], Now);

    private static ConsentClaim Claim(string point, ConsentState state) => new(Channel.Email, "marketing", point, state, null);

    private static IssueCount Issue(string code, bool rejected, long count, Field field = Field.Email) => new("crm", field, new IssueCode(code), rejected, count, ["crm/contacts/7"]);

    private static AuditReport Report(Action<Audit> add)
    {
        var audit = new Audit(Rules, "all", Now);
        add(audit);
        return audit.Report();
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
        Assert.Equal([new FieldFill("city", 3, 4), new FieldFill("email", 3, 4)], report.Fields.AsEnumerable());
    }

    [Fact]
    public void Rejected_and_doubtful_values_lower_validity_and_repaired_ones_do_not()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 10; i++) a.Add(Golden($"{i}"));
            a.Add(Issue("email.syntax", rejected: true, 2));
            a.Add(Issue("email.typo", rejected: false, 3));
            a.Add(Issue("email.case", rejected: false, 9));
            a.Add(Issue("city.case", rejected: false, 1, Field.City));
        });
        // Half of ten records' e-mail addresses, which count 3 of 4.
        Assert.Equal(62.5, Score(report, AuditDimension.Validity));
        Assert.Equal("2 e-mail addresses cannot be used.", Found(report, "invalid.email").What);
        Assert.Equal("3 e-mail addresses look misspelt.", Found(report, "doubtful.email.typo").What);
        Assert.Equal(["crm/contacts/7"], Found(report, "doubtful.email.typo").Samples.AsEnumerable());
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
            a.Add(Golden("a"));
            a.AddGroup("a", [Clean("crm", "Ulm"), Clean("shop", "Bonn")]);
            a.AddGroup("b", [Clean("crm", "Ulm"), Clean("shop", "ULM")]);
            a.AddGroup("c", [Clean("crm", "Ulm"), Clean("shop", null)]);
            a.AddGroup("d", [Clean("crm", "Ulm"), Clean("crm", "Bonn")]);
            a.AddGroup("e", [Clean("crm", "Ulm")]);
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
        var report = Report(a =>
        {
            a.Add(Golden("a", sources: "crm shop"));
            a.AddGroup("a", [Clean("crm", null, Claim("a@x.com", ConsentState.Granted)), Clean("shop", null, Claim(point, state))]);
        });
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
            a.Add(Golden("b", email: null) with { Values = FieldValues.None.With(Field.City, "Ulm").With(Field.Phone, "+4930111") });
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
            a.Add(Issue("email.syntax", rejected: true, 1));
        });
        Assert.Equal(AuditVerdict.Block, report.Verdict);
        Assert.StartsWith($"The score of {report.Score} is below 50", report.Reasons[0]);
    }

    [Fact]
    public void A_conflict_of_consent_stands_before_all_that_only_costs_points()
    {
        var report = Report(a =>
        {
            for (var i = 0; i < 3; i++) a.Add(Golden($"{i}", city: null, sources: "crm shop"));
            a.AddGroup("0", [Clean("crm", null, Claim("a@x.com", ConsentState.Granted)), Clean("shop", null, Claim("a@x.com", ConsentState.Denied))]);
        });
        Assert.Equal(["consent.conflict", "missing.city"], report.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Mending_a_finding_gains_the_points_that_it_says()
    {
        void Fill(Audit audit, bool mended)
        {
            audit.Add(Golden("a"));
            audit.Add(Golden("b", city: mended ? "Ulm" : null));
            audit.Add(Golden("c", email: null) with { Values = FieldValues.None.With(Field.City, "Ulm").With(Field.Phone, "+4930111") });
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
        Assert.Equal(["crm: no record has properties.emial"], Found(report, "drift").Samples.AsEnumerable());
        Assert.Equal([new FindingPart("crm", 2)], Found(report, "quarantine").Parts.AsEnumerable());
    }

    [Fact]
    public void A_golden_record_hears_the_strictest_word_on_its_own_address_only()
    {
        var values = FieldValues.None.With(Field.Email, "a@x.com");
        var content = new GoldenContent(EntityKind.Contact, values, [], []);
        CleanRecord[] records =
        [
            Clean("crm", null, Claim("a@x.com", ConsentState.Granted)) with { UpdatedAt = Now.AddDays(-3) },
            Clean("shop", null, Claim("A@X.com", ConsentState.Denied), Claim("b@x.com", ConsentState.Suppressed)) with { UpdatedAt = null },
        ];
        var golden = AuditedGolden.Of("a", content, records, inReview: false);
        Assert.Equal(ConsentState.Denied, golden.Email);
        Assert.Null(golden.Sms);
        Assert.Equal(Now.AddDays(-3), golden.ChangedAt);
    }

    private static readonly Gen<AuditedGolden> AnyGolden = Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 800],
        (id, mail, city, sources, days) => Golden(
            $"{id:00}", mail == 0 ? null : $"{mail}@x.com", city ? "Ulm" : null, ((string[])["crm", "crm crm", "crm shop", "shop shop shop"])[sources], days,
            mail == 1 ? ConsentState.Suppressed : null, inReview: mail == 2));

    [Fact]
    public void The_order_of_adding_does_not_change_the_report() =>
        AnyGolden.Array[1, 12].SelectMany(g => Shuffling.Of(g).Select(s => (Straight: g, Shuffled: s))).Sample(
            g => Assert.Equal(
                AuditJson.Render(Report(a => Array.ForEach(g.Straight, a.Add))), AuditJson.Render(Report(a => Array.ForEach(g.Shuffled, a.Add)))),
            iter: 500);

    [Fact]
    public void Scores_and_shares_stay_within_their_bounds() =>
        Gen.Select(AnyGolden.Array[0, 12], Gen.Long[0, 100], Gen.Bool).Sample(
            (golden, issues, rejected) =>
            {
                var report = Report(a =>
                {
                    Array.ForEach(golden, a.Add);
                    a.Add(Issue("email.typo", rejected, issues));
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
