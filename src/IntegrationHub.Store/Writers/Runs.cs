using System.Text.Json;

namespace IntegrationHub.Store;

/// <summary>What was run.</summary>
public sealed class Runs
{
    private readonly Database database;

    internal Runs(Database database) => this.database = database;

    /// <summary>Records that a run began. Returns its id.</summary>
    public Task<Guid> Start(string kind, string? source, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            var id = Guid.CreateVersion7(now);
            await s.Insert(
                "run",
                ["id", "kind", "source", "started_at", "status", "counts", "errors"],
                [[id, kind, source, now, (int)RunStatus.Running, "{}", "[]"]],
                ct);
            return id;
        },
        ct);

    /// <summary>Records how a run ended.</summary>
    public Task Finish(
        Guid id,
        RunStatus status,
        IReadOnlyDictionary<string, long> counts,
        IReadOnlyList<string> errors,
        DateTimeOffset now,
        CancellationToken ct) => database.Write(
        Durability.Derived,
        s => s.Execute(
            "UPDATE run SET finished_at = @1, status = @2, counts = @3, errors = @4 WHERE id = @0",
            ct,
            id,
            now,
            (int)status,
            JsonSerializer.Serialize(counts),
            JsonSerializer.Serialize(errors.Select(StoredText.Of))),
        ct);

    /// <summary>Marks runs that never ended as interrupted; to be called by the holder of the lane's lease. Returns how many.</summary>
    public Task<int> CloseInterrupted(DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        s => s.Execute("UPDATE run SET finished_at = @0, status = @1 WHERE finished_at IS NULL", ct, now, (int)RunStatus.Interrupted),
        ct);

    /// <summary>The latest runs, newest first.</summary>
    public Task<IReadOnlyList<RunRow>> List(int limit, CancellationToken ct) => database.Read<IReadOnlyList<RunRow>>(
        async s => await s.Query(
            "SELECT id, kind, source, started_at, finished_at, status, counts, errors FROM run ORDER BY started_at DESC, id DESC LIMIT @0",
            r => new RunRow(
                r.Guid(0),
                r.Text(1),
                r.TextOrNull(2),
                r.Time(3),
                r.TimeOrNull(4),
                (RunStatus)r.Int(5),
                JsonSerializer.Deserialize<Dictionary<string, long>>(r.Text(6)) ?? [],
                JsonSerializer.Deserialize<List<string>>(r.Text(7)) ?? []),
            ct,
            limit),
        ct);
}
