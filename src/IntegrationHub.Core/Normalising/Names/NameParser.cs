using System.Buffers;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>
/// Splits one clean line into the parts of a name. Brackets and quotes are taken out first; commas tell <c>Last, First</c> from <c>First Last, Suffix</c>;
/// then titles are read from the front, suffixes from the end, particles open the family name, and what lies between are middle names.
/// </summary>
internal sealed class NameParser(string text)
{
    private static readonly SearchValues<char> Enclosing = SearchValues.Create("([{\"“”„«'‘’`");

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

    // Brackets and quotes: a maiden name, a suffix, or a nickname.
    private string Enclosed(string line)
    {
        if (!line.AsSpan().ContainsAny(Enclosing)) return line;
        var rest = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var close = Closing(line[i]);
            var end = close == '\0' ? -1 : EndOf(line, i, close);
            if (end < 0)
            {
                if (line[i] is not ('(' or ')' or '[' or ']' or '{' or '}' or '"' or '“' or '”' or '„' or '«' or '»')) rest.Append(line[i]);
                continue;
            }

            Keep(line[(i + 1)..end].Trim());
            if (rest.Length > 0 && rest[^1] != ' ') rest.Append(' ');
            i = end;
        }

        return rest.ToString();
    }

    private static char Closing(char open) => open switch { '(' => ')', '[' => ']', '{' => '}', '"' => '"', '“' => '”', '„' => '“', '«' => '»', '\'' => '\'', '‘' => '’', _ => '\0' };

    private static int EndOf(string line, int open, char close)
    {
        var single = close is '\'' or '’';
        // An apostrophe opens a quotation only at the start of a word, and closes one only at the end of a word: Mari' Aube' has none.
        if (single && open > 0 && line[open - 1] is not (' ' or ',')) return -1;
        for (var end = open + 1; end < line.Length; end++)
        {
            if (line[end] != close && !(close == '”' && line[end] == '“') && !(close == '“' && line[end] == '”')) continue;
            if (single && end + 1 < line.Length && line[end + 1] is not (' ' or ',')) continue;
            return single && end - open < 3 ? -1 : end;
        }

        return -1;
    }

    private void Keep(string inside)
    {
        if (inside.Length == 0) return;
        var words = Words(inside);
        if (words.Count > 1 && NameWords.Of(words[0].TrimEnd(':')).HasFlag(NameWord.Maiden)) maidens.Add(string.Join(' ', words.Skip(1)));
        else if (words.TrueForAll(w => NameWords.Of(w).HasFlag(NameWord.Suffix) || (NameWords.Of(w).HasFlag(NameWord.AmbiguousSuffix) && IsUpper(w) && !shouting))) looseSuffixes.Add(inside);
        else nicknames.Add(inside);
    }

    // "Jane Smith née Jones"; "z domu" is Polish for née.
    private string MaidenMark(string segment)
    {
        if (!segment.Contains(' ')) return segment;
        var words = Words(segment);
        for (var i = 1; i + 1 < words.Count; i++)
        {
            var mark = words[i];
            var two = mark.Equals("z", StringComparison.OrdinalIgnoreCase) && words[i + 1].Equals("domu", StringComparison.OrdinalIgnoreCase) && i + 2 < words.Count;
            // "Nee" and "Born" are family names too: only between two others, and written small, or with the accent.
            if (!two && !(NameWords.Of(mark).HasFlag(NameWord.Maiden) && (mark[0] is 'n' or 'g' or 'b' or 'f' || mark.Length != 3 && !mark.Equals("born", StringComparison.OrdinalIgnoreCase)) && i >= 1)) continue;
            var from = two ? i + 2 : i + 1;
            var behind = words.GetRange(from, words.Count - from);
            while (behind.Count > 1 && NameWords.Of(behind[^1]).HasFlag(NameWord.Suffix))
            {
                looseSuffixes.Insert(0, behind[^1]);
                behind.RemoveAt(behind.Count - 1);
            }

            maidens.Add(string.Join(' ', behind));
            return string.Join(' ', words.GetRange(0, i));
        }

        return segment;
    }

    private static string Symbols(string line)
    {
        var found = false;
        foreach (var rune in line.EnumerateRunes())
            if (IsSymbol(rune)) found = true;
        if (!found) return line;
        var rest = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
            if (!IsSymbol(rune)) rest.Append(rune.ToString());
        return rest.ToString();
    }

    private static bool IsSymbol(Rune rune) =>
        rune.Value is 0xFE0F or 0x200D or '*' or '#' or '~' or '=' or '|' or '<' or '>' or '^' or '!' or '?' or ';' or ':' or '\\' or '_' or '"'
        || (rune.Value >= 0xA0 && Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.OtherSymbol or System.Globalization.UnicodeCategory.MathSymbol or System.Globalization.UnicodeCategory.PrivateUse)
        || rune.Value is >= 0x1F3FB and <= 0x1F3FF or >= 0xE0000;

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

    private static List<string> Words(string segment) => [.. segment.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

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

    private static bool IsTitleCased(string word) => word.Length > 2 && char.IsUpper(word[0]) && word.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    private static bool IsGenerational(string word) =>
        word.Equals("jr", StringComparison.OrdinalIgnoreCase) || word.Equals("sr", StringComparison.OrdinalIgnoreCase) || word.Equals("jnr", StringComparison.OrdinalIgnoreCase)
        || word.Equals("snr", StringComparison.OrdinalIgnoreCase) || word.StartsWith("esq", StringComparison.OrdinalIgnoreCase);

    private static bool IsUpper(string word)
    {
        foreach (var c in word)
            if (char.IsLower(c)) return false;
        return true;
    }
}
