using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IntegrationHub.Sandbox;
using IntegrationHub.Sandbox.Http;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Sandbox;

/// <summary>A sandbox over real HTTP on a free port, and a client for it.</summary>
public sealed class RunningSandbox : IAsyncDisposable, IAsyncLifetime
{
    /// <summary>The clock that limits run by; changes get its time.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The running server.</summary>
    public SandboxServer Server { get; private set; } = null!;

    /// <summary>Waits for nothing; every answer is taken as it is.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Limits by which the clock of the test rules: no latency, nothing slow.</summary>
    public static Limits Strict { get; } = new() { Latency = TimeSpan.Zero, SlowEvery = 0 };

    public static async Task<RunningSandbox> Start(int people = 100, Limits? limits = null, double faults = 0, int seed = 1)
    {
        var sandbox = new RunningSandbox();
        sandbox.Server = await SandboxServer.Start(
            new SandboxOptions
            {
                People = people,
                Seed = seed,
                Limits = limits,
                Faults = faults,
            },
            sandbox.Time,
            CancellationToken.None
        );
        return sandbox;
    }

    public async Task InitializeAsync() =>
        Server = await SandboxServer.Start(new SandboxOptions { People = 400, Limits = null }, Time, CancellationToken.None);

    public Task<Answer> HubSpot(string path, object? body = null, string? token = null, HttpMethod? method = null) =>
        Send(
            Server.UrlOf("hubspot"),
            path,
            body,
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Server.HubSpotToken),
            method
        );

    public Task<Answer> Mailchimp(string path, object? body = null, string? token = null, HttpMethod? method = null) =>
        Send(
            Server.UrlOf("mailchimp"),
            path,
            body,
            request =>
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes("anyone:" + (token ?? Server.MailchimpToken)))
                ),
            method
        );

    public Task<Answer> Shopify(string query, object? variables = null, string? token = null) =>
        Send(
            Server.UrlOf("shopify"),
            "/admin/api/2026-10/graphql.json",
            new { query, variables },
            request => request.Headers.Add("X-Shopify-Access-Token", token ?? Server.ShopifyToken)
        );

    public Task<Answer> Control(string path, HttpMethod? method = null) =>
        Send(new Uri(Server.Url, "_sandbox"), path, null, _ => { }, method ?? HttpMethod.Post);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (Server is not null) await Server.DisposeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    private async Task<Answer> Send(Uri root, string path, object? body, Action<HttpRequestMessage> sign, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? (body is null ? HttpMethod.Get : HttpMethod.Post), root + path);
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        sign(request);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase),
            text
        );
    }
}

/// <summary>An answer as it came.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    private JsonDocument? parsed;

    /// <summary>The body's root.</summary>
    public JsonElement Json => (parsed ??= JsonDocument.Parse(Text)).RootElement;

    /// <summary>Walks down by names and numbers: <c>At("results", 0, "id")</c>.</summary>
    public JsonElement At(params object[] path) => path.Aggregate(Json, (at, step) => step is int index ? at[index] : at.GetProperty((string)step));

    /// <summary>The text at a path.</summary>
    public string? TextAt(params object[] path) => At(path).GetString();
}
