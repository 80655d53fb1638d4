using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>Shopify's door: an access token in a header of its own. Its limit is paid in cost points, which only the query tells: see <see cref="CostBucket"/>.</summary>
public sealed class ShopifyGate(string token, Faults faults, Limits? limits, TimeProvider time) : Gate("shopify", faults, limits, time)
{
    /// <inheritdoc/>
    protected override bool Knows(HttpRequest request) => Same(request.Headers["X-Shopify-Access-Token"], token);

    /// <inheritdoc/>
    protected override Task RefuseStranger(HttpContext context) =>
        Write(context, 401, "[API] Invalid API key or access token (unrecognized login or wrong password)");

    /// <inheritdoc/>
    protected override Task<bool> Admit(HttpContext context) => Task.FromResult(true);

    /// <inheritdoc/>
    protected override Task Fail(HttpContext context) =>
        Reply.Json(
            context,
            500,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString(
                    "message",
                    $"Internal error. Looks like something went wrong on our end.\nRequest ID: {Guid.NewGuid()} (include this in support requests)."
                );
                json.WriteStartObject("extensions");
                json.WriteString("code", "INTERNAL_SERVER_ERROR");
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    /// <summary>Answers an error that is not GraphQL's.</summary>
    public static Task Write(HttpContext context, int status, string message) => Reply.Json(context, status, json => WriteErrors(json, message));

    private static void WriteErrors(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("errors", message);
        json.WriteEndObject();
    }
}

/// <summary>The leaky bucket of cost points: full at first, refilled at a steady rate. Without limits it is always full.</summary>
public sealed class CostBucket(Limits? limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private double available = limits?.ShopifyBucket ?? double.MaxValue;
    private DateTimeOffset refilled = time.GetUtcNow();

    /// <summary>What the bucket holds when full.</summary>
    public double Max { get; } = limits?.ShopifyBucket ?? 20_000;

    /// <summary>Points a second.</summary>
    public double Restore { get; } = limits?.ShopifyRestore ?? 1_000;

    /// <summary>Takes the points if they are there.</summary>
    public bool TryTake(int points, out double left)
    {
        lock (gate)
        {
            left = Refill();
            if (limits is null) return true;
            if (points > available) return false;
            left = available -= points;
            return true;
        }
    }

    /// <summary>Gives back what a query did not use.</summary>
    public double GiveBack(int points)
    {
        lock (gate)
        {
            Refill();
            available = Math.Min(Max, available + points);
            return Math.Min(Max, available);
        }
    }

    private double Refill()
    {
        var now = time.GetUtcNow();
        available = Math.Min(Max, available + (now - refilled).TotalSeconds * Restore);
        refilled = now;
        return available;
    }
}
