using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>
/// Repairs UTF-8 that was read in a one-byte encoding, layer by layer. A sequence of characters is taken for damage where its bytes are valid UTF-8 of a plausible
/// character and where the sequence itself is odd as writing; the evidence of a text is added up for each encoding, and the strongest above a threshold wins.
/// </summary>
internal static class Mojibake
{
    private const int TableSize = 0x2600;
    private const double Threshold = 3.4;

    // So many odd places tell how a text was read; more of them are more of the same.
    private const int MostPlaces = 4_096;

    // In order of preference on equal evidence.
    private static readonly OneByteEncoding[] Encodings =
        [.. new[] { 1252, 1251, 1250, 1253, 1254, 1257, 28592, 10000, 437 }.Select((page, i) => new OneByteEncoding(page, i))];

    // For each character, a bit an encoding in which it is a lead byte, or a continuation byte, of UTF-8: most texts are settled by one pass over these.
    private static readonly ushort[] Leads = Bits(b => b is >= 0xC2 and <= 0xF4);
    private static readonly ushort[] Continuations = Bits(b => b is >= 0x80 and <= 0xBF);

    public static string Repair(string text, ref TextChanges changes)
    {
        for (var layer = 0; layer < 32; layer++)
        {
            var repaired = Layer(text);
            if (repaired is null) break;
            changes |= TextChanges.Mojibake;
            text = repaired;
        }

        return Controls(text, ref changes);
    }

    // ISO 8859-1 has controls where Windows-1252 has punctuation; nobody types the former.
    private static string Controls(string text, ref TextChanges changes)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0080', '\u009f')) return text;
        var windows = Encodings[0];
        var result = string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] is >= '\u0080' and <= '\u009f' ? windows.CharOf((byte)source[i]) : source[i];
        });
        if (result == text) return text;
        changes |= TextChanges.Mojibake;
        return result;
    }

    private static string? Layer(string text)
    {
        // A damaged text names few encodings at few places; all else is passed over once, whatever the number of encodings.
        var places = new List<Place>();
        var mask = 0;
        for (var i = 0; i + 1 < text.Length && places.Count < MostPlaces; i++)
        {
            var a = text[i];
            if (a < 0x80 || a >= TableSize || Leads[a] == 0) continue;
            var b = text[i + 1];
            var here = b >= 0x80 && b < TableSize ? Leads[a] & Continuations[b] : b is ' ' or '\ufffd' ? Leads[a] : 0;
            if (here == 0) continue;
            places.Add(new Place(i, here));
            if (b != ' ' || a == 'Ã') mask |= here;
        }

        if (mask == 0) return null;
        OneByteEncoding? best = null;
        var bestScore = Threshold;
        foreach (var encoding in Encodings)
        {
            if ((mask & (1 << encoding.Index)) == 0) continue;
            var score = Score(text, encoding, places);
            if (score > bestScore) (best, bestScore) = (encoding, score);
        }

        return best is null ? null : Decode(text, best);
    }

    /// <summary>A character that can begin a damaged sequence, and the encodings in which it does.</summary>
    private readonly record struct Place(int At, int Encodings);

    private static double Score(string text, OneByteEncoding encoding, List<Place> places)
    {
        var total = 0.0;
        var previousEnd = -1;
        var next = 0;
        var bit = 1 << encoding.Index;
        foreach (var place in places)
        {
            var i = place.At;
            if (i < next || (place.Encodings & bit) == 0) continue;
            if (!TryRead(text, i, encoding, out var length, out var code))
            {
                if (IsCutShort(text, i, encoding)) total += 3.5;
                continue;
            }

            if (!IsPlausible(text, i, length, code, previousEnd == i))
            {
                total -= 1;
            }
            else
            {
                total += Evidence(text, i, length, code) + (previousEnd == i ? 1.5 : 0);
                previousEnd = i + length;
            }

            next = i + length;
        }

        return total;
    }

    private static double Evidence(string text, int at, int length, int code)
    {
        var odd = 0.0;
        if (at > 0 && char.IsLower(text[at - 1]) && char.IsUpper(text[at])) odd += 1;
        for (var i = at; i + 1 < at + length; i++) odd += Oddness(text[i], text[i + 1]);
        if (text[at] is 'Â' or 'Ã' or 'Î' or 'Ð' && odd >= 1) odd += text[at] == 'Â' ? 1.5 : 1;
        if (text[at] == '√' && at > 0 && char.IsLetter(text[at - 1])) odd += 1;
        // Vietnamese letters end in marks that close quotations; inside a word they close nothing.
        if (code is >= 0x1EA0 and <= 0x1EF9 && at + length < text.Length && char.IsLetter(text[at + length])) odd += 2;
        if (text[at] == 'Ã') odd += TildeEvidence(text, at);
        odd += ForeignEvidence(text, at, length, code) + Fit(text, at, length, code);
        if (length == 3) odd += text.AsSpan(at, length).Contains(' ') ? 0 : IsCommonMark(text[at + 1]) && IsCommonMark(text[at + 2]) ? 1.5 : 2;
        if (length >= 4) odd += 4;
        if (odd < 1) return 0.5;
        return odd + (Plausibility.Of(code) >= 2 ? 1 : 0);
    }

    // Ã is where all accented letters of Western Europe end up. It is rare in real text, and rarer before these.
    private static double TildeEvidence(string text, int at)
    {
        var next = text[at + 1];
        if (next is 'œ' or 'ƒ' or 'Š' or 'Ÿ' or 'š' or 'ž' or 'Œ' or 'Ž' or '\u00a0') return 3;
        return IsCommonMark(next) && at + 2 < text.Length && char.IsLetter(text[at + 2]) ? 2.5 : 0;
    }

    // What stands between the letters of a word and belongs to none: Å™ and Ä› of Czech and Polish, Гј among Latin letters, a capital Ă or Ĺ with another letter behind it in a small word.
    private static double ForeignEvidence(string text, int at, int length, int code)
    {
        var (lead, next, end) = (text[at], text[at + 1], at + length);
        var before = at > 0 && char.IsLetter(text[at - 1]);
        var behind = end < text.Length && char.IsLetter(text[end]);
        if (lead is 'Å' or 'Ä' && next is not '’' && IsCommonMark(next)) return behind ? 2.5 : 0;
        if (lead is >= '\u0400' and <= '\u04ff' && char.IsLetter(next) && code < 0x250)
            return (at > 0 && char.IsAsciiLetter(text[at - 1])) || (end < text.Length && char.IsAsciiLetter(text[end])) ? 2.5 : 0;
        if (lead is 'Ă' or 'Ĺ' && next >= 0x80)
            return (at > 0 && char.IsLower(text[at - 1])) || (behind && char.IsLower(text[end]) && (before || char.IsLetter(next))) ? 2.5 : 0;
        return 0;
    }

    // Encodings that differ in few bytes read the same damage as different letters: the one that fits the word is meant.
    private static double Fit(string text, int at, int length, int code)
    {
        var (before, behind) = (at > 0 ? text[at - 1] : ' ', at + length < text.Length ? text[at + length] : ' ');
        if (code == 'ß') return before is 'a' or 'e' or 'i' or 'o' or 'u' or 'ä' or 'ö' or 'ü' || before >= 0x80 ? 0.6 : -1;
        if (code is 'å' or 'ŝ' or 'ğ') return -0.3;
        if (code is 'ü' or 'ö' && before is 'a' or 'o' or 'u') return -0.5;
        return code <= 0xffff && char.IsUpper((char)code) && char.IsAsciiLetter(before) && (char.IsAsciiLetterLower(before) || char.IsAsciiLetterLower(behind)) ? -1.5 : 0;
    }

    // A small letter, a damaged capital and a blank or a replacement character: the end of the sequence was lost.
    private static bool IsCutShort(string text, int at, OneByteEncoding encoding) =>
        at > 0 && at + 1 < text.Length && char.IsAsciiLetterLower(text[at - 1]) && char.IsUpper(text[at])
        && ((text[at + 1] == '\ufffd' && encoding.ByteOf(text[at]) is >= 0xC2 and <= 0xDF) || (text[at] == 'Ã' && text[at + 1] is ' ' && encoding.Index == 0));

    private static bool IsPlausible(string text, int at, int length, int code, bool joined) =>
        Plausibility.Of(code) > 0 && (joined || !BreaksCase(text, at, length, code)) && !(text[at] == '×' && at > 0 && char.IsAsciiDigit(text[at - 1]));

    private static bool IsCommonMark(char c) => c is '…' or '’' or '”' or '»' or '–' or '—' or '\u00a0' or '™' or '®' or '›';

    private static double Oddness(char a, char b)
    {
        if (a is >= '\u0080' and <= '\u009f' || b is >= '\u0080' and <= '\u009f') return 4;
        var letter = char.IsLetter(a);
        // A blank behind a letter ends a word, whatever it may have been.
        if (b == ' ' && letter) return 0;
        if (char.IsLetter(b))
        {
            if (!letter) return a is '×' or '÷' ? 1 : 2;
            return char.IsLower(a) && char.IsUpper(b) ? 2 : 0.4;
        }

        if (IsCommonMark(b)) return letter ? 0.4 : IsCommonMark(a) ? 0 : 1.5;
        if (b is '¡' or 'ª' or 'º' or '²' or '³' or '°' or '·' or '¹' or '´') return letter ? 2 : 1.5;
        return 3;
    }

    // A small letter right behind a capital, with no small letter following, is no word: real text in capitals has been misread.
    private static bool BreaksCase(string text, int at, int length, int code)
    {
        if (code > 0xffff || !char.IsLower((char)code) || at == 0 || !char.IsUpper(text[at - 1])) return false;
        var next = at + length;
        return next >= text.Length || (text[next] < 0x80 && !char.IsLower(text[next])) || (text[next] >= 0x80 && char.IsUpper(text[next]) && char.IsAsciiLetter(text[at - 1]));
    }

    private static bool TryRead(string text, int at, OneByteEncoding encoding, out int length, out int code)
    {
        (length, code) = (0, 0);
        var lead = encoding.ByteOf(text[at]);
        if (lead is < 0xC2 or > 0xF4) return false;
        length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > text.Length) return false;
        code = lead & (0xFF >> (length + 1));
        for (var i = 1; i < length; i++)
        {
            var c = text[at + i];
            int b = encoding.ByteOf(c);
            // Blanks were folded on the way: byte A0, the no-break space, arrives as a space inside a longer sequence.
            if (c == ' ' && length == 3 && (i == 1 ? encoding.ByteOf(text[at + 2]) is >= 0x80 and <= 0xBF : at + 3 < text.Length && text[at + 3] >= 0x80)) b = 0xA0;
            if (b is < 0x80 or > 0xBF) return false;
            code = (code << 6) | (b & 0x3F);
        }

        // Some systems write each half of a surrogate pair as three bytes of its own (CESU-8).
        if (code is >= 0xD800 and <= 0xDBFF && length == 3 && at + 6 <= text.Length && encoding.ByteOf(text[at + 3]) == 0xED
            && encoding.ByteOf(text[at + 4]) is var low and >= 0xB0 and <= 0xBF && encoding.ByteOf(text[at + 5]) is var last and >= 0x80 and <= 0xBF)
        {
            length = 6;
            code = 0x10000 + ((code - 0xD800) << 10) + (((low & 0x0F) << 6) | (last & 0x3F));
        }

        return code >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000) && Rune.IsValid(code);
    }

    private static string Decode(string text, OneByteEncoding encoding)
    {
        var result = new StringBuilder(text.Length);
        var previousEnd = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (TryRead(text, i, encoding, out var length, out var code) && IsPlausible(text, i, length, code, previousEnd == i))
            {
                result.Append(new Rune(code).ToString());
                i += length - 1;
                previousEnd = i + 1;
                continue;
            }

            var c = text[i];
            var lead = encoding.ByteOf(c);
            var left = text.Length - i - 1;
            if (lead == 0xC3 && left > 0 && text[i + 1] is ' ' or '\u00a0')
            {
                // The second byte of "à" is a no-break space, which often was folded with the blank behind it, or lost its own.
                result.Append('à');
                var rest = text.AsSpan(i + 2);
                if (rest.StartsWith(" ") || rest.StartsWith("s ") || rest.StartsWith("quele") || rest.StartsWith("quela") || rest.StartsWith("quilo")) i++;
            }
            else if (lead is >= 0xC4 and <= 0xDF && left > 1 && text[i + 1] is ' ' && (i == 0 || text[i - 1] == ' ')
                && (char.IsAsciiLetterLower(text[i + 2]) || encoding.ByteOf(text[i + 2]) is >= 0xC2 and <= 0xDF) && Plausibility.Of(((lead & 0x1F) << 6) | 0x20) >= 2)
            {
                result.Append((char)(((lead & 0x1F) << 6) | 0x20));
                i++;
            }
            else if (lead is >= 0xC2 and <= 0xDF && left > 0 && text[i + 1] == '\ufffd')
            {
                result.Append('\ufffd');
                i++;
            }
            else if (lead is >= 0xE0 and <= 0xEF && left > 1 && encoding.ByteOf(text[i + 1]) is >= 0x80 and <= 0xBF && text[i + 2] is '\ufffd' or '?')
            {
                result.Append('\ufffd');
                i += 2;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static ushort[] Bits(Func<byte, bool> holds)
    {
        var table = new ushort[TableSize];
        foreach (var encoding in Encodings)
            for (var c = 0x80; c < TableSize; c++)
                if (encoding.ByteOf((char)c) is var b and not 0 && holds(b)) table[c] |= (ushort)(1 << encoding.Index);
        return table;
    }

    private sealed class OneByteEncoding
    {
        private readonly byte[] bytes = new byte[TableSize];
        private readonly char[] chars = new char[256];

        public OneByteEncoding(int page, int index)
        {
            Index = index;
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page) ?? throw new InvalidOperationException($"Code page {page} is not in this runtime.");
            // Bytes that the page leaves undefined arrive as the controls of ISO 8859-1. Controls in text of Central Europe tell of ISO 8859-2, which differs from 1250 in its letters.
            if (page is 1252 or 1253 or 1254 or 1257) for (var b = 0x80; b < 0xA0; b++) bytes[b] = (byte)b;
            for (var b = 0x80; b <= 0xFF; b++)
            {
                var c = encoding.GetString([(byte)b])[0];
                chars[b] = c;
                if (c is >= '\u0080' and < (char)TableSize) bytes[c] = (byte)b;
            }
        }

        public int Index { get; }

        public byte ByteOf(char c) => c < TableSize ? bytes[c] : (byte)0;

        public char CharOf(byte b) => chars[b];
    }

    /// <summary>How plausible a character is in a field of a contact: 0 not at all, 1 in passing, 2 and 3 in everyday writing.</summary>
    private static class Plausibility
    {
        public static int Of(int code) => code switch
        {
            >= 0x80 and <= 0x9F => 1,
            0xD7 or 0xF7 => 1,
            0x17F => 0,
            >= 0xA0 and <= 0xBF => 1,
            >= 0xC0 and <= 0xFF => 3,
            >= 0x100 and <= 0x17F => 2,
            0x192 or 0x2C6 or 0x2DC or 0x2C7 or 0x2D8 or 0x2D9 or 0x2DA or 0x2DB or 0x2DD => 1,
            >= 0x218 and <= 0x21B => 2,
            0x1A0 or 0x1A1 or 0x1AF or 0x1B0 => 2,
            >= 0x300 and <= 0x36F => 1,
            >= 0x386 and <= 0x3CE => 3,
            >= 0x401 and <= 0x45F => 3,
            >= 0x490 and <= 0x4FF => 2,
            >= 0x5B0 and <= 0x5C2 => 1,
            >= 0x5D0 and <= 0x5F4 => 3,
            >= 0x60C and <= 0x669 => 3,
            >= 0x670 and <= 0x6D3 => 2,
            >= 0x900 and <= 0xDFF => 2,
            >= 0xE01 and <= 0xE5B => 3,
            >= 0xE80 and <= 0xFFF => 1,
            >= 0x10A0 and <= 0x10FF => 2,
            >= 0x1E00 and <= 0x1EFF => 2,
            >= 0x1F00 and <= 0x1FFF => 1,
            >= 0x2010 and <= 0x203A => 3,
            >= 0x200B and <= 0x200F => 1,
            0x20AC or 0x2122 or 0x2116 => 3,
            >= 0x2190 and <= 0x22FF => 1,
            >= 0x2300 and <= 0x27BF => 2,
            >= 0x3000 and <= 0x30FF => 3,
            >= 0x3400 and <= 0x4DBF => 1,
            >= 0x4E00 and <= 0x9FFF => 3,
            >= 0xAC00 and <= 0xD7A3 => 3,
            0xFB01 or 0xFB02 or 0xFE0F or 0xFEFF or 0xFFFD => 1,
            >= 0xFF01 and <= 0xFF9F => 2,
            >= 0x1F000 and <= 0x1FAFF => 3,
            >= 0x1D400 and <= 0x1D7FF => 1,
            >= 0x20000 and <= 0x2FA1F => 1,
            _ => 0,
        };
    }
}
