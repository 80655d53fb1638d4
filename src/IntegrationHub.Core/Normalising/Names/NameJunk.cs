using System.Collections.Frozen;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>What stands in name fields without being a person's name.</summary>
internal static class NameJunk
{
    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm"];

    // Whether the second letter is right of the first on some keyboard: most words are settled by their first two.
    private static readonly bool[,] Neighbours = PairsOf(Rows);

    // "Bank of ...", "University of ...": no person is called so.
    private static readonly FrozenSet<string> Places =
        new[] { "bank", "university", "the university", "church", "city", "the city", "town", "county", "state", "school", "institute", "college", "ministry", "department", "friends", "house", "office", "the office", "bureau", "village", "diocese", "museum", "society" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the text is rejected; null where it may be a name.</summary>
    public static IssueCode? Why(string text)
    {
        int letters = 0, digits = 0;
        var at = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (char.IsLetter(c) || char.IsSurrogate(c)) letters++;
            else if (c == '@') at = true;
        }

        if (at && LooksLikeEmail(text)) return NameIssues.Email;
        if (letters == 0 || digits > letters) return NameIssues.Junk;
        if (text.Contains("://", StringComparison.Ordinal) || text.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return NameIssues.Junk;
        return AllJunk(text) ? NameIssues.Junk : null;
    }

    /// <summary>A word of companies' names at the end, or a legal form.</summary>
    public static bool IsCompany(string text)
    {
        var last = text.AsSpan().TrimEnd(" .,)");
        var space = last.LastIndexOfAny(' ', ',');
        if (space <= 0) return false;
        var word = last[(space + 1)..];
        if (text.IndexOf(" of ", StringComparison.OrdinalIgnoreCase) is > 0 and var of && Places.Contains(text[..of])) return true;
        return NameWords.Of(word).HasFlag(NameWord.Company);
    }

    /// <summary>
    /// A capital and small letters, in no list, no run over the keyboard: a name as it should be, which no rule of this folder changes. Such words are most of what there is.
    /// </summary>
    public static bool IsOrdinary(ReadOnlySpan<char> word)
    {
        if (word.Length < 2 || !IsLetter(word[0]) || !char.IsUpper(word[0])) return false;
        foreach (var c in word[1..])
            if (!char.IsAsciiLetterLower(c) && (!IsLetter(c) || !char.IsLower(c))) return false;
        return NameWords.Of(word) == NameWord.None && !IsRepeated(word) && !IsKeyboardRun(word);

        static bool IsLetter(char c) => c < 0x250 && char.IsLetter(c);
    }

    private static bool LooksLikeEmail(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at + 1 < text.Length && text[at - 1] != ' ' && text.AsSpan(at).Contains('.');
    }

    private static bool AllJunk(string text)
    {
        var any = false;
        foreach (var range in text.AsSpan().SplitAny(' ', ',', ';', '_', '-'))
        {
            var word = text.AsSpan(range).Trim(".()[]{}<>*!?'\"/#");
            if (word.IsEmpty) continue;
            any = true;
            if (!NameWords.Of(word).HasFlag(NameWord.Junk) && !IsRepeated(word) && !IsKeyboardRun(word)) return false;
        }

        return any;
    }

    private static bool IsRepeated(ReadOnlySpan<char> word) => word.Length >= 3 && word[0] < 0x250 && word.TrimStart(word[0]).IsEmpty;

    private static bool IsKeyboardRun(ReadOnlySpan<char> word)
    {
        if (word.Length < 4 || (char.IsAsciiLetter(word[0]) && char.IsAsciiLetter(word[1]) && !Neighbours[(word[0] | 0x20) - 'a', (word[1] | 0x20) - 'a'])) return false;
        foreach (var row in Rows)
            if (word.Length <= row.Length && row.AsSpan().Contains(word, StringComparison.OrdinalIgnoreCase) && !word.Equals("tyui", StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool[,] PairsOf(string[] rows)
    {
        var pairs = new bool[26, 26];
        foreach (var row in rows)
            for (var i = 0; i + 1 < row.Length; i++) pairs[row[i] - 'a', row[i + 1] - 'a'] = true;
        return pairs;
    }
}
