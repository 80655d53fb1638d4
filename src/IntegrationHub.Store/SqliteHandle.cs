using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Store;

/// <summary>
/// One open connection with the statements that it has prepared: parsing and planning a statement costs more than most of them take to run. Used by one session at a time.
/// </summary>
internal sealed class SqliteHandle : IAsyncDisposable
{
    // Texts are few, but for those that a list was written into.
    private const int MostKept = 400;

    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> statements = new(StringComparer.Ordinal);

    private SqliteHandle(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    public static async Task<SqliteHandle> Open(string connectionString, string pragmas, CancellationToken ct)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await SqliteDatabase.Pragma(connection, pragmas, ct);
            return new SqliteHandle(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command for the text, without parameters; nobody else has it until it is given back.</summary>
    public SqliteCommand Take(string sql)
    {
        if (commands.Remove(sql, out var kept)) return kept;
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>The counterpart of <see cref="Take"/>.</summary>
    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (commands.Count >= MostKept || !commands.TryAdd(command.CommandText, command)) command.Dispose();
    }

    /// <summary>A statement for the text, nothing bound; kept when the use is disposed.</summary>
    /// <exception cref="SqliteException">The text is no SQL.</exception>
    public StatementUse Statement(string sql)
    {
        if (statements.Remove(sql, out var kept)) return new StatementUse(this, sql, kept);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(Connection.Handle, sql, out var statement), Connection.Handle);
        return new StatementUse(this, sql, statement);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values) await command.DisposeAsync();
        foreach (var statement in statements.Values) statement.Dispose();
        await Connection.DisposeAsync();
    }

    /// <summary>A statement while it is used.</summary>
    internal readonly struct StatementUse(SqliteHandle handle, string sql, sqlite3_stmt statement) : IDisposable
    {
        public sqlite3_stmt Statement => statement;

        public void Dispose()
        {
            // After a failure, too: an open statement would hold its transaction.
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
            if (handle.statements.Count >= MostKept || !handle.statements.TryAdd(sql, statement)) statement.Dispose();
        }
    }
}
