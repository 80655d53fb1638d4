using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Benchmarks.Workflows;

/// <summary>
/// A whole hub with many contacts and twenty live workflows: the five that ship, and fifteen that answer an event with a message. The contacts are made by the pipeline's own stages, so that the database is as a sync
/// would leave it.
/// </summary>
internal sealed class WorkflowHub : IAsyncDisposable
{
    /// <summary>How many workflows answer at once, beside the five that ship.</summary>
    public const int Answering = 15;

    private const int Page = 2_000;

    private static readonly SourceName Source = SourceName.Parse("made") ?? throw new InvalidOperationException();

    private const string Mapping = """
        connector: made
        stream: contacts
        entity: contact
        updated_at: updated_at
        fields:
          first_name: first_name
          last_name: last_name
          email: email
          phone: phone
          company: company
          city: city
          country: country
        consents:
          - channel: email
            state: mail
            values: { yes: granted, no: denied }
            point: email
        optional: all
        """;

    private readonly ServiceProvider services;
    private readonly NormaliseStage normalise;
    private readonly MatchStage match;
    private readonly MergeStage merge;
    private readonly LinkStage link;
    private readonly RecipeBook book;
    private readonly SourceRow source = new(Source, "made", null, null, null, null, null, null, DateTimeOffset.UnixEpoch);

    private WorkflowHub(ServiceProvider services)
    {
        this.services = services;
        Store = Get<HubStore>();
        book = Get<RecipeBook>();
        normalise = new NormaliseStage(Store, Get<MailServers>(), TimeProvider.System);
        match = new MatchStage(Store, Get<Models>(), TimeProvider.System);
        merge = new MergeStage(Store, TimeProvider.System);
        link = new LinkStage(Store);
    }

    public HubStore Store { get; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Opens the hub in a folder, making what is not there.</summary>
    /// <param name="folder">Its data.</param>
    /// <param name="database">A PostgreSQL connection string; null for a SQLite file in the folder.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<WorkflowHub> Open(string folder, string? database, CancellationToken ct)
    {
        var mappings = Path.Combine(folder, "mappings");
        Write(mappings);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddHttpClient();
        services.AddHubEngine(new EngineSettings(folder, database ?? Path.Combine(folder, "hub.db"), mappings), new ConnectorCatalogue(typeof(HubSpotConnector).Assembly));
        var hub = new WorkflowHub(services.BuildServiceProvider());
        await hub.Store.Migrate(ct);
        await hub.Store.Sources.Add(hub.source, ct);
        return hub;
    }

    /// <summary>Makes contacts where there are none yet. Where there are, there must be as many.</summary>
    public async Task Fill(int contacts, CancellationToken ct)
    {
        var there = await Store.Clean.Count(contacts + 1, ct);
        if (there >= contacts) return;
        if (there > 0) throw new InvalidOperationException($"{Store.Describe()} has {there} records already, and {contacts} are asked for: name another folder or database.");
        var watch = Stopwatch.StartNew();
        foreach (var page in Enumerable.Range(0, contacts).Chunk(Page)) await Land([.. page.Select(n => Record(n, 0))], ct);
        await Resolve(history: true, ct);
        // Sync has nowhere to write to; what it would look at is no part of this.
        while (await Store.Work.Take(Stage.Sync, 0, 20_000, ct) is { Count: > 0 } rows) await Store.Work.Complete(Stage.Sync, rows, ct);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{contacts:N0} contacts made in {watch.Elapsed.TotalSeconds:0} s"));
    }

    /// <summary>Launches all workflows as of now, past the gate, which is not what is measured here, and without a look at who fits already.</summary>
    public async Task Launch(CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var file in WorkflowBook.Load(Get<EngineSettings>().MappingsDirectory).Workflows)
        {
            var (workflow, name) = (file.Workflow, file.Workflow.Name);
            await Store.Launches.Publish(new WorkflowVersionRow(name, workflow.Version, file.Text, now, "benchmark"), [], ct);
            await Store.Launches.Save(new LaunchRow(name, workflow.Version, now, LaunchState.Live, "{}", workflow.Triggers.Any(t => t.Watches is not null), null, 0, "benchmark", now), [], ct);
        }
    }

    /// <summary>Launches one workflow of the text, as of a month ago.</summary>
    public async Task Launch(string name, string text, CancellationToken ct)
    {
        var since = DateTimeOffset.UtcNow - TimeSpan.FromDays(30);
        var version = WorkflowsInForce.Parse(name, text).Version;
        await Store.Launches.Publish(new WorkflowVersionRow(name, version, text, since, "benchmark"), [], ct);
        await Store.Launches.Save(new LaunchRow(name, version, since, LaunchState.Live, "{}", false, null, 0, "benchmark", since), [], ct);
    }

    /// <summary>A sync: pages are landed, made clean, matched and merged by the stages as a sync does it, matching and merging in turn with events. Half are records that are there, with a new number, half are new.</summary>
    public async Task Sync(int records, int contacts, CancellationToken ct)
    {
        var revision = (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000);
        // New ones lie behind all that earlier runs have made.
        var free = contacts + revision * 1_000;
        foreach (var page in Enumerable.Range(0, records).Chunk(500)) await Land([.. page.Select(n => n % 2 == 0 ? Record(n, revision) : Record(free + n, 0))], ct);
        await Normalise(ct);
        var turn = Get<Lane>().Turn;
        await turn.WaitAsync(ct);
        try
        {
            await Resolved(history: false, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>The address of a made contact.</summary>
    public static string EmailOf(int number) => $"{NameOf(number).ToLowerInvariant()}.{NameOf(number * 7 + 3).ToLowerInvariant()}{number % 97}@{NameOf(number * 13 + 5).ToLowerInvariant()}.org";

    /// <summary>The id of a made contact at its source.</summary>
    public static string ExternalIdOf(int number) => number.ToString("0000000", CultureInfo.InvariantCulture);

    private async Task Resolve(bool history, CancellationToken ct)
    {
        await Normalise(ct);
        await Resolved(history, ct);
    }

    private Task<NormaliseTally> Normalise(CancellationToken ct) => normalise.Run(source, Streams.Contacts, SourceRecipes.Of(source, book), _ => { }, ct);

    private async Task Resolved(bool history, CancellationToken ct)
    {
        await match.Run(_ => { }, ct);
        await merge.Run(book.Survivorship.WithConnectors([KeyValuePair.Create("made", "made"), KeyValuePair.Create("events", "events")]), history, _ => { }, ct);
        await link.Run(ct);
    }

    private Task<LandingCounts> Land(IReadOnlyList<RawLanding> rows, CancellationToken ct) => Store.Landing.SavePage(Source, Streams.Contacts, rows, null, null, normalise: true, DateTimeOffset.UtcNow, ct);

    private static RawLanding Record(int number, int revision) => new(
        ExternalIdOf(number),
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = ExternalIdOf(number),
            first_name = NameOf(number),
            last_name = NameOf(number * 7 + 3),
            email = EmailOf(number),
            phone = string.Create(CultureInfo.InvariantCulture, $"+4915{2 + revision % 7}{number % 100_000_000:00000000}"),
            company = $"{NameOf(number * 13 + 5)} {NameOf(number * 31 + 11)}",
            city = NameOf(number % 3_000),
            country = "DE",
            mail = "yes",
            updated_at = "2026-01-01T00:00:00Z",
        }),
        false);

    // People who share nothing: else some would rightly be held to be one.
    private static string NameOf(int number)
    {
        const string Vowels = "aeiou", Consonants = "bcdfghklmnprstvz";
        Span<char> text = stackalloc char[8];
        var state = (uint)number * 2654435761u + 97;
        for (var i = 0; i < text.Length; i += 2, state = state * 1664525 + 1013904223)
            (text[i], text[i + 1]) = (Consonants[(int)(state >> 24) % Consonants.Length], Vowels[(int)(state >> 12 & 0xfff) % Vowels.Length]);
        text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    private static void Write(string mappings)
    {
        var shipped = Path.Combine(Build.Root, "mappings");
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(mappings, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        File.WriteAllText(Path.Combine(mappings, "sources", "made.contacts.yaml"), Mapping);
        for (var i = 0; i < Answering; i++)
        {
            File.WriteAllText(Path.Combine(mappings, "workflows", $"answer-{i:00}.yaml"), $$"""
                name: answer-{{i:00}}
                title: Answers a question
                triggers:
                  - event: custom.asked-{{i:00}}
                reentry: always
                goal: { event: order.placed, within: 30d, metric: revenue, ends: false }
                exits:
                  - { event: order.placed, reason: bought }
                  - { event: email.unsubscribed, reason: unsubscribed }
                steps:
                  - id: answer
                    send: {{(i % 3 == 0 ? "answer-news" : "{ template: answer-now, purpose: transactional }")}}
                  - id: some-days
                    wait: 3d
                  - id: clicked
                    branch:
                      when: { event: email.clicked, since: entry }
                      then:
                        - id: a-week
                          wait: 7d
                """);
        }

        foreach (var (name, purpose) in new[] { ("now", "transactional"), ("news", "marketing") })
            File.WriteAllText(Path.Combine(mappings, "templates", $"answer-{name}.liquid"), $$$"""
                ---
                channel: email
                purpose: {{{purpose}}}
                subject: "An answer for {{ contact.first_name | default: 'you' }}"
                preheader: "What you asked"
                ---
                <p>Hi {{ contact.first_name | default: "you" }}, this is what you asked. <a href="https://example.com/answer">Read on</a></p>
                <p>{{ sender.company }}, {{ sender.postal_address }}. <a href="{{ links.unsubscribe }}">No more</a></p>
                """);
    }
}
