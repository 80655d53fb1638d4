using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>
/// Shopify's webhooks, whose bodies have the shape of the old REST API: orders and checkouts are put into the shape of the GraphQL API, so that a row is the same however it comes. They are landed as they are told,
/// without a question to Shopify; a customer and a refund name a row that is asked for.
/// </summary>
internal static class ShopifyWebhook
{
    /// <summary>What a body tells of.</summary>
    /// <param name="Stream">The stream.</param>
    /// <param name="Id">The row's external id.</param>
    /// <param name="Row">The row; null where it must be asked for, or is gone.</param>
    /// <param name="Deleted">True when it is gone.</param>
    public sealed record Told(string Stream, string Id, byte[]? Row = null, bool Deleted = false);

    /// <summary>Reads a body.</summary>
    /// <param name="topic">The header X-Shopify-Topic, such as <c>orders/create</c>.</param>
    /// <param name="body">JSON.</param>
    /// <exception cref="FormatException">The body is not what Shopify sends.</exception>
    public static IReadOnlyList<Told> Read(string topic, byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject json) throw new FormatException($"the body of {topic} is no JSON object.");
            return topic switch
            {
                "orders/delete" => [new Told(Vocabulary.Streams.Orders, Gid(json, "Order"), Deleted: true)],
                _ when topic.StartsWith("orders/", StringComparison.Ordinal) => [new Told(Vocabulary.Streams.Orders, Gid(json, "Order"), Order(json))],
                "refunds/create" => [new Told(Vocabulary.Streams.Orders, $"gid://shopify/Order/{Number(json, "order_id")}")],
                "checkouts/delete" => [new Told(Vocabulary.Streams.Carts, Gid(json, "AbandonedCheckout"), Deleted: true)],
                "checkouts/create" or "checkouts/update" => [new Told(Vocabulary.Streams.Carts, Gid(json, "AbandonedCheckout"), Cart(json))],
                "customers/delete" => [new Told(Vocabulary.Streams.Contacts, Gid(json, "Customer"), Deleted: true)],
                "customers/merge" => Merged(json),
                "customers/create" or "customers/update" or "customers/enable" or "customers/disable" => [new Told(Vocabulary.Streams.Contacts, Gid(json, "Customer"))],
                _ => [],
            };
        }
        catch (JsonException e)
        {
            throw new FormatException($"the body of {topic} is not what Shopify sends: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"the body of {topic} is not what Shopify sends: {e.Message}", e);
        }
    }

    private static IReadOnlyList<Told> Merged(JsonObject json) =>
    [
        .. Text(json, "admin_graphql_api_customer_deleted_id") is { } gone ? [new Told(Vocabulary.Streams.Contacts, gone, Deleted: true)] : Array.Empty<Told>(),
        .. Text(json, "admin_graphql_api_customer_kept_id") is { } kept ? [new Told(Vocabulary.Streams.Contacts, kept)] : Array.Empty<Told>(),
    ];

    private static byte[] Order(JsonObject order)
    {
        var currency = Text(order, "currency") ?? throw new FormatException("the order has no currency.");
        var refunds = List(order, "refunds").Select(r => (Refund: r, Amount: Refunded(r))).ToList();
        return Canonical(new JsonObject
        {
            ["id"] = Gid(order, "Order"),
            ["legacyResourceId"] = Number(order, "id"),
            ["name"] = Text(order, "name"),
            ["email"] = Text(order, "email") ?? Text(order, "contact_email"),
            ["phone"] = Text(order, "phone"),
            ["createdAt"] = Time(order, "created_at"),
            ["updatedAt"] = Time(order, "updated_at"),
            ["processedAt"] = Time(order, "processed_at"),
            ["cancelledAt"] = Time(order, "cancelled_at"),
            ["displayFinancialStatus"] = Text(order, "financial_status")?.ToUpperInvariant(),
            ["test"] = order["test"]?.GetValueKind() == JsonValueKind.True,
            ["customer"] = order["customer"] is JsonObject customer ? new JsonObject { ["id"] = Gid(customer, "Customer") } : null,
            ["totalPriceSet"] = Money(Text(order, "total_price"), currency),
            ["totalRefundedSet"] = Money(Decimal(refunds.Sum(r => r.Amount)), currency),
            ["lineItems"] = new JsonObject { ["nodes"] = Items(order, currency), ["pageInfo"] = new JsonObject { ["hasNextPage"] = false } },
            ["refunds"] = new JsonArray([.. refunds.Select(r => new JsonObject
            {
                ["id"] = Gid(r.Refund, "Refund"),
                ["createdAt"] = Time(r.Refund, "created_at"),
                ["totalRefundedSet"] = Money(Decimal(r.Amount), currency),
            })]),
        });
    }

    private static byte[] Cart(JsonObject checkout)
    {
        var currency = Text(checkout, "currency") ?? throw new FormatException("the checkout has no currency.");
        return Canonical(new JsonObject
        {
            ["id"] = Gid(checkout, "AbandonedCheckout"),
            ["createdAt"] = Time(checkout, "created_at"),
            ["updatedAt"] = Time(checkout, "updated_at"),
            ["completedAt"] = Time(checkout, "completed_at"),
            ["abandonedCheckoutUrl"] = Text(checkout, "abandoned_checkout_url"),
            ["customer"] = Buyer(checkout),
            ["subtotalPriceSet"] = Money(Text(checkout, "subtotal_price"), currency),
            ["totalPriceSet"] = Money(Text(checkout, "total_price"), currency),
            ["lineItems"] = new JsonObject { ["nodes"] = Items(checkout, currency) },
        });
    }

    /// <summary>Whoever has typed in an address is known by it, before Shopify has made a customer.</summary>
    private static JsonObject? Buyer(JsonObject checkout)
    {
        var customer = checkout["customer"] as JsonObject;
        var (email, phone) = (Text(checkout, "email") ?? (customer is null ? null : Text(customer, "email")), Text(checkout, "phone") ?? (customer is null ? null : Text(customer, "phone")));
        if (customer is null && email is null && phone is null) return null;
        var buyer = new JsonObject
        {
            ["defaultEmailAddress"] = email is null ? null : new JsonObject { ["emailAddress"] = email },
            ["defaultPhoneNumber"] = phone is null ? null : new JsonObject { ["phoneNumber"] = phone },
        };
        if (customer is not null) buyer["id"] = Gid(customer, "Customer");
        return buyer;
    }

    private static JsonArray Items(JsonObject of, string currency) => new([.. List(of, "line_items").Select(item => new JsonObject
    {
        ["title"] = Text(item, "title") ?? Text(item, "name"),
        ["sku"] = Text(item, "sku"),
        ["quantity"] = item["quantity"]?.DeepClone(),
        ["originalUnitPriceSet"] = Money(Text(item, "price"), currency),
    })]);

    /// <summary>What went back to the customer: the refund's own transactions that succeeded.</summary>
    private static decimal Refunded(JsonObject refund) => List(refund, "transactions").Where(t => Text(t, "kind") == "refund" && Text(t, "status") is null or "success")
        .Sum(t => decimal.TryParse(Text(t, "amount"), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : 0);

    private static IEnumerable<JsonObject> List(JsonObject of, string name) => (of[name] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject? Money(string? amount, string currency) =>
        amount is null ? null : new JsonObject { ["shopMoney"] = new JsonObject { ["amount"] = amount, ["currencyCode"] = currency } };

    private static string Decimal(decimal amount) => amount.ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Gid(JsonObject row, string kind) =>
        kind != "AbandonedCheckout" && Text(row, "admin_graphql_api_id") is { } gid ? gid : $"gid://shopify/{kind}/{Number(row, "id")}";

    private static string Number(JsonObject row, string name) => Text(row, name) is { Length: > 0 } number ? number : throw new FormatException($"there is no '{name}'.");

    private static string? Text(JsonObject row, string name) => row[name] switch
    {
        null => null,
        var value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
        var value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    /// <summary>REST writes times in the shop's zone, GraphQL in UTC.</summary>
    private static string? Time(JsonObject row, string name) =>
        Text(row, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : throw new FormatException($"'{name}' is no time: {text}");

    private static byte[] Canonical(JsonObject row) => JsonRows.Canonical(Encoding.UTF8.GetBytes(row.ToJsonString()));
}
