using System.Text.Json.Nodes;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Tests.Connectors;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Tests.Store;
using IntegrationHub.Vocabulary;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Engine.Events;

/// <summary>What workflows ask outside, over real HTTP: vendors, the agent, Slack.</summary>
[Collection("store")]
public sealed class OutsideTests(StoreFixture fixture, ITestOutputHelper output) : IDisposable
{
    private const string Ask = """
        name: ask
        title: Ask
        triggers:
          - event: form.submitted
        reentry: 1h
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: enrich
            enrich: { vendors: [peopledatalabs, apollo], deadline: 5s }
          - id: in-or-out
            branch:
              when: { field: company, is: Acme }
              then: [{ exit: of Acme }]
              else: [{ exit: of nobody }]
        """;

    private const string Choose = """
        name: choose
        title: Choose
        triggers:
          - event: form.submitted
        reentry: 1h
        goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
        exits:
          - { event: order.placed, reason: bought }
        steps:
          - id: tone
            decide:
              question: Which tone?
              options: [{ name: plain, meaning: short, steps: [{ exit: plainly }] }, { name: warm, meaning: kind, steps: [{ exit: warmly }] }]
              fallback: plain
              deadline: 5s
        """;

    private static readonly object Ada = new { email = "ada@lovelace.org" };

    private readonly OutsideStandIn server = new();
    private readonly List<string> variables = [];

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task A_vendor_is_asked_and_what_it_knows_is_a_record_of_its_own_that_wakes_the_contact_at_once(Kind kind)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var live = await Start(Ask, database);
        server.People = _ => new Answer(200, """{"status":200,"data":{"job_company_name":"Acme","job_company_website":"acme.com","job_title":"Head of Analysis"}}""");

        await live.Land("form.submitted", Ada);
        await live.Drain();

        Assert.Equal(["Enter form.submitted", "Update enriched by peopledatalabs", "Exit of Acme"], await live.Journal("ada@lovelace.org"));
        var contact = await live.Hub.Get<Contacts>().Show("ada@lovelace.org", default);
        Assert.Equal(("Acme", "Ada", "acme.com"), (contact.Row.Values[Field.Company], contact.Row.Values[Field.FirstName], contact.Row.Values[Field.Domain]));
        Assert.StartsWith("enrichment/contacts/peopledatalabs:", contact.Row.Provenance.Single(p => p.Field == Field.Company).Source.ToString(), StringComparison.Ordinal);
        // The CRM's own word on the title stands.
        Assert.Equal("Countess", contact.Row.Values[Field.JobTitle]);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("ada@lovelace.org", "6", "secret-of-peopledatalabs"), (call.Query["email"], call.Query["min_likelihood"], call.Headers["X-Api-Key"]));

        // Run again, the same record is told again, and nothing is doubled.
        await live.After(TimeSpan.FromHours(2));
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(2, server.Calls.Count);
        Assert.Equal(2, (await live.Hub.Get<Contacts>().Show("ada@lovelace.org", default)).Sources.Count);
    }

    [Fact]
    public async Task A_vendor_that_knows_nothing_or_fails_gives_way_to_the_next_and_one_that_is_dead_is_left_alone()
    {
        await using var live = await Start(Ask);
        server.People = _ => new Answer(503, "");
        server.Match = _ => new Answer(200, """{"person":{"title":"Analyst","organization":{"name":"Acme","primary_domain":"acme.com"}}}""");
        for (var i = 0; i < 6; i++)
        {
            await live.Land("form.submitted", Ada);
            await live.Drain();
            await live.After(TimeSpan.FromHours(2));
        }

        Assert.Equal(6, (await live.Journal("ada@lovelace.org")).Count(j => j == "Update enriched by apollo"));
        // Asked twice for each of five contacts; then the circuit is broken, and it is not asked at all.
        Assert.Equal(10, server.Calls.Count(c => c.Path.EndsWith("/enrich", StringComparison.Ordinal)));
        Assert.Equal(6, server.Calls.Count(c => c.Path.EndsWith("/match", StringComparison.Ordinal)));
        Assert.Contains(await Answers(live, "custom.enriched"), a => a.Contains("has failed over and over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_knows_anything_the_contact_goes_on_and_the_journal_says_why()
    {
        await using var live = await Start(Ask);
        server.People = _ => new Answer(404, """{"status":404}""");
        server.Match = _ => new Answer(200, "<html>");
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(["Enter form.submitted", "Skip not enriched: peopledatalabs: knows nothing; apollo: the answer is no JSON object", "Exit of nobody"], await live.Journal("ada@lovelace.org"));
    }

    [Fact]
    public async Task Once_the_deadline_has_passed_nobody_is_asked_any_more()
    {
        await using var live = await Start(Ask);
        server.People = _ =>
        {
            live.Hub.Time.Advance(TimeSpan.FromSeconds(6));
            return new Answer(404, "");
        };
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(["Enter form.submitted", "Skip not enriched: peopledatalabs: knows nothing; the deadline has passed", "Exit of nobody"], await live.Journal("ada@lovelace.org"));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task A_vendor_that_never_answers_costs_no_more_than_the_contact_can_wait()
    {
        // Takes the connection, and says nothing.
        using var mute = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        mute.Start();
        var vendor = EnrichmentFile.Parse($"vendors:\n  mute:\n    url: http://{mute.LocalEndpoint}/\n    token: {{ variable: X }}\n    ask: {{ email: email }}\n    fields: {{ company: name }}\n    timeout: 1m\n", "enrichment.yaml").Single();
        await using var live = await LiveHub.Create();
        var answer = await new EnrichmentCalls(live.Hub.Get<IHttpClientFactory>()).Ask(vendor, "secret", FieldValues.None.With(Field.Email, "ada@lovelace.org"), TimeSpan.FromMilliseconds(50), default);
        Assert.Equal(new VendorAnswer(null, "no answer before the deadline"), answer);
    }

    [Fact]
    public async Task Without_a_token_no_vendor_is_asked()
    {
        await using var live = await Start(Ask, tokens: false);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(["Enter form.submitted", "Skip not enriched: no vendor of peopledatalabs, apollo is set up", "Exit of nobody"], await live.Journal("ada@lovelace.org"));
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task An_answer_that_is_kept_is_not_asked_for_again_when_the_hub_was_killed_before_it_said_so()
    {
        await using var live = await Start(Ask);
        server.People = _ => new Answer(200, """{"data":{"job_company_name":"Acme"}}""");
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Single(server.Calls);

        await RawSql.Execute(Path.Combine(live.Hub.Folder, "hub.db"), "UPDATE outbox SET state = 0 WHERE kind = @0", OutboxKinds.Enrich);
        await live.After(TimeSpan.FromMinutes(2));

        Assert.Single(server.Calls);
        Assert.Single(await live.Journal("ada@lovelace.org"), j => j.StartsWith("Update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_agent_chooses_and_is_told_nothing_that_says_who_the_contact_is()
    {
        await using var live = await Start(Choose, agent: 10);
        server.Completion = _ => Completion("""{"option":"warm","reason":"she came back twice"}""");
        await live.Land("page.viewed", Ada, new { path = "/pricing/ada@lovelace.org" });
        await live.Land("form.submitted", Ada);
        await live.Drain();

        Assert.Equal(["Enter form.submitted", "Update decided warm: she came back twice", "Exit warmly"], await live.Journal("ada@lovelace.org"));
        var call = Assert.Single(server.Calls);
        Assert.Equal("Bearer secret-of-agent", call.Headers["Authorization"]);
        Assert.Equal("json_schema", call.Json["response_format"]!["type"]!.GetValue<string>());
        Assert.Equal(["plain", "warm"], call.Json["response_format"]!["json_schema"]!["schema"]!["properties"]!["option"]!["enum"]!.AsArray().Select(o => o!.GetValue<string>()));
        foreach (var secret in new[] { "lovelace", "ada", "byron", "+44", "London", "Analytical" }) Assert.DoesNotContain(secret, call.Body.Replace("[…]", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("form.submitted", call.Body, StringComparison.Ordinal);
        // The decision is kept with what was asked, what was answered and what it cost: run again, nobody is asked.
        var kept = Assert.Single(await Answers(live, "custom.decided"));
        Assert.Contains("she came back twice", kept, StringComparison.Ordinal);
        Assert.Contains("\"tokens\":42", kept, StringComparison.Ordinal);
        await RawSql.Execute(Path.Combine(live.Hub.Folder, "hub.db"), "UPDATE outbox SET state = 0 WHERE kind = @0", OutboxKinds.Decide);
        await live.After(TimeSpan.FromMinutes(2));
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData("""{"option":"shouting","reason":"loud"}""", "decided plain: the agent named 'shouting', which is none of the options")]
    [InlineData("I would take the warm one.", "decided plain: the agent's answer is no JSON")]
    [InlineData("[]", "decided plain: the agent named no option")]
    public async Task An_answer_that_is_none_of_the_options_leaves_the_fallback(string content, string reason)
    {
        await using var live = await Start(Choose, agent: 10);
        server.Completion = _ => Completion(content);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(["Enter form.submitted", $"Update {reason}", "Exit plainly"], await live.Journal("ada@lovelace.org"));
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_tried_again_and_then_leaves_the_fallback()
    {
        await using var live = await Start(Choose, agent: 10);
        server.Completion = _ => new Answer(503, """{"error":{"message":"overloaded"}}""");
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal("Update decided plain: the endpoint refuses (HTTP 503)", (await live.Journal("ada@lovelace.org"))[1]);
        Assert.Equal(3, server.Calls.Count);
    }

    [Fact]
    public async Task The_days_budget_is_kept_and_a_new_day_has_its_own()
    {
        await using var live = await Start(Choose, agent: 1);
        server.Completion = _ => Completion("""{"option":"warm","reason":"so"}""");
        for (var i = 0; i < 2; i++)
        {
            await live.Land("form.submitted", Ada);
            await live.Drain();
            await live.After(TimeSpan.FromHours(2));
        }

        Assert.Equal(["Update decided warm: so", "Update decided plain: the day's 1 questions are used up"], (await live.Journal("ada@lovelace.org")).Where(j => j.StartsWith("Update", StringComparison.Ordinal)));
        await live.After(TimeSpan.FromDays(1));
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task The_agent_is_off_unless_it_is_set_up()
    {
        await using var live = await Start(Choose);
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal("Update decided plain: the agent is off", (await live.Journal("ada@lovelace.org"))[1]);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_note_goes_to_the_reps_mailbox_and_to_Slack_and_waits_there_while_it_is_down()
    {
        await using var live = await Start(
            "name: tell\ntitle: Tell\ntriggers:\n  - event: form.submitted\nreentry: 1h\ngoal: { event: order.placed, within: 30d, metric: revenue, ends: false }\nexits:\n  - { event: order.placed, reason: bought }\nsteps:\n  - id: tell\n    notify: { to: owner, reason: a <!channel> lead & more }\n",
            slack: true);
        server.Hook = _ => new Answer(503, "rollup_error");
        await live.Land("form.submitted", Ada);
        await live.Drain();
        Assert.Equal(["owner@example.com"], (await live.Store.Messages.Latest(5, default)).Select(m => m.Message.To.Address));
        Assert.Equal("Slack refuses (HTTP 503): rollup_error", Assert.Single(await live.Store.Outbox.Counts(default)).Error);

        server.Hook = _ => new Answer(200, "ok");
        await live.After(TimeSpan.FromMinutes(1));
        Assert.Contains("a &lt;!channel&gt; lead &amp; more", server.Calls.Last().Json["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await live.Store.Outbox.Counts(default));
    }

    [Fact]
    public void The_vendors_that_ship_can_be_read() =>
        Assert.Equal(["peopledatalabs", "apollo"], EnrichmentFile.Load(Path.Combine(Repository.Mappings, "enrichment.yaml")).Select(v => v.Name));

    [Fact]
    public void A_vendor_that_is_described_wrongly_is_refused_with_place_and_cure()
    {
        var e = Assert.Throws<RecipeException>(() => EnrichmentFile.Parse(
            "vendors:\n  acme:\n    url: acme\n    token: { variable: X }\n    ask: { mail: emial }\n    fields: { company: data.name }\n    timeout: long\n", "enrichment.yaml"));
        Assert.Contains("enrichment.yaml:3", e.Message, StringComparison.Ordinal);
        Assert.Contains("'acme' is no whole address", e.Message, StringComparison.Ordinal);
        Assert.Contains("there is no field 'emial'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'long' is no length of time", e.Message, StringComparison.Ordinal);
    }

    private async Task<LiveHub> Start(string workflow, string? database = null, bool tokens = true, int? agent = null, bool slack = false)
    {
        // Variables are the process's: each test has its own names.
        var mark = $"HUB_TEST_{Guid.NewGuid():N}";
        string Variable(string of, string value)
        {
            var name = $"{mark}_{of}";
            variables.Add(name);
            Environment.SetEnvironmentVariable(name, value);
            return name;
        }

        var live = await LiveHub.Create(database, TestHub.Mapping.Replace("company: company", "company: company\n  job_title: job", StringComparison.Ordinal), settings: s => s with
        {
            Agent = agent is { } most ? new AgentSettings(new Uri(server.Url, "v1"), "small") { PerDay = most, TokenVariable = Variable("AGENT", "secret-of-agent") } : AgentSettings.Off,
            Slack = slack ? new SlackSettings(Variable("SLACK", new Uri(server.Url, "hook").ToString())) : new SlackSettings($"{mark}_NONE"),
        });
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Mappings, "enrichment.yaml"));
        foreach (var (name, variable, path) in new[] { ("peopledatalabs", "PDL_API_KEY", "https://api.peopledatalabs.com"), ("apollo", "APOLLO_API_KEY", "https://api.apollo.io") })
            file = file.Replace(variable, tokens ? Variable(name, $"secret-of-{name}") : $"{mark}_NONE", StringComparison.Ordinal).Replace(path, server.Url.ToString().TrimEnd('/'), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "enrichment.yaml"), file);
        await File.WriteAllTextAsync(Path.Combine(live.Hub.Mappings, "routing.yaml"), "time_zone: Etc/UTC\nreps: []\nterritories: []\nfallback: { name: Owner, email: owner@example.com }\n");
        await live.Launch(workflow);
        var (_, rows) = await live.Hub.AddSource();
        rows.Put("1", new { name = "Ada Byron", email = "ada@lovelace.org", phone = "+44 20 7946 0958", city = "London", job = "Countess", mail = "yes" });
        await live.Hub.Sync();
        return live;
    }

    private static async Task<IReadOnlyList<string>> Answers(LiveHub live, string type) =>
        [.. (await live.Store.Events.Of(await live.Golden("ada@lovelace.org"), 50, default)).Where(e => e.Event.Type == type).Select(e => e.Event.Properties.Json.GetRawText())];

    private static Answer Completion(string content) => Answer.Json(new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1764000000,
        ["model"] = "small",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = null } }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 30, ["completion_tokens"] = 12, ["total_tokens"] = 42 },
    }, ("Content-Type", "application/json"));

    public void Dispose()
    {
        server.Dispose();
        foreach (var name in variables) Environment.SetEnvironmentVariable(name, null);
    }

    private sealed class OutsideStandIn : StandIn
    {
        public Func<Call, Answer> People { get; set; } = _ => new Answer(404, "");

        public Func<Call, Answer> Match { get; set; } = _ => new Answer(404, "");

        public Func<Call, Answer> Completion { get; set; } = _ => new Answer(404, "");

        public Func<Call, Answer> Hook { get; set; } = _ => new Answer(404, "");

        protected override Answer Serve(Call call) => call.Path switch
        {
            "/v5/person/enrich" => People(call),
            "/api/v1/people/match" => Match(call),
            "/v1/chat/completions" => Completion(call),
            "/hook" => Hook(call),
            _ => new Answer(404, ""),
        };
    }
}
