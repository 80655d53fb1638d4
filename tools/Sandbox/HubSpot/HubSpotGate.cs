using System.Globalization;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>HubSpot's door: bearer token, 190 requests in ten seconds, searches five a second, a daily number.</summary>
public sealed class HubSpotGate(string token, Faults faults, Limits? limits, TimeProvider time) : Gate("hubspot", faults, limits, time)
{
    private readonly Lock counting = new();
    private readonly RollingWindow burst = new(limits?.HubSpotPerTenSeconds ?? 1, TimeSpan.FromSeconds(10), time);
    private readonly RollingWindow searches = new(limits?.HubSpotSearchesPerSecond ?? 1, TimeSpan.FromSeconds(1), time);
    private DateOnly day;
    private int today;

    /// <inheritdoc/>
    protected override bool Knows(HttpRequest request) => Same(request.Headers.Authorization, $"Bearer {token}");

    /// <inheritdoc/>
    protected override Task RefuseStranger(HttpContext context) =>
        HubSpotError.Write(
            context,
            401,
            "INVALID_AUTHENTICATION",
            context.Request.Headers.Authorization.Count == 0
                ? "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview"
                : "The access token provided is invalid or was revoked. Confirm that the token is for the right account and has not been deleted."
        );

    /// <inheritdoc/>
    protected override async Task<bool> Admit(HttpContext context)
    {
        if (Limits is not { } limits) return true;
        var search = context.Request.Path.Value?.EndsWith("/search", StringComparison.Ordinal) == true;
        string? policy = null;
        TimeSpan wait;
        int remaining, dailyRemaining;
        lock (counting)
        {
            var now = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
            if (now != day) (day, today) = (now, 0);
            if (today >= limits.HubSpotPerDay) (policy, wait) = ("DAILY", TimeSpan.Zero);
            else if (search) policy = searches.TryTake(out wait) ? null : "SECONDLY";
            else policy = burst.TryTake(out wait) ? null : "TEN_SECONDLY_ROLLING";
            if (policy is null) today++;
            remaining = burst.Remaining;
            dailyRemaining = limits.HubSpotPerDay - today;
        }
        if (!search)
        {
            var headers = context.Response.Headers;
            headers["X-HubSpot-RateLimit-Max"] = Text(limits.HubSpotPerTenSeconds);
            headers["X-HubSpot-RateLimit-Remaining"] = Text(remaining);
            headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
            headers["X-HubSpot-RateLimit-Daily"] = Text(limits.HubSpotPerDay);
            headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(dailyRemaining);
            headers["X-HubSpot-RateLimit-Secondly"] = Text(limits.HubSpotPerTenSeconds / 10);
            headers["X-HubSpot-RateLimit-Secondly-Remaining"] = Text(Math.Min(remaining, limits.HubSpotPerTenSeconds / 10));
        }
        if (policy is null)
            return true;
        if (policy == "TEN_SECONDLY_ROLLING")
            context.Response.Headers.RetryAfter = Text((int)Math.Ceiling(wait.TotalSeconds));
        await Reply.Json(
            context,
            429,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("status", "error");
                json.WriteString(
                    "message",
                    policy switch
                    {
                        "DAILY" => "You have reached your daily limit.",
                        "SECONDLY" => "You have reached your secondly limit.",
                        _ => "You have reached your ten_secondly_rolling limit.",
                    }
                );
                json.WriteString("errorType", "RATE_LIMIT");
                json.WriteString("correlationId", Guid.NewGuid());
                json.WriteString("policyName", policy);
                json.WriteString("category", "RATE_LIMITS");
                json.WriteEndObject();
            }
        );
        return false;
    }

    /// <inheritdoc/>
    protected override Task Fail(HttpContext context) => HubSpotError.Write(context, 500, "INTERNAL_ERROR", "internal error");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>HubSpot's error body.</summary>
public static class HubSpotError
{
    /// <summary>Answers an error with its context, if any.</summary>
    public static Task Write(HttpContext context, int status, string category, string message, params (string Key, string[] Values)[] about) =>
        Reply.Json(context, status, json => Write(json, category, message, about));

    /// <summary>One error object.</summary>
    public static void Write(Utf8JsonWriter json, string category, string message, params (string Key, string[] Values)[] about)
    {
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("message", message);
        json.WriteString("correlationId", Guid.NewGuid());
        json.WriteString("category", category);
        if (about.Length > 0)
        {
            json.WriteStartObject("context");
            foreach (var (key, values) in about)
            {
                json.WriteStartArray(key);
                foreach (var value in values) json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
