using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What a stage could not handle. Nothing here stops the others.</summary>
public sealed class Quarantine
{
    private static readonly string[] Columns =
        ["scope", "stage", "source", "stream", "place", "record_id", "error", "raw", "recipe", "attempts", "since", "last_at"];

    private static readonly Dictionary<string, Stage> Stages = new(StringComparer.Ordinal)
    {
        ["normalise"] = Stage.Normalise,
        ["match"] = Stage.Match,
        ["merge"] = Stage.Merge,
    };

    private readonly Database database;

    internal Quarantine(Database database) => this.database = database;

    /// <summary>Adds rows; one that is there already (same stage, source, stream and place, not cleared) counts one attempt more.</summary>
    public Task Add(IReadOnlyList<QuarantineAdd> rows, DateTimeOffset now, CancellationToken ct) => rows.Count == 0
        ? Task.CompletedTask
        : database.Write(Durability.Durable, s => Add(s, rows, now, ct), ct);

    /// <summary>Rows in quarantine, newest first; cleared ones too when asked.</summary>
    public Task<IReadOnlyList<QuarantineRow>> List(bool cleared, int limit, CancellationToken ct) => database.Read<IReadOnlyList<QuarantineRow>>(
        async s => await s.Query(
            $"SELECT id, attempts, since, last_at, cleared_at, cleared_by, {string.Join(", ", Columns[..9])} FROM quarantine "
            + $"{(cleared ? "" : "WHERE cleared_at IS NULL")} ORDER BY id DESC LIMIT @0",
            r => new QuarantineRow(
                r.Long(0),
                new QuarantineAdd(
                    r.Text(6),
                    r.Text(7),
                    r.TextOrNull(8),
                    r.TextOrNull(9),
                    r.Text(10),
                    r.LongOrNull(11),
                    r.Text(12),
                    r.TextOrNull(13),
                    r.TextOrNull(14) is { } recipe ? new RecipeVersion(recipe) : null),
                r.Int(1),
                r.Time(2),
                r.Time(3),
                r.TimeOrNull(4),
                r.TextOrNull(5)),
            ct,
            limit),
        ct);

    /// <summary>How many are in quarantine.</summary>
    public Task<long> Count(CancellationToken ct) => database.Read(s => s.Count("SELECT count(*) FROM quarantine WHERE cleared_at IS NULL", ct), ct);

    /// <summary>
    /// Hands the records to their stage again: those of the given numbers, or all when null. Rows without a record come again with the next pull of their source.
    /// Returns how many were handed on.
    /// </summary>
    public Task<int> Retry(IReadOnlyCollection<long>? ids, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            const string Open = "SELECT stage, record_id FROM quarantine WHERE cleared_at IS NULL AND record_id IS NOT NULL";
            var open = ids is null
                ? await s.Query(Open, r => (Stage: r.Text(0), Record: r.Long(1)), ct)
                : await s.Query($"{Open} AND {s.Among("id", 0)}", r => (Stage: r.Text(0), Record: r.Long(1)), ct, s.Items(ids));
            var handed = 0;
            foreach (var stage in open.Where(o => Stages.ContainsKey(o.Stage)).GroupBy(o => o.Stage))
            {
                long[] records = [.. stage.Select(o => o.Record).Distinct()];
                await Work.Enqueue(s, Stages[stage.Key], records, "retry", ct);
                handed += records.Length;
            }

            return handed + await RetryWorkflows(s, ids, ct);
        },
        ct);

    /// <summary>Contacts whose workflows failed run their events again. A row comes back as a new one if they fail again.</summary>
    private static async Task<int> RetryWorkflows(Session s, IReadOnlyCollection<long>? ids, CancellationToken ct)
    {
        const string Clear = "UPDATE quarantine SET cleared_at = last_at, cleared_by = 'retry' WHERE cleared_at IS NULL AND stage = 'trigger'";
        var rows = ids is null ? await s.Execute(Clear, ct) : await s.Execute($"{Clear} AND {s.Among("id", 0)}", ct, s.Items(ids));
        if (rows > 0) await s.Execute("UPDATE event SET state = 0 WHERE state = 4", ct);
        return rows;
    }

    /// <summary>Clears rows of records that the stage has handled after all.</summary>
    public Task<int> Clear(string stage, IReadOnlyCollection<long> records, string by, DateTimeOffset now, CancellationToken ct) =>
        database.Write(Durability.Durable, s => Clear(s, stage, records, by, now, ct), ct);

    /// <summary>Clears the rows of a stream that never landed and that the last full pull did not fail on again: those last seen before <paramref name="before"/>.</summary>
    public Task<int> ClearUnseen(SourceName source, string stream, DateTimeOffset before, string by, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        s => s.Execute(
            "UPDATE quarantine SET cleared_at = @3, cleared_by = @4 "
            + "WHERE cleared_at IS NULL AND record_id IS NULL AND source = @0 AND stream = @1 AND last_at < @2",
            ct,
            source.Value,
            stream,
            before,
            now,
            by),
        ct);

    /// <summary>True while rows of a stream that could not be read at its source are in quarantine.</summary>
    internal static async Task<bool> HasUnread(Session s, SourceName source, string stream, CancellationToken ct) => await s.Count(
        "SELECT count(*) FROM quarantine WHERE cleared_at IS NULL AND record_id IS NULL AND stage = 'pull' AND source = @0 AND stream = @1",
        ct,
        source.Value,
        stream) > 0;

    internal static async Task Add(Session s, IReadOnlyList<QuarantineAdd> rows, DateTimeOffset now, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var open = new Dictionary<(string, string?, string?, string), long>();
        foreach (var row in await s.Query(
            $"SELECT id, stage, source, stream, place FROM quarantine WHERE cleared_at IS NULL AND {s.Among("place", 0)}",
            r => (Id: r.Long(0), Place: (r.Text(1), r.TextOrNull(2), r.TextOrNull(3), r.Text(4))),
            ct,
            s.Items([.. rows.Select(r => r.Place)])))
        {
            open[row.Place] = row.Id;
        }

        var added = new Dictionary<(string, string?, string?, string), QuarantineAdd>();
        foreach (var row in rows)
        {
            var place = (row.Stage, row.Source, row.Stream, StoredText.Of(row.Place));
            if (!open.TryGetValue(place, out var id))
            {
                added[place] = row;
                continue;
            }

            await s.Execute(
                "UPDATE quarantine SET attempts = attempts + 1, last_at = @1, error = @2, raw = @3, recipe = @4 WHERE id = @0",
                ct,
                id,
                now,
                row.Error,
                row.Raw,
                row.Recipe?.Value);
        }

        await s.Insert(
            "quarantine",
            Columns,
            added.Values.Select(r => new object?[]
            {
                r.Scope, r.Stage, r.Source, r.Stream, r.Place, r.RecordId, r.Error, r.Raw, r.Recipe?.Value, 1, now, now,
            }),
            ct);
    }

    internal static async Task<int> Clear(Session s, string stage, IReadOnlyCollection<long> records, string by, DateTimeOffset now, CancellationToken ct)
    {
        if (records.Count == 0) return 0;
        return await s.Execute(
            $"UPDATE quarantine SET cleared_at = @2, cleared_by = @3 WHERE cleared_at IS NULL AND stage = @0 AND {s.Among("record_id", 1)}",
            ct,
            stage,
            s.Items(records),
            now,
            by);
    }
}
