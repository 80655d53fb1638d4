using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Tests.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Engine.Events;

/// <summary>Suppressions and activities reach the systems that are to know of them: once, and not those that told us.</summary>
[Collection("store")]
public sealed class ToldTests(StoreFixture fixture, ITestOutputHelper output)
{
    private const string Mapping = """
        connector: memory
        stream: contacts
        entity: contact
        updated_at: changed
        fields:
          full_name: name
          email: email
        consents:
          - channel: email
            state: mail
            values: { yes: granted, no: denied, bounced: suppressed }
            point: email
        write_back:
          enabled: WRITE
          suppressions: true
          activities: true
        """;

    private const string Close = """
        name: close
        title: Close
        triggers:
          - event: form.submitted
        reentry: 1h
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: note
            update: { log: Had no answer }
          - id: stop
            suppress: { channel: email, reason: no answer }
        """;

    private static readonly object Ada = new { email = "ada@lovelace.org" };

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task What_a_workflow_closes_and_notes_is_told_once_to_each_source_of_the_contact(Kind kind)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var live = await Start(database);
        var (_, crm) = await live.Hub.AddSource("crm");
        var (_, mail) = await live.Hub.AddSource("mail");
        crm.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", mail = "" });
        mail.Put("a", new { name = "Ada Byron", email = "ada@lovelace.org", mail = "yes" });
        mail.Put("b", new { name = "Bob Stone", email = "bob@stone.org", mail = "yes" });
        await live.Hub.Sync();

        await live.Land("form.submitted", Ada);
        await live.Drain();

        Assert.Equal(["1 Had no answer", "1 ada@lovelace.org marketing NoAnswer"], crm.Told.Order(StringComparer.Ordinal));
        Assert.Equal(["a Had no answer", "a ada@lovelace.org marketing NoAnswer"], mail.Told.Order(StringComparer.Ordinal));

        // It comes back from the source, the workflow runs again, and nothing is told anew but the note.
        await live.Hub.Sync();
        await live.After(TimeSpan.FromHours(2));
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Single(mail.Told, t => t.Contains("NoAnswer", StringComparison.Ordinal));
        Assert.Equal(2, mail.Told.Count(t => t.Contains("Had no answer", StringComparison.Ordinal)));
        Assert.DoesNotContain(await live.Store.Outbox.List(50, default), o => o.State != OutboxState.Delivered);
    }

    [Fact]
    public async Task Unsubscribing_hard_bounces_and_a_persons_own_suppression_are_told_and_those_who_told_us_are_not()
    {
        await using var live = await Start();
        var (_, mail) = await live.Hub.AddSource();
        mail.Put("a", new { name = "Ada Byron", email = "ada@lovelace.org", mail = "yes" });
        mail.Put("b", new { name = "Bob Stone", email = "bob@stone.org", mail = "bounced" });
        mail.Put("c", new { name = "Cleo Frank", email = "cleo@frank.org", mail = "yes" });
        await live.Hub.Sync();

        await live.Land("email.unsubscribed", Ada, id: "u-1");
        await live.Land("email.bounced", new { email = "bob@stone.org" }, new { kind = "hard" });
        await live.Hub.Get<SuppressPoint>().Suppress("cleo@frank.org", Purposes.Every, SuppressionReason.Request, TestHub.Admin, "by phone", default);
        await live.Drain();
        await live.Land("email.unsubscribed", Ada, id: "u-1");
        await live.Drain();

        Assert.Equal(["a ada@lovelace.org marketing Request", "c cleo@frank.org every Request"], mail.Told.Order(StringComparer.Ordinal).Select(t => t.Replace(Purposes.Every, "every", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_told_where_the_mapping_does_not_say_so()
    {
        await using var live = await Start(write: false);
        var (_, mail) = await live.Hub.AddSource();
        mail.Put("a", new { name = "Ada Byron", email = "ada@lovelace.org", mail = "yes" });
        await live.Hub.Sync();
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Empty(mail.Told);
    }

    [Fact]
    public async Task A_source_that_is_down_is_told_later_and_one_that_refuses_for_good_is_a_dead_letter_that_can_be_tried_again()
    {
        await using var live = await Start();
        var (_, mail) = await live.Hub.AddSource();
        mail.Put("a", new { name = "Ada Byron", email = "ada@lovelace.org", mail = "yes" });
        await live.Hub.Sync();
        mail.Fails = "503: down";
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Empty(mail.Told);
        Assert.All(await live.Store.Outbox.Counts(default), c => Assert.Equal((OutboxState.Waiting, "503: down"), (c.State, c.Error)));

        // Eight times in vain is enough.
        for (var i = 0; i < 9; i++) await live.After(TimeSpan.FromHours(13));
        Assert.All(await live.Store.Outbox.Counts(default), c => Assert.Equal((OutboxState.Failed, 1L, "503: down"), (c.State, c.Rows, c.Error)));
        Assert.Equal(2, (await live.Hub.Get<FollowWorkflows>().Why("ada@lovelace.org", TestHub.Admin, default)).Outbox.Count(o => o.State == OutboxState.Failed));

        mail.Fails = null;
        Assert.Equal((0, 2), await live.Hub.Get<FollowWorkflows>().Retry(TestHub.Admin, default));
        await live.Drain();
        Assert.Equal(["a Had no answer (perhaps again)", "a ada@lovelace.org marketing NoAnswer"], mail.Told.Order(StringComparer.Ordinal));
    }

    private static async Task<LiveHub> Start(string? database = null, bool write = true)
    {
        var live = await LiveHub.Create(database, Mapping.Replace("WRITE", write ? "true" : "false", StringComparison.Ordinal));
        await live.Launch(Close);
        return live;
    }
}
