using System.Text.Json.Nodes;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.Shopify;

namespace IntegrationHub.Tests.Connectors;

public sealed class ShopifyTests : IDisposable
{
    private readonly ShopifyFixture shopify = new();

    [Fact]
    public async Task A_query_refused_for_want_of_points_waits_as_long_as_they_take_to_flow_in()
    {
        shopify.Shop.Next(new Answer(200, ConnectorFolder.Recorded<ShopifyConnector>("throttled.json")));
        shopify.Shop.Cost = _ => Cost(10, 1000, 990, 50);
        await Pull("contacts");
        Assert.Equal(8, Assert.Single(shopify.Clock.Waits).TotalSeconds, 0.05);   // (502 - 102) / 50 a second
    }

    [Fact]
    public async Task Waits_for_points_before_it_asks_and_is_never_refused()
    {
        var (bucket, at, poorest) = (200.0, shopify.Clock.GetUtcNow(), 0.0);
        shopify.Shop.PageSize = 1;
        shopify.Shop.Cost = first =>
        {
            var now = shopify.Clock.GetUtcNow();
            (bucket, at) = (Math.Min(200, bucket + (now - at).TotalSeconds * 10), now);
            var cost = first * 1.5;
            bucket -= cost;
            poorest = Math.Min(poorest, bucket);
            return Cost(cost, 200, bucket, 10);
        };
        await Pull("contacts");
        Assert.NotEmpty(shopify.Clock.Waits);
        Assert.Equal(0, poorest);
    }

    [Theory]
    [InlineData(2, 1000, 250)]     // 250 rows are the most that Shopify gives
    [InlineData(10, 2000, 90)]     // a query may cost 1,000 points, of which a tenth is kept in hand
    [InlineData(10, 400, 36)]      // or what the bucket holds
    [InlineData(2000, 1000, 1)]
    public async Task A_page_is_as_large_as_its_price_allows(double costOfRow, double bucket, int expected)
    {
        shopify.Shop.Cost = first => Cost(first * costOfRow, bucket, bucket, 1000);
        await Pull("contacts");
        Assert.Equal(expected, shopify.Shop.Calls.ElementAt(1).Json["variables"]!["first"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_that_is_too_dear_is_halved()
    {
        var tooDear = new Answer(200, """{"errors":[{"message":"Query cost is 1022, which exceeds the single query max cost limit (1000).","extensions":{"code":"MAX_COST_EXCEEDED"}}]}""");
        shopify.Shop.Next(tooDear);
        shopify.Shop.Next(tooDear);
        Assert.Equal(5, (await Pull("contacts")).Sum(p => p.Records.Count));
        Assert.Equal([50, 25, 12], shopify.Shop.Calls.Take(3).Select(c => c.Json["variables"]!["first"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_missing_scope_is_named_although_the_status_is_200()
    {
        for (var i = 0; i < 2; i++)
            shopify.Shop.Next(new Answer(200, """{"errors":[{"message":"Access denied for orders field.","extensions":{"code":"ACCESS_DENIED"},"path":["orders"]}],"data":{"orders":null}}"""));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pull("orders"));
        Assert.Contains("read_orders", refused.Message);
        Assert.False((await shopify.Connector().Check(default)).Ok);
    }

    [Fact]
    public async Task A_cursor_that_Shopify_has_forgotten_starts_the_pull_anew()
    {
        var first = await Pull("contacts");
        shopify.Shop.Next(new Answer(200, """{"errors":[{"message":"Invalid cursor for current pagination sort.","extensions":{"code":"INVALID_FIELD_ARGUMENTS"}}]}"""));
        var rest = await Pull("contacts", first[0].Cursor);
        Assert.Equal(5, rest.Sum(p => p.Records.Count));
    }

    [Fact]
    public async Task Custom_fields_can_be_named_by_a_path()
    {
        var ada = (await Pull("contacts")).SelectMany(p => p.Records).Single(r => r.ExternalId == "gid://shopify/Customer/207119551");
        Assert.Equal("dark", JsonRows.Text(ada.Payload, "metafields", "custom", "roast"));
        Assert.Equal("7", JsonRows.Text(ada.Payload, "metafields", "app", "score"));
        Assert.Contains(await ((IDiscover)shopify.Connector()).Discover("contacts", default), f => f is { Path: "metafields.custom.roast", Custom: true });
    }

    [Fact]
    public async Task A_long_order_has_all_its_items()
    {
        var order = shopify.Shop.Rows("orders")[0];
        order["lineItems"]!["pageInfo"]!["hasNextPage"] = true;
        shopify.Shop.Next(_ => null);
        shopify.Shop.Next(new Answer(200, """{"data":{"order":{"lineItems":{"nodes":[{"title":"a","sku":"1","quantity":1},{"title":"b","sku":"2","quantity":2},{"title":"c","sku":"3","quantity":3}],"pageInfo":{"hasNextPage":false}}}}}"""));
        var record = (await Pull("orders"))[0].Records[0];
        var items = JsonNode.Parse(record.Payload)!["lineItems"]!["nodes"]!.AsArray();
        Assert.Equal(["1", "2", "3"], items.Select(i => i!["sku"]!.GetValue<string>()));
        Assert.Equal(order["id"]!.GetValue<string>(), shopify.Shop.Calls.ElementAt(1).Json["variables"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_incremental_pull_asks_for_what_was_updated_since_less_five_minutes()
    {
        var first = await Pull("orders");
        shopify.Clock.Advance(TimeSpan.FromHours(1));
        await Pull("orders", first[^1].Cursor);
        var variables = shopify.Shop.Calls.Last().Json["variables"]!;
        Assert.Equal("updated_at:>='2026-03-01T07:55:00Z'", variables["query"]!.GetValue<string>());
        Assert.Equal("UPDATED_AT", variables["sortKey"]!.GetValue<string>());
    }

    [Fact]
    public void A_shop_has_an_address()
    {
        var refused = Assert.Throws<ConnectorException>(() => new ShopifyConnector(shopify.Context() with { Url = null }));
        Assert.Contains("--url https://YOUR-SHOP.myshopify.com", refused.Message);
    }

    private static JsonObject Cost(double requested, double maximum, double available, double rate) => new()
    {
        ["cost"] = new JsonObject
        {
            ["requestedQueryCost"] = requested,
            ["actualQueryCost"] = requested,
            ["throttleStatus"] = new JsonObject { ["maximumAvailable"] = maximum, ["currentlyAvailable"] = available, ["restoreRate"] = rate },
        },
    };

    private Task<List<PullPage>> Pull(string stream, string? cursor = null) => shopify.Connector().Pull(stream, cursor, default).ToListAsync().AsTask();

    public void Dispose() => shopify.Dispose();
}
