using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.Files;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Store;
using IntegrationHub.Tests.Recipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.BadInput;

/// <summary>A hub with the real connectors and mappings and a folder of CSV files that a test writes.</summary>
public sealed class FileHub : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private FileHub(string folder)
    {
        Folder = folder;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddConnectHttp(Time);
        collection.AddHubEngine(new EngineSettings(folder, Path.Combine(folder, "hub.db"), Repository.Mappings), new ConnectorCatalogue(typeof(FilesConnector).Assembly));
        services = collection.BuildServiceProvider();
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public static Actor Admin { get; } = new("ada", Role.Admin);

    public HubStore Store => services.GetRequiredService<HubStore>();

    public static async Task<FileHub> Create()
    {
        var hub = new FileHub(Directory.CreateTempSubdirectory("hub-bad-").FullName);
        await hub.Store.Migrate(default);
        return hub;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Imports a file; a later import reads a file that has changed since.</summary>
    public Task<SyncReport> Import(string path, string? mapping = null)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return Get<ImportFile>().Run(path, null, mapping, Admin, new Progress<RunProgress>(), default);
    }

    public async Task<IReadOnlyList<QuarantineAdd>> Quarantined() => [.. (await Store.Quarantine.List(false, 100, default)).Select(q => q.What)];

    /// <summary>Records that are held and not deleted.</summary>
    public async Task<long> Records() => (await Get<SourceActions>().List(default)).Sum(s => s.Records);

    /// <summary>The names and e-mail addresses of the golden records, sorted.</summary>
    public async Task<IReadOnlyList<string>> People()
    {
        var people = new List<string>();
        await foreach (var batch in Store.Golden.Stream(null, default))
            people.AddRange(batch.Select(g => $"{g.Values[Vocabulary.Field.FirstName]} {g.Values[Vocabulary.Field.LastName]} {g.Values[Vocabulary.Field.Email]}"));
        return [.. people.Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
