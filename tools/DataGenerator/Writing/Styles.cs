using System.Globalization;
using System.Text;
using IntegrationHub.DataGenerator.Randomness;
using IntegrationHub.DataGenerator.World;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>The many ways of writing one value.</summary>
internal static class Styles
{
    private static readonly (string Long, string Short)[] StreetWords =
    [
        (" Street", " St"), (" Avenue", " Ave"), (" Road", " Rd"), (" Drive", " Dr"), (" Lane", " Ln"), (" Boulevard", " Blvd"), (" Court", " Ct"), (" Place", " Pl"),
        ("straße", "str."), ("Straße", "Str."), ("platz", "pl."), ("boulevard ", "bd "), ("avenue ", "av. "), ("straat", "str."), ("laan", "ln."),
    ];

    private static readonly Encoding Windows1252 = Latin();

    /// <summary>A phone number in one of the styles of its country.</summary>
    internal static string Phone(PhoneLine line, Dice dice)
    {
        var (area, local, code) = (line.Area, line.Local, line.Land.CallingCode);
        if (line.Land.Code == "US")
        {
            string exchange = local[..3], rest = local[3..];
            return dice.Below(10) switch
            {
                < 3 => $"({area}) {exchange}-{rest}",
                < 5 => $"{area}-{exchange}-{rest}",
                < 6 => $"{area}.{exchange}.{rest}",
                < 8 => $"+1{area}{local}",
                < 9 => $"1-{area}-{exchange}-{rest}",
                _ => area + local,
            };
        }

        var international = dice.Chance(0.4);
        if (line.Land.Code == "FR")
        {
            var pairs = Pairs(area[1..] + local, dice.Chance(0.2) ? "." : " ");
            return international ? dice.Chance(0.6) ? $"+33 {area[0]} {pairs}" : $"+33{area}{local}" : dice.Chance(0.25) ? $"0{area}{local}" : $"0{area[0]} {pairs}";
        }

        if (international)
            return dice.Below(5) switch
            {
                0 => $"+{code} (0){area} {local}",
                1 => $"00{code}{area}{local}",
                2 => $"+{code} {area} {local}",
                3 => $"+{code} {area} {local[..3]} {local[3..]}",
                _ => line.E164,
            };
        return dice.Below(6) switch
        {
            0 => $"0{area}{local}",
            1 => line.Land.Code == "GB" ? $"(0{area}) {local}" : $"0{area}/{local}",
            2 => $"0{area}-{local}",
            3 => $"0{area} {local[..3]} {local[3..]}",
            _ => $"0{area} {local}",
        };
    }

    /// <summary>A street line, with its unit or not.</summary>
    internal static string StreetLine(Address address, Dice dice, bool unit)
    {
        var line = Street(address.Line, dice);
        if (address.Unit.Length == 0 || !unit) return line;
        return address.Town.Land.Code == "GB" ? $"{address.Unit}, {line}" : dice.Chance(0.6) ? $"{line}, {address.Unit}" : $"{line} {address.Unit}";
    }

    /// <summary>A street in the words that people shorten.</summary>
    internal static string Street(string line, Dice dice)
    {
        if (dice.Chance(0.35))
            foreach (var (full, brief) in StreetWords)
                if (line.Contains(full, StringComparison.Ordinal))
                {
                    line = line.Replace(full, brief, StringComparison.Ordinal);
                    break;
                }

        return dice.Chance(0.05) ? line.Replace("straße", "strasse", StringComparison.Ordinal).Replace("Straße", "Strasse", StringComparison.Ordinal) : line;
    }

    /// <summary>A company's name with or without its legal form, and in other small ways.</summary>
    internal static string Company(Employer employer, Dice dice)
    {
        var name = dice.Chance(0.45) ? employer.FullName : employer.Name.Text;
        return dice.Below(40) switch
        {
            0 => name.ToUpperInvariant(),
            1 => name.ToLowerInvariant(),
            2 => employer.Name.Bare,
            3 => Slips.Any(name, dice),
            4 when employer.Name.Text.Contains(' ') => employer.Name.Text[..employer.Name.Text.IndexOf(' ')],
            5 => $"{name} {employer.Address.Town.Name.Text}",
            _ => name,
        };
    }

    /// <summary>A day, mostly as ISO 8601 has it, else as its country does.</summary>
    internal static string Day(DateOnly day, string land, Dice dice) => dice.Chance(0.8) ? Iso(day) : day.ToString(
        land switch { "US" => "MM/dd/yyyy", "DE" => "dd.MM.yyyy", "NL" => "dd-MM-yyyy", _ => "dd/MM/yyyy" }, CultureInfo.InvariantCulture);

    /// <summary>yyyy-MM-dd</summary>
    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>UTF-8 read as windows-1252: é becomes Ã©.</summary>
    internal static string Garbled(string text) => Windows1252.GetString(Encoding.UTF8.GetBytes(text));

    private static string Pairs(string digits, string joint)
    {
        var text = new StringBuilder();
        for (var i = 0; i < digits.Length; i += 2) text.Append(i == 0 ? "" : joint).Append(digits.AsSpan(i, Math.Min(2, digits.Length - i)));
        return text.ToString();
    }

    private static Encoding Latin()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1252);
    }
}
