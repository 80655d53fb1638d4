using System.Security.Cryptography;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Source records.</summary>
public sealed class Landing
{
    private static readonly string[] Columns =
        ["id", "source", "stream", "external_id", "payload", "content_hash", "deleted", "full_pass", "first_seen_at", "changed_at"];

    private readonly Database database;
    private readonly Consents consents;

    internal Landing(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>
    /// Saves a page and its cursor in one durable transaction. Only new and changed rows are written, and only they get work; when nothing changed and the cursor
    /// is the same, nothing is written at all. A record that comes twice in a page counts as the last one. What rows tell is kept with them; an event that is known counts once.
    /// Records of contacts that were erased are dropped.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="rows">The page's rows.</param>
    /// <param name="cursor">Where the page ends; null leaves the cursor as it is.</param>
    /// <param name="fullPass">The generation of the full pull that the page belongs to; null in an incremental pull.</param>
    /// <param name="normalise">False for streams that make no clean records, such as orders: then there is no work.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels; nothing is kept.</param>
    public Task<LandingCounts> SavePage(
        SourceName source,
        string stream,
        IReadOnlyList<RawLanding> rows,
        string? cursor,
        long? fullPass,
        bool normalise,
        DateTimeOffset now,
        CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var last = new Dictionary<string, RawLanding>(rows.Count, StringComparer.Ordinal);
            foreach (var row in rows) last[StoredText.Of(row.ExternalId)] = row;
            var stored = await Known(s, source, stream, [.. last.Keys], ct);
            var erased = await Suppressions.ErasedAmong(s, consents, source, stream, [.. last.Keys.Where(k => !stored.ContainsKey(k))], ct);
            foreach (var key in erased) last.Remove(key);

            var (added, changed, unchanged) = (new List<(string Id, RawLanding Row)>(), new List<(Stored Old, RawLanding Row, byte[] Hash)>(), new List<long>());
            var deleted = 0;
            foreach (var (id, row) in last)
            {
                if (!stored.TryGetValue(id, out var old))
                {
                    added.Add((id, row));
                    deleted += row.Deleted ? 1 : 0;
                    continue;
                }

                var hash = row.Payload is { } payload ? Hash(payload) : old.Hash;
                if (old.Deleted == row.Deleted && hash.AsSpan().SequenceEqual(old.Hash))
                {
                    unchanged.Add(old.Id);
                    continue;
                }

                changed.Add((old, row, hash));
                deleted += row.Deleted ? 1 : 0;
            }

            var ids = added.Count > 0 ? await s.Allocate("source_record", "id", added.Count, ct) : [];
            await s.Insert(
                "source_record",
                Columns,
                added.Select((a, i) => new object?[]
                {
                    ids[i], source.Value, stream, a.Id, a.Row.Payload, Hash(a.Row.Payload ?? []), a.Row.Deleted, fullPass ?? 0L, now, now,
                }),
                ct);
            await Change(s, changed, fullPass, now, ct);
            if (fullPass is { } generation && unchanged.Count > 0)
            {
                await s.Execute(
                    $"UPDATE source_record SET full_pass = @0 WHERE full_pass <> @0 AND {s.Among("id", 1)}", ct, generation, s.Items(unchanged));
            }

            if (normalise) await Work.Enqueue(s, Stage.Normalise, [.. ids, .. changed.Select(c => c.Old.Id)], "landed", ct);
            var events = await Events.Land(s, consents, [.. last.Values.SelectMany(r => r.Events)], now, ct);
            await SaveCursor(s, source, stream, cursor, added.Count + changed.Count > 0, now, ct);
            return new LandingCounts(
                added.Count(a => !a.Row.Deleted), changed.Count(c => !c.Row.Deleted), unchanged.Count, deleted, erased.Count)
            { Events = events.Count };
        },
        ct);

    /// <summary>
    /// Ends a full pull: rows of the stream that it did not see are marked as deleted and get work. Returns how many. Nothing happens when another generation has begun.
    /// While rows of the stream that could not be read are in quarantine nothing is marked, since any unseen row may be one of them, and null is returned where there are unseen ones;
    /// the next full pull without such rows does it.
    /// </summary>
    public Task<int?> EndPass(SourceName source, string stream, long generation, bool normalise, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var ended = await s.Execute(
                "UPDATE stream_state SET full_pass = NULL, last_full_at = @3, last_pull_at = @3 WHERE source = @0 AND stream = @1 AND full_pass = @2",
                ct,
                source.Value,
                stream,
                generation,
                now);
            if (ended == 0) return 0;

            var gone = await s.Query(
                "SELECT id FROM source_record WHERE source = @0 AND stream = @1 AND full_pass <> @2 AND NOT deleted",
                r => r.Long(0),
                ct,
                source.Value,
                stream,
                generation);
            if (gone.Count == 0) return 0;
            if (await Quarantine.HasUnread(s, source, stream, ct)) return (int?)null;
            await s.Execute($"UPDATE source_record SET deleted = TRUE, changed_at = @0 WHERE {s.Among("id", 1)}", ct, now, s.Items(gone));
            if (normalise) await Work.Enqueue(s, Stage.Normalise, gone, "gone", ct);
            return gone.Count;
        },
        ct);

    /// <summary>Source records of one stream that wait to be normalised, with an id above <paramref name="afterKey"/>, by id.</summary>
    public Task<IReadOnlyList<NormaliseRow>> TakeForNormalise(SourceName source, string stream, long afterKey, int limit, CancellationToken ct) =>
        database.Read<IReadOnlyList<NormaliseRow>>(
            async s => await s.Query(
                "SELECT r.id, w.seq, r.source, r.stream, r.external_id, r.payload, r.content_hash, r.deleted, c.content_hash "
                + "FROM work w JOIN source_record r ON r.id = w.key LEFT JOIN clean_record c ON c.record_id = r.id "
                + "WHERE w.stage = @0 AND w.key > @1 AND r.id > @1 AND r.source = @2 AND r.stream = @3 ORDER BY w.key LIMIT @4",
                r => new NormaliseRow(r.Long(0), r.Long(1), Key(r, 2), r.BytesOrNull(5), r.Bytes(6), r.Bool(7), r.BytesOrNull(8)),
                ct,
                (int)Stage.Normalise,
                afterKey,
                source.Value,
                stream,
                limit),
            ct);

    /// <summary>The payloads of the last records of a stream by external id, at most so many; deleted ones are left out.</summary>
    public Task<IReadOnlyList<(SourceKey Key, byte[] Payload)>> Some(SourceName source, string stream, int limit, CancellationToken ct) =>
        database.Read<IReadOnlyList<(SourceKey, byte[])>>(
            async s => await s.Query(
                "SELECT source, stream, external_id, payload FROM source_record WHERE source = @0 AND stream = @1 AND NOT deleted AND payload IS NOT NULL ORDER BY source DESC, stream DESC, external_id DESC LIMIT @2",
                r => (Key(r, 0), r.Bytes(3)),
                ct,
                source.Value,
                stream,
                limit),
            ct);

    /// <summary>The payload of a source record; null when there is none.</summary>
    public Task<byte[]?> Payload(SourceKey key, CancellationToken ct) => database.Read(
        async s => (await s.Query(
            "SELECT payload FROM source_record WHERE source = @0 AND stream = @1 AND external_id = @2",
            r => r.BytesOrNull(0),
            ct,
            key.Source,
            key.Stream,
            key.ExternalId)).SingleOrDefault(),
        ct);

    /// <summary>The keys of source records by id; unknown ids are left out.</summary>
    public Task<IReadOnlyDictionary<long, SourceKey>> Keys(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<long, SourceKey>>(async s => await Keys(s, ids, ct), ct);

    /// <summary>The ids of source records by key; unknown keys are left out.</summary>
    public Task<IReadOnlyDictionary<SourceKey, long>> Ids(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<SourceKey, long>>(
            async s =>
            {
                var ids = new Dictionary<SourceKey, long>();
                foreach (var stream in keys.GroupBy(k => (k.Source, k.Stream)))
                {
                    var found = await s.Query(
                        $"SELECT id, external_id FROM source_record WHERE source = @0 AND stream = @1 AND {s.Among("external_id", 2)}",
                        r => (Id: r.Long(0), External: r.Text(1)),
                        ct,
                        stream.Key.Source,
                        stream.Key.Stream,
                        s.Items([.. stream.Select(k => k.ExternalId)]));
                    foreach (var (id, external) in found) ids[new SourceKey(stream.Key.Source, stream.Key.Stream, external)] = id;
                }

                return ids;
            },
            ct);

    internal static async Task<Dictionary<long, SourceKey>> Keys(Session s, IReadOnlyCollection<long> ids, CancellationToken ct) => (await s.Query(
        $"SELECT id, source, stream, external_id FROM source_record WHERE {s.Among("id", 0)}",
        r => (Id: r.Long(0), Key: Key(r, 1)),
        ct,
        s.Items(ids))).ToDictionary(r => r.Id, r => r.Key);

    internal static SourceKey Key(Row r, int column) => new(r.Text(column), r.Text(column + 1), r.Text(column + 2));

    private static byte[] Hash(byte[] payload) => SHA256.HashData(payload)[..16];

    private static async Task<Dictionary<string, Stored>> Known(
        Session s, SourceName source, string stream, string[] externalIds, CancellationToken ct) => externalIds.Length == 0
        ? []
        : (await s.Query(
            $"SELECT id, content_hash, deleted, external_id FROM source_record WHERE source = @0 AND stream = @1 AND {s.Among("external_id", 2)}",
            r => (new Stored(r.Long(0), r.Bytes(1), r.Bool(2)), ExternalId: r.Text(3)),
            ct,
            source.Value,
            stream,
            s.Items(externalIds))).ToDictionary(r => r.ExternalId, r => r.Item1, StringComparer.Ordinal);

    private static async Task Change(
        Session s, List<(Stored Old, RawLanding Row, byte[] Hash)> changed, long? fullPass, DateTimeOffset now, CancellationToken ct)
    {
        var told = changed.Where(c => c.Row.Payload is not null).ToList();
        if (told.Count > 0)
        {
            await s.Update(
                "source_record",
                ["id", "payload", "content_hash", "deleted", "changed_at"],
                1,
                told.Select(c => new object?[] { c.Old.Id, c.Row.Payload, c.Hash, c.Row.Deleted, now }),
                ct);
        }

        foreach (var untold in changed.Where(c => c.Row.Payload is null).GroupBy(c => c.Row.Deleted))
        {
            await s.Execute(
                $"UPDATE source_record SET deleted = @0, changed_at = @1 WHERE {s.Among("id", 2)}", ct, untold.Key, now, s.Items([.. untold.Select(c => c.Old.Id)]));
        }

        if (fullPass is { } generation && changed.Count > 0)
            await s.Execute($"UPDATE source_record SET full_pass = @0 WHERE {s.Among("id", 1)}", ct, generation, s.Items([.. changed.Select(c => c.Old.Id)]));
    }

    private static async Task SaveCursor(Session s, SourceName source, string stream, string? cursor, bool wrote, DateTimeOffset now, CancellationToken ct)
    {
        var state = await Sources.State(s, source, stream, ct);
        var next = cursor ?? state.Cursor;
        if (!wrote && next == state.Cursor) return;
        await s.Execute(
            "INSERT INTO stream_state (source, stream, cursor, last_pull_at) VALUES (@0, @1, @2, @3) "
            + "ON CONFLICT (source, stream) DO UPDATE SET cursor = excluded.cursor, last_pull_at = excluded.last_pull_at",
            ct,
            source.Value,
            stream,
            next,
            now);
    }

    private sealed record Stored(long Id, byte[] Hash, bool Deleted);
}
