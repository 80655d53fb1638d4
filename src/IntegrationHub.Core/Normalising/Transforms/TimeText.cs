using System.Globalization;

namespace IntegrationHub.Normalising;

/// <summary>Times as ISO 8601 text in UTC.</summary>
internal static class TimeText
{
    private static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt", ", H:mm", ", h:mm tt"];

    internal static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time that is ISO 8601 already, so that a transform may be applied to its own result.</summary>
    internal static string? IfIso(string text) => text.Length >= 10 && text[4] == '-' && SourceTime.Read(text) is { } time ? Iso(time) : null;

    internal static string? Parse(string text, params ReadOnlySpan<string> days)
    {
        var trimmed = text.Trim();
        if (IfIso(trimmed) is { } iso) return iso;
        foreach (var day in days)
            foreach (var clock in Clocks)
                if (DateTime.TryParseExact(trimmed, day + clock, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                    return Iso(new DateTimeOffset(time, TimeSpan.Zero));
        return null;
    }
}
