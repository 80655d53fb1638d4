using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using NodaTime;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace IntegrationHub.Workflows;

/// <summary>The zones that a contact may live in.</summary>
/// <param name="Zones">All of them, the likeliest first; never empty.</param>
/// <param name="Known">False where nothing tells the contact's own: the first is then that of most people of its country, or the default.</param>
internal readonly record struct ContactZones(ImmutableArray<DateTimeZone> Zones, bool Known);

/// <summary>In which zone a contact lives: its field <c>time_zone</c>, else its country and state, else its phone number, else the default.</summary>
public static class ContactZone
{
    // A country whose second zone is that of far islands or of a few villages: who names the country alone is nearly always at home in the first.
    private static readonly FrozenDictionary<string, string> MainZones = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AR"] = "America/Argentina/Buenos_Aires",
        ["CL"] = "America/Santiago",
        ["CN"] = "Asia/Shanghai",
        ["CY"] = "Asia/Nicosia",
        ["DE"] = "Europe/Berlin",
        ["EC"] = "America/Guayaquil",
        ["ES"] = "Europe/Madrid",
        ["KZ"] = "Asia/Almaty",
        ["MY"] = "Asia/Kuala_Lumpur",
        ["NZ"] = "Pacific/Auckland",
        ["PT"] = "Europe/Lisbon",
        ["UA"] = "Europe/Kyiv",
        ["UZ"] = "Asia/Tashkent",
        ["VN"] = "Asia/Ho_Chi_Minh",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Where a country has several zones and nothing tells which: that of most of its people, as a guess that is called one.
    private static readonly FrozenDictionary<string, string> Guesses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AU"] = "Australia/Sydney",
        ["BR"] = "America/Sao_Paulo",
        ["CA"] = "America/Toronto",
        ["CD"] = "Africa/Kinshasa",
        ["ID"] = "Asia/Jakarta",
        ["MN"] = "Asia/Ulaanbaatar",
        ["MX"] = "America/Mexico_City",
        ["RU"] = "Europe/Moscow",
        ["US"] = "America/New_York",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> OnlyZones = (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
        .GroupBy(l => l.CountryCode).Where(g => g.Count() == 1).ToFrozenDictionary(g => g.Key, g => g.First().ZoneId, StringComparer.Ordinal);

    private static readonly BoundedCache<ImmutableArray<string>> OfPhones = new(1 << 12);

    /// <summary>The zone, and whether it is the contact's own.</summary>
    public static (DateTimeZone Zone, bool Known) Of(ContactView view)
    {
        var (zones, known) = All(view);
        return (zones[0], known);
    }

    /// <summary>The zones that the contact may live in.</summary>
    internal static ContactZones All(ContactView view)
    {
        var values = view.Values;
        if (values[Field.TimeZone] is { } told && DateTimeZoneProviders.Tzdb.GetZoneOrNull(told) is { } own) return new ContactZones([own], true);
        var country = values[Field.Country];
        if (country is not null && OfPlace(country, values[Field.State]) is { IsEmpty: false } home) return Named(home, true);
        if (values[Field.Phone] is { } phone && OfPhones.Get(phone, OfPhone) is { IsEmpty: false } called) return Named(called, true);
        country ??= values[Field.Phone] is { } number ? CountryOf(number) : null;
        if (country is "US") return Named([Guesses[country], .. StateZones.UnitedStates], false);
        return country is not null && Guesses.TryGetValue(country, out var guess) ? Named([guess], false) : Named([view.Set.Sending.DefaultZone], false);
    }

    private static ImmutableArray<string> OfPlace(string country, string? state)
    {
        if (state is not null && StateZones.Find(country, state) is { } zones) return zones;
        return OnlyZones.TryGetValue(country, out var only) || MainZones.TryGetValue(country, out only) ? [only] : [];
    }

    private static ImmutableArray<string> OfPhone(string e164)
    {
        if (CountryOf(e164) is not { } country) return [];
        if (OfPlace(country, null) is { IsEmpty: false } zones) return zones;
        // By area code; a mobile number of a country without them may be of any of its zones, and then tells none.
        var areas = PhoneNumberToTimeZonesMapper.GetInstance().GetTimeZonesForNumber(PhoneNumberUtil.GetInstance().Parse(e164, null));
        return areas.Count == 1 && DateTimeZoneProviders.Tzdb.GetZoneOrNull(areas[0]) is { } zone ? [zone.Id] : [];
    }

    /// <summary>The country of a number: by its area code, else, for a number that no plan knows, the foremost of those that share its country code; null for what is no number.</summary>
    internal static string? CountryOf(string e164)
    {
        if (PhoneRegions.Of(e164) is { } country) return country;
        try
        {
            var library = PhoneNumberUtil.GetInstance();
            return library.GetRegionCodeForCountryCode(library.Parse(e164, null).CountryCode) is { Length: 2 } foremost && foremost != "ZZ" ? foremost : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static ContactZones Named(ImmutableArray<string> zones, bool known) => new([.. zones.Distinct(StringComparer.Ordinal).Select(z => DateTimeZoneProviders.Tzdb[z])], known);
}
