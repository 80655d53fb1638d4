using IntegrationHub.Connect;

namespace IntegrationHub.Tests.Connectors;

/// <summary>What every connector over HTTP promises beyond <see cref="ConnectorContract{T}"/>.</summary>
public abstract class HttpConnectorContract<T> : ConnectorContract<T> where T : IConnector
{
    private StandIn Server => Vendor.Server ?? throw new InvalidOperationException("The fixture has no server.");

    private string Stream => Vendor.Connector().Streams[0].Name;

    [Theory]
    [InlineData("7", 7)]
    [InlineData("2.5", 2.5)]
    [InlineData("Sun, 01 Mar 2026 08:00:40 GMT", 40)]
    public async Task Retry_After_is_waited_for(string header, double seconds)
    {
        Server.Next(new Answer(429, """{"status":429,"detail":"Too many requests"}""", ("Retry-After", header)));
        await Pages(Vendor.Connector(), Stream, null);
        Assert.Contains(TimeSpan.FromSeconds(seconds), Vendor.Clock.Waits);
    }

    [Fact]
    public async Task A_very_long_Retry_After_ends_the_pull_and_says_until_when()
    {
        Server.Next(new Answer(429, "{}", ("Retry-After", "7200")));
        var limited = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.Contains("2026-03-01 10:00", limited.Message);
        Assert.True(limited.Transient);
        Assert.True(Vendor.Clock.LongestWait < TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Server_errors_are_tried_again_and_nothing_is_lost()
    {
        for (var i = 0; i < 3; i++)
        {
            Server.Next(new Answer(500, "oops"));
            Server.Next(new Answer(503, ""));
            Server.Next(_ => null);
        }
        var pages = await Pages(Vendor.Connector(), Stream, null);
        Assert.Equal(Vendor.Living(Stream).Order(), Final(pages).Where(r => !r.Value.Deleted).Select(r => r.Key).Order());
        Assert.Equal(6, Vendor.Clock.Waits.Count);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_ends_the_pull_with_what_to_do()
    {
        for (var i = 0; i < 40; i++) Server.Next(new Answer(500, """{"message":"database on fire"}"""));
        var failed = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.Contains("the-source", failed.Message);
        Assert.Contains("database on fire", failed.Message);
        Assert.True(failed.Transient);
    }

    [Fact]
    public async Task A_wrong_token_is_named_with_its_cure_and_never_shown()
    {
        const string wrong = "wrong-token-5f4dcc3b5aa765d61d83";
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(token: wrong), Stream, null));
        Assert.Contains("the-source", refused.Message);
        Assert.Contains($":{Server.Url.Port}/", refused.Message);
        Assert.Contains("--token-env", refused.Message);
        Assert.DoesNotContain(wrong, refused.ToString());
        Assert.False(refused.Transient);
        Assert.Empty(Vendor.Clock.Waits);
    }

    [Fact]
    public async Task A_token_that_the_vendor_repeats_is_not_shown_either()
    {
        var token = ContractFixture<T>.Token;
        Server.Next(new Answer(401, $$"""{"message":"The key {{token}} is unknown","detail":"{{token}}","errors":"{{token}}"}"""));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.DoesNotContain(token, refused.ToString());
        Server.Next(new Answer(400, $"no JSON but {token}"));
        refused = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.DoesNotContain(token, refused.ToString());
    }

    [Fact]
    public async Task An_unreachable_host_is_named_with_what_to_look_at()
    {
        using var gone = new ClosedPort();
        var failed = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(gone.Url), Stream, null));
        Assert.Contains("the-source", failed.Message);
        Assert.Contains(gone.Url.Port.ToString(), failed.Message);
        Assert.Contains("cannot be reached", failed.Message);
        Assert.True(failed.Transient);
    }

    [Theory]
    [InlineData("<html>Welcome to your router</html>")]
    [InlineData("{\"truncated\":")]
    [InlineData("[]")]
    public async Task Nonsense_is_named_with_the_address(string body)
    {
        for (var i = 0; i < 5; i++) Server.Next(new Answer(200, body));
        var failed = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.Contains("the-source", failed.Message);
        Assert.Contains($":{Server.Url.Port}/", failed.Message);
        Assert.Contains("--url", failed.Message);
        if (body[0] == '<') Assert.Contains("Welcome to your router", failed.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Server.Next(new Answer(302, "", ("Location", "https://elsewhere.example.com/steal")));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pages(Vendor.Connector(), Stream, null));
        Assert.Contains("elsewhere.example.com", refused.Message);
    }

    [Fact]
    public void A_token_is_not_sent_in_clear_text_over_a_public_network()
    {
        var refused = Assert.Throws<ConnectorException>(() => Vendor.Connector(new Uri("http://api.example.com")));
        Assert.Contains("https://api.example.com", refused.Message);
    }

    [Fact]
    public async Task A_check_says_what_is_wrong_and_soon()
    {
        var wrong = await Vendor.Connector(token: "wrong-token-5f4dcc3b5aa765d61d83").Check(default);
        Assert.False(wrong.Ok);
        Assert.Contains("token", wrong.Message);
        using var gone = new ClosedPort();
        var unreachable = await Vendor.Connector(gone.Url).Check(default);
        Assert.False(unreachable.Ok);
        Assert.Contains("reached", unreachable.Message);
        Assert.True(Vendor.Clock.Waits.Sum(w => w.TotalSeconds) < 3);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using var stop = new CancellationTokenSource();
        Server.Next(_ =>
        {
            stop.Cancel();
            return new Answer(429, "{}", ("Retry-After", "60"));
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in Vendor.Connector().Pull(Stream, null, stop.Token)) { }
        });
    }
}

/// <summary>An address where nobody listens, and nobody else begins to.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly System.Net.Sockets.Socket held = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);

    public ClosedPort()
    {
        held.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));   // bound but not listening: connections are refused
        Url = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint?)held.LocalEndPoint)?.Port}");
    }

    public Uri Url { get; }

    public void Dispose() => held.Dispose();
}
