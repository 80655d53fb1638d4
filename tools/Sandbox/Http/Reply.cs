using System.Buffers;
using System.Text.Json;

namespace IntegrationHub.Sandbox.Http;

/// <summary>Writes answers.</summary>
public static class Reply
{
    private static readonly JsonWriterOptions Raw = new()
    {
        SkipValidation = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How all stand-ins write JSON: no escapes where UTF-8 needs none.</summary>
    public static JsonWriterOptions Options => Raw;

    /// <summary>Answers JSON, with its length told.</summary>
    public static async Task Json(HttpContext context, int status, Action<Utf8JsonWriter> write, string type = "application/json;charset=utf-8")
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(buffer, Raw)) write(json);
        await Bytes(context, status, buffer.WrittenMemory, type);
    }

    /// <summary>Answers bytes as they are.</summary>
    public static async Task Bytes(HttpContext context, int status, ReadOnlyMemory<byte> body, string type)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The request's JSON; null when it is none.</summary>
    public static async Task<JsonDocument?> Body(HttpContext context)
    {
        try { return await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted); }
        catch (JsonException) { return null; }
    }
}
