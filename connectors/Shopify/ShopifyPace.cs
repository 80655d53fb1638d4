using System.Net;
using System.Text.Json;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>
/// Shopify's bucket of points: each query takes what it costs, and so many points flow in each second. Every answer tells how full the bucket is, inside its body;
/// a query that is refused for want of points is answered with HTTP 200 and an error THROTTLED, sometimes with 429.
/// </summary>
public sealed class ShopifyPace : Pace
{
    /// <summary>Request option: the points that the query will cost at most.</summary>
    public const string ExpectedCost = "shopify-expected-cost";

    private static readonly HttpRequestOptionsKey<double?> ExpectedCostKey = new(ExpectedCost);

    private readonly Lock gate = new();
    private ThrottleStatus? bucket;
    private DateTimeOffset toldAt;
    private double lastCost = 10;

    /// <inheritdoc/>
    public override async ValueTask<IDisposable?> Enter(HttpRequestMessage request, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                if (bucket is null) return null;
                var now = time.GetUtcNow();
                var expected = request.Options.TryGetValue(ExpectedCostKey, out var told) && told is { } points ? points : lastCost;
                var cost = Math.Min(bucket.MaximumAvailable, expected);
                var available = Available(bucket, now);
                if (available >= cost)
                {
                    (bucket, toldAt) = (bucket with { CurrentlyAvailable = available - cost }, now);
                    return null;
                }
                wait = TimeFor(cost - available, bucket.RestoreRate);
            }
            await Task.Delay(wait, time, ct);
        }
    }

    /// <inheritdoc/>
    public override bool NeedsBody(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests;

    /// <inheritdoc/>
    public override Throttled? Read(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var said = Said(body);
        lock (gate)
        {
            if (said?.Extensions?.Cost is { } cost)
            {
                lastCost = cost.RequestedQueryCost;
                if (cost.ThrottleStatus is { } told) (bucket, toldAt) = (told, now);
            }
            if (response.StatusCode != HttpStatusCode.TooManyRequests && said?.Errors?.Any(e => e.Extensions?.Code == "THROTTLED") != true) return null;
            if (RetryAfter.Of(response, now) is { } asked) return new Throttled(asked);
            if (bucket is null) return new Throttled(null);
            var missing = Math.Min(lastCost, bucket.MaximumAvailable) - bucket.CurrentlyAvailable;
            return new Throttled(missing > 0 ? TimeFor(missing, bucket.RestoreRate) : null);
        }
    }

    private double Available(ThrottleStatus told, DateTimeOffset now) =>
        Math.Min(told.MaximumAvailable, told.CurrentlyAvailable + Math.Max(0, (now - toldAt).TotalSeconds) * told.RestoreRate);

    /// <summary>With a hundredth of a second against rounding: an instant too early costs a whole refused call.</summary>
    private static TimeSpan TimeFor(double points, double perSecond) => TimeSpan.FromSeconds(points / Math.Max(1, perSecond) + 0.01);

    /// <summary>Null when the body is no GraphQL answer; that is for the connector to say.</summary>
    private static Envelope? Said(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ShopifyJson.Default.Envelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
