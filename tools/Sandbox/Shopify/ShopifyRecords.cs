using System.Globalization;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>A row of the shop that has an id and times.</summary>
public abstract class ShopifyRecord(long id, DateTimeOffset created)
{
    /// <summary>The number in its GID.</summary>
    public long Id { get; } = id;

    /// <summary>Customer or Order.</summary>
    public abstract string Kind { get; }

    /// <summary>The global id.</summary>
    public string Gid => $"gid://shopify/{Kind}/{Id}";

    /// <summary>createdAt, in whole seconds.</summary>
    public DateTimeOffset Created { get; } = Seconds(created);

    /// <summary>updatedAt, in whole seconds.</summary>
    public DateTimeOffset Updated { get; private set; } = Seconds(created);

    /// <summary>Sets updatedAt.</summary>
    public void Touch(DateTimeOffset at) => Updated = Seconds(at);

    /// <summary>ISO 8601 with Z and whole seconds.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Seconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}

/// <summary>A customer of the shop (Shopify's word).</summary>
public sealed class ShopifyCustomer(long id, DateTimeOffset created) : ShopifyRecord(id, created)
{
    /// <inheritdoc/>
    public override string Kind => "Customer";

    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }

    /// <summary>SUBSCRIBED, NOT_SUBSCRIBED, UNSUBSCRIBED, PENDING.</summary>
    public string EmailState { get; set; } = "NOT_SUBSCRIBED";

    /// <summary>E.164; Shopify keeps nothing else.</summary>
    public string? Phone { get; set; }
    public string SmsState { get; set; } = "NOT_SUBSCRIBED";
    public ShopifyAddress? Address { get; set; }
    public string? Note { get; set; }
    public string Locale { get; set; } = "en";
    public List<string> Tags { get; } = [];

    /// <summary>The shop's own fields: <c>custom.loyalty_tier</c>.</summary>
    public Dictionary<string, string> Metafields { get; } = new(StringComparer.Ordinal);

    /// <summary>Newest last.</summary>
    public List<ShopifyOrder> Orders { get; } = [];

    /// <summary>The name, or what else the admin shows.</summary>
    public string DisplayName => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Email ?? Phone ?? "";
}

/// <summary>A postal address as the checkout took it.</summary>
/// <param name="Address1">Street and number.</param><param name="Address2">Flat; null for none.</param><param name="City">City.</param>
/// <param name="Province">Region; null where the country has none.</param><param name="ProvinceCode">Its code; null where unknown.</param>
/// <param name="Zip">Postcode.</param><param name="CountryName">In English.</param><param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Company">Null for none.</param><param name="Phone">As typed; null for none.</param>
public sealed record ShopifyAddress(
    string? Address1,
    string? Address2,
    string? City,
    string? Province,
    string? ProvinceCode,
    string? Zip,
    string CountryName,
    string CountryCode,
    string? Company,
    string? Phone
);

/// <summary>One order.</summary>
public sealed class ShopifyOrder(long id, int number, DateTimeOffset created) : ShopifyRecord(id, created)
{
    /// <inheritdoc/>
    public override string Kind => "Order";

    /// <summary>1001 and on.</summary>
    public int Number => number;

    /// <summary>Null after the customer was deleted.</summary>
    public ShopifyCustomer? Customer { get; set; }
    public string? Email { get; init; }
    public ShopifyAddress? Address { get; init; }
    public required string Currency { get; init; }

    /// <summary>PAID, REFUNDED, PARTIALLY_REFUNDED, PENDING.</summary>
    public required string FinancialStatus { get; set; }

    /// <summary>When it was paid back, if it was: with the change that made it so.</summary>
    public DateTimeOffset RefundedAt { get; set; } = created;

    /// <summary>FULFILLED or UNFULFILLED.</summary>
    public required string FulfillmentStatus { get; set; }
    public required IReadOnlyList<ShopifyLine> Lines { get; init; }

    /// <summary>In cents.</summary>
    public long Shipping { get; init; }

    /// <summary>In cents.</summary>
    public long Subtotal => Lines.Sum(l => l.Price * l.Quantity);

    /// <summary>In cents.</summary>
    public long Total => Subtotal + Shipping;

    /// <summary>In cents.</summary>
    public long Refunded => FinancialStatus switch { "REFUNDED" => Total, "PARTIALLY_REFUNDED" => Lines[0].Price, _ => 0 };
}

/// <summary>A checkout that was begun and left.</summary>
public sealed class ShopifyCheckout(long id, DateTimeOffset created) : ShopifyRecord(id, created)
{
    /// <inheritdoc/>
    public override string Kind => "AbandonedCheckout";

    /// <summary>Null after the customer was deleted.</summary>
    public ShopifyCustomer? Customer { get; set; }

    /// <summary>When it became an order after all; null while it has not.</summary>
    public DateTimeOffset? Completed { get; set; }

    public required IReadOnlyList<ShopifyLine> Lines { get; set; }

    /// <summary>In cents.</summary>
    public long Total => Lines.Sum(l => l.Price * l.Quantity);
}

/// <summary>One line of an order; the price of one piece in cents.</summary>
public sealed record ShopifyLine(long Id, long ProductId, string Title, string Sku, int Quantity, long Price);
