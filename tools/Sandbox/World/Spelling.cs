using System.Globalization;
using System.Text;

namespace IntegrationHub.Sandbox.World;

/// <summary>How one value comes to be written in several ways: slips of the hand, of the ear, of programs, and styles.</summary>
public static class Spelling
{
    private static readonly string[] Keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly (string From, string To)[] Sounds =
    [
        ("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("mann", "man"), ("tz", "z"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("th", "t"),
        ("ei", "ai"), ("y", "i"), ("sch", "sh"), ("eau", "o"), ("c", "k"), ("z", "s"), ("nn", "n"), ("rt", "rd"), ("s", "ss"), ("n", "nn"),
    ];

    // Letters of the lists and what they are without their marks. Not by Unicode decomposition, which the invariant culture does without.
    private const string Marked = "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜÿàâäçèéêëîïôöùûüáíóúñÁÍÓÚÑışğŞĞİ";
    private const string Bare = "AAACEEEEIIOOUUUyaaaceeeeiioouuuaiounAIOUNisgSGI";

    private static readonly Encoding Latin = MakeLatin();

    /// <summary>One slip: a neighbouring key, a letter lost, doubled or swapped, or a sound written otherwise. The first letter mostly stays.</summary>
    public static string Slip(string text, Dice dice)
    {
        if (text.Length < 4) return text;
        var at = dice.Between(1, text.Length - 2);
        return dice.Below(5) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            2 => string.Concat(text.AsSpan(0, at), text.AsSpan(at + 1, 1), text.AsSpan(at, 1), text.AsSpan(at + 2)),
            3 => string.Concat(text.AsSpan(0, at), Neighbour(text[at], dice).ToString(), text.AsSpan(at + 1)),
            _ => Misheard(text, dice),
        };
    }

    /// <summary>Without diacritics: <c>ü</c> becomes <c>ue</c> in German, else <c>u</c>.</summary>
    public static string WithoutMarks(string text, bool german)
    {
        if (Ascii.IsValid(text)) return text;
        var plain = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (german && "äöüÄÖÜ".Contains(c)) plain.Append(c switch { 'ä' => "ae", 'ö' => "oe", 'ü' => "ue", 'Ä' => "Ae", 'Ö' => "Oe", _ => "Ue" });
            else if (c == 'ß') plain.Append("ss");
            else if (c == 'œ') plain.Append("oe");
            else plain.Append(Marked.IndexOf(c) is >= 0 and var at ? Bare[at] : c);
        }
        return plain.ToString();
    }

    /// <summary>UTF-8 read as Windows-1252: <c>Müller</c> becomes <c>MÃ¼ller</c>.</summary>
    public static string Garbled(string text) => Latin.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>True when <see cref="Garbled"/> changes the text.</summary>
    public static bool HasMarks(string text) => !Ascii.IsValid(text);

    /// <summary>A number in one of the styles that people of its country use; written for readers <paramref name="abroad"/> in that share.</summary>
    public static string Written(Phone phone, Dice dice, double abroad)
    {
        if (dice.Chance(abroad)) return International(phone, dice);
        string area = phone.Area, local = phone.Local;
        switch (phone.Country.Code)
        {
            case "US" or "CA":
                string a = local[..3], b = local[3..];
                return dice.Below(7) switch
                {
                    0 or 1 => $"({area}) {a}-{b}",
                    2 or 3 => $"{area}-{a}-{b}",
                    4 => $"{area}.{a}.{b}",
                    5 => $"1-{area}-{a}-{b}",
                    _ => $"{area}{local}",
                };
            case "FR":
                var digits = "0" + area + local;
                var separator = dice.Below(4) switch { 0 or 1 => " ", 2 => ".", _ => "" };
                return string.Join(separator, Enumerable.Range(0, 5).Select(i => digits.Substring(2 * i, 2)));
            case "GB":
                return dice.Below(3) switch
                {
                    0 => $"0{area}{local}",
                    1 => $"0{area} {local[..^4]} {local[^4..]}",
                    _ => $"(0{area}) {local[..^4]} {local[^4..]}",
                };
            default:
                return dice.Below(5) switch
                {
                    0 => $"0{area}{local}",
                    1 => $"0{area}/{local}",
                    2 => $"0{area}-{local}",
                    3 => $"(0{area}) {local}",
                    _ => $"0{area} {local[..3]} {local[3..]}",
                };
        }
    }

    /// <summary>A street line as someone else would write it: shortened words, a comma, a slip.</summary>
    public static string StreetLine(Address address, Dice dice)
    {
        var line = address.Line;
        if (dice.Chance(0.35))
        {
            line = line.Replace("Street", "St")
                .Replace("Avenue", "Ave")
                .Replace("Road", "Rd")
                .Replace("Drive", "Dr")
                .Replace("Boulevard", "Blvd")
                .Replace("Lane", "Ln")
                .Replace("straße", "str.")
                .Replace("avenue", "av.")
                .Replace("boulevard", "bd")
                .Replace("place", "pl.");
        }
        if (address.City.Country.Code == "FR" && dice.Chance(0.3)) line = line.Replace($"{address.Number} ", $"{address.Number}, ");
        return dice.Chance(0.02) ? Slip(line, dice) : line;
    }

    private static string International(Phone phone, Dice dice)
    {
        string code = phone.Country.CallingCode, area = phone.Area, local = phone.Local;
        if (code == "1")
            return dice.Below(4) switch
            {
                0 or 1 => phone.E164,
                2 => $"+1 ({area}) {local[..3]}-{local[3..]}",
                _ => $"+1 {area} {local[..3]} {local[3..]}",
            };
        return dice.Below(5) switch
        {
            0 or 1 => phone.E164,
            2 => $"+{code} {area} {local}",
            3 => $"+{code} (0){area} {local}",
            _ => $"00{code}{area}{local}",
        };
    }

    private static string Misheard(string text, Dice dice)
    {
        for (var tries = 0; tries < 6; tries++)
        {
            var (from, to) = dice.Pick(Sounds);
            var at = text.IndexOf(from, 1, StringComparison.Ordinal);
            if (at > 0) return string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
        }
        return text.Insert(1, text[1].ToString());
    }

    private static char Neighbour(char c, Dice dice)
    {
        foreach (var row in Keys)
        {
            var at = row.IndexOf(char.ToLowerInvariant(c));
            if (at < 0) continue;
            var next = row[at == 0 ? 1 : at == row.Length - 1 ? at - 1 : at + (dice.Chance(0.5) ? 1 : -1)];
            return char.IsUpper(c) ? char.ToUpper(next, CultureInfo.InvariantCulture) : next;
        }
        return 'e';
    }

    private static Encoding MakeLatin()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1252);
    }
}
