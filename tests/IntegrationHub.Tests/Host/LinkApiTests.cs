using System.Net;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Host.Api;
using IntegrationHub.Tests.Engine;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Tests.Host;

public sealed class LinkApiTests : IAsyncLifetime
{
    private static readonly MessageKey Key = MessageKey.Of("c-1", "w", "s", 0, Channel.Email);

    private TestHub hub = null!;
    private WebApplication app = null!;
    private string address = "";

    public async Task InitializeAsync()
    {
        hub = await TestHub.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(hub.Get<MessageLinks>());
        app = builder.Build();
        LinkApi.Map(app);
        await app.StartAsync();
        address = app.Urls.Single();
    }

    private string Sign(LinkToken link) => hub.Get<TrackedLinks>().Tokens.Sign(link);

    private string UnsubscribePath => "/u/" + Sign(new LinkToken.Unsubscribe(Key, Channel.Email, Purposes.Marketing, "ada@engines.co.uk"));

    private async Task<(HttpStatusCode Status, string Body, Uri? Location)> Send(HttpMethod method, string path, string? form = null, string agent = "Mozilla/5.0 Firefox/128.0")
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, address + path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (form is not null) request.Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location);
    }

    private async Task<int> Suppressed() => (await hub.Store.Suppressions.For(Channel.Email, "ada@engines.co.uk", default)).Count(s => s.ReleasedAt is null);

    private async Task<IReadOnlyList<HubEvent>> Events() => [.. (await hub.Store.Events.TakeLanded(100, default)).Select(e => e.Event)];

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        var page = await Send(HttpMethod.Get, UnsubscribePath);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("<form method=\"post\">", page.Body);
        Assert.DoesNotContain("ada@", page.Body);
        await Send(HttpMethod.Head, UnsubscribePath);
        Assert.Equal(0, await Suppressed());
        Assert.Empty(await Events());
    }

    [Theory]
    [InlineData("List-Unsubscribe=One-Click")]
    [InlineData("")]
    [InlineData(null)]
    public async Task One_POST_unsubscribes_before_it_is_answered(string? form)
    {
        var answer = await Send(HttpMethod.Post, UnsubscribePath, form);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var held = Assert.Single(await hub.Store.Suppressions.For(Channel.Email, "ada@engines.co.uk", default));
        Assert.Equal((Purposes.Marketing, SuppressionReason.Request, "unsubscribe link"), (held.Purpose, held.Reason, held.By));
        Assert.Equal(EventTypes.EmailUnsubscribed, Assert.Single(await Events()).Type);
    }

    [Fact]
    public async Task A_second_POST_is_answered_alike_and_one_after_a_release_counts_anew()
    {
        await Send(HttpMethod.Post, UnsubscribePath);
        await Send(HttpMethod.Post, UnsubscribePath);
        Assert.Equal(1, await Suppressed());
        await hub.Get<SuppressPoint>().Release("ada@engines.co.uk", Purposes.Marketing, TestHub.Admin, null, default);
        Assert.Equal(0, await Suppressed());
        await Send(HttpMethod.Post, UnsubscribePath);
        Assert.Equal(1, await Suppressed());
    }

    [Fact]
    public async Task A_link_leads_on_and_is_counted()
    {
        var answer = await Send(HttpMethod.Get, "/c/" + Sign(new LinkToken.Click(Key, "https://www.engines.co.uk/shop?a=1&b=2")));
        Assert.Equal((HttpStatusCode.Redirect, new Uri("https://www.engines.co.uk/shop?a=1&b=2")), (answer.Status, answer.Location));
        var click = Assert.Single(await Events());
        Assert.Equal((EventTypes.EmailClicked, Key.Value), (click.Type, click.Properties.Text("message_key")));
    }

    [Fact]
    public async Task Machines_are_led_on_too_and_not_counted_as_clicks()
    {
        var path = "/c/" + Sign(new LinkToken.Click(Key, "https://www.engines.co.uk/"));
        Assert.Equal(HttpStatusCode.Redirect, (await Send(HttpMethod.Head, path)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Send(HttpMethod.Get, path, agent: "Barracuda/1.0")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Get, "/c/" + Sign(new LinkToken.Trap(Key)))).Status);
        Assert.Equal(["custom.link.machine", "custom.link.machine", "custom.link.machine"], (await Events()).Select(e => e.Type));
    }

    [Fact]
    public async Task What_the_hub_has_not_signed_for_this_use_is_no_link()
    {
        var click = Sign(new LinkToken.Click(Key, "https://www.engines.co.uk/"));
        foreach (var path in new[] { "/c/x", "/u/x", "/c/https:%2F%2Fevil.example", "/u/" + click, UnsubscribePath.Replace("/u/", "/c/", StringComparison.Ordinal), "/c/" + click[..^1], "/c/" + new string('A', 8000) })
        {
            var answer = await Send(HttpMethod.Get, path);
            Assert.Equal((HttpStatusCode.NotFound, null), (answer.Status, answer.Location));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Post, "/u/" + click)).Status);
        Assert.Empty(await Events());
    }

    [Fact]
    public async Task A_hard_bounce_and_a_complaint_suppress_whom_the_hub_had_signed_and_a_soft_one_nobody()
    {
        var links = hub.Get<MessageLinks>();
        var at = hub.Time.GetUtcNow();
        await links.Told([new MailFeedback.Bounce("b1", at, Key, "ada@engines.co.uk", false, "5.2.2", ""), new MailFeedback.Bounce("b2", at, Key, null, true, "5.1.1", "")], default);
        Assert.Equal(0, await Suppressed());
        await links.Told([new MailFeedback.Bounce("b3", at, Key, "ada@engines.co.uk", true, "5.1.1", "")], default);
        await links.Told([new MailFeedback.Complaint("c1", at, Key, "ada@engines.co.uk", "abuse")], default);
        var held = await hub.Store.Suppressions.For(Channel.Email, "ada@engines.co.uk", default);
        Assert.Equal([(Purposes.Every, SuppressionReason.HardBounce), (Purposes.Every, SuppressionReason.Complaint)], held.Select(s => (s.Purpose, s.Reason)).OrderBy(s => s.Reason));
        Assert.Equal(4, (await Events()).Count);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await hub.DisposeAsync();
    }
}
