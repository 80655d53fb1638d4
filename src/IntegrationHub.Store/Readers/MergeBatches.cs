using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class GoldenRecords
{
    /// <summary>
    /// The next clusters to merge: those of at most <paramref name="limit"/> work rows with a key above <paramref name="afterKey"/>, closed as <see cref="MergeBatch"/>
    /// says. After a save ask from the same key again; to pass over what was not saved, from <see cref="MergeBatch.Last"/>.
    /// </summary>
    public Task<MergeBatch> TakeForMerge(long afterKey, int limit, CancellationToken ct) => database.Read(
        async s =>
        {
            var slice = await Work.Take(s, Stage.Merge, afterKey, limit, ct);
            if (slice.Count == 0) return new MergeBatch([], [], [], afterKey);

            var closure = new Closure();
            await closure.Grow(s, [.. slice.Select(w => w.Key)], ct);
            var clean = (await CleanRecords.LoadWithIssues(s, closure.ClusterOf.Keys, ct)).ToDictionary(c => c.RecordId, c => c.Record);
            var locks = closure.ClusterOf.Count == 0 ? [] : (await FieldLocks.Of(s, closure.ClusterOf.Keys, ct)).GroupBy(l => closure.ClusterOf[l.RecordId]).ToDictionary(g => g.Key, g => g.Select(l => l.Lock).ToList());
            var goldens = closure.Goldens.Count == 0
                ? []
                : await States(s, await s.Query($"{Select} WHERE {s.Among("g.id", 0)}", Read, ct, s.Items([.. closure.Goldens.Select(g => g.Value)])), ct);
            var work = await s.Query(
                $"SELECT key, seq, reason FROM work WHERE stage = @0 AND {s.Among("key", 1)} ORDER BY key",
                r => new WorkRow(r.Long(0), r.Long(1), r.Text(2)),
                ct,
                (int)Stage.Merge,
                s.Items(closure.Records));
            return new MergeBatch(
                work,
                [
                    .. closure.ClusterOf.Where(m => clean.ContainsKey(m.Key)).GroupBy(m => m.Value).OrderBy(g => g.Key).Select(g => new ClusterContent(
                        g.Key,
                        [
                            .. g.Select(m => new ClusterMember(m.Key, clean[m.Key], closure.GoldenOf.TryGetValue(m.Key, out var golden) ? golden : null))
                                .OrderBy(m => m.Record.Key),
                        ],
                        locks.TryGetValue(g.Key, out var held) ? held : [])),
                ],
                [.. goldens.OrderBy(g => g.Row.Id.Value)],
                slice[^1].Key);
        },
        ct);

    /// <summary>
    /// From some records to all that share a cluster or a golden record with them, and on until nothing new comes: so that who inherits which golden id is decided
    /// with every claimant in sight, whatever the order in which records came.
    /// </summary>
    private sealed class Closure
    {
        public HashSet<long> Records { get; } = [];

        public Dictionary<long, long> ClusterOf { get; } = [];

        public Dictionary<long, GoldenId> GoldenOf { get; } = [];

        public HashSet<GoldenId> Goldens { get; } = [];

        private readonly HashSet<long> clusters = [];

        public async Task Grow(Session s, List<long> front, CancellationToken ct)
        {
            foreach (var record in front) Records.Add(record);
            while (front.Count > 0)
            {
                var next = new List<long>();
                var newClusters = (await Matches.ClusterOf(s, front, ct)).Values.Where(clusters.Add).ToList();
                if (newClusters.Count > 0)
                {
                    foreach (var (cluster, record) in await Matches.MembersOf(s, newClusters, ct))
                    {
                        ClusterOf[record] = cluster;
                        if (Records.Add(record)) next.Add(record);
                    }
                }

                // Fellow members first, so that their golden records are known in the same round.
                long[] asked = [.. front, .. next];
                var newGoldens = new List<GoldenId>();
                foreach (var (record, golden) in await GoldenRecords.GoldenOf(s, asked, ct))
                {
                    GoldenOf[record] = golden;
                    if (Goldens.Add(golden)) newGoldens.Add(golden);
                }

                front = [];
                if (newGoldens.Count == 0) continue;
                foreach (var record in await s.Query(
                    $"SELECT record_id FROM crosswalk WHERE {s.Among("golden_id", 0)}", r => r.Long(0), ct, s.Items([.. newGoldens.Select(g => g.Value)])))
                {
                    if (Records.Add(record)) front.Add(record);
                }
            }
        }
    }
}
