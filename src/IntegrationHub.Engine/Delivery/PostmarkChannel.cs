using System.Globalization;
using System.Text.Json.Serialization;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Refit;

namespace IntegrationHub.Engine.Delivery;

/// <summary>
/// Postmark's API (https://postmarkapp.com/developer/api/email-api). It takes no idempotency key; the message's key goes along as metadata, so that a mail whose answer got lost is looked for
/// before it is sent again.
/// </summary>
public sealed class PostmarkChannel : IMessageChannel
{
    private const string Cure = "In Postmark open the server > API Tokens, and set the token anew.";

    // Error codes: https://postmarkapp.com/developer/api/overview#error-codes
    private const int InvalidRequest = 300;
    private const int InactiveRecipient = 406;

    private readonly IPostmarkApi api;

    /// <param name="context">Address, token (the server's API token) and clients.</param>
    public PostmarkChannel(ConnectorContext context)
    {
        var url = PrivateAddresses.RequireTls(context.Url ?? new Uri("https://api.postmarkapp.com"), context.Source.Value);
        var calls = new SourceCalls(context, "Postmark", url, () => new PlainPace(), Cure) { PublicOnly = url.Host == "api.postmarkapp.com", Brief = true };
        api = calls.Api<IPostmarkApi>(VendorJson.Default, headers => headers.Add("X-Postmark-Server-Token", context.Token));
    }

    /// <inheritdoc/>
    public string Name => "postmark";

    /// <inheritdoc/>
    public Channel Channel => Channel.Email;

    /// <inheritdoc/>
    public bool HonoursKeys => false;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutgoingMessage message, CancellationToken ct)
    {
        var mail = new PostmarkMail
        {
            From = Address(message.From),
            To = Address(message.To),
            ReplyTo = message.ReplyTo is { } reply ? Address(reply) : null,
            Subject = message.Subject,
            HtmlBody = message.Html,
            TextBody = message.Text,
            MessageStream = message.Purpose == MessagePurpose.Marketing ? "broadcast" : "outbound",
            Tag = message.Origin.Template,
            Metadata = new Dictionary<string, string> { ["hub_key"] = message.Key.Value },
            Headers = [.. message.Headers.Append(new MessageHeader("Message-ID", $"<{message.MessageId}>")).Append(new MessageHeader("X-PM-KeepID", "true")).Select(h => new PostmarkHeader { Name = h.Name, Value = h.Value })],
        };
        try
        {
            var body = await JsonBody.Of(api.Send(mail, ct), ct);
            var code = int.TryParse(body.Text("ErrorCode"), CultureInfo.InvariantCulture, out var told) ? told : -1;
            var said = $"{body.Text("Message")} (Postmark {code})";
            return (body.Status, code) switch
            {
                (200, 0) => new SendResult.Delivered(body.Text("MessageID") ?? message.Key.Value),
                (_, InactiveRecipient) => new SendResult.Refused(RefusalKind.Recipient, said),
                (429, _) => new SendResult.Retry(said),
                (422, InvalidRequest) when said.Contains("'To'", StringComparison.Ordinal) => new SendResult.Refused(RefusalKind.Recipient, said),
                (422, InvalidRequest) => new SendResult.Refused(RefusalKind.Message, said),
                // Sender not confirmed, no credits, account under review: no mail goes out until a person has acted.
                _ => new SendResult.ChannelDown($"Postmark takes no mails: {said}. See the account's settings at Postmark."),
            };
        }
        catch (ConnectorException e)
        {
            return VendorAnswers.Judge(e, Cure) is SendResult.Unknown unknown ? await Find(message.Key, unknown, ct) : VendorAnswers.Judge(e, Cure);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            var body = await JsonBody.Of(api.Server(ct), ct);
            return new CheckResult(true, $"Postmark answers as server '{body.Text("Name")}'.");
        }
        catch (ConnectorException e)
        {
            return new CheckResult(false, e.Message);
        }
    }

    private async Task<SendResult> Find(MessageKey key, SendResult.Unknown unknown, CancellationToken ct)
    {
        try
        {
            var body = await JsonBody.Of(api.Find(1, 0, key.Value, ct), ct);
            return body.Rows(["Messages"]) is [var row, ..] && JsonRows.Text(row, ["MessageID"]) is { } id ? new SendResult.Delivered(id) : unknown;
        }
        catch (ConnectorException)
        {
            return unknown;
        }
    }

    /// <summary>With the name in quotes, since it may hold a comma.</summary>
    private static string Address(Mailbox mailbox) =>
        mailbox.Name is { } name ? $"\"{name.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}\" <{mailbox.Address}>" : mailbox.Address;
}

/// <summary>The part of Postmark's API that the hub calls.</summary>
public interface IPostmarkApi
{
    /// <summary>Sends one mail.</summary>
    [Post("/email")]
    [Headers(CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Send([Body] PostmarkMail mail, CancellationToken ct);

    /// <summary>Mails sent with this key. Found some seconds after they were taken.</summary>
    [Get("/messages/outbound")]
    Task<HttpResponseMessage> Find(int count, int offset, [AliasAs("metadata_hub_key")] string key, CancellationToken ct);

    /// <summary>The server that the token is of.</summary>
    [Get("/server")]
    Task<HttpResponseMessage> Server(CancellationToken ct);
}

/// <summary>A mail as Postmark takes it.</summary>
public sealed record PostmarkMail
{
    /// <summary>Name and address.</summary>
    [JsonPropertyName("From")]
    public required string From { get; init; }

    /// <summary>Name and address.</summary>
    [JsonPropertyName("To")]
    public required string To { get; init; }

    /// <summary>Where answers go.</summary>
    [JsonPropertyName("ReplyTo")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReplyTo { get; init; }

    /// <summary>In one line.</summary>
    [JsonPropertyName("Subject")]
    public required string Subject { get; init; }

    /// <summary>The HTML part.</summary>
    [JsonPropertyName("HtmlBody")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HtmlBody { get; init; }

    /// <summary>The plain part.</summary>
    [JsonPropertyName("TextBody")]
    public required string TextBody { get; init; }

    /// <summary><c>outbound</c> or <c>broadcast</c>.</summary>
    [JsonPropertyName("MessageStream")]
    public required string MessageStream { get; init; }

    /// <summary>For Postmark's statistics.</summary>
    [JsonPropertyName("Tag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }

    /// <summary>Comes back in webhooks and can be searched by.</summary>
    [JsonPropertyName("Metadata")]
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Further headers.</summary>
    [JsonPropertyName("Headers")]
    public required IReadOnlyList<PostmarkHeader> Headers { get; init; }
}

/// <summary>A header as Postmark takes it.</summary>
public sealed record PostmarkHeader
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("Name")]
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    [JsonPropertyName("Value")]
    public required string Value { get; init; }
}

[JsonSerializable(typeof(PostmarkMail))]
internal sealed partial class VendorJson : JsonSerializerContext;
