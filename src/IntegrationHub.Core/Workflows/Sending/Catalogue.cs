using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>A product of the shop.</summary>
/// <param name="Sku">The shop's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">What kind it is of; null when nobody says.</param>
/// <param name="PriceMinor">Its price in minor units; null when unknown.</param>
/// <param name="Currency">ISO 4217; null when unknown.</param>
/// <param name="Url">Its page.</param>
/// <param name="Description">A sentence about it.</param>
/// <param name="GoesWith">Numbers of products that it goes well with, the best first.</param>
public sealed record Product(string Sku, string Name, string? Category, long? PriceMinor, string? Currency, string? Url, string? Description, ImmutableArray<string> GoesWith);

/// <summary>The products that may be named to contacts.</summary>
/// <param name="Products">In the order of the file.</param>
public sealed record Catalogue(ImmutableArray<Product> Products)
{
    private const int Most = 3;

    // What was bought so lately is not offered again.
    private static readonly TimeSpan Lately = TimeSpan.FromDays(365);

    /// <summary>No product.</summary>
    public static Catalogue Empty { get; } = new([]);

    /// <summary>What goes well with the contact's last order: products named for what was bought, then others of the same category, then any; never what was bought within a year.</summary>
    public ImmutableArray<TemplateProduct> CrossSell(ContactView view)
    {
        var order = view.Trigger is { Type: EventTypes.OrderPlaced } trigger ? trigger : view.Events.Latest(EventTypes.OrderPlaced);
        var bought = view.Events.LatestFirst().Where(e => e.Type == EventTypes.OrderPlaced && e.At >= view.Now - Lately).SelectMany(e => e.Properties.Items).ToList();
        var own = order is null ? [] : order.Properties.Items.Select(i => Find(i.Sku, i.Name)).OfType<Product>().ToList();
        var named = own.SelectMany(p => p.GoesWith).Select(sku => Find(sku, sku)).OfType<Product>();
        var alike = Products.Where(p => p.Category is not null && own.Any(o => o.Category == p.Category));
        return
        [
            .. named.Concat(alike).Concat(Products).Where(p => !bought.Any(b => Is(p, b.Sku, b.Name))).DistinctBy(p => p.Sku, StringComparer.OrdinalIgnoreCase).Take(Most)
                .Select(p => new TemplateProduct(p.Sku, p.Name, p.PriceMinor, p.Currency, p.Url, null, p.Description)),
        ];
    }

    private Product? Find(string sku, string name) => Products.FirstOrDefault(p => Is(p, sku, name));

    private static bool Is(Product product, string sku, string name) =>
        string.Equals(product.Sku, sku, StringComparison.OrdinalIgnoreCase) || string.Equals(product.Name, name, StringComparison.OrdinalIgnoreCase);
}
