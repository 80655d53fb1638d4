using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Blocks, edges and clusters.</summary>
public sealed class Matches
{
    private readonly Database database;

    internal Matches(Database database) => this.database = database;

    /// <summary>Records that wait to be matched, with an id above <paramref name="afterKey"/>, by id.</summary>
    public Task<IReadOnlyList<DirtyRecord>> TakeDirty(long afterKey, int limit, CancellationToken ct) => throw database.Pending();

    /// <summary>The blocks that the records are in, by kind, rule and hash. Blocks of one are left out; the records of a block larger than <paramref name="cap"/> are not listed.</summary>
    public Task<IReadOnlyList<Block>> Blocks(IReadOnlyCollection<long> records, int cap, CancellationToken ct) => throw database.Pending();

    /// <summary>All match keys of a kind in batches, ordered by rule, hash, record.</summary>
    public IAsyncEnumerable<IReadOnlyList<RecordKey>> AllKeys(EntityKind kind, CancellationToken ct) => throw database.Pending();

    /// <summary>Edges with at least one end among the records, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesTouching(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>Edges with both ends among the records, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesAmong(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>All edges of the connected components that the records are in, by ends.</summary>
    public Task<IReadOnlyList<Edge>> EdgesConnected(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>All edges in batches, by ends.</summary>
    public IAsyncEnumerable<IReadOnlyList<Edge>> AllEdges(CancellationToken ct) => throw database.Pending();

    /// <summary>The cluster of each record; records in none are left out.</summary>
    public Task<IReadOnlyDictionary<long, long>> ClusterOf(IReadOnlyCollection<long> records, CancellationToken ct) => throw database.Pending();

    /// <summary>The members of each cluster, ascending; clusters without members are left out.</summary>
    public Task<IReadOnlyDictionary<long, IReadOnlyList<long>>> MembersOf(IReadOnlyCollection<long> clusters, CancellationToken ct) => throw database.Pending();

    /// <summary>Saves the outcome of matching. Large loads come in slices: put the dirty records of a cluster in the slice that assigns it.</summary>
    public Task Save(MatchSave save, DateTimeOffset now, CancellationToken ct) => throw database.Pending();
}
