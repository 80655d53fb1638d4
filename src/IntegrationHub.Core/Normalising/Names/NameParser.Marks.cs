using System.Buffers;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>What marks set apart: nicknames and maiden names in brackets and quotes or behind a word, and signs that belong to no name.</summary>
internal sealed partial class NameParser
{
    private static readonly SearchValues<char> Enclosing = SearchValues.Create("([{\"“”„«'‘’`");

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
}
