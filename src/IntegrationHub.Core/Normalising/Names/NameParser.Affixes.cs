namespace IntegrationHub.Normalising;

/// <summary>Titles in front and suffixes behind.</summary>
internal sealed partial class NameParser
{
    private bool TakeTitles(List<string> pieces)
    {
        var taken = false;
        while (pieces.Count > 0 && (IsTitle(pieces[0]) || IsTitleTail(pieces[0])) && (pieces.Count > 1 || IsWholeTitle(pieces[0])))
        {
            var word = NameWords.Of(pieces[0]);
            if (word.HasFlag(NameWord.NameOrTitle) && !word.HasFlag(NameWord.Title) && pieces.Count < 3 && titles.Count == 0) break;
            titles.Add(pieces[0]);
            pieces.RemoveAt(0);
            taken = true;
        }

        return taken;
    }

    private bool IsTitleTail(string piece) => titles.Count > 0 && piece[^1] == '.' && NameWords.Of(piece).HasFlag(NameWord.TitleTail);

    private bool IsWholeTitle(string piece) => joinedTitles.Contains(piece) || piece.Contains(' ') && IsTitle(piece);

    private bool IsTitle(string piece)
    {
        if (joinedTitles.Contains(piece)) return true;
        if (piece.Contains(' '))
        {
            // "The Rt", "Mr. and Mrs.": all words are titles or join them.
            foreach (var range in piece.AsSpan().Split(' '))
                if ((NameWords.Of(piece.AsSpan(range)) & (NameWord.Title | NameWord.NameOrTitle | NameWord.Conjunction)) == 0) return false;
            return true;
        }

        if ((NameWords.Of(piece) & (NameWord.Title | NameWord.NameOrTitle)) != 0) return true;
        return IsCompound(piece, NameWord.Title | NameWord.NameOrTitle);
    }

    // "Lt.Gov.", "Mag-Judge": every part by itself is one.
    private static bool IsCompound(string piece, NameWord kind)
    {
        var parts = 0;
        foreach (var range in piece.AsSpan().SplitAny('.', '-', '/'))
        {
            var part = piece.AsSpan(range);
            if (part.IsEmpty) continue;
            if (part.Length < 2 || (NameWords.Of(part) & kind) == 0) return false;
            parts++;
        }

        return parts > 1;
    }

    private bool LastTitleTakesGivenName()
    {
        var title = titles[^1];
        var word = title.AsSpan(title.LastIndexOf(' ') + 1);
        return NameWords.Of(word).HasFlag(NameWord.GivenNameTitle);
    }

    private List<string> TakeSuffixes(List<string> pieces, bool family, bool enough = true)
    {
        List<string> taken = [];
        if (!enough && pieces.Count < 2) return taken;
        // "attorney at law": two or more words of an occupation in a row.
        var occupation = pieces.Count;
        while (occupation > 2 && NameWords.Of(pieces[occupation - 1]).HasFlag(NameWord.Occupation)) occupation--;
        if (occupation < pieces.Count && (pieces.Count - occupation > 1 || NameWords.Of(pieces[^1]).HasFlag(NameWord.Suffix) || IsLowerAmongNames(pieces, occupation)))
        {
            taken.Add(string.Join(' ', pieces.GetRange(occupation, pieces.Count - occupation)));
            pieces.RemoveRange(occupation, pieces.Count - occupation);
        }

        while (pieces.Count > 1 && IsSuffix(pieces, pieces.Count - 1, family))
        {
            taken.Insert(0, pieces[^1]);
            pieces.RemoveAt(pieces.Count - 1);
        }

        return taken;
    }

    private static bool IsLowerAmongNames(List<string> pieces, int at) => char.IsLower(pieces[at][0]) && char.IsUpper(pieces[0][0]);

    private bool IsSuffix(List<string> pieces, int i, bool family)
    {
        var word = pieces[i].TrimEnd(',');
        var kind = NameWords.Of(word);
        var onlyOneName = pieces.Count - titles.Count == 0;
        if (onlyOneName) return false;
        if (kind.HasFlag(NameWord.Suffix))
        {
            // "Peng" behind one other name is a family name; "PEng" is not.
            if (pieces.Count == 2 && !family && IsTitleCased(word) && !IsGenerational(word)) return false;
            // "J.R." is a pair of initials, "Jr." is a suffix.
            return !(word.Length == 4 && word[1] == '.' && word.StartsWith("J.R", StringComparison.OrdinalIgnoreCase));
        }

        if (kind.HasFlag(NameWord.Roman))
        {
            if (word.Length > 1 && !word.Contains('.')) return pieces.Count > (family ? 1 : 1) && (word.Length > 2 || IsUpper(word) || pieces.Count > 2);
            return word.Length == 1 && word[0] is 'v' or 'V' or 'x' or 'X' or 'i' or 'I' && pieces.Count > 2 && pieces[i - 1].TrimEnd('.').Length > 1 && i == pieces.Count - 1 && (word[0] is 'v' or 'V' || !family && word[0] is 'I' && pieces.Count > 3);
        }

        if (kind.HasFlag(NameWord.AmbiguousSuffix))
        {
            if (word.Length > 2 && word.IndexOf('.') is > 0 and var point && point < word.Length - 1) return pieces.Count > 2 || family;
            return IsUpper(word) && !shouting && pieces.Count > (family ? 1 : 2) && word.Length > 1;
        }

        return word.Contains('.') && word.Length > 3 && IsCompound(word, NameWord.Suffix | NameWord.AmbiguousSuffix);
    }

    private bool AreSuffixes(List<string> words)
    {
        if (words.Count == 0) return false;
        foreach (var word in words)
        {
            var kind = NameWords.Of(word.Trim(','));
            if ((kind & (NameWord.Suffix | NameWord.Occupation)) != 0) continue;
            if (kind.HasFlag(NameWord.Roman) && word.Length > 1) continue;
            if (kind.HasFlag(NameWord.Roman) && word.Length == 1 && words.Count == 1 && char.IsUpper(word[0]) && word[0] != 'I') continue;
            if (kind.HasFlag(NameWord.AmbiguousSuffix) && word.Length > 1 && (IsUpper(word) && !shouting || word.IndexOf('.') is > 0 and var p && p < word.Length - 1)) continue;
            if (words.Count > 1 && (kind.HasFlag(NameWord.Conjunction) || word is "-")) continue;
            if (word.Contains('.') && word.Length > 3 && IsCompound(word, NameWord.Suffix | NameWord.AmbiguousSuffix)) continue;
            return false;
        }

        return true;
    }

    private static bool IsTitleCased(string word) => word.Length > 2 && char.IsUpper(word[0]) && word.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    private static bool IsGenerational(string word) =>
        word.Equals("jr", StringComparison.OrdinalIgnoreCase) || word.Equals("sr", StringComparison.OrdinalIgnoreCase) || word.Equals("jnr", StringComparison.OrdinalIgnoreCase)
        || word.Equals("snr", StringComparison.OrdinalIgnoreCase) || word.StartsWith("esq", StringComparison.OrdinalIgnoreCase);
}
