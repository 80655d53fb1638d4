using System.Globalization;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>A number in ranges that its country's numbering plan has handed out, kept in parts so that it can be written in any style.</summary>
/// <param name="Land">Whose numbering plan.</param>
/// <param name="Area">Area code or mobile prefix, without the trunk zero.</param>
/// <param name="Local">The rest.</param>
/// <param name="Mobile">True for a number of one's own.</param>
public sealed record PhoneLine(Land Land, string Area, string Local, bool Mobile)
{
    // 792 exchanges (no N11), less 555, which films use; ten thousand numbers in each.
    private const int NorthAmerican = 7_910_000;

    private static readonly Permutation Exchanges = new(NorthAmerican, 11);
    private static readonly Permutation[] Digits = [.. Enumerable.Range(0, 9).Select(n => new Permutation((long)Math.Pow(10, n), (ulong)(20 + n)))];

    /// <summary>E.164.</summary>
    public string E164 { get; } = $"+{Land.CallingCode}{Area}{Local}";

    /// <summary>A mobile number; another one for each index. In North America it looks like any other of the town.</summary>
    public static PhoneLine MobileOf(Town town, long index, Dice dice)
    {
        if (town.Land.MobilePrefixes.Length == 0) return new PhoneLine(town.Land, dice.Pick(town.Areas), AmericanLocal(index), true);
        var prefix = dice.Pick(town.Land.MobilePrefixes).Split(':');
        return new PhoneLine(town.Land, prefix[0], Last(index, prefix[1][0] - '0'), true);
    }

    /// <summary>A fixed line of the town; another one for each index as far as the town's numbers reach.</summary>
    public static PhoneLine FixedOf(Town town, long index, Dice dice)
    {
        var area = dice.Pick(town.Areas);
        var land = town.Land;
        return new PhoneLine(
            land,
            area,
            land.Code switch
            {
                "US" => AmericanLocal(index + NorthAmerican / 2),
                "GB" => area switch { "20" => dice.Pick(["7", "8"]), "23" => "8", "24" => "7", "28" => "9", _ => "2" } + Last(index, 9 - area.Length),
                "DE" => dice.Between(2, 9).ToString(CultureInfo.InvariantCulture) + Last(index, area.Length == 2 ? 7 : 9 - area.Length),
                "NL" => dice.Between(2, 7).ToString(CultureInfo.InvariantCulture) + Last(index, 8 - area.Length),
                _ => Last(index, 6),
            },
            false);
    }

    private static string AmericanLocal(long index)
    {
        var at = Exchanges[index];
        var exchange = (int)(at / 10_000);
        var code = 200 + exchange / 99 * 100 + exchange % 99;
        if (exchange % 99 >= 11) code++; // Skips N11.
        if (code >= 555) code = Next(code);
        return $"{code:D3}{at % 10_000:D4}";
    }

    private static int Next(int code) => code % 100 == 10 ? code + 2 : code + 1;

    private static string Last(long index, int digits) => Digits[digits][index].ToString(new string('0', digits), CultureInfo.InvariantCulture);
}
