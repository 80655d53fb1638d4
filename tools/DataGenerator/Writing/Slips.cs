using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Writing;

/// <summary>Misspells as people, phones and scanners do: keys next to each other, letters turned or lost, sounds written otherwise, shapes read wrongly.</summary>
internal static class Slips
{
    private static readonly string[] Keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    // Sounds alike: what is heard on the phone. Both ways.
    private static readonly (string One, string Other)[] Sounds =
    [
        ("ph", "f"), ("ck", "k"), ("sch", "sh"), ("ei", "ai"), ("ie", "y"), ("ey", "y"), ("th", "t"), ("ou", "u"), ("ee", "ea"), ("mm", "m"), ("nn", "n"), ("ll", "l"), ("tt", "t"), ("ss", "s"),
        ("rr", "r"), ("ff", "f"), ("c", "k"), ("s", "z"), ("v", "w"), ("d", "t"), ("b", "p"), ("g", "k"), ("i", "y"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("er", "or"), ("er", "ar"), ("an", "en"),
        ("on", "en"), ("h", ""), ("x", "ks"), ("qu", "kw"), ("au", "ow"), ("gh", ""), ("tz", "z"), ("dt", "t"),
    ];

    // Looks alike: what a scanner reads. One way each, more often than not into the wrong.
    private static readonly (string Right, string Read)[] Shapes =
    [
        ("m", "rn"), ("rn", "m"), ("d", "cl"), ("cl", "d"), ("w", "vv"), ("l", "1"), ("l", "i"), ("i", "l"), ("o", "0"), ("O", "0"), ("I", "l"), ("S", "5"), ("B", "8"), ("h", "b"), ("e", "c"),
        ("c", "e"), ("u", "v"), ("v", "y"), ("n", "ri"), ("g", "q"), ("D", "O"), ("Z", "2"), ("t", "f"), ("a", "o"),
    ];

    /// <summary>A slip of any kind; the text itself when it is too short for one.</summary>
    internal static string Any(string text, Dice dice)
    {
        if (text.Length < 3) return text;
        return dice.Below(20) switch
        {
            < 9 => Typed(text, dice),
            < 16 => Replaced(text, Sounds, true, dice),
            _ => Replaced(text, Shapes, false, dice),
        };
    }

    /// <summary>A slip of the fingers: a neighbouring key, two keys in the wrong order, one too many or too few.</summary>
    internal static string Typed(string text, Dice dice)
    {
        if (text.Length < 3) return text;
        var at = dice.Between(1, text.Length - 1);
        switch (dice.Below(5))
        {
            case 0: return text.Remove(at, 1);
            case 1: return text.Insert(at, text[at].ToString());
            case 2: return text.Insert(at, Neighbour(text[at], dice).ToString());
            case 3 when at < text.Length - 1 && text[at] != text[at + 1]:
                return $"{text.AsSpan(0, at)}{text[at + 1]}{text[at]}{text.AsSpan(at + 2)}";
            default: return $"{text.AsSpan(0, at)}{Neighbour(text[at], dice)}{text.AsSpan(at + 1)}";
        }
    }

    /// <summary>One digit wrong, or two in the wrong order.</summary>
    internal static string Misdialled(string digits, Dice dice)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var at = dice.Below(digits.Length);
            if (!char.IsAsciiDigit(digits[at])) continue;
            if (dice.Chance(0.4) && at + 1 < digits.Length && char.IsAsciiDigit(digits[at + 1]) && digits[at] != digits[at + 1])
                return $"{digits.AsSpan(0, at)}{digits[at + 1]}{digits[at]}{digits.AsSpan(at + 2)}";
            return $"{digits.AsSpan(0, at)}{(char)('0' + (digits[at] - '0' + dice.Between(1, 9)) % 10)}{digits.AsSpan(at + 1)}";
        }

        return digits;
    }

    private static string Replaced(string text, (string One, string Other)[] pairs, bool bothWays, Dice dice)
    {
        var start = dice.Below(pairs.Length);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (from, to) = pairs[(start + i) % pairs.Length];
            if (bothWays && to.Length > 0 && dice.Chance(0.5)) (from, to) = (to, from);
            var at = text.IndexOf(from, 1, StringComparison.Ordinal);
            if (at > 0 && text.Length - from.Length + to.Length > 1) return $"{text.AsSpan(0, at)}{to}{text.AsSpan(at + from.Length)}";
        }

        return Typed(text, dice);
    }

    private static char Neighbour(char c, Dice dice)
    {
        var lower = char.ToLowerInvariant(c);
        for (var row = 0; row < Keys.Length; row++)
        {
            var at = Keys[row].IndexOf(lower);
            if (at < 0) continue;
            var other = dice.Below(4) switch
            {
                0 when row > 0 => Keys[row - 1][Math.Min(at, Keys[row - 1].Length - 1)],
                1 when row < 2 => Keys[row + 1][Math.Min(at, Keys[row + 1].Length - 1)],
                2 when at > 0 => Keys[row][at - 1],
                _ => Keys[row][at < Keys[row].Length - 1 ? at + 1 : at - 1],
            };
            return char.IsUpper(c) ? char.ToUpperInvariant(other) : other;
        }

        return char.IsAsciiDigit(c) ? (char)('0' + (c - '0' + 1) % 10) : 'e';
    }
}
