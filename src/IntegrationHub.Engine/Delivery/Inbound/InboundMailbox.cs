using System.Net.Sockets;
using IntegrationHub.Connect;
using IntegrationHub.Workflows;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace IntegrationHub.Engine.Delivery.Inbound;

/// <summary>A mailbox that takes bounces and complaints.</summary>
/// <param name="Host">The IMAP server.</param>
/// <param name="Port">993 as a rule.</param>
/// <param name="Tls">False for a server on this machine only.</param>
/// <param name="User">The account.</param>
/// <param name="Password">Its password.</param>
public sealed record MailboxSettings(string Host, int Port, bool Tls, string User, string Password)
{
    /// <summary>The folder in it.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"{User} at {Host}:{Port}";
}

/// <summary>Reads bounces and complaints over IMAP. What has been recorded is marked as seen; all else, such as people's answers, stays unseen for a person.</summary>
public sealed class InboundMailbox(MailboxSettings settings, LinkTokens tokens, TimeProvider time)
{
    private const int MailsAtATime = 500;

    /// <summary>Reads unseen mails.</summary>
    /// <param name="record">Records durably what a mail says.</param>
    /// <param name="after">Mails up to this number were looked at before; 0 for none. Numbers are those of <paramref name="validity"/>.</param>
    /// <param name="validity">The mailbox's own mark of its numbering; another one starts from 0.</param>
    /// <param name="ct">Stops between two mails.</param>
    /// <returns>What was read, and the two numbers to hand in next time.</returns>
    /// <exception cref="ConnectorException">The mailbox cannot be reached or does not take the log-in.</exception>
    public async Task<(InboundReport Report, uint After, uint Validity)> Read(Func<IReadOnlyList<MailFeedback>, CancellationToken, Task> record, uint after, uint validity, CancellationToken ct)
    {
        using var client = new ImapClient();
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.None, ct);
            await client.AuthenticateAsync(settings.User, settings.Password, ct);
            var folder = await client.GetFolderAsync(settings.Folder, ct);
            await folder.OpenAsync(FolderAccess.ReadWrite, ct);
            var first = folder.UidValidity == validity ? after : 0;
            var unseen = await folder.SearchAsync(SearchQuery.NotSeen, ct);
            var (mails, feedback, last) = (0, 0, first);
            foreach (var uid in unseen.Where(u => u.Id > first).OrderBy(u => u.Id).Take(MailsAtATime))
            {
                using var mail = await folder.GetMessageAsync(uid, ct);
                var found = InboundMail.Read(mail, tokens, time.GetUtcNow());
                if (found.Count > 0)
                {
                    await record(found, ct);
                    await folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, ct);
                }

                (mails, feedback, last) = (mails + 1, feedback + found.Count, uid.Id);
            }

            await client.DisconnectAsync(quit: true, ct);
            return (new InboundReport(mails, feedback, 0), last, folder.UidValidity);
        }
        catch (Exception e) when (e is AuthenticationException or SaslException)
        {
            throw new ConnectorException($"The mailbox of {settings} does not take the log-in: {e.Message} Set the password anew.", e);
        }
        catch (Exception e) when (e is SocketException or IOException or ImapProtocolException or ImapCommandException or SslHandshakeException or FolderNotFoundException)
        {
            throw new ConnectorException($"The mailbox of {settings} cannot be read: {e.Message.Split('\n')[0]} Are name, port and folder right, and is the server up?", e) { Transient = true };
        }
    }
}
