using System.Net.Http.Headers;
using IntegrationHub.Sandbox.Mailchimp;

namespace IntegrationHub.Tests.Sandbox;

public sealed class MailchimpStandInTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string Newsletter = "/3.0/lists/abc123def4";

    [Fact]
    public async Task A_wrong_key_is_refused_as_a_problem_document()
    {
        var answer = await sandbox.Mailchimp("/3.0/lists", token: "wrong-us19");
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("application/problem+json", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("API Key Invalid", answer.TextAt("title"));
        Assert.Equal(401, answer.At("status").GetInt32());
    }

    [Fact]
    public async Task A_bearer_key_opens_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, sandbox.Server.UrlOf("mailchimp") + "/3.0/ping");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.Server.MailchimpToken);
        using var response = await sandbox.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_member_id_is_the_MD5_of_the_lower_case_address()
    {
        var member = (await sandbox.Mailchimp(Newsletter + "/members?count=1")).At("members", 0);
        Assert.Equal(MailchimpMember.Hash(member.GetProperty("email_address").GetString()!), member.GetProperty("id").GetString());
        // The example of the vendor's documentation.
        Assert.Equal("62eeb292278cc15f5817cb78f7790b08", MailchimpMember.Hash("Urist.McVankab@freddiesjokes.com"));
    }

    [Fact]
    public async Task A_page_has_ten_members_unless_asked_otherwise_and_never_over_a_thousand()
    {
        Assert.Equal(10, (await sandbox.Mailchimp(Newsletter + "/members")).At("members").GetArrayLength());
        Assert.Equal(400, (await sandbox.Mailchimp(Newsletter + "/members?count=1001")).Status);
    }

    [Fact]
    public async Task Changed_since_and_before_are_exclusive()
    {
        var all = (await sandbox.Mailchimp(Newsletter + "/members?count=1000&sort_field=last_changed&sort_dir=ASC"))
            .At("members")
            .EnumerateArray()
            .ToList();
        string At(int index) => all[index].GetProperty("last_changed").GetString()!;
        Assert.Equal(
            all.Select(m => m.GetProperty("last_changed").GetString()).Order(StringComparer.Ordinal),
            all.Select(m => m.GetProperty("last_changed").GetString())
        );
        var between = await sandbox.Mailchimp(
            $"{Newsletter}/members?count=1000&since_last_changed={Uri.EscapeDataString(At(10))}&before_last_changed={Uri.EscapeDataString(At(15))}&sort_field=last_changed&sort_dir=ASC"
        );
        Assert.Equal(
            all[11..15].Select(m => m.GetProperty("id").GetString()),
            between.At("members").EnumerateArray().Select(m => m.GetProperty("id").GetString())
        );
        Assert.Equal(4, between.At("total_items").GetInt32());
    }

    [Fact]
    public async Task A_plus_that_was_not_encoded_is_refused() =>
        Assert.Equal(
            "since_last_changed",
            (await sandbox.Mailchimp(Newsletter + "/members?since_last_changed=2024-01-01T00:00:00+00:00")).TextAt("errors", 0, "field")
        );

    [Fact]
    public async Task Archived_members_come_only_when_asked_for()
    {
        await using var own = await RunningSandbox.Start();
        var id = (await own.Mailchimp(Newsletter + "/members?count=1")).TextAt("members", 0, "id")!;
        Assert.Equal(204, (await own.Mailchimp($"{Newsletter}/members/{id}", method: HttpMethod.Delete)).Status);
        Assert.DoesNotContain(
            (await own.Mailchimp(Newsletter + "/members?count=1000")).At("members").EnumerateArray(),
            m => m.GetProperty("id").GetString() == id
        );
        Assert.Contains(
            (await own.Mailchimp(Newsletter + "/members?count=1000&status=archived")).At("members").EnumerateArray(),
            m => m.GetProperty("id").GetString() == id
        );
    }

    [Fact]
    public async Task A_member_deleted_for_good_may_not_come_back()
    {
        await using var own = await RunningSandbox.Start();
        var member = (await own.Mailchimp(Newsletter + "/members?count=1")).At("members", 0);
        var email = member.GetProperty("email_address").GetString();
        Assert.Equal(
            204,
            (
                await own.Mailchimp($"{Newsletter}/members/{member.GetProperty("id").GetString()}/actions/delete-permanent", method: HttpMethod.Post)
            ).Status
        );
        var back = await own.Mailchimp(
            $"{Newsletter}/members/{MailchimpMember.Hash(email!)}",
            new { email_address = email, status_if_new = "subscribed" },
            method: HttpMethod.Put
        );
        Assert.Equal(400, back.Status);
        Assert.Equal("Forgotten Email Not Subscribed", back.TextAt("title"));
    }

    [Fact]
    public async Task A_put_keeps_the_status_of_a_member_that_is_there_and_moves_its_last_change()
    {
        await using var own = await RunningSandbox.Start();
        var member = (await own.Mailchimp(Newsletter + "/members?count=1&status=unsubscribed")).At("members", 0);
        var put = await own.Mailchimp(
            $"{Newsletter}/members/{member.GetProperty("id").GetString()}",
            new
            {
                email_address = member.GetProperty("email_address").GetString(),
                status_if_new = "subscribed",
                merge_fields = new { FNAME = "Ada" },
            },
            method: HttpMethod.Put
        );
        Assert.Equal("unsubscribed", put.TextAt("status"));
        Assert.Equal("Ada", put.TextAt("merge_fields", "FNAME"));
        Assert.Equal("2026-11-20T12:00:00+00:00", put.TextAt("last_changed"));
    }

    [Fact]
    public async Task A_changed_address_changes_the_id()
    {
        await using var own = await RunningSandbox.Start();
        var id = (await own.Mailchimp(Newsletter + "/members?count=1")).TextAt("members", 0, "id");
        var patched = await own.Mailchimp($"{Newsletter}/members/{id}", new { email_address = "ada@new.example" }, method: HttpMethod.Patch);
        Assert.Equal(MailchimpMember.Hash("ada@new.example"), patched.TextAt("id"));
        Assert.Equal(404, (await own.Mailchimp($"{Newsletter}/members/{id}")).Status);
    }

    [Fact]
    public async Task A_batch_answers_200_and_lists_what_failed()
    {
        await using var own = await RunningSandbox.Start();
        var there = (await own.Mailchimp(Newsletter + "/members?count=1")).TextAt("members", 0, "email_address");
        var answer = await own.Mailchimp(
            Newsletter,
            new
            {
                members = new object[]
                {
                    new { email_address = there, status = "subscribed" },
                    new { email_address = "ada@new.example", status = "subscribed" },
                    new { email_address = "nobody", status = "subscribed" },
                },
            }
        );
        Assert.Equal(200, answer.Status);
        Assert.Equal((1, 2), (answer.At("total_created").GetInt32(), answer.At("error_count").GetInt32()));
        Assert.Equal("ERROR_CONTACT_EXISTS", answer.TextAt("errors", 0, "error_code"));
    }

    [Fact]
    public async Task Fields_and_exclude_fields_cut_the_answer_down_to_parts_of_parts()
    {
        var some = await sandbox.Mailchimp(Newsletter + "/members?count=1&fields=members.id,members.merge_fields.FNAME,total_items");
        Assert.Equal(["members", "total_items"], some.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "merge_fields"], some.At("members", 0).EnumerateObject().Select(p => p.Name));
        Assert.Equal(["FNAME"], some.At("members", 0, "merge_fields").EnumerateObject().Select(p => p.Name));
        var most = await sandbox.Mailchimp(Newsletter + "/members?count=1&exclude_fields=members._links,members.merge_fields.ADDRESS");
        Assert.False(most.At("members", 0).TryGetProperty("_links", out _));
        Assert.False(most.At("members", 0, "merge_fields").TryGetProperty("ADDRESS", out _));
        Assert.True(most.At("members", 0, "merge_fields").TryGetProperty("LNAME", out _));
        var lists = await sandbox.Mailchimp("/3.0/lists?fields=lists.id");
        Assert.Equal(["lists"], lists.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id"], lists.At("lists", 0).EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Merge_fields_tell_their_tags_and_types()
    {
        var fields = (await sandbox.Mailchimp(Newsletter + "/merge-fields?count=100"))
            .At("merge_fields")
            .EnumerateArray()
            .ToDictionary(f => f.GetProperty("tag").GetString()!, f => f.GetProperty("type").GetString());
        Assert.Equal("address", fields["ADDRESS"]);
        Assert.Equal("phone", fields["PHONE"]);
    }
}
