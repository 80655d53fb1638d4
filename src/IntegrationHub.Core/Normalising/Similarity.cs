namespace IntegrationHub.Normalising;

/// <summary>String similarities on folded text.</summary>
public static class Similarity
{
    /// <summary>Characters after these say nothing of a similarity; texts with more are never a few edits apart.</summary>
    internal const int LongestCompared = 128;

    /// <summary>Jaro-Winkler similarity in [0, 1]: 1 for equal texts. Prefix weight 0.1 over at most four characters.</summary>
    /// <remarks>Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990).</remarks>
    public static double JaroWinkler(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b)) return 1;
        if (a.Length == 0 || b.Length == 0) return 0;
        if (a.Length > LongestCompared) a = a[..LongestCompared];
        if (b.Length > LongestCompared) b = b[..LongestCompared];

        // Whose characters are taken first makes no difference: for each character both ways join its places from the left on, each with the first free one in the window.
        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        Span<bool> inA = stackalloc bool[a.Length];
        Span<bool> inB = stackalloc bool[b.Length];
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var to = Math.Min(b.Length - 1, i + window);
            for (var j = Math.Max(0, i - window); j <= to; j++)
            {
                if (inB[j] || a[i] != b[j]) continue;
                inA[i] = inB[j] = true;
                matches++;
                break;
            }
        }

        if (matches == 0) return 0;
        var (outOfOrder, k) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!inA[i]) continue;
            while (!inB[k]) k++;
            if (a[i] != b[k++]) outOfOrder++;
        }

        double m = matches;
        var jaro = (m / a.Length + m / b.Length + (m - outOfOrder / 2.0) / m) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    /// <summary>
    /// How many single-character insertions, deletions, substitutions and swaps of neighbours turn one text into the other; <paramref name="most"/> + 1 where it is more than that.
    /// </summary>
    /// <remarks>Optimal string alignment distance: Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964).</remarks>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (a.SequenceEqual(b)) return 0;
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        if (b.Length > LongestCompared || a.Length > LongestCompared) return most + 1;
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, before[j - 2] + 1);
                row[j] = best;
                least = Math.Min(least, best);
            }

            if (least > most) return most + 1;
            var free = before;
            before = previous;
            previous = row;
            row = free;
        }

        return Math.Min(previous[b.Length], most + 1);
    }
}
