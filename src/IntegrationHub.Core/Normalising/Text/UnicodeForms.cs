using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>
/// Unicode's composed form (NFC) of the Basic Multilingual Plane. The runtime's own needs ICU, which is off here so that results are the same on every machine;
/// without it <see cref="string.Normalize()"/> leaves letters uncomposed.
/// </summary>
/// <remarks>Unicode Standard Annex 15; the arithmetic of Hangul is in section 3.12 of the standard.</remarks>
internal static partial class UnicodeForms
{
    private const int HangulBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28;

    private static readonly FrozenDictionary<char, string> Parts;
    private static readonly FrozenDictionary<int, char> Composed;
    private static readonly byte[] Classes = new byte[0x10000];
    private static readonly bool[] Unsettled = new bool[0x10000];

    static UnicodeForms()
    {
        var single = new Dictionary<char, string>();
        var composed = new Dictionary<int, char>();
        foreach (var range in CombiningClasses.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (chars, value) = (range[..range.IndexOf(':')], byte.Parse(range.AsSpan(range.IndexOf(':') + 1)));
            var dash = chars.IndexOf('-');
            var (from, to) = dash < 0 ? (Hex(chars), Hex(chars)) : (Hex(chars[..dash]), Hex(chars[(dash + 1)..]));
            for (int c = from; c <= to; c++) (Classes[c], Unsettled[c]) = (value, true);
        }

        foreach (var entry in Decompositions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var mark = entry.IndexOfAny(['=', '>']);
            var whole = Hex(entry[..mark]);
            var parts = string.Concat(entry[(mark + 1)..].Split('+').Select(p => Hex(p).ToString()));
            single[whole] = parts;
            if (entry[mark] == '=')
            {
                composed[Pair(parts[0], parts[1])] = whole;
                Unsettled[parts[1]] = true;
            }
            else
            {
                Unsettled[whole] = true;
            }
        }

        for (var c = VBase; c < VBase + VCount; c++) Unsettled[c] = true;
        for (var c = TBase + 1; c < TBase + TCount; c++) Unsettled[c] = true;
        Composed = composed.ToFrozenDictionary();
        Parts = single.ToFrozenDictionary(s => s.Key, s => Whole(s.Value));

        string Whole(string parts) => string.Concat(parts.Select(p => single.TryGetValue(p, out var deeper) ? Whole(deeper) : p.ToString()));
    }

    /// <summary>The composed form; the same instance where the text is in it already.</summary>
    public static string Compose(string text)
    {
        var settled = true;
        foreach (var c in text)
        {
            if (c >= 0x300 && Unsettled[c]) { settled = false; break; }
        }

        if (settled) return text;
        var chars = Decompose(text);
        Order(chars);
        var composed = Compose(chars);
        return composed == text ? text : composed;
    }

    private static StringBuilder Decompose(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c < 0xC0) result.Append(c);
            else if (c is >= (char)HangulBase and < (char)(HangulBase + LCount * VCount * TCount))
            {
                var index = c - HangulBase;
                result.Append((char)(LBase + index / (VCount * TCount))).Append((char)(VBase + index % (VCount * TCount) / TCount));
                if (index % TCount > 0) result.Append((char)(TBase + index % TCount));
            }
            else if (Parts.TryGetValue(c, out var parts)) result.Append(parts);
            else result.Append(c);
        }

        return result;
    }

    // Marks of one letter, in the order of their classes; equal classes keep theirs.
    private static void Order(StringBuilder text)
    {
        var chars = text.ToString().ToCharArray();
        var changed = false;
        for (var i = 0; i < chars.Length; i++)
        {
            if (Classes[chars[i]] == 0) continue;
            var end = i + 1;
            var sorted = true;
            while (end < chars.Length && Classes[chars[end]] > 0)
            {
                sorted &= Classes[chars[end]] >= Classes[chars[end - 1]];
                end++;
            }

            if (!sorted)
            {
                chars[i..end].OrderBy(c => Classes[c]).ToArray().CopyTo(chars, i);
                changed = true;
            }

            i = end;
        }

        if (changed) text.Clear().Append(chars);
    }

    private static string Compose(StringBuilder text)
    {
        var chars = text.ToString().ToCharArray();
        var length = 0;
        var starter = -1;
        foreach (var c in chars)
        {
            int own = Classes[c];
            var last = length > 0 && length - 1 > starter ? Classes[chars[length - 1]] : 0;
            var blocked = starter < 0 || (length - 1 > starter && last >= own);
            if (!blocked && Join(chars[starter], c) is { } joined)
            {
                chars[starter] = joined;
                continue;
            }

            if (own == 0) starter = length;
            chars[length++] = c;
        }

        return new string(chars, 0, length);
    }

    private static char? Join(char a, char b)
    {
        if (a is >= (char)LBase and < (char)(LBase + LCount) && b is >= (char)VBase and < (char)(VBase + VCount)) return (char)(HangulBase + ((a - LBase) * VCount + b - VBase) * TCount);
        if (a is >= (char)HangulBase and < (char)(HangulBase + LCount * VCount * TCount) && (a - HangulBase) % TCount == 0 && b is > (char)TBase and < (char)(TBase + TCount)) return (char)(a + (b - TBase));
        return Composed.TryGetValue(Pair(a, b), out var joined) ? joined : null;
    }

    private static int Pair(char a, char b) => (a << 16) | b;

    private static char Hex(string digits) => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier);
}
