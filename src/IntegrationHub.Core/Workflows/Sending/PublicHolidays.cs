using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Days on which some laws forbid marketing text messages.</summary>
internal static class PublicHolidays
{
    /// <summary>A federal holiday of the USA, on the day itself. 5 U.S.C. 6103(a).</summary>
    internal static bool IsFederal(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) or (6, 19) or (7, 4) or (11, 11) or (12, 25) => true,
        (1 or 2, >= 15 and <= 21) => day.DayOfWeek == IsoDayOfWeek.Monday, // Martin Luther King, Washington
        (5, >= 25) => day.DayOfWeek == IsoDayOfWeek.Monday, // Memorial Day
        (9, <= 7) => day.DayOfWeek == IsoDayOfWeek.Monday, // Labor Day
        (10, >= 8 and <= 14) => day.DayOfWeek == IsoDayOfWeek.Monday, // Columbus Day
        (11, >= 22 and <= 28) => day.DayOfWeek == IsoDayOfWeek.Thursday, // Thanksgiving
        _ => false,
    };

    /// <summary>A public holiday of France. Code du travail, L3133-1.</summary>
    internal static bool IsFrench(LocalDate day)
    {
        if ((day.Month, day.Day) is (1, 1) or (5, 1) or (5, 8) or (7, 14) or (8, 15) or (11, 1) or (11, 11) or (12, 25)) return true;
        // Easter Monday, Ascension, Whit Monday.
        return Period.DaysBetween(Easter(day.Year), day) is 1 or 39 or 50;
    }

    /// <summary>Easter Sunday of the Gregorian calendar. The anonymous algorithm, Nature, 20 April 1876; as in Meeus, Astronomical Algorithms, chapter 8.</summary>
    internal static LocalDate Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new LocalDate(year, n / 31, (n % 31) + 1);
    }
}
