using System.Web;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Tests.Connectors;
using IntegrationHub.Tests.Workflows;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Tests.Engine.Delivery;

public sealed class VendorTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddConnectHttp(TimeProvider.System).BuildServiceProvider();
    private readonly Vendor vendor = new();

    private ConnectorContext Context(Uri? url = null) => new(
        SourceName.Parse("vendor")!.Value, url ?? vendor.Url, "secret", null, services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System, NullLogger.Instance);

    private PostmarkChannel Postmark => new(Context());

    private TwilioChannel Twilio => new(new TwilioAccount("AC1", "MG9"), Context());

    private static OutgoingMessage Sms => MessageAssembly.Sms(
        Samples.Rendered(Samples.Template("Hi Ada", "channel: sms\npurpose: transactional"), Samples.Data()), MessageKey.Of("c-1", "w", "s", 0, Channel.Sms), Samples.Origin, "+442071234567");

    [Fact]
    public async Task Postmark_gets_the_whole_mail_with_its_key()
    {
        vendor.Next(new Answer(200, """{"ErrorCode":0,"Message":"OK","MessageID":"b7bc"}"""));
        var mail = Samples.Mail();
        Assert.Equal(new SendResult.Delivered("b7bc"), await Postmark.Send(mail, default));
        var call = Assert.Single(vendor.Calls);
        Assert.Equal(("POST", "/email", "secret"), (call.Method, call.Path, call.Headers["X-Postmark-Server-Token"]));
        Assert.Equal(("\"Ada Byron\" <ada@engines.co.uk>", "broadcast", Samples.Key.Value), ((string?)call.Json["To"], (string?)call.Json["MessageStream"], (string?)call.Json["Metadata"]!["hub_key"]));
        Assert.DoesNotContain("null", call.Body);
        Assert.Equal((mail.Html, mail.Text), ((string?)call.Json["HtmlBody"], (string?)call.Json["TextBody"]));
        Assert.Equal(mail.Headers.Select(h => h.Name).Append("Message-ID").Append("X-PM-KeepID"), call.Json["Headers"]!.AsArray().Select(h => (string)h!["Name"]!));
    }

    [Theory]
    [InlineData(422, """{"ErrorCode":406,"Message":"inactive recipient"}""", "Recipient")]
    [InlineData(422, """{"ErrorCode":300,"Message":"Invalid 'To' address"}""", "Recipient")]
    [InlineData(422, """{"ErrorCode":300,"Message":"Invalid 'Subject'"}""", "Message")]
    [InlineData(422, """{"ErrorCode":400,"Message":"sender signature not found"}""", "ChannelDown")]
    [InlineData(401, """{"ErrorCode":10,"Message":"bad token"}""", "ChannelDown")]
    [InlineData(429, """{"ErrorCode":0,"Message":"slow down"}""", "Retry")]
    [InlineData(503, """{"Message":"down"}""", "Retry")]
    public async Task What_Postmark_says_is_understood(int status, string body, string expected)
    {
        vendor.Next(new Answer(status, body));
        Assert.Equal(expected, Kind(await Postmark.Send(Samples.Mail(), default)));
        Assert.Single(vendor.Calls); // a mail is never sent twice by the pipeline
    }

    [Fact]
    public async Task A_mail_whose_answer_got_lost_is_looked_for_before_anything_else()
    {
        vendor.Next(new Answer(500, """{"Message":"oops"}"""));
        vendor.Next(call => call.Path == "/messages/outbound" && call.Query["metadata_hub_key"] == Samples.Key.Value ? new Answer(200, """{"TotalCount":1,"Messages":[{"MessageID":"found"}]}""") : null);
        Assert.Equal(new SendResult.Delivered("found"), await Postmark.Send(Samples.Mail(), default));
        vendor.Next(new Answer(500, """{"Message":"oops"}"""));
        vendor.Next(new Answer(200, """{"TotalCount":0,"Messages":[]}"""));
        Assert.IsType<SendResult.Unknown>(await Postmark.Send(Samples.Mail(), default));
    }

    [Fact]
    public async Task A_vendor_that_cannot_be_reached_has_got_nothing()
    {
        var nobody = new Uri($"http://127.0.0.1:{MailServer.FreePort()}/");
        Assert.IsType<SendResult.ChannelDown>(await new PostmarkChannel(Context(nobody)).Send(Samples.Mail(), default));
        Assert.IsType<SendResult.ChannelDown>(await new TwilioChannel(new TwilioAccount("AC1", "+15550001111"), Context(nobody)).Send(Sms, default));
    }

    [Fact]
    public async Task Twilio_gets_number_and_text()
    {
        vendor.Next(new Answer(201, """{"sid":"SM1","status":"queued"}"""));
        Assert.Equal(new SendResult.Delivered("SM1"), await Twilio.Send(Sms, default));
        var call = Assert.Single(vendor.Calls);
        Assert.Equal(("POST", "/2010-04-01/Accounts/AC1/Messages.json", "Basic QUMxOnNlY3JldA=="), (call.Method, call.Path, call.Headers["Authorization"]));
        var form = HttpUtility.ParseQueryString(call.Body);
        Assert.Equal(("+442071234567", "Hi Ada", "MG9", null), (form["To"], form["Body"], form["MessagingServiceSid"], form["From"]));
    }

    [Theory]
    [InlineData(400, """{"code":21610,"message":"unsubscribed recipient"}""", "Recipient")]
    [InlineData(400, """{"code":21614,"message":"not a mobile number"}""", "Recipient")]
    [InlineData(400, """{"code":21617,"message":"body too long"}""", "Message")]
    [InlineData(400, """{"code":21606,"message":"From is not yours"}""", "ChannelDown")]
    [InlineData(401, """{"code":20003,"message":"authenticate"}""", "ChannelDown")]
    [InlineData(429, """{"code":20429,"message":"too many"}""", "Retry")]
    public async Task What_Twilio_says_is_understood(int status, string body, string expected)
    {
        vendor.Next(new Answer(status, body));
        Assert.Equal(expected, Kind(await Twilio.Send(Sms, default)));
    }

    [Fact]
    public async Task An_SMS_whose_answer_got_lost_is_looked_for_by_number_and_text()
    {
        var now = DateTimeOffset.UtcNow.AddSeconds(1).ToString("r");
        vendor.Next(new Answer(500, "{}"));
        vendor.Next(call => call.Query["To"] == "+442071234567" ? new Answer(200, $$"""{"messages":[{"sid":"SM0","body":"other","date_created":"{{now}}"},{"sid":"SM1","body":"Hi Ada","date_created":"{{now}}"}]}""") : null);
        Assert.Equal(new SendResult.Delivered("SM1"), await Twilio.Send(Sms, default));
        vendor.Next(new Answer(500, "{}"));
        vendor.Next(new Answer(200, """{"messages":[{"sid":"SM0","body":"Hi Ada","date_created":"Tue, 24 Nov 2020 10:00:00 +0000"}]}"""));
        Assert.IsType<SendResult.Unknown>(await Twilio.Send(Sms, default));
    }

    [Fact]
    public async Task Accounts_are_checked_without_sending()
    {
        vendor.Next(new Answer(200, """{"ID":1,"Name":"Engines"}"""));
        Assert.Equal(new CheckResult(true, "Postmark answers as server 'Engines'."), await Postmark.Check(default));
        vendor.Next(new Answer(200, """{"status":"suspended"}"""));
        Assert.Equal(new CheckResult(false, "Twilio answers; the account is suspended."), await Twilio.Check(default));
        vendor.Next(new Answer(401, """{"ErrorCode":10,"Message":"bad token"}"""));
        var refused = await Postmark.Check(default);
        Assert.False(refused.Ok);
        Assert.DoesNotContain("secret", refused.Message);
    }

    private static string Kind(SendResult result) => result is SendResult.Refused refused ? refused.Kind.ToString() : result.GetType().Name;

    public void Dispose()
    {
        vendor.Dispose();
        services.Dispose();
    }

    private sealed class Vendor : StandIn
    {
        protected override Answer Serve(Call call) => new(404, """{"Message":"nothing here"}""");
    }
}
