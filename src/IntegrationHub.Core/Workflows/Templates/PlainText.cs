using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace IntegrationHub.Workflows;

/// <summary>The plain-text part of a mail, made from its HTML: what is hidden stays out, links stand behind their words, lists have hyphens.</summary>
internal static class PlainText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "section", "article", "header", "footer", "blockquote", "pre", "center", "dl", "dt", "dd", "address", "figure",
    };

    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase) { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote" };

    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase) { "head", "style", "script", "title", "template", "noscript" };

    internal static string Of(IElement body)
    {
        var text = new StringBuilder();
        Write(body, text);
        var lines = text.ToString().Split('\n').Select(l => l.Trim()).ToList();
        var kept = new StringBuilder();
        var blanks = 0;
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                blanks++;
                continue;
            }

            if (kept.Length > 0) kept.Append(blanks > 0 ? "\n\n" : "\n");
            blanks = 0;
            kept.Append(line);
        }

        return kept.Append('\n').ToString();
    }

    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    Words(words.Data, text);
                    break;
                case IElement element when !Silent.Contains(element.LocalName) && !IsHidden(element):
                    Element(element, text);
                    break;
            }
        }
    }

    private static void Element(IElement element, StringBuilder text)
    {
        switch (element)
        {
            case { LocalName: "br" }:
                text.Append('\n');
                return;
            case { LocalName: "hr" }:
                Break(text, 2);
                text.Append("----------");
                Break(text, 2);
                return;
            case { LocalName: "li" }:
                Break(text, 1);
                text.Append("- ");
                Write(element, text);
                Break(text, 1);
                return;
            case { LocalName: "td" or "th" }:
                if (text.Length > 0 && !char.IsWhiteSpace(text[^1])) text.Append("  ");
                Write(element, text);
                return;
            case IHtmlImageElement image:
                Words(image.AlternativeText ?? "", text);
                return;
            case { LocalName: "a" }:
                Link(element, text);
                return;
        }

        var blank = Paragraphs.Contains(element.LocalName) ? 2 : Blocks.Contains(element.LocalName) ? 1 : 0;
        Break(text, blank);
        Write(element, text);
        Break(text, blank);
    }

    private static void Link(IElement link, StringBuilder text)
    {
        var start = text.Length;
        Write(link, text);
        var url = link.GetAttribute("href")?.Trim() ?? "";
        var words = text.ToString(start, text.Length - start).Trim();
        if (url.Length == 0 || url[0] == '#') return;
        var target = url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? url[7..].Split('?')[0] : url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? url[4..] : url;
        if (words == target) return;
        if (words.Length == 0) text.Append(target);
        else text.Append(" (").Append(target).Append(')');
    }

    private static void Words(string data, StringBuilder text)
    {
        foreach (var c in data)
        {
            // Preheaders are padded with these so that mailboxes show nothing of what follows.
            if (c is '\u00AD' or '\u200B' or '\u200C' or '\u034F' or '\uFEFF') continue;
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1])) text.Append(' ');
        }
    }

    private static void Break(StringBuilder text, int lines)
    {
        if (lines == 0 || text.Length == 0) return;
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        var there = 0;
        while (there < text.Length && text[text.Length - 1 - there] == '\n') there++;
        text.Append('\n', Math.Max(0, lines - there));
    }

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || (element.GetAttribute("style") is { } style && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase));
}
