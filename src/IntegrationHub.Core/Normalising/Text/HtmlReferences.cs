using System.Globalization;
using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>Decodes the character references that web forms and exports leave in plain fields. A text with a tag in it is markup and stays as it is.</summary>
internal static class HtmlReferences
{
    private const int Longest = 10;

    public static string Decode(string text, ref TextChanges changes)
    {
        var at = text.IndexOf('&');
        if (at < 0 || text.Contains('<') || text.AsSpan(at).IndexOf(';') < 0) return text;
        StringBuilder? decoded = null;
        var copied = 0;
        while (at >= 0)
        {
            var window = text.AsSpan(at + 1, Math.Min(Longest, text.Length - at - 1));
            var end = window.IndexOf(';');
            if (end > 0 && CharacterOf(window[..end]) is { } c)
            {
                decoded ??= new StringBuilder(text.Length);
                decoded.Append(text, copied, at - copied).Append(c);
                copied = at + end + 2;
            }

            at = at + 1 < text.Length ? text.IndexOf('&', at + 1) : -1;
        }

        if (decoded is null) return text;
        changes |= TextChanges.Html;
        return decoded.Append(text, copied, text.Length - copied).ToString();
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
