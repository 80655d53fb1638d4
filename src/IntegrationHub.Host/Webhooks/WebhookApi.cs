using IntegrationHub.Connect;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationHub.Host.Webhooks;

/// <summary>
/// <c>/webhooks/SOURCE</c>: what vendors send by themselves. Open to everybody who has the source's secret: signature and age are checked before the body is read, and the answer comes when what it tells is on the disk.
/// A source without a secret has no such address.
/// </summary>
internal static class WebhookApi
{
    /// <summary>More than any vendor sends in one request.</summary>
    public const int MostBytes = 4 << 20;

    public static void Map(WebApplication app) => app.MapMethods("/webhooks/{source}", ["GET", "POST"], Take).DisableAntiforgery();

    private static async Task<IResult> Take(HttpContext context, TakeWebhook webhooks, EngineSettings settings, IHostApplicationLifetime life, string source, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.ContentLength > MostBytes || await Body(context.Request.Body, ct) is not { } body) return Results.Problem(statusCode: 413, type: "/problems/too-large", title: $"The body is larger than {MostBytes >> 20} MB.");
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.FirstOrDefault() ?? "", StringComparer.OrdinalIgnoreCase);
        var receipt = await webhooks.Take(source, new WebhookRequest(context.Request.Method, AddressOf(context, settings), headers, body), ct);
        // Whoever sent it need not wait for this; should it fail, the next sync does it.
        if (receipt.HasRecords) context.Response.OnCompleted(() => webhooks.Resolve(source, life.ApplicationStopping));
        return receipt.Answer switch
        {
            WebhookAnswer.Kept => Results.Json(new { rows = receipt.Rows, events = receipt.Events }),
            WebhookAnswer.Refused => Results.Problem(statusCode: 401, type: "/problems/not-signed", title: "The signature is not that of this source's secret, or too old."),
            WebhookAnswer.Unreadable => Results.Problem(statusCode: 400, type: "/problems/not-read", title: "The body is not what this system sends."),
            WebhookAnswer.NotNow => Results.Problem(statusCode: 503, type: "/problems/not-kept", title: "It was not kept; send it again."),
            _ => Results.NotFound(),
        };
    }

    /// <summary>The address as the vendor called it, which some sign: behind a proxy it is not the one that arrives here.</summary>
    private static Uri AddressOf(HttpContext context, EngineSettings settings)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] raw ? raw : context.Request.Path + context.Request.QueryString;
        return new Uri(settings.Delivery.PublicUrl.AbsoluteUri.TrimEnd('/') + target);
    }

    /// <summary>Null when there is more than may be.</summary>
    private static async Task<byte[]?> Body(Stream from, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[81_920];
        while (await from.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (body.Length + read > MostBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
