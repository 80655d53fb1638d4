using IntegrationHub.Measuring;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Measuring.Exposures;

namespace IntegrationHub.Tests.Measuring;

public sealed class AttributionTests
{
    [Fact]
    public void All_eight_models_are_found() =>
        Assert.Equal(["first", "last", "linear", "markov", "shapley", "time-decay", "u", "w"], AttributionModels.All.Keys);

    [Theory]
    [InlineData("first", new[] { 1000L, 0, 0, 0, 0 })]
    [InlineData("last", new[] { 0L, 0, 0, 0, 1000 })]
    [InlineData("linear", new[] { 200L, 200, 200, 200, 200 })]
    [InlineData("u", new[] { 400L, 67, 67, 66, 400 })]
    [InlineData("w", new[] { 300L, 50, 300, 50, 300 })]
    public void Five_touches_share_by_their_places(string model, long[] expected) =>
        Assert.Equal(expected, Credits(model, [Touch(1), Touch(2), Touch(3), Touch(4), Touch(5)], Order(6, 1000)));

    [Theory]
    [InlineData("u", 1, new[] { 999L })]
    [InlineData("u", 2, new[] { 500L, 499 })]
    [InlineData("u", 3, new[] { 400L, 200, 399 })]
    [InlineData("w", 1, new[] { 999L })]
    [InlineData("w", 2, new[] { 500L, 499 })]
    [InlineData("w", 3, new[] { 333L, 333, 333 })]
    [InlineData("w", 4, new[] { 300L, 300, 100, 299 })]
    public void Few_touches_share_all_the_same(string model, int touches, long[] expected) =>
        Assert.Equal(expected, Credits(model, Enumerable.Range(1, touches).Select(d => Touch(d)), Order(9, 999)));

    [Fact]
    public void A_touch_one_half_life_earlier_counts_half() =>
        Assert.Equal([100, 200, 400], Credits("time-decay", [Touch(1), Touch(8), Touch(15)], Order(20, 700)));

    [Fact]
    public void The_middle_peak_is_the_touch_before_the_contact_became_an_opportunity() =>
        Assert.Equal([300, 50, 50, 300, 300], Credits("w", [Touch(1), Touch(2), Touch(3), Touch(4), Touch(5)], Order(6, 1000), Event(4.5, EventTypes.DealCreated)));

    [Fact]
    public void A_demo_is_no_peak_where_a_deal_was_created() =>
        Assert.Equal(
            [300, 50, 50, 300, 300],
            Credits("w", [Touch(1), Touch(2), Touch(3), Touch(4), Touch(5)], Order(6, 1000), Event(2.5, EventTypes.DemoRequested), Event(4.5, EventTypes.DealCreated)));

    /// <summary>
    /// Three contacts: A then B orders; A does not; B does not. From the start 2/3 go to A and 1/3 to B; from A 1/2 go to B; from B 1/2 order. So 1/3 order; without A 1/3 · 1/2 = 1/6, without B none:
    /// removal effects 1/2 and 1, shares 1/3 and 2/3.
    /// </summary>
    [Fact]
    public void Markov_weighs_by_the_orders_lost_without_a_player()
    {
        var all = Sequences([Touch(1, "a"), Touch(2, "b"), Touch(1, "a", contact: "bob"), Touch(1, "b", contact: "cy")], [Order(3, 900)]);
        var effects = Markov.RemovalEffects(all);
        Assert.Equal(0.5, effects["a/email"], 12);
        Assert.Equal(1, effects["b/email"], 12);
        Assert.Equal([300, 600], Attributed.By(Markov.Model, all).Orders.Single().Credits.Select(c => c.NetMinor));
    }

    [Fact]
    public void Markov_lets_a_contact_come_back_to_a_player()
    {
        // Start -> a; a -> b or order, each 1/2; b -> a. All order; without a none, without b half of them: effects 1 and 1/2, of which the two touches of a have 1/2 each.
        var all = Sequences([Touch(1, "a"), Touch(2, "b"), Touch(3, "a")], [Order(4, 300)]);
        Assert.Equal([100, 100, 100], Attributed.By(Markov.Model, all).Orders.Single().Credits.Select(c => c.NetMinor));
    }

    /// <summary>
    /// Touched by a alone: 1 of 2 ordered; by b alone: 0 of 1; by both: 1 of 1. Worth: a 1/2, b 0, both 1.
    /// Values: a (1/2 + 1) / 2 = 3/4, b (0 + 1/2) / 2 = 1/4.
    /// </summary>
    [Fact]
    public void Shapley_weighs_by_what_a_player_adds()
    {
        var all = Sequences(
            [Touch(1, "a"), Touch(2, "b"), Touch(1, "a", contact: "bob"), Touch(1, "a", contact: "cy"), Touch(1, "b", contact: "di")],
            [Order(3, 1000), Order(3, 500, "bob", "o2")]);
        var orders = Attributed.By(Shapley.Model, all).Orders;
        Assert.Equal([750, 250], orders[0].Credits.Select(c => c.NetMinor));
        Assert.Equal([500], orders[1].Credits.Select(c => c.NetMinor));
    }

    [Fact]
    public void Shapley_gives_nothing_to_who_adds_nothing()
    {
        var all = Sequences([Touch(1, "a"), Touch(2, "b"), Touch(1, "a", contact: "bob"), Touch(1, "b", contact: "di")], [Order(3, 1000), Order(3, 500, "bob", "o2")]);
        Assert.Equal([1000, 0], Attributed.By(Shapley.Model, all).Orders[0].Credits.Select(c => c.NetMinor));
    }

    [Fact]
    public void Shapley_of_many_players_comes_near_the_exact_value_and_is_the_same_each_time()
    {
        // One order by fifteen players at once: none alone is worth anything, so each has a fifteenth.
        var touches = Enumerable.Range(0, 15).Select(i => Touch(i, $"w{i:00}")).ToList();
        var once = Credits("shapley", touches, Order(20, 15_000));
        Assert.Equal(15_000, once.Sum());
        Assert.All(once, c => Assert.InRange(c, 700, 1300));
        Assert.Equal(once, Credits("shapley", Enumerable.Reverse(touches), Order(20, 15_000)));
    }

    [Fact]
    public void Touches_outside_the_look_back_or_not_before_the_order_have_no_share()
    {
        var all = Sequences([Touch(1), Touch(1.5), Touch(20), Touch(31.2), Touch(31.3)], [Order(31.2, 100)]);
        Assert.Equal([Day(1.5), Day(20)], Attributed.By(Linear.Model, all).Orders.Single().Credits.Select(c => c.Touch.At));
    }

    [Fact]
    public void An_order_that_no_touch_came_before_is_nobodys()
    {
        var order = Attributed.By(Linear.Model, Sequences([Touch(5), Touch(1, contact: "bob")], [Order(4, 1234, refunds: Refund(6, 34))])).Orders.Single();
        Assert.Empty(order.Credits);
        Assert.Equal(1200, order.UnattributedMinor);
    }

    [Fact]
    public void A_whole_refund_takes_back_exactly_what_was_credited() =>
        Assert.Equal([0, 0, 0], Credits("u", [Touch(1), Touch(2), Touch(3)], Order(4, 1001, refunds: Refund(5, 1001))));

    [Fact]
    public void A_partial_refund_takes_back_in_proportion_and_to_the_cent()
    {
        // 1000 by 40, 20, 40 is 400, 200, 400; of 101: 40.4, 20.2, 40.4 is 41, 20, 40, the odd cent from the earlier of the equal remainders.
        var order = Attributed.By(UShaped.Model, Sequences([Touch(1), Touch(2), Touch(3)], [Order(4, 1000, refunds: Refund(5, 101))])).Orders.Single();
        Assert.Equal([41, 20, 40], order.Credits.Select(c => c.RefundedMinor));
        Assert.Equal(899, order.Credits.Sum(c => c.NetMinor));
    }

    [Fact]
    public void Refunds_above_the_amount_take_no_more_than_there_is() =>
        Assert.Equal([0, 0], Credits("linear", [Touch(1), Touch(2)], Order(4, 99, refunds: [Refund(5, 60, "r1"), Refund(6, 60, "r2")])));

    [Fact]
    public void A_refund_told_twice_is_taken_once() =>
        Assert.Equal([45, 45], Credits("linear", [Touch(1), Touch(2)], Order(4, 100, refunds: [Refund(5, 10), Refund(5, 10)])));

    [Fact]
    public void Two_channels_of_one_workflow_are_two_players() =>
        Assert.Equal(["w/email", "w/sms"], Sequences([Touch(1), Touch(2, channel: Channel.Sms)], [Order(3, 1)]).Ordered[0].Players.ToArray());

    [Fact]
    public void Orders_are_read_from_events_in_any_order_and_once()
    {
        ContactEvent[] events =
        [
            Event(5, EventTypes.OrderRefunded, properties: """{"order_id":"1001","total_minor":250,"currency":"eur"}"""),
            Event(3, EventTypes.OrderPlaced, properties: """{"order_id":"1001","total_minor":1000,"currency":"EUR"}"""),
            Event(3.1, EventTypes.OrderPlaced, properties: """{"order_id":"1001","total_minor":1000,"currency":"EUR"}""", id: "told again by the shop's other webhook"),
            Event(4, EventTypes.OrderPlaced, properties: """{"items":[{"sku":"a","price_minor":300,"quantity":2}],"currency":"usd"}""", id: "e9"),
        ];
        var orders = Orders.Of(events.Concat(events)).Conversions;
        Assert.Equal(["1001", "e9"], orders.Select(o => o.OrderId));
        Assert.Equal([750, 600], orders.Select(o => o.NetMinor));
        Assert.Equal(["EUR", "USD"], orders.Select(o => o.Currency));
    }

    [Fact]
    public void What_cannot_be_counted_is_said()
    {
        var orders = Orders.Of(
        [
            Event(1, EventTypes.OrderPlaced, properties: """{"order_id":"1"}"""),
            Event(2, EventTypes.OrderPlaced, properties: """{"order_id":"2","total_minor":-5}"""),
            Event(3, EventTypes.OrderPlaced, properties: """{"order_id":"3","total_minor":9223372036854775807}"""),
            Event(4, EventTypes.OrderRefunded, properties: """{"order_id":"nobody's","total_minor":-9223372036854775808}"""),
            Event(5, EventTypes.OrderPlaced, properties: """{"order_id":"5","total_minor":10,"currency":"EUR"}"""),
            Event(6, EventTypes.OrderRefunded, properties: """{"order_id":"5","total_minor":10,"currency":"USD"}"""),
        ]);
        Assert.Equal(10, Assert.Single(orders.Conversions).NetMinor);
        Assert.Equal(3, orders.Notes.Length);
        Assert.StartsWith("3 orders without a usable amount", orders.Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("1 refund of an order that is not known", orders.Notes[1], StringComparison.Ordinal);
        Assert.StartsWith("1 refund in another currency", orders.Notes[2], StringComparison.Ordinal);
    }
}
