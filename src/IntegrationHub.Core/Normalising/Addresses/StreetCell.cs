namespace IntegrationHub.Normalising;

/// <summary>
/// Splits the street's cell where it holds a name and at most one number and nothing else, which nearly all do: in place, to the same result as <see cref="AddressParser.SplitStreet"/>.
/// </summary>
internal static class StreetCell
{
    private const int MostWords = 12;
    private const int LongestListed = 16;

    /// <summary>Takes number and unit out of the cell.</summary>
    /// <param name="cell">A value of <see cref="AddressText.OneLine"/>.</param>
    /// <param name="place">The country whose rules hold; null when unknown.</param>
    /// <param name="wantNumber">False where the number has a cell of its own.</param>
    /// <param name="wantUnit">False where the unit has one.</param>
    public static AddressParts Split(string cell, string? place, bool wantNumber, bool wantUnit) =>
        Plain(cell, place, wantNumber) ?? AddressParser.SplitStreet(cell, place, wantNumber, wantUnit);

    /// <summary>Null where the parser has to look: for units, several numbers, and whatever else is not plain.</summary>
    internal static AddressParts? Plain(string cell, string? place, bool wantNumber)
    {
        if (cell.Length == 0 || cell.Contains(',')) return null;
        Span<Range> ranges = stackalloc Range[MostWords + 1];
        var count = cell.AsSpan().Split(ranges, ' ');
        if (count > MostWords) return null;
        var numbers = 0;
        for (var i = 0; i < count; i++)
        {
            var word = cell.AsSpan(ranges[i]);
            if (word.IsEmpty || MayBeUnit(word)) return null;
            if (HouseNumbers.Is(word)) numbers++;
        }

        AddressParts whole = new(null, cell, null, null, null, null, null);
        if (!wantNumber || count == 1 || numbers == 0) return whole;
        if (numbers > 1) return null;
        var first = cell.AsSpan(ranges[0]);
        var last = cell.AsSpan(ranges[count - 1]);
        var behind = HouseNumbers.StandBehind(place);
        if (HouseNumbers.Is(first))
        {
            if (behind || first.Contains('/') || !IsName(cell.AsSpan(ranges[1]))) return null;
            return new AddressParts(first.ToString(), cell[(first.Length + 1)..], null, null, null, null, null);
        }

        if (!behind && place is not null) return whole;
        if (!HouseNumbers.Is(last) || last.Contains('/')) return null;
        return new AddressParts(last.ToString(), cell[..^(last.Length + 1)], null, null, null, null, null);
    }

    // Behind a number these belong to it: "12 bis", "12 a", "12 - 14".
    private static bool IsName(ReadOnlySpan<char> word) =>
        !word.ContainsAnyExceptInRange('A', 'z') && !(word.Length == 1 && word[0] is >= 'a' and <= 'd') && !Is(word, "bis") && !Is(word, "ter") && !Is(word, "quater");

    private static bool MayBeUnit(ReadOnlySpan<char> word)
    {
        if (word[0] == '#') return true;
        if (word.Length > LongestListed) return word.Contains('.');
        if (word.Contains('.')) return AddressWords.IsUnit(AddressWords.Fold(word.ToString()));
        Span<char> lower = stackalloc char[LongestListed];
        return AddressWords.IsUnit(lower[..word.ToLowerInvariant(lower)]);
    }

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
