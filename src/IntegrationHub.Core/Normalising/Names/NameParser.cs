namespace IntegrationHub.Normalising;

/// <summary>
/// Splits one clean line into the parts of a name. Brackets and quotes are taken out first; commas tell <c>Last, First</c> from <c>First Last, Suffix</c>;
/// then titles are read from the front, suffixes from the end, particles open the family name, and what lies between are middle names.
/// </summary>
internal sealed partial class NameParser(string text)
{
    private readonly List<string> nicknames = [];
    private readonly List<string> maidens = [];
    private readonly List<string> titles = [];
    private readonly List<string> suffixes = [];
    private readonly List<string> looseSuffixes = [];
    private bool twoPeople;
    private bool shouting;

    public NameParts Parse()
    {
        if (EasternOrder() is { } eastern) return eastern;
        shouting = IsShouting(text);
        var segments = Segments(Symbols(Enclosed(text)));
        for (var i = 0; i < segments.Count; i++) segments[i] = MaidenMark(segments[i]);
        segments.RemoveAll(s => s.Length == 0);
        if (segments.Count == 0) return Build(null, null, null, false);
        var words = Words(segments[0]);
        if (segments.Count == 1) return Straight(words);
        var second = Words(segments[1]);
        if (words.Count > 1 && AreSuffixes(second))
        {
            for (var i = 1; i < segments.Count; i++) suffixes.Add(segments[i]);
            return Straight(words);
        }

        return Turned(words, second, segments);
    }

    private NameParts Straight(List<string> words)
    {
        if (IsFamilyNameAlone(words)) return Build(null, null, string.Join(' ', words), false);
        var pieces = Join(words);
        TakeTitles(pieces);
        var own = TakeSuffixes(pieces, false);
        suffixes.InsertRange(0, own);
        JoinParticles(pieces);
        return pieces.Count switch
        {
            0 => Build(null, null, null, false),
            1 when titles.Count > 0 && !LastTitleTakesGivenName() => Build(null, null, pieces[0], false),
            1 when NameWords.Of(words[0]).HasFlag(NameWord.Particle) && words.Count > 1 && pieces[0].Contains(' ') && titles.Count == 0 && pieces[0].StartsWith(words[0], StringComparison.Ordinal)
                && !NameWords.Of(words[0]).HasFlag(NameWord.NameOrParticle) => Build(null, null, pieces[0], false),
            1 => Build(pieces[0], null, null, false),
            _ => Build(pieces[0], Middle(pieces, 1, pieces.Count - 1), pieces[^1], false),
        };
    }

    // "van Waterhorst", "van der Berg": who writes capitals and begins with a small particle gives no given name. "van morrison" may be anybody.
    private static bool IsFamilyNameAlone(List<string> words)
    {
        if (words.Count < 2 || !char.IsUpper(words[^1][0]) || words[^1].EndsWith('.')) return false;
        for (var i = 0; i < words.Count - 1; i++)
            if (!char.IsLower(words[i][0]) || !NameWords.Of(words[i]).HasFlag(NameWord.Particle)) return false;
        return true;
    }

    private NameParts Turned(List<string> family, List<string> given, List<string> segments)
    {
        var familyPieces = Join(family);
        if (familyPieces.Count > 1 && IsTitle(familyPieces[0])) TakeTitles(familyPieces);
        var familySuffixes = TakeSuffixes(familyPieces, true);
        var last = familyPieces.Count == 0 ? null : string.Join(' ', familyPieces);
        var pieces = Join(given);
        var onlyTitles = pieces.Count > 0 && pieces.TrueForAll(IsTitle);
        if (onlyTitles)
        {
            titles.AddRange(pieces);
            pieces.Clear();
        }
        else
        {
            TakeTitles(pieces);
        }

        var own = TakeSuffixes(pieces, false, pieces.Count > 1);
        if (pieces.Count == 0 && segments.Count > 2 && !AreSuffixes(Words(segments[2])))
        {
            // Doe, Jr., John: the suffix stands between.
            pieces = Join(Words(segments[2]));
            TakeTitles(pieces);
            own.AddRange(TakeSuffixes(pieces, false));
            segments.RemoveAt(2);
        }

        // "MD, III": what stands behind the given name comes last, as it was written.
        suffixes.InsertRange(0, [.. familySuffixes, .. own]);
        for (var i = 2; i < segments.Count; i++)
        {
            if (segments[i].Length > 0) suffixes.Add(segments[i]);
        }

        JoinOpener(pieces);
        var first = pieces.Count == 0 ? null : pieces[0];
        return Build(first, Middle(pieces, 1, pieces.Count), last, first is not null || titles.Count > 0);
    }

    private NameParts Build(string? first, string? middle, string? last, bool turned)
    {
        suffixes.AddRange(looseSuffixes);
        return new(List(titles, " "), first, middle, last, List(suffixes, ", "), List(nicknames, " "), List(maidens, " "), twoPeople, turned);
    }

    private static string? List(List<string> items, string between) => items.Count == 0 ? null : string.Join(between, items);

    private static string? Middle(List<string> pieces, int from, int to) => to <= from ? null : string.Join(' ', pieces.GetRange(from, to - from));

    private static List<string> Segments(string line)
    {
        List<string> segments = [];
        foreach (var range in line.AsSpan().SplitAny(',', '،', '，'))
        {
            var segment = line.AsSpan(range).Trim(" -–—&+/");
            // A lone word or conjunction mark at an end means nothing, but "and Jon" may.
            if (!segment.IsEmpty) segments.Add(segment.ToString());
        }

        return segments;
    }

    private static List<string> Words(string segment)
    {
        List<string> words = [.. segment.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        for (var i = words.Count - 2; i >= 0; i--)
        {
            if (words[i].Length != 3 || words[i + 1].Length != 2 || !$"{words[i]} {words[i + 1]}".Equals(NameWords.DoctorInTwo, StringComparison.OrdinalIgnoreCase)) continue;
            words[i] = $"{words[i]} {words[i + 1]}";
            words.RemoveAt(i + 1);
        }

        return words;
    }

    // Joins what stands round a conjunction into one piece: "Velasquez y Garcia", "Secretary of State", "John and Jane".
    private List<string> Join(List<string> words)
    {
        var pieces = words;
        if (words.Count < 2) return pieces;
        for (var i = 0; i < words.Count; i++)
            if (IsConjunction(words, i)) return JoinAround(words);
        JoinOpener(pieces);
        return pieces;
    }

    private List<string> JoinAround(List<string> words)
    {
        List<string> pieces = [];
        var open = false;
        for (var i = 0; i < words.Count; i++)
        {
            var conjunction = IsConjunction(words, i);
            if (conjunction && NameWords.Of(words[i]).HasFlag(NameWord.And) && i > 0 && i + 1 < words.Count && !words[i].Equals("of", StringComparison.OrdinalIgnoreCase))
                twoPeople |= !IsLongTitle(pieces) && !NameWords.Of(words[i + 1]).HasFlag(NameWord.Suffix);
            // "The" before a title opens it; elsewhere it joins like the others.
            if (pieces.Count > 0 && (open || (conjunction && i > 0)))
            {
                var title = IsTitle(pieces[^1]);
                pieces[^1] = $"{pieces[^1]} {words[i]}";
                if (title) joinedTitles.Add(pieces[^1]);
            }
            else
            {
                pieces.Add(words[i]);
            }

            var titleBehindAnd = open && conjunction is false && IsTitle(words[i]);
            if (titleBehindAnd && i == 1) joinedTitles.Add(pieces[^1]);
            open = conjunction;
        }

        return pieces;
    }

    private readonly HashSet<string> joinedTitles = new(StringComparer.Ordinal);

    private static bool IsLongTitle(List<string> pieces) => pieces.Count > 0 && pieces[^1].Contains(" of ", StringComparison.OrdinalIgnoreCase);

    private static bool IsConjunction(List<string> words, int i)
    {
        var word = words[i];
        if (!NameWords.Of(word).HasFlag(NameWord.Conjunction) || word.Contains('.')) return false;
        if (word is "&" or "+" or "/") return true;
        // One letter is an initial unless it joins two family names of a longer name.
        if (word.Length == 1) return word[0] is 'y' or 'e' or 'i' && words.Count >= 4 && i > 1 && i < words.Count - 1 && words[i - 1].Length > 2 && words[i + 1].Length > 2;
        return !(NameWords.Of(word).HasFlag(NameWord.And) && word is "Och" or "En" or "Og" or "Et");
    }

    private static void JoinOpener(List<string> pieces)
    {
        if (pieces.Count >= 3 && NameWords.Of(pieces[0]).HasFlag(NameWord.GivenNameOpener))
        {
            pieces[0] = $"{pieces[0]} {pieces[1]}";
            pieces.RemoveAt(1);
        }
    }

    // A particle behind the given name joins with all that follows it, up to the next particle that starts anew.
    private static void JoinParticles(List<string> pieces)
    {
        if (pieces.Count < 2) return;
        JoinOpener(pieces);
        var from = 1;
        if (NameWords.Of(pieces[0]) is var kind && kind.HasFlag(NameWord.Particle) && !kind.HasFlag(NameWord.NameOrParticle)) from = 0;
        for (var i = from; i < pieces.Count - 1; i++)
        {
            if (!OpensFamilyName(pieces, i)) continue;
            var joined = string.Join(' ', pieces.GetRange(i, pieces.Count - i));
            pieces.RemoveRange(i, pieces.Count - i);
            pieces.Add(joined);
            return;
        }
    }

    private static bool OpensFamilyName(List<string> pieces, int i)
    {
        var word = pieces[i];
        var space = word.IndexOf(' ');
        var head = space > 0 ? word.AsSpan(0, space) : word;
        if (word.Length == 2 && word[1] == '.') return false;
        return NameWords.Of(head).HasFlag(NameWord.Particle);
    }

    // Chinese, Japanese and Korean names put the family name first; written with a space, the first word is it.
    private NameParts? EasternOrder()
    {
        var first = text[0];
        if (first is not (>= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3')) return null;
        foreach (var c in text)
            if (c < '\u3000' && c is not (' ' or '·')) return null;
        var words = text.Split(' ', '\u3000');
        if (words.Length == 2) return new(null, words[1], null, words[0], null, null, null, AsWritten: true);
        if (words.Length != 1) return null;
        var hangul = first >= '\uac00';
        if (hangul ? text.Length == 3 : text.Length is 2 or 3) return new(null, text[1..], null, text[..1], null, null, null, AsWritten: true);
        return new(null, text, null, null, null, null, null, AsWritten: true);
    }

    private static bool IsShouting(string line)
    {
        foreach (var c in line)
            if (char.IsLower(c)) return false;
        return true;
    }

    private static bool IsUpper(string word)
    {
        foreach (var c in word)
            if (char.IsLower(c)) return false;
        return true;
    }
}
