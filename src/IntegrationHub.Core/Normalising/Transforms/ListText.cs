using System.Text;

namespace IntegrationHub.Normalising;

/// <summary>Lists as text: one item a line.</summary>
internal static class ListText
{
    /// <summary>The items between separators that do not stand within double quotes; null when there is none. A text of several lines is a list already.</summary>
    internal static string? Split(string text, char separator)
    {
        if (text.Trim().Contains('\n')) return text;
        var items = new StringBuilder();
        var item = new StringBuilder();
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) Close(items, item);
            else item.Append(c);
        }

        Close(items, item);
        return items.Length == 0 ? null : items.ToString();
    }

    private static void Close(StringBuilder items, StringBuilder item)
    {
        var text = item.ToString().Trim();
        item.Clear();
        if (text.Length == 0) return;
        if (items.Length > 0) items.Append('\n');
        items.Append(text);
    }
}
