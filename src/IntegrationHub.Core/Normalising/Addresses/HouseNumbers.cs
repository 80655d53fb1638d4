namespace IntegrationHub.Normalising;

/// <summary>Numbers of houses among the words of an address.</summary>
internal static class HouseNumbers
{
    /// <summary>True where the country writes the number behind the street.</summary>
    public static bool StandBehind(string? place) => place is "DE" or "AT" or "CH" or "NL" or "ES" or "IT" or "DK" or "SE" or "NO" or "FI" or "BE" or "PL" or "CZ" or "PT";

    /// <summary>12, 12a, 4-6, 92-10, 2455-B, 12/3, s/n; no ordinal.</summary>
    public static bool Is(string word) => Is(word.AsSpan());

    /// <inheritdoc cref="Is(string)"/>
    public static bool Is(ReadOnlySpan<char> word)
    {
        if (word.Equals("s/n", StringComparison.OrdinalIgnoreCase)) return true;
        if (word.Length is 0 or > 10 || !char.IsAsciiDigit(word[0])) return false;
        var letters = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiLetter(c))
            {
                if (++letters > 2) return false;
            }
            else if (char.IsAsciiDigit(c) || c is '-' or '/' or '+' or '–' || (c == '.' && i == word.Length - 1)) continue;
            else return false;
        }

        return letters < 2 || !AddressWords.IsOrdinal(AddressWords.Fold(word.ToString()));
    }

    /// <summary>How many words the number that begins here has: 12 bis, 12 - 14, 12 a.</summary>
    public static int Length(List<string> words, int at)
    {
        var length = 1;
        while (at + length < words.Count)
        {
            var word = AddressWords.Fold(words[at + length]);
            if (word is "bis" or "ter" or "quater" or "½" || (word is "1/2" or "" && words[at + length] is "1/2")) length++;
            else if (words[at + length] is "-" or "–" && at + length + 1 < words.Count && Is(words[at + length + 1])) length += 2;
            else if (length == 1 && word.Length == 1 && word[0] is >= 'a' and <= 'd' && words[at + length].Length == 1 && char.IsAsciiLetterLower(words[at + length][0])) length++;
            else break;
        }

        return length;
    }

    /// <summary>Where a number at the end of a street begins; -1 where there is none.</summary>
    public static int Last(List<string> words)
    {
        for (var i = 1; i < words.Count; i++)
            if (Is(words[i]) && !(words[i].EndsWith('.') && i + 1 < words.Count) && i + Length(words, i) == words.Count) return i;
        return -1;
    }

    /// <summary>Where the flat ends and the number begins in "3/45 Smith Street", as Australia and New Zealand write it; -1 where there is no flat.</summary>
    public static int UnitSlash(string number, string? place) =>
        place is "AU" or "NZ" && number.IndexOf('/') is var slash && slash > 0 && slash < number.Length - 1 && number.LastIndexOf('/') == slash ? slash : -1;
}
