using IntegrationHub.Store;

namespace IntegrationHub.Host.Api;

/// <summary>Whether the process lives, and whether it can work.</summary>
internal static class Health
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", async (HubStore store, CancellationToken ct) =>
        {
            try
            {
                return await store.IsCurrent(ct)
                    ? Results.Text("ready")
                    : Results.Problem(statusCode: 503, type: "/problems/database-not-current", title: "The database is not of this version. Run: hub db migrate");
            }
            catch (StoreException e)
            {
                return Results.Problem(statusCode: 503, type: "/problems/database-unusable", title: e.Message);
            }
        });
    }
}
