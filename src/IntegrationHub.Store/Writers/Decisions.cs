using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Durable words on pairs. On the same pair the latest word holds.</summary>
public sealed class Decisions
{
    private const string Select = "SELECT p.a, p.b, d.same FROM decision_pair p JOIN decision d ON d.id = p.decision_id ";
    private const string Order = " ORDER BY d.at, d.id";

    private readonly Database database;
    private readonly Consents consents;

    internal Decisions(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Saves a decision durably, with all that it brings about. When its queue row is not open nothing is written.</summary>
    public Task<DecisionOutcome> Add(DecisionSave save, CancellationToken ct) => database.Write(
        Durability.Durable,
        async s =>
        {
            var decision = save.Decision;
            if (save.QueueId is { } queueId)
            {
                var settled = await s.Execute(
                    "UPDATE merge_queue SET state = @1, decided_at = @2, decided_by = @3 WHERE id = @0 AND state = @4",
                    ct,
                    queueId,
                    (int)(decision.Same ? QueueState.Merged : QueueState.Rejected),
                    decision.At,
                    decision.By,
                    (int)QueueState.Open);
                if (settled == 0)
                {
                    return await s.Count("SELECT count(*) FROM merge_queue WHERE id = @0", ct, queueId) == 0
                        ? DecisionOutcome.NotFound
                        : DecisionOutcome.NotOpen;
                }

                var ends = await s.Query("SELECT record_a, record_b FROM merge_queue WHERE id = @0", r => new[] { r.Long(0), r.Long(1) }, ct, queueId);
                await HygieneStatuses.RefreshRecords(s, consents, [.. ends.SelectMany(e => e)], ct);
            }

            await s.Insert(
                "decision",
                ["id", "same", "by", "at", "why", "origin"],
                [[decision.Id, decision.Same, decision.By, decision.At, decision.Why, decision.Origin]],
                ct);
            await s.Insert(
                "decision_pair",
                ["decision_id", "a", "b"],
                save.Pairs.Select(Text).Distinct().Select(p => new object?[] { decision.Id, p.A, p.B }),
                ct);
            await GoldenRecords.Undo(s, save.UndoneMerges, decision.At, ct);
            await Trail.Append(s, save.Trail, ct);
            await Work.Enqueue(s, Stage.Match, save.Rematch, "decision", ct);
            return DecisionOutcome.Saved;
        },
        ct);

    /// <summary>The words in force on pairs of which both ends are among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Among(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => database.Read(
        async s => InForce(await s.Query(Select + $"WHERE {s.Among("p.a", 0)} AND {s.Among("p.b", 0)}" + Order, Read, ct, Items(s, keys))), ct);

    /// <summary>The words in force on pairs of which at least one end is among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Touching(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => database.Read(
        async s => InForce(await s.Query(Select + $"WHERE {s.Among("p.a", 0)} OR {s.Among("p.b", 0)}" + Order, Read, ct, Items(s, keys))), ct);

    /// <summary>All words in force.</summary>
    public Task<IReadOnlyList<PairDecision>> All(CancellationToken ct) =>
        database.Read(async s => InForce(await s.Query(Select + Order, Read, ct)), ct);

    private static object Items(Session s, IReadOnlyCollection<SourceKey> keys) => s.Items([.. keys.Select(k => k.ToString())]);

    private static (string A, string B) Text(PairDecision pair) =>
        pair.A.CompareTo(pair.B) <= 0 ? (pair.A.ToString(), pair.B.ToString()) : (pair.B.ToString(), pair.A.ToString());

    private static IReadOnlyList<PairDecision> InForce(List<PairDecision> oldestFirst)
    {
        var last = new Dictionary<(SourceKey, SourceKey), PairDecision>();
        foreach (var word in oldestFirst) last[(word.A, word.B)] = word;
        return [.. last.Values.OrderBy(d => d.A).ThenBy(d => d.B)];
    }

    private static PairDecision Read(Row r) => new(Key(r.Text(0)), Key(r.Text(1)), r.Bool(2));

    private static SourceKey Key(string text) =>
        SourceKey.Parse(text) ?? throw new StoreException($"Table decision_pair holds '{text}', which is no source/stream/external id. Correct or delete that row.");
}
