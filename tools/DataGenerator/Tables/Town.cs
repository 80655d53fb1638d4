using System.Globalization;
using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Tables;

/// <summary>A town with the postcodes and area codes that belong to it.</summary>
public sealed class Town
{
    private const string BritishInward = "ABDEFGHJLNPQRSTUWXYZ"; // Letters of the second half of a British postcode.
    private const string DutchLetters = "ABCDEGHJKLMNPRSTVWXZ"; // F, I, O, Q, U, Y are not used; neither are SA, SD, SS.

    private readonly (int From, int To, string Whole)[] postcodes;

    private Town(Land land, int index, string[] cells)
    {
        Land = land;
        Index = index;
        Name = Spelt.Of(cells[0], land.Tongue);
        Region = cells[1];
        RegionCode = cells[2];
        postcodes = [.. cells[3].Split(',').Select(Range)];
        Areas = cells[4].Split(',');
    }

    /// <summary>The country that it lies in.</summary>
    public Land Land { get; }

    /// <summary>Its rank within the country.</summary>
    public int Index { get; }

    /// <summary>Its name in its own language.</summary>
    public Spelt Name { get; }

    /// <summary>State, province, county or region.</summary>
    public string Region { get; }

    /// <summary>The region's short code; empty where people use none.</summary>
    public string RegionCode { get; }

    /// <summary>Area codes, without the trunk zero.</summary>
    public string[] Areas { get; }

    /// <summary>Reads <c>Town|Region|Code|postcodes|area codes</c>; postcodes are ranges, whole codes or outward codes.</summary>
    public static Town Parse(Land land, int index, string line) => new(land, index, line.Split('|'));

    /// <summary>One of the town's postcodes.</summary>
    public string Postcode(Dice dice)
    {
        var (from, to, whole) = dice.Pick(postcodes);
        var code = whole.Length > 0 ? whole : dice.Between(from, to).ToString(Land.Code == "NL" ? "D4" : "D5", CultureInfo.InvariantCulture);
        return Land.Code switch
        {
            "GB" => $"{code} {dice.Below(10)}{BritishInward[dice.Below(BritishInward.Length)]}{BritishInward[dice.Below(BritishInward.Length)]}",
            "NL" => $"{code} {DutchLetters[dice.Below(16)]}{DutchLetters[dice.Below(DutchLetters.Length)]}",
            _ => code,
        };
    }

    /// <summary>True when the postcode is one that the town could have.</summary>
    public bool Has(string postcode)
    {
        var head = Land.Code is "GB" or "NL" ? postcode.Split(' ')[0] : postcode;
        return postcodes.Any(p => p.Whole.Length > 0
            ? p.Whole == head
            : int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= p.From && number <= p.To);
    }

    private static (int From, int To, string Whole) Range(string cell) =>
        cell.Split('-') is [var from, var to] ? (int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture), "") : (0, 0, cell);
}
