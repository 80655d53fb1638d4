using System.Text.Json;
using IntegrationHub.Sandbox.Files;

namespace IntegrationHub.Tests.Sandbox;

public sealed class TruthTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task The_systems_hold_exactly_the_records_of_the_truth()
    {
        var state = (await sandbox.Control("/state", HttpMethod.Get)).Json;
        var living = state.EnumerateObject().SelectMany(s => s.Value.EnumerateObject().Where(t => t.Name == "contacts")
            .SelectMany(t => t.Value.EnumerateArray().Select(id => $"{s.Name} {id.GetString()}"))).Order(StringComparer.Ordinal);
        Assert.Equal(Truth(""), living);
    }

    [Fact]
    public async Task Every_HubSpot_record_of_the_truth_comes_by_paging()
    {
        List<string> ids = [];
        for (string? after = "0"; after is not null;)
        {
            var page = await sandbox.HubSpot($"/crm/v3/objects/contacts?limit=100&after={Uri.EscapeDataString(after)}");
            ids.AddRange(page.At("results").EnumerateArray().Select(c => $"hubspot {c.GetProperty("id").GetString()}"));
            after = page.Json.TryGetProperty("paging", out var paging) ? paging.GetProperty("next").GetProperty("after").GetString() : null;
        }
        Assert.Equal(Truth("hubspot"), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_Mailchimp_record_of_the_truth_comes_by_paging()
    {
        List<string> ids = [];
        foreach (var list in (await sandbox.Mailchimp("/3.0/lists")).At("lists").EnumerateArray().Select(l => l.GetProperty("id").GetString()!))
        {
            for (var offset = 0; ; offset += 70)
            {
                var page = await sandbox.Mailchimp($"/3.0/lists/{list}/members?count=70&offset={offset}");
                if (page.At("members").GetArrayLength() == 0) break;
                ids.AddRange(page.At("members").EnumerateArray().Select(m => $"mailchimp {list}:{m.GetProperty("id").GetString()}"));
            }
        }
        Assert.Equal(Truth("mailchimp"), ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ID")]
    [InlineData("UPDATED_AT")]
    [InlineData("CREATED_AT")]
    [InlineData("NAME")]
    public async Task Every_Shopify_record_of_the_truth_comes_by_paging(string sortKey)
    {
        List<string> ids = [];
        for (string? after = null; ;)
        {
            var page = await sandbox.Shopify(
                "query($after: String, $key: CustomerSortKeys) { customers(first: 40, after: $after, sortKey: $key) { nodes { id } pageInfo { hasNextPage endCursor } } }",
                new { after, key = sortKey }
            );
            ids.AddRange(page.At("data", "customers", "nodes").EnumerateArray().Select(c => $"shopify {c.GetProperty("id").GetString()}"));
            if (!page.At("data", "customers", "pageInfo", "hasNextPage").GetBoolean()) break;
            after = page.TextAt("data", "customers", "pageInfo", "endCursor");
        }
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(Truth("shopify"), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_files_hold_every_row_of_the_truth_and_their_headers()
    {
        var folder = sandbox.Server.Estate.Files.Folder!;
        var badges = File.ReadAllLines(Path.Combine(folder, "fair-badges.csv"));
        var contacts = File.ReadAllLines(Path.Combine(folder, "salesforce-contacts.csv"));
        Assert.Equal("Badge;Attendee;Mail;Tel;Firma;Ort;Day", badges[0]);
        Assert.StartsWith("Contact ID,Salutation,First Name,Last Name,Title,Account Name,Mailing Street", contacts[0], StringComparison.Ordinal);
        var ids = badges
            .Skip(1)
            .Select(l => l.Split(';')[0])
            .Concat(contacts.Skip(1).Select(l => l.Split(',')[0]).Where(id => id.StartsWith("003Qy", StringComparison.Ordinal)))
            .Select(id => $"files {id}");
        Assert.Equal(Truth("files"), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_mapping_that_goes_with_the_files_names_the_columns_of_both()
    {
        using var ready = JsonDocument.Parse(sandbox.Server.Ready());
        var mapping = ready.RootElement.GetProperty("files").GetProperty("mapping").GetString()!;
        var recipe = IntegrationHub.Engine.Recipes.MappingFile.Load(mapping);
        var columns = FileFolder.ContactColumns.Concat(FileFolder.BadgeColumns).ToList();
        var named = (await File.ReadAllTextAsync(mapping)).Split('\n').SkipWhile(l => l != "fields:").ToList();
        Assert.Equal(["Contact ID", "Badge"], recipe.Mapping.Definition.Layout!.Key.AsEnumerable());
        Assert.All(
            columns.Except(["Contact ID", "Badge", "Last Modified Date"]),
            c => Assert.Contains(named, l => l.Contains(c, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task What_changes_gets_the_time_of_the_change_and_what_is_deleted_leaves_the_state()
    {
        await using var own = await RunningSandbox.Start(people: 200);
        var before = await own.Control("/state", HttpMethod.Get);
        var changed = await own.Control("/change?count=40");
        var deleted = await own.Control("/delete?count=40");
        Assert.Equal(40, changed.At("changed").GetArrayLength());
        Assert.Equal(40, deleted.At("deleted").GetArrayLength());
        var gone = deleted
            .At("deleted")
            .EnumerateArray()
            .Select(r => $"{r.GetProperty("source").GetString()} {r.GetProperty("external_id").GetString()}")
            .ToHashSet();
        var after = await own.Control("/state", HttpMethod.Get);
        Assert.Equal(Ids(before.Json).Except(gone).Order(StringComparer.Ordinal), Ids(after.Json).Order(StringComparer.Ordinal));
        var inHubSpot = changed
            .At("changed")
            .EnumerateArray()
            .Where(r => r.GetProperty("source").GetString() == "hubspot")
            .Select(r => r.GetProperty("external_id").GetString()!)
            .ToHashSet();
        var found = await own.HubSpot(
            "/crm/v3/objects/contacts/search",
            new
            {
                filterGroups = new[]
                {
                    new
                    {
                        filters = new[]
                        {
                            new
                            {
                                propertyName = "lastmodifieddate",
                                @operator = "GTE",
                                value = own.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
                            },
                        },
                    },
                },
                limit = 100,
            }
        );
        Assert.NotEmpty(inHubSpot);
        Assert.Equal(
            inHubSpot.Except(gone.Where(g => g.StartsWith("hubspot ", StringComparison.Ordinal)).Select(g => g[8..])).Order(StringComparer.Ordinal),
            found.At("results").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_same_calls_change_and_delete_the_same_records()
    {
        await using var one = await RunningSandbox.Start(people: 150);
        await using var other = await RunningSandbox.Start(people: 150);
        Assert.Equal((await one.Control("/change?count=15")).Text, (await other.Control("/change?count=15")).Text);
        Assert.Equal((await one.Control("/delete?count=15")).Text, (await other.Control("/delete?count=15")).Text);
    }

    private IEnumerable<string> Truth(string source) =>
        sandbox
            .Server.Estate.Truth.Where(t => source.Length == 0 || t.Source == source)
            .Select(t => $"{t.Source} {t.ExternalId}")
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Ids(JsonElement state) => state.EnumerateObject()
        .SelectMany(s => s.Value.EnumerateObject().SelectMany(t => t.Value.EnumerateArray().Select(id => $"{s.Name} {id.GetString()}")));
}
