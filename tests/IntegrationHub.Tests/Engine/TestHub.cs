using IntegrationHub.Connect;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Store;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Engine;

/// <summary>A whole hub in a folder of its own, with sources that a test holds in memory and a clock that stands still.</summary>
public sealed class TestHub : IAsyncDisposable
{
    private static int number;
    private readonly ServiceProvider services;

    private TestHub(string folder, string mapping, MailServerSettings mailServers, string? database, string? companies = null, Func<EngineSettings, EngineSettings>? settings = null)
    {
        Folder = folder;
        Mappings = Directory.CreateDirectory(Path.Combine(folder, "mappings")).FullName;
        Directory.CreateDirectory(Path.Combine(Mappings, "sources"));
        File.WriteAllText(Path.Combine(Mappings, "sources", "memory.contacts.yaml"), mapping);
        if (companies is not null) File.WriteAllText(Path.Combine(Mappings, "sources", "memory.companies.yaml"), companies);
        foreach (var file in new[] { "survivorship.yaml", "audit.yaml" }) File.Copy(Path.Combine(Repository.Mappings, file), Path.Combine(Mappings, file));
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddHttpClient();
        var own = new EngineSettings(folder, database ?? Path.Combine(folder, "hub.db"), Mappings) { MailServers = mailServers };
        collection.AddHubEngine(settings?.Invoke(own) ?? own, new ConnectorCatalogue(typeof(TestHub).Assembly));
        services = collection.BuildServiceProvider();
    }

    public string Folder { get; }

    public string Mappings { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public static Actor Admin { get; } = new("ada", Role.Admin);

    public HubStore Store => Get<HubStore>();

    public const string Mapping = """
        connector: memory
        stream: contacts
        entity: contact
        updated_at: changed
        fields:
          full_name: name
          first_name: first
          last_name: last
          email: email
          phone: phone
          street: street
          postcode: zip
          city: city
          country: country
          company: company
        consents:
          - channel: email
            state: mail
            values: { yes: granted, no: denied, bounced: suppressed }
            point: email
        optional: [mail]
        write_back:
          enabled: WRITE
          properties:
            phone: { field: phone, owner: hub, path: phone }
            city: { field: city, owner: source, path: city }
        """;

    private const string CompanyMapping = """
        connector: memory
        stream: companies
        entity: company
        fields:
          company: name
          domain: site
          email: email
          phone: phone
          street: street
          postcode: zip
          city: city
          country: country
        """;

    /// <summary>Has the hub take the sources' companies too: <see cref="MemorySystem.CompaniesOf"/>.</summary>
    public static async Task<TestHub> CreateWithCompanies()
    {
        var folder = Directory.CreateTempSubdirectory("hub-test-").FullName;
        var hub = new TestHub(folder, Mapping.Replace("WRITE", "false", StringComparison.Ordinal), MailServerSettings.Off, null, CompanyMapping);
        await hub.Store.Migrate(default);
        return hub;
    }

    /// <param name="writeBack">True switches write-back on in the mapping.</param>
    /// <param name="mailServers">Whether DNS is asked; not at all unless said.</param>
    /// <param name="database">An empty database; null for a file of its own.</param>
    /// <param name="settings">Changes the settings; null leaves them.</param>
    /// <param name="mapping">The mapping of the sources; null for <see cref="Mapping"/>.</param>
    public static async Task<TestHub> Create(bool writeBack = false, MailServerSettings? mailServers = null, string? database = null, string? mapping = null, Func<EngineSettings, EngineSettings>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("hub-test-").FullName;
        // A second hub on the database of a first has its keys, too.
        if (File.Exists(database) && Path.Combine(Path.GetDirectoryName(database)!, "keys") is var keys && Directory.Exists(keys))
            foreach (var key in Directory.EnumerateFiles(keys)) File.Copy(key, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName, Path.GetFileName(key)));
        var hub = new TestHub(folder, (mapping ?? Mapping).Replace("WRITE", writeBack ? "true" : "false", StringComparison.Ordinal), mailServers ?? MailServerSettings.Off, database, settings: settings);
        await hub.Store.Migrate(default);
        return hub;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A source of its own, never shared with another test.</summary>
    public async Task<(string Name, MemorySystem System)> AddSource(string prefix = "crm")
    {
        var name = $"{prefix}-{Interlocked.Increment(ref number)}";
        await Get<SourceActions>().Add(new NewSource(name, "memory"), Admin, default);
        return (name, MemorySystem.Of(name));
    }

    /// <summary>A source that another hub may have too.</summary>
    public async Task<MemorySystem> AddSourceNamed(string name)
    {
        await Get<SourceActions>().Add(new NewSource(name, "memory"), Admin, default);
        return MemorySystem.Of(name);
    }

    /// <summary>Replaces the match model of contacts. Before anything is matched.</summary>
    public void UseModel(string json)
    {
        Directory.CreateDirectory(Path.Combine(Mappings, "models"));
        File.WriteAllText(Path.Combine(Mappings, "models", "contacts.json"), json);
    }

    public Task<SyncReport> Sync(bool full = false, string? only = null, CancellationToken ct = default) =>
        Get<SyncSources>().Run(only, full, Admin, new Progress<RunProgress>(), ct);

    /// <summary>The partition, by source key: each golden record as the sorted list of its records.</summary>
    public async Task<IReadOnlyList<string>> Partition() => [.. (await Goldens()).Select(g => g.Members)];

    /// <summary>Everything that a golden record says, but its id and times: members, values, provenance.</summary>
    public async Task<IReadOnlyList<(GoldenId Id, string Members, string Content)>> Goldens()
    {
        var members = new Dictionary<GoldenId, List<SourceKey>>();
        await foreach (var batch in Store.Golden.Crosswalk(default))
            foreach (var row in batch)
                (members.TryGetValue(row.Golden, out var list) ? list : members[row.Golden] = []).Add(row.Key);
        var all = new List<(GoldenId, string, string)>();
        await foreach (var batch in Store.Golden.Stream(null, default))
            foreach (var golden in batch)
                all.Add((
                    golden.Id, string.Join(' ', members[golden.Id].Order()),
                    string.Join('|', golden.Values.Present()) + string.Join('|', golden.Provenance)));
        return [.. all.OrderBy(g => g.Item2, StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
