using CsCheck;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using NodaTime;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Sending;

public sealed class SendGateTests
{
    private static readonly SendStep Mail = new(Channel.Email, "hello", true) { Id = "s" };
    private static readonly SendStep Text = new(Channel.Sms, "hello-sms", true) { Id = "s" };
    private static readonly SendStep Receipt = new(Channel.Email, "receipt", false) { Id = "s" };
    private static readonly Workflow AnyHour = Workflow("  - send: hello");
    private static readonly Workflow OfficeHours = Workflow("  - send: hello", "window: { from: \"09:00\", until: \"18:00\", days: [mon, tue, wed, thu, fri] }");
    private static readonly (Field, string) Berlin = (Field.TimeZone, "Europe/Berlin");

    // A Friday.
    private static readonly DateTimeOffset Noon = Utc("2026-02-27T12:00Z");

    private static SendDecision Decide(ContactFacts contact, SendStep step, Workflow? workflow = null, DateTimeOffset? now = null, SendingRules? rules = null, params SentMessage[] sent) =>
        SendGate.Decide(View(Set("2026-01-01", null, null, rules, AnyHour), contact, now ?? Noon, sent), workflow ?? AnyHour, step, now ?? Noon);

    private static SentMessage Sent(string at, Channel channel = Channel.Email, bool marketing = true) => new(at, Utc(at), channel, "other", marketing);

    private static ContactFacts WithConsent(ConsentState state) => Contact() with { Consents = [new(Channel.Email, Purposes.Marketing, state, Utc("2025-06-01"))] };

    [Fact]
    public void What_nothing_forbids_goes_out_at_once() => Assert.Equal<SendDecision>(new SendDecision.Send("ada@engines.co.uk"), Decide(Contact(), Mail));

    [Fact]
    public void A_blocked_contact_is_skipped() =>
        Assert.Equal<SendDecision>(new SendDecision.Skip("blocked: email_undeliverable"), Decide(Contact() with { Hygiene = new(HygieneStatus.Blocked, HygieneReasons.EmailUndeliverable) }, Mail));

    [Fact]
    public void A_contact_in_review_waits_an_hour() =>
        Assert.Equal<SendDecision>(new SendDecision.Defer(Noon.AddHours(1), "in review: shared_email"), Decide(Contact() with { Hygiene = new(HygieneStatus.InReview, HygieneReasons.SharedEmail) }, Mail));

    [Fact]
    public void A_contact_that_stays_in_review_for_days_is_skipped()
    {
        var contact = Contact() with { Hygiene = new(HygieneStatus.InReview, HygieneReasons.SharedEmail) };
        var view = View(Set("2026-01-01", AnyHour), contact, Noon);
        Assert.Equal<SendDecision>(new SendDecision.Skip("in review for 3d: shared_email"), SendGate.Decide(view, AnyHour, Mail, Noon.AddDays(3).AddMinutes(1)));
    }

    [Fact]
    public void Without_an_address_there_is_nothing_to_send_to()
    {
        Assert.Equal<SendDecision>(new SendDecision.Skip("no address: the contact has no e-mail address"), Decide(Contact((Field.Email, "")), Mail));
        Assert.Equal<SendDecision>(new SendDecision.Skip("no address: the contact has no phone number"), Decide(Contact(), Text));
    }

    [Theory]
    [InlineData(ConsentState.Denied, "no consent: email consent denied")]
    [InlineData(ConsentState.Pending, "no consent: email consent pending")]
    [InlineData(ConsentState.Suppressed, "suppressed: email suppressed by a source")]
    public void Marketing_needs_a_yes(ConsentState state, string reason) => Assert.Equal<SendDecision>(new SendDecision.Skip(reason), Decide(WithConsent(state), Mail));

    [Fact]
    public void Silence_is_no_yes() => Assert.Equal<SendDecision>(new SendDecision.Skip("no consent: email no consent known"), Decide(Contact() with { Consents = [] }, Mail));

    [Fact]
    public void A_receipt_needs_no_yes_and_goes_to_who_has_unsubscribed()
    {
        var left = Contact() with { Consents = [], Events = EventLog.Of([Event("email.unsubscribed", "2026-02-01T00:00Z")]) };
        Assert.Equal<SendDecision>(new SendDecision.Send("ada@engines.co.uk"), Decide(left, Receipt, OfficeHours, Utc("2026-02-28T03:00Z")));
        Assert.Equal<SendDecision>(new SendDecision.Skip("suppressed: email unsubscribed"), Decide(left, Mail));
    }

    [Theory]
    [InlineData("email.bounced", "{\"kind\":\"hard\"}", "suppressed: email hard_bounce")]
    [InlineData("email.complained", "{}", "suppressed: email complaint")]
    public void A_dead_mailbox_and_a_complaint_stop_receipts_too(string type, string properties, string reason) =>
        Assert.Equal<SendDecision>(new SendDecision.Skip(reason), Decide(Contact() with { Events = EventLog.Of([Event(type, "2026-02-01T00:00Z", properties)]) }, Receipt));

    [Fact]
    public void A_soft_bounce_stops_nothing() =>
        Assert.IsType<SendDecision.Send>(Decide(Contact() with { Events = EventLog.Of([Event("email.bounced", "2026-02-01T00:00Z", "{\"kind\":\"soft\"}")]) }, Mail));

    [Fact]
    public void A_suppression_of_one_channel_leaves_the_other()
    {
        var contact = Contact((Field.Phone, "+447700900123")) with { Suppressions = [new(Channel.Email, Purposes.Every, "request", Utc("2026-01-01"))] };
        Assert.Equal<SendDecision>(new SendDecision.Skip("suppressed: email request"), Decide(contact, Receipt));
        Assert.Equal<SendDecision>(new SendDecision.Send("+447700900123"), Decide(contact, Text));
    }

    [Fact]
    public void Stop_by_text_message_closes_text_messages()
    {
        var contact = Contact((Field.Phone, "+447700900123")) with { Events = EventLog.Of([Event("sms.replied", "2026-02-01T00:00Z", "{\"text\":\" Stop. \"}")]) };
        Assert.Equal<SendDecision>(new SendDecision.Skip("suppressed: sms unsubscribed"), Decide(contact, Text));
        Assert.IsType<SendDecision.Send>(Decide(contact, Mail));
    }

    [Fact]
    public void The_control_group_is_sent_nothing()
    {
        var view = View(Set("2026-01-01", AnyHour), Contact(), Noon);
        Assert.Equal<SendDecision>(new SendDecision.Skip("holdout: the contact is in the control group"), SendGate.Decide(view with { Enrolment = view.Enrolment! with { Control = true } }, AnyHour, Mail, Noon));
    }

    [Fact]
    public void An_open_breaker_holds_marketing_mail_and_nothing_else()
    {
        var rules = SendingRules.Default with { Breaker = "complaints: 0.4 % of 1,000 mails" };
        Assert.Equal<SendDecision>(new SendDecision.Defer(Noon.AddHours(1), "complaints: 0.4 % of 1,000 mails"), Decide(Contact(), Mail, rules: rules));
        Assert.IsType<SendDecision.Send>(Decide(Contact(), Receipt, rules: rules));
        Assert.IsType<SendDecision.Send>(Decide(Contact((Field.Phone, "+447700900123")), Text, rules: rules));
    }

    [Fact]
    public void The_window_is_that_of_the_contacts_own_clock()
    {
        var decision = Decide(Contact((Field.TimeZone, "Asia/Tokyo")), Mail, OfficeHours, Utc("2026-03-02T12:00Z"));
        Assert.Equal<SendDecision>(new SendDecision.Defer(Utc("2026-03-03T00:00Z"), "send window: opens at 2026-03-03 09:00 in Asia/Tokyo"), decision);
    }

    [Fact]
    public void Of_a_contact_without_a_zone_the_reason_says_so()
    {
        var decision = Decide(Contact(), Mail, OfficeHours, Utc("2026-02-28T12:00Z"));
        Assert.Equal<SendDecision>(new SendDecision.Defer(Utc("2026-03-02T09:00Z"), "send window: opens at 2026-03-02 09:00 in Etc/UTC, since the contact's time zone is not known"), decision);
    }

    [Theory]
    [InlineData("2026-03-27T20:00Z", "2026-03-30T07:00Z")] // the weekend in which clocks go forward in Berlin
    [InlineData("2026-10-23T20:00Z", "2026-10-26T08:00Z")] // and back
    public void Nine_oclock_stays_nine_oclock_over_a_change_of_clocks(string at, string opens) =>
        Assert.Equal(Utc(opens), Assert.IsType<SendDecision.Defer>(Decide(Contact(Berlin), Mail, OfficeHours, Utc(at))).Until);

    [Theory]
    [InlineData("2026-03-29T00:30Z", "2026-03-29T01:00Z")] // 2:30 does not come that night: the clocks show 3:00 instead
    [InlineData("2026-10-25T00:00Z", "2026-10-25T00:30Z")] // 2:30 comes twice: the first counts
    public void A_window_that_opens_in_the_hour_of_the_change_opens_once(string at, string opens)
    {
        var night = Workflow("  - send: hello", "window: { from: \"02:30\", until: \"06:00\" }");
        Assert.Equal(Utc(opens), Assert.IsType<SendDecision.Defer>(Decide(Contact(Berlin), Mail, night, Utc(at))).Until);
    }

    [Fact]
    public void The_cap_counts_marketing_of_all_workflows_on_one_channel()
    {
        Assert.Equal<SendDecision>(new SendDecision.Defer(Utc("2026-02-27T14:00Z"), "cap: 1 marketing message within 4h on email"), Decide(Contact(), Mail, sent: Sent("2026-02-27T10:00Z")));
        Assert.IsType<SendDecision.Send>(Decide(Contact(), Mail, sent: Sent("2026-02-27T08:00Z")));
        Assert.IsType<SendDecision.Send>(Decide(Contact(), Mail, sent: Sent("2026-02-27T10:00Z", Channel.Sms)));
        Assert.IsType<SendDecision.Send>(Decide(Contact(), Mail, sent: Sent("2026-02-27T10:00Z", marketing: false)));
        Assert.IsType<SendDecision.Send>(Decide(Contact(), Receipt, sent: Sent("2026-02-27T10:00Z")));
    }

    [Fact]
    public void What_the_cap_frees_in_the_evening_waits_for_the_window_on_monday() =>
        Assert.Equal(Utc("2026-03-02T08:00Z"), Assert.IsType<SendDecision.Defer>(Decide(Contact(Berlin), Mail, OfficeHours, Utc("2026-02-27T15:00Z"), sent: Sent("2026-02-27T14:30Z"))).Until);

    [Fact]
    public void A_window_that_never_meets_the_laws_hours_is_said_and_nothing_waits_for_ever()
    {
        var night = Workflow("  - send: { template: hello-sms, channel: sms }", "window: { from: \"22:00\", until: \"23:00\" }");
        var skip = Assert.IsType<SendDecision.Skip>(Decide(Contact(Berlin, (Field.Phone, "+4915112345678")), Text, night));
        Assert.StartsWith("no time: send window and quiet hours never meet", skip.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hour_found_is_the_first_that_suits_window_quiet_hours_and_cap_alike()
    {
        var zones = new[] { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns" };
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 8], Gen.Int[0, 365 * 96], Gen.Int[0, 5], Gen.Int[1, 2], Gen.Int[0, 40].Array[0, 4], Gen.Int[1, 127]).Sample(
            (from, hours, quarter, zone, most, earlier, days) =>
            {
                var now = Utc("2026-01-01T00:00Z").AddMinutes(15 * quarter);
                var names = string.Join(", ", new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.Where((_, i) => (days & (1 << i)) != 0));
                var workflow = Workflow("  - send: { template: hello-sms, channel: sms }", $"window: {{ from: \"{from:00}:00\", until: \"{Math.Min(from + hours, 24):00}:00\", days: [{names}] }}");
                var sent = earlier.Distinct().Select(q => new SentMessage($"{q}", now.AddMinutes(-15 * q), Channel.Sms, "other", true)).OrderBy(s => s.At).ToArray();
                var rules = new SendingRules(most, TimeSpan.FromHours(4), "Etc/UTC");
                var contact = Contact((Field.TimeZone, zones[zone]), (Field.Phone, "+447700900123"));
                bool Suits(DateTimeOffset at)
                {
                    var local = Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zones[zone]]).LocalDateTime;
                    var inWindow = workflow.Window!.Days.Contains((DayOfWeek)((int)local.DayOfWeek % 7)) && local.Hour >= from && local.Hour < Math.Min(from + hours, 24);
                    return inWindow && local.Hour is >= 8 and < 21 && sent.Count(s => s.At > at - rules.Per && s.At <= at) < most;
                }

                var expected = Enumerable.Range(0, 96 * 9).Select(i => (DateTimeOffset?)now.AddMinutes(15 * i)).FirstOrDefault(at => Suits(at!.Value));
                var actual = Decide(contact, Text, workflow, now, rules, sent) switch { SendDecision.Send => now, SendDecision.Defer defer => defer.Until, _ => (DateTimeOffset?)null };
                Assert.Equal(expected, actual);
            },
            iter: 400);
    }
}
