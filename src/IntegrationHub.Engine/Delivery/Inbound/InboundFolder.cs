using System.Globalization;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace IntegrationHub.Engine.Delivery.Inbound;

/// <summary>How many mails were read, and what of them was about messages of the hub.</summary>
/// <param name="Mails">Mails read.</param>
/// <param name="Feedback">Bounces, complaints and unsubscribe mails found.</param>
/// <param name="Unreadable">Mails that could not be read at all; they stay where they are, or are set aside.</param>
public sealed record InboundReport(int Mails, int Feedback, int Unreadable);

/// <summary>
/// Reads bounces and complaints from a Maildir (a folder with <c>new</c>, <c>cur</c>, <c>tmp</c>) or an mbox file, where a mail server or fetchmail puts them. A mail is set aside only after
/// what it says was recorded: a kill in between reads it again, and its id makes it count once.
/// </summary>
public sealed partial class InboundFolder(LinkTokens tokens, TimeProvider time, ILogger<InboundFolder> log)
{
    /// <summary>Reads all that is new.</summary>
    /// <param name="path">The Maildir or the mbox file. One that is not there has nothing new.</param>
    /// <param name="record">Records durably what a mail says.</param>
    /// <param name="ct">Stops between two mails.</param>
    public async Task<InboundReport> Read(string path, Func<IReadOnlyList<MailFeedback>, CancellationToken, Task> record, CancellationToken ct)
    {
        if (File.Exists(path)) return await ReadMbox(path, record, ct);
        return Directory.Exists(Path.Combine(path, "new")) ? await ReadMaildir(path, record, ct) : new InboundReport(0, 0, 0);
    }

    private async Task<InboundReport> ReadMaildir(string path, Func<IReadOnlyList<MailFeedback>, CancellationToken, Task> record, CancellationToken ct)
    {
        var (mails, feedback, unreadable) = (0, 0, 0);
        var seen = Directory.CreateDirectory(Path.Combine(path, "cur")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(path, "new")).Order(StringComparer.Ordinal).ToList())
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                using var mail = await MimeMessage.LoadAsync(file, ct);
                feedback += await Record(mail, record, ct);
                mails++;
            }
            catch (FormatException)
            {
                // No mail at all; set aside with the rest, or it would be tried for ever.
                unreadable++;
                Unreadable(log, file);
            }

            // Maildir: ":2,S" stands for "seen".
            File.Move(file, Path.Combine(seen, Path.GetFileName(file) + ":2,S"), overwrite: true);
        }

        return new InboundReport(mails, feedback, unreadable);
    }

    private async Task<InboundReport> ReadMbox(string path, Func<IReadOnlyList<MailFeedback>, CancellationToken, Task> record, CancellationToken ct)
    {
        // How far it has been read stands in a file beside it; a file that has shrunk was begun anew.
        var mark = path + ".read";
        var start = File.Exists(mark) && long.TryParse(await File.ReadAllTextAsync(mark, ct), CultureInfo.InvariantCulture, out var until) ? until : 0;
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (start > stream.Length) start = 0;
        if (start == stream.Length) return new InboundReport(0, 0, 0);
        stream.Position = start;
        var (mails, feedback, end) = (0, 0, stream.Length);
        var parser = new MimeParser(stream, MimeFormat.Mbox);
        while (!parser.IsEndOfStream)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                using var mail = await parser.ParseMessageAsync(ct);
                feedback += await Record(mail, record, ct);
                mails++;
            }
            catch (FormatException)
            {
                Unreadable(log, path);
                await Mark(end);
                return new InboundReport(mails, feedback, 1);
            }
        }

        await Mark(end);
        return new InboundReport(mails, feedback, 0);

        async Task Mark(long position)
        {
            await File.WriteAllTextAsync(mark + ".new", position.ToString(CultureInfo.InvariantCulture), ct);
            File.Move(mark + ".new", mark, overwrite: true);
        }
    }

    private async Task<int> Record(MimeMessage mail, Func<IReadOnlyList<MailFeedback>, CancellationToken, Task> record, CancellationToken ct)
    {
        var found = InboundMail.Read(mail, tokens, time.GetUtcNow());
        if (found.Count > 0) await record(found, ct);
        return found.Count;
    }

    [LoggerMessage(1311, LogLevel.Warning, "{File} holds no mail that can be read; it was set aside")]
    private static partial void Unreadable(ILogger log, string file);
}
