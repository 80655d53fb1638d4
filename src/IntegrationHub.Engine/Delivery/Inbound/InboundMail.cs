using System.Security.Cryptography;
using System.Text.RegularExpressions;
using IntegrationHub.Workflows;
using MimeKit;

namespace IntegrationHub.Engine.Delivery.Inbound;

/// <summary>
/// Reads what mail servers and recipients write back. Which message it is about is taken from the headers of it that the mail quotes: the mark that the hub has signed proves message and
/// recipient; Message-ID and return path name the message only. So nobody can have a stranger suppressed by writing a bounce by hand.
/// </summary>
public static partial class InboundMail
{
    private const int LongestDiagnostic = 500;

    /// <summary>What the mail says of messages of the hub; empty for one that says nothing: an answer, an out-of-office note, a delay that is not the end.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="tokens">Reads the hub's own marks.</param>
    /// <param name="now">Stands in for a mail without a date, or of the future.</param>
    public static IReadOnlyList<MailFeedback> Read(MimeMessage mail, LinkTokens tokens, DateTimeOffset now)
    {
        var at = mail.Date == DateTimeOffset.MinValue || mail.Date > now ? now : mail.Date.ToUniversalTime();
        var id = IdOf(mail);
        if (UnsubscribeIn(mail, tokens) is { } link) return [new MailFeedback.Unsubscribe($"unsubscribe:{id}", at, link)];
        var parts = mail.BodyParts.ToList();
        var quoted = Quoted(parts);
        var mark = quoted?[MessageAssembly.MarkHeader] is { } text ? tokens.Read(Unfolded(text)) as LinkToken.Mark : null;
        var key = mark?.Key ?? KeyIn(quoted) ?? KeyOfRecipient(mail);
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } report)
        {
            var kind = report.Fields["Feedback-Type"]?.Trim().ToLowerInvariant() ?? "abuse";
            // RFC 5965 and 6591: "not-spam" takes a complaint back, "auth-failure" is about signatures.
            return kind is "not-spam" or "auth-failure" || (key is null && mark is null) ? [] : [new MailFeedback.Complaint($"complaint:{id}", at, key, mark?.Point, kind)];
        }

        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status) return [];
        var found = new List<MailFeedback>();
        // The first group is about the message, each one after it about a recipient.
        foreach (var group in status.StatusGroups.Skip(1))
        {
            var action = group["Action"]?.Trim().ToLowerInvariant();
            if (action is not "failed") continue;
            var code = StatusCode().Match(group["Status"] ?? "") is { Success: true } told ? told.Value : "5.0.0";
            var diagnostic = Unfolded(group["Diagnostic-Code"] ?? "");
            // Servers that say no more than 5.0.0 often have the whole truth in the other server's words.
            if (code is "5.0.0" or "5.5.0" && StatusCode().Match(diagnostic) is { Success: true } better) code = better.Value;
            if (key is not null) found.Add(new MailFeedback.Bounce($"bounce:{id}:{found.Count}", at, key, mark?.Point, BounceStatus.IsHard(code), code, diagnostic.Length <= LongestDiagnostic ? diagnostic : diagnostic[..LongestDiagnostic]));
        }

        // A message of the hub has one recipient; what a list server behind it says of others is not about it.
        return found.Count <= 1 ? found : [found[0]];
    }

    private static LinkToken.Unsubscribe? UnsubscribeIn(MimeMessage mail, LinkTokens tokens)
    {
        foreach (Match word in TokenLike().Matches(mail.Subject ?? ""))
            if (tokens.Read(word.Value) is LinkToken.Unsubscribe link) return link;
        return null;
    }

    /// <summary>The headers of the message that came back, whole or cut off.</summary>
    private static HeaderList? Quoted(List<MimeEntity> parts)
    {
        foreach (var part in parts)
        {
            if (part is MessagePart { Message.Headers: { } headers }) return headers;
            if (part is MimePart { Content: not null } text && part.ContentType.IsMimeType("text", "rfc822-headers"))
            {
                using var stream = text.Content.Open();
                try
                {
                    return HeaderList.Load(stream);
                }
                catch (FormatException)
                {
                    return null;
                }
            }
        }

        return null;
    }

    private static MessageKey? KeyIn(HeaderList? quoted) => quoted?[HeaderId.MessageId] is { } id ? MessageKey.Parse(Unfolded(id).Trim('<', '>').Split('@')[0]) : null;

    /// <summary>From the return path: <c>bounces+KEY@…</c>.</summary>
    private static MessageKey? KeyOfRecipient(MimeMessage mail)
    {
        var delivered = mail.Headers.Where(h => h.Field is "Delivered-To" or "X-Original-To" or "Envelope-To").Select(h => h.Value);
        foreach (var address in mail.To.Mailboxes.Select(m => m.Address).Concat(delivered))
            if (PlusKey().Match(address) is { Success: true } match) return MessageKey.Parse(match.Groups[1].Value);
        return null;
    }

    private static string IdOf(MimeMessage mail)
    {
        using var bytes = new MemoryStream();
        // The outermost headers change with each hop and each copy; the content does not.
        mail.Body?.WriteTo(bytes);
        bytes.Write(System.Text.Encoding.UTF8.GetBytes(mail.MessageId ?? ""));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()).AsSpan(0, 16));
    }

    private static string Unfolded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex StatusCode();

    [GeneratedRegex("[A-Za-z0-9_-]{60,}")]
    private static partial Regex TokenLike();

    [GeneratedRegex(@"\+([0-9a-f]{32})@")]
    private static partial Regex PlusKey();
}
