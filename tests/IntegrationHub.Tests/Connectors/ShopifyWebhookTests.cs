using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Connect;
using IntegrationHub.Connectors.Shopify;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Connectors;

public sealed class ShopifyWebhookTests : IDisposable
{
    private const string Order = "gid://shopify/Order/450789470";
    private const string Ada = "gid://shopify/Customer/207119551";

    private readonly ShopifyFixture shopify = new();

    [Fact]
    public async Task An_order_that_is_sent_tells_the_same_events_as_the_order_that_is_pulled()
    {
        var (stream, sent) = Assert.Single(await Sent("orders/updated", ConnectorFolder.Recorded<ShopifyConnector>("webhook-order.json")));
        Assert.Equal("orders", stream);
        Assert.Equal(Order, sent.ExternalId);
        Assert.Empty(shopify.Shop.Calls);
        Assert.Equal(Told(stream, await Pulled("orders", Order)), Told(stream, sent));
        Assert.Equal(2, Told(stream, sent).Count);
    }

    [Fact]
    public async Task A_checkout_that_is_sent_tells_the_same_events_as_the_one_that_is_pulled()
    {
        const string cart = "gid://shopify/AbandonedCheckout/33000000000001";
        var (stream, sent) = Assert.Single(await Sent("checkouts/update", ConnectorFolder.Recorded<ShopifyConnector>("webhook-checkout.json")));
        Assert.Equal(Told(stream, await Pulled("carts", cart)), Told(stream, sent));
        Assert.Equal(2, Told(stream, sent).Count);
    }

    [Fact]
    public async Task A_customer_is_asked_for_and_is_the_row_that_a_pull_delivers()
    {
        var (stream, sent) = Assert.Single(await Sent("customers/update", """{"id":207119551,"admin_graphql_api_id":"gid://shopify/Customer/207119551","email":"old@example.com"}"""));
        Assert.Equal(("contacts", Ada), (stream, sent.ExternalId));
        Assert.Equal(Text(await Pulled("contacts", Ada)), Text(sent));
    }

    [Fact]
    public async Task A_refund_has_its_order_asked_for()
    {
        var (stream, sent) = Assert.Single(await Sent("refunds/create", """{"id":950789470,"order_id":450789470,"transactions":[]}"""));
        Assert.Equal(Text(await Pulled("orders", Order)), Text(sent));
        Assert.Equal("orders", stream);
    }

    [Fact]
    public async Task Who_is_deleted_merged_away_or_gone_by_the_time_of_asking_is_told_as_deleted()
    {
        Assert.True(Assert.Single(await Sent("customers/delete", """{"id":207119551}""")).Row is { Deleted: true, ExternalId: Ada });
        Assert.True(Assert.Single(await Sent("customers/update", """{"id":1}""")).Row is { Deleted: true, ExternalId: "gid://shopify/Customer/1" });
        var merged = await Sent("customers/merge", $$"""{"admin_graphql_api_customer_kept_id":"{{Ada}}","admin_graphql_api_customer_deleted_id":"gid://shopify/Customer/2"}""");
        Assert.Equal([("gid://shopify/Customer/2", true), (Ada, false)], merged.Select(m => (m.Row.ExternalId, m.Row.Deleted)));
    }

    [Fact]
    public async Task What_no_stream_has_is_passed_over()
    {
        Assert.Empty(await Sent("app/uninstalled", """{"id":1}"""));
        Assert.Empty(await Sent("carts/update", """{"token":"x","line_items":[]}"""));
    }

    [Theory]
    [InlineData("orders/create", "[]")]
    [InlineData("orders/create", "{")]
    [InlineData("orders/create", """{"id":1}""")]
    [InlineData("orders/create", """{"currency":"EUR"}""")]
    [InlineData("orders/create", """{"id":1,"currency":"EUR","created_at":"yesterday"}""")]
    [InlineData("refunds/create", """{"id":1}""")]
    [InlineData("customers/update", """{"name":"Ada"}""")]
    public async Task A_body_that_is_none_of_Shopifys_is_refused(string topic, string body) => await Assert.ThrowsAsync<FormatException>(() => Sent(topic, body));

    private async Task<List<(string Stream, RawRecord Row)>> Sent(string topic, string body)
    {
        var request = new WebhookRequest("POST", new Uri("https://hub.example.com/webhooks/shop"), new Dictionary<string, string> { ["X-Shopify-Topic"] = topic }, Encoding.UTF8.GetBytes(body));
        return [.. (await ((IWebhooks)shopify.Connector()).ParseWebhook(request, default)).SelectMany(r => r.Records.Select(row => (r.Stream, row)))];
    }

    private async Task<RawRecord> Pulled(string stream, string id)
    {
        await foreach (var page in shopify.Connector().Pull(stream, null, default))
            if (page.Records.FirstOrDefault(r => r.ExternalId == id) is { } found) return found;
        throw new InvalidOperationException(id);
    }

    private static string Text(RawRecord row) => Encoding.UTF8.GetString(row.Payload ?? []);

    private static List<string> Told(string stream, RawRecord row)
    {
        var file = Path.Combine(Repository.Mappings, "sources", $"shopify.{stream}.yaml");
        var told = EventMappingFile.Parse(File.ReadAllText(file), file).Apply(new SourceKey("shop", stream, row.ExternalId), row.Payload);
        Assert.Empty(told.Problems);
        return [.. told.Events.Select(e => $"{e.Id} {e.At:O} {e.Contact} {JsonNode.Parse(e.Properties.Json.GetRawText())!.ToJsonString()}")];
    }

    public void Dispose() => shopify.Dispose();
}
