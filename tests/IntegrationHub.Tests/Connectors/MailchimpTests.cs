using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.Mailchimp;

namespace IntegrationHub.Tests.Connectors;

public sealed class MailchimpTests : IDisposable
{
    private readonly MailchimpFixture mailchimp = new();

    [Fact]
    public async Task A_403_without_a_body_is_a_limit_and_is_backed_off_from()
    {
        mailchimp.Account.Next(_ => null);
        mailchimp.Account.Next(new Answer(403, ""));
        mailchimp.Account.Next(new Answer(403, "<html>Forbidden</html>", ("Content-Type", "text/html")));
        var pages = await Pull(null);
        Assert.Equal(7, pages.SelectMany(p => p.Records).Where(r => !r.Deleted).Select(r => r.ExternalId).Distinct().Count());
        Assert.Equal(2, mailchimp.Clock.Waits.Count);
    }

    [Fact]
    public async Task A_403_that_gives_its_reason_is_a_refusal()
    {
        mailchimp.Account.Next(new Answer(403, """{"title":"User Disabled","status":403,"detail":"This account has been deactivated."}""", ("Content-Type", "application/problem+json")));
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Pull(null));
        Assert.Contains("deactivated", refused.Message);
        Assert.Empty(mailchimp.Clock.Waits);
    }

    [Fact]
    public async Task The_ninth_call_at_the_same_time_waits_for_one_of_eight_to_be_answered()
    {
        using var pace = new MailchimpPace();
        using var request = new HttpRequestMessage();
        var inside = new List<IDisposable?>();
        for (var i = 0; i < 8; i++) inside.Add(await pace.Enter(request, mailchimp.Clock, default));
        var ninth = pace.Enter(request, mailchimp.Clock, default).AsTask();
        Assert.False(ninth.IsCompleted);
        inside[3]?.Dispose();
        Assert.NotNull(await ninth);
    }

    [Fact]
    public async Task All_pulls_of_one_account_share_its_places()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Pull(null)));
        Assert.All(all, pages => Assert.Equal(8, pages.SelectMany(p => p.Records).Select(r => r.ExternalId).Distinct().Count()));
        Assert.InRange(mailchimp.Account.MostAtOnce, 1, 8);
    }

    [Fact]
    public async Task Archived_members_come_with_their_content_marked_as_deleted()
    {
        var first = await Pull(null);
        var gone = Assert.Single(first.SelectMany(p => p.Records), r => r.Deleted);
        Assert.Equal("gone@example.com", JsonRows.Text(gone.Payload, "email_address"));
        mailchimp.Clock.Advance(TimeSpan.FromHours(1));
        var zoe = mailchimp.Account.Members.Single(m => MailchimpStandIn.Text(m, "email_address") == "zoe@example.net");
        (zoe["status"], zoe["last_changed"]) = ("archived", mailchimp.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz"));
        var archived = Assert.Single((await Pull(first[^1].Cursor)).SelectMany(p => p.Records));
        Assert.Equal(MailchimpStandIn.Key(zoe), archived.ExternalId);
        Assert.True(archived.Deleted);
    }

    [Fact]
    public async Task An_import_that_gives_thousands_one_second_is_pulled_whole_while_members_leave_it()
    {
        var template = mailchimp.Account.Members[0];
        for (var i = 0; i < 500; i++)
        {
            var copy = template.DeepClone().AsObject();
            copy["id"] = $"imported{i:D4}";
            mailchimp.Account.Members.Insert(0, copy);
        }
        mailchimp.Account.PageSize = 50;
        var pages = 0;
        mailchimp.Account.ExtraHeaders = call =>
        {
            // Before each fifth page forty members in front change, and so all behind them move forward.
            if (call.Path.EndsWith("/members", StringComparison.Ordinal) && ++pages % 5 == 0)
                foreach (var member in mailchimp.Account.Members.Where(m => MailchimpStandIn.Text(m, "last_changed") == "2026-01-10T08:30:00+00:00").Take(40))
                    member["last_changed"] = "2026-03-01T07:59:00+00:00";
            return [];
        };
        var ids = (await Pull(null)).SelectMany(p => p.Records).Select(r => r.ExternalId).ToHashSet();
        Assert.Equal(mailchimp.Account.Members.Select(MailchimpStandIn.Key).Order(), ids.Order());
    }

    [Fact]
    public async Task Whatever_changes_between_pages_no_member_slips_through()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            using var system = new MailchimpFixture();
            var dice = new Random(seed);
            var template = system.Account.Members[0];
            system.Account.Members.RemoveAll(_ => true);
            for (var i = 0; i < 400; i++)
            {
                var copy = template.DeepClone().AsObject();
                (copy["id"], copy["last_changed"]) = ($"m{i:D4}", $"2026-01-10T08:30:{dice.Next(0, 1 + seed % 20):D2}+00:00");
                system.Account.Members.Add(copy);
            }
            system.Account.PageSize = 20;
            var changesLeft = 20;
            system.Account.ExtraHeaders = call =>
            {
                if (!call.Path.EndsWith("/members", StringComparison.Ordinal) || changesLeft == 0 || dice.Next(3) > 0) return [];
                changesLeft--;
                for (var n = dice.Next(1, 40); n > 0; n--)
                    system.Account.Members[dice.Next(400)]["last_changed"] = $"2026-02-01T08:{60 - changesLeft - 1:D2}:00+00:00";
                return [];
            };
            var pages = await system.Connector().Pull("contacts", null, default).ToListAsync();
            Assert.Equal(400, pages.SelectMany(p => p.Records).Select(r => r.ExternalId).Distinct().Count());
        }
    }

    [Fact]
    public async Task Only_an_incremental_pull_ends_at_its_own_beginning()
    {
        var first = await Pull(null);
        Assert.All(Members(), c => Assert.False(c.Query.ContainsKey("before_last_changed")));
        var before = mailchimp.Account.Calls.Count;
        mailchimp.Clock.Advance(TimeSpan.FromHours(1));
        await Pull(first[^1].Cursor);
        Assert.All(Members().Skip(before), c => Assert.Equal("2026-03-01T09:00:01+00:00", c.Query["before_last_changed"]));
        Assert.Contains(Members(), c => c.Query.GetValueOrDefault("since_last_changed") == "2026-03-01T07:55:00+00:00");
    }

    [Fact]
    public void The_key_names_the_data_centre()
    {
        var connector = new MailchimpConnector(mailchimp.Context(token: "0123456789abcdef0123456789abcdef-us19") with { Url = null });
        Assert.Equal(["contacts", "events"], connector.Streams.Select(s => s.Name));
        var refused = Assert.Throws<ConnectorException>(() => new MailchimpConnector(mailchimp.Context(token: "0123456789abcdef0123456789abcdef") with { Url = null }));
        Assert.Contains("-us19", refused.Message);
        Assert.DoesNotContain("0123456789abcdef", refused.Message);
    }

    private IEnumerable<Call> Members() => mailchimp.Account.Calls.Where(c => c.Path.EndsWith("/members", StringComparison.Ordinal));

    private Task<List<PullPage>> Pull(string? cursor) => mailchimp.Connector().Pull("contacts", cursor, default).ToListAsync().AsTask();

    public void Dispose() => mailchimp.Dispose();
}
