using System.Globalization;

namespace IntegrationHub.Sandbox.World;

/// <summary>A postal address as its owner would write it.</summary>
/// <param name="Number">House number.</param>
/// <param name="Street">Street without the number.</param>
/// <param name="Unit">Flat or suite, as written; null for none.</param>
/// <param name="City">The city, with the region and postcodes that belong to it.</param>
/// <param name="Postcode">One of the city's postcodes.</param>
public sealed record Address(string Number, string Street, string? Unit, City City, string Postcode)
{
    /// <summary>The street line in the order of its country.</summary>
    public string Line => City.Country.NumberFirst ? $"{Number} {Street}" : $"{Street} {Number}";
}

/// <summary>A phone number, kept in parts so that it can be written in any style.</summary>
/// <param name="Country">Whose numbering plan.</param>
/// <param name="Area">Area or mobile prefix without the trunk zero.</param>
/// <param name="Local">The rest.</param>
public sealed record Phone(Country Country, string Area, string Local)
{
    /// <summary>E.164.</summary>
    public string E164 => $"+{Country.CallingCode}{Area}{Local}";
}

/// <summary>A city with the postcodes and area codes that belong to it.</summary>
public sealed class City
{
    private readonly string[] postcodes;
    private readonly string[] areas;

    private City(Country country, string name, string region, string regionCode, string[] postcodes, string[] areas)
    {
        Country = country;
        Name = name;
        Region = region;
        RegionCode = regionCode;
        this.postcodes = postcodes;
        this.areas = areas;
    }

    /// <summary>The country that it lies in.</summary>
    public Country Country { get; }

    /// <summary>Its name in its own language.</summary>
    public string Name { get; }

    /// <summary>State, province, county or region.</summary>
    public string Region { get; }

    /// <summary>The region's short code; empty where people use none.</summary>
    public string RegionCode { get; }

    /// <summary>Reads <c>City|Region|Code|postcodes|area codes</c>; postcodes are ranges, whole codes or outward codes.</summary>
    public static City Parse(Country country, string line)
    {
        var cells = line.Split('|');
        return new City(country, cells[0], cells[1], cells[2], cells[3].Split(','), cells[4].Split(','));
    }

    /// <summary>One of the city's postcodes.</summary>
    public string Postcode(Dice dice)
    {
        var code = dice.Pick(postcodes);
        if (code.Split('-') is [var from, var to])
            return dice.Between(int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture))
                .ToString("D5", CultureInfo.InvariantCulture);
        const string inward = "ABDEFGHJLNPQRSTUWXYZ"; // Letters that the second half of a British postcode uses.
        const string canadian = "ABCEGHJKLMNPRSTVWXYZ";
        return Country.Code switch
        {
            "GB" => $"{code} {dice.Below(10)}{inward[dice.Below(inward.Length)]}{inward[dice.Below(inward.Length)]}",
            "CA" => $"{code} {dice.Below(10)}{canadian[dice.Below(canadian.Length)]}{dice.Below(10)}",
            _ => code,
        };
    }

    /// <summary>A fixed line of the city, in ranges that numbering plans have handed out.</summary>
    public Phone Landline(Dice dice)
    {
        var area = dice.Pick(areas);
        return new Phone(Country, area, Country.Code switch
        {
            "US" or "CA" => Country.Exchange(dice) + dice.Digits(4),
            "GB" => area switch { "20" => dice.Chance(0.5) ? "7" : "8", "23" => "8", _ => "2" } + dice.Digits(area.Length == 2 ? 7 : 6),
            "DE" => dice.Between(2, 9) + dice.Digits(area.Length == 2 ? 7 : 6),
            _ => dice.Digits(6),
        });
    }

    /// <summary>A mobile number; in North America it looks like any other of the city.</summary>
    public Phone Mobile(Dice dice)
    {
        if (Country.MobilePrefixes.Length == 0) return new Phone(Country, dice.Pick(areas), Country.Exchange(dice) + dice.Digits(4));
        var prefix = dice.Pick(Country.MobilePrefixes).Split(':');
        return new Phone(Country, prefix[0], dice.Digits(int.Parse(prefix[1], CultureInfo.InvariantCulture)));
    }

    /// <summary>An address in the city.</summary>
    public Address Address(Dice dice)
    {
        var number = dice.Chance(0.7) ? dice.Between(1, 99) : dice.Between(100, Country.NumberFirst && Country.Code is "US" or "CA" ? 4999 : 320);
        var text = Country.Code == "DE" && dice.Chance(0.08) ? $"{number}{(char)('a' + dice.Below(3))}"
            : Country.Code == "FR" && dice.Chance(0.05) ? $"{number} bis" : $"{number}";
        var unit = dice.Chance(Country.Code is "US" or "CA" or "GB" ? 0.18 : 0)
            ? Country.Code == "GB"
                ? $"Flat {dice.Between(1, 24)}"
                : $"{dice.Pick(["Apt", "Apt", "Unit", "#"])} {dice.Between(1, 420)}".Replace("# ", "#")
            : null;
        return new Address(text, Country.Streets.Pick(dice), unit, this, Postcode(dice));
    }
}
