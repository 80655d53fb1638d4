using IntegrationHub.Connect.Http;
using Refit;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Shopify's Admin API: one address for all queries.</summary>
public interface IShopifyApi
{
    /// <summary>The version that the queries are written for. Shopify keeps one for a year, then answers with the next.</summary>
    const string Version = "2026-10";

    /// <summary>Runs one query. Only reading is done here, so it may be sent again.</summary>
    /// <param name="request">The query.</param>
    /// <param name="cost">What it will cost at most, in Shopify's points, as far as known.</param>
    /// <param name="ct">Cancels the call.</param>
    [Post("/admin/api/" + Version + "/graphql.json")]
    [Headers(CallMarks.Idempotent)]
    Task<HttpResponseMessage> Query([Body] GraphQuery request, [Property(ShopifyPace.ExpectedCost)] double? cost, CancellationToken ct);
}
