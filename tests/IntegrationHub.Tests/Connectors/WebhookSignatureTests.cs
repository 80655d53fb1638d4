using System.Text;
using IntegrationHub.Connect;

namespace IntegrationHub.Tests.Connectors;

/// <summary>The signatures were made with openssl, not with the code under test.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "hush-hush-hush-hush";

    private static readonly DateTimeOffset Signed = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"id":1}""", "gqb/mZI8OCf3/j3Ur1xqzHGfmqHHhNnpOakaVHyc9dw=", true)]
    [InlineData("""{"id":2}""", "gqb/mZI8OCf3/j3Ur1xqzHGfmqHHhNnpOakaVHyc9dw=", false)]
    [InlineData("""{"id":1}""", "hqb/mZI8OCf3/j3Ur1xqzHGfmqHHhNnpOakaVHyc9dw=", false)]
    [InlineData("""{"id":1}""", "not base64 at all", false)]
    [InlineData("""{"id":1}""", "", false)]
    [InlineData("""{"id":1}""", null, false)]
    public void Shopify_signs_the_body(string body, string? signature, bool right)
    {
        using var shopify = new ShopifyFixture();
        Assert.Equal(right, Hooks(shopify).VerifyWebhook(Request(body, ("X-Shopify-Hmac-Sha256", signature)), Secret, Signed));
        Assert.False(Hooks(shopify).VerifyWebhook(Request(body, ("X-Shopify-Hmac-Sha256", signature)), Secret + "!", Signed));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(-299, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void HubSpot_signs_method_address_body_and_time_and_an_old_request_counts_no_more(int secondsLater, bool right)
    {
        using var hubspot = new HubSpotFixture();
        var request = Request("""[{"eventId":1}]""", ("X-HubSpot-Request-Timestamp", "1793606400000"), ("X-HubSpot-Signature-v3", "tM63sbiW25o6iDb2/yvvRAAxxPQXg8oOQJWcv041OE4=")) with { Url = new Uri("https://hub.example.com/webhooks/crm") };
        Assert.Equal(right, Hooks(hubspot).VerifyWebhook(request, Secret, Signed.AddSeconds(secondsLater)));
        Assert.False(Hooks(hubspot).VerifyWebhook(request with { Url = new Uri("https://hub.example.com/webhooks/other") }, Secret, Signed));
        Assert.False(Hooks(hubspot).VerifyWebhook(request with { Method = "GET" }, Secret, Signed));
        Assert.False(Hooks(hubspot).VerifyWebhook(Request("""[{"eventId":1}]""", ("X-HubSpot-Signature-v3", "tM63sbiW25o6iDb2/yvvRAAxxPQXg8oOQJWcv041OE4=")), Secret, Signed));
        Assert.False(Hooks(hubspot).VerifyWebhook(Request("[]", ("X-HubSpot-Request-Timestamp", "99999999999999999999"), ("X-HubSpot-Signature-v3", "x")), Secret, Signed));
    }

    [Theory]
    [InlineData("t=1793606400,v1=a52f3f3606ae69f92de3ef8dbb97e0d77d29ac37560b50444d53289081573c29", 10, true)]
    [InlineData("t=1793606400, v1=A52F3F3606AE69F92DE3EF8DBB97E0D77D29AC37560B50444D53289081573C29", 10, true)]
    [InlineData("t=1793606400,v1=a52f3f3606ae69f92de3ef8dbb97e0d77d29ac37560b50444d53289081573c29", 400, false)]
    [InlineData("t=1793606401,v1=a52f3f3606ae69f92de3ef8dbb97e0d77d29ac37560b50444d53289081573c29", 10, false)]
    [InlineData("v1=a52f3f3606ae69f92de3ef8dbb97e0d77d29ac37560b50444d53289081573c29", 10, false)]
    [InlineData("nonsense", 10, false)]
    public void Mailchimp_signs_time_and_body_where_it_signs(string signature, int secondsLater, bool right)
    {
        using var mailchimp = new MailchimpFixture();
        var request = Request("type=subscribe&data%5Bemail%5D=ada%40example.com", ("X-Mailchimp-Signature", signature)) with { Url = new Uri($"https://hub.example.com/webhooks/mail?secret={Secret}") };
        Assert.Equal(right, Hooks(mailchimp).VerifyWebhook(request, Secret, Signed.AddSeconds(secondsLater)));
    }

    [Theory]
    [InlineData("?secret=hush-hush-hush-hush", true)]
    [InlineData("?x=1&secret=hush%2Dhush-hush-hush", true)]
    [InlineData("?secret=hush-hush-hush-hus", false)]
    [InlineData("?secret=", false)]
    [InlineData("", false)]
    public void Mailchimp_without_a_signature_has_the_secret_in_the_address(string query, bool right)
    {
        using var mailchimp = new MailchimpFixture();
        foreach (var method in new[] { "GET", "POST" })
            Assert.Equal(right, Hooks(mailchimp).VerifyWebhook(Request("type=subscribe") with { Method = method, Url = new Uri("https://hub.example.com/webhooks/mail" + query) }, Secret, Signed));
    }

    private static IWebhooks Hooks<T>(ContractFixture<T> fixture) where T : IConnector => (IWebhooks)fixture.Connector();

    private static WebhookRequest Request(string body, params (string Name, string? Value)[] headers) => new(
        "POST", new Uri("https://hub.example.com/webhooks/shop"),
        headers.Where(h => h.Value is not null).ToDictionary(h => h.Name, h => h.Value ?? "", StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body));
}
