using System.Net;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Actions;

namespace IntegrationHub.Host.Api;

/// <summary><c>/api/v1/audits</c>: run an audit, read the last one. For this machine only, as long as there is no sign-in.</summary>
internal static class AuditApi
{
    private static readonly Actor Api = new("api", Role.Viewer);

    public static void Map(WebApplication app)
    {
        var audits = app.MapGroup("/api/v1/audits");
        audits.AddEndpointFilter(async (context, next) => Refusal(context.HttpContext) ?? await next(context));
        audits.MapGet("", Last);
        audits.MapPost("", Run);
    }

    private static async Task<IResult> Last(RunAudit audit, string? source, string? workflow, CancellationToken ct)
    {
        var scope = source is not null ? $"source:{source}" : workflow is not null ? $"workflow:{workflow}" : "all";
        return await audit.Last(scope, ct) is { } report
            ? Json(report)
            : Results.Problem(statusCode: 404, type: "/problems/no-audit-yet", title: $"There is no audit of {scope} yet. POST to the same address runs one.");
    }

    private static async Task<IResult> Run(RunAudit audit, string? source, string? workflow, CancellationToken ct)
    {
        try
        {
            return Json((await audit.Run(new AuditRequest(source, workflow), Api, ct)).Report);
        }
        catch (NotPossibleException e)
        {
            return Results.Problem(statusCode: 404, type: "/problems/no-such-scope", title: e.Message);
        }
    }

    private static IResult Json(AuditReport report) => Results.Text(AuditJson.Render(report), "application/json");

    /// <summary>Asked by name or by a page of elsewhere, a browser on this machine would be the door for strangers.</summary>
    internal static IResult? Refusal(HttpContext context)
    {
        var caller = context.Connection.RemoteIpAddress;
        var isLocal = caller is not null && IPAddress.IsLoopback(caller) && IsLoopback(context.Request.Host.Host);
        var isForeignPage = context.Request.Headers.Origin is [{ } origin, ..] && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host));
        return isLocal && !isForeignPage
            ? null
            : Results.Problem(statusCode: 403, type: "/problems/not-from-this-machine", title: "The API answers requests of this machine only, sent to localhost.");
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
