using System.Collections.Immutable;
using System.Text.Json;
using IntegrationHub.Measuring;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Measuring.Exposures;

namespace IntegrationHub.Tests.Measuring;

public sealed class ReportTests
{
    [Fact]
    public void Runs_messages_and_what_became_of_them_are_counted_by_workflow_version_path_and_channel()
    {
        var report = Report(
            [Run(0, path: "opened:yes", converted: 3), Run(0, "bob", path: "opened:no", version: "v2"), Run(0, "cy", control: true)],
            [Touch(1, path: "opened:yes", key: "m1"), Touch(2, path: "opened:yes", channel: Channel.Sms, key: "m2"), Touch(1, contact: "bob", path: "opened:no", version: "v2", key: "m3")],
            [
                Event(1.1, EventTypes.EmailDelivered, properties: """{"message_key":"m1"}"""), Event(1.2, EventTypes.EmailOpened, properties: """{"message_key":"m1"}"""),
                Event(1.3, EventTypes.EmailClicked, properties: """{"message_key":"m1"}"""), Event(1.4, EventTypes.EmailClicked, properties: """{"message_key":"m1"}"""),
                Event(2.5, EventTypes.EmailUnsubscribed, "bob"), Event(2.6, EventTypes.EmailComplained, "bob"),
            ]).Workflows.Single();

        Assert.Equal((2, 1, 1), (report.Total.Entered, report.Total.Control, report.Total.Converted));
        Assert.Equal(new MessageCounts(3, 1, 1, 1, 0, 1, 1), report.Total.Messages);
        Assert.Equal([("v1", 1L, 2L), ("v2", 1, 1)], report.Versions.Select(l => (l.Name, l.Entered, l.Messages.Sent)));
        Assert.Equal([("opened:no", 1L, 1L), ("opened:yes", 1, 2), ("straight", 0, 0)], report.PathLines.Select(l => (l.Name, l.Entered, l.Messages.Sent)));
        Assert.Equal([("email", 2L, 2L), ("sms", 1, 1)], report.Channels.Select(l => (l.Name, l.Entered, l.Messages.Sent)));
    }

    [Fact]
    public void Deliveries_that_nobody_tells_are_not_said_to_be_none() => Assert.Null(Report([Run(0)], [Touch(1)], []).Workflows.Single().Total.Messages.Delivered);

    [Fact]
    public void A_click_that_names_no_message_is_of_the_latest_mail_before_it()
    {
        var line = Report(
            [Run(0), Run(0, workflow: "x")],
            [Touch(1), Touch(2, "x"), Touch(2.2, "w", Channel.Sms), Touch(4, "w")],
            [Event(3, EventTypes.EmailClicked)]).Workflows.ToDictionary(w => w.Workflow, w => w.Total.Messages.Clicked);
        Assert.Equal((0, 1), (line["w"], line["x"]));
    }

    [Fact]
    public void A_mail_that_came_back_for_good_has_no_share_in_an_order_and_one_that_came_back_for_now_has()
    {
        var report = Report(
            [Run(0)],
            [Touch(1, key: "m1", path: "a:1"), Touch(2, key: "m2", path: "a:2")],
            [
                Event(1.1, EventTypes.EmailBounced, properties: """{"message_key":"m1","kind":"hard"}"""), Event(2.1, EventTypes.EmailBounced, properties: """{"message_key":"m2","kind":"soft"}"""),
                Event(3, EventTypes.OrderPlaced, properties: """{"order_id":"1","total_minor":500,"currency":"EUR"}"""),
            ]).Workflows.Single();
        Assert.Equal(1, report.Total.Messages.Bounced);
        Assert.Equal([0, 500], report.PathLines.Where(l => l.Name != "straight").Select(l => l.Revenue["linear"].Sum(a => a.Minor)));
    }

    [Fact]
    public void Pipeline_demos_and_deals_are_those_of_the_contacts_that_entered_and_in_time()
    {
        var line = Report(
            [Run(1), Run(1, "cy", control: true)],
            [],
            [
                Event(2, EventTypes.DemoRequested), Event(2.3, EventTypes.MeetingBooked), Event(0.5, EventTypes.DemoRequested), Event(5, EventTypes.DemoRequested, "cy"),
                Event(6, EventTypes.DealCreated, properties: """{"deal_id":"d1","amount_minor":100000,"currency":"EUR"}"""),
                Event(9, EventTypes.DealWon, properties: """{"deal_id":"d1","amount_minor":90000,"currency":"EUR"}"""), Event(9.1, EventTypes.DealWon, properties: """{"deal_id":"d1","amount_minor":90000,"currency":"EUR"}"""),
                Event(40, EventTypes.DealWon, properties: """{"deal_id":"d2","amount_minor":1,"currency":"EUR"}"""),
            ]).Workflows.Single().Total;
        Assert.Equal((1, 1, 1), (line.Pipeline.Count, line.Demos.Count, line.Deals.Count));
        Assert.Equal([new MoneyAmount("EUR", 90_000)], line.Deals.Worth.ToArray());
    }

    [Fact]
    public void Only_what_lies_in_the_time_asked_for_counts_while_orders_look_back_beyond_it()
    {
        var facts = new MeasuredFacts(
            [Run(0, converted: 12), Run(11, "bob")], [Touch(5), Touch(11, contact: "bob")],
            [
                Event(9, EventTypes.OrderPlaced, properties: """{"order_id":"1","total_minor":100,"currency":"EUR"}"""), Event(12, EventTypes.OrderPlaced, properties: """{"order_id":"2","total_minor":200,"currency":"EUR"}"""),
                Event(21, EventTypes.OrderPlaced, properties: """{"order_id":"3","total_minor":400,"currency":"EUR"}"""),
            ], []);
        var report = WorkflowReports.Of(facts, ReportRequest.All with { From = Day(10), Until = Day(20) });
        var line = report.Workflows.Single().Total;
        Assert.Equal((1, 0, 1), (line.Entered, line.Converted, line.Messages.Sent));
        Assert.Equal([new MoneyAmount("EUR", 200)], line.Revenue["last"].ToArray());
        Assert.Equal([new MoneyAmount("EUR", 200)], report.Revenue.ToArray());
    }

    [Fact]
    public void A_contact_counts_once_in_the_arm_of_its_first_run_and_the_holdout_is_never_credited()
    {
        var report = Report(
            [Run(0, "cy", control: true, converted: 1), Run(20, "cy", control: true, visit: 2), Run(0), Run(5, visit: 2, converted: 6)],
            [Touch(1)],
            [
                Event(2, EventTypes.OrderPlaced, "cy", """{"order_id":"1","total_minor":100,"currency":"EUR"}"""), Event(3, EventTypes.OrderPlaced, properties: """{"order_id":"2","total_minor":300,"currency":"EUR"}"""),
                Event(31, EventTypes.OrderPlaced, properties: """{"order_id":"3","total_minor":999,"currency":"EUR"}"""),
            ]);
        var lift = report.Workflows.Single().Lift!;
        Assert.Equal((1, 1, 1, 1), (lift.Treated.Contacts, lift.Treated.Converted, lift.Control.Contacts, lift.Control.Converted));
        Assert.Equal((300, 100), (lift.Revenue.Single().TreatedMinor, lift.Revenue.Single().ControlMinor));
        Assert.Equal([new MoneyAmount("EUR", 100)], report.Unattributed.ToArray());
    }

    [Fact]
    public void Nothing_is_a_report_of_nothing()
    {
        var report = WorkflowReports.Of(MeasuredFacts.None, ReportRequest.All);
        Assert.Empty(report.Workflows);
        Assert.Contains("No workflow has run", ReportHtml.Render(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5000, 0, 16, 0, 0, 0, 0, 0, WorkflowVerdict.Stop, "16 complaints on 5,000 messages (0.32 %)")]
    [InlineData(5000, 0, 6, 1000, 100, 1000, 50, 0, WorkflowVerdict.Watch, "6 complaints on 5,000 messages (0.12 %)")]
    [InlineData(100, 0, 1, 1000, 100, 1000, 50, 0, WorkflowVerdict.Scale, "It works: 10 % reached the goal against 5 % of the control group, a difference of +5 points (95 % sure: +2.71 to +7.34)")]
    [InlineData(5000, 0, 0, 1000, 50, 1000, 100, 0, WorkflowVerdict.Stop, "It does harm: 5 % reached the goal against 10 %")]
    [InlineData(5000, 150, 0, 1000, 100, 1000, 50, 0, WorkflowVerdict.Watch, "150 contacts unsubscribed on 5,000 messages (3 %)")]
    [InlineData(5000, 0, 0, 1000, 60, 1000, 50, 0, WorkflowVerdict.Keep, "6 % reached the goal against 5 % of the control group, a difference of +1 points (95 % sure: -1")]
    [InlineData(5000, 0, 0, 1000, 50, 1000, 60, 0, WorkflowVerdict.Watch, "5 % reached the goal against 6 %")]
    [InlineData(50, 0, 0, 90, 9, 50, 1, 0, WorkflowVerdict.Watch, "Too little data: 90 contacts written to and 50 in the control group")]
    [InlineData(50, 0, 0, 90, 9, 0, 0, 0, WorkflowVerdict.Watch, "Too little data to say: 90 entered; 100 are the least.")]
    [InlineData(500, 0, 0, 400, 9, 0, 0, 0, WorkflowVerdict.Keep, "9 of 400 runs reached the goal (2.3 %). There is no control group")]
    [InlineData(500, 0, 0, 400, 0, 0, 0, 0, WorkflowVerdict.Watch, "Nobody of 400 runs reached the goal")]
    [InlineData(500, 0, 0, 1000, 50, 1000, 50, 500, WorkflowVerdict.Scale, "It works: revenue per contact is")]
    [InlineData(500, 0, 0, 1000, 50, 1000, 50, -500, WorkflowVerdict.Stop, "It does harm: revenue per contact is")]
    [InlineData(500, 0, 0, 1000, 100, 1000, 50, -500, WorkflowVerdict.Watch, "More contacts convert, yet revenue per contact is")]
    public void The_verdict_says_why_in_plain_words(
        int sent, int unsubscribed, int complained, int treated, int converted, int control, int controlConverted, int revenueApart, WorkflowVerdict verdict, string reason)
    {
        var line = new ReportLine(
            "w", treated, control, new MessageCounts(sent, null, sent, 0, 0, unsubscribed, complained), converted, ImmutableSortedDictionary<string, ImmutableArray<MoneyAmount>>.Empty, Tally.None, Tally.None, Tally.None);
        var lift = control == 0 ? null : HoldoutLift.Of(Arm(treated, converted, Math.Max(0, revenueApart)), Arm(control, controlConverted, Math.Max(0, -revenueApart)));
        var said = Verdicts.Of(line, lift);
        Assert.Equal(verdict, said.Verdict);
        Assert.StartsWith(reason, said.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Opens_decide_nothing()
    {
        ReportLine Line(long opened) => new("w", 500, 0, new MessageCounts(500, null, opened, 0, 0, 0, 0), 0, ImmutableSortedDictionary<string, ImmutableArray<MoneyAmount>>.Empty, Tally.None, Tally.None, Tally.None);
        Assert.Equal(Verdicts.Of(Line(0), null), Verdicts.Of(Line(500), null));
    }

    [Fact]
    public void The_page_escapes_what_comes_from_data()
    {
        var page = ReportHtml.Render(Report([Run(0, workflow: "<script>alert('x')</script>", control: true), Run(0, "bob", "<script>alert('x')</script>", path: "a:\"&")], [], []));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("a:&quot;&amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_has_every_model_and_amounts_in_minor_units()
    {
        var report = Report([Run(0)], [Touch(1)], [Event(3, EventTypes.OrderPlaced, properties: """{"order_id":"1","total_minor":1999,"currency":"EUR"}""")]);
        using var json = JsonDocument.Parse(ReportJson.Render(report));
        var revenue = json.RootElement.GetProperty("workflows")[0].GetProperty("total").GetProperty("revenue");
        Assert.Equal(AttributionModels.All.Keys, revenue.EnumerateObject().Select(p => p.Name));
        Assert.All(revenue.EnumerateObject(), p => Assert.Equal(1999, p.Value.GetProperty("EUR").GetInt64()));
    }

    [Fact]
    public void A_simulations_lines_are_facts_enough()
    {
        string[] lines =
        [
            """{"at":"2026-06-01T10:00:00Z","contact":"ada","workflow":"cart","step":null,"kind":"enter","channel":null,"template":null,"reason":"cart.updated"}""",
            """{"at":"2026-06-01T11:00:00Z","contact":"ada","workflow":"cart","step":"remind","kind":"send","channel":"email","template":"cart-1h","reason":null}""",
            """{"at":"2026-06-02T11:00:00Z","contact":"ada","workflow":"cart","step":"again","kind":"send","channel":"sms","template":"cart-sms","reason":null}""",
            """{"at":"2026-06-02T12:00:00Z","contact":"ada","workflow":"cart","step":null,"kind":"convert","channel":null,"template":null,"reason":"order.placed after 2 messages"}""",
            """{"at":"2026-06-02T12:00:00Z","contact":"ada","workflow":"cart","step":null,"kind":"exit","channel":null,"template":null,"reason":"goal reached"}""",
            """{"at":"2026-06-01T10:00:00Z","contact":"bob","workflow":"cart","step":null,"kind":"enter","channel":null,"template":null,"reason":"cart.updated"}""",
            """{"at":"2026-06-01T11:00:00Z","contact":"bob","workflow":"cart","step":"remind","kind":"skip","channel":"email","template":"cart-1h","reason":"holdout: the contact is in the control group"}""",
            """{"at":"2026-06-01T12:00:00Z","contact":"cy","workflow":"cart","step":null,"kind":"skip","channel":null,"template":null,"reason":"blocked: no_address"}""",
            """{"at":"2026-06-01T10:00:00Z","contact":"di","workflow":"cart","step":null,"kind":"enter","channel":null,"template":null,"reason":"cart.updated; holdout: in the control group"}""",
            "",
            "not json",
            """{"at":"yesterday","contact":"ada","workflow":"cart","kind":"send"}""",
        ];
        var facts = SimulationJournal.Read(lines.Concat(lines));
        Assert.Equal(
            [("ada", false, "cart-1h > cart-sms", true), ("bob", true, "cart-1h", false), ("di", true, "no message", false)],
            facts.Enrolments.Select(e => (e.Contact, e.Control, e.Path, e.ConvertedAt is not null)));
        Assert.Equal([(Channel.Email, "remind"), (Channel.Sms, "again")], facts.Touches.Select(t => (t.Channel, t.Step)));
        Assert.Equal(["Line 11 of the simulation cannot be read: it is no JSON.", "Line 12 of the simulation cannot be read: 'at' is no time."], facts.Notes.ToArray());
    }

    private static MeasuringReport Report(MeasuredEnrolment[] runs, Touch[] touches, ContactEvent[] events) => WorkflowReports.Of(new MeasuredFacts([.. runs], [.. touches], [.. events], []), ReportRequest.All);

    /// <summary>Every second contact has an order of that much.</summary>
    private static LiftArm Arm(int contacts, int converted, int order) =>
        new(contacts, converted, order == 0 ? ImmutableSortedDictionary<string, Moments>.Empty : ImmutableSortedDictionary<string, Moments>.Empty.Add("EUR", Moments.Of(Enumerable.Range(0, contacts).Select(i => i % 2 == 0 ? (long)order : 0))));
}
