namespace IntegrationHub.Tests.Sandbox;

public sealed class LimitTests
{
    private const string Contacts = "/crm/v3/objects/contacts?limit=1";

    [Fact]
    public async Task HubSpot_lets_in_so_many_in_ten_seconds_and_says_how_many_are_left()
    {
        await using var sandbox = await RunningSandbox.Start(limits: RunningSandbox.Strict with { HubSpotPerTenSeconds = 20 });
        for (var i = 1; i <= 20; i++)
        {
            var answer = await sandbox.HubSpot(Contacts);
            Assert.Equal(200, answer.Status);
            Assert.Equal((20 - i).ToString(), answer.Headers["X-HubSpot-RateLimit-Remaining"]);
        }
        sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        var refused = await sandbox.HubSpot(Contacts);
        Assert.Equal(429, refused.Status);
        Assert.Equal("TEN_SECONDLY_ROLLING", refused.TextAt("policyName"));
        Assert.Equal("6", refused.Headers["Retry-After"]);
        Assert.Equal("20", refused.Headers["X-HubSpot-RateLimit-Max"]);
        sandbox.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await sandbox.HubSpot(Contacts)).Status);
    }

    [Fact]
    public async Task HubSpots_search_has_a_bucket_of_its_own_and_no_headers()
    {
        await using var sandbox = await RunningSandbox.Start(limits: RunningSandbox.Strict);
        var body = new { filterGroups = Array.Empty<object>(), limit = 1 };
        for (var i = 0; i < 5; i++) Assert.Equal(200, (await sandbox.HubSpot("/crm/v3/objects/contacts/search", body)).Status);
        var refused = await sandbox.HubSpot("/crm/v3/objects/contacts/search", body);
        Assert.Equal(429, refused.Status);
        Assert.Equal("SECONDLY", refused.TextAt("policyName"));
        Assert.DoesNotContain(refused.Headers.Keys, k => k.StartsWith("X-HubSpot-RateLimit", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(200, (await sandbox.HubSpot(Contacts)).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await sandbox.HubSpot("/crm/v3/objects/contacts/search", body)).Status);
    }

    [Fact]
    public async Task HubSpots_day_ends_at_midnight()
    {
        await using var sandbox = await RunningSandbox.Start(limits: RunningSandbox.Strict with { HubSpotPerDay = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await sandbox.HubSpot(Contacts)).Status);
        var refused = await sandbox.HubSpot(Contacts);
        Assert.Equal("DAILY", refused.TextAt("policyName"));
        Assert.Equal("0", refused.Headers["X-HubSpot-RateLimit-Daily-Remaining"]);
        sandbox.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(200, (await sandbox.HubSpot(Contacts)).Status);
    }

    [Fact]
    public async Task Mailchimp_serves_ten_at_once_and_refuses_the_rest_without_saying_when()
    {
        await using var sandbox = await RunningSandbox.Start(limits: RunningSandbox.Strict with { Latency = TimeSpan.FromSeconds(1) });
        var asked = Enumerable.Range(0, 40).Select(_ => sandbox.Mailchimp("/3.0/ping")).ToList();
        // The clock stands still, so ten stay inside while the others are answered.
        for (List<Task<Answer>> open = [.. asked]; open.Count > 10;) open.Remove(await Task.WhenAny(open));
        var early = await Task.WhenAll(asked.Where(a => a.IsCompleted));
        while (!asked.TrueForAll(a => a.IsCompleted))
        {
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(20, early.Count(a => a.Status == 429));
        Assert.Equal(10, early.Count(a => a.Status == 403 && a.Text.Length == 0));
        Assert.Equal(10, (await Task.WhenAll(asked)).Count(a => a.Status == 200));
        Assert.All(early, a => Assert.False(a.Headers.ContainsKey("Retry-After")));
        Assert.All(early.Where(a => a.Status == 429), a => Assert.Equal("Too Many Requests", a.TextAt("title")));
    }

    [Fact]
    public async Task Shopify_throttles_inside_a_200_until_the_bucket_has_refilled()
    {
        await using var sandbox = await RunningSandbox.Start(
            people: 300,
            limits: RunningSandbox.Strict with
            {
                ShopifyBucket = 150,
                ShopifyRestore = 10,
            }
        );
        const string query = "{ customers(first: 100) { nodes { id } } }";
        var first = await sandbox.Shopify(query);
        Assert.Equal(102, first.At("extensions", "cost", "requestedQueryCost").GetInt32());
        Assert.Equal(48, first.At("extensions", "cost", "throttleStatus", "currentlyAvailable").GetInt32());
        var throttled = await sandbox.Shopify(query);
        Assert.Equal(200, throttled.Status);
        Assert.Equal("THROTTLED", throttled.TextAt("errors", 0, "extensions", "code"));
        Assert.Equal("Throttled", throttled.TextAt("errors", 0, "message"));
        // (102 - 48) / 10 points a second
        sandbox.Time.Advance(TimeSpan.FromSeconds(5.4));
        Assert.Equal(100, (await sandbox.Shopify(query)).At("data", "customers", "nodes").GetArrayLength());
    }

    [Fact]
    public async Task What_a_Shopify_query_did_not_use_is_given_back()
    {
        await using var sandbox = await RunningSandbox.Start(
            people: 10,
            limits: RunningSandbox.Strict with
            {
                ShopifyBucket = 150,
                ShopifyRestore = 10,
            }
        );
        var answer = await sandbox.Shopify("{ customers(first: 100) { nodes { id } } }");
        var rows = answer.At("data", "customers", "nodes").GetArrayLength();
        Assert.Equal(2 + rows, answer.At("extensions", "cost", "actualQueryCost").GetInt32());
        Assert.Equal(148 - rows, answer.At("extensions", "cost", "throttleStatus", "currentlyAvailable").GetInt32());
    }

    [Fact]
    public async Task Without_limits_nothing_is_refused()
    {
        await using var sandbox = await RunningSandbox.Start();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .SelectMany(_ => new[] { sandbox.HubSpot(Contacts), sandbox.Mailchimp("/3.0/ping"), sandbox.Shopify("{ shop { name } }") })
        );
        Assert.All(answers, a => Assert.Equal(200, a.Status));
    }

    [Fact]
    public async Task So_many_requests_fail_as_was_asked_and_in_the_vendors_words()
    {
        await using var sandbox = await RunningSandbox.Start(faults: 0.3);
        var failed = 0;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                var answer = await sandbox.HubSpot(Contacts);
                if (answer.Status == 200) continue;
                Assert.Contains(answer.Status, new[] { 500, 502, 503 });
                if (answer.Status == 500) Assert.Equal("INTERNAL_ERROR", answer.TextAt("category"));
            }
            catch (HttpRequestException)
            {
                // An answer that broke off midway.
            }
            failed++;
        }
        Assert.InRange(failed, 40, 80);
    }

    [Fact]
    public async Task Faults_can_be_ordered_and_set_while_it_runs()
    {
        await using var sandbox = await RunningSandbox.Start();
        await sandbox.Control("/faults?source=shopify&kind=error&count=1");
        Assert.Equal(500, (await sandbox.Shopify("{ shop { name } }")).Status);
        Assert.Equal(200, (await sandbox.Shopify("{ shop { name } }")).Status);
        await sandbox.Control("/faults?source=mailchimp&kind=badgateway&count=1");
        Assert.Equal(502, (await sandbox.Mailchimp("/3.0/ping")).Status);
        await sandbox.Control("/faults?share=1");
        await sandbox.Control("/faults?source=hubspot&kind=none&count=1");
        Assert.Equal(200, (await sandbox.HubSpot(Contacts)).Status);
    }

    [Fact]
    public async Task A_write_whose_answer_broke_off_was_carried_out()
    {
        await using var sandbox = await RunningSandbox.Start();
        var id = (await sandbox.HubSpot(Contacts)).TextAt("results", 0, "id")!;
        await sandbox.Control("/faults?source=hubspot&kind=cut&count=1");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            sandbox.HubSpot(
                "/crm/v3/objects/contacts/batch/update",
                new { inputs = new[] { new { id, properties = new { jobtitle = "Countess" } } } }
            )
        );
        Assert.Equal("Countess", (await sandbox.HubSpot($"/crm/v3/objects/contacts/{id}?properties=jobtitle")).TextAt("properties", "jobtitle"));
    }

    [Fact]
    public async Task Damaged_lines_stand_in_the_files_only_where_there_are_faults()
    {
        await using var sound = await RunningSandbox.Start(people: 1000);
        await using var faulty = await RunningSandbox.Start(people: 1000, faults: 0.5);
        string Badges(RunningSandbox s) => File.ReadAllText(Path.Combine(s.Server.Estate.Files.Folder!, "fair-badges.csv"));
        Assert.DoesNotContain("\r\n;", Badges(sound), StringComparison.Ordinal);
        Assert.Contains("\r\n;", Badges(faulty), StringComparison.Ordinal);
        Assert.Equal(sound.Server.Estate.Truth, faulty.Server.Estate.Truth);
    }
}
