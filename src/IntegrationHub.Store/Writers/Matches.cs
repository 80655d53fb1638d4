namespace IntegrationHub.Store;

public sealed partial class Matches
{
    /// <summary>
    /// Saves the outcome of matching in one transaction: edges, clusters, queue; hands every record of <see cref="MatchSave.Done"/> and every record whose cluster
    /// changed on to Merge. A large load comes in slices of some thousand records.
    /// </summary>
    public Task Save(MatchSave save, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            if (save.Reweighed.Count > 0)
            {
                await s.Execute($"DELETE FROM edge WHERE {s.Among("a", 0)}", ct, s.Items(save.Reweighed));
                await s.Execute($"DELETE FROM edge WHERE {s.Among("b", 0)}", ct, s.Items(save.Reweighed));
            }

            if (save.Edges.Count > 0)
            {
                var last = new Dictionary<(long, long), object?[]>();
                foreach (var e in save.Edges) last[(e.A, e.B)] = [e.A, e.B, e.Weight];
                await s.Upsert("edge", ["a", "b", "weight"], 2, last.Values, ct);
            }

            await Assign(s, save.Assignments, ct);
            await HygieneStatuses.RefreshRecords(s, consents, await Queue(s, save, now, ct), ct);
            await Work.Enqueue(
                s, Stage.Merge, [.. save.Done.Select(d => d.RecordId).Concat(save.Assignments.Select(a => a.RecordId)).Distinct()], "matched", ct);
            if (save.Done.Count > 0) await Work.Complete(s, Stage.Match, save.Done.Select(d => (d.RecordId, d.Seq)), ct);
        },
        ct);

    private static async Task Assign(Session s, IReadOnlyList<ClusterAssignment> assignments, CancellationToken ct)
    {
        if (assignments.Count == 0) return;
        var last = new Dictionary<long, long?>();
        foreach (var assignment in assignments) last[assignment.RecordId] = assignment.ClusterId;
        long[] gone = [.. last.Where(a => a.Value is null).Select(a => a.Key)];
        if (gone.Length > 0) await s.Execute($"DELETE FROM cluster_member WHERE {s.Among("record_id", 0)}", ct, s.Items(gone));
        if (gone.Length < last.Count)
        {
            await s.Upsert(
                "cluster_member",
                ["record_id", "cluster_id"],
                1,
                last.Where(a => a.Value is not null).OrderBy(a => a.Key).Select(a => new object?[] { a.Key, a.Value }),
                ct);
        }
    }

    /// <summary>The records of all pairs that may have opened or closed.</summary>
    private static async Task<HashSet<long>> Queue(Session s, MatchSave save, DateTimeOffset now, CancellationToken ct)
    {
        var ends = save.Queue.SelectMany(p => new[] { p.RecordA, p.RecordB }).ToHashSet();
        if (save.Obsolete.Count > 0)
        {
            foreach (var (a, b) in await s.Query($"SELECT record_a, record_b FROM merge_queue WHERE {s.Among("id", 0)}", r => (r.Long(0), r.Long(1)), ct, s.Items(save.Obsolete)))
                ends.UnionWith([a, b]);
            await s.Execute(
                $"UPDATE merge_queue SET state = @0 WHERE state = @1 AND {s.Among("id", 2)}", ct, (int)QueueState.Obsolete, (int)QueueState.Open, s.Items(save.Obsolete));
        }

        if (save.Queue.Count == 0) return ends;
        var last = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var pair in save.Queue) last[pair.Id] = [pair.Id, pair.RecordA, pair.RecordB, pair.Weight, (int)QueueState.Open, now];
        await s.Upsert(
            "merge_queue",
            ["id", "record_a", "record_b", "weight", "state", "created_at"],
            1,
            last.Values,
            ct,
            $"UPDATE SET weight = excluded.weight, state = excluded.state WHERE merge_queue.state = {(int)QueueState.Obsolete} "
            + $"OR (merge_queue.state = {(int)QueueState.Open} AND merge_queue.weight <> excluded.weight)");
        return ends;
    }
}
