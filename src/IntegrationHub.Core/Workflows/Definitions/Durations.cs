using System.Globalization;
using System.Text;

namespace IntegrationHub.Workflows;

/// <summary>Lengths of time as people write them in definitions. A day is 24 hours.</summary>
public static class Durations
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
        [('w', TimeSpan.FromDays(7)), ('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    // Nothing that a workflow waits for is further away.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>Reads <c>45m</c>, <c>24h</c>, <c>3d</c>, <c>2w</c>, <c>1h 30m</c>, <c>0</c>; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        var (sum, digits) = (TimeSpan.Zero, "");
        foreach (var c in text)
        {
            if (c == ' ' && digits.Length == 0) continue;
            if (char.IsAsciiDigit(c) && digits.Length < 7)
            {
                digits += c;
                continue;
            }

            var unit = Array.Find(Units, u => u.Unit == c);
            if (digits.Length == 0 || unit.Unit == 0) return null;
            sum += unit.Length * int.Parse(digits, CultureInfo.InvariantCulture);
            digits = "";
        }

        return text.Length > 0 && digits.Length == 0 && sum <= Longest ? sum : null;
    }

    /// <summary>Writes a length as <see cref="Parse"/> reads it, largest units first: <c>1d 2h</c>.</summary>
    public static string Text(TimeSpan length)
    {
        if (length < TimeSpan.FromSeconds(1)) return "0s";
        var text = new StringBuilder();
        foreach (var (unit, size) in Units.Skip(1))
        {
            var count = length.Ticks / size.Ticks;
            if (count == 0) continue;
            if (text.Length > 0) text.Append(' ');
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            length -= size * count;
        }

        return text.ToString();
    }
}
