using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Match keys, edges and clusters.</summary>
public sealed partial class Matches
{
    private readonly Database database;
    private readonly Consents consents;

    internal Matches(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Records that wait to be matched, with an id above <paramref name="afterKey"/>, by id.</summary>
    public Task<IReadOnlyList<DirtyRecord>> TakeDirty(long afterKey, int limit, CancellationToken ct) => database.Read<IReadOnlyList<DirtyRecord>>(
        async s => await s.Query(
            "SELECT w.key, w.seq, c.kind, (SELECT min(m.kind) FROM match_key m WHERE m.record_id = w.key), w.reason "
            + "FROM work w LEFT JOIN clean_record c ON c.record_id = w.key AND c.record_id > @1 WHERE w.stage = @0 AND w.key > @1 ORDER BY w.key LIMIT @2",
            r => new DirtyRecord(r.Long(0), r.Long(1), (EntityKind?)r.IntOrNull(2), (EntityKind?)r.IntOrNull(3), r.Text(4)),
            ct,
            (int)Stage.Match,
            afterKey,
            limit),
        ct);

    /// <summary>What the keys of each kind stand on; kinds whose keys are not all there are left out.</summary>
    public Task<IReadOnlyDictionary<EntityKind, RecipeVersion>> States(CancellationToken ct) => database.Read<IReadOnlyDictionary<EntityKind, RecipeVersion>>(
        async s => (await s.Query("SELECT kind, recipe FROM match_state", r => (Kind: (EntityKind)r.Int(0), Recipe: new RecipeVersion(r.Text(1))), ct)).ToDictionary(r => r.Kind, r => r.Recipe), ct);

    /// <summary>The match keys of records, of whichever kind, by kind, rule and hash.</summary>
    public Task<IReadOnlyList<RecordKey>> KeysOf(IReadOnlyCollection<long> records, CancellationToken ct) => database.Read<IReadOnlyList<RecordKey>>(
        async s => await s.Query(
            $"SELECT kind, rule, hash, record_id FROM match_key WHERE {s.Among("record_id", 0)} ORDER BY kind, rule, hash, record_id",
            r => new RecordKey((EntityKind)r.Int(0), new MatchKey(r.Int(1), r.Long(2)), r.Long(3)),
            ct,
            s.Items(records)),
        ct);

    /// <summary>The finer keys of records, of whichever kind, by kind, rule, hash and place.</summary>
    public Task<IReadOnlyList<FinerKey>> FinerKeysOf(IReadOnlyCollection<long> records, CancellationToken ct) => database.Read<IReadOnlyList<FinerKey>>(
        async s => await s.Query(
            $"SELECT kind, rule, hash, place, record_id FROM finer_key WHERE {s.Among("record_id", 0)} ORDER BY kind, rule, hash, place, record_id",
            r => new FinerKey((EntityKind)r.Int(0), new MatchKey(r.Int(1), r.Long(2)), r.Long(3), r.Long(4)),
            ct,
            s.Items(records)),
        ct);

    /// <summary>How many records have each of the keys, counted no further than <paramref name="most"/>; keys that none has are left out.</summary>
    public Task<IReadOnlyDictionary<MatchKey, int>> Sizes(EntityKind kind, IReadOnlyCollection<MatchKey> keys, int most, CancellationToken ct) => Sizes("match_key", kind, keys, most, ct);

    /// <summary>The same of finer keys.</summary>
    public Task<IReadOnlyDictionary<MatchKey, int>> FinerSizes(EntityKind kind, IReadOnlyCollection<MatchKey> keys, int most, CancellationToken ct) => Sizes("finer_key", kind, keys, most, ct);

    /// <summary>The records that have the keys.</summary>
    public Task<IReadOnlyList<(MatchKey Key, long RecordId)>> Members(EntityKind kind, IReadOnlyCollection<MatchKey> keys, CancellationToken ct) => Members("match_key", kind, keys, ct);

    /// <summary>The same of finer keys.</summary>
    public Task<IReadOnlyList<(MatchKey Key, long RecordId)>> FinerMembers(EntityKind kind, IReadOnlyCollection<MatchKey> keys, CancellationToken ct) => Members("finer_key", kind, keys, ct);

    /// <summary>The records of a finer key that stand next before and behind a place, so many on either side, by place. One at the place itself is left out.</summary>
    public Task<IReadOnlyList<FinerKey>> Beside(EntityKind kind, MatchKey key, long place, int count, CancellationToken ct) => database.Read<IReadOnlyList<FinerKey>>(
        async s =>
        {
            const string Select = "SELECT place, record_id FROM finer_key WHERE kind = @0 AND rule = @1 AND hash = @2 AND place ";
            FinerKey Read(Row r) => new(kind, key, r.Long(0), r.Long(1));
            var before = await s.Query(Select + "< @3 ORDER BY place DESC LIMIT @4", Read, ct, (int)kind, key.Rule, key.Hash, place, count);
            before.Reverse();
            return [.. before, .. await s.Query(Select + "> @3 ORDER BY place LIMIT @4", Read, ct, (int)kind, key.Rule, key.Hash, place, count)];
        },
        ct);

    /// <summary>Edges with at least one end among the records, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesTouching(IReadOnlyCollection<long> records, CancellationToken ct) =>
        database.Read<IReadOnlyList<Edge>>(async s => await Touching(s, records, ct), ct);

    /// <summary>Edges with both ends among the records, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesAmong(IReadOnlyCollection<long> records, CancellationToken ct) => database.Read<IReadOnlyList<Edge>>(
        async s => await s.Query(
            // The plus keeps SQLite from seeking every a with every b: each a has few edges, so b is looked at in passing.
            $"SELECT a, b, weight FROM edge WHERE {s.Among("a", 0)} AND {s.Among("+b", 0)} ORDER BY a, b", Read, ct, s.Items(records)),
        ct);

    /// <summary>All edges of the connected components that the records are in, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesConnected(IReadOnlyCollection<long> records, CancellationToken ct) => database.Read<IReadOnlyList<Edge>>(
        async s =>
        {
            var edges = new HashSet<Edge>();
            var seen = records.ToHashSet();
            for (IReadOnlyCollection<long> front = records; front.Count > 0;)
            {
                var next = new List<long>();
                foreach (var edge in await Touching(s, front, ct))
                {
                    if (!edges.Add(edge)) continue;
                    if (seen.Add(edge.A)) next.Add(edge.A);
                    if (seen.Add(edge.B)) next.Add(edge.B);
                }

                front = next;
            }

            return [.. edges.OrderBy(e => e.A).ThenBy(e => e.B)];
        },
        ct);

    /// <summary>The cluster of each record; records in none are left out.</summary>
    public Task<IReadOnlyDictionary<long, long>> ClusterOf(IReadOnlyCollection<long> records, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<long, long>>(async s => await ClusterOf(s, records, ct), ct);

    internal static async Task<Dictionary<long, long>> ClusterOf(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => (await s.Query(
        $"SELECT record_id, cluster_id FROM cluster_member WHERE {s.Among("record_id", 0)}", r => (Record: r.Long(0), Cluster: r.Long(1)), ct, s.Items(records)))
        .ToDictionary(r => r.Record, r => r.Cluster);

    internal static Task<List<(long Cluster, long Record)>> MembersOf(Session s, IReadOnlyCollection<long> clusters, CancellationToken ct) => s.Query(
        $"SELECT cluster_id, record_id FROM cluster_member WHERE {s.Among("cluster_id", 0)} ORDER BY cluster_id, record_id",
        r => (Cluster: r.Long(0), Record: r.Long(1)),
        ct,
        s.Items(clusters));

    private Task<IReadOnlyDictionary<MatchKey, int>> Sizes(string table, EntityKind kind, IReadOnlyCollection<MatchKey> keys, int most, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<MatchKey, int>>(
            async s => (await s.Query(
                $"SELECT j.rule, j.hash, (SELECT count(*) FROM (SELECT 1 FROM {table} k WHERE k.kind = @0 AND k.rule = j.rule AND k.hash = j.hash LIMIT @2) c) FROM ({s.EachKey(1)}) j",
                r => (Key: new MatchKey(r.Int(0), r.Long(1)), Size: (int)r.Long(2)),
                ct,
                (int)kind,
                Session.Keys(keys),
                most)).Where(k => k.Size > 0).ToDictionary(k => k.Key, k => k.Size),
            ct);

    private Task<IReadOnlyList<(MatchKey Key, long RecordId)>> Members(string table, EntityKind kind, IReadOnlyCollection<MatchKey> keys, CancellationToken ct) =>
        database.Read<IReadOnlyList<(MatchKey, long)>>(
            async s => await s.Query(
                // SQLite keeps the order of a cross join: it would read all of a kind, and look each key up among those asked for.
                $"SELECT k.rule, k.hash, k.record_id FROM ({s.EachKey(1)}) j CROSS JOIN {table} k WHERE k.kind = @0 AND k.rule = j.rule AND k.hash = j.hash",
                r => (new MatchKey(r.Int(0), r.Long(1)), r.Long(2)),
                ct,
                (int)kind,
                Session.Keys(keys)),
            ct);

    private static Task<List<Edge>> Touching(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => s.Query(
        $"SELECT a, b, weight FROM edge WHERE {s.Among("a", 0)} UNION SELECT a, b, weight FROM edge WHERE {s.Among("b", 0)} ORDER BY a, b",
        Read,
        ct,
        s.Items(records));

    private static Edge Read(Row r) => new(r.Long(0), r.Long(1), r.Real(2));
}
