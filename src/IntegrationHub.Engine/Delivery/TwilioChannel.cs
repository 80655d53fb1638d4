using System.Net.Http.Headers;
using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Refit;

namespace IntegrationHub.Engine.Delivery;

/// <summary>An account at Twilio.</summary>
/// <param name="AccountSid">Begins with AC.</param>
/// <param name="From">A number in E.164, or a messaging service that begins with MG.</param>
public sealed record TwilioAccount(string AccountSid, string From);

/// <summary>
/// Twilio's Messages API (https://www.twilio.com/docs/messaging/api/message-resource). It takes no idempotency key: an SMS whose answer got lost is looked for among those sent to the number since,
/// by its text, before it is sent again.
/// </summary>
public sealed class TwilioChannel : IMessageChannel
{
    private const string Cure = "In Twilio open Account > API keys & tokens, and set account and token anew.";

    // https://www.twilio.com/docs/api/errors: opted out; not a mobile number; invalid number; unknown; landline; region not allowed for this number.
    private static readonly string[] RecipientAtFault = ["21610", "21614", "21211", "21217", "30003", "30005", "30006"];
    private static readonly string[] MessageAtFault = ["21617", "21619", "30007"];

    private readonly ITwilioApi api;
    private readonly TwilioAccount account;
    private readonly TimeProvider time;

    /// <param name="account">The account and the sender.</param>
    /// <param name="context">Address, token (the account's auth token) and clients.</param>
    public TwilioChannel(TwilioAccount account, ConnectorContext context)
    {
        this.account = account;
        time = context.Time;
        var url = PrivateAddresses.RequireTls(context.Url ?? new Uri("https://api.twilio.com"), context.Source.Value);
        var calls = new SourceCalls(context, "Twilio", url, () => new PlainPace(), Cure) { PublicOnly = url.Host == "api.twilio.com", Brief = true };
        api = calls.Api<ITwilioApi>(VendorJson.Default, headers =>
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{context.Token}"))));
    }

    /// <inheritdoc/>
    public string Name => "twilio";

    /// <inheritdoc/>
    public Channel Channel => Channel.Sms;

    /// <inheritdoc/>
    public bool HonoursKeys => false;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutgoingMessage message, CancellationToken ct)
    {
        var form = new Dictionary<string, string>
        {
            ["To"] = message.To.Address,
            ["Body"] = message.Text,
            [account.From.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From"] = account.From,
        };
        var startedAt = time.GetUtcNow();
        try
        {
            var body = await JsonBody.Of(api.Send(account.AccountSid, form, ct), ct);
            if (body.Status is 200 or 201) return new SendResult.Delivered(body.Text("sid") ?? message.Key.Value);
            var code = body.Text("code") ?? "";
            var said = $"{body.Text("message")} (Twilio {code})";
            if (RecipientAtFault.Contains(code)) return new SendResult.Refused(RefusalKind.Recipient, said);
            if (MessageAtFault.Contains(code)) return new SendResult.Refused(RefusalKind.Message, said);
            return code is "20429" or "30001" || body.Status == 429
                ? new SendResult.Retry(said)
                : new SendResult.ChannelDown($"Twilio takes no SMS: {said}. See the account and the sender '{account.From}' at Twilio.");
        }
        catch (ConnectorException e)
        {
            return VendorAnswers.Judge(e, Cure) is SendResult.Unknown unknown ? await Find(message, startedAt, unknown, ct) : VendorAnswers.Judge(e, Cure);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            var body = await JsonBody.Of(api.Account(account.AccountSid, ct), ct);
            var status = body.Text("status");
            return new CheckResult(status == "active", $"Twilio answers; the account is {status}.");
        }
        catch (ConnectorException e)
        {
            return new CheckResult(false, e.Message);
        }
    }

    private async Task<SendResult> Find(OutgoingMessage message, DateTimeOffset since, SendResult.Unknown unknown, CancellationToken ct)
    {
        try
        {
            var rows = (await JsonBody.Of(api.List(account.AccountSid, message.To.Address, $"{since.UtcDateTime:yyyy-MM-dd}", 50, ct), ct)).Rows(["messages"]);
            foreach (var row in rows)
            {
                var isSince = DateTimeOffset.TryParse(JsonRows.Text(row, ["date_created"]), System.Globalization.CultureInfo.InvariantCulture, out var at) && at >= since.AddSeconds(-5);
                if (isSince && JsonRows.Text(row, ["body"]) == message.Text && JsonRows.Text(row, ["sid"]) is { } id) return new SendResult.Delivered(id);
            }

            return unknown;
        }
        catch (ConnectorException)
        {
            return unknown;
        }
    }
}

/// <summary>The part of Twilio's API that the hub calls.</summary>
public interface ITwilioApi
{
    /// <summary>Sends one SMS.</summary>
    [Post("/2010-04-01/Accounts/{sid}/Messages.json")]
    [Headers(CallMarks.ReadsErrors)]
    Task<HttpResponseMessage> Send(string sid, [Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form, CancellationToken ct);

    /// <summary>Messages to a number, of a day or later, the newest first.</summary>
    [Get("/2010-04-01/Accounts/{sid}/Messages.json")]
    Task<HttpResponseMessage> List(string sid, [AliasAs("To")] string to, [AliasAs("DateSent>")] string since, [AliasAs("PageSize")] int size, CancellationToken ct);

    /// <summary>The account.</summary>
    [Get("/2010-04-01/Accounts/{sid}.json")]
    Task<HttpResponseMessage> Account(string sid, CancellationToken ct);
}
