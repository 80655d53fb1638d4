using System.Data.Common;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Abstractions;

namespace IntegrationHub.Tests.Store;

[Collection("store")]
public sealed class ModelTests(StoreFixture fixture, ITestOutputHelper output)
{
    private const string SqliteColumns =
        "SELECT m.name, p.name, p.\"notnull\", p.pk FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";

    private const string PostgresColumns =
        "SELECT c.table_name, c.column_name, CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END, coalesce(k.ordinal_position, 0) FROM information_schema.columns c "
        + "LEFT JOIN (information_schema.key_column_usage k JOIN information_schema.table_constraints t ON t.constraint_name = k.constraint_name AND t.constraint_type = 'PRIMARY KEY') "
        + "ON k.table_name = c.table_name AND k.column_name = c.column_name WHERE c.table_schema = 'public'";

    private const string SqliteIndexes = "SELECT name, sql LIKE '%UNIQUE%' FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix%'";
    private const string PostgresIndexes = "SELECT indexname, indexdef LIKE '%UNIQUE%' FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix%'";

    [Fact]
    public async Task Both_databases_have_the_same_tables_columns_keys_and_indexes()
    {
        if (await Schema(Kind.Postgres, PostgresColumns) is not { } postgres) return;
        var sqlite = await Schema(Kind.Sqlite, SqliteColumns) ?? [];
        Assert.True(sqlite.Count > 150);
        Assert.Equal(sqlite, postgres);

        // PostgreSQL cuts names at 63 bytes.
        Assert.Equal(await Schema(Kind.Sqlite, SqliteIndexes), await Schema(Kind.Postgres, PostgresIndexes));
    }

    [Theory]
    [InlineData(Kind.Sqlite, SqliteColumns)]
    [InlineData(Kind.Postgres, PostgresColumns)]
    public async Task Every_field_has_its_column(Kind kind, string sql)
    {
        if (await Schema(kind, sql) is not { } columns) return;
        foreach (var field in Fields.Clean) Assert.Contains($"clean_record|{Fields.NameOf(field)}|0|0", columns);
        foreach (var field in Fields.Golden) Assert.Contains($"golden_record|{Fields.NameOf(field)}|0|0", columns);
    }

    [Theory]
    [InlineData("SqliteHubDb")]
    [InlineData("PostgresHubDb")]
    public async Task The_migrations_say_what_the_model_says(string name)
    {
        var factory = Activator.CreateInstance(typeof(HubStore).Assembly.GetType($"IntegrationHub.Store.{name}Factory", throwOnError: true) ?? typeof(object));
        await using var db = (DbContext?)factory?.GetType().GetMethod("CreateDbContext")?.Invoke(factory, [Array.Empty<string>()]);
        Assert.False(db?.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Nothing_public_shows_how_rows_are_kept() => Assert.DoesNotContain(
        typeof(HubStore).Assembly.GetExportedTypes(),
        t => t.Namespace != "IntegrationHub.Store" && !t.Namespace!.StartsWith("IntegrationHub.Store.Migrations", StringComparison.Ordinal));

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task Migrating_makes_the_database_once_and_then_leaves_it_alone(Kind kind)
    {
        if (await Empty(kind) is not { } database) return;
        await using var store = HubStore.Open(database, StoreFixture.Key);
        await using var other = HubStore.Open(database, StoreFixture.Key);
        Assert.False(await store.IsCurrent(CancellationToken.None));

        await Task.WhenAll(Task.Run(() => store.Migrate(CancellationToken.None)), Task.Run(() => other.Migrate(CancellationToken.None)));
        Assert.True(await store.IsCurrent(CancellationToken.None));
        await store.Runs.Start("sync", null, Rows.Now, CancellationToken.None);
        await store.Migrate(CancellationToken.None);
        Assert.Single(await other.Runs.List(10, CancellationToken.None));
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Postgres)]
    public async Task A_database_of_a_newer_version_is_left_alone(Kind kind)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return;
        await using (var connection = await Connect(kind, database))
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('99990101000000_Later', '99.0')";
            await command.ExecuteNonQueryAsync();
        }

        await using var store = HubStore.Open(database, StoreFixture.Key);
        Assert.False(await store.IsCurrent(CancellationToken.None));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.Migrate(CancellationToken.None));
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    private async Task<string?> Empty(Kind kind)
    {
        if (kind == Kind.Sqlite) return fixture.NewPath();
        if (fixture.Server.Missing is null) return await fixture.Server.CreateDatabase();
        output.WriteLine($"NOT RUN: {fixture.Server.Missing}.");
        return null;
    }

    private async Task<List<string>?> Schema(Kind kind, string sql)
    {
        if (await fixture.NewDatabase(kind, output) is not { } database) return null;
        await using var connection = await Connect(kind, database);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // one of the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch { bool b => b ? "1" : "0", var v => v.ToString() })));
        return [.. rows.Where(r => !r.StartsWith("__", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static async Task<DbConnection> Connect(Kind kind, string database)
    {
        DbConnection connection = kind == Kind.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString())
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
