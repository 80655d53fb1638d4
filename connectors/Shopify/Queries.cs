namespace IntegrationHub.Connectors.Shopify;

/// <summary>The queries, for the API of <see cref="IShopifyApi.Version"/>.</summary>
internal static class Queries
{
    private const string CustomerRow = """
        id legacyResourceId firstName lastName createdAt updatedAt state locale note tags numberOfOrders
        amountSpent { amount currencyCode }
        lastOrder { createdAt processedAt }
        defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt }
        defaultPhoneNumber { phoneNumber marketingState marketingOptInLevel marketingUpdatedAt }
        defaultAddress { firstName lastName company address1 address2 city province provinceCode zip countryCodeV2 phone }
        metafields(first: 25) { nodes { namespace key value } }
        """;

    private const string OrderRow = """
        id legacyResourceId name email phone createdAt updatedAt processedAt cancelledAt displayFinancialStatus test
        customer { id }
        totalPriceSet { shopMoney { amount currencyCode } }
        totalRefundedSet { shopMoney { amount currencyCode } }
        lineItems(first: 10) {
          nodes { title sku quantity originalUnitPriceSet { shopMoney { amount currencyCode } } }
          pageInfo { hasNextPage }
        }
        refunds(first: 10) { id createdAt totalRefundedSet { shopMoney { amount currencyCode } } }
        """;

    public const string Customers = $$"""
        query Customers($first: Int!, $after: String, $query: String, $sortKey: CustomerSortKeys) {
          customers(first: $first, after: $after, query: $query, sortKey: $sortKey) {
            nodes {
              {{CustomerRow}}
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    public const string Orders = $$"""
        query Orders($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys) {
          orders(first: $first, after: $after, query: $query, sortKey: $sortKey) {
            nodes {
              {{OrderRow}}
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    /// <summary>Shopify sorts checkouts by their id, not by the time of their change; the filter by time is there.</summary>
    public const string Carts = """
        query Carts($first: Int!, $after: String, $query: String, $sortKey: AbandonedCheckoutSortKeys) {
          abandonedCheckouts(first: $first, after: $after, query: $query, sortKey: $sortKey) {
            nodes {
              id createdAt updatedAt completedAt abandonedCheckoutUrl
              customer { id defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
              subtotalPriceSet { shopMoney { amount currencyCode } }
              totalPriceSet { shopMoney { amount currencyCode } }
              lineItems(first: 25) { nodes { title sku quantity originalUnitPriceSet { shopMoney { amount currencyCode } } } }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    /// <summary>One customer, in the shape of the list.</summary>
    public const string Customer = $$"""
        query Customer($id: ID!) {
          customer(id: $id) {
            {{CustomerRow}}
          }
        }
        """;

    /// <summary>One order, in the shape of the list.</summary>
    public const string Order = $$"""
        query Order($id: ID!) {
          order(id: $id) {
            {{OrderRow}}
          }
        }
        """;

    public const string OrderItems = """
        query OrderItems($first: Int!, $id: ID!) {
          order(id: $id) {
            lineItems(first: $first) {
              nodes { title sku quantity originalUnitPriceSet { shopMoney { amount currencyCode } } }
              pageInfo { hasNextPage }
            }
          }
        }
        """;

    public const string CustomerFields = """
        query CustomerFields($first: Int!) {
          metafieldDefinitions(first: $first, ownerType: CUSTOMER) { nodes { namespace key name } }
        }
        """;
}
