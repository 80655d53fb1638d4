using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Shipped;

public sealed class AbandonedCartTests
{
    private static readonly ContactFacts Ada = Script.Contact(fields: (Field.Phone, "+442071234567"));

    [Fact]
    public void A_cart_that_is_left_is_reminded_of_within_the_hour_a_day_later_and_by_text_message() =>
        Assert.Equal(
            ["03-02 10:00 enter", "03-02 10:30 send abandoned-cart-1h", "03-03 10:00 send abandoned-cart-24h", "03-04 10:00 send abandoned-cart-sms", "03-06 10:00 exit (completed)"],
            Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z")));

    [Fact]
    public void Whoever_goes_on_filling_it_is_reminded_within_the_hour_all_the_same() =>
        Assert.Contains("03-02 10:55 send abandoned-cart-1h", Run("2026-03-03", Shipped.Cart("2026-03-02T10:00Z"), Shipped.Cart("2026-03-02T10:20Z"), Shipped.Cart("2026-03-02T10:45Z")));

    [Theory]
    [InlineData("2026-03-02T10:29:59Z", 0)]
    [InlineData("2026-03-02T10:30Z", 0)]
    [InlineData("2026-03-02T10:31Z", 1)]
    [InlineData("2026-03-03T09:30Z", 1)]
    [InlineData("2026-03-04T09:29Z", 2)]
    public void An_order_at_any_moment_ends_it_before_the_next_message(string ordered, int messages)
    {
        var lines = Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z"), Shipped.Order(ordered));
        Assert.Equal(messages, lines.Count(l => l.Contains(" send ", StringComparison.Ordinal)));
        Assert.EndsWith("exit (ordered)", lines[^1], StringComparison.Ordinal);
        Assert.Single(lines, l => l.Contains($"convert (order.placed after {messages} message", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cart_event_that_comes_behind_its_order_starts_nothing() =>
        Assert.Equal(["03-02 10:00 skip (exit condition: ordered)"], Run("2026-04-01", Shipped.Order("2026-03-02T09:55Z"), Shipped.Cart("2026-03-02T10:00Z")));

    [Fact]
    public void An_emptied_cart_ends_it() => Assert.Equal("03-02 10:10 exit (the cart was emptied)", Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z"), Shipped.Cart("2026-03-02T10:10Z", "[]"))[^1]);

    [Fact]
    public void An_empty_cart_starts_nothing() => Assert.Empty(Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z", "[]")));

    [Fact]
    public void Without_consent_there_is_no_text_message() =>
        Assert.DoesNotContain(Shipped.Run("abandoned-cart", Shipped.Without(Ada, Channel.Sms), "2026-04-01", Shipped.Cart("2026-03-02T10:00Z")), l => l.Contains("sms", StringComparison.Ordinal));

    [Fact]
    public void A_text_message_waits_for_the_morning() =>
        Assert.Contains("03-05 08:00 send abandoned-cart-sms", Run("2026-04-01", Shipped.Cart("2026-03-02T21:30Z")));

    [Fact]
    public void Whoever_unsubscribes_gets_nothing_more() =>
        Assert.Equal(["03-02 10:00 enter", "03-02 10:30 send abandoned-cart-1h", "03-02 12:00 exit (unsubscribed)"], Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z"), Script.Event("email.unsubscribed", "2026-03-02T12:00Z")));

    [Fact]
    public void Whoever_was_reminded_is_not_reminded_of_another_cart_for_three_days()
    {
        var lines = Run("2026-04-01", Shipped.Cart("2026-03-02T10:00Z"), Shipped.Cart("2026-03-02T10:05Z", "[]"), Shipped.Cart("2026-03-04T10:00Z"), Shipped.Cart("2026-03-05T10:00Z"));
        Assert.Contains("03-04 10:00 skip (re-entry: not before 2026-03-05T10:00:00Z)", lines);
        Assert.Contains("03-05 10:30 send abandoned-cart-1h", lines);
    }

    private static IReadOnlyList<string> Run(string until, params HubEvent[] events) => Shipped.Run("abandoned-cart", Ada, until, events);
}
