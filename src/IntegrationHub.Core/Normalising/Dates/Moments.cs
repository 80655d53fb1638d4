using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>Points in time as systems and spreadsheets write them, as instants in UTC.</summary>
public static class Moments
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>How long an instant's text is.</summary>
    public const int Length = 20;

    private static readonly DateTimeOffset Begin = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What systems write where nothing has happened yet.
    private static readonly ImmutableHashSet<string> NothingWords =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "0", "-", "--", "n/a", "na", "none", "null", "nil", "never", "nie", "jamais", "nunca", "mai", "nooit");

    /// <summary>
    /// Reads one point in time: what <see cref="SourceTime"/> reads, to the second; else a day in any format that <see cref="Dates"/> reads, from its midnight in UTC.
    /// The form that a machine writes is no issue. Days before 1980, when no such system was there, stand for nothing.
    /// </summary>
    /// <param name="raw">The text.</param>
    /// <param name="region">ISO 3166-1 region whose order of day and month is taken for an ambiguous day; null when unknown.</param>
    /// <param name="order">The order of the whole column; null when unknown.</param>
    public static NormalisedDate Normalise(string raw, string? region = null, DateOrder? order = null)
    {
        if (NothingWords.Contains(raw.Trim())) return new(null, []);
        if (SourceTime.Read(raw) is { } time) return time < Begin ? new(null, [DateIssues.Placeholder]) : new(Text(time), []);
        var day = Dates.Normalise(raw, region, order);
        if (day.Value is null) return day;
        return string.CompareOrdinal(day.Value, "1980") < 0 ? new(null, [DateIssues.Placeholder]) : new(day.Value + "T00:00:00Z", day.Issues);
    }

    /// <summary>The instant as a field holds it.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>The instant of a field's text; null for any other text.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
