using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using AnyAscii;
using IntegrationHub.Vocabulary;
using NodaTime.TimeZones;

namespace IntegrationHub.Normalising;

/// <summary>Issues with a time zone.</summary>
public static class TimeZoneIssues
{
    /// <summary>Another name or spelling became the name in IANA's database: <c>W. Europe Standard Time</c>, <c>Europe / Berlin</c>, <c>Munich</c>.</summary>
    public static readonly IssueCode Format = new("time_zone.format");

    /// <summary>Flagged: several zones are called so, and the region does not settle it; the likeliest is taken: <c>EST</c>, <c>IST</c>.</summary>
    public static readonly IssueCode Ambiguous = new("time_zone.ambiguous");

    /// <summary>Flagged: only the distance from UTC is known, not whether the clocks change: <c>GMT+1</c>.</summary>
    public static readonly IssueCode Offset = new("time_zone.offset");

    /// <summary>Rejected: no time zone is known by this.</summary>
    public static readonly IssueCode Unknown = new("time_zone.unknown");
}

/// <summary>A time zone, normalised.</summary>
/// <param name="Value">The name in IANA's database; null where it cannot be used.</param>
/// <param name="Candidates">All zones that the text may stand for, the value first; empty where there is no doubt.</param>
/// <param name="Issues">What was changed, flagged or rejected.</param>
public sealed record NormalisedTimeZone(string? Value, ImmutableArray<string> Candidates, ImmutableArray<IssueCode> Issues);

/// <summary>Time zones by IANA's names, Windows' names and display names, abbreviations, offsets, spoken names, cities, and countries of one zone.</summary>
public static class TimeZones
{
    private const int Longest = 100;

    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;

    // IANA's own list of places: names in it are kept, though the database may make one a link to another (Europe/Oslo to Europe/Berlin).
    private static readonly FrozenDictionary<string, string> CountryOf = (Source.ZoneLocations ?? []).ToFrozenDictionary(l => l.ZoneId, l => l.CountryCode, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> ZonesOf = CountryOf.GroupBy(z => z.Value).ToFrozenDictionary(g => g.Key, g => g.Select(z => z.Key).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    // "europe/berlin" to Europe/Berlin; links to what they lead to, by the place that is in the list.
    private static readonly FrozenDictionary<string, string> ByName = Source.GetIds().Where(id => id.Contains('/') || CountryOf.ContainsKey(id) || IsNamed(id))
        .GroupBy(Squeezed).ToFrozenDictionary(g => g.Key, g => Kept(g.First()), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByCity = CountryOf.Keys.Where(id => id.Contains('/'))
        .Select(id => (City: Folded(id[(id.LastIndexOf('/') + 1)..]), Zone: id)).GroupBy(c => c.City).Where(g => g.Count() == 1).ToFrozenDictionary(g => g.Key, g => g.First().Zone, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByWindows = Source.WindowsMapping.MapZones.Where(z => z.Territory == "001" && z.TzdbIds.Count > 0)
        .ToFrozenDictionary(z => Folded(z.WindowsId), z => Kept(z.TzdbIds[0]), StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Windows, string Territory), string> ByWindowsAndCountry = Source.WindowsMapping.MapZones.Where(z => z.Territory.Length == 2 && z.TzdbIds.Count > 0)
        .ToFrozenDictionary(z => (Folded(z.WindowsId), z.Territory), z => Kept(z.TzdbIds[0]));

    private static readonly BoundedCache<NormalisedTimeZone> Seen = new(1 << 12);

    /// <summary>The transform for mappings.</summary>
    public static Transform Transform { get; } = new(
        "time_zone",
        "A time zone by its name in IANA's database: from Windows' names, abbreviations, offsets and cities; nothing when none is known by it.",
        [
            new("Europe / Berlin", "Europe/Berlin"), new("Pacific Standard Time", "America/Los_Angeles"), new("Munich", "Europe/Berlin"), new("IST", "Asia/Kolkata"), new("IST", "Europe/Dublin", "IE"), new("GMT+1", "Etc/GMT-1"),
            new("GMT+1", "Europe/Paris", "FR"), new("Middle-earth", null),
        ],
        (raw, region) => Normalise(raw, region).Value);

    /// <summary>Normalises a time zone.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="region">ISO 3166-1 country of whoever keeps this time, which settles abbreviations and offsets; null when unknown.</param>
    public static NormalisedTimeZone Normalise(string raw, string? region = null)
    {
        if (raw.Length > Longest) return Rejected;
        return Seen.Get($"{region}\t{raw}", static key =>
        {
            var tab = key.IndexOf('\t');
            return Compute(key[(tab + 1)..], tab == 0 ? null : key[..tab]);
        });
    }

    private static NormalisedTimeZone Rejected { get; } = new(null, [], [TimeZoneIssues.Unknown]);

    private static NormalisedTimeZone Compute(string raw, string? region)
    {
        var text = Texts.Clean(raw);
        if (text.Length == 0) return new(null, [], []);
        return Read(text, region) is not { } found ? Rejected : found.Value == raw ? found with { Issues = found.Issues.Remove(TimeZoneIssues.Format) } : found;
    }

    private static NormalisedTimeZone? Read(string text, string? region)
    {
        // HubSpot writes europe_slash_berlin.
        text = text.Replace("_slash_", "/", StringComparison.OrdinalIgnoreCase).Replace("_hyphen_", "-", StringComparison.OrdinalIgnoreCase).Replace("_plus_", "+", StringComparison.OrdinalIgnoreCase);
        var folded = Folded(text);
        if (TimeZoneNames.Abbreviations.TryGetValue(folded, out var zones)) return Among(zones, region);
        if (folded is "utc" or "z" or "zulu" or "utc 0" or "etc utc" or "uct" or "universal") return Sure("Etc/UTC");
        if (folded is "gmt" or "etc gmt" or "gmt 0") return region is "GB" ? Sure("Europe/London") : region is "IE" ? Sure("Europe/Dublin") : Sure("Etc/GMT");
        if (ByName.TryGetValue(Squeezed(text), out var zone)) return Sure(zone);
        if ((Windows(folded, region) ?? Windows(folded.Replace(" daylight ", " standard ", StringComparison.Ordinal), region)) is { } windows) return windows;
        if (OffsetIn(text) is { } minutes) return ByOffset(minutes, region);
        // "(UTC+01:00) Amsterdam, Berlin, Bern": Windows' display names, and "CET (UTC+1)" of web forms.
        var (before, inside, after) = Bracket(text);
        if (inside is not null && before.Length == 0 && after.Length > 0) return Read(after, region) ?? (OffsetIn(inside) is { } bare ? ByOffset(bare, region) : null);
        if (Spoken(folded) is { } spoken) return Among(spoken, region);
        if (Windows(folded.Replace(" summer ", " standard ", StringComparison.Ordinal), region) is { } summer) return summer;
        if (Both(folded) is { } both) return Among(both, region);
        if (inside is not null && before.Length > 0) return Read(before, region) ?? Read(inside, region);
        if (City(folded) is { } city) return Sure(city);
        if (text.IndexOfAny([',', ';']) is > 0 and var comma) return OfSeveral(text, comma, region);
        return Countries.Normalise(text).Value is { } country ? OfCountry(country) : null;
    }

    // A country that keeps one time, or two of which the second is islands'.
    private static NormalisedTimeZone? OfCountry(string country)
    {
        if (!ZonesOf.TryGetValue(country, out var own)) return null;
        return own.Select(Offsets).Distinct().Count() switch { 1 => Sure(Foremost(country, own)[0]), 2 => Among(Foremost(country, own), region: null), _ => null };
    }

    // "EST/EDT": the zones that keep both.
    private static string[]? Both(string folded)
    {
        var words = folded.Split(' ');
        if (words.Length != 2 || !TimeZoneNames.Abbreviations.TryGetValue(words[0], out var first) || !TimeZoneNames.Abbreviations.TryGetValue(words[1], out var second)) return null;
        string[] both = [.. first.Intersect(second)];
        return both.Length > 0 ? both : null;
    }

    // "Berlin, Germany" is one place; "Amsterdam, Berlin, Bern" are several of one time.
    private static NormalisedTimeZone? OfSeveral(string text, int comma, string? region)
    {
        var places = text.Split((char[])[',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var country = places.Length == 2 ? Countries.Normalise(places[1]).Value : null;
        if (country is not null) return Read(text[..comma], country);
        var zones = places.Select(p => City(Folded(p)) ?? ByName.GetValueOrDefault(Squeezed(p))).OfType<string>().Distinct().ToArray();
        return zones.Length == 0 ? null : Among(zones, region);
    }

    private static NormalisedTimeZone Sure(string zone) => new(zone, [], [TimeZoneIssues.Format]);

    private static NormalisedTimeZone Among(string[] zones, string? region)
    {
        if (zones.Length == 1) return Sure(zones[0]);
        if (region is not null && Array.Find(zones, z => CountryOf.GetValueOrDefault(z) == region) is { } own) return Sure(own);
        return new(zones[0], [.. zones], [TimeZoneIssues.Format, TimeZoneIssues.Ambiguous]);
    }

    // Of a region's zones the one that keeps this offset in winter, else in summer; without a region the offset is all that is known.
    private static NormalisedTimeZone? ByOffset(int minutes, string? region)
    {
        if (region is not null && ZonesOf.TryGetValue(region, out var own))
        {
            var fitting = own.Where(z => Offsets(z).Standard == minutes).ToArray();
            if (fitting.Length == 0) fitting = [.. own.Where(z => Offsets(z).Summer == minutes)];
            // Zones whose clocks show the same are no doubt: the one that most live in is taken.
            if (fitting.Length > 0) return fitting.Select(Offsets).Distinct().Count() == 1 ? Sure(Foremost(region, fitting)[0]) : Among(Foremost(region, fitting), region: null);
        }

        if (minutes % 60 != 0) return TimeZoneNames.OddOffsets.TryGetValue(minutes, out var odd) ? new(odd[0], odd.Length > 1 ? [.. odd] : [], [TimeZoneIssues.Format, TimeZoneIssues.Offset]) : null;
        // The signs of Etc/GMT are POSIX's: hours to add for UTC.
        var hours = minutes / 60;
        return hours is < -12 or > 14 ? null : new(hours == 0 ? "Etc/UTC" : $"Etc/GMT{-hours:+0;-0}", [], [TimeZoneIssues.Format, TimeZoneIssues.Offset]);
    }

    // First the zone that people mean by its abbreviation, else the one that Windows gives the country.
    private static string[] Foremost(string region, string[] zones)
    {
        var first = TimeZoneNames.Foremost.FirstOrDefault(zones.Contains) ?? Array.Find(zones, z => ByWindowsAndCountry.Any(w => w.Key.Territory == region && w.Value == z));
        return first is null ? zones : [first, .. zones.Where(z => z != first)];
    }

    /// <summary>Minutes east of UTC without and with summer time, by the zone's last rules, which hold for the years to come.</summary>
    private static (int Standard, int Summer) Offsets(string zone)
    {
        var rules = Source.ForId(zone);
        var (winter, summer) = (rules.GetUtcOffset(Winter).Seconds / 60, rules.GetUtcOffset(Summer).Seconds / 60);
        return (Math.Min(winter, summer), Math.Max(winter, summer));
    }

    // Instants of a year within every release of the database, one a season.
    private static readonly NodaTime.Instant Winter = NodaTime.Instant.FromUtc(2030, 1, 15, 12, 0);
    private static readonly NodaTime.Instant Summer = NodaTime.Instant.FromUtc(2030, 7, 15, 12, 0);

    private static NormalisedTimeZone? Windows(string name, string? region)
    {
        if (!ByWindows.TryGetValue(name, out var zone)) return null;
        return Sure(region is not null && ByWindowsAndCountry.TryGetValue((name, region), out var own) ? own : zone);
    }

    private static string[]? Spoken(string folded)
    {
        var words = folded.Split(' ').Where(w => w is not ("time" or "standard" or "daylight" or "summer" or "zone" or "timezone" or "the" or "and")).ToArray();
        return words.Length == 0 ? null : TimeZoneNames.Spoken.GetValueOrDefault(string.Join(' ', words));
    }

    private static string? City(string folded) => ByCity.GetValueOrDefault(folded) ?? TimeZoneNames.Cities.GetValueOrDefault(folded);

    private static (string Before, string? Inside, string After) Bracket(string text)
    {
        var (open, close) = (text.IndexOf('('), text.IndexOf(')'));
        return open < 0 || close < open ? (text, null, "") : (text[..open].Trim(), text[(open + 1)..close].Trim(), text[(close + 1)..].Trim());
    }

    /// <summary>Minutes east of UTC in <c>GMT+1</c>, <c>UTC +05:30</c>, <c>-0500</c>, <c>+1</c>; null where the text is no offset. Without a sign a number is none.</summary>
    private static int? OffsetIn(string text)
    {
        var rest = text.Trim();
        foreach (var name in (string[])["UTC", "GMT", "Z"])
        {
            if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            rest = rest[name.Length..].TrimStart();
            break;
        }

        if (rest.Length < 2 || rest[0] is not ('+' or '-' or '−' or '±')) return null;
        var sign = rest[0] is '-' or '−' ? -1 : 1;
        rest = rest[1..].Trim().TrimEnd('h', 'H').TrimEnd();
        var parts = rest.Split(':', '.');
        if (parts.Length > 2 || parts.Any(p => p.Length is 0 or > 4 || !p.All(char.IsAsciiDigit))) return null;
        int hours, minutes;
        if (parts.Length == 2) (hours, minutes) = (Number(parts[0]), rest.Contains('.') ? Number(parts[1]) * (parts[1].Length == 1 ? 6 : 0) + (parts[1].Length == 2 ? Number(parts[1]) * 60 / 100 : 0) : Number(parts[1]));
        else if (parts[0].Length <= 2) (hours, minutes) = (Number(parts[0]), 0);
        else (hours, minutes) = (Number(parts[0][..^2]), Number(parts[0][^2..]));
        return hours > 14 || minutes > 59 ? null : sign * (hours * 60 + minutes);
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // Names without a place that are one all the same; EST and its kin are abbreviations.
    private static bool IsNamed(string id) => id.Length > 3 && !id.AsSpan().ContainsAnyInRange('0', '9') || id is "GB";

    // A name in the list of places stays; a link becomes the place that it leads to.
    private static string Kept(string id)
    {
        if (CountryOf.ContainsKey(id) || !Source.CanonicalIdMap.TryGetValue(id, out var canonical)) return id;
        return canonical is "Etc/UCT" or "UTC" ? "Etc/UTC" : canonical;
    }

    // Blanks, underscores and both slashes say nothing: "europe / berlin", "America\New York".
    private static string Squeezed(string name) => string.Concat(name.Select(c => c is '\\' ? '/' : char.ToLowerInvariant(c)).Where(c => c is not (' ' or '_')));

    private static string Folded(string text)
    {
        var ascii = System.Text.Ascii.IsValid(text) ? text : text.Transliterate();
        return string.Join(' ', new string([.. ascii.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : c is '.' or '\'' ? '\0' : ' ').Where(c => c != '\0')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
