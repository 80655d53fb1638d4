using System.Text;
using IntegrationHub.Workflows;
using MimeKit;

namespace IntegrationHub.Engine.Delivery;

/// <summary>A message as a mail: RFC 5322 with a plain and an HTML part.</summary>
internal static class MimeMail
{
    internal static MimeMessage Of(OutgoingMessage message, DateTimeOffset now)
    {
        var mail = new MimeMessage();
        mail.From.Add(Address(message.From));
        mail.To.Add(Address(message.To));
        if (message.ReplyTo is { } reply) mail.ReplyTo.Add(Address(reply));
        mail.Subject = message.Subject;
        mail.Date = now;
        mail.MessageId = message.MessageId;
        foreach (var header in message.Headers) mail.Headers.Add(header.Name, Encoding.UTF8, header.Value);
        var plain = new TextPart("plain") { Text = message.Text };
        mail.Body = message.Html is { } html ? new MultipartAlternative(plain, new TextPart("html") { Text = html }) : plain;
        return mail;
    }

    internal static MailboxAddress Address(Mailbox mailbox) => new(mailbox.Name ?? "", mailbox.Address);
}
