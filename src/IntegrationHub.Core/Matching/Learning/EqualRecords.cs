namespace IntegrationHub.Matching.Learning;

/// <summary>Very many records that are equal in all that is compared: a form's test entry, an import that ran a thousand times.</summary>
/// <param name="Records">How many they are.</param>
/// <param name="Example">The first of them.</param>
public sealed record EqualGroup(int Records, int Example);

/// <summary>
/// Records that are equal in all that is compared, where more of them are than a block may have. So many as a block may have stand for all: the others go where those go, and cost
/// neither pairs nor memory.
/// </summary>
internal sealed class EqualRecords
{
    // Records are counted in so many cells by their hash; only in full ones are equal records sought.
    private const int Cells = 1 << 20;

    private readonly List<int[]> groups;
    private readonly int cap;

    private EqualRecords(List<int[]> groups, int cap, int[] kept) => (this.groups, this.cap, Kept) = (groups, cap, kept);

    /// <summary>The records that are compared, rising.</summary>
    public int[] Kept { get; }

    /// <summary>The groups, the largest first.</summary>
    public IReadOnlyList<EqualGroup> Groups => [.. groups.Select(g => new EqualGroup(g.Length, g[0])).OrderByDescending(g => g.Records).ThenBy(g => g.Example)];

    /// <summary>Finds them. The result depends on the records and their order alone.</summary>
    /// <param name="table">The records, their hub values muted.</param>
    /// <param name="cap">How many of a group are compared.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null where no group is larger.</returns>
    public static EqualRecords? Of(MatchTable table, int cap, CancellationToken ct)
    {
        if (table.Count <= cap) return null;
        var hashes = new ulong[table.Count];
        var counts = new int[Cells];
        Parallel.For(0, table.Count, new ParallelOptions { CancellationToken = ct }, record =>
        {
            hashes[record] = table.HashOf(record);
            Interlocked.Increment(ref counts[hashes[record] % Cells]);
        });
        var found = new Dictionary<ulong, List<int>>();
        for (var record = 0; record < hashes.Length; record++)
        {
            if (counts[hashes[record] % Cells] <= cap) continue;
            if (!found.TryGetValue(hashes[record], out var group)) found[hashes[record]] = group = [];
            if (group.Count == 0 || table.AreEqual(group[0], record)) group.Add(record);
        }

        var groups = found.Values.Where(g => g.Count > cap).Select(g => g.ToArray()).OrderBy(g => g[0]).ToList();
        if (groups.Count == 0) return null;
        var left = groups.SelectMany(g => g.Skip(cap)).ToHashSet();
        return new EqualRecords(groups, cap, [.. Enumerable.Range(0, table.Count).Where(r => !left.Contains(r))]);
    }

    /// <summary>The clusters of all, from those of the records that were compared.</summary>
    public ClusterResult All(ClusterResult kept, int records) =>
        new(All(kept.Auto, records), All(kept.Probable, records), [.. kept.Queue.Select(Renamed)]);

    /// <summary>The weighed pairs under the numbers that the records have among all.</summary>
    public MatchedPairs All(MatchedPairs kept) => new([.. kept.Edges.Select(Renamed)], kept.Candidates, kept.Finer.Renamed(Kept));

    private Edge Renamed(Edge edge) => new(Kept[edge.A], Kept[edge.B], edge.Weight);

    private int[] All(int[] partition, int records)
    {
        var all = new int[records];
        for (var i = 0; i < records; i++) all[i] = i;
        for (var i = 0; i < Kept.Length; i++) all[Kept[i]] = Kept[partition[i]];

        // Equal records that are not enough to be one contact are so many of them.
        foreach (var group in groups)
            if (all[group[0]] == all[group[1]])
                foreach (var record in group.AsSpan(cap)) all[record] = all[group[0]];
        return all;
    }
}
