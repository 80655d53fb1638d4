using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>The addresses of the hub's own links, and their place in a mail.</summary>
/// <param name="tokens">Signs them.</param>
/// <param name="hub">Where recipients reach the hub, such as <c>https://hub.example.com/</c>.</param>
public sealed class TrackedLinks(LinkTokens tokens, Uri hub)
{
    private readonly string root = hub.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Signs and reads.</summary>
    public LinkTokens Tokens { get; } = tokens;

    /// <summary>A link that counts the click and leads on.</summary>
    public string Click(MessageKey key, string url) => $"{root}/c/{Tokens.Sign(new LinkToken.Click(key, url))}";

    /// <summary>The page to unsubscribe on, and the address of the one-click POST.</summary>
    public string Unsubscribe(MessageKey key, Channel channel, string purpose, string point) => $"{root}/u/{Tokens.Sign(new LinkToken.Unsubscribe(key, channel, purpose, point))}";

    /// <summary>
    /// The HTML with each web link led through the hub, and one link that only machines see. Left as they are: unsubscribing, <c>mailto:</c>, <c>tel:</c>, places within the
    /// mail, links with <c>data-track="no"</c>, and those too long to be tracked.
    /// </summary>
    public string Rewrite(string html, MessageKey key)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var tracked = 0;
        foreach (var element in document.QuerySelectorAll("a[href], area[href]"))
        {
            var url = element.GetAttribute("href")?.Trim() ?? "";
            var isOptOut = element.GetAttribute("data-track") is "no";
            element.RemoveAttribute("data-track");
            if (isOptOut || !IsTracked(url)) continue;
            element.SetAttribute("href", Click(key, url));
            tracked++;
        }

        if (tracked > 0 && document.Body is { } body)
        {
            var trap = (IHtmlAnchorElement)document.CreateElement("a");
            trap.SetAttribute("href", $"{root}/c/{Tokens.Sign(new LinkToken.Trap(key))}");
            trap.SetAttribute("style", "display:none;max-height:0;overflow:hidden;mso-hide:all");
            trap.SetAttribute("aria-hidden", "true");
            trap.SetAttribute("tabindex", "-1");
            body.AppendChild(trap);
        }

        return document.ToHtml();
    }

    // Base64 makes four characters of three bytes; the token and its address must fit into what Sign allows.
    private bool IsTracked(string url) => url.Length <= 1500 && LinkTokens.IsWeb(url) && !url.StartsWith($"{root}/u/", StringComparison.Ordinal) && !url.StartsWith($"{root}/c/", StringComparison.Ordinal);
}
