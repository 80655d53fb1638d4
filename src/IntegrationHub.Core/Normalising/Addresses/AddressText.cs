using System.Buffers;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>The text of addresses: cleaning, and joining parts in the order of their country.</summary>
internal static class AddressText
{
    // Printable ASCII, but for the semicolon, which parts, and Latin letters.
    private static readonly SearchValues<char> Plain = SearchValues.Create(Enumerable.Range(' ', '\u0250' - ' ').Select(c => (char)c).Where(c => c is not ';' and (<= '~' or >= '\u00c0')).ToArray());

    /// <summary>Line breaks and semicolons become commas, runs of blanks one blank, empty parts and invisible characters go. Idempotent; the same instance where nothing changes.</summary>
    public static string OneLine(string raw)
    {
        if (IsPlain(raw)) return raw;
        var text = new StringBuilder(raw.Length);
        var (blank, comma) = (false, false);
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c is ',' or ';' or '\n' or '\r' or '\u2028' or '\u2029')
            {
                comma = true;
                continue;
            }

            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                blank = true;
                continue;
            }

            var pair = char.IsHighSurrogate(c) && i + 1 < raw.Length && char.IsLowSurrogate(raw[i + 1]);
            if (!pair && (char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)) continue;
            if (text.Length > 0 && comma) text.Append(", ");
            else if (text.Length > 0 && blank) text.Append(' ');
            (blank, comma) = (false, false);
            text.Append(c);
            if (pair) text.Append(raw[++i]);
        }

        return text.ToString();
    }

    /// <summary>The parts on one line, in the order of their country.</summary>
    public static string? Join(string? number, string? street, string? unit, string? city, string? state, string? postcode, string? country, string? place)
    {
        var continental = Postcodes.BeforeCity(place) && place is not "FR";
        var line = continental ? Words(street, number) : Words(number, street);
        var town = Postcodes.BeforeCity(place) ? Words(postcode, city) : null;
        var region = Postcodes.BeforeCity(place) ? state : Words(state, postcode);
        var parts = new[] { line, unit, town ?? (Postcodes.BeforeCity(place) ? null : city), region, country }.Where(p => p is not null);
        var whole = string.Join(", ", parts);
        return whole.Length == 0 ? null : whole;
    }

    private static string? Words(string? a, string? b) => a is null ? b : b is null ? a : $"{a} {b}";

    private static bool IsPlain(string raw)
    {
        if (raw.Length == 0) return true;
        if (raw[0] is ' ' or ',' || raw[^1] is ' ' or ',' || raw.AsSpan().ContainsAnyExcept(Plain) || raw.Contains("  ", StringComparison.Ordinal)) return false;
        for (var comma = raw.IndexOf(','); comma >= 0; comma = raw.IndexOf(',', comma + 1))
            if (raw[comma - 1] == ' ' || raw[comma + 1] != ' ' || raw[comma + 2] == ',') return false;
        return true;
    }
}
