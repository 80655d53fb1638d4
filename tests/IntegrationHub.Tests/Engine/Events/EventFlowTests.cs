using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Events;
using IntegrationHub.Tests.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Engine.Events;

[Collection("store")]
public sealed class EventFlowTests(StoreFixture fixture, ITestOutputHelper output)
{
    private static readonly object Ada = new { email = "ada@lovelace.org" };

    private static object Row(string email, string name = "Ada Byron", string mail = "yes") => new { name, email, mail };

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task A_form_of_somebody_unknown_becomes_a_contact_and_then_starts_the_workflow(Kind kind)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var live = await LiveHub.Create(database);
        await live.Launch(LiveHub.Welcome);

        await live.Land("form.submitted", Ada, new { first_name = "ada", last_name = "lovelace", consent_email = "yes" });
        await live.Drain();

        Assert.Equal(["hello Ada > ada@lovelace.org"], await live.Sent());
        Assert.Equal(["Enter form.submitted", "Send"], await live.Journal("ADA@lovelace.org"));
        Assert.Single(Directory.GetFiles(Path.Combine(live.Hub.Folder, "mail"), "hello.*.eml"));

        await live.After(TimeSpan.FromDays(2));
        Assert.Single(await live.Sent());
        await live.After(TimeSpan.FromDays(1));
        Assert.Equal(["hello Ada > ada@lovelace.org", "more Ada > ada@lovelace.org"], await live.Sent());
        Assert.Equal(EnrolmentState.Completed, (await live.Enrolment("ada@lovelace.org")).State);
    }

    [Fact]
    public async Task An_event_that_is_told_twice_starts_and_sends_once()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Launch(LiveHub.Welcome);
        for (var i = 0; i < 3; i++)
        {
            await live.Land("form.submitted", Ada, id: "form-1");
            await live.Drain();
        }

        Assert.Single(await live.Sent());
        Assert.Equal(0, await live.Drain());
    }

    [Fact]
    public async Task An_order_ends_it_before_the_next_mail()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Launch(LiveHub.Welcome);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        await live.After(TimeSpan.FromDays(1));
        await live.Land("order.placed", Ada, new { order_id = "7", total_minor = 4200, currency = "EUR" });
        await live.Drain();
        await live.After(TimeSpan.FromDays(10));

        Assert.Single(await live.Sent());
        Assert.Equal("bought", (await live.Enrolment("ada@lovelace.org")).Outcome);
        Assert.Contains("Convert order.placed after 1 message, worth 42.00 EUR", await live.Journal("ada@lovelace.org"));
    }

    [Fact]
    public async Task An_event_of_somebody_unknown_waits_and_counts_when_they_become_known()
    {
        await using var live = await LiveHub.Create();
        var (_, rows) = await live.Hub.AddSource();
        await live.Land("deal.won", new { email = "bob@stone.org" });
        await live.Drain();
        Assert.Equal((1L, 0L, 1L), await live.Store.Events.Count(default));

        rows.Put("1", Row("Bob@Stone.org", "Bob Stone"));
        await live.Hub.Sync();
        await live.Drain();

        Assert.Equal((1L, 0L, 0L), await live.Store.Events.Count(default));
        Assert.Equal("deal.won", Assert.Single(await live.Store.Events.Of(await live.Golden("bob@stone.org"), 10, default)).Event.Type);
    }

    [Fact]
    public async Task Unsubscribing_writes_the_ledger_and_stops_what_would_have_come()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Launch(LiveHub.Welcome);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        await live.Land("email.unsubscribed", Ada);
        await live.Drain();
        await live.After(TimeSpan.FromDays(4));

        Assert.Single(await live.Sent());
        var entry = Assert.Single(await live.Store.Suppressions.For(Channel.Email, "ada@lovelace.org", default));
        Assert.Equal((Purposes.Marketing, SuppressionReason.Request), (entry.Purpose, entry.Reason));
        Assert.Contains(await live.Journal("ada@lovelace.org"), j => j.StartsWith("Skip suppressed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_complaint_blocks_the_address_whoever_has_it_though_nobody_is_known_by_it()
    {
        await using var live = await LiveHub.Create();
        await live.Land("email.complained", new { email = "who@ever.org" });
        await live.Drain();
        Assert.Equal(SuppressionReason.Complaint, Assert.Single(await live.Store.Suppressions.For(Channel.Email, "who@ever.org", default)).Reason);
    }

    [Fact]
    public async Task History_fills_what_is_known_and_enrols_nobody()
    {
        await using var live = await LiveHub.Create();
        await live.Launch(LiveHub.Welcome.Replace("form.submitted", "order.placed", StringComparison.Ordinal).Replace("  - { event: order.placed, reason: bought }", "  - { event: order.refunded, reason: refunded }", StringComparison.Ordinal));
        await live.Launch("name: vip\ntitle: Vip\ntriggers:\n  - when: { orders: true, at_least: 3 }\nreentry: never\ngoal: { event: order.placed, within: 30d, metric: revenue }\nexits:\n  - { event: order.refunded, reason: refunded }\nsteps:\n  - id: hello\n    send: hello\n");
        await live.Drain();
        var (_, rows) = await live.Hub.AddSource();
        for (var i = 0; i < 40; i++) rows.Put($"{i}", Row($"c{i}@shop.org", $"Cleo {Name(i)}"));
        await live.Hub.Sync();
        // Five years of orders, pulled for the first time an hour after the launch; some are of this very hour.
        var orders = Enumerable.Range(0, 400).Select(i => new HubEvent(
            $"o-{i}", EventTypes.OrderPlaced, live.Now - TimeSpan.FromDays(i * 4.5), new EventContact($"c{i % 40}@shop.org"), EventProperties.Parse("""{"total_minor": 1000}""")));
        await live.Hub.Get<EventIntake>().Keep(orders, "shop", history: true, default);
        await live.Drain();

        // All is pulled again.
        await live.Hub.Sync(full: true);
        await live.After(TimeSpan.FromDays(2));

        Assert.Empty(await live.Sent());
        Assert.Empty(await live.Store.Journeys.Counts(default));
        Assert.Equal((400L, 0L, 0L), await live.Store.Events.Count(default));

        // What happens from now on counts, with all that was before.
        await live.Land("order.placed", new { email = "c1@shop.org" }, new { total_minor = 100 });
        await live.Drain();
        Assert.Single(await live.Sent());
    }

    [Fact]
    public async Task Five_years_of_history_and_every_mapping_touched_enrol_nobody_and_send_nothing()
    {
        string[] triggers =
        [
            "when: { orders: true, at_least: 3 }", "when: { field: country, is: GB }", "list: gold", "changed: country", "changed: city", "event: order.placed", "inactive_for: 60d", "date: known_since, yearly: true",
            "when: { event: page.viewed, at_least: 1, within: 3650d }", "when: { consent: email }",
        ];
        await using var live = await LiveHub.Create();
        for (var i = 0; i < triggers.Length; i++)
            await live.Launch($"name: watches-{i}\ntitle: Watches\ntriggers:\n  - {{ {triggers[i]} }}\nreentry: always\ngoal: {{ event: demo.requested, within: 30d, metric: meetings }}\nsteps:\n  - id: hello\n    send: hello\n");
        await live.Drain();
        live.Hub.Time.Advance(TimeSpan.FromHours(1));
        var rows = await live.Hub.AddSourceNamed("history-of-five-years");
        for (var i = 0; i < 60; i++) rows.Put($"{i}", new { name = $"Cleo {Name(i)}", email = $"h{i}@shop.org", mail = "yes", town = "Leeds", land = "United Kingdom", country = "Germany" });
        await live.Hub.Sync();
        string[] types = [EventTypes.OrderPlaced, EventTypes.PageViewed, EventTypes.CartUpdated, EventTypes.FormSubmitted];
        await live.Hub.Get<EventIntake>().Keep(
            Enumerable.Range(0, 1_200).Select(i => new HubEvent($"h-{i}", types[i / 60 % 4], live.Now - TimeSpan.FromDays(i * 1.5), new EventContact($"h{i % 60}@shop.org"), EventProperties.Parse("""{"total_minor": 1000, "path": "/pricing"}"""))),
            "shop", history: true, default);
        await live.Drain();
        Assert.Empty(await live.Store.Journeys.Counts(default));

        // The next version of the mapping has other columns for city and country, and makes every record anew.
        var database = Path.Combine(live.Hub.Folder, "hub.db");
        await using var next = await LiveHub.Create(database, TestHub.Mapping.Replace("country: country", "country: land", StringComparison.Ordinal).Replace("city: city\n", "city: town\n", StringComparison.Ordinal));
        next.Hub.Time.SetUtcNow(live.Now + TimeSpan.FromHours(1));
        await next.Hub.Sync();
        await next.Drain();
        await next.Hub.Sync(full: true);
        await next.Drain();

        Assert.Equal(60, (await next.Hub.Goldens()).Count(g => g.Content.Contains("GB", StringComparison.Ordinal)));
        Assert.Equal((1_200L, 0L, 0L), await next.Store.Events.Count(default));
        Assert.Empty(await next.Store.Journeys.Counts(default));
        Assert.Empty(await next.Store.Messages.Latest(10, default));

        // What a source says from now on is news.
        rows.Put("7", new { name = $"Cleo {Name(7)}", email = "h7@shop.org", mail = "yes", town = "York", land = "France" });
        next.Hub.Time.Advance(TimeSpan.FromMinutes(1));
        await next.Hub.Sync();
        await next.Drain();
        Assert.Equal(["watches-3", "watches-4"], (await next.Store.Journeys.Counts(default)).Select(c => c.Workflow));
    }

    [Fact]
    public async Task Merged_in_the_midst_of_it_a_contact_gets_each_mail_once_and_goes_back_whole_when_that_is_undone()
    {
        await using var live = await LiveHub.Create();
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", phone = "+44 20 7946 0018", mail = "yes" });
        await live.Hub.Sync();
        // The older golden record lives on.
        live.Hub.Time.Advance(TimeSpan.FromSeconds(1));
        rows.Put("2", new { name = "Augusta King", email = "augusta@king.org", mail = "yes" });
        await live.Hub.Sync();
        await live.Launch(LiveHub.Welcome);
        await live.Land("form.submitted", Ada, id: "f-1");
        await live.Drain();
        await live.After(TimeSpan.FromHours(5));
        await live.Land("form.submitted", new { email = "augusta@king.org" }, id: "f-2");
        await live.Drain();
        Assert.Equal(2, (await live.Sent()).Count);
        var (ada, augusta) = (await live.Golden("ada@lovelace.org"), await live.Golden("augusta@king.org"));

        rows.Put("2", new { name = "Ada Byron", email = "ada@lovelace.org", phone = "+44 20 7946 0018", mail = "yes" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal(ada, (await live.Store.Golden.Find(augusta, default))?.Id);
        var both = (await live.Hub.Get<FollowWorkflows>().Why("ada@lovelace.org", TestHub.Admin, default)).Enrolments;
        Assert.Equal((2, 1), (both.Count, both.Count(e => e.IsActive)));
        Assert.Contains(both, e => e.Outcome == JourneyMerge.Outcome);
        Assert.Equal(2, (await live.Store.Events.Of(ada, 10, default)).Count);
        await live.After(TimeSpan.FromDays(4));
        Assert.Single(await live.Sent(), s => s.StartsWith("more", StringComparison.Ordinal));

        var merge = (await live.Store.Golden.Merges(10, default)).First(m => m.Absorbed == augusta);
        await live.Hub.Get<ReviewQueue>().Undo(merge.Id.ToString(), TestHub.Admin, "two people", default);
        await live.Drain();
        var apart = await live.Store.Journeys.Load([ada, augusta], default);
        Assert.Equal("f-1", Assert.Single(apart[ada].State.Current.Enrolments).EventId);
        Assert.Equal("f-2", Assert.Single(apart[augusta].State.Current.Enrolments).EventId);
        Assert.Equal("f-2", Assert.Single(await live.Store.Events.Of(augusta, 10, default)).Event.Id);
        await live.After(TimeSpan.FromDays(4));
        Assert.Single(await live.Sent(), s => s.StartsWith("more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_may_not_be_written_to_waits_and_enters_by_itself_when_it_is_fixed()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Hub.Get<SuppressPoint>().Suppress("ada@lovelace.org", Purposes.Every, SuppressionReason.HardBounce, TestHub.Admin, null, default);
        await live.Launch(LiveHub.Welcome);
        await live.Land("form.submitted", new { source = await Source(live), external_id = "1" });
        await live.Drain();
        Assert.Empty(await live.Sent());
        Assert.Contains(await live.Journal("ada@lovelace.org"), j => j.StartsWith("Skip blocked", StringComparison.Ordinal));

        await live.Hub.Get<SuppressPoint>().Release("ada@lovelace.org", Purposes.Every, TestHub.Admin, null, default);
        await live.Drain();

        Assert.Single(await live.Sent());
    }

    [Fact]
    public async Task Paused_it_stands_still_resumed_it_goes_on_stopped_it_ends()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Launch(LiveHub.Welcome);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        var launch = live.Hub.Get<LaunchWorkflow>();
        await launch.Pause("welcome", null, TestHub.Admin, default);
        await live.After(TimeSpan.FromDays(4));
        Assert.Single(await live.Sent());
        await launch.Resume("welcome", TestHub.Admin, default);
        await live.Drain();
        Assert.Equal(2, (await live.Sent()).Count);

        await live.Hub.Get<LaunchWorkflow>().Stop("welcome", "done", TestHub.Admin, default);
        await live.Land("form.submitted", new { email = "new@lovelace.org" }, new { consent_email = "yes" });
        await live.Drain();
        Assert.Equal(2, (await live.Sent()).Count);
    }

    [Fact]
    public async Task A_launch_is_refused_with_what_is_missing_and_an_override_stands_in_the_trail()
    {
        await using var live = await LiveHub.Create();
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "workflows", "welcome.yaml"), LiveHub.Welcome);
        var launch = live.Hub.Get<LaunchWorkflow>();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => launch.Launch("welcome", null, TestHub.Admin, default));
        Assert.Contains("- audit: mappings/audit.yaml describes no workflow 'welcome'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("- goal", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => launch.Launch("welcome", "please", new Actor("rita", Role.Reviewer), default));
        Assert.Empty(await live.Store.Launches.List(default));

        var (workflow, _) = await launch.Publish("welcome", TestHub.Admin, default);
        var tested = (await launch.Gate("welcome", TestHub.Admin, default)).Checks.Single(c => c.Name == "test");
        Assert.Equal(tested.Passed, (await live.Store.Launches.TestOf("welcome", workflow.Version, default))?.Covered);
        await launch.Launch("welcome", "agreed with Ana", TestHub.Admin, default);
        Assert.Contains(await live.Store.Trail.For("workflow", "welcome", default), t => t is { Action: "launch_override", Why: "agreed with Ana", By: "ada" });
    }

    [Fact]
    public async Task A_change_that_would_enrol_many_at_once_stops_and_asks()
    {
        await using var live = await LiveHub.Create();
        var (_, rows) = await live.Hub.AddSource();
        for (var i = 0; i < 60; i++) rows.Put($"{i}", Row($"c{i}@shop.org", $"Cleo {Name(i)}"));
        await live.Hub.Sync();
        await live.Launch("name: berlin\ntitle: Berlin\ntriggers:\n  - when: { field: city, is: Berlin }\nreentry: never\ngoal: { event: order.placed, within: 30d, metric: revenue }\nexits:\n  - { event: order.placed, reason: bought }\nsteps:\n  - id: hello\n    send: hello\n");
        await live.Drain();

        rows.Put("0", new { name = "Cleo Aa", email = "c0@shop.org", city = "Berlin", mail = "yes" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Single(await live.Sent());

        for (var i = 1; i < 60; i++) rows.Put($"{i}", new { name = $"Cleo {Name(i)}", email = $"c{i}@shop.org", city = "Berlin", mail = "yes" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Single(await live.Sent());
        Assert.Equal(LaunchState.Paused, (await live.Store.Launches.List(default)).Single().State);
        Assert.Contains("59 of 60 contacts", (await live.Store.Trail.For("workflow", "berlin", default))[^1].Why, StringComparison.Ordinal);

        await live.Hub.Get<LaunchWorkflow>().Resume("berlin", TestHub.Admin, default);
        await live.Drain();
        Assert.Equal(60, (await live.Sent()).Count);
    }

    [Fact]
    public async Task Enrolled_by_hand_a_contact_enters_once_however_often_the_lane_runs()
    {
        await using var live = await Known(("1", Row("ada@lovelace.org")));
        await live.Launch(LiveHub.Welcome);
        await live.Hub.Get<FollowWorkflows>().Enrol("ada@lovelace.org", "welcome", TestHub.Admin, default);
        await live.Drain();
        await live.Drain();
        Assert.Equal("Enter by hand, ada", (await live.Journal("ada@lovelace.org"))[0]);
        Assert.Single(await live.Sent());
    }

    private static string Name(int i) => $"{(char)('A' + i / 26)}{(char)('a' + i % 26)}{(char)('a' + i * 7 % 26)}son";

    private static async Task<string> Source(LiveHub live) => (await live.Store.Sources.List(default))[0].Name.Value;

    private static async Task<LiveHub> Known(params (string Id, object Row)[] contacts)
    {
        var live = await LiveHub.Create();
        var (_, rows) = await live.Hub.AddSource();
        foreach (var (id, row) in contacts) rows.Put(id, row);
        await live.Hub.Sync();
        return live;
    }
}
