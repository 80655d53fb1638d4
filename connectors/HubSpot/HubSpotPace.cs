using System.Net;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>
/// HubSpot's limits: calls per ten seconds and per second as its X-HubSpot-RateLimit headers tell, calls per day, and a bucket of its own for searches, whose answers carry no headers.
/// </summary>
public sealed class HubSpotPace : Pace
{
    /// <summary>Calls left to others of the account: a webhook or a person's click must still find room.</summary>
    private const int Reserve = 2;

    /// <summary>Older accounts allow four searches a second, newer ones five.</summary>
    private const int SearchesPerSecond = 4;

    /// <summary>HubSpot's day ends at midnight in a zone that the API does not tell, so once in a while one call is let through to see.</summary>
    private static readonly TimeSpan DailyProbe = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly RollingWindow interval = new();
    private readonly RollingWindow second = new() { Per = TimeSpan.FromSeconds(1) };
    private readonly RollingWindow searches = new() { Per = TimeSpan.FromSeconds(1), Calls = SearchesPerSecond };
    private DateTimeOffset dayUsedUpUntil = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public override async ValueTask<IDisposable?> Enter(HttpRequestMessage request, TimeProvider time, CancellationToken ct)
    {
        var isSearch = IsSearch(request);
        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                var now = time.GetUtcNow();
                if (dayUsedUpUntil > now) throw new PaceStopsException(DayUsedUp);
                wait = isSearch ? searches.Wait(now) : Longer(interval.Wait(now), second.Wait(now));
                if (wait <= TimeSpan.Zero)
                {
                    foreach (var window in (ReadOnlySpan<RollingWindow>)(isSearch ? [searches] : [interval, second])) window.Count(now);
                    return null;
                }
            }
            await Task.Delay(wait, time, ct);
        }
    }

    /// <inheritdoc/>
    public override Throttled? Read(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var isSearch = response.RequestMessage is { } request && IsSearch(request);
        lock (gate)
        {
            if (Header(response, "Interval-Milliseconds") is { } milliseconds and > 0) interval.Per = TimeSpan.FromMilliseconds(milliseconds);
            if (Header(response, "Max") is { } max) interval.Calls = Math.Max(1, max - Reserve);
            if (Header(response, "Secondly") is { } secondly) second.Calls = secondly;
            if (Header(response, "Remaining") <= Reserve) interval.ShutUntil(now + interval.Per);
            if (Header(response, "Secondly-Remaining") <= 0) second.ShutUntil(now + second.Per);

            var limited = response.StatusCode == HttpStatusCode.TooManyRequests;
            var dayUsedUp = Header(response, "Daily-Remaining") <= 0 || limited && body.IndexOf("\"DAILY\""u8) >= 0;
            if (dayUsedUp) dayUsedUpUntil = now + DailyProbe;
            if (!limited) return null;
            if (dayUsedUp) return new Throttled(null, DayUsedUp);
            return new Throttled(RetryAfter.Of(response, now) ?? (isSearch ? searches.Per : interval.Per));
        }
    }

    /// <inheritdoc/>
    public override bool NeedsBody(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.TooManyRequests;

    private const string DayUsedUp =
        "HubSpot's calls for today are used up by all apps of the account together. They are given anew at midnight in the HubSpot account's time zone; "
        + "the pull goes on from where it stopped at the next run after that. Pull less often, or buy HubSpot's API capacity pack.";

    private static bool IsSearch(HttpRequestMessage request) => request.RequestUri?.AbsolutePath.EndsWith("/search", StringComparison.Ordinal) == true;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static int? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues("X-HubSpot-RateLimit-" + name, out var values) && int.TryParse(values.FirstOrDefault(), out var number) ? number : null;
}
