using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Tests.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Engine.Events;

/// <summary>What workflows set becomes part of the golden record and goes to the systems that take it.</summary>
[Collection("store")]
public sealed class WorkflowWordsTests(StoreFixture fixture, ITestOutputHelper output)
{
    private const string Mapping = """
        connector: memory
        stream: contacts
        entity: contact
        updated_at: changed
        fields:
          full_name: name
          email: email
          owner: owner
          tags: { path: tags, transforms: [split_semicolon] }
          job_title: job
        write_back:
          enabled: WRITE
          properties:
            owner: { field: owner, owner: hub, path: owner }
            job: { field: job_title, owner: hub, path: job }
        """;

    private const string Assign = """
        name: assign
        title: Assign
        triggers:
          - event: form.submitted
        reentry: 1h
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: give
            route: routing
          - id: mark
            update: { set: { job_title: Buyer }, add_tags: [sales-ready], remove_tags: [nurture] }
          - id: some-days
            wait: 3d
          - id: done
            exit: done
        """;

    private static readonly object Ada = new { email = "ada@lovelace.org" };

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task What_a_workflow_sets_stands_in_the_golden_record_with_its_origin_and_reaches_the_source(Kind kind)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var live = await Start(database);
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", owner = "", tags = "vip;nurture", job = "Countess" });
        await live.Hub.Sync();

        await live.Land("form.submitted", Ada);
        await live.Drain();

        var golden = await Row(live);
        Assert.Equal(("Sales desk", "Buyer", "sales-ready\nvip"), (golden.Values[Field.Owner], golden.Values[Field.JobTitle], golden.Values[Field.Tags]));
        Assert.Equal(["owner workflow", "job_title workflow"], golden.Provenance.Where(p => p.Field is Field.Owner or Field.JobTitle).OrderByDescending(p => p.Field).Select(p => $"{Fields.NameOf(p.Field)} {p.Rule}"));
        Assert.Equal(("Sales desk", "Buyer"), (rows.Value("1", "owner"), rows.Value("1", "job")));
        Assert.Contains(
            await live.Store.Trail.For("golden", golden.Id.ToString(), default),
            t => (t.By, t.Action, t.Before, t.After) == ("workflow assign", "set", """{"job_title":"Countess"}""", """{"job_title":"Buyer"}"""));
    }

    [Fact]
    public async Task A_newer_word_of_the_source_holds_against_what_a_workflow_has_set_and_the_workflow_sees_it()
    {
        await using var live = await Start();
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", owner = "", tags = "", job = "Countess" });
        await live.Hub.Sync();
        await live.Land("form.submitted", Ada);
        await live.Drain();

        // What was written comes back and changes nothing.
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal("Sales desk", (await Row(live)).Values[Field.Owner]);
        Assert.DoesNotContain(await live.Store.Outbox.List(10, default), o => o.State == OutboxState.Waiting);

        rows.Patch("1", new Dictionary<string, string> { ["owner"] = "Ben Okafor" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal("Ben Okafor", (await Row(live)).Values[Field.Owner]);
        Assert.Equal("Ben Okafor", rows.Value("1", "owner"));

        // Routed again, the contact stays with whom the CRM names.
        await live.After(TimeSpan.FromDays(4));
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Contains("Route existing owner: Ben Okafor", await live.Journal("ada@lovelace.org"));
        Assert.Equal("Ben Okafor", (await Row(live)).Values[Field.Owner]);
    }

    [Fact]
    public async Task A_persons_lock_stands_over_a_workflows_word()
    {
        await using var live = await Start();
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", owner = "", tags = "", job = "Countess" });
        await live.Hub.Sync();
        await live.Hub.Get<LockField>().Lock("ada@lovelace.org", "job_title", "Analyst", TestHub.Admin, "she says so", default);

        await live.Land("form.submitted", Ada);
        await live.Drain();

        Assert.Equal(("Analyst", "Sales desk"), ((await Row(live)).Values[Field.JobTitle], (await Row(live)).Values[Field.Owner]));
    }

    [Fact]
    public async Task What_was_set_goes_with_its_record_when_contacts_merge_and_part()
    {
        await using var live = await Start();
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", owner = "", tags = "", job = "Countess" });
        rows.Put("2", new { name = "Grace Hopper", email = "grace@navy.mil", owner = "", tags = "", job = "" });
        await live.Hub.Sync();
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Null((await Row(live, "grace@navy.mil")).Values[Field.Owner]);

        // Grace takes Ada's address: they are one now.
        rows.Patch("2", new Dictionary<string, string> { ["email"] = "ada@lovelace.org", ["name"] = "Ada Byron" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Single(await live.Hub.Partition());
        Assert.Equal(("Sales desk", "sales-ready"), ((await Row(live)).Values[Field.Owner], (await Row(live)).Values[Field.Tags]));

        rows.Patch("2", new Dictionary<string, string> { ["email"] = "grace@navy.mil", ["name"] = "Grace Hopper", ["owner"] = "", ["job"] = "" });
        await live.Hub.Sync();
        await live.Drain();
        Assert.Equal(2, (await live.Hub.Partition()).Count);
        Assert.Equal(("Sales desk", "sales-ready"), ((await Row(live)).Values[Field.Owner], (await Row(live)).Values[Field.Tags]));
        Assert.Null((await Row(live, "grace@navy.mil")).Values[Field.Tags]);
    }

    [Fact]
    public async Task Tags_come_and_go_by_the_latest_word_and_leave_the_sources_tags_alone()
    {
        await using var live = await Start();
        await live.Launch(Assign.Replace("name: assign", "name: cool", StringComparison.Ordinal).Replace("form.submitted", "trial.started", StringComparison.Ordinal)
            .Replace("add_tags: [sales-ready], remove_tags: [nurture]", "add_tags: [Nurture], remove_tags: [sales-ready]", StringComparison.Ordinal));
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", owner = "", tags = "vip;nurture", job = "" });
        await live.Hub.Sync();
        await live.Land("form.submitted", Ada);
        await live.Drain();
        await live.Land("trial.started", Ada);
        await live.Drain();
        Assert.Equal("nurture\nvip", (await Row(live)).Values[Field.Tags]);

        rows.Patch("1", new Dictionary<string, string> { ["tags"] = "press" });
        await live.Hub.Sync();
        Assert.Equal("Nurture\npress", (await Row(live)).Values[Field.Tags]);

        await live.After(TimeSpan.FromHours(2));
        await live.Land("order.placed", Ada);
        await live.After(TimeSpan.FromMinutes(1));
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal("press\nsales-ready", (await Row(live)).Values[Field.Tags]);
        // The superseded words are kept out of the way: one a tag, one a field.
        var held = await live.Store.Locks.Of((await Row(live)).Id, default);
        Assert.Equal(held.Select(l => (l.Lock.Field, (l.Lock.Value ?? l.Lock.Correction?.Was)?.ToLowerInvariant())).Distinct().Count(), held.Count(l => l.Lock.Field == Field.Tags) + held.Count(l => l.Lock.Field != Field.Tags));
    }

    private static async Task<LiveHub> Start(string? database = null)
    {
        var live = await LiveHub.Create(database, Mapping.Replace("WRITE", "true", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "routing.yaml"), "time_zone: Europe/London\nreps:\n  - { name: Ben Okafor, email: ben@example.com }\nterritories: []\nfallback: { name: Sales desk, email: sales@example.com }\n");
        await live.Launch(Assign);
        return live;
    }

    private static async Task<GoldenRow> Row(LiveHub live, string contact = "ada@lovelace.org") => (await live.Hub.Get<Contacts>().Show(contact, default)).Row;
}
