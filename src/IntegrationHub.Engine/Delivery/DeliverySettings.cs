using IntegrationHub.Connect;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Which channels deliver, as the settings say under <c>Hub:Delivery</c>; docs/delivery.md describes them.</summary>
/// <param name="Email"><c>folder</c>, <c>smtp</c> or <c>postmark</c>.</param>
/// <param name="Sms"><c>log</c> or <c>twilio</c>.</param>
public sealed record DeliverySettings(string Email, string Sms)
{
    /// <summary>Writes mails and SMS into files of the data directory and sends nothing to anybody.</summary>
    public static DeliverySettings Files { get; } = new("folder", "log");

    /// <summary>The mail server; must be there where <see cref="Email"/> is <c>smtp</c>.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>The account at Twilio; must be there where <see cref="Sms"/> is <c>twilio</c>.</summary>
    public TwilioAccount? Twilio { get; init; }

    /// <summary>The environment variable with Postmark's server token.</summary>
    public string PostmarkTokenVariable { get; init; } = "POSTMARK_TOKEN";

    /// <summary>The environment variable with Twilio's auth token.</summary>
    public string TwilioTokenVariable { get; init; } = "TWILIO_TOKEN";

    /// <summary>Another address of Postmark's API; null for the vendor's own.</summary>
    public Uri? PostmarkUrl { get; init; }

    /// <summary>Another address of Twilio's API; null for the vendor's own.</summary>
    public Uri? TwilioUrl { get; init; }

    /// <summary>Where recipients reach the hub: links in messages begin with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://127.0.0.1:5080/");

    /// <summary>A Maildir or mbox of bounces, complaints and unsubscribe mails; null for none.</summary>
    public string? InboundPath { get; init; }

    /// <summary>A mailbox of the same, read over IMAP; null for none.</summary>
    public Inbound.MailboxSettings? InboundMailbox { get; init; }
}

/// <summary>Makes the channels and their lanes.</summary>
public static class MessageChannels
{
    private const int MailsAtATime = 4;
    private const int CallsAtATime = 8;

    /// <summary>One lane for e-mail and one for SMS.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or unknown.</exception>
    public static IReadOnlyList<ChannelLane> Lanes(DeliverySettings settings, string dataDirectory, TokenVault vault, IHttpClientFactory http, TimeProvider time, ILoggerFactory logs)
    {
        var log = logs.CreateLogger<ChannelLane>();
        IMessageChannel email = settings.Email switch
        {
            "folder" => new MailFolderChannel(Path.Combine(dataDirectory, "mail"), time),
            "smtp" => new SmtpChannel(settings.Smtp ?? throw Missing("Smtp:Host", "the mail server's name"), time),
            "postmark" => new PostmarkChannel(Context("postmark", settings.PostmarkUrl, settings.PostmarkTokenVariable)),
            _ => throw new ConfigurationException($"Hub:Delivery:Email is '{settings.Email}'. Write folder, smtp or postmark in appsettings.json."),
        };
        IMessageChannel sms = settings.Sms switch
        {
            "log" => new SmsLogChannel(Path.Combine(dataDirectory, "mail", "sms.jsonl"), time),
            "twilio" => new TwilioChannel(settings.Twilio ?? throw Missing("Twilio:AccountSid", "the account, which begins with AC, and Hub:Delivery:Twilio:From"), Context("twilio", settings.TwilioUrl, settings.TwilioTokenVariable)),
            _ => throw new ConfigurationException($"Hub:Delivery:Sms is '{settings.Sms}'. Write log or twilio in appsettings.json."),
        };
        return
        [
            new ChannelLane(email, Workflows.RetrySchedule.Email, MailsAtATime, time, log),
            new ChannelLane(sms, Workflows.RetrySchedule.Sms, CallsAtATime, time, log),
        ];

        ConnectorContext Context(string name, Uri? url, string variable) => new(
            SourceName.Parse(name) ?? throw new InvalidOperationException($"'{name}' is no source name."), url,
            vault.FromEnvironment(variable) ?? throw new ConfigurationException($"The environment variable {variable} is not set. Set it to the token that {name} gave you."), null, http, time, log);
    }

    private static ConfigurationException Missing(string setting, string what) => new($"Hub:Delivery:{setting} is missing. Write {what} in appsettings.json.");
}
