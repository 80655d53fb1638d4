using System.Globalization;

namespace IntegrationHub.Connect.Http;

/// <summary>The Retry-After header as vendors send it: seconds, seconds with decimals, or a date.</summary>
public static class RetryAfter
{
    /// <summary>How long to wait from <paramref name="now"/>; never negative; null when the answer does not say or says something unreadable.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.TryGetValues("Retry-After", out var values) ? Parse(values.FirstOrDefault(), now) : null;

    /// <summary>Reads one header value.</summary>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return seconds is >= 0 and < 864_000 ? TimeSpan.FromSeconds(seconds) : null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var until)) return null;
        return until > now ? until - now : TimeSpan.Zero;
    }
}
