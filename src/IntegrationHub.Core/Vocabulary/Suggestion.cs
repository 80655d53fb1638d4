namespace IntegrationHub.Vocabulary;

/// <summary>Finds what was perhaps meant by a word that is not known.</summary>
public static class Suggestion
{
    // More known words than this are no help in a message.
    private const int MostListed = 40;

    /// <summary><c>Known: a, b. Did you mean a?</c></summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var words = known.ToList();
        if (words.Count == 0) return "None is known here.";
        var nearest = words.Select(k => (Word: k, Steps: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Steps <= Math.Max(1, Math.Min(word.Length, k.Word.Length) / 3))
            .OrderBy(k => k.Steps).ThenBy(k => k.Word, StringComparer.Ordinal)
            .Select(k => k.Word).FirstOrDefault();
        var list = words.Count <= MostListed ? $"Known: {string.Join(", ", words)}." : $"{words.Count} are known.";
        return nearest is null ? list : $"Did you mean '{nearest}'? {list}";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours from one word to the other (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }

        return rows[a.Length, b.Length];
    }
}
