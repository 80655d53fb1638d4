using System.Runtime.CompilerServices;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Blocks, edges and clusters.</summary>
public sealed partial class Matches
{
    private const int Batch = 10_000;

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
            "SELECT w.key, w.seq, c.kind, w.reason FROM work w LEFT JOIN clean_record c ON c.record_id = w.key AND c.record_id > @1 "
            + "WHERE w.stage = @0 AND w.key > @1 ORDER BY w.key LIMIT @2",
            r => new DirtyRecord(r.Long(0), r.Long(1), (EntityKind?)r.IntOrNull(2), r.Text(3)),
            ct,
            (int)Stage.Match,
            afterKey,
            limit),
        ct);

    /// <summary>
    /// The blocks that the records are in, by kind, rule and hash. Blocks of one are left out; the records of a block larger than <paramref name="cap"/> are not listed.
    /// </summary>
    public Task<IReadOnlyList<Block>> Blocks(IReadOnlyCollection<long> records, int cap, CancellationToken ct) => database.Read<IReadOnlyList<Block>>(
        async s =>
        {
            // The size of each block first: one that everybody is in is counted, never read.
            var sized = "WITH mine AS (SELECT DISTINCT kind, rule, hash FROM match_key WHERE " + s.Among("record_id", 0) + "), "
                + "sized AS MATERIALIZED (SELECT m.kind, m.rule, m.hash, (SELECT count(*) FROM match_key k WHERE k.kind = m.kind AND k.rule = m.rule AND k.hash = m.hash) AS size FROM mine m) ";
            var rows = await s.Query(
                sized + "SELECT z.kind, z.rule, z.hash, z.size, k.record_id FROM sized z "
                + "LEFT JOIN match_key k ON k.kind = z.kind AND k.rule = z.rule AND k.hash = z.hash AND z.size <= @1 "
                + "WHERE z.size > 1 ORDER BY z.kind, z.rule, z.hash, k.record_id",
                r => (Kind: (EntityKind)r.Int(0), Key: new MatchKey(r.Int(1), r.Long(2)), Size: (int)r.Long(3), Record: r.LongOrNull(4)),
                ct,
                s.Items(records),
                cap);
            var blocks = new List<Block>();
            for (var i = 0; i < rows.Count;)
            {
                var (first, members) = (rows[i], new List<long>());
                for (; i < rows.Count && rows[i].Key == first.Key && rows[i].Kind == first.Kind; i++)
                    if (rows[i].Record is { } record) members.Add(record);
                blocks.Add(new Block(first.Kind, first.Key, first.Size, members));
            }

            return blocks;
        },
        ct);

    /// <summary>All match keys of a kind in batches, ordered by rule, hash, record.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordKey>> AllKeys(EntityKind kind, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = new RecordKey(int.MinValue, long.MinValue, 0); ;)
        {
            var from = after;
            var keys = await database.Read(
                s => s.Query(
                    "SELECT rule, hash, record_id FROM match_key WHERE kind = @0 AND (rule, hash, record_id) > (@1, @2, @3) ORDER BY rule, hash, record_id LIMIT @4",
                    r => new RecordKey(r.Int(0), r.Long(1), r.Long(2)),
                    ct,
                    (int)kind,
                    from.Rule,
                    from.Hash,
                    from.RecordId,
                    Batch),
                ct);
            if (keys.Count == 0) yield break;
            after = keys[^1];
            yield return keys;
        }
    }

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

    /// <summary>All edges in batches, by ends.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Edge>> AllEdges([EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = (A: long.MinValue, B: long.MinValue); ;)
        {
            var from = after;
            var edges = await database.Read(
                s => s.Query("SELECT a, b, weight FROM edge WHERE (a, b) > (@0, @1) ORDER BY a, b LIMIT @2", Read, ct, from.A, from.B, Batch), ct);
            if (edges.Count == 0) yield break;
            after = (edges[^1].A, edges[^1].B);
            yield return edges;
        }
    }

    /// <summary>The cluster of each record; records in none are left out.</summary>
    public Task<IReadOnlyDictionary<long, long>> ClusterOf(IReadOnlyCollection<long> records, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<long, long>>(async s => await ClusterOf(s, records, ct), ct);

    /// <summary>The members of each cluster, ascending; clusters without members are left out.</summary>
    public Task<IReadOnlyDictionary<long, IReadOnlyList<long>>> MembersOf(IReadOnlyCollection<long> clusters, CancellationToken ct) =>
        database.Read<IReadOnlyDictionary<long, IReadOnlyList<long>>>(
            async s => (await MembersOf(s, clusters, ct)).GroupBy(m => m.Cluster).ToDictionary(g => g.Key, g => (IReadOnlyList<long>)[.. g.Select(m => m.Record)]),
            ct);

    internal static async Task<Dictionary<long, long>> ClusterOf(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => (await s.Query(
        $"SELECT record_id, cluster_id FROM cluster_member WHERE {s.Among("record_id", 0)}", r => (Record: r.Long(0), Cluster: r.Long(1)), ct, s.Items(records)))
        .ToDictionary(r => r.Record, r => r.Cluster);

    internal static Task<List<(long Cluster, long Record)>> MembersOf(Session s, IReadOnlyCollection<long> clusters, CancellationToken ct) => s.Query(
        $"SELECT cluster_id, record_id FROM cluster_member WHERE {s.Among("cluster_id", 0)} ORDER BY cluster_id, record_id",
        r => (Cluster: r.Long(0), Record: r.Long(1)),
        ct,
        s.Items(clusters));

    private static Task<List<Edge>> Touching(Session s, IReadOnlyCollection<long> records, CancellationToken ct) => s.Query(
        $"SELECT a, b, weight FROM edge WHERE {s.Among("a", 0)} UNION SELECT a, b, weight FROM edge WHERE {s.Among("b", 0)} ORDER BY a, b",
        Read,
        ct,
        s.Items(records));

    private static Edge Read(Row r) => new(r.Long(0), r.Long(1), r.Real(2));
}
