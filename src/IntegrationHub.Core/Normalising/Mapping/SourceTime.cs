using System.Globalization;

namespace IntegrationHub.Normalising;

/// <summary>Reads the points in time that systems write. A time without a zone is taken as UTC.</summary>
public static class SourceTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
    ];

    /// <summary>
    /// ISO 8601 (date alone included), the same with a space for the T, and Unix time in seconds (9 or 10 digits) or milliseconds (12 or 13).
    /// Null for all else: a day such as 03/04/2026 can be read two ways, and a mapping must say which.
    /// </summary>
    public static DateTimeOffset? Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 9 or 10 or 12 or 13 && trimmed.All(char.IsAsciiDigit))
        {
            var number = long.Parse(trimmed, CultureInfo.InvariantCulture);
            return trimmed.Length <= 10 ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number);
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(trimmed, Formats, CultureInfo.InvariantCulture, utc, out var time) ? time : null;
    }
}
