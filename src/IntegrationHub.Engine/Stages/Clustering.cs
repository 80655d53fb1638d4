using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>The clusters and the merge queue of some records, against those that are stored.</summary>
internal sealed class Clustering
{
    private readonly Dictionary<long, long> clusters;
    private readonly IReadOnlyDictionary<long, long> present;
    private readonly ILookup<long, QueuePair> queue;

    private Clustering(Dictionary<long, long> clusters, IReadOnlyDictionary<long, long> present, List<QueuePair> queue, List<string> obsolete)
    {
        (this.clusters, this.present, Queue, Obsolete) = (clusters, present, queue, obsolete);
        this.queue = queue.ToLookup(q => q.RecordA);
    }

    /// <summary>The pairs for a person.</summary>
    public IReadOnlyList<QueuePair> Queue { get; }

    /// <summary>Open pairs of the records that are none any more.</summary>
    public IReadOnlyList<string> Obsolete { get; }

    /// <summary>Clusters whole components.</summary>
    /// <param name="store">Has decisions, present clusters and the queue.</param>
    /// <param name="records">The records of the components.</param>
    /// <param name="edges">All edges among them, between ids.</param>
    /// <param name="touched">Records that were touched, removed ones included, which are not among the others.</param>
    /// <param name="model">The model.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<Clustering> Of(HubStore store, PreparedRecords records, IReadOnlyList<Edge> edges, IReadOnlyCollection<long> touched, MatchModel model, CancellationToken ct)
    {
        var result = Clusters.Partition(records.Table, [.. edges.Select(records.WithIndexes)], await DecisionsAmong(store, records, ct), model, ct);
        var least = new Dictionary<int, long>();
        for (var i = 0; i < records.Ids.Count; i++) least[result.Auto[i]] = least.TryGetValue(result.Auto[i], out var id) ? Math.Min(id, records.Ids[i]) : records.Ids[i];
        var clusters = new Dictionary<long, long>(records.Ids.Count);
        for (var i = 0; i < records.Ids.Count; i++) clusters[records.Ids[i]] = least[result.Auto[i]];

        HashSet<long> all = [.. records.Ids, .. touched];
        var queue = result.Queue.Select(e => Pair(e, records)).ToList();
        var open = queue.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        var obsolete = (await store.Queue.OpenTouching(all, ct)).Select(q => q.Id).Where(id => !open.Contains(id)).ToList();
        return new Clustering(clusters, await store.Matches.ClusterOf(all, ct), queue, obsolete);
    }

    /// <summary>Where some of the records are in another cluster than the stored one.</summary>
    public IEnumerable<ClusterAssignment> Assignments(IEnumerable<long> records) => records
        .Where(id => clusters.TryGetValue(id, out var cluster) && (!present.TryGetValue(id, out var before) || before != cluster))
        .Select(id => new ClusterAssignment(id, clusters[id]));

    /// <summary>Removed records leave their clusters.</summary>
    public IEnumerable<ClusterAssignment> Removed(IEnumerable<DirtyRecord> gone) =>
        gone.Where(d => present.ContainsKey(d.RecordId)).Select(d => new ClusterAssignment(d.RecordId, null));

    /// <summary>The pairs for a person whose smaller record is one of these.</summary>
    public IEnumerable<QueuePair> QueueOf(IEnumerable<long> records) => records.SelectMany(id => queue[id]);

    private static async Task<IReadOnlyList<DecidedPair>> DecisionsAmong(HubStore store, PreparedRecords records, CancellationToken ct)
    {
        // One question for all, or one for these: whichever is the shorter list.
        const int Few = 10_000;
        var decisions = records.Keys.Count <= Few ? await store.Decisions.Among(records.Keys, ct) : await store.Decisions.All(ct);
        if (decisions.Count == 0) return [];
        var indexOf = new Dictionary<SourceKey, int>();
        for (var i = 0; i < records.Keys.Count; i++) indexOf[records.Keys[i]] = i;
        return [.. decisions.Where(d => indexOf.ContainsKey(d.A) && indexOf.ContainsKey(d.B)).Select(d => new DecidedPair(indexOf[d.A], indexOf[d.B], d.Same))];
    }

    private static QueuePair Pair(Edge edge, PreparedRecords records)
    {
        var (a, b) = (records.Keys[(int)edge.A], records.Keys[(int)edge.B]);
        var (first, second) = a.CompareTo(b) < 0 ? (a, b) : (b, a);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{first}\n{second}"));
        var ids = records.WithIds(edge);
        return new QueuePair(Convert.ToHexStringLower(hash.AsSpan(0, 5)), ids.A, ids.B, edge.Weight);
    }
}
