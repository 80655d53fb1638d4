using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace IntegrationHub.Workflows;

/// <summary>Hours of a day, in minutes from midnight; closed all day where both are 0.</summary>
internal readonly record struct OpenHours(int From, int Until)
{
    internal static readonly OpenHours Closed = new(0, 0);
}

/// <summary>When a place's law, or the rules of its operators, allow marketing text messages, by the clock of who gets them.</summary>
/// <param name="Place">The place, for people.</param>
/// <param name="Weekday">From Monday to Friday.</param>
/// <param name="Saturday">On Saturdays.</param>
/// <param name="Sunday">On Sundays.</param>
/// <param name="IsHoliday">Days on which nothing may be sent; null for none.</param>
internal sealed record TextHours(string Place, OpenHours Weekday, OpenHours Saturday, OpenHours Sunday, Func<LocalDate, bool>? IsHoliday = null)
{
    /// <summary>The rule in words.</summary>
    internal string Rule { get; } =
        $"{Place} allows marketing text messages {Words(Weekday)}"
        + (Saturday != Weekday ? $", on Saturdays {Words(Saturday)}" : "") + (Sunday != Weekday ? $", on Sundays {Words(Sunday)}" : "") + (IsHoliday is null ? "" : ", never on public holidays");

    /// <summary>The hours of a day.</summary>
    internal OpenHours On(LocalDate day) =>
        IsHoliday?.Invoke(day) == true ? OpenHours.Closed : day.DayOfWeek switch { IsoDayOfWeek.Saturday => Saturday, IsoDayOfWeek.Sunday => Sunday, _ => Weekday };

    /// <summary>The first instant from <paramref name="at"/> on at which this place allows a message.</summary>
    internal DateTimeOffset Next(DateTimeZone zone, DateTimeOffset at)
    {
        var day = Instant.FromDateTimeOffset(at).InZone(zone).Date;
        for (var i = 0; i < 15; i++, day = day.PlusDays(1))
        {
            var hours = On(day);
            if (hours == OpenHours.Closed) continue;
            var (opens, closes) = (LocalTime.At(zone, day, hours.From), LocalTime.At(zone, day, hours.Until));
            if (at < opens) return opens;
            if (at < closes) return at;
        }

        throw new InvalidOperationException($"{Place} never allows a message.");
    }

    private static string Words(OpenHours hours) => hours == OpenHours.Closed ? "never" : $"from {Hour(hours.From)} to {Hour(hours.Until)}";

    private static string Hour(int minute) => $"{minute / 60}:{minute % 60:00}";
}

/// <summary>The rules by place.</summary>
internal static class TextHoursTable
{
    private static readonly OpenHours Eight = Of(8, 20);

    /// <summary>Where no law names hours: the hours that those laws most often name.</summary>
    internal static TextHours Elsewhere { get; } = Daily("Custom", Of(8, 21));

    /// <summary>47 CFR 64.1200(c)(1): no telephone solicitation, texts included, before 8 a.m. or after 9 p.m. local time at the called party's location.</summary>
    internal static TextHours UnitedStates { get; } = Daily("The USA", Of(8, 21));

    /// <summary>
    /// States of the USA that are stricter. Where a statute has exceptions for who has consented or bought, they are not used: what is sent in these hours is allowed to everybody.
    /// </summary>
    internal static FrozenDictionary<string, TextHours> States { get; } = new Dictionary<string, TextHours>(StringComparer.Ordinal)
    {
        ["AL"] = new("Alabama", Eight, Eight, OpenHours.Closed, PublicHolidays.IsFederal), // Alabama Telemarketing Act, Ala. Code 8-19A
        ["CT"] = Daily("Connecticut", Of(9, 20)), // Conn. Gen. Stat. 42-288a, as amended by Public Act 23-98
        ["FL"] = Daily("Florida", Eight), // Fla. Stat. 501.616(6)(a)
        ["KY"] = Daily("Kentucky", Of(10, 21)), // KRS 367.46955
        ["LA"] = new("Louisiana", Eight, Eight, OpenHours.Closed, PublicHolidays.IsFederal), // La. R.S. 45:844.31
        ["MD"] = Daily("Maryland", Eight), // Stop the Spam Calls Act of 2023, Md. Code, Com. Law 14-45
        ["MA"] = Daily("Massachusetts", Eight), // M.G.L. c. 159C, 3; 201 CMR 12
        ["MN"] = Daily("Minnesota", Of(9, 21)), // Minn. Stat. 325E.30
        ["MS"] = new("Mississippi", Eight, Eight, OpenHours.Closed), // Miss. Code 77-3-723
        ["NJ"] = Daily("New Jersey", Eight), // N.J.S.A. 56:8-119 and what follows, as amended in 2023
        ["NM"] = Daily("New Mexico", Of(9, 21)), // NMSA 57-12-22
        ["OK"] = Daily("Oklahoma", Eight), // Telephone Solicitation Act of 2022, 15 O.S. 775C.1 and what follows
        ["OR"] = Daily("Oregon", Eight), // HB 3865 of 2025
        ["RI"] = new("Rhode Island", Of(9, 18), Of(10, 17), OpenHours.Closed, PublicHolidays.IsFederal), // R.I. Gen. Laws 5-61-3.6
        ["SD"] = new("South Dakota", Of(9, 21), Of(9, 21), OpenHours.Closed), // SDCL 37-30A-3
        ["TX"] = new("Texas", Of(9, 21), Of(9, 21), Of(12, 21)), // Tex. Bus. & Com. Code 301.051; texts by SB 140 (2025)
        ["UT"] = new("Utah", Of(8, 21), Of(8, 21), OpenHours.Closed, PublicHolidays.IsFederal), // Utah Code 13-25a-103
        ["WA"] = Daily("Washington", Eight), // RCW 80.36.390
        ["WY"] = Daily("Wyoming", Eight), // Wyo. Stat. 40-12-302
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Countries with hours of their own.</summary>
    internal static FrozenDictionary<string, TextHours> Countries { get; } = new Dictionary<string, TextHours>(StringComparer.Ordinal)
    {
        ["US"] = UnitedStates,
        ["FR"] = new("France", Eight, Eight, OpenHours.Closed, PublicHolidays.IsFrench), // Operators' and AF2M's rules on commercial texts: neither at night, nor on Sundays and public holidays; 8 to 20 o'clock is their narrowest form
        ["IN"] = Daily("India", Of(10, 21)), // TRAI, Telecom Commercial Communications Customer Preference Regulations, 2018
        ["KR"] = Daily("South Korea", Of(8, 21)), // Act on Promotion of Information and Communications Network Utilization, art. 50(3)
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // North American Numbering Plan Administration, area codes in service, of the stricter states.
    private static readonly FrozenDictionary<string, string> StateOfAreaCode = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AL"] = "205 251 256 334 483 659 938",
        ["CT"] = "203 475 860 959",
        ["FL"] = "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954",
        ["KY"] = "270 364 502 606 859",
        ["LA"] = "225 318 337 457 504 985",
        ["MD"] = "227 240 301 410 443 667",
        ["MA"] = "339 351 413 508 617 774 781 857 978",
        ["MN"] = "218 320 507 612 651 763 924 952",
        ["MS"] = "228 471 601 662 769",
        ["NJ"] = "201 551 609 640 732 848 856 862 908 973",
        ["NM"] = "505 575",
        ["OK"] = "405 539 572 580 918",
        ["OR"] = "458 503 541 971",
        ["RI"] = "401",
        ["SD"] = "605",
        ["TX"] = "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979",
        ["UT"] = "385 435 801",
        ["WA"] = "206 253 360 425 509 564",
        ["WY"] = "307",
    }.SelectMany(s => s.Value.Split(' ').Select(code => (Code: code, State: s.Key))).ToFrozenDictionary(s => s.Code, s => s.State, StringComparer.Ordinal);

    /// <summary>The stricter state that a number of the USA belongs to by its area code; null for none.</summary>
    internal static string? StateOf(string e164) => e164.Length == 12 && e164.StartsWith("+1", StringComparison.Ordinal) ? StateOfAreaCode.GetValueOrDefault(e164[2..5]) : null;

    private static OpenHours Of(int from, int until) => new(from * 60, until * 60);

    private static TextHours Daily(string place, OpenHours hours) => new(place, hours, hours, hours);
}
