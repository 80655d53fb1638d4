using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;
using NodaTime;
using NodaTime.TimeZones;

namespace IntegrationHub.Workflows;

/// <summary>The contact's own clock.</summary>
public static class LocalTime
{
    private static readonly Dictionary<string, DayOfWeek> DayNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Reads an hour of the day, such as 09:00, as minutes from midnight; 24:00 is its end.</summary>
    public static int? Minute(DefinitionMap map, string key)
    {
        if (map.Text(key) is not { } text) return null;
        var parts = text.Split(':');
        if (parts.Length == 2 && parts[1].Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && minute < 60 && (hour < 24 || (hour == 24 && minute == 0)))
            return (hour * 60) + minute;
        map.Error(key, $"'{text}' is no time of day: write it in quotes, such as \"09:00\".");
        return null;
    }

    /// <summary>Reads days of the week, such as [mon, tue]; empty when the key is absent.</summary>
    public static ImmutableArray<DayOfWeek> Days(DefinitionMap map, string key)
    {
        var days = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var text in map.Texts(key))
            if (DayNames.TryGetValue(text, out var day)) days.Add(day);
            else map.Error(key, $"unknown day '{text}'. {Suggestion.For(text, DayNames.Keys)}");
        return days.ToImmutable();
    }

    /// <summary>The first instant from <paramref name="from"/> on at which the contact's clock shows this minute on one of these days.</summary>
    public static DateTimeOffset NextAt(ContactView view, int minute, ImmutableArray<DayOfWeek> days, DateTimeOffset from)
    {
        var zone = ContactZone.Of(view).Zone;
        var date = Instant.FromDateTimeOffset(from).InZone(zone).Date;
        for (var i = 0; i < 15; i++, date = date.PlusDays(1))
        {
            if (!days.IsDefaultOrEmpty && !days.Contains(Day(date))) continue;
            var at = At(zone, date, minute);
            if (at >= from) return at;
        }

        throw new InvalidOperationException("No day of the week ever comes.");
    }

    /// <summary>The instant of a local minute; where the clock skips it in spring, the first after the gap; where it shows it twice in autumn, the first time.</summary>
    internal static DateTimeOffset At(DateTimeZone zone, LocalDate date, int minute)
    {
        var local = minute >= 1440 ? date.PlusDays(1).AtMidnight() : date.At(new NodaTime.LocalTime(minute / 60, minute % 60));
        return zone.ResolveLocal(local, Resolver).ToDateTimeOffset().ToUniversalTime();
    }

    private static DayOfWeek Day(LocalDate date) => (DayOfWeek)((int)date.DayOfWeek % 7);

    /// <summary>The first instant from <paramref name="from"/> on that lies in the window.</summary>
    internal static DateTimeOffset NextOpening(SendWindow window, DateTimeZone zone, DateTimeOffset from)
    {
        var date = Instant.FromDateTimeOffset(from).InZone(zone).Date;
        for (var i = 0; i < 15; i++, date = date.PlusDays(1))
        {
            if (!window.Days.Contains(Day(date))) continue;
            var (opens, closes) = (At(zone, date, window.From), At(zone, date, window.Until));
            if (from < opens) return opens;
            if (from < closes) return from;
        }

        throw new InvalidOperationException("The window never opens.");
    }
}
