using System.Globalization;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Delivery.Inbound;
using IntegrationHub.Engine.Sources;

namespace IntegrationHub.Host.Cli;

/// <summary>Reads <c>Hub:Delivery</c>. Passwords and tokens never stand in it: it names the environment variables that hold them.</summary>
internal static class DeliveryOptions
{
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static DeliverySettings Read(IConfigurationSection section)
    {
        var files = DeliverySettings.Files;
        return files with
        {
            Email = Word(section, "Email", files.Email, "folder", "smtp", "postmark"),
            Sms = Word(section, "Sms", files.Sms, "log", "twilio"),
            PublicUrl = Url(section, "PublicUrl") ?? files.PublicUrl,
            PostmarkUrl = Url(section, "Postmark:Url"),
            TwilioUrl = Url(section, "Twilio:Url"),
            PostmarkTokenVariable = Text(section, "Postmark:TokenVariable") ?? files.PostmarkTokenVariable,
            TwilioTokenVariable = Text(section, "Twilio:TokenVariable") ?? files.TwilioTokenVariable,
            Twilio = Text(section, "Twilio:AccountSid") is { } sid && Text(section, "Twilio:From") is { } from ? new TwilioAccount(sid, from) : null,
            Smtp = Smtp(section),
            InboundPath = Text(section, "Inbound:Path"),
            InboundMailbox = Mailbox(section),
        };
    }

    private static SmtpSettings? Smtp(IConfigurationSection section)
    {
        if (Text(section, "Smtp:Host") is not { } host) return null;
        var security = Word(section, "Smtp:Security", "starttls", "starttls", "tls", "none") switch { "tls" => SmtpSecurity.Tls, "none" => SmtpSecurity.None, _ => SmtpSecurity.StartTls };
        var user = Text(section, "Smtp:User");
        var variable = Text(section, "Smtp:PasswordVariable") ?? "SMTP_PASSWORD";
        return new SmtpSettings(host, Port(section, "Smtp:Port", security == SmtpSecurity.Tls ? 465 : 587), security, user, user is null ? null : Password("Smtp", variable));
    }

    private static MailboxSettings? Mailbox(IConfigurationSection section)
    {
        if (Text(section, "Inbound:Host") is not { } host) return null;
        var user = Text(section, "Inbound:User") ?? throw new ConfigurationException("Hub:Delivery:Inbound:User is missing. Write the mailbox's account in appsettings.json.");
        var isTls = Word(section, "Inbound:Security", "tls", "tls", "none") == "tls";
        return new MailboxSettings(host, Port(section, "Inbound:Port", isTls ? 993 : 143), isTls, user, Password("Inbound", Text(section, "Inbound:PasswordVariable") ?? "IMAP_PASSWORD"))
        {
            Folder = Text(section, "Inbound:Folder") ?? "INBOX",
        };
    }

    private static string Password(string of, string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } password ? password
        : throw new ConfigurationException($"Hub:Delivery:{of}:User is set, and the environment variable {variable} with its password is not. Set it, or name another in Hub:Delivery:{of}:PasswordVariable.");

    private static int Port(IConfigurationSection section, string key, int otherwise) =>
        Text(section, key) is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 65536 ? given
        : throw new ConfigurationException($"Hub:Delivery:{key} is '{text}'. Write a number from 1 to 65535, such as {otherwise}, in appsettings.json.");

    private static string Word(IConfigurationSection section, string key, string otherwise, params string[] known) =>
        Text(section, key) is not { } text ? otherwise
        : known.Contains(text, StringComparer.Ordinal) ? text
        : throw new ConfigurationException($"Hub:Delivery:{key} is '{text}'. Write one of {string.Join(", ", known)} in appsettings.json.");

    private static Uri? Url(IConfigurationSection section, string key) =>
        Text(section, key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url
        : throw new ConfigurationException($"Hub:Delivery:{key} is '{text}'. Write a whole address, such as https://hub.example.com/, in appsettings.json.");

    private static string? Text(IConfigurationSection section, string key) => section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
