using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IntegrationHub.Connect;

namespace IntegrationHub.Tests.Engine;

/// <summary>A system whose rows a test holds in memory: paged, with an incremental cursor and reported deletions, and able to fail on demand.</summary>
[Connector("memory", "Memory", DefaultUrl = "http://127.0.0.1:9")]
public sealed class MemoryConnector(ConnectorContext context) : IConnector, IPush, ISuppress, ILogActivity, IWebhooks
{
    private const int RowsAPage = 3;

    private MemorySystem System => MemorySystem.Of(context.Source.Value);

    public IReadOnlyList<StreamDescription> Streams => [new(Vocabulary.Streams.Contacts, DeletionStyle.Reported), new(Vocabulary.Streams.Companies, DeletionStyle.Reported), new(Vocabulary.Streams.Orders, DeletionStyle.Reported)];

    public async IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        var at = cursor is null ? 0 : long.Parse(cursor, CultureInfo.InvariantCulture);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (System.Refuses is { } why) throw new ConnectorException(why);
            var rows = stream switch
            {
                Vocabulary.Streams.Companies => MemorySystem.CompaniesOf(context.Source.Value),
                Vocabulary.Streams.Orders => MemorySystem.OrdersOf(context.Source.Value),
                _ => System,
            };
            var page = rows.After(at).Take(RowsAPage).ToList();
            if (page.Count == 0) yield break;
            at = page[^1].Version;
            yield return new PullPage([.. page.Select(r => new RawRecord(r.Id, r.Payload, r.Deleted))], at.ToString(CultureInfo.InvariantCulture));
        }
    }

    public string WebhookGuide => "Give {url}.";

    public bool VerifyWebhook(WebhookRequest request, string secret, DateTimeOffset now) => WebhookSignature.IsHex(secret, request.Body, request.Header("X-Memory-Signature"));

    /// <summary>A body names a stream, a row's id, and perhaps the row; without it the row is asked for.</summary>
    public Task<IReadOnlyList<WebhookRows>> ParseWebhook(WebhookRequest request, CancellationToken ct)
    {
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            var (stream, id) = (body.RootElement.GetProperty("stream").GetString() ?? "", body.RootElement.GetProperty("id").GetString() ?? "");
            if (body.RootElement.TryGetProperty("row", out var row)) return Task.FromResult<IReadOnlyList<WebhookRows>>([new WebhookRows(stream, [new RawRecord(id, JsonSerializer.SerializeToUtf8Bytes(row))])]);
            if (System.Refuses is { } why) throw new ConnectorException(why);
            return Task.FromResult<IReadOnlyList<WebhookRows>>([]);
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public Task<CheckResult> Check(CancellationToken ct) => Task.FromResult(new CheckResult(System.Refuses is null, System.Refuses ?? "ready"));

    public IReadOnlyList<Vocabulary.Channel> SuppressedChannels => [Vocabulary.Channel.Email];

    public Task<IReadOnlyList<PushResult>> Suppress(string stream, IReadOnlyList<SuppressWrite> writes, CancellationToken ct) => Tell(writes, w => w.ExternalId, w =>
    {
        System.Patch(w.ExternalId, new Dictionary<string, string> { ["mail"] = "no" });
        return $"{w.ExternalId} {w.Point} {w.Purpose} {w.Reason}";
    });

    public Task<IReadOnlyList<PushResult>> Log(string stream, IReadOnlyList<ActivityWrite> writes, CancellationToken ct) =>
        Tell(writes, w => w.ExternalId, w => $"{w.ExternalId} {w.Text}{(w.MaybeDone ? " (perhaps again)" : "")}");

    private Task<IReadOnlyList<PushResult>> Tell<T>(IReadOnlyList<T> writes, Func<T, string> id, Func<T, string> said)
    {
        if (System.Fails is { } why) return Task.FromResult<IReadOnlyList<PushResult>>([.. writes.Select(w => new PushResult(id(w), false, why, true))]);
        foreach (var write in writes) System.Told.Add(said(write));
        return Task.FromResult<IReadOnlyList<PushResult>>([.. writes.Select(w => new PushResult(id(w), true, null, false))]);
    }

    public Task<IReadOnlyList<PushResult>> Push(string stream, IReadOnlyList<PushWrite> writes, CancellationToken ct)
    {
        foreach (var write in writes) System.Patch(write.ExternalId, write.Properties);
        return Task.FromResult<IReadOnlyList<PushResult>>([.. writes.Select(w => new PushResult(w.ExternalId, true, null, false))]);
    }
}

/// <summary>The rows of one <see cref="MemoryConnector"/> source.</summary>
public sealed class MemorySystem
{
    private static readonly ConcurrentDictionary<string, MemorySystem> All = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, string> byVersion = [];
    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private long version;

    public static MemorySystem Of(string source) => All.GetOrAdd(source, _ => new MemorySystem());

    /// <summary>The companies of the same system.</summary>
    public static MemorySystem CompaniesOf(string source) => Of($"{source}/companies");

    /// <summary>The orders of the same system.</summary>
    public static MemorySystem OrdersOf(string source) => Of($"{source}/orders");

    /// <summary>What the system answers instead of rows; null when it works.</summary>
    public string? Refuses { get; set; }

    /// <summary>Why suppressions and activities are not taken now; null when they are.</summary>
    public string? Fails { get; set; }

    /// <summary>Suppressions and activities that were told, in order.</summary>
    public List<string> Told { get; } = [];

    public void Put(string id, object row) => Set(new Row(id, 0, JsonSerializer.SerializeToUtf8Bytes(row), false));

    public void PutRaw(string id, byte[] payload) => Set(new Row(id, 0, payload, false));

    public void Delete(string id) => Set(rows[id] with { Deleted = true });

    public void Patch(string id, IReadOnlyDictionary<string, string> properties)
    {
        var row = JsonSerializer.Deserialize<SortedDictionary<string, string>>(rows[id].Payload)!;
        foreach (var (name, value) in properties) row[name] = value;
        Put(id, row);
    }

    public string? Value(string id, string property) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(rows[id].Payload)!.GetValueOrDefault(property);

    public IReadOnlyList<Row> After(long from)
    {
        lock (rows) return [.. byVersion.Where(v => v.Key > from).Select(v => rows[v.Value])];
    }

    private void Set(Row row)
    {
        lock (rows)
        {
            if (rows.TryGetValue(row.Id, out var before)) byVersion.Remove(before.Version);
            row = row with { Version = ++version };
            rows[row.Id] = row;
            byVersion[row.Version] = row.Id;
        }
    }

    public sealed record Row(string Id, long Version, byte[] Payload, bool Deleted);
}
