using System.Globalization;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Delivery.Inbound;
using IntegrationHub.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Reads bounces, complaints and unsubscribe mails every minute while the hub serves, from where the settings say. A place that cannot be read is tried again the next minute.</summary>
internal sealed partial class InboundReader(EngineSettings settings, TrackedLinks links, MessageLinks record, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ILogger log = logs.CreateLogger<InboundReader>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delivery = settings.Delivery;
        if (delivery.InboundPath is null && delivery.InboundMailbox is null) return;
        using var timer = new PeriodicTimer(LookAgain, time);
        do
        {
            try
            {
                if (delivery.InboundPath is { } path)
                    Say(path, await new InboundFolder(links.Tokens, time, logs.CreateLogger<InboundFolder>()).Read(path, record.Told, stoppingToken));
                if (delivery.InboundMailbox is { } mailbox) Say(mailbox.ToString(), await ReadMailbox(mailbox, stoppingToken));
            }
            catch (ConnectorException e)
            {
                NotRead(log, e.Message);
            }
            catch (IOException e)
            {
                NotRead(log, e.Message);
            }
            catch (UnauthorizedAccessException e)
            {
                NotRead(log, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<InboundReport> ReadMailbox(MailboxSettings mailbox, CancellationToken ct)
    {
        // How far it was looked at: two numbers. Without them the unseen mails are looked at again, which changes nothing.
        var file = Path.Combine(settings.DataDirectory, "mail", "inbound.read");
        var saved = File.Exists(file) ? (await File.ReadAllTextAsync(file, ct)).Split(' ') : [];
        uint after = 0, validity = 0;
        if (saved.Length == 2 && !(uint.TryParse(saved[0], CultureInfo.InvariantCulture, out after) & uint.TryParse(saved[1], CultureInfo.InvariantCulture, out validity))) (after, validity) = (0, 0);
        var read = await new InboundMailbox(mailbox, links.Tokens, time).Read(record.Told, after, validity, ct);
        if (read.After != after || read.Validity != validity)
        {
            Directory.CreateDirectory(Path.Combine(settings.DataDirectory, "mail"));
            await File.WriteAllTextAsync(file + ".new", $"{read.After} {read.Validity}", ct);
            File.Move(file + ".new", file, overwrite: true);
        }

        return read.Report;
    }

    private void Say(string place, InboundReport report)
    {
        if (report.Mails > 0) Read(log, place, report.Mails, report.Feedback);
    }

    [LoggerMessage(1321, LogLevel.Information, "Read {Mails} mails from {Place}, {Feedback} of them about messages")]
    private static partial void Read(ILogger log, string place, int mails, int feedback);

    [LoggerMessage(1322, LogLevel.Warning, "Mails that came back could not be read, trying again in a minute: {Reason}")]
    private static partial void NotRead(ILogger log, string reason);
}
