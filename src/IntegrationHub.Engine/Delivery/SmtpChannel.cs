using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using IntegrationHub.Connect;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IntegrationHub.Engine.Delivery;

/// <summary>How the connection to a mail server is secured.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS, and no mail without it. Port 587.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte. Port 465.</summary>
    Tls = 1,

    /// <summary>Not at all: for a server on this machine only.</summary>
    None = 2,
}

/// <summary>A mail server to submit mails to.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">587 or 465 as a rule.</param>
/// <param name="Security">How the connection is secured.</param>
/// <param name="User">The account; null where the server wants none.</param>
/// <param name="Password">Its password; null where the server wants none.</param>
public sealed record SmtpSettings(string Host, int Port, SmtpSecurity Security, string? User, string? Password)
{
    /// <summary>How long the server may take for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>
/// Submits mails to a mail server (RFC 6409). SMTP knows no keys: where the answer to the last line of a mail gets lost, nobody knows whether the server has it, and the result says so.
/// Connections are kept for up to a hundred mails.
/// </summary>
public sealed partial class SmtpChannel(SmtpSettings settings, TimeProvider time) : IMessageChannel, IAsyncDisposable
{
    private const int MailsAConnection = 100;
    private static readonly string[] ReservedDomains = ["example.com", "example.org", "example.net"];
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<Connection> idle = [];

    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public Channel Channel => Channel.Email;

    /// <inheritdoc/>
    public bool HonoursKeys => false;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (IsReserved(message.Domain))
            return new SendResult.ChannelDown($"The sender is {message.From.Address}, an address of the examples. Put your own into mappings/sender.yaml.");
        var (connection, failure) = await Connected(ct);
        if (connection is null) return failure ?? new SendResult.ChannelDown($"{settings} cannot be reached.");
        var progress = new Progress();
        var keep = false;
        try
        {
            using var mail = MimeMail.Of(message, time.GetUtcNow());
            var sender = message.ReturnPath is { } path ? new MailboxAddress("", path) : MimeMail.Address(message.From);
            var answer = await connection.Client.SendAsync(mail, sender, [MimeMail.Address(message.To)], ct, progress);
            connection.Mails++;
            keep = true;
            return new SendResult.Delivered(answer is { Length: > 0 } ? Short(answer) : message.MessageId);
        }
        catch (SmtpCommandException e)
        {
            keep = connection.Client.IsConnected && e.StatusCode != SmtpStatusCode.ServiceNotAvailable;
            return Judge(e);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            return new SendResult.ChannelDown($"{settings} wants a log-in: {First(e)} Set user and password in the settings.");
        }
        catch (ParseException e)
        {
            keep = connection.Client.IsConnected;
            return new SendResult.Refused(RefusalKind.Recipient, $"'{message.To.Address}' cannot be written as an address: {e.Message}");
        }
        catch (Exception e) when (e is SmtpProtocolException or IOException or SocketException or ServiceNotConnectedException or TimeoutException or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The server has a mail only when it has seen its end; before that nothing can have been delivered.
            return progress.IsComplete
                ? new SendResult.Unknown($"{settings} broke the connection before it said whether it took the mail: {e.Message}")
                : new SendResult.Retry($"{settings} broke the connection before it had the mail: {e.Message}");
        }
        finally
        {
            await Return(connection, keep);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        var (connection, failure) = await Connected(ct);
        if (connection is null) return new CheckResult(false, failure?.Reason ?? $"{settings} cannot be reached.");
        try
        {
            await connection.Client.NoOpAsync(ct);
            return new CheckResult(true, $"{settings} answers{(settings.User is null ? "" : " and takes the password")}; the connection is {(connection.Client.IsSecure ? "encrypted" : "not encrypted")}.");
        }
        catch (Exception e) when (e is SmtpCommandException or SmtpProtocolException or IOException)
        {
            return new CheckResult(false, $"{settings} answers, but not as a mail server should: {e.Message}");
        }
        finally
        {
            await Return(connection, keep: false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var connection)) await Return(connection, keep: false);
    }

    private static SendResult Judge(SmtpCommandException e)
    {
        var (status, reason) = ((int)e.StatusCode, Short($"{(int)e.StatusCode} {e.Message}"));
        if (status == 421) return new SendResult.ChannelDown($"The mail server wants no mails now: {reason}");
        if (status is >= 400 and < 500) return new SendResult.Retry(reason);
        if (e.ErrorCode == SmtpErrorCode.SenderNotAccepted) return new SendResult.ChannelDown($"The mail server does not take mails of this sender: {reason} Check the address in mappings/sender.yaml.");
        if (e.ErrorCode != SmtpErrorCode.RecipientNotAccepted) return new SendResult.Refused(RefusalKind.Message, reason);
        // RFC 3463: x.2.2 is a full mailbox, x.7 is policy: neither says that the address is wrong.
        var detail = Enhanced().Match(e.Message);
        if (!detail.Success) return new SendResult.Refused(RefusalKind.Recipient, reason);
        return (detail.Groups[1].Value, detail.Groups[2].Value) switch
        {
            ("2", "2") => new SendResult.Retry(reason),
            ("7", _) or ("3", _) => new SendResult.Refused(RefusalKind.Message, reason),
            _ => new SendResult.Refused(RefusalKind.Recipient, reason),
        };
    }

    private async Task<(Connection? Connection, SendResult.ChannelDown? Failure)> Connected(CancellationToken ct)
    {
        while (idle.TryTake(out var kept))
        {
            if (kept.Client.IsConnected && kept.Mails < MailsAConnection && time.GetUtcNow() - kept.UsedAt < IdleAtMost) return (kept, null);
            await Return(kept, keep: false);
        }

        var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        var connected = false;
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security switch
            {
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, ct);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", ct);
            connected = true;
            return (new Connection(client), null);
        }
        catch (Exception e) when (e is SslHandshakeException or NotSupportedException)
        {
            return (null, new SendResult.ChannelDown($"No secure connection to {settings} could be made: {First(e)} Is the port right for this kind of security, and the certificate good?"));
        }
        catch (Exception e) when (e is AuthenticationException or SaslException)
        {
            return (null, new SendResult.ChannelDown($"{settings} does not take the log-in of '{settings.User}': {First(e)} Set the password anew."));
        }
        catch (Exception e) when (e is SocketException or IOException or SmtpCommandException or SmtpProtocolException or TimeoutException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (null, new SendResult.ChannelDown($"{settings} cannot be reached: {First(e)} Is the server up, the name and port right, and no firewall between?"));
        }
        finally
        {
            if (!connected) client.Dispose();
        }
    }

    private async Task Return(Connection connection, bool keep)
    {
        if (keep && connection.Mails < MailsAConnection)
        {
            connection.UsedAt = time.GetUtcNow();
            idle.Add(connection);
            return;
        }

        try
        {
            if (connection.Client.IsConnected) await connection.Client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpCommandException or SmtpProtocolException or OperationCanceledException)
        {
            // It is to be closed, and it is.
        }
        finally
        {
            connection.Client.Dispose();
        }
    }

    private static bool IsReserved(string domain) =>
        ReservedDomains.Any(r => domain == r || domain.EndsWith("." + r, StringComparison.OrdinalIgnoreCase)) || domain.EndsWith(".example", StringComparison.OrdinalIgnoreCase);

    private static string First(Exception e) => e.Message.Split('\n')[0].Trim();

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";

    [GeneratedRegex(@"\b5\.(\d{1,3})\.(\d{1,3})\b")]
    private static partial Regex Enhanced();

    private sealed class Connection(SmtpClient client)
    {
        public SmtpClient Client { get; } = client;

        public int Mails { get; set; }

        public DateTimeOffset UsedAt { get; set; }
    }

    private sealed class Progress : ITransferProgress
    {
        public bool IsComplete { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => IsComplete |= totalSize > 0 && bytesTransferred >= totalSize;

        // Without a size nobody knows where the end is: doubt is the safe answer.
        public void Report(long bytesTransferred) => IsComplete = true;
    }
}
