using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Sending;

public sealed class CatalogueTests
{
    private static readonly Catalogue Shop = new(
    [
        Of("POT", "tea", "COSY LEAF"), Of("COSY", "tea"), Of("LEAF", "tea"), Of("CUP", "tea"), Of("MILL", "coffee", "BEANS"), Of("BEANS", "coffee"), Of("LAMP", null),
    ]);

    private static Product Of(string sku, string? category, string goesWith = "") => new(sku, sku.ToLowerInvariant(), category, 1000, "EUR", null, null, [.. goesWith.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static HubEvent Order(string at, params string[] skus) => Event("order.placed", at, $$"""{"items":[{{string.Join(',', skus.Select(s => $"{{\"sku\":\"{s}\"}}"))}}]}""");

    private static string[] Offered(params HubEvent[] orders) =>
        [.. Shop.CrossSell(View(Set("2026-01-01"), Contact() with { Events = EventLog.Of(orders) }, Utc("2026-06-01"))).Select(p => p.Sku)];

    [Fact]
    public void What_goes_with_the_order_comes_first_then_its_category_then_the_rest()
    {
        Assert.Equal(["COSY", "LEAF", "CUP"], Offered(Order("2026-05-31", "POT")));
        Assert.Equal(["BEANS", "POT", "COSY"], Offered(Order("2026-05-31", "MILL")));
    }

    [Fact]
    public void What_was_bought_within_a_year_is_not_offered_by_number_or_by_name()
    {
        Assert.Equal(["LEAF", "CUP", "MILL"], Offered(Order("2025-07-01", "COSY"), Order("2026-05-31", "POT")));
        Assert.Equal(["COSY", "LEAF", "CUP"], Offered(Order("2025-05-01", "COSY"), Order("2026-05-31", "POT")));
        Assert.Equal(["LEAF", "CUP", "MILL"], Offered(Event("order.placed", "2026-05-31", """{"items":[{"sku":"shop-77","name":"Cosy"},{"sku":"pot"}]}""")));
    }

    [Fact]
    public void Who_has_all_is_offered_nothing() => Assert.Empty(Offered(Order("2026-05-31", "POT", "COSY", "LEAF", "CUP", "MILL", "BEANS", "LAMP")));

    [Fact]
    public void A_product_that_the_catalogue_does_not_know_leads_to_the_first_of_the_list() => Assert.Equal(["POT", "COSY", "LEAF"], Offered(Order("2026-05-31", "UNKNOWN")));
}
