using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using WireMock;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace IntegrationHub.Tests.Connectors;

/// <summary>One call as a stand-in sees it.</summary>
public sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("An empty body.");
}

/// <summary>What a stand-in answers.</summary>
public sealed record Answer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    public static Answer Json(JsonNode body, params (string Name, string Value)[] headers) => new(200, body.ToJsonString(), headers);
}

/// <summary>A vendor's API on a loopback port, with state, and with answers of the test's own put in front.</summary>
public abstract class StandIn : IDisposable
{
    private readonly WireMockServer server = WireMockServer.Start();
    private readonly ConcurrentQueue<Func<Call, Answer?>> instead = new();
    private readonly Lock gate = new();
    private int running;

    protected StandIn()
    {
        server.Given(WireMock.RequestBuilders.Request.Create()).RespondWith(WireMock.ResponseBuilders.Response.Create().WithCallback(Respond));
        Url = new Uri(server.Url ?? throw new InvalidOperationException("The stand-in has no address."));
    }

    public Uri Url { get; }

    public ConcurrentQueue<Call> Calls { get; } = new();

    public int MostAtOnce { get; private set; }

    /// <summary>The next call gets this answer instead of the vendor's; null lets that call through.</summary>
    public void Next(Func<Call, Answer?> answer) => instead.Enqueue(answer);

    public void Next(Answer answer) => Next(_ => answer);

    /// <summary>Takes back the first answer that was put in front.</summary>
    public void Drop() => instead.TryDequeue(out _);

    /// <summary>Added to each of the vendor's own answers.</summary>
    public Func<Call, (string Name, string Value)[]>? ExtraHeaders { get; set; }

    protected abstract Answer Serve(Call call);

    private ResponseMessage Respond(IRequestMessage request)
    {
        var call = new Call(
            request.Method, request.Path,
            (request.Query ?? new Dictionary<string, WireMockList<string>>()).ToDictionary(q => q.Key, q => string.Join(",", q.Value)),
            (request.Headers ?? new Dictionary<string, WireMockList<string>>()).ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase),
            request.Body ?? "");
        Calls.Enqueue(call);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref running));
        try
        {
            Answer answer;
            lock (gate)
            {
                var put = instead.TryDequeue(out var next) ? next(call) : null;
                answer = put ?? Serve(call);
                if (put is null && ExtraHeaders?.Invoke(call) is { } extra) answer = answer with { Headers = [.. answer.Headers, .. extra] };
            }
            return Message(answer);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static ResponseMessage Message(Answer answer)
    {
        var headers = answer.Headers.ToDictionary(h => h.Name, h => new WireMockList<string>(h.Value));
        if (answer.Body.Length > 0 && !headers.ContainsKey("Content-Type")) headers["Content-Type"] = new WireMockList<string>("application/json");
        return new ResponseMessage
        {
            StatusCode = answer.Status,
            Headers = headers,
            BodyData = answer.Body.Length == 0 ? null : new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = Encoding.UTF8.GetBytes(answer.Body) },
        };
    }

    public void Dispose()
    {
        server.Dispose();
        GC.SuppressFinalize(this);
    }
}
