using IntegrationHub.Store;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Store;

/// <summary>Which database a test runs on.</summary>
public enum Kind
{
    Sqlite,
    Postgres,
}

/// <summary>One server and one migrated template of each kind for all store tests.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    private string folder = "";
    private PostgresServer? server;
    private string? sqliteTemplate;
    private string? postgresTemplate;

    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public PostgresServer Server => server ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("hub-store-").FullName;
        server = await PostgresServer.Start();
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public string NewPath() => Path.Combine(folder, $"{Guid.NewGuid():N}.db");

    /// <summary>A database of this version's model, empty. Null, and said so, where no server can be had.</summary>
    public async Task<string?> NewDatabase(Kind kind, ITestOutputHelper output)
    {
        if (kind == Kind.Sqlite)
        {
            sqliteTemplate ??= await Migrated(NewPath());
            var path = NewPath();
            File.Copy(sqliteTemplate, path);
            return path;
        }

        if (Server.Missing is { } missing)
        {
            output.WriteLine($"NOT RUN: {missing}.");
            return null;
        }

        postgresTemplate ??= await Migrated(await Server.CreateDatabase());
        return await Server.CreateDatabase(postgresTemplate);
    }

    private static async Task<string> Migrated(string database)
    {
        await using var store = HubStore.Open(database, Key);
        await store.Migrate(CancellationToken.None);
        return database;
    }
}

[CollectionDefinition("store")]
public sealed class StoreCollection : ICollectionFixture<StoreFixture>;

/// <summary>A test that runs on both databases: derive it twice.</summary>
[Collection("store")]
public abstract class StoreTests(StoreFixture fixture, ITestOutputHelper output, Kind kind)
{
    protected static CancellationToken Ct => CancellationToken.None;

    protected static DateTimeOffset Now { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    protected StoreFixture Fixture => fixture;

    protected ITestOutputHelper Output => output;

    protected Kind Database => kind;

    /// <summary>Runs the test on a store of its own; where the database cannot be had it says so.</summary>
    protected async Task On(Func<HubStore, Task> test)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using var store = HubStore.Open(database, StoreFixture.Key);
        await test(store);
    }
}
