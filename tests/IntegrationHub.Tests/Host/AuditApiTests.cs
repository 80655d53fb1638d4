using System.Net;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Host.Api;
using IntegrationHub.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Tests.Host;

public sealed class AuditApiTests : IAsyncLifetime
{
    private TestHub hub = null!;
    private WebApplication app = null!;
    private string address = "";

    public async Task InitializeAsync()
    {
        hub = await TestHub.Create();
        var (_, system) = await hub.AddSource();
        system.PutRaw("1", """{"first":"Ada","last":"Byron","email":"ada@engines.co.uk"}"""u8.ToArray());
        await hub.Sync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(hub.Get<RunAudit>());
        app = builder.Build();
        AuditApi.Map(app);
        await app.StartAsync();
        address = app.Urls.Single() + "/api/v1/audits";
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string query = "", string? origin = null, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, address + query);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (host is not null) request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.Clone());
    }

    [Fact]
    public async Task An_audit_is_run_and_the_last_one_is_read()
    {
        var before = await Send(HttpMethod.Get);
        Assert.Equal((HttpStatusCode.NotFound, "/problems/no-audit-yet"), (before.Status, before.Body.GetProperty("type").GetString()));
        var run = await Send(HttpMethod.Post);
        Assert.Equal((HttpStatusCode.OK, 1), (run.Status, run.Body.GetProperty("contacts").GetInt32()));
        var last = await Send(HttpMethod.Get);
        Assert.Equal(run.Body.GetRawText(), last.Body.GetRawText());
    }

    [Fact]
    public async Task A_workflow_is_audited_by_name_and_an_unknown_one_is_told_with_those_there_are()
    {
        var run = await Send(HttpMethod.Post, "?workflow=re-engagement");
        Assert.Equal("workflow:re-engagement", run.Body.GetProperty("scope").GetString());
        var wrong = await Send(HttpMethod.Post, "?workflow=re-engagemnt");
        Assert.Equal((HttpStatusCode.NotFound, "/problems/no-such-scope"), (wrong.Status, wrong.Body.GetProperty("type").GetString()));
        Assert.Contains("Did you mean 're-engagement'?", wrong.Body.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData(null, "hub.evil.example")]
    public async Task A_page_of_another_site_is_refused(string? origin, string? host)
    {
        var answer = await Send(HttpMethod.Post, origin: origin, host: host);
        Assert.Equal((HttpStatusCode.Forbidden, "/problems/not-from-this-machine"), (answer.Status, answer.Body.GetProperty("type").GetString()));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await hub.DisposeAsync();
    }
}
