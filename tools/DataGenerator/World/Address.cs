using System.Globalization;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.Tables;

namespace IntegrationHub.DataGenerator.World;

/// <summary>A postal address as its owner would write it.</summary>
/// <param name="Number">House number.</param>
/// <param name="Street">Street without the number.</param>
/// <param name="Unit">Flat or suite, as written; empty for none.</param>
/// <param name="Town">The town, with the region and postcodes that belong to it.</param>
/// <param name="Postcode">One of the town's postcodes.</param>
public sealed record Address(string Number, string Street, string Unit, Town Town, string Postcode)
{
    /// <summary>The street line in the order of its country.</summary>
    public string Line => Town.Land.NumberFirst ? $"{Number} {Street}" : $"{Street} {Number}";

    /// <summary>An address in a town.</summary>
    public static Address In(Town town, Dice dice)
    {
        var land = town.Land.Code;
        var number = dice.Chance(0.75) ? dice.Between(1, 120) : dice.Between(121, land == "US" ? 9800 : 340);
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (land is "DE" or "NL" && dice.Chance(0.1)) text += (char)('a' + dice.Below(4));
        else if (land == "FR" && dice.Chance(0.05)) text += " bis";
        var unit = land switch
        {
            "US" when dice.Chance(0.22) => $"{dice.Pick(["Apt ", "Apt ", "Unit ", "#"])}{dice.Between(1, 420)}",
            "GB" when dice.Chance(0.15) => $"Flat {dice.Between(1, 24)}",
            _ => "",
        };
        return new Address(text, town.Land.Street(dice), unit, town, town.Postcode(dice));
    }
}
