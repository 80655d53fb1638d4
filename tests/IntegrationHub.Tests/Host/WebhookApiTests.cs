using System.Net;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Host.Webhooks;
using IntegrationHub.Tests.Engine;
using IntegrationHub.Tests.Engine.Events;
using IntegrationHub.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Tests.Host;

/// <summary>The address that vendors call, with a system that signs its body in hex.</summary>
public sealed class WebhookApiTests : IAsyncLifetime
{
    private const string Secret = "a-secret-of-sixteen";

    private LiveHub live = null!;
    private WebApplication app = null!;
    private string source = "";
    private Uri address = null!;

    public async Task InitializeAsync()
    {
        live = await LiveHub.Create();
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "sources", "memory.orders.yaml"), EventStreamTests.Orders);
        (source, _) = await live.Hub.AddSource("shop");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(live.Hub.Get<TakeWebhook>());
        builder.Services.AddSingleton(live.Hub.Get<EngineSettings>());
        app = builder.Build();
        WebhookApi.Map(app);
        await app.StartAsync();
        address = new Uri($"{app.Urls.Single()}/webhooks/{source}");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await live.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        Assert.Equal(HttpStatusCode.NotFound, await Post(Order("o1")));
        Assert.Equal(HttpStatusCode.NotFound, await Post(Order("o1"), to: new Uri(address, "nobody")));
        await Open();
        Assert.Equal(HttpStatusCode.OK, await Post(Order("o1")));
        var closed = await live.Hub.Get<SourceActions>().SetWebhook(source, null, TestHub.Admin, default);
        Assert.Null(closed.Guide);
        Assert.Equal(HttpStatusCode.NotFound, await Post(Order("o2")));
    }

    [Fact]
    public async Task What_is_not_signed_is_refused_and_nothing_of_it_is_kept()
    {
        await Open();
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(Order("o1"), secret: "another-secret-long"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(Order("o1"), secret: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post("not even JSON", secret: "another-secret-long"));
        Assert.Equal((0, 0, 0), await live.Store.Events.Count(default));
        Assert.Null(await live.Store.Landing.Payload(new SourceKey(source, Streams.Orders, "o1"), default));
    }

    [Fact]
    public async Task An_order_is_an_event_at_once_and_told_again_or_pulled_later_it_is_the_same()
    {
        await Open();
        MemorySystem.Of(source).Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net", mail = "yes" });
        await live.Hub.Sync();
        await live.Launch(EventStreamTests.Thanks);
        live.Hub.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await Post(Order("o1")));
        await live.Drain();
        Assert.Equal(["hello Ada > ada@example.net"], await live.Sent());
        MemorySystem.OrdersOf(source).PutRaw("o1", Encoding.UTF8.GetBytes(OrderRow()));
        await live.Hub.Sync(full: true);
        await live.Drain();
        Assert.Single(await live.Sent());
        Assert.Equal((1, 0, 0), await live.Store.Events.Count(default));
    }

    [Fact]
    public async Task A_changed_contact_is_cleaned_and_merged_without_a_sync()
    {
        await Open();
        MemorySystem.Of(source).Put("1", new { first = "Ada", last = "Byron", email = "ada@example.net" });
        await live.Hub.Sync();
        Assert.Equal(HttpStatusCode.OK, await Post("""{"stream":"contacts","id":"1","row":{"first":"Ada","last":"Lovelace","email":"ada@example.net"}}"""));
        await live.Hub.Get<TakeWebhook>().Resolve(source, default);
        Assert.Contains("Lovelace", Assert.Single(await live.Hub.Goldens()).Content);
    }

    [Fact]
    public async Task A_row_that_is_sent_while_a_full_pull_runs_is_not_taken_for_one_that_is_gone()
    {
        await Open();
        var stream = SourceName.Parse(source)!.Value;
        var pass = await live.Store.Sources.BeginPass(stream, Streams.Orders, live.Now, default);
        Assert.Equal(HttpStatusCode.OK, await Post(Order("o9")));
        Assert.Equal(0, await live.Store.Landing.EndPass(stream, Streams.Orders, pass, normalise: false, live.Now, default));
    }

    [Fact]
    public async Task Two_secrets_hold_while_one_is_replaced()
    {
        await Open($"{Secret} the-next-secret-now");
        Assert.Equal(HttpStatusCode.OK, await Post(Order("o1")));
        Assert.Equal(HttpStatusCode.OK, await Post(Order("o2"), secret: "the-next-secret-now"));
    }

    [Fact]
    public async Task A_signed_body_that_cannot_be_read_is_told_and_one_that_is_too_large_is_not_read()
    {
        await Open();
        Assert.Equal(HttpStatusCode.BadRequest, await Post("{"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(new string('x', WebhookApi.MostBytes + 1)));
    }

    [Fact]
    public async Task A_system_that_does_not_answer_has_the_vendor_send_it_again()
    {
        await Open();
        MemorySystem.Of(source).Refuses = "it is down";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Post("""{"stream":"contacts","id":"1"}"""));
        MemorySystem.Of(source).Refuses = null;
        Assert.Equal(HttpStatusCode.OK, await Post("""{"stream":"contacts","id":"1"}"""));
    }

    [Fact]
    public async Task The_secret_is_kept_encrypted_and_a_short_one_is_refused()
    {
        await Open();
        var row = await live.Store.Sources.Find(SourceName.Parse(source)!.Value, default);
        Assert.NotNull(row?.WebhookProtected);
        Assert.DoesNotContain(Secret, row.WebhookProtected, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<NotPossibleException>(() => Open("short"));
        Assert.Contains("5 characters", refused.Message);
    }

    private async Task Open(string secret = Secret)
    {
        var variable = $"HUB_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, secret);
        try
        {
            var set = await live.Hub.Get<SourceActions>().SetWebhook(source, variable, TestHub.Admin, default);
            Assert.EndsWith($"/webhooks/{source}", set.Url);
            Assert.Contains(set.Url, set.Guide);
        }
        finally
        {
            // What is used from now on is what was kept.
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    private async Task<HttpStatusCode> Post(string body, string? secret = Secret, Uri? to = null)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        if (secret is not null) content.Headers.Add("X-Memory-Signature", Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
        using var answer = await client.PostAsync(to ?? address, content);
        return answer.StatusCode;
    }

    private string Order(string id) => $$"""{"stream":"orders","id":"{{id}}","row":{{OrderRow()}}}""";

    private string OrderRow() => $$"""{"currency":"EUR","number":"1001","placed":"{{live.Now.UtcDateTime.AddMinutes(-1):O}}","total":"12.5","who":"1"}""";
}
