using System.Text.Json;
using IntegrationHub.Engine.Events;
using IntegrationHub.Store;

namespace IntegrationHub.Host.Api;

/// <summary>
/// <c>POST /api/v1/events</c>: what contacts did, 1 to 1,000 events a request. Answered with 202 once they are on the disk; those that cannot be taken are named, and hold up none of the others. An event that is told
/// again counts once, so a request whose answer got lost is simply sent again.
/// </summary>
internal static class EventsApi
{
    /// <summary>The most events a request.</summary>
    public const int MostEvents = 1_000;

    private const long MostBytes = 8 << 20;

    public static void Map(WebApplication app) =>
        app.MapPost("/api/v1/events", Take).AddEndpointFilter(async (context, next) => AuditApi.Refusal(context.HttpContext) ?? await next(context)).DisableAntiforgery();

    private static async Task<IResult> Take(HttpContext context, EventIntake intake, CancellationToken ct)
    {
        var request = context.Request;
        if (!request.HasJsonContentType()) return Problem(415, "not-json", "Send the events as application/json: one object, a list of them, or { \"events\": [...] }.");
        if (request.ContentLength > MostBytes) return TooLarge();
        JsonDocument document;
        try
        {
            // One byte more than may be: then the rest is not read.
            await using var body = new MemoryStream();
            var buffer = new byte[81_920];
            while (await request.Body.ReadAsync(buffer, ct) is > 0 and var read)
            {
                if (body.Length + read > MostBytes) return TooLarge();
                body.Write(buffer, 0, read);
            }

            body.Position = 0;
            document = await JsonDocument.ParseAsync(body, new JsonDocumentOptions { MaxDepth = 32 }, ct);
        }
        catch (JsonException e)
        {
            return Problem(400, "not-json", $"The body is no JSON: {e.Message}");
        }

        using (document)
        {
            if (Events(document.RootElement) is not { } events) return Problem(400, "no-events", "Send one event, a list of events, or { \"events\": [...] }. docs/events.md has examples.");
            if (events.Count == 0) return Problem(400, "no-events", "The list of events is empty: send 1 to 1,000.");
            if (events.Count > MostEvents) return Problem(413, "too-many-events", $"{events.Count} events in one request; {MostEvents} are the most. Send the rest in further requests.");
            try
            {
                var receipt = await intake.Take(events, "api", ct);
                return Results.Json(
                    new { accepted = receipt.Accepted, known = receipt.Known, problems = receipt.Problems.Select(p => new { index = p.Index, id = p.Id, problem = p.Problem }) },
                    // With nothing to keep, the request itself is at fault.
                    statusCode: receipt.Accepted + receipt.Known > 0 ? 202 : 400);
            }
            catch (StoreException e)
            {
                return Problem(503, "not-kept", $"The events were not kept; send them again. {e.Message}");
            }
        }
    }

    private static List<JsonElement>? Events(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => [.. root.EnumerateArray()],
        JsonValueKind.Object when root.TryGetProperty("events", out var list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null,
        JsonValueKind.Object => [root],
        _ => null,
    };

    private static IResult TooLarge() => Problem(413, "too-large", $"The body is larger than {MostBytes >> 20} MB. Send fewer events a request.");

    private static IResult Problem(int status, string type, string title) => Results.Problem(statusCode: status, type: $"/problems/{type}", title: title);
}
