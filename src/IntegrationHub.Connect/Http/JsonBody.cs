using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Connect.Http;

/// <summary>The JSON of one answer, read where it is needed instead of being turned into objects first: rows go into payloads as they came.</summary>
public sealed class JsonBody
{
    private readonly byte[] json;
    private readonly SourceCalls calls;
    private readonly Uri? address;
    private readonly HttpResponseHeaders headers;

    private JsonBody(byte[] json, SourceCalls calls, Uri? address, int status, HttpResponseHeaders headers)
    {
        this.headers = headers;
        this.json = json;
        this.calls = calls;
        this.address = address;
        Status = status;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The source's own clock, if the answer tells: a cursor that goes by it does not lose changes to a wrong clock here.</summary>
    public DateTimeOffset? Date => headers.Date;

    /// <summary>A header of the answer; null when it has none of that name.</summary>
    public string? Header(string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Takes the answer's body and disposes the answer.</summary>
    public static async Task<JsonBody> Of(Task<HttpResponseMessage> call, CancellationToken ct)
    {
        using var response = await call;
        var request = response.RequestMessage ?? throw new InvalidOperationException("An answer without its request.");
        return new JsonBody(await response.Content.ReadAsByteArrayAsync(ct), request.Calls(), request.RequestUri, (int)response.StatusCode, response.Headers);
    }

    /// <summary>The text or number at a path of property names; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        try
        {
            return JsonRows.Text(json, path);
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
    }

    /// <summary>The value at a path as canonical bytes; null where there is none.</summary>
    public byte[]? Raw(params ReadOnlySpan<string> path)
    {
        try
        {
            return JsonRows.Raw(json, path);
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
    }

    /// <summary>The objects of the array at a path, each as canonical bytes: see <see cref="JsonRows"/>.</summary>
    /// <exception cref="ConnectorException">There is no array at that path, or the answer is not JSON.</exception>
    public IReadOnlyList<byte[]> Rows(ReadOnlySpan<string> path, params ReadOnlySpan<string> without)
    {
        try
        {
            return JsonRows.Of(json, path, without)
                ?? throw calls.Fault(address, $"the answer has no list '{string.Join('.', path)}'. Is the address that of the API (--url)?");
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
    }

    /// <summary>The whole answer as a wire type.</summary>
    public T As<T>(JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
    }

    /// <summary>An error about this answer.</summary>
    public ConnectorException Fault(string message) => calls.Fault(address, message);

    private ConnectorException Nonsense(JsonException e) =>
        calls.Fault(address, $"the answer is not the JSON that it should be ({e.Message}). Is the address that of the API (--url)?", e);
}
