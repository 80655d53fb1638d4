using System.Globalization;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>Decodes the character references that web forms and exports leave in plain fields. A text with a tag in it is markup and stays as it is.</summary>
internal static class HtmlReferences
{
    private const int Longest = 10;

    /// <summary>
    /// Decodes from the end to the front, and what was decoded once more where it makes a reference with what follows, so that references of references
    /// (<c>&amp;amp;amp;auml;</c>) cost one pass however deep they are.
    /// </summary>
    public static string Decode(string text, ref TextChanges changes)
    {
        var last = text.LastIndexOf('&');
        if (last < 0 || text.Contains('<') || text.IndexOf(';') < 0) return text;
        var buffer = new char[text.Length];
        var start = text.Length;
        var decoded = false;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            buffer[--start] = text[i];
            while (buffer[start] == '&')
            {
                var behind = buffer.AsSpan(start + 1);
                var end = behind[..Math.Min(Longest, behind.Length)].IndexOf(';');
                if (end <= 0 || CharacterOf(behind[..end]) is not { } c) break;
                decoded = true;
                start += end + 2 - c.Length;
                c.CopyTo(buffer.AsSpan(start));
            }
        }

        if (!decoded) return text;
        changes |= TextChanges.Html;
        return new string(buffer, start, buffer.Length - start);
    }

    private static string? CharacterOf(ReadOnlySpan<char> name)
    {
        if (name[0] != '#')
        {
            return name switch
            {
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                "nbsp" => " ",
                "copy" => "©",
                "reg" => "®",
                "trade" => "™",
                "ndash" => "–",
                "mdash" => "—",
                "lsquo" => "‘",
                "rsquo" => "’",
                "ldquo" => "“",
                "rdquo" => "”",
                "hellip" => "…",
                "euro" => "€",
                "auml" => "ä",
                "ouml" => "ö",
                "uuml" => "ü",
                "Auml" => "Ä",
                "Ouml" => "Ö",
                "Uuml" => "Ü",
                "szlig" => "ß",
                "eacute" => "é",
                "Eacute" => "É",
                "egrave" => "è",
                "ecirc" => "ê",
                "euml" => "ë",
                "aacute" => "á",
                "agrave" => "à",
                "acirc" => "â",
                "atilde" => "ã",
                "ccedil" => "ç",
                "Ccedil" => "Ç",
                "iacute" => "í",
                "oacute" => "ó",
                "ocirc" => "ô",
                "otilde" => "õ",
                "uacute" => "ú",
                "ntilde" => "ñ",
                "Ntilde" => "Ñ",
                "aring" => "å",
                "Aring" => "Å",
                "oslash" => "ø",
                "Oslash" => "Ø",
                "aelig" => "æ",
                "AElig" => "Æ",
                _ => null,
            };
        }

        var hex = name.Length > 1 && name[1] is 'x' or 'X';
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(hex ? name[2..] : name[1..], style, CultureInfo.InvariantCulture, out var code) && code is >= 0x20 and not '<' and not '>' && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : null;
    }
}
