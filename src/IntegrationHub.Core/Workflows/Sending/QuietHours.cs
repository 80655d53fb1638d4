using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Hours in which the law of the contact's place forbids marketing text messages.</summary>
public static class QuietHours
{
    /// <summary>When the quiet hours that <paramref name="at"/> lies in end, and by which rule; null when it lies in none.</summary>
    public static (DateTimeOffset Until, string Rule)? Ends(ContactView view, DateTimeZone zone, DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
        if (local.Hour is >= 8 and < 21) return null;
        var day = local.Hour < 8 ? local.Date : local.Date.PlusDays(1);
        return (LocalTime.At(zone, day, 8 * 60), "text messages from 8 to 21 o'clock only");
    }
}
