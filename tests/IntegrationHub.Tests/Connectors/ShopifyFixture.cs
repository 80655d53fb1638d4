using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationHub.Connectors.Shopify;

namespace IntegrationHub.Tests.Connectors;

public sealed class ShopifyContract : HttpConnectorContract<ShopifyConnector>;

/// <summary>A shop with the recorded customers and orders, two a page however many are asked for.</summary>
public sealed class ShopifyFixture : ContractFixture<ShopifyConnector>
{
    public ShopifyFixture() => Shop = new ShopifyStandIn(Token);

    public ShopifyStandIn Shop { get; }

    public override StandIn Server => Shop;

    public override IReadOnlyList<string> Living(string stream) => [.. Shop.Rows(stream).Select(r => r["id"]!.GetValue<string>())];

    public override void Change(string stream, string id)
    {
        var row = Row(stream, id);
        row[stream switch { "orders" => "phone", "carts" => "abandonedCheckoutUrl", _ => "note" }] = "Changed at " + Clock.GetUtcNow().ToString("O");
        row["updatedAt"] = Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ");
    }

    public override void Delete(string stream, string id) => Shop.Rows(stream).Remove(Row(stream, id));

    private JsonObject Row(string stream, string id) => Shop.Rows(stream).Single(r => r["id"]!.GetValue<string>() == id);
}

public sealed partial class ShopifyStandIn(string token) : StandIn
{
    private readonly List<JsonObject> customers = Recorded("customers");
    private readonly List<JsonObject> orders = Recorded("orders");
    private readonly List<JsonObject> carts = Recorded("abandonedCheckouts", "carts");

    public int PageSize { get; set; } = 2;

    /// <summary>The extensions of each answer, given how many rows were asked for; null for none.</summary>
    public Func<int, JsonNode?> Cost { get; set; } = _ => null;

    public List<JsonObject> Rows(string stream) => stream switch { "orders" => orders, "abandonedCheckouts" or "carts" => carts, _ => customers };

    protected override Answer Serve(Call call)
    {
        if (call.Headers.GetValueOrDefault("X-Shopify-Access-Token") != token)
            return new Answer(401, """{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}""");
        if (call.Path != "/admin/api/2026-10/graphql.json") return new Answer(404, """{"errors":"Not Found"}""");
        var query = call.Json["query"]!.GetValue<string>();
        if (query.StartsWith("query Customer(", StringComparison.Ordinal)) return One("customer", customers, call.Json["variables"]!);
        if (query.StartsWith("query Order(", StringComparison.Ordinal)) return One("order", orders, call.Json["variables"]!);
        return query.StartsWith("query CustomerFields", StringComparison.Ordinal)
            ? new Answer(200, ConnectorFolder.Recorded<ShopifyConnector>("metafield-definitions.json"))
            : Page(query.StartsWith("query Orders", StringComparison.Ordinal) ? "orders" : query.StartsWith("query Carts", StringComparison.Ordinal) ? "abandonedCheckouts" : "customers", call.Json["variables"]!);
    }

    private static Answer One(string name, List<JsonObject> rows, JsonNode variables) => Answer.Json(
        new JsonObject { ["data"] = new JsonObject { [name] = rows.SingleOrDefault(r => r["id"]!.GetValue<string>() == variables["id"]!.GetValue<string>())?.DeepClone() } }, ("X-Shopify-API-Version", "2026-10"));

    private Answer Page(string name, JsonNode variables)
    {
        var byTime = variables["sortKey"]!.GetValue<string>() == "UPDATED_AT";
        string Key(JsonObject row) => (byTime ? row["updatedAt"]!.GetValue<string>() : "") + long.Parse(row["id"]!.GetValue<string>().Split('/')[^1], CultureInfo.InvariantCulture).ToString("D20");
        var since = variables["query"]?.GetValue<string>() is { } filter ? Since().Match(filter).Groups[1].Value : "";
        var after = variables["after"]?.GetValue<string>() is { } cursor ? Encoding.UTF8.GetString(Convert.FromBase64String(cursor)) : "";
        var found = Rows(name).Where(r => string.CompareOrdinal(r["updatedAt"]!.GetValue<string>(), since) >= 0 && string.CompareOrdinal(Key(r), after) > 0).OrderBy(Key, StringComparer.Ordinal).ToList();
        var first = variables["first"]!.GetValue<int>();
        var page = found.Take(Math.Min(first, PageSize)).ToList();
        var answer = new JsonObject
        {
            ["data"] = new JsonObject
            {
                [name] = new JsonObject
                {
                    ["nodes"] = new JsonArray([.. page.Select(r => r.DeepClone())]),
                    ["pageInfo"] = new JsonObject
                    {
                        ["hasNextPage"] = found.Count > page.Count,
                        ["endCursor"] = page.Count == 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(Key(page[^1]))),
                    },
                },
            },
        };
        if (Cost(first) is { } cost) answer["extensions"] = cost;
        return Answer.Json(answer, ("X-Shopify-API-Version", "2026-10"));
    }

    private static List<JsonObject> Recorded(string name, string? file = null) =>
        [.. JsonNode.Parse(ConnectorFolder.Recorded<ShopifyConnector>((file ?? name) + ".json"))!["data"]![name]!["nodes"]!.AsArray().Select(n => n!.DeepClone().AsObject())];

    [GeneratedRegex("^updated_at:>='([^']+)'$")]
    private static partial Regex Since();
}
