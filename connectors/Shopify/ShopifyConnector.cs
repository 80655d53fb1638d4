using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Shopify: customers, orders and abandoned checkouts of one shop. See README.md beside this file.</summary>
[Connector("shopify", "Shopify", NeedsToken = true)]
public sealed partial class ShopifyConnector : IConnector, IDiscover, IWebhooks
{
    private const int LargestPage = 250;

    /// <summary>Shopify refuses a query that could cost more, however full the bucket is.</summary>
    private const double LargestCost = 1000;

    /// <summary>The filter by time looks into an index that lags behind the data.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, Reading> Readings = new(StringComparer.Ordinal)
    {
        [Vocabulary.Streams.Contacts] = new("customers", Queries.Customers, FirstPage: 50, "read_customers"),
        [Vocabulary.Streams.Orders] = new("orders", Queries.Orders, FirstPage: 10, "read_orders"),
        [Vocabulary.Streams.Carts] = new("abandonedCheckouts", Queries.Carts, FirstPage: 10, "read_orders") { SortByTime = "ID" },
    };

    private static readonly (string Path, string Label)[] CustomerFields =
    [
        ("firstName", "First name"), ("lastName", "Last name"), ("defaultEmailAddress.emailAddress", "Email"), ("defaultEmailAddress.marketingState", "Email marketing"),
        ("defaultPhoneNumber.phoneNumber", "Phone"), ("defaultPhoneNumber.marketingState", "SMS marketing"), ("defaultAddress.company", "Company"), ("defaultAddress.address1", "Address 1"),
        ("defaultAddress.address2", "Address 2"), ("defaultAddress.city", "City"), ("defaultAddress.provinceCode", "Province"), ("defaultAddress.zip", "Postal code"),
        ("defaultAddress.countryCodeV2", "Country"), ("defaultAddress.phone", "Phone of the address"), ("locale", "Language"), ("note", "Note"), ("state", "Account state"),
        ("numberOfOrders", "Orders"), ("amountSpent.amount", "Amount spent"), ("updatedAt", "Updated"),
    ];

    private static readonly (string Path, string Label)[] OrderFields =
    [
        ("name", "Order number"), ("email", "Email"), ("customer.id", "Customer"), ("processedAt", "Placed"), ("cancelledAt", "Cancelled"), ("displayFinancialStatus", "Payment"),
        ("totalPriceSet.shopMoney.amount", "Total"), ("totalPriceSet.shopMoney.currencyCode", "Currency"), ("totalRefundedSet.shopMoney.amount", "Refunded"), ("updatedAt", "Updated"),
        ("test", "Test order"),
    ];

    private static readonly (string Path, string Label)[] CartFields =
    [
        ("customer.id", "Customer"), ("customer.defaultEmailAddress.emailAddress", "Email"), ("customer.defaultPhoneNumber.phoneNumber", "Phone"), ("abandonedCheckoutUrl", "Link to the checkout"),
        ("createdAt", "Begun"), ("updatedAt", "Updated"), ("completedAt", "Ordered"), ("totalPriceSet.shopMoney.amount", "Total"), ("totalPriceSet.shopMoney.currencyCode", "Currency"),
    ];

    private readonly SourceCalls calls;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly IShopifyApi api;
    private readonly IShopifyApi briefApi;
    private bool versionChecked;

    /// <summary>For one configured source.</summary>
    public ShopifyConnector(ConnectorContext context)
    {
        var url = context.Url
            ?? throw new ConnectorException(
                $"Source '{context.Source}' needs the shop's address: "
                + $"hub source add {context.Source} --connector shopify --url https://YOUR-SHOP.myshopify.com --token-env VARIABLE");
        url = PrivateAddresses.RequireTls(url, context.Source.Value);
        calls = new SourceCalls(context, "Shopify", url, () => new ShopifyPace(),
            "In Shopify open Settings > Apps and sales channels > Develop apps, give the app the Admin API scopes read_customers and read_orders, "
            + "let it see protected customer data, and install it.")
        {
            PublicOnly = url.Host.EndsWith(".myshopify.com", StringComparison.Ordinal),
        };
        (time, log) = (context.Time, context.Log);
        void Authorise(System.Net.Http.Headers.HttpRequestHeaders headers) => headers.Add("X-Shopify-Access-Token", context.Token);
        api = calls.Api<IShopifyApi>(ShopifyJson.Default, Authorise);
        briefApi = (calls with { Brief = true }).Api<IShopifyApi>(ShopifyJson.Default, Authorise);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StreamDescription> Streams { get; } =
        [new(Vocabulary.Streams.Contacts, DeletionStyle.ByAbsence), new(Vocabulary.Streams.Orders, DeletionStyle.ByAbsence), new(Vocabulary.Streams.Carts, DeletionStyle.ByAbsence)];

    /// <inheritdoc/>
    public IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, CancellationToken ct) =>
        Readings.TryGetValue(stream, out var reading)
            ? Pages(reading, SavedCursor.Read(cursor, ShopifyJson.Default.Cursor, calls), ct).Ahead(2, ct)
            : throw calls.Fault(null, $"there is no stream '{stream}'; there are: {string.Join(", ", Readings.Keys)}.");

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            foreach (var reading in Readings.Values)
                RefuseErrors(await JsonBody.Of(briefApi.Query(new GraphQuery(reading.Query, new Variables(1, null, null, "ID")), null, ct), ct), reading.Scope);
            return new CheckResult(true, "Shopify answers; customers, orders and abandoned checkouts can be read. Orders older than 60 days come only if the app has the scope read_all_orders too.");
        }
        catch (ConnectorException e)
        {
            return new CheckResult(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiscoveredField>> Discover(string stream, CancellationToken ct)
    {
        if (stream is Vocabulary.Streams.Orders or Vocabulary.Streams.Carts)
            return [.. (stream == Vocabulary.Streams.Orders ? OrderFields : CartFields).Select(f => new DiscoveredField(f.Path, f.Label, Custom: false))];
        var answer = await JsonBody.Of(api.Query(new GraphQuery(Queries.CustomerFields, new Variables(LargestPage, null, null, null)), null, ct), ct);
        RefuseErrors(answer, "read_customers");
        var definitions = answer.As(ShopifyJson.Default.DefinitionsAnswer).Data?.MetafieldDefinitions?.Nodes ?? [];
        return
        [
            .. CustomerFields.Select(f => new DiscoveredField(f.Path, f.Label, Custom: false)),
            .. definitions.Select(d => new DiscoveredField($"metafields.{d.Namespace}.{d.Key}", d.Name ?? d.Key, Custom: true)),
        ];
    }

    /// <inheritdoc/>
    public string WebhookGuide =>
        "In Shopify open Settings > Notifications > Webhooks, or the app's own, and add webhooks in the format JSON to {url} for the topics orders/create, orders/updated, refunds/create, checkouts/create, checkouts/update, "
        + "customers/create, customers/update and customers/delete. The secret is the one shown there, or the app's client secret.";

    /// <inheritdoc/>
    public bool VerifyWebhook(WebhookRequest request, string secret, DateTimeOffset now) =>
        request.Method == "POST" && WebhookSignature.IsBase64(secret, request.Body, request.Header("X-Shopify-Hmac-Sha256"));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookRows>> ParseWebhook(WebhookRequest request, CancellationToken ct)
    {
        var topic = request.Header("X-Shopify-Topic") ?? throw new FormatException("there is no header X-Shopify-Topic.");
        var rows = new List<WebhookRows>();
        foreach (var told in ShopifyWebhook.Read(topic, request.Body))
        {
            var row = told.Row is null && !told.Deleted ? await Ask(told, ct) : told.Row;
            rows.Add(new WebhookRows(told.Stream, [new RawRecord(told.Id, row, Deleted: row is null)]));
        }

        return rows;
    }

    /// <summary>A row that a webhook only names; null when it has gone since.</summary>
    private async Task<byte[]?> Ask(ShopifyWebhook.Told told, CancellationToken ct)
    {
        var (query, name) = told.Stream == Vocabulary.Streams.Orders ? (Queries.Order, "order") : (Queries.Customer, "customer");
        var answer = await JsonBody.Of(briefApi.Query(new GraphQuery(query, new Variables(null, null, null, null, told.Id)), null, ct), ct);
        RefuseErrors(answer, Readings[told.Stream].Scope);
        return answer.Raw("data", name) is { } row ? WithFlatMetafields(await WithAllItems(row, ct)) : null;
    }

    private async IAsyncEnumerable<PullPage> Pages(Reading reading, Cursor? saved, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var at = saved switch
        {
            null => new Cursor(now, null),
            { Done: true } => new Cursor(now, saved.Start - (long)Overlap.TotalSeconds),
            _ => saved,
        };
        var (size, costOfRow) = (reading.FirstPage, (double?)null);
        while (!at.Done)
        {
            var filter = at.Since is { } since ? $"updated_at:>='{DateTimeOffset.FromUnixTimeSeconds(since):yyyy-MM-ddTHH:mm:ssZ}'" : null;
            var request = new GraphQuery(reading.Query, new Variables(size, at.After, filter, filter is null ? "ID" : reading.SortByTime));
            var answer = await JsonBody.Of(api.Query(request, costOfRow * size, ct), ct);
            var said = answer.As(ShopifyJson.Default.Envelope);
            if (Has(said, "MAX_COST_EXCEEDED") && size > 1)
            {
                size /= 2;
                continue;
            }
            if (at.After is not null && said.Errors?.Any(e => e.Message?.Contains("cursor", StringComparison.OrdinalIgnoreCase) == true) == true)
            {
                at = at with { After = null };   // Shopify has forgotten the cursor, which was saved long ago: this pull from its beginning
                continue;
            }
            RefuseErrors(answer, reading.Scope);
            WarnOfOtherVersion(answer);
            if (at.After is null && answer.Date?.ToUnixTimeSeconds() is { } there && there < at.Start) at = at with { Start = there };

            var rows = answer.Rows(["data", reading.Name, "nodes"]);
            var records = new List<RawRecord>(rows.Count);
            foreach (var row in rows) records.Add(new RawRecord(Id(row), WithFlatMetafields(await WithAllItems(row, ct))));
            var more = answer.Text("data", reading.Name, "pageInfo", "hasNextPage") == "true" && rows.Count > 0;
            var end = answer.Text("data", reading.Name, "pageInfo", "endCursor");
            if (more && end is null) throw answer.Fault("the answer says that there is more, but not where. Ask Shopify's status page.");
            at = more ? at with { After = end } : new Cursor(at.Start, null, Done: true);
            (size, costOfRow) = NextSize(size, said.Extensions?.Cost);
            yield return new PullPage(records, SavedCursor.Write(at, ShopifyJson.Default.Cursor));
        }
    }

    /// <summary>As many rows as the price allows: no more than one query may cost, and no more than the bucket holds.</summary>
    private static (int Size, double? CostOfRow) NextSize(int size, QueryCost? cost)
    {
        if (cost is null || cost.RequestedQueryCost <= 0) return (LargestPage, null);
        var costOfRow = cost.RequestedQueryCost / size;
        var affordable = 0.9 * Math.Min(LargestCost, cost.ThrottleStatus?.MaximumAvailable ?? LargestCost);
        return (Math.Clamp((int)(affordable / costOfRow), 1, LargestPage), costOfRow);
    }

    private static void RefuseErrors(JsonBody answer, string scope)
    {
        var said = answer.As(ShopifyJson.Default.Envelope);
        if (said.Errors is not { Count: > 0 } errors) return;
        var texts = string.Join(" · ", errors.Select(e => e.Message).Distinct().Take(3));
        throw answer.Fault(Has(said, "ACCESS_DENIED")
            ? $"the app lacks the permission {scope} ({texts}). In Shopify open Settings > Apps and sales channels > Develop apps, "
                + $"give the app the Admin API scope {scope}, let it see protected customer data, and install it again."
            : $"Shopify did not answer the query ({texts}).");
    }

    private static bool Has(Envelope said, string code) => said.Errors?.Any(e => e.Extensions?.Code == code) == true;

    private void WarnOfOtherVersion(JsonBody answer)
    {
        if (versionChecked) return;
        versionChecked = true;
        if (answer.Header("X-Shopify-API-Version") is { } version && version != IShopifyApi.Version) OtherVersion(log, calls.Source, version, IShopifyApi.Version);
    }

    private string Id(byte[] row) => JsonRows.Text(row, "id") ?? throw calls.Fault(null, "a row in the answer has no id. Is the address that of the shop (--url)?");

    /// <summary>An order with more items than come with the list gets them by a query of its own.</summary>
    private async Task<byte[]> WithAllItems(byte[] row, CancellationToken ct)
    {
        if (JsonRows.Text(row, "lineItems", "pageInfo", "hasNextPage") != "true") return row;
        var answer = await JsonBody.Of(api.Query(new GraphQuery(Queries.OrderItems, new Variables(LargestPage, null, null, null, Id(row))), null, ct), ct);
        RefuseErrors(answer, "read_orders");
        return answer.Raw("data", "order", "lineItems") is { } items ? With(row, "lineItems", items) : row;   // the order may have been deleted since
    }

    /// <summary>Shopify's list of custom fields becomes an object by namespace and key, so that a mapping can name one: <c>metafields.custom.roast</c>.</summary>
    private static byte[] WithFlatMetafields(byte[] row)
    {
        if (JsonSerializer.Deserialize(row, ShopifyJson.Default.MetafieldsOfRow)?.Metafields?.Nodes is not { } fields) return row;
        var flat = new SortedDictionary<string, SortedDictionary<string, string?>>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!flat.TryGetValue(field.Namespace, out var keys)) flat[field.Namespace] = keys = new SortedDictionary<string, string?>(StringComparer.Ordinal);
            keys[field.Key] = field.Value;
        }
        return With(row, "metafields", JsonSerializer.SerializeToUtf8Bytes(flat, ShopifyJson.Default.SortedDictionaryStringSortedDictionaryStringString));
    }

    /// <summary>The row with another value for one of its members.</summary>
    private static byte[] With(byte[] row, string name, byte[] value)
    {
        var rest = JsonRows.Canonical(row, name);
        ReadOnlySpan<byte> comma = rest.Length > 2 ? ","u8 : [];
        return JsonRows.Canonical([.. rest.AsSpan(0, rest.Length - 1), .. comma, (byte)'"', .. Encoding.UTF8.GetBytes(name), .. "\":"u8, .. value, (byte)'}']);
    }

    [LoggerMessage(1201, LogLevel.Warning, "Source {Source}: Shopify answers with version {Answered} of its API instead of {Asked}, which has expired there; update the connector")]
    private static partial void OtherVersion(ILogger log, string source, string answered, string asked);

    /// <summary>How one stream is read.</summary>
    private sealed record Reading(string Name, string Query, int FirstPage, string Scope)
    {
        /// <summary>By what an incremental pull is sorted.</summary>
        public string SortByTime { get; init; } = "UPDATED_AT";
    }
}
