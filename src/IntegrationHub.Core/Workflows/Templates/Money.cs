using System.Collections.Frozen;
using System.Globalization;

namespace IntegrationHub.Workflows;

/// <summary>Amounts of money in words for people: minor units and a currency, as English writes them.</summary>
public static class Money
{
    // ISO 4217: currencies whose minor unit is not a hundredth.
    private static readonly FrozenDictionary<string, int> Decimals = new Dictionary<string, int>
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["JPY"] = 0,
        ["KMF"] = 0,
        ["KRW"] = 0,
        ["PYG"] = 0,
        ["RWF"] = 0,
        ["UGX"] = 0,
        ["UYI"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
        ["CLF"] = 4,
        ["UYW"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["KRW"] = "₩",
        ["ILS"] = "₪",
        ["AUD"] = "A$",
        ["CAD"] = "CA$",
        ["NZD"] = "NZ$",
        ["HKD"] = "HK$",
        ["SGD"] = "S$",
        ["MXN"] = "MX$",
        ["BRL"] = "R$",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary><c>€1,234.50</c>, <c>-$5.00</c>, <c>¥980</c>, <c>CHF 12.00</c>.</summary>
    /// <param name="minor">In minor units, such as cents.</param>
    /// <param name="currency">ISO 4217, such as <c>EUR</c>.</param>
    public static string Format(long minor, string currency)
    {
        var code = currency.Trim().ToUpperInvariant();
        var decimals = DecimalsOf(code);
        var amount = (Math.Abs((decimal)minor) / Scale(decimals)).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return $"{(minor < 0 ? "-" : "")}{(Signs.TryGetValue(code, out var sign) ? sign : code + " ")}{amount}";
    }

    /// <summary>How many decimals a currency has: 2 for most, 0 for yen, 3 for the dinar of Kuwait.</summary>
    /// <param name="currency">ISO 4217; one that is not known counts as having two.</param>
    public static int DecimalsOf(string currency) => Decimals.GetValueOrDefault(currency.Trim().ToUpperInvariant(), 2);

    /// <summary>An amount such as <c>12.5</c> in minor units of its currency, halves away from zero; null where it is no number, or too large.</summary>
    /// <param name="amount">Digits with a decimal point, as APIs write amounts; no separators of thousands, no sign of a currency.</param>
    /// <param name="currency">ISO 4217.</param>
    public static long? Minor(string amount, string currency)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!decimal.TryParse(amount, style, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > MostMajor) return null;
        return (long)decimal.Round(number * Scale(DecimalsOf(currency)), MidpointRounding.AwayFromZero);
    }

    /// <summary>True for three letters.</summary>
    public static bool IsCurrency(string text) => text.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetter);

    // A hundred times the world's yearly product: what is more is a mistake, and less never overflows.
    private const decimal MostMajor = 10_000_000_000_000m;

    private static decimal Scale(int decimals)
    {
        var scale = 1m;
        for (var i = 0; i < decimals; i++) scale *= 10;
        return scale;
    }
}
