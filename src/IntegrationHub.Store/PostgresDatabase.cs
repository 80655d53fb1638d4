using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace IntegrationHub.Store;

/// <summary>A PostgreSQL database. Bulk writes go through binary COPY, into the table or into a temporary one beside it.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostPrepared = 200;

    private readonly WriterQueue urgent = new();
    private readonly NpgsqlDataSource source;
    private IReadOnlyDictionary<string, ImmutableDictionary<string, Type>>? columns;
    private readonly NpgsqlConnectionStringBuilder settings;

    public PostgresDatabase(string text)
    {
        try
        {
            settings = text.Contains("://", StringComparison.Ordinal) ? FromUri(text) : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            // The text may hold a password: it is not repeated.
            throw new ArgumentException("The PostgreSQL connection string cannot be read. Write it as Host=db.example;Database=hub;Username=hub;Password=…, or as postgres://hub:…@db.example/hub.", nameof(text));
        }

        // Parsing and planning a statement costs more than most of them take to run.
        if (settings.MaxAutoPrepare == 0) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (MostPrepared, 2);
        source = NpgsqlDataSource.Create(settings);
    }

    public override string Describe() => $"PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The server locks rows, not the database: what somebody waits for is written beside what is done in bulk.</summary>
    protected override WriterQueue TurnsOf(Durability durability) => durability == Durability.Urgent ? urgent : base.TurnsOf(durability);

    internal override bool BulkDelaysUrgent => false;

    /// <summary>The type of a column, as rows are read.</summary>
    private Type TypeOf(string table, string column) =>
        (columns ??= Tables().ToDictionary(t => t.Key, t => t.Value.ToImmutableDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal), StringComparer.Ordinal))[table][column];

    protected override Type ModelType => typeof(PostgresHubDb);

    protected override HubDb Model() => new PostgresHubDb(new DbContextOptionsBuilder<PostgresHubDb>().UseNpgsql(source).Options);

    /// <summary>PostgreSQL's own vacuum clears dead rows, and its log is overwritten in turn.</summary>
    protected override Task<bool> ClearDeleted(CancellationToken ct) => Task.FromResult(false);

    protected override Task<bool> Exists(CancellationToken ct) => Task.FromResult(true);

    protected override Task Prepare(CancellationToken ct) => Task.CompletedTask;

    protected override async Task<Session> OpenReader(CancellationToken ct) => new PostgresSession(this, await source.OpenConnectionAsync(ct), null);

    protected override async Task<Session> OpenWriter(Durability durability, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var session = new PostgresSession(this, connection, await connection.BeginTransactionAsync(ct));
            if (durability == Durability.Derived) await session.Execute("SET LOCAL synchronous_commit = off", ct);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override StoreException Explain(DbException e)
    {
        var cure = e is PostgresException { SqlState: var state }
            ? state switch
            {
                PostgresErrorCodes.DiskFull => "the server's disk is full. Free some space there; nothing of the last step was kept, so run the command again.",
                PostgresErrorCodes.ReadOnlySqlTransaction => "the database is read-only. Name the primary server with --db.",
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "the server refuses this user or password. Correct them in the connection string.",
                PostgresErrorCodes.InvalidCatalogName => "the server has no such database. Make it with `createdb`, or correct the connection string.",
                PostgresErrorCodes.InsufficientPrivilege => "this user may not do that. Make the user the owner of the database, or grant it the right to make tables.",
                PostgresErrorCodes.TooManyConnections => "the server takes no more connections. Raise max_connections, or lower Maximum Pool Size in the connection string.",
                PostgresErrorCodes.UndefinedTable => "it has not this version's tables. Run `hub db migrate`.",
                _ => "the statement failed; nothing of it was kept.",
            }
            : "the server cannot be reached or broke off. Check that it runs and that host and port are right, then run the command again.";
        return new StoreException($"{Describe()}: {cure} ({e.Message})", e);
    }

    private static NpgsqlConnectionStringBuilder FromUri(string text)
    {
        var uri = new Uri(text);
        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : 5432 };
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) settings.Password = Uri.UnescapeDataString(user[1]);
        if (uri.AbsolutePath.Length > 1) settings.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var name = Uri.UnescapeDataString(parts[0]) switch
            {
                "sslmode" => "SSL Mode",
                "application_name" => "Application Name",
                "connect_timeout" => "Timeout",
                var other => other,
            };
            settings[name] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return settings;
    }

    private sealed class PostgresSession(PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction? transaction) : Session(connection, transaction)
    {
        // Up to here rows go as one array a column, in a statement that is prepared once; more go by COPY through a table of their own, which costs several round trips and none a row.
        private const int MostAsArrays = 1_000;

        private int stages;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Connection.DisposeAsync();
        }

        public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

        public override string Among(string column, int parameter) => $"{column} = ANY(@{parameter})";

        // The collation "C" knows no letters but A to Z.
        public override string Lower(string text) => $"lower(({text}) COLLATE \"C\")";

        public override string InOrderOfBytes(string text) => $"(({text}) COLLATE \"C\")";

        public override string Position(string text, string part) => $"strpos({text}, {part})";

        public override string JsonKind(string json, string[] keys) => $"json_typeof({json}::json{string.Concat(keys.Select(k => $" -> '{k}'"))})";

        public override string JsonText(string json, string[] keys) => $"({json}::json{string.Concat(keys.SkipLast(1).Select(k => $" -> '{k}'"))} ->> '{keys[^1]}')";

        public override string Halved(string since, string now, TimeSpan halfLife)
        {
            var halves = $"(extract(epoch FROM {now} - {since})::double precision / {halfLife.TotalSeconds.ToString("0.0#######", System.Globalization.CultureInfo.InvariantCulture)})";
            return $"(CASE WHEN {halves} > 900 THEN 0.0 ELSE power(0.5::double precision, {halves}) END)";
        }

        public override string EachKey(int parameter) => $"SELECT (k->>0)::int AS rule, (k->>1)::bigint AS hash FROM jsonb_array_elements(@{parameter}::jsonb) k";

        public override string Each(int parameter) => $"SELECT unnest(@{parameter}) AS item";

        public override object Items(IReadOnlyCollection<long> items) => items.ToArray();

        public override object Items(IReadOnlyCollection<string> items) => items.Select(StoredText.Of).ToArray();

        public override object Items(IReadOnlyCollection<Guid> items) => items.ToArray();

        public override async Task<IReadOnlyList<long>> Allocate(string table, string column, int count, CancellationToken ct) =>
            await Query($"SELECT nextval(pg_get_serial_sequence('{table}', '{column}')) FROM generate_series(1, @0)", r => r.Long(0), ct, count);

        public override Task Insert(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct) => Copy(table, columns, rows, ct);

        public override async Task<int> Upsert(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct, string? conflict = null)
        {
            var from = await From(table, columns, rows, ct);
            if (from.Text is null) return 0;
            var list = string.Join(',', columns);
            var set = keys == columns.Length ? "NOTHING" : $"UPDATE SET {string.Join(',', columns[keys..].Select(c => $"{c} = excluded.{c}"))}";

            // In the order of the key, so that two processes take their row locks in the same order.
            var key = string.Join(',', columns[..keys]);
            return await Execute($"INSERT INTO {table} ({list}) SELECT {list} FROM {from.Text} ORDER BY {key} ON CONFLICT ({key}) DO {conflict ?? set}", ct, from.Arrays);
        }

        public override async Task Update(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            var from = await From(table, columns, rows, ct);
            if (from.Text is null) return;
            await Execute(
                $"UPDATE {table} t SET {string.Join(',', columns[keys..].Select(c => $"{c} = s.{c}"))} FROM {from.Text} "
                + $"WHERE {string.Join(" AND ", columns[..keys].Select(k => $"t.{k} = s.{k}"))}",
                ct,
                from.Arrays);
        }

        public override async Task<int> Delete(string table, string[] keys, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            var from = await From(table, keys, rows, ct);
            return from.Text is null ? 0 : await Execute($"DELETE FROM {table} t USING {from.Text} WHERE {string.Join(" AND ", keys.Select(k => $"t.{k} = s.{k}"))}", ct, from.Arrays);
        }

        public override Task LockModel(CancellationToken ct) => Execute("SELECT pg_advisory_xact_lock(7201957)", ct);

        public override async Task<bool> HasTable(string name, CancellationToken ct) =>
            await Count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = @0 AND n.nspname = current_schema()", ct, name) > 0;

        internal override DateTimeOffset ReadTime(DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

        protected override object Native(object value) => value switch
        {
            string text => StoredText.Of(text),
            DateTimeOffset time => Microseconds(time),
            _ => value,
        };

        protected override DbParameter Parameter(int number, object? value) =>
            new NpgsqlParameter($"@{number}", value is null ? DBNull.Value : Native(value));

        // Cut here rather than rounded by the server, so that both databases keep the same instant.
        private static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

        /// <summary>Rows as something to select from, named <c>s</c>; null when there are none.</summary>
        private async Task<(string? Text, object?[] Arrays)> From(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            using var all = rows.GetEnumerator();
            var few = new List<object?[]>();
            while (few.Count <= MostAsArrays && all.MoveNext()) few.Add([.. all.Current]);
            if (few.Count == 0) return (null, []);
            if (few.Count > MostAsArrays) return ($"{await Stage(table, columns, few.Concat(Rest(all)), ct)} s", []);
            return (
                $"unnest({string.Join(',', columns.Select((_, i) => $"@{i}"))}) AS s({string.Join(',', columns)})",
                [.. columns.Select((c, i) => Array(database.TypeOf(table, c), few, i))]);
        }

        private static IEnumerable<object?[]> Rest(IEnumerator<object?[]> rows)
        {
            while (rows.MoveNext()) yield return rows.Current;
        }

        private object Array(Type type, List<object?[]> rows, int column)
        {
            if (type == typeof(string)) return Of<string>();
            if (type == typeof(byte[])) return Of<byte[]>();
            if (type == typeof(long)) return OrNull<long>();
            if (type == typeof(int)) return OrNull<int>();
            if (type == typeof(bool)) return OrNull<bool>();
            if (type == typeof(double)) return OrNull<double>();
            if (type == typeof(Guid)) return OrNull<Guid>();
            if (type == typeof(DateTimeOffset)) return OrNull<DateTimeOffset>();
            throw new InvalidOperationException($"A {type.Name} has no column type.");

            T?[] Of<T>()
                where T : class => [.. rows.Select(r => r[column] is { } value ? (T)Native(value) : null)];

            T?[] OrNull<T>()
                where T : struct => [.. rows.Select(r => r[column] is { } value ? (T)Native(value) : (T?)null)];
        }

        private async Task<string> Stage(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            var stage = $"stage_{stages++}";
            await Execute($"CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {string.Join(',', columns)} FROM {table} WITH NO DATA", ct);
            await Copy(stage, columns, rows, ct);
            return stage;
        }

        private async Task Copy(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct)
        {
            await using var import = await ((NpgsqlConnection)Connection).BeginBinaryImportAsync(
                $"COPY {table} ({string.Join(',', columns)}) FROM STDIN (FORMAT BINARY)", ct);
            foreach (var row in rows)
            {
                await import.StartRowAsync(ct);
                for (var i = 0; i < columns.Length; i++)
                {
                    switch (row[i] is { } value ? Native(value) : null)
                    {
                        case null: await import.WriteNullAsync(ct); break;
                        case string text: await import.WriteAsync(text, NpgsqlDbType.Text, ct); break;
                        case long number: await import.WriteAsync(number, NpgsqlDbType.Bigint, ct); break;
                        case int number: await import.WriteAsync(number, NpgsqlDbType.Integer, ct); break;
                        case bool flag: await import.WriteAsync(flag, NpgsqlDbType.Boolean, ct); break;
                        case byte[] bytes: await import.WriteAsync(bytes, NpgsqlDbType.Bytea, ct); break;
                        case Guid id: await import.WriteAsync(id, NpgsqlDbType.Uuid, ct); break;
                        case double number: await import.WriteAsync(number, NpgsqlDbType.Double, ct); break;
                        case DateTimeOffset time: await import.WriteAsync(time, NpgsqlDbType.TimestampTz, ct); break;
                        case var other: throw new InvalidOperationException($"{table}.{columns[i]}: a {other.GetType().Name} has no column type.");
                    }
                }
            }

            await import.CompleteAsync(ct);
        }
    }
}
