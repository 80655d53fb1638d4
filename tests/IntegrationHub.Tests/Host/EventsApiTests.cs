using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationHub.Engine.Events;
using IntegrationHub.Host.Api;
using IntegrationHub.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Tests.Host;

public sealed class EventsApiTests : IAsyncLifetime
{
    private TestHub hub = null!;
    private WebApplication app = null!;
    private string address = "";

    public async Task InitializeAsync()
    {
        hub = await TestHub.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(hub.Get<EventIntake>());
        app = builder.Build();
        EventsApi.Map(app);
        await app.StartAsync();
        address = app.Urls.Single() + "/api/v1/events";
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Events_are_kept_before_the_answer_and_a_repeated_one_counts_once()
    {
        var first = await Post($"[{Event("1")},{Event("2")},{Event("1")}]");
        Assert.Equal((HttpStatusCode.Accepted, 2, 1), (first.Status, first.Body.GetProperty("accepted").GetInt32(), first.Body.GetProperty("known").GetInt32()));
        Assert.Equal(2L, (await hub.Store.Events.Count(default)).All);
        var again = await Post($$"""{"events": [{{Event("1")}}]}""");
        Assert.Equal((HttpStatusCode.Accepted, 0, 1), (again.Status, again.Body.GetProperty("accepted").GetInt32(), again.Body.GetProperty("known").GetInt32()));
        Assert.Equal(HttpStatusCode.Accepted, (await Post(Event("3"))).Status);
        Assert.Equal(3L, (await hub.Store.Events.Count(default)).All);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_named_with_its_place_and_holds_up_no_other()
    {
        var answer = await Post($"[{Event("0").Replace("page.viewed", "form.submited", StringComparison.Ordinal)},{Event("1")},{Event("2", at: "2026-03-01T09:00:00Z")}]");
        Assert.Equal((HttpStatusCode.Accepted, 1), (answer.Status, answer.Body.GetProperty("accepted").GetInt32()));
        var problems = answer.Body.GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal([0, 2], problems.Select(p => p.GetProperty("index").GetInt32()));
        Assert.StartsWith("unknown type 'form.submited'", problems[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("lies in the future", problems[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest, "/problems/not-json")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "/problems/no-events")]
    [InlineData("7", "application/json", HttpStatusCode.BadRequest, "/problems/no-events")]
    [InlineData("[]", "text/plain", HttpStatusCode.UnsupportedMediaType, "/problems/not-json")]
    public async Task What_is_no_list_of_events_is_refused_with_the_cure(string body, string type, HttpStatusCode status, string problem)
    {
        var answer = await Post(body, type);
        Assert.Equal((status, problem), (answer.Status, answer.Body.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Too_many_or_too_large_is_refused_whole()
    {
        var many = await Post($"[{string.Join(',', Enumerable.Range(0, 1_001).Select(i => Event(i.ToString(CultureInfo.InvariantCulture))))}]");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "/problems/too-many-events"), (many.Status, many.Body.GetProperty("type").GetString()));
        var large = await Post($"[{Event("1", more: new string('x', 9 << 20))}]");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "/problems/too-large"), (large.Status, large.Body.GetProperty("type").GetString()));
        Assert.Equal(0L, (await hub.Store.Events.Count(default)).All);
    }

    [Fact]
    public async Task Many_requests_at_once_are_all_kept()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Post($"[{Event($"a-{i}")},{Event("same")}]")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.Status));
        Assert.Equal(41, answers.Sum(a => a.Body.GetProperty("accepted").GetInt32()));
        Assert.Equal(41L, (await hub.Store.Events.Count(default)).All);
    }

    [Fact]
    public async Task A_page_of_another_site_is_refused()
    {
        var answer = await Post(Event("1"), origin: "https://evil.example");
        Assert.Equal((HttpStatusCode.Forbidden, "/problems/not-from-this-machine"), (answer.Status, answer.Body.GetProperty("type").GetString()));
    }

    private static string Event(string id, string at = "2026-03-01T07:00:00Z", string more = "") => JsonSerializer.Serialize(new { id, type = "page.viewed", at, contact = new { email = "a@b.org" }, properties = new { more } });

    private async Task<(HttpStatusCode Status, JsonElement Body)> Post(string json, string type = "application/json", string? origin = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, type) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.Clone());
    }
}
