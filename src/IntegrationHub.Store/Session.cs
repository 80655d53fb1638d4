using System.Data.Common;
using System.Text;

namespace IntegrationHub.Store;

/// <summary>
/// One connection, for a writer with its transaction. SQL is written once, for both databases; what they say differently is behind a method here.
/// Parameters are <c>@0</c>, <c>@1</c>… in the order of the arguments.
/// </summary>
internal abstract class Session(DbConnection connection, DbTransaction? transaction) : IAsyncDisposable
{
    protected DbConnection Connection { get; } = connection;

    protected DbTransaction? Transaction { get; } = transaction;

    public Task Commit(CancellationToken ct) => Transaction is { } t ? t.CommitAsync(ct) : Task.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (Transaction is { } t) await t.DisposeAsync();
    }

    /// <summary>SQL that is true where the column is among the items of a parameter made by <see cref="Items(IReadOnlyCollection{long})"/>.</summary>
    public abstract string Among(string column, int parameter);

    /// <summary>A query of one column <c>item</c>: the items of such a parameter.</summary>
    public abstract string Each(int parameter);

    /// <summary>A query of two columns <c>rule</c> and <c>hash</c>: the keys of a parameter made by <see cref="Keys"/>.</summary>
    public abstract string EachKey(int parameter);

    public static object Keys(IReadOnlyCollection<Matching.MatchKey> keys) => $"[{string.Join(',', keys.Select(k => $"[{k.Rule},{k.Hash}]"))}]";

    public abstract object Items(IReadOnlyCollection<long> items);

    public abstract object Items(IReadOnlyCollection<string> items);

    public abstract object Items(IReadOnlyCollection<Guid> items);

    /// <summary>A column whose ranges read a table from its first page to its last: the key itself, or what the database keeps rows by.</summary>
    public virtual string InTableOrder(string key) => key;

    /// <summary>The text with A to Z in lower case, and nothing else changed.</summary>
    public abstract string Lower(string text);

    /// <summary>The text, to be compared by its bytes.</summary>
    public virtual string InOrderOfBytes(string text) => text;

    /// <summary>From which character on, from 1, a text holds another; 0 where it does not.</summary>
    public abstract string Position(string text, string part);

    /// <summary>The kind of a JSON text's property, as the database calls it; NULL where there is none. The keys hold no quotes and no backslashes.</summary>
    public abstract string JsonKind(string json, string[] keys);

    /// <summary>A JSON text's property as text: a string as it is, a number or a truth value as it is written.</summary>
    public abstract string JsonText(string json, string[] keys);

    /// <summary>1 at the instant, half after a half-life, a quarter after two; 0 for what would be too small for a number.</summary>
    public abstract string Halved(string since, string now, TimeSpan halfLife);

    /// <summary>At the end of a SELECT: locks its rows and leaves out those that another process has locked.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Numbers that no row of the table has had in the column. The first of <paramref name="count"/> in a row where the database allows it.</summary>
    public abstract Task<IReadOnlyList<long>> Allocate(string table, string column, int count, CancellationToken ct);

    /// <summary>New rows. The array handed out by <paramref name="rows"/> may be the same one each time.</summary>
    public abstract Task Insert(string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken ct);

    /// <summary>New rows, or new values for those with the same key: the first <paramref name="keys"/> columns. <paramref name="conflict"/> replaces the usual SET of all others. Returns how many were written.</summary>
    public abstract Task<int> Upsert(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct, string? conflict = null);

    /// <summary>New values for rows that exist; the first <paramref name="keys"/> columns name the row.</summary>
    public abstract Task Update(string table, string[] columns, int keys, IEnumerable<object?[]> rows, CancellationToken ct);

    /// <summary>Deletes the rows with the given keys. Returns how many there were.</summary>
    public abstract Task<int> Delete(string table, string[] keys, IEnumerable<object?[]> rows, CancellationToken ct);

    /// <summary>Holds off other migrating processes until the transaction ends.</summary>
    public abstract Task LockModel(CancellationToken ct);

    public abstract Task<bool> HasTable(string name, CancellationToken ct);

    public async Task<int> Execute(string sql, CancellationToken ct, params object?[] args)
    {
        var command = Command(sql, args);
        try
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            await GiveBack(command);
        }
    }

    public async Task Script(string sql, CancellationToken ct)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> Query<T>(string sql, Func<Row, T> read, CancellationToken ct, params object?[] args)
    {
        var rows = new List<T>();
        await Each(sql, row => rows.Add(read(row)), ct, args);
        return rows;
    }

    /// <summary>Hands each row on as it comes, keeping none.</summary>
    public async Task Each(string sql, Action<Row> row, CancellationToken ct, params object?[] args)
    {
        var command = Command(sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            var present = new Row(reader, this);
            while (await reader.ReadAsync(ct)) row(present);
        }
        finally
        {
            await GiveBack(command);
        }
    }

    public async Task<long> Count(string sql, CancellationToken ct, params object?[] args)
    {
        var command = Command(sql, args);
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(ct), null);
        }
        finally
        {
            await GiveBack(command);
        }
    }

    internal abstract DateTimeOffset ReadTime(DbDataReader reader, int column);

    /// <summary>A text as UTF-8, good until the next row is read: where the driver allows it, without making a string. Empty for null.</summary>
    internal virtual ReadOnlySpan<byte> ReadUtf8(DbDataReader reader, int column) => reader.IsDBNull(column) ? default : Encoding.UTF8.GetBytes(reader.GetString(column));

    /// <summary>A number of a column that is never null.</summary>
    internal virtual long ReadLong(DbDataReader reader, int column) => reader.GetInt64(column);

    internal virtual Guid ReadGuid(DbDataReader reader, int column) => reader.GetGuid(column);

    /// <summary>A text; null for an empty one, too.</summary>
    internal virtual string? ReadFilledText(DbDataReader reader, int column) => ReadText(reader, column) is { Length: > 0 } text ? text : null;

    internal virtual string? ReadText(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>The value as the database's driver takes it.</summary>
    protected abstract object Native(object value);

    /// <summary>A command for the text: one that was used before and is prepared already, where the driver keeps none itself.</summary>
    protected virtual DbCommand Take(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>The counterpart of <see cref="Take"/>.</summary>
    protected virtual ValueTask GiveBack(DbCommand command) => command.DisposeAsync();

    private DbCommand Command(string sql, object?[] args)
    {
        var command = Take(sql);
        command.Transaction = Transaction;
        for (var i = 0; i < args.Length; i++) command.Parameters.Add(Parameter(i, args[i]));
        return command;
    }

    protected abstract DbParameter Parameter(int number, object? value);
}

/// <summary>The present row of a query.</summary>
internal sealed class Row(DbDataReader reader, Session session)
{
    public long Long(int i) => session.ReadLong(reader, i);

    public long? LongOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetInt64(i);

    public int Int(int i) => reader.GetInt32(i);

    public int? IntOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetInt32(i);

    public double Real(int i) => reader.GetDouble(i);

    public double? RealOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetDouble(i);

    public bool Bool(int i) => reader.GetBoolean(i);

    public string Text(int i) => reader.GetString(i);

    public string? TextOrNull(int i) => session.ReadText(reader, i);

    /// <summary>A text; null for an empty one, too.</summary>
    public string? FilledText(int i) => session.ReadFilledText(reader, i);

    public byte[] Bytes(int i) => reader.GetFieldValue<byte[]>(i);

    public byte[]? BytesOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i);

    public bool IsNull(int i) => reader.IsDBNull(i);

    /// <summary>A text as UTF-8, good until the next row; empty for null.</summary>
    public ReadOnlySpan<byte> Utf8(int i) => session.ReadUtf8(reader, i);

    public Guid Guid(int i) => session.ReadGuid(reader, i);

    public Guid? GuidOrNull(int i) => reader.IsDBNull(i) ? null : session.ReadGuid(reader, i);

    public DateTimeOffset Time(int i) => session.ReadTime(reader, i);

    public DateTimeOffset? TimeOrNull(int i) => reader.IsDBNull(i) ? null : session.ReadTime(reader, i);
}
