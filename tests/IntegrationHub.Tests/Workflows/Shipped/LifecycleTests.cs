using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Shipped;

public sealed class LifecycleTests
{
    [Fact]
    public void After_a_purchase_come_thanks_a_tip_and_what_goes_with_it() =>
        Assert.Equal(
            ["03-02 10:00 enter", "03-02 10:10 send post-purchase-thank-you", "03-05 10:10 send post-purchase-tip", "03-16 10:10 send post-purchase-cross-sell", "03-23 10:10 exit (completed)"],
            Shipped.Run("post-purchase", Script.Contact(), "2026-05-01", Shipped.Order("2026-03-02T10:00Z")));

    [Fact]
    public void A_refund_ends_it_and_that_of_another_order_does_not()
    {
        HubEvent Refund(string at, string order) => Script.Event("order.refunded", at, $$"""{"order_id":"{{order}}","total_minor":3700,"currency":"EUR"}""");
        Assert.Equal("03-04 09:00 exit (refunded)", Shipped.Run("post-purchase", Script.Contact(), "2026-05-01", Shipped.Order("2026-03-02T10:00Z"), Refund("2026-03-04T09:00Z", "1001"))[^1]);
        Assert.Equal("03-23 10:10 exit (completed)", Shipped.Run("post-purchase", Script.Contact(), "2026-05-01", Shipped.Order("2026-03-02T10:00Z"), Refund("2026-03-04T09:00Z", "0999"))[^1]);
    }

    [Fact]
    public void What_was_bought_is_never_offered()
    {
        var mail = Shipped.Effects(["post-purchase"], Script.Contact(), "2026-05-01", Shipped.Order("2026-03-02T10:00Z")).Single(e => e.Template == "post-purchase-cross-sell");
        var text = Assert.IsType<EffectPayload.Message>(mail.Payload).Content.Html!;
        Assert.Contains("tea-cosy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("tea-pot", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_order_begins_it_anew()
    {
        var lines = Shipped.Run("post-purchase", Script.Contact(), "2026-03-05T00:00Z", Shipped.Order("2026-03-02T10:00Z"), Shipped.Order("2026-03-03T10:00Z", "1002"));
        Assert.Equal(
            ["03-02 10:00 enter", "03-02 10:10 send post-purchase-thank-you", "03-03 10:00 convert (order.placed after 1 message, worth 37.00 EUR)", "03-03 10:00 exit (ordered again)", "03-03 10:00 enter", "03-03 10:10 send post-purchase-thank-you"], lines);
    }

    [Fact]
    public void Whoever_is_silent_and_does_not_answer_is_written_to_no_more() =>
        Assert.Equal(
            [
                "03-02 00:00 enter", "03-02 00:00 defer re-engagement-offer (send window: opens at 2026-03-02 09:00 in Europe/London)", "03-02 09:00 send re-engagement-offer", "03-09 09:00 send re-engagement-question", "03-16 09:00 send re-engagement-last-word",
                "03-23 09:00 suppress (no answer to re-engagement)", "03-23 09:00 exit (completed)",
            ],
            Shipped.Run("re-engagement", Script.Contact(), "2026-05-01"));

    [Theory]
    [InlineData("email.clicked", true)]
    [InlineData("page.viewed", true)]
    [InlineData("order.placed", true)]
    [InlineData("email.opened", false)]
    public void A_sign_of_life_ends_it_and_an_opened_mail_is_none(string type, bool ends)
    {
        var lines = Shipped.Run("re-engagement", Script.Contact(), "2026-03-31", Script.Event(type, "2026-03-10T12:00Z"));
        Assert.Equal(ends, lines.Any(l => l.StartsWith("03-10 12:00 convert", StringComparison.Ordinal)));
        Assert.Equal(!ends, lines.Any(l => l.Contains("suppress", StringComparison.Ordinal)));
    }

    [Fact]
    public void Whoever_falls_silent_later_enters_then() =>
        Assert.Equal("05-01 12:00 enter", Shipped.Run("re-engagement", Script.Contact(), "2026-05-02", Script.Event("page.viewed", "2026-03-01T12:00Z"), Script.Event("page.viewed", "2026-03-02T12:00Z"))[0]);

    [Fact]
    public void A_suppressed_contact_is_written_to_by_no_other_workflow()
    {
        var effects = Shipped.Effects([], Script.Contact(), "2026-05-01", Shipped.Cart("2026-03-30T10:00Z"));
        Assert.Contains(effects, e => e.Kind == EffectKind.Suppress);
        Assert.Equal(["suppressed: email no answer to re-engagement"], effects.Where(e => e.Workflow == "abandoned-cart" && e.Kind == EffectKind.Skip && e.Channel == Channel.Email).Select(e => e.Reason).Distinct());
    }

    [Fact]
    public void A_form_of_somebody_who_decides_is_scored_routed_and_told_at_once()
    {
        var lead = Script.Contact(fields: [(Field.JobTitle, "Chief Executive Officer"), (Field.Company, "Engines"), (Field.Domain, "engines.co.uk"), (Field.Country, "GB"), (Field.Phone, "+442071234567")]);
        var effects = Shipped.Effects(["lead-qualification", "lead-nurture"], lead, "2026-03-02T20:00Z", Script.Event("form.submitted", "2026-03-02T10:00Z", """{"form":"demo"}"""));
        Assert.Equal(
            ["enter", "skip", "score", "route", "update", "notify", "update", "notify", "exit"],
            effects.Where(e => e.Workflow == "lead-qualification").Select(e => e.Kind.ToString().ToLowerInvariant()));
        Assert.All(effects.Where(e => e.Workflow == "lead-qualification").Take(7), e => Assert.Equal(Script.At("2026-03-02T10:00Z"), e.At));
        // Ana has twice Ben's weight in the territory of the rest of the world.
        Assert.Equal("territory Rest of the world, Ana Lima by turn", effects.Single(e => e.Kind == EffectKind.Route).Reason);
        Assert.Equal(Script.At("2026-03-02T14:00Z"), effects.Last(e => e.Kind == EffectKind.Notify).At);
        Assert.DoesNotContain(effects, e => e.Workflow == "lead-nurture");
    }

    [Fact]
    public void A_touch_in_time_raises_no_alert()
    {
        var lead = Script.Contact(fields: [(Field.JobTitle, "Chief Executive Officer"), (Field.Company, "Engines"), (Field.Country, "GB")]);
        var effects = Shipped.Effects(["lead-qualification"], lead, "2026-03-03", Script.Event("form.submitted", "2026-03-02T10:00Z", """{"form":"demo"}"""), Script.Event("custom.lead_touched", "2026-03-02T11:00Z"));
        Assert.Single(effects, e => e.Kind == EffectKind.Notify);
        Assert.Equal("touched by the owner", effects[^1].Reason);
    }

    [Fact]
    public void Whoever_is_not_ready_is_nurtured_and_comes_back_when_the_score_passes()
    {
        var effects = Shipped.Effects(["lead-qualification", "lead-nurture"], Script.Contact(fields: [(Field.Company, "Engines"), (Field.Country, "GB")]), "2026-03-20",
            Script.Event("form.submitted", "2026-03-02T10:00Z", """{"form":"newsletter"}"""), Script.Event("demo.requested", "2026-03-12T10:00Z"));
        var lines = effects.Select(e => $"{e.Workflow} {Script.Line(e)}").ToList();
        Assert.Contains("lead-qualification 03-02 10:00 exit (not yet sales-ready)", lines);
        Assert.Contains("lead-nurture 03-02 10:00 enter", lines);
        Assert.Contains("lead-nurture 03-02 11:00 send lead-nurture-1", lines);
        // No click within four days: another angle, on the next working day.
        Assert.Contains("lead-nurture 03-06 11:00 send lead-nurture-2", lines);
        Assert.Single(lines, l => l.StartsWith("lead-nurture 03-12 10:00 exit", StringComparison.Ordinal));
        Assert.Contains("lead-qualification 03-12 10:00 enter", lines);
    }

    [Fact]
    public void A_click_leads_to_another_mail_than_none()
    {
        var lines = Shipped.Run("lead-nurture", Script.Contact(fields: [(Field.Company, "Engines")]), "2026-03-20",
            Script.Event("page.viewed", "2026-03-02T10:00Z", """{"path":"/pricing","utm_medium":"cpc"}"""), Script.Event("email.clicked", "2026-03-03T15:00Z"));
        Assert.Equal(
            ["03-02 11:00 send lead-nurture-1", "03-03 15:00 send lead-nurture-clicked", "03-09 09:00 send lead-nurture-3"],
            lines.Where(l => l.Contains(" send ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"path":"/pricing","utm_medium":"cpc"}""", true)]
    [InlineData("""{"path":"/pricing/teams","utm_medium":"CPC"}""", true)]
    [InlineData("""{"path":"/blog","utm_medium":"cpc"}""", false)]
    [InlineData("""{"path":"/pricing","utm_medium":"email"}""", false)]
    public void The_segment_of_the_guide_holds_for_paid_search_on_the_pricing_page_without_a_demo(string page, bool enters)
    {
        Assert.Equal(enters, Shipped.Run("lead-nurture", Script.Contact(), "2026-03-03", Script.Event("page.viewed", "2026-03-02T10:00Z", page)).Any(l => l.EndsWith("enter", StringComparison.Ordinal)));
        Assert.DoesNotContain(Shipped.Run("lead-nurture", Script.Contact(), "2026-03-03", Script.Event("demo.requested", "2026-02-20T10:00Z"), Script.Event("page.viewed", "2026-03-02T10:00Z", page)), l => l.EndsWith("enter", StringComparison.Ordinal));
    }

    [Fact]
    public void Five_years_of_history_start_nothing()
    {
        var history = Enumerable.Range(0, 60).SelectMany(m => new[] { Shipped.Order($"{2021 + (m / 12)}-{1 + (m % 12):00}-10T10:00Z", $"{m}"), Shipped.Cart($"{2021 + (m / 12)}-{1 + (m % 12):00}-09T10:00Z") });
        var last = Script.Event("page.viewed", "2026-03-01T23:00Z");
        Assert.Empty(Shipped.Effects([], Script.Contact(), "2026-04-25", [.. history, last]));
    }
}
