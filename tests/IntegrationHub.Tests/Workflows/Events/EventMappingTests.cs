using System.Text.Json.Nodes;
using CsCheck;
using IntegrationHub.Connectors.Shopify;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Connectors;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Workflows.Events;

public sealed class EventMappingTests
{
    private const string Gid = "gid://shopify/Order/450789469";

    [Fact]
    public void An_order_is_placed_with_its_items_and_its_amount_in_minor_units()
    {
        var told = Assert.Single(Told("orders", Order()));
        Assert.Equal(($"shop/orders/{Gid}#order.placed", "order.placed"), (told.Id, told.Type));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), told.At);
        Assert.Equal(new EventContact("ada@example.com", null, null, "shop", "gid://shopify/Customer/207119551"), told.Contact);
        Assert.Equal(
            """{"order_id":"450789469","order_name":"#1001","total_minor":2500,"currency":"EUR","items":[{"sku":"B-1","name":"Beans, 1 kg","quantity":1,"price_minor":1250}]}""",
            told.Properties.Json.GetRawText());
    }

    [Fact]
    public void Each_refund_is_an_event_of_its_own_that_names_its_order()
    {
        var told = Told("orders", Order(o => o["refunds"] = JsonNode.Parse("""
            [{"id":"gid://shopify/Refund/1","createdAt":"2026-02-01T09:00:00Z","totalRefundedSet":{"shopMoney":{"amount":"10.0","currencyCode":"EUR"}}},
             {"id":"gid://shopify/Refund/2","createdAt":"2026-02-03T09:00:00Z","totalRefundedSet":{"shopMoney":{"amount":"15.0","currencyCode":"EUR"}}},
             {"id":"gid://shopify/Refund/3","createdAt":"2026-02-04T09:00:00Z","totalRefundedSet":{"shopMoney":{"amount":"0.0","currencyCode":"EUR"}}}]
            """)));
        Assert.Equal(
            [($"shop/orders/{Gid}#order.placed", 2500L), ($"shop/orders/{Gid}#order.refunded#gid://shopify/Refund/1", 1000), ($"shop/orders/{Gid}#order.refunded#gid://shopify/Refund/2", 1500)],
            told.Select(e => (e.Id, e.Properties.AmountMinor ?? 0)));
        Assert.All(told, e => Assert.Equal("450789469", e.Properties.Text("order_id")));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 9, 0, 0, TimeSpan.Zero), told[2].At);
    }

    [Fact]
    public void What_was_cancelled_unpaid_is_taken_back_and_what_was_cancelled_and_paid_back_is_taken_back_once()
    {
        var unpaid = Told("orders", Order(o => o["cancelledAt"] = "2026-01-06T10:00:00Z"));
        Assert.Equal(["order.placed", "order.refunded"], unpaid.Select(e => e.Type));
        Assert.Equal(2500, unpaid[1].Properties.AmountMinor);
        var paidBack = Told("orders", Order(o =>
        {
            o["cancelledAt"] = "2026-01-06T10:00:00Z";
            o["totalRefundedSet"]!["shopMoney"]!["amount"] = "25.0";
            o["refunds"] = JsonNode.Parse("""[{"id":"r","createdAt":"2026-01-06T10:00:00Z","totalRefundedSet":{"shopMoney":{"amount":"25.0","currencyCode":"EUR"}}}]""");
        }));
        Assert.Equal(["order.placed", "order.refunded"], paidBack.Select(e => e.Type));
    }

    [Fact]
    public void A_test_order_is_nobodys_purchase() => Assert.Empty(Told("orders", Order(o => o["test"] = true)));

    [Fact]
    public void A_guest_is_known_by_the_address_and_an_order_of_nobody_is_no_event()
    {
        Assert.Equal(new EventContact("guest@example.com"), Assert.Single(Told("orders", Order(o => (o["customer"], o["email"]) = (null, "guest@example.com")))).Contact);
        Assert.Empty(Told("orders", Order(o => (o["customer"], o["email"]) = (null, null))));
    }

    [Fact]
    public void A_cart_tells_each_of_its_changes_once_and_nothing_more_when_it_was_ordered()
    {
        var cart = Recorded("carts", "abandonedCheckouts", 0);
        var id = cart["id"]!.GetValue<string>();
        var before = Told("carts", cart);
        Assert.Equal([$"shop/carts/{id}#checkout.started", $"shop/carts/{id}#cart.updated#2026-01-10T08:30:00Z"], before.Select(e => e.Id));
        Assert.Equal((2500, "EUR", 2), (before[1].Properties.AmountMinor, before[1].Properties.Text("currency"), before[1].Properties.Items[0].Quantity));
        cart["updatedAt"] = "2026-01-10T09:00:00Z";
        cart["lineItems"]!["nodes"] = new JsonArray();
        var emptied = Told("carts", cart);
        Assert.Equal($"shop/carts/{id}#cart.updated#2026-01-10T09:00:00Z", emptied[1].Id);
        Assert.Empty(emptied[1].Properties.Items);
        cart["completedAt"] = "2026-01-10T09:30:00Z";
        Assert.Equal(["checkout.started"], Told("carts", cart).Select(e => e.Type));
    }

    [Fact]
    public void A_row_without_a_time_says_which_and_a_broken_one_says_so()
    {
        var mapping = Mapping("orders");
        var key = new SourceKey("shop", "orders", "7");
        var timeless = Order(o => (o["processedAt"], o["createdAt"]) = (null, "yesterday"));
        Assert.Equal("shop/orders/7: the order.placed has no time at processedAt or createdAt.", Assert.Single(mapping.Apply(key, Bytes(timeless)).Problems));
        Assert.Contains("no JSON", Assert.Single(mapping.Apply(key, "{"u8.ToArray()).Problems));
    }

    [Theory]
    [InlineData("980", "JPY", 980)]
    [InlineData("980.0", "jpy", 980)]
    [InlineData("1.2345", "KWD", 1235)]
    [InlineData("12.5", "EUR", 1250)]
    [InlineData("0.005", "USD", 1)]
    [InlineData("-3.10", "USD", -310)]
    [InlineData("12", "XXX", 1200)]
    public void An_amount_has_as_many_minor_units_as_its_currency(string amount, string currency, long minor) => Assert.Equal(minor, Money.Minor(amount, currency));

    [Theory]
    [InlineData("1,234.50")]
    [InlineData("€5")]
    [InlineData("")]
    [InlineData("99999999999999")]
    [InlineData("79228162514264337593543950336")]
    public void What_is_no_amount_is_none(string amount) => Assert.Null(Money.Minor(amount, "EUR"));

    [Fact]
    public void An_amount_written_out_and_read_again_is_the_same() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 3].Select(i => new[] { "JPY", "EUR", "KWD", "CLF" }[i])).Sample((minor, currency) =>
        {
            var decimals = Money.DecimalsOf(currency);
            var scale = decimals switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => 10000m };
            return Money.Minor((minor / scale).ToString(System.Globalization.CultureInfo.InvariantCulture), currency) == minor;
        });

    [Fact]
    public void A_mapping_of_events_tells_every_mistake_with_its_place()
    {
        var refused = Assert.Throws<RecipeException>(() => EventMappingFile.Parse("""
            connector: acme
            stream: order
            entity: event
            contact:
              email: mail..x
            events:
              - type: order.place
                each: lines
                properties:
                  total: { amount: sum }
                  odd: { pth: x }
            """, "acme.orders.yaml"));
        Assert.Equal(
            [
                (2, "stream"), (5, "contact.email"), (7, "events[0].at"), (7, "events[0].type"), (8, "events[0].each"), (10, "events[0].properties.total.currency"),
                (11, "events[0].properties.odd.path"), (11, "events[0].properties.odd.pth"),
            ],
            refused.Errors.Select(e => (e.Line, e.Where)));
    }

    [Fact]
    public void Every_delivered_mapping_of_events_is_of_a_stream_that_its_connector_has() => Assert.All(
        RecipeBook.Load(Repository.Mappings).EventMappings, m => Assert.Contains(m.Definition.Stream, Streams.OfEvents));

    private static EventMapping Mapping(string stream)
    {
        var file = Path.Combine(Repository.Mappings, "sources", $"shopify.{stream}.yaml");
        return EventMappingFile.Parse(File.ReadAllText(file), file);
    }

    private static HubEvent[] Told(string stream, JsonObject row)
    {
        var told = Mapping(stream).Apply(new SourceKey("shop", stream, row["id"]!.GetValue<string>()), Bytes(row));
        Assert.Empty(told.Problems);
        return [.. told.Events];
    }

    private static JsonObject Order(Action<JsonObject>? change = null)
    {
        var order = Recorded("orders", "orders", 0);
        change?.Invoke(order);
        return order;
    }

    private static JsonObject Recorded(string file, string name, int at) =>
        JsonNode.Parse(ConnectorFolder.Recorded<ShopifyConnector>(file + ".json"))!["data"]![name]!["nodes"]![at]!.DeepClone().AsObject();

    private static byte[] Bytes(JsonObject row) => System.Text.Encoding.UTF8.GetBytes(row.ToJsonString());
}
