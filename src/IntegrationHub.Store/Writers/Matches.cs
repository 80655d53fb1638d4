namespace IntegrationHub.Store;

public sealed partial class Matches
{
    /// <summary>
    /// Saves the outcome of matching in one transaction: keys, edges, clusters, queue; hands every record of <see cref="MatchSave.Done"/> and every record whose cluster
    /// changed on to Merge. A large load comes in slices of some thousand records.
    /// </summary>
    public Task Save(MatchSave save, DateTimeOffset now, CancellationToken ct) => database.Write(
        Durability.Derived,
        async s =>
        {
            await SaveKeys(s, save, ct);
            if (save.GoneEdges.Count > 0) await s.Delete("edge", ["a", "b"], save.GoneEdges.Select(e => new object?[] { e.A, e.B }), ct);
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

    /// <summary>In the order of the tables, so that neighbouring keys fall on the same page.</summary>
    private static async Task SaveKeys(Session s, MatchSave save, CancellationToken ct)
    {
        string[] columns = ["kind", "rule", "hash", "record_id"], finer = ["kind", "rule", "hash", "place", "record_id"];
        static IEnumerable<object?[]> Rows(IReadOnlyList<RecordKey> keys)
        {
            foreach (var k in keys.OrderBy(k => k.Key.Rule).ThenBy(k => k.Key.Hash).ThenBy(k => k.RecordId)) yield return [(int)k.Kind, k.Key.Rule, k.Key.Hash, k.RecordId];
        }

        static IEnumerable<object?[]> FinerRows(IReadOnlyList<FinerKey> keys)
        {
            foreach (var k in keys.OrderBy(k => k.Key.Rule).ThenBy(k => k.Key.Hash).ThenBy(k => k.Place)) yield return [(int)k.Kind, k.Key.Rule, k.Key.Hash, k.Place, k.RecordId];
        }

        if (save.GoneKeys.Count > 0) await s.Delete("match_key", columns, Rows(save.GoneKeys), ct);
        if (save.Keys.Count > 0) await s.Insert("match_key", columns, Rows(save.Keys), ct);
        if (save.GoneFinerKeys.Count > 0) await s.Delete("finer_key", finer, FinerRows(save.GoneFinerKeys), ct);
        if (save.FinerKeys.Count > 0) await s.Insert("finer_key", finer, FinerRows(save.FinerKeys), ct);
        if (save.State is { Recipe: { } recipe } state) await s.Upsert("match_state", ["kind", "recipe"], 1, [[(int)state.Kind, recipe.Value]], ct);
        else if (save.State is { } unfinished) await s.Execute("DELETE FROM match_state WHERE kind = @0", ct, (int)unfinished.Kind);
    }

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
                // The plus: as where open pairs are looked up by their records.
                $"UPDATE merge_queue SET state = @0 WHERE +state = @1 AND {s.Among("id", 2)}", ct, (int)QueueState.Obsolete, (int)QueueState.Open, s.Items(save.Obsolete));
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
