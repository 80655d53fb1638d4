using System.Collections.Immutable;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace IntegrationHub.Store;

/// <summary>How a transaction commits.</summary>
internal enum Durability
{
    /// <summary>May be lost with the power, never with the process: for rows that can be computed again.</summary>
    Derived,

    /// <summary>On the disk when the call returns: for what cannot be had again.</summary>
    Durable,

    /// <summary>The same, and ahead of all others that wait: an event, or a message, which somebody waits for.</summary>
    Urgent,
}

/// <summary>One database: gives out sessions, and turns its errors into <see cref="StoreException"/>s that name it and the cure.</summary>
internal abstract class Database : IAsyncDisposable
{
    // Whoever has written so lately will write again.
    private const long StillComing = 2_000;

    private readonly WriterQueue writers = new();
    private long lastUrgent = long.MinValue / 2;

    /// <summary>A SQLite file, or PostgreSQL when the text is a connection string.</summary>
    public static Database Of(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Server=", StringComparison.OrdinalIgnoreCase)
            ? new PostgresDatabase(text)
            : new SqliteDatabase(text);

    public abstract string Describe();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads on a connection of its own, outside any transaction.</summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> read, CancellationToken ct)
    {
        try
        {
            await using var session = await OpenReader(ct);
            return await read(session);
        }
        catch (DbException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>Writes in one transaction; in one process writers take turns, urgent ones first. Whatever throws leaves nothing behind.</summary>
    public async Task<T> Write<T>(Durability durability, Func<Session, Task<T>> write, CancellationToken ct)
    {
        if (durability == Durability.Urgent) Volatile.Write(ref lastUrgent, Environment.TickCount64);
        var turns = TurnsOf(durability);
        await turns.Enter(durability == Durability.Urgent, ct);
        try
        {
            await using var session = await OpenWriter(durability, ct);
            var result = await write(session);
            await session.Commit(ct);
            return result;
        }
        catch (DbException e)
        {
            throw Explain(e);
        }
        finally
        {
            turns.Leave();
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Durability durability, Func<Session, Task> write, CancellationToken ct) => Write(
        durability,
        async session =>
        {
            await write(session);
            return true;
        },
        ct);

    public async Task<bool> IsCurrent(CancellationToken ct) =>
        await Exists(ct) && await Read(async s => Known().SequenceEqual(await Applied(s, ct)), ct);

    /// <summary>
    /// All pending migrations in one transaction, so that a kill leaves the old model whole. EF's own way takes a lock row that a killed process leaves behind on SQLite.
    /// </summary>
    public async Task Migrate(CancellationToken ct)
    {
        try
        {
            await Prepare(ct);
        }
        catch (DbException e)
        {
            throw Explain(e);
        }

        if (await IsCurrent(ct)) return;
        await Write(
            Durability.Durable,
            async s =>
            {
                await s.LockModel(ct);
                var applied = await Applied(s, ct);
                var known = Known();
                if (known.SequenceEqual(applied)) return;
                if (applied.Except(known, StringComparer.Ordinal).Any())
                    throw new StoreException($"{Describe()} was made by a newer version of the hub. Use that version, or another database.");

                await using var model = Model();
                var script = model.GetService<IMigrator>().GenerateScript(
                    applied.Count > 0 ? applied[^1] : null, null, MigrationsSqlGenerationOptions.NoTransactions);
                await s.Script(script, ct);
            },
            ct);
    }

    /// <summary>The tables of the model with their columns, as rows are read in SQL.</summary>
    internal IReadOnlyDictionary<string, ImmutableArray<(string Name, Type Type)>> Tables()
    {
        using var model = Model();
        return model.Model.GetEntityTypes().ToDictionary(
            e => e.GetTableName()!, e => e.GetProperties().Select(p => (p.GetColumnName(), Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType)).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>Makes deleted rows unreadable in the database's own files. False when it cannot be done now.</summary>
    internal async Task<bool> Compact(CancellationToken ct)
    {
        await writers.Enter(false, ct);
        try
        {
            return await ClearDeleted(ct);
        }
        catch (DbException e)
        {
            throw Explain(e);
        }
        finally
        {
            writers.Leave();
        }
    }

    /// <summary>True while urgent writes come, and would wait for any other that is under way.</summary>
    internal virtual bool BulkDelaysUrgent => Environment.TickCount64 - Volatile.Read(ref lastUrgent) < StillComing;

    /// <summary>Who takes turns with whom: one queue where the database has one writer at a time.</summary>
    protected virtual WriterQueue TurnsOf(Durability durability) => writers;

    protected abstract Task<bool> ClearDeleted(CancellationToken ct);

    protected abstract Task<bool> Exists(CancellationToken ct);

    /// <summary>What has to be there before the first transaction.</summary>
    protected abstract Task Prepare(CancellationToken ct);

    protected abstract HubDb Model();

    protected abstract Type ModelType { get; }

    protected abstract Task<Session> OpenReader(CancellationToken ct);

    protected abstract Task<Session> OpenWriter(Durability durability, CancellationToken ct);

    protected abstract StoreException Explain(DbException e);

    private List<string> Known() =>
    [
        .. typeof(HubDb).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == ModelType)
            .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<List<string>> Applied(Session s, CancellationToken ct) =>
        await s.HasTable("__EFMigrationsHistory", ct)
            ? [.. (await s.Query("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"", r => r.Text(0), ct)).Order(StringComparer.Ordinal)]
            : [];
}
