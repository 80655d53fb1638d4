using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>Records ready to be compared, in an order that depends on their source keys alone, so that nothing depends on who was pulled first.</summary>
internal sealed class PreparedRecords
{
    private readonly Dictionary<long, int> indexes;

    private PreparedRecords(MatchTable table, long[] ids, SourceKey[] keys)
    {
        (Table, Ids, Keys) = (table, ids, keys);
        Places = [.. keys.Select(k => KeyOrder.PlaceOf(k.ToString()))];
        indexes = new Dictionary<long, int>(ids.Length);
        for (var i = 0; i < ids.Length; i++) indexes[ids[i]] = i;
    }

    public MatchTable Table { get; }

    public IReadOnlyList<long> Ids { get; }

    public IReadOnlyList<SourceKey> Keys { get; }

    /// <summary>Where each record stands among those that share a finer key with it.</summary>
    public IReadOnlyList<long> Places { get; }

    /// <summary>Puts a table's records into their order.</summary>
    /// <param name="table">All of them, not sealed yet.</param>
    /// <param name="ids">Their ids, in the order in which they were added.</param>
    /// <param name="keys">Their source keys, in the same order.</param>
    public static PreparedRecords Of(MatchTable table, IReadOnlyList<long> ids, IReadOnlyList<SourceKey> keys)
    {
        var order = KeyOrder.Of([.. keys.Select(k => k.ToString())]);
        table.Seal();
        table.Reorder(order);
        return new PreparedRecords(table, [.. order.Select(i => ids[i])], [.. order.Select(i => keys[i])]);
    }

    /// <summary>All clean records of a model's kind.</summary>
    /// <param name="store">Has them.</param>
    /// <param name="model">Its hub values are left out.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<PreparedRecords> Load(HubStore store, MatchModel model, CancellationToken ct)
    {
        var (table, ids, keys) = (new MatchTable(model.Kind), new List<long>(), new List<SourceKey>());
        await foreach (var rows in store.Clean.Stream(model.Kind, ct))
        {
            var records = new MatchRecord[rows.Count];
            Parallel.For(0, records.Length, i => records[i] = MatchRecord.From(rows[i].Record, model));
            table.Add(records);
            foreach (var row in rows)
            {
                ids.Add(row.RecordId);
                keys.Add(row.Record.Key);
            }
        }

        return Of(table, ids, keys);
    }

    public int? IndexOf(long id) => indexes.TryGetValue(id, out var index) ? index : null;

    /// <summary>An edge between places of the table as one between ids, the smaller first.</summary>
    public Edge WithIds(Edge edge) => Between(Ids[(int)edge.A], Ids[(int)edge.B], edge.Weight);

    /// <summary>An edge between ids of records in the table as one between their places.</summary>
    public Edge WithIndexes(Edge edge) => Between(indexes[edge.A], indexes[edge.B], edge.Weight);

    private static Edge Between(long a, long b, double weight) => a < b ? new Edge(a, b, weight) : new Edge(b, a, weight);
}

/// <summary>How the keys that records have differ from those that are stored.</summary>
internal sealed record KeyDifference(IReadOnlyList<RecordKey> Gone, IReadOnlyList<RecordKey> New, IReadOnlyList<FinerKey> GoneFiner, IReadOnlyList<FinerKey> NewFiner)
{
    /// <param name="kind">Stored keys of the other kind are left alone.</param>
    /// <param name="keys">What the records have.</param>
    /// <param name="finer">The finer keys that they have.</param>
    /// <param name="stored">What is stored of them.</param>
    /// <param name="storedFiner">The finer keys that are stored of them.</param>
    public static KeyDifference Of(EntityKind kind, IReadOnlyCollection<RecordKey> keys, IReadOnlyCollection<FinerKey> finer, IEnumerable<RecordKey> stored, IEnumerable<FinerKey> storedFiner)
    {
        var (gone, fresh) = Difference([.. stored.Where(k => k.Kind == kind)], keys);
        var (goneFiner, freshFiner) = Difference([.. storedFiner.Where(k => k.Kind == kind)], finer);
        return new KeyDifference(gone, fresh, goneFiner, freshFiner);
    }

    private static (List<T> Gone, List<T> New) Difference<T>(IReadOnlyCollection<T> stored, IReadOnlyCollection<T> present)
    {
        if (stored.Count == 0) return ([], [.. present]);
        var (before, now) = (stored.ToHashSet(), present.ToHashSet());
        return ([.. before.Where(k => !now.Contains(k))], [.. now.Where(k => !before.Contains(k))]);
    }
}

/// <summary>What is saved together: whole components, some thousand records, so that a cluster is never saved in halves.</summary>
/// <param name="Ids">The records, those included that were removed.</param>
/// <param name="Indexes">Their places in the table, of those that are there.</param>
/// <param name="Dirty">Those of them that were to be matched.</param>
/// <param name="Edges">The edges among them, between ids.</param>
internal sealed record Slices(List<long> Ids, List<int> Indexes, List<DirtyRecord> Dirty, List<Edge> Edges)
{
    /// <summary>Cuts records into slices; at least one, which may be empty.</summary>
    public static IReadOnlyList<Slices> Of(IReadOnlyList<long> ids, IReadOnlyList<DirtyRecord> dirty, IReadOnlyList<Edge> edges, int size)
    {
        var sliceOf = new Dictionary<long, Slices>(ids.Count);
        var neighbours = edges.SelectMany(e => new[] { (e.A, e.B), (e.B, e.A) }).ToLookup(p => p.Item1, p => p.Item2);
        var slices = new List<Slices> { New() };
        foreach (var start in ids.Concat(dirty.Select(d => d.RecordId)))
        {
            if (sliceOf.ContainsKey(start)) continue;
            if (slices[^1].Ids.Count >= size) slices.Add(New());
            var next = new Stack<long>([start]);
            sliceOf[start] = slices[^1];
            while (next.TryPop(out var id))
            {
                slices[^1].Ids.Add(id);
                foreach (var neighbour in neighbours[id])
                    if (sliceOf.TryAdd(neighbour, slices[^1])) next.Push(neighbour);
            }
        }

        for (var i = 0; i < ids.Count; i++) sliceOf[ids[i]].Indexes.Add(i);
        foreach (var record in dirty) sliceOf[record.RecordId].Dirty.Add(record);
        foreach (var edge in edges) sliceOf[edge.A].Edges.Add(edge);
        return slices;
    }

    private static Slices New() => new([], [], [], []);
}
