using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IntegrationHub.Tests.Store;

/// <summary>What a test does to a database behind the store's back.</summary>
internal static class RawSql
{
    /// <summary>Runs a statement with parameters @0, @1… as the store keeps them.</summary>
    public static async Task Execute(string database, string sql, params object[] args)
    {
        var isFile = File.Exists(database);
        await using DbConnection connection = isFile ? new SqliteConnection($"Data Source={database};Pooling=False") : new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (i, value) in args.Index())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{i}";
            // As the store keeps them: SQLite has numbers of microseconds and ids in capitals.
            parameter.Value = (isFile, value) switch
            {
                (true, DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
                (true, Guid id) => id.ToString().ToUpperInvariant(),
                _ => value,
            };
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every row of every table as text, its bytes read as text too.</summary>
    public static async Task<List<(string Table, string Row)>> Dump(string database, params string[] only)
    {
        await using DbConnection connection = File.Exists(database) ? new SqliteConnection($"Data Source={database};Pooling=False") : new NpgsqlConnection(database);
        await connection.OpenAsync();
        var tables = await Column(connection, File.Exists(database) ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'" : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        var rows = new List<(string, string)>();
        foreach (var table in tables.Where(t => only.Length == 0 || only.Contains(t)))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add((table, string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : reader.GetValue(i).ToString()))));
        }

        foreach (var table in only) Assert.True(rows.Exists(r => r.Item1 == table), $"{table} is empty");
        return rows;
    }

    private static async Task<List<string>> Column(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
