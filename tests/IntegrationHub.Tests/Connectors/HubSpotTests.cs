using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Tests.Connectors;

public sealed class HubSpotTests : IDisposable
{
    private readonly HubSpotFixture hubspot = new();

    [Fact]
    public async Task A_bulk_edit_that_gives_all_contacts_one_time_is_pulled_whole_without_deep_paging()
    {
        var first = await Pull(null);
        hubspot.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 450; i++)
        {
            var copy = hubspot.Account.Contacts[0].DeepClone().AsObject();
            copy["id"] = (200_000 + i).ToString(CultureInfo.InvariantCulture);
            copy["properties"]!["hs_object_id"] = copy["id"]!.DeepClone();
            HubSpotStandIn.Touch(copy, hubspot.Clock.GetUtcNow());
            hubspot.Account.Contacts.Add(copy);
        }
        hubspot.Account.PageSize = 200;
        var searchesBefore = Searches();
        var changed = (await Pull(first[^1].Cursor)).SelectMany(p => p.Records).Select(r => r.ExternalId).ToHashSet();
        Assert.Equal(450, changed.Count(id => id.StartsWith("200", StringComparison.Ordinal)));
        Assert.Equal(3, Searches() - searchesBefore);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stays_under_the_limit_that_the_headers_tell(bool tellsWhatRemains)
    {
        var sent = new List<DateTimeOffset>();
        hubspot.Account.PageSize = 1;
        hubspot.Account.ExtraHeaders = _ =>
        {
            var now = hubspot.Clock.GetUtcNow();
            sent.Add(now);
            (string, string)[] headers = [("X-HubSpot-RateLimit-Max", "5"), ("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"), ("X-HubSpot-RateLimit-Daily-Remaining", "1000")];
            return tellsWhatRemains ? [.. headers, ("X-HubSpot-RateLimit-Remaining", Text(5 - sent.Count(t => t > now - TimeSpan.FromSeconds(10))))] : headers;
        };
        await Pull(null);
        Assert.True(sent.Count > 8);
        Assert.All(sent, t => Assert.InRange(sent.Count(u => u <= t && u > t - TimeSpan.FromSeconds(10)), 1, 5));
    }

    [Fact]
    public async Task Calls_that_others_spent_are_waited_for()
    {
        var calls = 0;
        hubspot.Account.ExtraHeaders = _ => [("X-HubSpot-RateLimit-Max", "190"), ("X-HubSpot-RateLimit-Remaining", calls++ == 0 ? "1" : "150"), ("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")];
        await Pull(null);
        Assert.Equal([TimeSpan.FromSeconds(10)], hubspot.Clock.Waits);
    }

    [Fact]
    public async Task A_429_without_Retry_After_waits_for_the_interval()
    {
        hubspot.Account.Next(new Answer(429, """{"status":"error","message":"You have reached your ten_secondly_rolling limit.","policyName":"TEN_SECONDLY_ROLLING","category":"RATE_LIMITS"}"""));
        await Pull(null);
        Assert.Equal([TimeSpan.FromSeconds(10)], hubspot.Clock.Waits);
    }

    [Fact]
    public async Task A_day_that_is_used_up_ends_the_pull_at_once_and_says_when_to_come_back()
    {
        hubspot.Account.Next(_ => null);
        hubspot.Account.Next(new Answer(429, """{"status":"error","message":"You have reached your daily limit.","policyName":"DAILY","category":"RATE_LIMITS"}"""));
        var stopped = await Assert.ThrowsAsync<ConnectorException>(() => Pull(null));
        Assert.Contains("midnight", stopped.Message);
        Assert.Contains("the-source", stopped.Message);
        Assert.True(stopped.Transient);
        Assert.Empty(hubspot.Clock.Waits);

        var calls = hubspot.Account.Calls.Count;
        var again = await Assert.ThrowsAsync<ConnectorException>(() => Pull(null));
        Assert.Contains("midnight", again.Message);
        Assert.Contains("the-source", again.Message);
        Assert.Equal(calls, hubspot.Account.Calls.Count);

        hubspot.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.NotEmpty(await Pull(null));
    }

    [Fact]
    public async Task The_last_call_of_the_day_is_not_followed_by_another()
    {
        hubspot.Account.ExtraHeaders = _ => [("X-HubSpot-RateLimit-Daily-Remaining", "0")];
        await Assert.ThrowsAsync<ConnectorException>(() => Pull(null));
        Assert.Single(hubspot.Account.Calls);
    }

    [Fact]
    public async Task Searches_are_kept_to_four_a_second()
    {
        var first = await Pull(null);
        foreach (var contact in hubspot.Account.Contacts.Where(c => !HubSpotStandIn.IsArchived(c))) HubSpotStandIn.Touch(contact, hubspot.Clock.GetUtcNow());
        hubspot.Account.PageSize = 1;
        var sent = new List<DateTimeOffset>();
        hubspot.Account.ExtraHeaders = call =>
        {
            if (call.Path.EndsWith("/search", StringComparison.Ordinal)) sent.Add(hubspot.Clock.GetUtcNow());
            return [];
        };
        await Pull(first[^1].Cursor);
        Assert.Equal(7, sent.Count);
        Assert.All(sent, t => Assert.InRange(sent.Count(u => u <= t && u > t - TimeSpan.FromSeconds(1)), 1, 4));
    }

    [Fact]
    public async Task Contacts_merged_away_are_told_as_deleted()
    {
        var first = await Pull(null);
        hubspot.Clock.Advance(TimeSpan.FromHours(1));
        hubspot.Account.Contacts.RemoveAll(c => HubSpotStandIn.Id(c) == "513");
        var winner = hubspot.Account.Contacts.Single(c => HubSpotStandIn.Id(c) == "512");
        winner["properties"]!["hs_merged_object_ids"] = "513";
        HubSpotStandIn.Touch(winner, hubspot.Clock.GetUtcNow());
        var records = (await Pull(first[^1].Cursor)).SelectMany(p => p.Records).ToList();
        Assert.Equal(["512", "513"], records.Select(r => r.ExternalId));
        Assert.False(records[0].Deleted);
        Assert.True(records[1].Deleted);
    }

    [Fact]
    public async Task An_incremental_pull_passes_on_only_what_was_archived_since()
    {
        var first = await Pull(null);
        Assert.Contains(first.SelectMany(p => p.Records), r => r is { ExternalId: "600", Deleted: true });
        hubspot.Clock.Advance(TimeSpan.FromHours(1));
        hubspot.Delete("contacts", "777");
        var deleted = Assert.Single((await Pull(first[^1].Cursor)).SelectMany(p => p.Records));
        Assert.Equal("777", deleted.ExternalId);
        Assert.True(deleted.Deleted);
        Assert.Equal("Müller", JsonRows.Text(deleted.Payload, "properties", "lastname"));
    }

    [Fact]
    public async Task More_properties_than_an_address_holds_are_read_by_batch()
    {
        var properties = hubspot.Account.Properties["results"]!.AsArray();
        for (var i = 0; i < 300; i++)
            properties.Add(new JsonObject { ["name"] = $"a_rather_long_name_of_a_property_{i:D3}", ["label"] = "x", ["hubspotDefined"] = false });
        foreach (var contact in hubspot.Account.Contacts) contact["properties"]!["a_rather_long_name_of_a_property_299"] = "kept";
        var records = (await Pull(null)).SelectMany(p => p.Records).ToList();
        Assert.Equal(8, records.Count);
        Assert.All(records, r => Assert.Equal("kept", JsonRows.Text(r.Payload, "properties", "a_rather_long_name_of_a_property_299")));
        Assert.All(hubspot.Account.Calls, c => Assert.True(c.Query.Sum(q => q.Key.Length + q.Value.Length) < 7000));
    }

    [Fact]
    public async Task The_cursor_goes_by_HubSpots_clock_where_that_is_behind()
    {
        var there = hubspot.Clock.GetUtcNow() - TimeSpan.FromHours(1);
        hubspot.Account.ExtraHeaders = _ => [(DateOfStandIn.Header, there.ToString("R"))];
        var first = await Pull(null);
        HubSpotStandIn.Touch(hubspot.Account.Contacts.Single(c => HubSpotStandIn.Id(c) == "777"), there + TimeSpan.FromMinutes(1));
        Assert.Contains((await Pull(first[^1].Cursor)).SelectMany(p => p.Records), r => r.ExternalId == "777");
    }

    [Fact]
    public async Task A_write_has_its_result_whatever_becomes_of_its_neighbours()
    {
        var writes = new List<PushWrite>
        {
            Write("512", "jobtitle", "Countess of Lovelace"),
            Write("4711", "jobtitle", "Nobody"),
            Write("513", "email", "no address"),
            Write("777", "city", "Hamburg"),
        };
        var results = await Push(writes);
        Assert.Equal(["512", "4711", "513", "777"], results.Select(r => r.ExternalId));
        Assert.Equal([true, false, false, true], results.Select(r => r.Ok));
        Assert.All(results, r => Assert.False(r.Retry));
        Assert.Contains("not exist", results[1].Message);
        Assert.Contains("email is invalid", results[2].Message);
        Assert.Equal("Hamburg", Property("777", "city"));
        Assert.Equal("Countess of Lovelace", Property("512", "jobtitle"));
        Assert.Equal("grace.hopper@example.org", Property("513", "email"));
    }

    [Fact]
    public async Task Writes_go_in_batches_of_a_hundred()
    {
        var results = await Push([.. Enumerable.Range(0, 250).Select(i => Write("512", "city", $"Town {i}"))]);
        Assert.Equal(250, results.Count(r => r.Ok));
        Assert.Equal(3, hubspot.Account.Calls.Count);
        Assert.Equal("Town 249", Property("512", "city"));
    }

    [Fact]
    public async Task A_write_during_an_outage_may_be_tried_again_later()
    {
        for (var i = 0; i < 20; i++) hubspot.Account.Next(new Answer(502, ""));
        var result = Assert.Single(await Push([Write("512", "city", "Bath")]));
        Assert.False(result.Ok);
        Assert.True(result.Retry);
    }

    [Fact]
    public async Task Writing_without_the_scope_says_which_one()
    {
        hubspot.Account.Next(new Answer(403, """{"status":"error","message":"This app hasn't been granted all required scopes","category":"MISSING_SCOPES"}"""));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Push([Write("512", "city", "Bath")]));
        Assert.Contains("crm.objects.contacts.write", refused.Message);
    }

    private Task<List<PullPage>> Pull(string? cursor) => hubspot.Connector().Pull("contacts", cursor, default).ToListAsync().AsTask();

    private Task<IReadOnlyList<PushResult>> Push(IReadOnlyList<PushWrite> writes) => ((IPush)hubspot.Connector()).Push("contacts", writes, default);

    private static PushWrite Write(string id, string property, string value) => new(id, new Dictionary<string, string> { [property] = value });

    private string Property(string id, string name) => hubspot.Account.Contacts.Single(c => HubSpotStandIn.Id(c) == id)["properties"]![name]!.GetValue<string>();

    private int Searches() => hubspot.Account.Calls.Count(c => c.Path.EndsWith("/search", StringComparison.Ordinal));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => hubspot.Dispose();
}
