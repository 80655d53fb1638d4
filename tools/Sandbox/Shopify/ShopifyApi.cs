using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;
using IntegrationHub.Sandbox.Shopify.GraphQl;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>The GraphQL Admin API: queries of customers, orders and the shop, with their cost.</summary>
public sealed class ShopifyApi(ShopifyShop shop, ShopifyGate gate, CostBucket bucket)
{
    private const int MaxCost = 1000;
    private const string Latest = "2026-10";
    private static readonly string[] Versions = ["2026-01", "2026-04", "2026-07", "2026-10", "unstable"];

    private readonly ConcurrentDictionary<(string Query, string? Name), Plan> plans = new();

    /// <summary>Maps the endpoint below the vendor's base.</summary>
    public void Map(RouteGroupBuilder root)
    {
        root.MapPost("/admin/api/{version}/graphql.json", gate.Guard(Query));
        root.MapFallback(gate.Guard(context => ShopifyGate.Write(context, 404, "Not Found")));
    }

    private async Task Query(HttpContext context)
    {
        var version = (string)context.Request.RouteValues["version"]!;
        // An expired version falls forward without an error; only the header tells.
        context.Response.Headers["X-Shopify-API-Version"] = Versions.Contains(version) ? version : Latest;
        context.Response.Headers["X-Request-Id"] = Guid.NewGuid().ToString();
        using var body = await Reply.Body(context);
        if (
            body is null
            || body.RootElement.ValueKind != JsonValueKind.Object
            || !body.RootElement.TryGetProperty("query", out var query)
            || query.ValueKind != JsonValueKind.String
        )
        {
            await Reply.Json(context, 400, json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("errors");
                json.WriteString("query", "Required parameter missing or invalid");
                json.WriteEndObject();
                json.WriteEndObject();
            });
            return;
        }
        var variables = body.RootElement.TryGetProperty("variables", out var sent) ? sent : (JsonElement?)null;
        var name = body.RootElement.TryGetProperty("operationName", out var n) && n.ValueKind == JsonValueKind.String ? n.GetString() : null;
        var (answer, status) = Answer(query.GetString()!, name, variables);
        await Reply.Bytes(context, status, answer, "application/json; charset=utf-8");
    }

    private (ReadOnlyMemory<byte> Body, int Status) Answer(string query, string? name, JsonElement? sent)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            var plan = PlanOf(query, name);
            var variables = plan.Bind(sent);
            var requested = Run.RequestedCost(plan.Fields, variables);
            if (requested > MaxCost) return (TooCostly(buffer, requested), 200);
            if (!bucket.TryTake(requested, out var left)) return (Throttled(buffer, requested, left), 200);
            var root = new ShopifySchema.Root(shop, []);
            var run = new Run(variables, root);
            using var json = new Utf8JsonWriter(buffer, Reply.Options);
            json.WriteStartObject();
            json.WritePropertyName("data");
            try
            {
                lock (shop.Lock) run.Write(json, plan.Fields);
            }
            catch (GraphQlException)
            {
                bucket.GiveBack(requested);
                throw;
            }
            json.WriteStartObject("extensions");
            WriteCost(json, requested, run.ActualCost, bucket.GiveBack(requested - run.ActualCost));
            if (root.Warnings.Count > 0) WriteWarnings(json, root.Warnings);
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            return (buffer.WrittenMemory, 200);
        }
        catch (GraphQlException e)
        {
            var errors = new ArrayBufferWriter<byte>(512);
            using (var json = new Utf8JsonWriter(errors, Reply.Options)) WriteError(json, e);
            return (errors.WrittenMemory, 200);
        }
    }

    private Plan PlanOf(string query, string? name)
    {
        if (plans.TryGetValue((query, name), out var known)) return known;
        var plan = Plan.Make(Parser.Parse(query), name, ShopifySchema.QueryRoot, ShopifySchema.Mutation);
        if (plans.Count > 256) plans.Clear();
        plans[(query, name)] = plan;
        return plan;
    }

    private void WriteCost(Utf8JsonWriter json, int requested, int? actual, double left)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("requestedQueryCost", requested);
        if (actual is { } cost) json.WriteNumber("actualQueryCost", cost);
        else json.WriteNull("actualQueryCost");
        json.WriteStartObject("throttleStatus");
        json.WritePropertyName("maximumAvailable");
        json.WriteRawValue($"{bucket.Max:0.0}");
        json.WriteNumber("currentlyAvailable", (long)Math.Min(left, bucket.Max));
        json.WritePropertyName("restoreRate");
        json.WriteRawValue($"{bucket.Restore:0.0}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private ReadOnlyMemory<byte> Throttled(ArrayBufferWriter<byte> buffer, int requested, double left)
    {
        using var json = new Utf8JsonWriter(buffer, Reply.Options);
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("message", "Throttled");
        json.WriteStartObject("extensions");
        json.WriteString("code", "THROTTLED");
        json.WriteString("documentation", "https://shopify.dev/api/usage/rate-limits");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("extensions");
        WriteCost(json, requested, null, left);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> TooCostly(ArrayBufferWriter<byte> buffer, int requested)
    {
        using var json = new Utf8JsonWriter(buffer, Reply.Options);
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString(
            "message",
            $"Query cost is {requested}, which exceeds the single query max cost limit ({MaxCost}).\n\nSee https://shopify.dev/concepts/about-apis/rate-limits for more information on how the\ncost of a query is calculated."
        );
        json.WriteStartObject("extensions");
        json.WriteString("code", "MAX_COST_EXCEEDED");
        json.WriteNumber("cost", requested);
        json.WriteNumber("maxCost", MaxCost);
        json.WriteString("documentation", "https://shopify.dev/api/usage/rate-limits");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteError(Utf8JsonWriter json, GraphQlException e)
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("message", e.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteNumber("line", e.At.Line);
        json.WriteNumber("column", e.At.Column);
        json.WriteEndObject();
        json.WriteEndArray();
        if (e.Path is { } path)
        {
            json.WriteStartArray("path");
            foreach (var step in path) json.WriteStringValue(step);
            json.WriteEndArray();
        }
        if (e.Extensions.Count > 0)
        {
            json.WriteStartObject("extensions");
            foreach (var (key, value) in e.Extensions) json.WriteString(key, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, List<SearchWarning> warnings)
    {
        json.WriteStartArray("search");
        foreach (var group in warnings.GroupBy(w => w.Query))
        {
            json.WriteStartObject();
            json.WriteString("query", group.Key);
            json.WriteStartArray("warnings");
            foreach (var warning in group)
            {
                json.WriteStartObject();
                json.WriteString("field", warning.Field);
                json.WriteString("message", warning.Message);
                json.WriteString("code", "invalid_field");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
