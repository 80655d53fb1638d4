using System.Globalization;
using IntegrationHub.Sandbox.Shopify.GraphQl;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>The part of the Admin API's schema that the stand-in has. A field that is not here is refused as Shopify refuses an unknown one.</summary>
public static class ShopifySchema
{
    private static readonly GraphArgument[] Paging =
        [new("first", "Int"), new("last", "Int"), new("after", "String"), new("before", "String"), new("reverse", "Boolean")];

    private static readonly GraphArgument Query = new("query", "String");

    private static readonly string[] CustomerSortKeys = ["CREATED_AT", "ID", "LOCATION", "NAME", "RELEVANCE", "UPDATED_AT"];
    private static readonly string[] OrderSortKeys =
    [
        "CREATED_AT",
        "CUSTOMER_NAME",
        "DESTINATION",
        "FINANCIAL_STATUS",
        "FULFILLMENT_STATUS",
        "ID",
        "ORDER_NUMBER",
        "PO_NUMBER",
        "PROCESSED_AT",
        "RELEVANCE",
        "TOTAL_ITEMS_QUANTITY",
        "TOTAL_PRICE",
        "UPDATED_AT",
    ];

    private static readonly string[] CheckoutSortKeys = ["CHECKOUT_ID", "CREATED_AT", "CUSTOMER_NAME", "ID", "RELEVANCE", "TOTAL_PRICE"];

    /// <summary>What a query runs on: the shop, and where warnings of its searches go.</summary>
    public sealed record Root(ShopifyShop Shop, List<SearchWarning> Warnings);

    /// <summary>The type of mutations: the stand-in has none, so that each is refused by name.</summary>
    public static GraphType Mutation { get; } = new("Mutation");

    /// <summary>The type of queries.</summary>
    public static GraphType QueryRoot { get; } = Make();

    private static GraphType Make()
    {
        var money = new GraphType("MoneyV2")
            .Scalar("amount", m => Decimal((long)m))
            .Scalar("currencyCode", _ => ShopifyShop.Currency);
        var moneyBag = new GraphType("MoneyBag").One("shopMoney", money, (m, _) => m).One("presentmentMoney", money, (m, _) => m);
        var address = Address();
        var customer = new GraphType("Customer");
        var order = new GraphType("Order");
        AddCustomer(customer, order, address, money);
        AddOrder(order, customer, address, moneyBag);
        var checkout = new GraphType("AbandonedCheckout");
        AddCheckout(checkout, customer, moneyBag);
        var plan = new GraphType("ShopPlan")
            .Scalar("displayName", _ => "Shopify Plus")
            .Scalar("partnerDevelopment", _ => true)
            .Scalar("shopifyPlus", _ => true);
        var shop = new GraphType("Shop")
            .Scalar("id", _ => "gid://shopify/Shop/62515")
            .Scalar("name", _ => "Sandbox Shop")
            .Scalar("email", _ => "owner@sandbox.example")
            .Scalar("myshopifyDomain", _ => "sandbox.myshopify.com")
            .Scalar("url", _ => "https://sandbox.myshopify.com")
            .Scalar("currencyCode", _ => ShopifyShop.Currency)
            .Scalar("ianaTimezone", _ => "Etc/UTC")
            .Scalar("contactEmail", _ => "owner@sandbox.example")
            .One("plan", plan, (s, _) => s);
        var count = new GraphType("Count").Scalar("count", c => (int)c).Scalar("precision", _ => "EXACT");
        var definition = new GraphType("MetafieldDefinition")
            .Scalar("namespace", d => ((MetafieldDefinition)d).Namespace)
            .Scalar("key", d => ((MetafieldDefinition)d).Key)
            .Scalar("name", d => ((MetafieldDefinition)d).Name);
        GraphArgument id = new("id", "ID", Required: true);
        return new GraphType("QueryRoot")
            .Connection(
                "metafieldDefinitions",
                definition,
                (_, a) =>
                    ShopifyShop.Cut(
                        CustomerDefinitions,
                        a,
                        d => ((MetafieldDefinition)d).Key,
                        cursor => CustomerDefinitions.FindIndex(d => ((MetafieldDefinition)d).Key == cursor) + 1
                    ),
                [.. Paging, new("ownerType", "MetafieldOwnerType", ["CUSTOMER", "ORDER", "PRODUCT"], Required: true)]
            )
            .One("shop", shop, (r, _) => r)
            .Connection(
                "customers",
                customer,
                (r, a) => ((Root)r).Shop.Page("Customer", a, ((Root)r).Warnings),
                [.. Paging, Query, new("sortKey", "CustomerSortKeys", CustomerSortKeys)]
            )
            .Connection(
                "orders",
                order,
                (r, a) => ((Root)r).Shop.Page("Order", a, ((Root)r).Warnings),
                [.. Paging, Query, new("sortKey", "OrderSortKeys", OrderSortKeys)]
            )
            .Connection(
                "abandonedCheckouts",
                checkout,
                (r, a) => ((Root)r).Shop.Page("AbandonedCheckout", a, ((Root)r).Warnings),
                [.. Paging, Query, new("sortKey", "AbandonedCheckoutSortKeys", CheckoutSortKeys)]
            )
            .One("customer", customer, (r, a) => Find(((Root)r).Shop.Customers, "Customer", a), id)
            .One("order", order, (r, a) => Find(((Root)r).Shop.Orders, "Order", a), id)
            .One("customersCount", count, (r, _) => ((Root)r).Shop.Customers.Count)
            .One("ordersCount", count, (r, _) => ((Root)r).Shop.Orders.Count);
    }

    private static void AddCustomer(GraphType type, GraphType order, GraphType address, GraphType money)
    {
        static ShopifyCustomer C(object o) => (ShopifyCustomer)o;
        var mail = new GraphType("CustomerEmailAddress")
            .Scalar("emailAddress", o => C(o).Email)
            .Scalar("marketingState", o => C(o).EmailState)
            .Scalar("validFormat", _ => true)
            .Scalar("marketingOptInLevel", o => OptIn(C(o).EmailState))
            .Scalar("marketingUpdatedAt", o => ConsentAt(C(o), C(o).EmailState))
            .Scalar("openTrackingLevel", _ => "UNKNOWN");
        var phone = new GraphType("CustomerPhoneNumber")
            .Scalar("phoneNumber", o => C(o).Phone).Scalar("marketingState", o => C(o).SmsState).Scalar("marketingCollectedFrom", _ => "SHOPIFY")
            .Scalar("marketingOptInLevel", o => OptIn(C(o).SmsState)).Scalar("marketingUpdatedAt", o => ConsentAt(C(o), C(o).SmsState));
        var mailConsent = Consent("CustomerEmailMarketingConsentState", c => c.EmailState);
        var smsConsent = Consent("CustomerSmsMarketingConsentState", c => c.SmsState);
        var metafield = new GraphType("Metafield")
            .Scalar("id", m => ((Metafield)m).Id)
            .Scalar("namespace", m => ((Metafield)m).Namespace)
            .Scalar("key", m => ((Metafield)m).Key)
            .Scalar("value", m => ((Metafield)m).Value)
            .Scalar("type", _ => "single_line_text_field");
        type.Scalar("id", o => C(o).Gid)
            .Scalar("legacyResourceId", o => C(o).Id.ToString(CultureInfo.InvariantCulture))
            .Scalar("firstName", o => C(o).FirstName)
            .Scalar("lastName", o => C(o).LastName)
            .Scalar("displayName", o => C(o).DisplayName)
            .Scalar("email", o => C(o).Email)
            .Scalar("phone", o => C(o).Phone)
            .Scalar("createdAt", o => ShopifyRecord.Stamp(C(o).Created))
            .Scalar("updatedAt", o => ShopifyRecord.Stamp(C(o).Updated))
            .Scalar("note", o => C(o).Note)
            .Scalar("locale", o => C(o).Locale)
            .Scalar("state", _ => "DISABLED")
            .Scalar("verifiedEmail", o => C(o).Email is not null)
            .Scalar("taxExempt", _ => false)
            .Scalar("tags", o => C(o).Tags)
            .Scalar("numberOfOrders", o => C(o).Orders.Count.ToString(CultureInfo.InvariantCulture))
            .Scalar("validEmailAddress", o => C(o).Email is not null)
            .Scalar("canDelete", o => C(o).Orders.Count == 0)
            .One("amountSpent", money, (o, _) => C(o).Orders.Sum(x => x.Total - x.Refunded))
            .One("defaultEmailAddress", mail, (o, _) => C(o).Email is null ? null : o)
            .One("defaultPhoneNumber", phone, (o, _) => C(o).Phone is null ? null : o)
            .One("emailMarketingConsent", mailConsent, (o, _) => C(o).Email is null ? null : o)
            .One("smsMarketingConsent", smsConsent, (o, _) => C(o).Phone is null ? null : o)
            .One("defaultAddress", address, (o, _) => C(o).Address is null ? null : new Addressed(C(o)))
            .Many("addresses", address, (o, a) => Addresses(C(o)).Take(a.Number("first") ?? 250), new GraphArgument("first", "Int"))
            .Connection("addressesV2", address, (o, a) => ShopifyShop.Cut(Addresses(C(o)), a, _ => $"address-{C(o).Id}", _ => 1), Paging)
            .Connection(
                "metafields",
                metafield,
                (o, a) =>
                    ShopifyShop.Cut(
                        Metafields(C(o), a.Text("namespace")),
                        a,
                        m => ((Metafield)m).Id,
                        cursor => Metafields(C(o), a.Text("namespace")).FindIndex(m => ((Metafield)m).Id == cursor) + 1
                    ),
                [.. Paging, new("namespace", "String")]
            )
            .One(
                "metafield",
                metafield,
                (o, a) => Metafields(C(o), a.Text("namespace")).Find(m => ((Metafield)m).Key == a.Text("key")),
                new GraphArgument("namespace", "String"),
                new GraphArgument("key", "String", Required: true)
            )
            .One("lastOrder", order, (o, _) => C(o).Orders.LastOrDefault())
            .Connection(
                "orders",
                order,
                (o, a) => ShopifyShop.Cut(C(o).Orders, a, x => ((ShopifyOrder)x).Gid, cursor => C(o).Orders.FindIndex(x => x.Gid == cursor) + 1),
                Paging
            );
    }

    private static void AddOrder(GraphType type, GraphType customer, GraphType address, GraphType money)
    {
        static ShopifyOrder O(object o) => (ShopifyOrder)o;
        static ShopifyLine L(object o) => (ShopifyLine)o;
        var product = new GraphType("Product").Scalar("id", l => $"gid://shopify/Product/{L(l).ProductId}").Scalar("title", l => L(l).Title);
        var variant = new GraphType("ProductVariant")
            .Scalar("id", l => $"gid://shopify/ProductVariant/{L(l).ProductId}")
            .Scalar("sku", l => L(l).Sku);
        var line = new GraphType("LineItem")
            .Scalar("id", l => $"gid://shopify/LineItem/{L(l).Id}")
            .Scalar("title", l => L(l).Title)
            .Scalar("name", l => L(l).Title)
            .Scalar("sku", l => L(l).Sku)
            .Scalar("quantity", l => L(l).Quantity)
            .Scalar("currentQuantity", l => L(l).Quantity)
            .Scalar("vendor", _ => "Sandbox Goods")
            .One("originalUnitPriceSet", money, (l, _) => L(l).Price)
            .One("discountedUnitPriceSet", money, (l, _) => L(l).Price)
            .One("originalTotalSet", money, (l, _) => L(l).Price * L(l).Quantity)
            .One("discountedTotalSet", money, (l, _) => L(l).Price * L(l).Quantity)
            .One("product", product, (l, _) => l)
            .One("variant", variant, (l, _) => l);
        var refund = new GraphType("Refund")
            .Scalar("id", o => $"gid://shopify/Refund/{O(o).Id + 1}")
            .Scalar("createdAt", o => ShopifyRecord.Stamp(O(o).RefundedAt))
            .Scalar("note", _ => "")
            .One("totalRefundedSet", money, (o, _) => O(o).Refunded);
        type.Scalar("id", o => O(o).Gid)
            .Scalar("legacyResourceId", o => O(o).Id.ToString(CultureInfo.InvariantCulture))
            .Scalar("name", o => $"#{O(o).Number}")
            .Scalar("createdAt", o => ShopifyRecord.Stamp(O(o).Created))
            .Scalar("updatedAt", o => ShopifyRecord.Stamp(O(o).Updated))
            .Scalar("processedAt", o => ShopifyRecord.Stamp(O(o).Created))
            .Scalar("cancelledAt", _ => null)
            .Scalar("closedAt", _ => null)
            .Scalar("displayFinancialStatus", o => O(o).FinancialStatus)
            .Scalar("displayFulfillmentStatus", o => O(o).FulfillmentStatus)
            .Scalar("email", o => O(o).Email)
            .Scalar("phone", _ => null)
            .Scalar("currencyCode", o => O(o).Currency)
            .Scalar("presentmentCurrencyCode", o => O(o).Currency)
            .Scalar("tags", _ => Array.Empty<string>())
            .Scalar("test", _ => false)
            .Scalar("note", _ => null)
            .Scalar("sourceName", _ => "web")
            .Scalar("confirmed", _ => true)
            .One("customer", customer, (o, _) => O(o).Customer)
            .One("totalPriceSet", money, (o, _) => O(o).Total)
            .One("subtotalPriceSet", money, (o, _) => O(o).Subtotal)
            .One("currentTotalPriceSet", money, (o, _) => O(o).Total - O(o).Refunded)
            .One("totalShippingPriceSet", money, (o, _) => O(o).Shipping)
            .One("totalRefundedSet", money, (o, _) => O(o).Refunded)
            .One("totalDiscountsSet", money, (_, _) => 0L)
            .One("totalTaxSet", money, (o, _) => O(o).Subtotal * 19 / 119)
            .One("shippingAddress", address, (o, _) => O(o).Address is null ? null : new Addressed(O(o)))
            .One("billingAddress", address, (o, _) => O(o).Address is null ? null : new Addressed(O(o)))
            .Connection(
                "lineItems",
                line,
                (o, a) =>
                    ShopifyShop.Cut(O(o).Lines, a, l => $"line-{L(l).Id}", cursor => O(o).Lines.TakeWhile(l => $"line-{l.Id}" != cursor).Count() + 1),
                Paging
            )
            .Many("refunds", refund, (o, a) => (O(o).Refunded > 0 ? new object[] { o } : []).Take(a.Number("first") ?? 250), new GraphArgument("first", "Int"));
    }

    private static void AddCheckout(GraphType type, GraphType customer, GraphType money)
    {
        static ShopifyCheckout K(object o) => (ShopifyCheckout)o;
        static ShopifyLine L(object o) => (ShopifyLine)o;
        var line = new GraphType("AbandonedCheckoutLineItem")
            .Scalar("id", l => $"gid://shopify/AbandonedCheckoutLineItem/{L(l).Id}")
            .Scalar("title", l => L(l).Title)
            .Scalar("sku", l => L(l).Sku)
            .Scalar("quantity", l => L(l).Quantity)
            .One("originalUnitPriceSet", money, (l, _) => L(l).Price)
            .One("originalTotalPriceSet", money, (l, _) => L(l).Price * L(l).Quantity);
        type.Scalar("id", o => K(o).Gid)
            .Scalar("name", o => $"#{K(o).Id}")
            .Scalar("createdAt", o => ShopifyRecord.Stamp(K(o).Created))
            .Scalar("updatedAt", o => ShopifyRecord.Stamp(K(o).Updated))
            .Scalar("completedAt", o => K(o).Completed is { } at ? ShopifyRecord.Stamp(at) : null)
            .Scalar("abandonedCheckoutUrl", o => $"https://sandbox.myshopify.com/62515/checkouts/ac/{K(o).Id}/recover")
            .Scalar("note", _ => "")
            .Scalar("taxesIncluded", _ => true)
            .One("customer", customer, (o, _) => K(o).Customer)
            .One("subtotalPriceSet", money, (o, _) => K(o).Total)
            .One("totalPriceSet", money, (o, _) => K(o).Total)
            .Connection(
                "lineItems",
                line,
                (o, a) =>
                    ShopifyShop.Cut(K(o).Lines, a, l => $"line-{L(l).Id}", cursor => K(o).Lines.TakeWhile(l => $"line-{l.Id}" != cursor).Count() + 1),
                Paging
            );
    }

    private static GraphType Address() =>
        new GraphType("MailingAddress")
            .Scalar("id", a => $"gid://shopify/MailingAddress/{((Addressed)a).Of.Id}?model_name=CustomerAddress")
            .Scalar("address1", a => At(a).Address1)
            .Scalar("address2", a => At(a).Address2)
            .Scalar("city", a => At(a).City)
            .Scalar("province", a => At(a).Province)
            .Scalar("provinceCode", a => At(a).ProvinceCode)
            .Scalar("zip", a => At(a).Zip)
            .Scalar("country", a => At(a).CountryName)
            .Scalar("countryCodeV2", a => At(a).CountryCode)
            .Scalar("company", a => At(a).Company)
            .Scalar("phone", a => At(a).Phone)
            .Scalar("firstName", a => ((Addressed)a).Who?.FirstName)
            .Scalar("lastName", a => ((Addressed)a).Who?.LastName)
            .Scalar("name", a => ((Addressed)a).Who?.DisplayName)
            .Scalar("formatted", a => new[] { At(a).Address1, At(a).Address2, $"{At(a).Zip} {At(a).City}", At(a).CountryName }.OfType<string>());

    private static GraphType Consent(string name, Func<ShopifyCustomer, string> state) => new GraphType(name)
        .Scalar("marketingState", o => state((ShopifyCustomer)o)).Scalar("marketingOptInLevel", o => OptIn(state((ShopifyCustomer)o)))
        .Scalar("consentUpdatedAt", o => ConsentAt((ShopifyCustomer)o, state((ShopifyCustomer)o)));

    private static string? OptIn(string state) => state == "NOT_SUBSCRIBED" ? null : "SINGLE_OPT_IN";

    private static string? ConsentAt(ShopifyCustomer customer, string state) =>
        state == "NOT_SUBSCRIBED" ? null : ShopifyRecord.Stamp(customer.Created);

    private static ShopifyAddress At(object addressed) => ((Addressed)addressed).Value;

    private static List<object> Addresses(ShopifyCustomer customer) => customer.Address is null ? [] : [new Addressed(customer)];

    private static List<object> Metafields(ShopifyCustomer customer, string? space) =>
        [
            .. customer
                .Metafields.Where(m => space is null || m.Key.StartsWith(space + ".", StringComparison.Ordinal))
                .Select(m => new Metafield(customer.Id, m.Key, m.Value)),
        ];

    private static object? Find<T>(IReadOnlyDictionary<long, T> rows, string kind, Arguments arguments) where T : ShopifyRecord
    {
        var prefix = $"gid://shopify/{kind}/";
        var gid = arguments.Text("id") ?? "";
        if (
            !gid.StartsWith(prefix, StringComparison.Ordinal)
            || !long.TryParse(gid.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        )
            throw arguments.Wrong($"Invalid global id '{gid}'", "INVALID_FIELD_ARGUMENTS");
        return rows.GetValueOrDefault(id);
    }

    private static string Decimal(long cents) => (cents / 100m).ToString("0.0#", CultureInfo.InvariantCulture);

    private sealed record Metafield(long Owner, string Name, string Value)
    {
        public string Id => $"gid://shopify/Metafield/{Owner}{Name.Length}";
        public string Namespace => Name[..Name.IndexOf('.')];
        public string Key => Name[(Name.IndexOf('.') + 1)..];
    }

    private static readonly List<object> CustomerDefinitions =
        [new MetafieldDefinition("custom", "birth_date", "Birth date"), new MetafieldDefinition("custom", "loyalty_tier", "Loyalty tier")];

    private sealed record MetafieldDefinition(string Namespace, string Key, string Name);

    private sealed record Addressed(ShopifyRecord Of)
    {
        public ShopifyCustomer? Who => Of as ShopifyCustomer ?? (Of as ShopifyOrder)?.Customer;
        public ShopifyAddress Value => (Of is ShopifyCustomer c ? c.Address : ((ShopifyOrder)Of).Address)!;
    }
}
