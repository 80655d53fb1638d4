using System.Text.Json;

namespace IntegrationHub.Tests.Sandbox;

public sealed class ShopifyStandInTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task A_wrong_token_is_refused_with_a_text_for_errors()
    {
        var answer = await sandbox.Shopify("{ shop { name } }", token: "shpat_wrong");
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("[API] Invalid API key or access token", answer.TextAt("errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_has_the_data_asked_for_and_what_it_cost()
    {
        var answer = await sandbox.Shopify("query Shop { shop { name currency: currencyCode __typename } }");
        Assert.Equal(["name", "currency", "__typename"], answer.At("data", "shop").EnumerateObject().Select(p => p.Name));
        Assert.Equal("Shop", answer.TextAt("data", "shop", "__typename"));
        Assert.Equal(1, answer.At("extensions", "cost", "requestedQueryCost").GetInt32());
        Assert.Equal("2026-10", answer.Headers["X-Shopify-API-Version"]);
    }

    [Fact]
    public async Task A_page_of_customers_has_the_wire_shape_of_the_Admin_API()
    {
        var customer = (await sandbox.Shopify("""
            { customers(first: 1, query: "country:Germany") { nodes {
              id legacyResourceId firstName lastName createdAt updatedAt tags numberOfOrders amountSpent { amount currencyCode }
              defaultEmailAddress { emailAddress marketingState } defaultAddress { address1 city zip countryCodeV2 company } } } }
            """)).At("data", "customers", "nodes", 0);
        Assert.Equal($"gid://shopify/Customer/{customer.GetProperty("legacyResourceId").GetString()}", customer.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.String, customer.GetProperty("numberOfOrders").ValueKind);
        Assert.Equal(JsonValueKind.String, customer.GetProperty("amountSpent").GetProperty("amount").ValueKind);
        Assert.Equal("DE", customer.GetProperty("defaultAddress").GetProperty("countryCodeV2").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", customer.GetProperty("updatedAt").GetString());
    }

    [Fact]
    public async Task Customers_changed_since_an_instant_come_in_the_order_of_their_change()
    {
        var found = (
            await sandbox.Shopify(
                """
                query Changed($q: String!) { customers(first: 200, query: $q, sortKey: UPDATED_AT) { edges { cursor node { id updatedAt } } } }
                """,
                new { q = "updated_at:>='2026-06-01T00:00:00Z' AND updated_at:<2026-09-01" }
            )
        ).At("data", "customers", "edges").EnumerateArray().Select(e => e.GetProperty("node")).ToList();
        var expected = sandbox
            .Server.Estate.Shopify.Customers.Values.Where(c =>
                c.Updated >= new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)
                && c.Updated < new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero)
            )
            .OrderBy(c => c.Updated)
            .ThenBy(c => c.Id)
            .Select(c => c.Gid);
        Assert.NotEmpty(found);
        Assert.Equal(expected, found.Select(n => n.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Orders_carry_decimals_as_text_their_customer_and_their_lines()
    {
        var order = (
            await sandbox.Shopify(
                """
                { orders(first: 1, sortKey: CREATED_AT) { nodes { name totalPriceSet { shopMoney { amount currencyCode } } totalShippingPriceSet { shopMoney { amount } }
                  customer { id } lineItems(first: 10) { nodes { title quantity originalUnitPriceSet { shopMoney { amount } } } pageInfo { hasNextPage } } } } }
                """
            )
        ).At("data", "orders", "nodes", 0);
        decimal Money(JsonElement set) => decimal.Parse(set.GetProperty("shopMoney").GetProperty("amount").GetString()!);
        var lines = order
            .GetProperty("lineItems")
            .GetProperty("nodes")
            .EnumerateArray()
            .Sum(l => l.GetProperty("quantity").GetInt32() * Money(l.GetProperty("originalUnitPriceSet")));
        Assert.Equal("#1001", order.GetProperty("name").GetString());
        Assert.Equal(Money(order.GetProperty("totalPriceSet")), lines + Money(order.GetProperty("totalShippingPriceSet")));
        Assert.StartsWith("gid://shopify/Customer/", order.GetProperty("customer").GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_customer_vanishes_and_the_orders_stay_without_one()
    {
        await using var own = await RunningSandbox.Start();
        var before = (await own.Shopify("{ ordersCount { count } customersCount { count } }")).At("data");
        var deleted = (await own.Control("/delete?count=150"))
            .At("deleted")
            .EnumerateArray()
            .Where(r => r.GetProperty("source").GetString() == "shopify")
            .Select(r => r.GetProperty("external_id").GetString()!)
            .ToList();
        var after = (await own.Shopify("{ ordersCount { count } customersCount { count } orders(first: 250) { nodes { customer { id } } } }")).At(
            "data"
        );
        Assert.NotEmpty(deleted);
        Assert.Equal(
            before.GetProperty("ordersCount").GetProperty("count").GetInt32(),
            after.GetProperty("ordersCount").GetProperty("count").GetInt32()
        );
        Assert.Equal(
            before.GetProperty("customersCount").GetProperty("count").GetInt32() - deleted.Count,
            after.GetProperty("customersCount").GetProperty("count").GetInt32()
        );
        Assert.Equal(
            JsonValueKind.Null,
            (await own.Shopify("query($id: ID!) { customer(id: $id) { id } }", new { id = deleted[0] })).At("data", "customer").ValueKind
        );
        Assert.Contains(
            after.GetProperty("orders").GetProperty("nodes").EnumerateArray(),
            o => o.GetProperty("customer").ValueKind == JsonValueKind.Null
        );
    }

    [Theory]
    [InlineData("{ customers(first: 1) { nodes { nonsense } } }", "Field 'nonsense' doesn't exist on type 'Customer'", "undefinedField")]
    [InlineData("{ clients { id } }", "Field 'clients' doesn't exist on type 'QueryRoot'", "undefinedField")]
    [InlineData("mutation { customerBurn { id } }", "Field 'customerBurn' doesn't exist on type 'Mutation'", "undefinedField")]
    [InlineData("{ customers(limit: 1) { nodes { id } } }", "Field 'customers' doesn't accept argument 'limit'", "argumentNotAccepted")]
    [InlineData(
        "{ customers(first: \"1\") { nodes { id } } }",
        "Argument 'first' on Field 'customers' has an invalid value (1). Expected type 'Int'.",
        "argumentLiteralsIncompatible"
    )]
    [InlineData(
        "{ customers(first: 1, sortKey: BEAUTY) { nodes { id } } }",
        "Argument 'sortKey' on Field 'customers' has an invalid value (BEAUTY). Expected type 'CustomerSortKeys'.",
        "argumentLiteralsIncompatible"
    )]
    [InlineData(
        "{ shop }",
        "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
        "selectionMismatch"
    )]
    [InlineData(
        "{ shop { name { first } } }",
        "Selections can't be made on scalars (field 'name' returns a scalar but has selections)",
        "selectionMismatch"
    )]
    [InlineData("{ customers(first: $n) { nodes { id } } }", "Variable $n is used by anonymous query but not declared", "variableNotDefined")]
    [InlineData("query Q($n: Int) { shop { name } }", "Variable $n is declared by Q but not used", "variableNotUsed")]
    [InlineData(
        "query Q($n: String!) { customers(first: $n) { nodes { id } } }",
        "Type mismatch on variable $n and argument first (String! / Int)",
        "variableMismatch"
    )]
    [InlineData("{ shop { ...Gone } }", "Fragment Gone was used, but not defined", "useAndDefineFragment")]
    [InlineData("{ customer { id } }", "Field 'customer' is missing required arguments: id", "missingRequiredArguments")]
    public async Task A_query_that_the_schema_does_not_know_is_refused_as_Shopify_refuses_it(string query, string message, string code)
    {
        var answer = await sandbox.Shopify(query);
        Assert.Equal(200, answer.Status);
        Assert.False(answer.Json.TryGetProperty("data", out _));
        Assert.Equal(message, answer.TextAt("errors", 0, "message"));
        Assert.Equal(code, answer.TextAt("errors", 0, "extensions", "code"));
    }

    [Theory]
    [InlineData("{ shop { name }", "syntax error, unexpected end of file at [1, 16]")]
    [InlineData("{ shop ( }", "syntax error, unexpected invalid token (\"}\") at [1, 10]")]
    public async Task Text_that_is_no_query_is_told_its_place(string query, string message) =>
        Assert.Equal(message, (await sandbox.Shopify(query)).TextAt("errors", 0, "message"));

    [Fact]
    public async Task A_required_variable_must_be_sent_and_be_of_its_type()
    {
        const string query = "query($n: Int!) { customers(first: $n) { nodes { id } } }";
        Assert.Equal("INVALID_VARIABLE", (await sandbox.Shopify(query)).TextAt("errors", 0, "extensions", "code"));
        Assert.Equal("INVALID_VARIABLE", (await sandbox.Shopify(query, new { n = "two" })).TextAt("errors", 0, "extensions", "code"));
        Assert.Equal(2, (await sandbox.Shopify(query, new { n = 2 })).At("data", "customers", "nodes").GetArrayLength());
    }

    [Fact]
    public async Task Fragments_aliases_defaults_and_conditions_work_together()
    {
        var answer = await sandbox.Shopify("""
            query Mixed($n: Int = 3, $with: Boolean!) {
              first: customers(first: $n) { nodes { ...Who } }
              second: customers(first: 1) { nodes { ... on Customer { id } tags @include(if: $with) note @skip(if: true) } }
            }
            fragment Who on Customer { id firstName defaultAddress { city } }
            """, new { with = false });
        Assert.Equal(3, answer.At("data", "first", "nodes").GetArrayLength());
        Assert.Equal(["id", "firstName", "defaultAddress"], answer.At("data", "first", "nodes", 0).EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id"], answer.At("data", "second", "nodes", 0).EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task More_than_250_rows_no_rows_and_a_foreign_cursor_are_refused()
    {
        Assert.Equal(
            "first cannot exceed 250",
            (await sandbox.Shopify("{ customers(first: 251) { pageInfo { hasNextPage } } }")).TextAt("errors", 0, "message")
        );
        Assert.Equal(
            "you must provide one of first or last",
            (await sandbox.Shopify("{ customers { nodes { id } } }")).TextAt("errors", 0, "message")
        );
        var cursor = (await sandbox.Shopify("{ customers(first: 1, sortKey: UPDATED_AT) { pageInfo { endCursor } } }")).TextAt(
            "data",
            "customers",
            "pageInfo",
            "endCursor"
        );
        Assert.Equal(
            "Invalid cursor for current pagination sort.",
            (await sandbox.Shopify("query($a: String) { customers(first: 1, after: $a, sortKey: ID) { nodes { id } } }", new { a = cursor })).TextAt(
                "errors",
                0,
                "message"
            )
        );
    }

    [Fact]
    public async Task An_unknown_search_field_is_passed_over_with_a_warning()
    {
        var answer = await sandbox.Shopify("{ customers(first: 3, query: \"shoe_size:44\") { nodes { id } } }");
        Assert.Equal(3, answer.At("data", "customers", "nodes").GetArrayLength());
        Assert.Equal("shoe_size", answer.TextAt("extensions", "search", 0, "warnings", 0, "field"));
    }

    [Fact]
    public async Task A_query_over_a_thousand_points_is_refused_before_it_runs()
    {
        var answer = await sandbox.Shopify(
            "{ customers(first: 250) { nodes { id defaultAddress { city } defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } } } }"
        );
        Assert.Equal("MAX_COST_EXCEEDED", answer.TextAt("errors", 0, "extensions", "code"));
        Assert.Equal(2 + 250 * 4, answer.At("errors", 0, "extensions", "cost").GetInt32());
    }

    [Fact]
    public async Task An_expired_version_falls_forward_and_says_so_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sandbox.Server.UrlOf("shopify") + "/admin/api/2021-01/graphql.json")
        {
            Content = new StringContent("""{"query":"{shop{name}}"}"""),
        };
        request.Headers.Add("X-Shopify-Access-Token", sandbox.Server.ShopifyToken);
        using var response = await sandbox.Http.SendAsync(request);
        Assert.Equal("2026-10", response.Headers.GetValues("X-Shopify-API-Version").Single());
    }
}
