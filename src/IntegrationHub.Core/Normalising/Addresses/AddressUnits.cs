namespace IntegrationHub.Normalising;

/// <summary>Flats, suites and floors among the words of an address.</summary>
internal static class AddressUnits
{
    /// <summary>How many words from here name a flat, suite or floor; 0 where none does.</summary>
    public static int Length(List<string> words, int at, int segment)
    {
        var word = AddressWords.Fold(words[at]);
        // "3/45 Smith St" is read by the number; "#104", "# 104".
        if (words[at][0] == '#') return words[at].Length > 1 ? 1 : at + 1 < words.Count ? 2 : 0;
        // "Sixth Floor", "4th Floor".
        if (AddressWords.IsOrdinal(word) && at + 1 < words.Count && AddressWords.IsFloor(AddressWords.Fold(words[at + 1])) && AddressWords.Fold(words[at + 1]) is "floor" or "fl" or "flr") return 2;
        if (!AddressWords.IsUnit(word) || at + 1 >= words.Count) return 0;
        // A word of a street's or a town's name, unless an identifier follows.
        var next = AddressWords.Fold(words[at + 1]);
        if (next is "no" or "nr" or "number" or "#" && at + 2 < words.Count) return 3;
        if (!IsIdentifier(words[at + 1])) return 0;
        if (at > 0 && segment == 0 && at == words.Count - 1) return 0;
        return 2;
    }

    private static bool IsIdentifier(string word)
    {
        var bare = word.TrimStart('#').TrimEnd('.');
        if (bare.Length == 0 || bare.Length > 8) return false;
        return bare.Any(char.IsAsciiDigit) || (bare.Length == 1 && char.IsAsciiLetter(bare[0]));
    }
}
