using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Makes a message ready to be sent of what a template gave: links tracked, headers set. Pure: the same input gives the same message, byte for byte.</summary>
public static class MessageAssembly
{
    /// <summary>The header that marks a mail as the hub's; see <see cref="LinkToken.Mark"/>.</summary>
    public const string MarkHeader = "X-Hub-Message";

    /// <summary>The link to put into <see cref="TemplateData.UnsubscribeLink"/> before rendering.</summary>
    public static string UnsubscribeLink(MessageKey key, Channel channel, MessagePurpose purpose, string point, TrackedLinks links) => links.Unsubscribe(key, channel, PurposeName(purpose), point);

    /// <summary>A mail: with RFC 2369's List-Unsubscribe and RFC 8058's one-click in marketing mail, and a Message-ID from the key.</summary>
    /// <param name="rendered">What the template gave.</param>
    /// <param name="key">The message's key.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="sender">The hub's sender; the template's own <c>from</c> goes before it.</param>
    /// <param name="links">Signs the links.</param>
    public static OutgoingMessage Email(RenderedMessage rendered, MessageKey key, MessageOrigin origin, Mailbox to, SenderIdentity sender, TrackedLinks links)
    {
        var purpose = PurposeName(rendered.Purpose);
        var headers = ImmutableArray.CreateBuilder<MessageHeader>();
        if (rendered.Purpose == MessagePurpose.Marketing)
        {
            var ways = $"<{links.Unsubscribe(key, Channel.Email, purpose, to.Address)}>";
            if (sender.UnsubscribeAddress is { } mailbox)
                ways += $", <mailto:{mailbox}?subject={links.Tokens.Sign(new LinkToken.Unsubscribe(key, Channel.Email, purpose, to.Address))}>";
            headers.Add(new("List-Unsubscribe", ways));
            headers.Add(new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        else
        {
            // RFC 3834: an out-of-office answer to an automatic mail helps nobody. Marketing mail says the same by being a list's.
            headers.Add(new("Auto-Submitted", "auto-generated"));
        }

        headers.Add(new(MarkHeader, links.Tokens.Sign(new LinkToken.Mark(key, Channel.Email, purpose, to.Address))));
        return new OutgoingMessage(
            key, Channel.Email, rendered.Purpose, to, rendered.From ?? new Mailbox(sender.Address, sender.Name), sender.ReplyTo is { } reply ? new Mailbox(reply) : null,
            sender.BounceAddress is { } bounces ? WithKey(bounces, key) : null, rendered.Subject, rendered.Html is { } html ? links.Rewrite(html, key) : null, rendered.Text,
            headers.ToImmutable(), origin);
    }

    /// <summary>An SMS.</summary>
    /// <param name="rendered">What the template gave.</param>
    /// <param name="key">The message's key.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="number">The recipient's number in E.164.</param>
    public static OutgoingMessage Sms(RenderedMessage rendered, MessageKey key, MessageOrigin origin, string number) =>
        new(key, Channel.Sms, rendered.Purpose, new Mailbox(number), new Mailbox(""), null, null, "", null, rendered.Text, [], origin);

    /// <summary>A mailbox with a key behind a plus sign: <c>bounce+KEY@example.com</c>.</summary>
    public static string WithKey(string mailbox, MessageKey key)
    {
        var at = mailbox.LastIndexOf('@');
        return $"{mailbox[..at]}+{key}{mailbox[at..]}";
    }

    internal static string PurposeName(MessagePurpose purpose) => purpose == MessagePurpose.Marketing ? Purposes.Marketing : "transactional";
}
