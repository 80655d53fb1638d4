using IntegrationHub.Connect;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using MimeKit;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Writes each mail as a file that mail programs open: <c>TEMPLATE.KEY.eml</c>. The default, so that everything runs without an account.</summary>
public sealed class MailFolderChannel(string folder, TimeProvider time) : IMessageChannel
{
    /// <inheritdoc/>
    public string Name => "folder";

    /// <inheritdoc/>
    public Channel Channel => Channel.Email;

    /// <inheritdoc/>
    public bool HonoursKeys => true;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutgoingMessage message, CancellationToken ct)
    {
        var name = $"{message.Origin.Template}.{message.Key}.eml";
        var (path, fresh) = (Path.Combine(folder, name), Path.Combine(folder, $".{name}.new"));
        try
        {
            if (File.Exists(path)) return new SendResult.Delivered(name);
            Directory.CreateDirectory(folder);
            await using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using var mail = MimeMail.Of(message, time.GetUtcNow());
                await mail.WriteToAsync(FormatOptions.Default, stream, ct);
                await stream.FlushAsync(ct);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
            return new SendResult.Delivered(name);
        }
        catch (ParseException e)
        {
            return new SendResult.Refused(RefusalKind.Recipient, $"'{message.To.Address}' cannot be written as an address: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SendResult.ChannelDown($"{folder} cannot be written to: {e.Message} Check that the disk has room and that this account may write there.");
        }
    }

    /// <inheritdoc/>
    public Task<CheckResult> Check(CancellationToken ct) => Task.FromResult(new CheckResult(true, $"Mails are written to {folder}, and go nowhere else. See docs/delivery.md for a mail server."));
}
