using System.Text.Json;

namespace IntegrationHub.Tests.Sandbox;

public sealed class HubSpotStandInTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task A_wrong_token_is_refused_in_HubSpots_words()
    {
        var answer = await sandbox.HubSpot(Contacts, token: "wrong");
        Assert.Equal(401, answer.Status);
        Assert.Equal("error", answer.TextAt("status"));
        Assert.Equal("INVALID_AUTHENTICATION", answer.TextAt("category"));
        Assert.True(Guid.TryParse(answer.TextAt("correlationId"), out _));
    }

    [Fact]
    public async Task A_page_has_ten_contacts_with_the_default_properties_unless_asked_otherwise()
    {
        var answer = await sandbox.HubSpot(Contacts);
        Assert.Equal(10, answer.At("results").GetArrayLength());
        Assert.Equal(["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
            answer.At("results", 0, "properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(answer.TextAt("results", 0, "id"), answer.TextAt("results", 0, "properties", "hs_object_id"));
        Assert.Equal(JsonValueKind.False, answer.At("results", 0, "archived").ValueKind);
        Assert.Contains("after=", answer.TextAt("paging", "next", "link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_properties_come_as_text_or_null_and_unknown_ones_not_at_all()
    {
        var properties = (await sandbox.HubSpot($"{Contacts}?limit=100&properties=phone,jobtitle,nonsense")).At("results", 0, "properties");
        Assert.False(properties.TryGetProperty("nonsense", out _));
        Assert.False(properties.TryGetProperty("email", out _));
        Assert.All(properties.EnumerateObject(), p => Assert.True(p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null));
        Assert.True(properties.TryGetProperty("phone", out _) && properties.TryGetProperty("lastmodifieddate", out _));
    }

    [Fact]
    public async Task A_page_over_a_hundred_is_refused() =>
        Assert.Equal("VALIDATION_ERROR", (await sandbox.HubSpot($"{Contacts}?limit=101")).TextAt("category"));

    [Fact]
    public async Task The_dated_path_answers_as_the_classic_one() =>
        Assert.Equal((await sandbox.HubSpot($"{Contacts}?limit=5")).Text, (await sandbox.HubSpot("/crm/objects/2026-03/contacts?limit=5")).Text);

    [Fact]
    public async Task Search_filters_by_change_and_id_and_sorts_by_id_as_a_number()
    {
        var since = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);
        List<long> ids = [];
        for (long last = 0; ;)
        {
            var page = await sandbox.HubSpot(
                Contacts + "/search",
                Search(
                    [("lastmodifieddate", "GTE", since.ToUnixTimeMilliseconds().ToString()), ("hs_object_id", "GT", last.ToString())],
                    "hs_object_id",
                    50
                )
            );
            if (page.At("results").GetArrayLength() == 0)
                break;
            ids.AddRange(page.At("results").EnumerateArray().Select(c => long.Parse(c.GetProperty("id").GetString()!)));
            last = ids[^1];
        }
        Assert.Equal(sandbox.Server.Estate.HubSpot.Contacts.Where(c => c.ArchivedAt is null && c.Modified >= since).Select(c => c.Id), ids);
        Assert.Contains(ids, id => id < 1000);
        Assert.Contains(ids, id => id > 1000);
    }

    [Fact]
    public async Task Search_by_email_needs_no_right_case()
    {
        var contact = sandbox.Server.Estate.HubSpot.Contacts.First(c => c.ArchivedAt is null && c.EmailKey is not null);
        var found = await sandbox.HubSpot(Contacts + "/search", Search([("email", "EQ", contact.EmailKey!.ToUpperInvariant())], "createdate", 10));
        Assert.Equal(1, found.At("total").GetInt32());
        Assert.Equal(contact.Id.ToString(), found.TextAt("results", 0, "id"));
    }

    [Fact]
    public async Task Search_ends_after_ten_thousand_results()
    {
        var last = await sandbox.HubSpot(Contacts + "/search", new { filterGroups = Array.Empty<object>(), limit = 100, after = "9900" });
        var past = await sandbox.HubSpot(Contacts + "/search", new { filterGroups = Array.Empty<object>(), limit = 100, after = "9901" });
        Assert.Equal(200, last.Status);
        Assert.Equal(400, past.Status);
    }

    [Theory]
    [InlineData("nonsense", "EQ", "1")]
    [InlineData("lastmodifieddate", "GTE", "yesterday")]
    [InlineData("email", "ALMOST", "x")]
    public async Task Search_refuses_a_filter_that_makes_no_sense(string property, string operation, string value) =>
        Assert.Equal(400, (await sandbox.HubSpot(Contacts + "/search", Search([(property, operation, value)], "createdate", 10))).Status);

    [Fact]
    public async Task Search_never_finds_archived_contacts_and_the_list_finds_them_apart()
    {
        await using var own = await RunningSandbox.Start();
        var id = (await own.HubSpot($"{Contacts}?limit=1")).TextAt("results", 0, "id")!;
        Assert.Equal(204, (await own.HubSpot($"{Contacts}/{id}", method: HttpMethod.Delete)).Status);
        Assert.Equal(404, (await own.HubSpot($"{Contacts}/{id}")).Status);
        Assert.Equal(0, (await own.HubSpot(Contacts + "/search", Search([("hs_object_id", "EQ", id)], "createdate", 10))).At("total").GetInt32());
        var archived = (await own.HubSpot($"{Contacts}?archived=true&limit=100"))
            .At("results")
            .EnumerateArray()
            .Single(c => c.GetProperty("id").GetString() == id);
        Assert.True(archived.GetProperty("archived").GetBoolean());
        Assert.Equal("2026-11-20T12:00:00.000Z", archived.GetProperty("archivedAt").GetString());
    }

    [Fact]
    public async Task A_batch_update_changes_what_it_names_and_the_time_of_the_change()
    {
        await using var own = await RunningSandbox.Start();
        var before = await own.HubSpot($"{Contacts}?limit=2&properties=phone,email,jobtitle");
        string first = before.TextAt("results", 0, "id")!,
            second = before.TextAt("results", 1, "id")!;
        var answer = await own.HubSpot(
            Contacts + "/batch/update",
            new
            {
                inputs = new[]
                {
                    new { id = first, properties = new { phone = "+4915112345678" } },
                    new { id = second, properties = new { phone = "" } },
                    new { id = "77", properties = new { phone = "1" } },
                },
            }
        );
        Assert.Equal(207, answer.Status);
        Assert.Equal(2, answer.At("results").GetArrayLength());
        Assert.Equal(1, answer.At("numErrors").GetInt32());
        Assert.Equal("77", answer.TextAt("errors", 0, "context", "ids", 0));
        var now = await own.HubSpot($"{Contacts}/{first}?properties=phone,email,jobtitle");
        Assert.Equal("+4915112345678", now.TextAt("properties", "phone"));
        Assert.Equal(before.TextAt("results", 0, "properties", "email"), now.TextAt("properties", "email"));
        Assert.Equal("2026-11-20T12:00:00.000Z", now.TextAt("updatedAt"));
        Assert.Equal(JsonValueKind.Null, (await own.HubSpot($"{Contacts}/{second}?properties=phone")).At("properties", "phone").ValueKind);
    }

    [Fact]
    public async Task One_invalid_input_fails_a_batch_unless_each_is_traced()
    {
        await using var own = await RunningSandbox.Start();
        var id = (await own.HubSpot($"{Contacts}?limit=1")).TextAt("results", 0, "id")!;
        object good = new
        {
            id,
            properties = new { phone = "1" },
            objectWriteTraceId = "a",
        },
            bad = new
            {
                id,
                properties = new { nonsense = "1" },
                objectWriteTraceId = "b",
            };
        var traced = await own.HubSpot(Contacts + "/batch/update", new { inputs = new[] { good, bad } });
        var untraced = await own.HubSpot(
            Contacts + "/batch/update",
            new { inputs = new object[] { new { id, properties = new { nonsense = "1" } } } }
        );
        Assert.Equal(207, traced.Status);
        Assert.Equal("b", traced.TextAt("errors", 0, "context", "objectWriteTraceId", 0));
        Assert.Equal(400, untraced.Status);
        Assert.Contains("PROPERTY_DOESNT_EXIST", untraced.TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upsert_by_email_makes_a_contact_once()
    {
        await using var own = await RunningSandbox.Start();
        var body = new { inputs = new[] { new { id = "ada@new.example", idProperty = "email", properties = new { firstname = "Ada" } } } };
        var made = await own.HubSpot(Contacts + "/batch/upsert", body);
        var again = await own.HubSpot(Contacts + "/batch/upsert", body);
        Assert.True(made.At("results", 0, "new").GetBoolean());
        Assert.False(again.At("results", 0, "new").GetBoolean());
        Assert.Equal(made.TextAt("results", 0, "id"), again.TextAt("results", 0, "id"));
    }

    [Fact]
    public async Task A_second_contact_with_the_email_is_a_conflict_that_names_the_first()
    {
        await using var own = await RunningSandbox.Start();
        var made = await own.HubSpot(Contacts, new { properties = new { email = "ada@new.example" } });
        var again = await own.HubSpot(Contacts, new { properties = new { email = "ADA@new.example" } });
        Assert.Equal(201, made.Status);
        Assert.Equal(409, again.Status);
        Assert.Equal($"Contact already exists. Existing ID: {made.TextAt("id")}", again.TextAt("message"));
    }

    [Fact]
    public async Task Properties_tell_which_ones_the_account_added()
    {
        var all = (await sandbox.HubSpot("/crm/v3/properties/contacts")).At("results").EnumerateArray().ToList();
        Assert.Contains(all, p => p.GetProperty("name").GetString() == "email" && p.GetProperty("hubspotDefined").GetBoolean());
        Assert.Contains(all, p => p.GetProperty("name").GetString() == "interests" && !p.GetProperty("hubspotDefined").GetBoolean());
    }

    private static object Search((string Property, string Operator, string Value)[] filters, string sort, int limit) =>
        new
        {
            filterGroups = new[]
            {
                new
                {
                    filters = filters
                        .Select(f => new
                        {
                            propertyName = f.Property,
                            @operator = f.Operator,
                            value = f.Value,
                        })
                        .ToArray(),
                },
            },
            sorts = new[] { new { propertyName = sort, direction = "ASCENDING" } },
            properties = new[] { "email" },
            limit,
        };
}
