using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.HubSpot;

namespace IntegrationHub.Tests.Connectors.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("2.5", 2.5)]
    [InlineData(" 0 ", 0)]
    [InlineData("Sun, 01 Mar 2026 08:01:00 GMT", 60)]
    [InlineData("2026-03-01T08:00:10Z", 10)]
    [InlineData("Sun, 01 Mar 2026 07:00:00 GMT", 0)]
    public void Seconds_decimals_and_dates_are_read(string header, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(header, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    public void What_cannot_be_meant_says_nothing(string? header) => Assert.Null(RetryAfter.Parse(header, Now));
}

public sealed class RollingWindowTests
{
    [Fact]
    public void No_span_ever_has_more_calls_than_allowed_and_no_call_waits_longer_than_the_span() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 3000].Array[1, 200]).Sample((calls, gaps) =>
        {
            var window = new RollingWindow { Calls = calls, Per = TimeSpan.FromSeconds(10) };
            var now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
            var sent = new List<DateTimeOffset>();
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                var wait = window.Wait(now);
                Assert.InRange(wait, TimeSpan.Zero, window.Per);
                now += wait;
                Assert.Equal(TimeSpan.Zero, window.Wait(now));
                window.Count(now);
                sent.Add(now);
            }
            foreach (var end in sent) Assert.True(sent.Count(t => t <= end && t > end - window.Per) <= calls);
        });
}

public sealed class JsonRowsTests
{
    [Fact]
    public void A_row_has_no_white_space_and_its_names_in_order_however_it_came()
    {
        var rows = JsonRows.Of(""" { "b" : 1 , "page" : { "rows" : [ { "z" : [ 1 , { "y" : "ü\u00fc" , "x" : null } ] , "_links" : [ {} ] , "a" : { "d" : -1.50e3 , "c" : true } } , { } ] , "n" : 3 } } """u8, ["page", "rows"], "_links");
        Assert.NotNull(rows);
        Assert.Equal(["""{"a":{"c":true,"d":-1.50e3},"z":[1,{"x":null,"y":"ü\u00fc"}]}""", "{}"], rows.Select(Encoding.UTF8.GetString));
    }

    [Theory]
    [InlineData("""{"page":{"rows":[{"a":1}""")]
    [InlineData("""{"page":{"rows":[{"a":1}]},"x":""")]
    [InlineData("""{"page":{"rows":[{"a":}]}}""")]
    public void Half_an_answer_is_refused_whole(string json) => Assert.ThrowsAny<JsonException>(() => JsonRows.Of(Encoding.UTF8.GetBytes(json), ["page", "rows"]));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"page":null}""")]
    [InlineData("""{"page":{"rows":{}}}""")]
    public void Where_there_is_no_list_there_are_no_rows(string json) => Assert.Null(JsonRows.Of(Encoding.UTF8.GetBytes(json), ["page", "rows"]));

    [Theory]
    [InlineData("""{"a":{"b":"x\ty"}}""", "x\ty")]
    [InlineData("""{"a":{"c":[{"b":1}],"b":12.50}}""", "12.50")]
    [InlineData("""{"a":{"b":false}}""", "false")]
    [InlineData("""{"a":{"b":null}}""", null)]
    [InlineData("""{"a":[]}""", null)]
    [InlineData("""{"x":{"b":1}}""", null)]
    public void A_value_is_found_by_its_path(string json, string? expected) => Assert.Equal(expected, JsonRows.Text(Encoding.UTF8.GetBytes(json), "a", "b"));

    [Fact]
    public void Canonical_bytes_mean_the_same_stay_the_same_and_do_not_depend_on_the_order_of_names() =>
        Gen.Recursive<JsonNode?>((depth, node) => depth > 3
            ? Leaf
            : Gen.Frequency(
                (2, Leaf),
                (2, Gen.Dictionary(Gen.String.AlphaNumeric, node)[0, 6].Select(d => (JsonNode?)new JsonObject(d.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))))),
                (1, node.Array[0, 4].Select(a => (JsonNode?)new JsonArray([.. a.Select(n => n?.DeepClone())])))))
            .Sample(node =>
            {
                var json = Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");
                var canonical = JsonRows.Canonical(json);
                Assert.True(JsonNode.DeepEquals(node, JsonNode.Parse(canonical)));
                Assert.Equal(canonical, JsonRows.Canonical(canonical));
                Assert.Equal(canonical, JsonRows.Canonical(Encoding.UTF8.GetBytes(Backwards(node)?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null")));
            });

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Int.Select(i => (JsonNode?)JsonValue.Create(i)), Gen.String.Select(s => (JsonNode?)JsonValue.Create(s)), Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)), Gen.Const((JsonNode?)null));

    private static JsonNode? Backwards(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Reverse().Select(p => KeyValuePair.Create(p.Key, Backwards(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Backwards)]),
        _ => node?.DeepClone(),
    };
}

public sealed class PrivateAddressesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void Private(string address) => Assert.True(PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    public void Public(string address) => Assert.False(PrivateAddresses.Contains(IPAddress.Parse(address)));
}

public sealed class PipelineTests : IDisposable
{
    private readonly HubSpotFixture hubspot = new();

    [Fact]
    public async Task A_vendors_name_that_leads_into_a_private_network_gets_no_call()
    {
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Calls(hubspot.Server.Url, publicOnly: true).List(1, null, null, false, default));
        Assert.Contains("inside a private network", refused.Message);
        Assert.Empty(hubspot.Account.Calls);
    }

    [Fact]
    public async Task An_address_that_the_user_gave_may_be_private() =>
        Assert.Equal(HttpStatusCode.OK, (await Calls(hubspot.Server.Url, publicOnly: false).List(1, null, null, false, default)).StatusCode);

    [Fact]
    public async Task What_steers_the_pipeline_does_not_leave_the_process()
    {
        await hubspot.Connector().Pull("contacts", null, default).ToListAsync();
        await ((IPush)hubspot.Connector()).Push("contacts", [new PushWrite("512", new Dictionary<string, string> { ["city"] = "Bath" })], default);
        Assert.All(hubspot.Account.Calls, c => Assert.DoesNotContain(c.Headers.Keys, h => h.StartsWith("Hub-", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_call_that_would_do_more_when_sent_twice_is_sent_once()
    {
        hubspot.Account.Next(new Answer(503, ""));
        var failed = await Assert.ThrowsAsync<ConnectorException>(() => Api<ICreates>(hubspot.Server.Url, publicOnly: false).Create("{}", default));
        Assert.True(failed.Transient);
        Assert.Single(hubspot.Account.Calls);
        Assert.Empty(hubspot.Clock.Waits);
    }

    [Fact]
    public async Task A_source_that_only_fails_is_left_alone_for_a_while()
    {
        for (var i = 0; i < 60; i++) hubspot.Account.Next(new Answer(500, ""));
        var api = Calls(hubspot.Server.Url, publicOnly: false, brief: true);
        var failures = new List<string>();
        for (var i = 0; i < 25; i++) failures.Add((await Assert.ThrowsAsync<ConnectorException>(() => api.List(1, null, null, false, default))).Message);
        Assert.Contains("left alone for half a minute", failures[^1]);
        Assert.True(hubspot.Account.Calls.Count < 50);

        hubspot.Clock.Advance(TimeSpan.FromSeconds(31));
        for (var i = hubspot.Account.Calls.Count; i < 60; i++) hubspot.Account.Drop();
        Assert.Equal(HttpStatusCode.OK, (await api.List(1, null, null, false, default)).StatusCode);
    }

    private IHubSpotApi Calls(Uri url, bool publicOnly, bool brief = false) => Api<IHubSpotApi>(url, publicOnly, brief);

    private T Api<T>(Uri url, bool publicOnly, bool brief = false) where T : class =>
        new SourceCalls(hubspot.Context(), "Vendor", url, () => new PlainPace(), "Get a new one.") { PublicOnly = publicOnly, Brief = brief }
            .Api<T>(TestJson.Default, h => h.Add("Authorization", "Bearer " + HubSpotFixture.Token));

    public void Dispose() => hubspot.Dispose();
}

/// <summary>An API with a call that is not marked as idempotent.</summary>
public interface ICreates
{
    [Refit.Post("/crm/v3/objects/contacts")]
    Task<HttpResponseMessage> Create([Refit.Body] string body, CancellationToken ct);
}

[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;

public sealed class PrefetchTests
{
    [Fact]
    public async Task Items_come_in_order_and_a_failure_behind_them()
    {
        async IAsyncEnumerable<int> Source()
        {
            for (var i = 0; i < 5; i++)
            {
                await Task.Yield();
                yield return i;
            }
            throw new InvalidOperationException("the end");
        }
        var seen = new List<int>();
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in Source().Ahead(2)) seen.Add(item);
        });
        Assert.Equal("the end", failed.Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public async Task A_reader_who_stops_early_leaves_no_work_behind_and_no_more_than_two_were_fetched_ahead()
    {
        var (fetched, ended) = (0, false);
        async IAsyncEnumerable<int> Source([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
        {
            try
            {
                while (true)
                {
                    ct.ThrowIfCancellationRequested();
                    await Task.Yield();
                    yield return Interlocked.Increment(ref fetched);
                }
            }
            finally
            {
                ended = true;
            }
        }
        await foreach (var item in Source().Ahead(2)) break;
        Assert.True(ended);
        Assert.InRange(fetched, 1, 4);
    }
}

public sealed class ConnectorCatalogueTests : IDisposable
{
    private readonly HubSpotFixture hubspot = new();
    private readonly ConnectorCatalogue catalogue = new(typeof(HubSpotConnector).Assembly);

    [Fact]
    public void Connectors_are_found_by_scanning() => Assert.Superset(new HashSet<string> { "files", "hubspot", "mailchimp", "shopify" }, catalogue.Names.ToHashSet());

    [Fact]
    public void A_connector_says_what_it_needs()
    {
        Assert.Equal(("HubSpot", true, "https://api.hubapi.com"), (catalogue.Find("hubspot")?.Title, catalogue.Find("hubspot")?.NeedsToken, catalogue.Find("hubspot")?.DefaultUrl));
        Assert.True(catalogue.Find("files")?.NeedsPath);
        Assert.Null(catalogue.Find("salesforce"));
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        var refused = Assert.Throws<ConnectorException>(() => catalogue.Create("salesforce", hubspot.Context()));
        Assert.Contains("files, hubspot, mailchimp, shopify", refused.Message);
    }

    [Theory]
    [InlineData("hubspot", "--token-env")]
    [InlineData("files", "--path")]
    [InlineData("shopify", "--url")]
    public void What_is_missing_is_said_with_the_command_that_gives_it(string name, string cure)
    {
        var context = hubspot.Context(token: name == "shopify" ? "token" : "") with { Url = null, Path = null };
        var refused = Assert.Throws<ConnectorException>(() => catalogue.Create(name, context));
        Assert.Contains(cure, refused.Message);
        Assert.Contains("the-source", refused.Message);
    }

    public void Dispose() => hubspot.Dispose();
}
