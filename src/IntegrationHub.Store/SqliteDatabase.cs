using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace IntegrationHub.Store;

/// <summary>One SQLite file in WAL mode: readers do not wait for the writer, and the writer has one connection of its own.</summary>
internal sealed class SqliteDatabase(string path) : Database
{
    private const int MostIdleReaders = 8;

    private readonly string path = Path.GetFullPath(path);
    private readonly ConcurrentBag<SqliteHandle> readers = [];
    private SqliteHandle? writer;
    private bool? writerIsFull;
    private volatile bool isClosed;

    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public override string Describe() => $"SQLite file {path}";

    public override async ValueTask DisposeAsync()
    {
        isClosed = true;
        if (writer is { } w) await w.DisposeAsync();
        writer = null;
        while (readers.TryTake(out var reader)) await reader.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Type ModelType => typeof(SqliteHubDb);

    protected override HubDb Model() => new SqliteHubDb(new DbContextOptionsBuilder<SqliteHubDb>().UseSqlite(ConnectionString).Options);

    /// <summary>Writes the file anew without its free pages, and empties the log, which has old pages too. A reader of another process holds the latter up: then it is for the next time.</summary>
    protected override async Task<bool> ClearDeleted(CancellationToken ct)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await Pragma(connection, "VACUUM", ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && reader.GetInt32(0) == 0;
    }

    protected override Task<bool> Exists(CancellationToken ct) => Task.FromResult(File.Exists(path) && new FileInfo(path).Length > 0);

    protected override async Task Prepare(CancellationToken ct)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            if (await Exists(ct)) return;

            // For its owner's eyes only, since it holds personal data; SQLite gives its -wal and -shm files the same rights.
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await new FileStream(path, options).DisposeAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{Describe()}: the file or its folder cannot be made ({e.Message}). Name a folder that this account may write to, with --data or --db.", e);
        }

        await using var connection = new SqliteConnection($"{new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }}");
        await connection.OpenAsync(ct);
        await Pragma(connection, "PRAGMA journal_mode = WAL", ct);
    }

    protected override async Task<Session> OpenReader(CancellationToken ct)
    {
        if (!readers.TryTake(out var reader))
            // 16 MB of cache, since whoever reads looks into the same upper pages of the same indexes again and again.
            reader = await SqliteHandle.Open(ConnectionString, "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY", ct);
        return new SqliteSession(reader, null, Return);
    }

    protected override async Task<Session> OpenWriter(Durability durability, CancellationToken ct)
    {
        // 32 MB of cache and a checkpoint every 16 MB: the bulk of a first sync touches many pages again and again.
        writer ??= await SqliteHandle.Open(ConnectionString, "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4096", ct);

        var isFull = durability != Durability.Derived;
        if (writerIsFull != isFull)
        {
            await Pragma(writer.Connection, isFull ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", ct);
            writerIsFull = isFull;
        }

        return new SqliteSession(writer, writer.Connection.BeginTransaction(deferred: false), _ => ValueTask.CompletedTask);
    }

    private ValueTask Return(SqliteHandle reader)
    {
        if (isClosed || readers.Count >= MostIdleReaders) return reader.DisposeAsync();
        readers.Add(reader);
        return ValueTask.CompletedTask;
    }

    protected override StoreException Explain(DbException e)
    {
        var cure = (e as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full. Free some space, or move the file to another disk and name it with --db; nothing of the last step was kept, so run the command again.",
            raw.SQLITE_READONLY => "the file cannot be written to. Give this account the right to write to it and to its folder.",
            raw.SQLITE_CANTOPEN => File.Exists(path)
                ? "the file cannot be opened. Give this account the right to read and write it and its folder."
                : "there is no such file. Run `hub db migrate` to make it, or name another with --db.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another process is writing to it and did not finish within 30 seconds. Wait for that one to end, then run the command again.",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "this is no sound SQLite database. Put a backup in its place, or name another file with --db.",
            raw.SQLITE_IOERR => "the disk reports an error. Check the disk and the space left on it, then run the command again.",
            raw.SQLITE_ERROR when e.Message.Contains("no such table", StringComparison.Ordinal) => "it has not this version's tables. Run `hub db migrate`.",
            _ => "the statement failed; nothing of it was kept.",
        };
        return new StoreException($"{Describe()}: {cure} ({e.Message})", e);
    }

    private string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        // What is opened often is kept open here, with its prepared statements.
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    internal static async Task Pragma(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class SqliteSession(SqliteHandle handle, SqliteTransaction? transaction, Func<SqliteHandle, ValueTask> giveBack) : Session(handle.Connection, transaction)
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await giveBack(handle);
        }

        // One writer at a time: there is nobody to skip.
        public override string SkipLocked => "";

        public override string InTableOrder(string key) => "rowid";

        public override string Among(string column, int parameter) => $"{column} IN (SELECT value FROM json_each(@{parameter}))";

        public override string Lower(string text) => $"lower({text})";

        public override string Position(string text, string part) => $"instr({text}, {part})";

        public override string JsonKind(string json, string[] keys) => $"json_type({json}, '{JsonPath(keys)}')";

        // '->' writes a string with its quotes, and a number as it stands in the text.
        public override string JsonText(string json, string[] keys) => $"(CASE {JsonKind(json, keys)} WHEN 'text' THEN {json} ->> '{JsonPath(keys)}' ELSE {json} -> '{JsonPath(keys)}' END)";

        public override string Halved(string since, string now, TimeSpan halfLife)
        {
            var halves = $"(({now} - {since}) / {halfLife.TotalMicroseconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)})";
            return $"(CASE WHEN {halves} > 900 THEN 0.0 ELSE pow(0.5, {halves}) END)";
        }

        private static string JsonPath(string[] keys) => $"$.{string.Join('.', keys.Select(k => $"\"{k}\""))}";

        public override string EachKey(int parameter) => $"SELECT json_extract(value, '$[0]') AS rule, json_extract(value, '$[1]') AS hash FROM json_each(@{parameter})";

        public override string Each(int parameter) => $"SELECT value AS item FROM json_each(@{parameter})";

        public override object Items(IReadOnlyCollection<long> items) => $"[{string.Join(',', items)}]";

        public override object Items(IReadOnlyCollection<string> items) => JsonSerializer.Serialize(items.Select(StoredText.Of));

        public override object Items(IReadOnlyCollection<Guid> items) => JsonSerializer.Serialize(items.Select(g => g.ToString().ToUpperInvariant()));

        public override async Task<IReadOnlyList<long>> Allocate(string table, string column, int count, CancellationToken ct)
        {
            var last = await Count($"SELECT coalesce(max({column}), 0) FROM {table}", ct);
            return [.. Enumerable.Range(1, count).Select(i => last + i)];
        }

        public override Task Insert(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct) =>
            ForEach($"INSERT INTO {table} ({string.Join(',', columns)}) VALUES ({Parameters(columns.Length)})", columns.Length, rows, ct);

        public override Task<int> Upsert(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct, string? conflict = null) =>
            ForEach(
                $"INSERT INTO {table} ({string.Join(',', columns)}) VALUES ({Parameters(columns.Length)}) "
                + $"ON CONFLICT ({string.Join(',', columns[..keys])}) DO {conflict ?? Set(columns[keys..])}",
                columns.Length,
                rows,
                ct);

        public override Task Update(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct) =>
            ForEach(
                $"UPDATE {table} SET {string.Join(',', columns.Skip(keys).Select((c, i) => $"{c} = ?{i + keys + 1}"))} "
                + $"WHERE {string.Join(" AND ", columns.Take(keys).Select((c, i) => $"{c} = ?{i + 1}"))}",
                columns.Length,
                rows,
                ct);

        public override Task<int> Delete(string table, string[] keys, IEnumerable<object?[]> rows, CancellationToken ct) =>
            ForEach($"DELETE FROM {table} WHERE {string.Join(" AND ", keys.Select((k, i) => $"{k} = ?{i + 1}"))}", keys.Length, rows, ct);

        // BEGIN IMMEDIATE holds the write lock already.
        public override Task LockModel(CancellationToken ct) => Task.CompletedTask;

        public override async Task<bool> HasTable(string name, CancellationToken ct) =>
            await Count("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @0", ct, name) > 0;

        internal override DateTimeOffset ReadTime(DbDataReader reader, int column) => FromMicroseconds(reader.GetInt64(column));

        // Straight to the statement: the driver asks for the type of a value before it asks for the value, and each question is a call out of managed code.
        internal override long ReadLong(DbDataReader reader, int column) =>
            reader is SqliteDataReader { Handle: { } statement } ? raw.sqlite3_column_int64(statement, column) : base.ReadLong(reader, column);

        internal override ReadOnlySpan<byte> ReadUtf8(DbDataReader reader, int column) =>
            reader is SqliteDataReader { Handle: { } statement } ? raw.sqlite3_column_blob(statement, column) : base.ReadUtf8(reader, column);

        // Half of a record's fields are null, and each question is a call out of managed code: one is enough here.
        internal override string? ReadFilledText(DbDataReader reader, int column)
        {
            if (reader is not SqliteDataReader { Handle: { } statement }) return base.ReadFilledText(reader, column);
            var text = raw.sqlite3_column_blob(statement, column);
            return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
        }

        // An empty text and null have no bytes both; only then is the type asked for.
        internal override string? ReadText(DbDataReader reader, int column)
        {
            if (reader is not SqliteDataReader { Handle: { } statement }) return base.ReadText(reader, column);
            var text = raw.sqlite3_column_blob(statement, column);
            if (!text.IsEmpty) return Encoding.UTF8.GetString(text);
            return raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : "";
        }

        internal override Guid ReadGuid(DbDataReader reader, int column) =>
            Guid.TryParse(ReadUtf8(reader, column), out var id) ? id : base.ReadGuid(reader, column);

        protected override DbCommand Take(string sql) => handle.Take(sql);

        protected override ValueTask GiveBack(DbCommand command)
        {
            handle.GiveBack((SqliteCommand)command);
            return ValueTask.CompletedTask;
        }

        protected override object Native(object value) => value switch
        {
            string text => StoredText.Of(text),
            DateTimeOffset time => ToMicroseconds(time),
            _ => value,
        };

        protected override DbParameter Parameter(int number, object? value) => new SqliteParameter($"@{number}", value is null ? DBNull.Value : Native(value));

        private static string Parameters(int count) => string.Join(',', Enumerable.Range(1, count).Select(i => $"?{i}"));

        private static string Set(string[] columns) =>
            columns.Length == 0 ? "NOTHING" : $"UPDATE SET {string.Join(',', columns.Select(c => $"{c} = excluded.{c}"))}";

        /// <summary>
        /// One prepared statement for all rows, its parameters <c>?1</c>, <c>?2</c>… bound by number: the ADO.NET command looks every parameter up by its name again for every row.
        /// </summary>
        private Task<int> ForEach(string sql, int columns, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            var db = handle.Connection.Handle;
            using var use = handle.Statement(sql);
            var (statement, affected) = (use.Statement, 0);
            foreach (var row in rows)
            {
                ct.ThrowIfCancellationRequested();
                for (var i = 0; i < columns; i++)
                    if (row[i] is { } value) SqliteException.ThrowExceptionForRC(Bind(statement, i + 1, Native(value)), db);

                var result = raw.sqlite3_step(statement);
                if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, db);
                affected += raw.sqlite3_changes(db);
                raw.sqlite3_reset(statement);

                // What is not bound is NULL.
                raw.sqlite3_clear_bindings(statement);
            }

            return Task.FromResult(affected);
        }

        private static int Bind(sqlite3_stmt statement, int number, object value) => value switch
        {
            string text => raw.sqlite3_bind_text(statement, number, text),
            long integer => raw.sqlite3_bind_int64(statement, number, integer),
            int integer => raw.sqlite3_bind_int(statement, number, integer),
            bool flag => raw.sqlite3_bind_int(statement, number, flag ? 1 : 0),
            double real => raw.sqlite3_bind_double(statement, number, real),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, number, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, number, bytes),
            Guid id => raw.sqlite3_bind_text(statement, number, id.ToString().ToUpperInvariant()),
            _ => throw new InvalidOperationException($"A {value.GetType().Name} has no column type."),
        };
    }
}
