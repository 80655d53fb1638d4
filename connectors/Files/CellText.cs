using System.Text;
using System.Text.Unicode;

namespace IntegrationHub.Connectors.Files;

/// <summary>Bytes of a cell as text: UTF-8, else windows-1252, which most programs write that do not write UTF-8.</summary>
internal static class CellText
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? Encoding.Latin1;

    public static bool IsUtf8(ReadOnlySpan<byte> cell) => Utf8.IsValid(cell);

    public static string Decode(ReadOnlySpan<byte> cell) => (IsUtf8(cell) ? Encoding.UTF8 : Windows1252).GetString(cell);

    /// <summary>At most so many characters of it.</summary>
    public static string Excerpt(ReadOnlySpan<byte> text, int length)
    {
        var part = Decode(text.Length > length ? text[..length] : text);
        return text.Length > length ? part + "…" : part;
    }

    /// <summary>How many line breaks the text has; CR LF is one.</summary>
    public static int Lines(ReadOnlySpan<byte> text)
    {
        var lines = 0;
        while (NextLine(text) is var next && next > 0)
        {
            lines++;
            text = text[next..];
        }
        return lines;
    }

    /// <summary>Where the line behind the next line break begins; -1 when there is no further line break.</summary>
    public static int NextLine(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0) return -1;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
