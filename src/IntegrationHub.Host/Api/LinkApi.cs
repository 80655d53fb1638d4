using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Workflows;

namespace IntegrationHub.Host.Api;

/// <summary>
/// The links in messages: <c>/u/TOKEN</c> to unsubscribe, <c>/c/TOKEN</c> to follow a link. Open to everybody: the token is signed. Looking at the first changes nothing, since
/// mail scanners look at every link; only a POST unsubscribes, from the page or as RFC 8058's one click.
/// </summary>
internal static partial class LinkApi
{
    public static void Map(WebApplication app)
    {
        app.MapMethods("/u/{token}", ["GET", "HEAD"], Ask);
        app.MapPost("/u/{token}", Unsubscribe).DisableAntiforgery();
        app.MapMethods("/c/{token}", ["GET", "HEAD"], Follow);
    }

    private static IResult Ask(HttpContext context, MessageLinks links, string token) => links.Read(token) is LinkToken.Unsubscribe link
        ? Page(context, 200, "Unsubscribe", $"""
            <p>Shall we stop sending you {What(link)}?</p>
            <form method="post"><button type="submit">Yes, unsubscribe</button></form>
            <p class="small">If you do nothing, nothing changes.</p>
            """)
        : NotOurs(context);

    private static async Task<IResult> Unsubscribe(HttpContext context, MessageLinks links, string token, CancellationToken ct)
    {
        if (links.Read(token) is not LinkToken.Unsubscribe link) return NotOurs(context);
        // What stands in the body does not matter, so it is not even read: the token says it all.
        await links.Unsubscribe(link, ct);
        return Page(context, 200, "You are unsubscribed", $"<p>We will send you no more {What(link)}. You can close this page.</p>");
    }

    private static async Task<IResult> Follow(HttpContext context, MessageLinks links, ILoggerFactory logs, string token, CancellationToken ct)
    {
        var link = links.Read(token);
        if (link is not (LinkToken.Click or LinkToken.Trap)) return NotOurs(context);
        var agent = context.Request.Headers.UserAgent is [{ Length: > 0 } named, ..] ? named : null;
        try
        {
            await links.Visit(link, context.Request.Method, agent, ct);
        }
        catch (IOException e)
        {
            // Whoever follows a link wants the page; a full disk must not keep them from it.
            NotCounted(logs.CreateLogger(typeof(LinkApi)), link.Key.Value, e.Message);
        }
        catch (StoreException e)
        {
            NotCounted(logs.CreateLogger(typeof(LinkApi)), link.Key.Value, e.Message);
        }

        if (link is not LinkToken.Click click) return Page(context, 200, "Nothing to see here", "<p>This link leads nowhere.</p>");
        Quiet(context);
        return Results.Redirect(click.Url);
    }

    [LoggerMessage(1331, LogLevel.Error, "A click on message {Key} led on and could not be counted: {Reason}")]
    private static partial void NotCounted(ILogger log, string key, string reason);

    private static string What(LinkToken.Unsubscribe link) => link.Channel == Vocabulary.Channel.Email ? "mails like this one" : "text messages like this one";

    private static IResult NotOurs(HttpContext context) =>
        Page(context, 404, "This link is not valid", "<p>It was perhaps cut off on its way. Take it from the message again, or answer the message: a person will see to it.</p>");

    private static IResult Page(HttpContext context, int status, string title, string text)
    {
        Quiet(context);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        return Results.Text(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{{title}}</title>
            <style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:4em auto;padding:0 1em;color:#1f2328;background:#fff}button{font:inherit;padding:.6em 1.2em;border:0;border-radius:6px;background:#0b57d0;color:#fff;cursor:pointer}.small{color:#57606a;font-size:.85em}</style>
            </head>
            <body>
            <main>
            <h1>{{title}}</h1>
            {{text}}
            </main>
            </body>
            </html>

            """, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>A token in an address is nobody else's business: no cache, no referrer.</summary>
    private static void Quiet(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
    }
}
