using System.Globalization;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Control;

/// <summary>What tests and the demo do to the sandbox behind the vendors' backs. No part of any vendor's API, and without a token: it listens on this machine only.</summary>
public sealed class ControlApi(Changes changes, Trade trade, Faults faults)
{
    /// <summary>Maps the paths under <c>/_sandbox</c>.</summary>
    public void Map(RouteGroupBuilder root)
    {
        root.MapPost("/change", context => Act(context, changes.Change, "changed"));
        root.MapPost("/delete", context => Act(context, changes.Delete, "deleted"));
        root.MapPost("/orders", context => Act(context, trade.Order, "orders"));
        root.MapPost("/refunds", context => Act(context, trade.Refund, "refunds"));
        root.MapPost("/carts", context => Act(context, trade.Leave, "carts"));
        root.MapPost("/clicks", context => Act(context, trade.Click, "clicks"));
        root.MapGet("/state", State);
        root.MapPost("/faults", SetFaults);
        root.MapFallback(context =>
            Problem(
                context,
                404,
                "Known: POST change?count=N, POST delete?count=N, POST orders?count=N, POST refunds?count=N, POST carts?count=N, POST clicks?count=N, GET state, POST faults?share=S or ?source=NAME&kind=KIND&count=N."
            )
        );
    }

    private static Task Act(HttpContext context, Func<int, IReadOnlyList<RecordName>> act, string name)
    {
        if (!int.TryParse(context.Request.Query["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return Problem(context, 400, "count must be a whole number, as in ?count=10.");
        var done = act(count);
        return Reply.Json(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var record in done)
            {
                json.WriteStartObject();
                json.WriteString("source", record.Source);
                json.WriteString("stream", record.Stream);
                json.WriteString("external_id", record.ExternalId);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Task State(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        foreach (var source in changes.Living().GroupBy(r => r.Source))
        {
            json.WriteStartObject(source.Key);
            foreach (var stream in source.GroupBy(r => r.Stream))
            {
                json.WriteStartArray(stream.Key);
                foreach (var record in stream) json.WriteStringValue(record.ExternalId);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    private Task SetFaults(HttpContext context)
    {
        var query = context.Request.Query;
        if (double.TryParse(query["share"], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            faults.SetShare(share);
            return Told(context);
        }
        if (query["source"].ToString() is { Length: > 0 } source && Enum.TryParse<Fault>(query["kind"], ignoreCase: true, out var kind)
            && int.TryParse(query["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 100_000)
        {
            faults.Order(source, kind, count);
            return Told(context);
        }
        return Problem(
            context,
            400,
            $"Either share from 0 to 1, or source, kind ({string.Join(", ", Enum.GetNames<Fault>()).ToLowerInvariant()}) and count."
        );
    }

    private Task Told(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("share", faults.Share);
        json.WriteEndObject();
    });

    private static Task Problem(HttpContext context, int status, string detail) =>
        Reply.Json(context, status, json => Write(json, status, detail), "application/problem+json");

    private static void Write(Utf8JsonWriter json, int status, string detail)
    {
        json.WriteStartObject();
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }
}
