using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>Durable words on pairs. On the same pair the latest word holds.</summary>
public sealed class Decisions
{
    private const string Select = "SELECT p.a, p.b, d.same FROM decision_pair p JOIN decision d ON d.id = p.decision_id AND d.withdrawn_at IS NULL ";
    private const string Order = " ORDER BY d.at, d.id";

    private readonly Database database;
    private readonly Consents consents;

    internal Decisions(Database database, Consents consents)
    {
        this.database = database;
        this.consents = consents;
    }

    /// <summary>Saves a decision durably, with all that it brings about. When its queue row is not open nothing is written.</summary>
    public Task<DecisionOutcome> Add(DecisionSave save, CancellationToken ct) => database.Write(Durability.Durable, s => Add(s, consents, save, ct), ct);

    internal static async Task<DecisionOutcome> Add(Session s, Consents consents, DecisionSave save, CancellationToken ct)
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

            await HygieneStatuses.RefreshRecords(s, consents, await Ends(s, [queueId], ct), ct);
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
    }

    /// <summary>
    /// Takes decisions back as though they had not been made; on their pairs the word before holds again, and their records are handed to Match. A queue row that a
    /// decision settled is obsolete until matching finds that it is to be decided after all. Decisions withdrawn before are left as they are.
    /// </summary>
    internal static async Task Withdraw(Session s, Consents consents, IReadOnlyCollection<(Guid Decision, string QueueId)> decided, DateTimeOffset now, CancellationToken ct)
    {
        if (decided.Count == 0) return;
        await s.Execute($"UPDATE decision SET withdrawn_at = @1 WHERE {s.Among("id", 0)} AND withdrawn_at IS NULL", ct, s.Items([.. decided.Select(d => d.Decision)]), now);
        string[] pairs = [.. decided.Select(d => d.QueueId)];
        await s.Execute(
            $"UPDATE merge_queue SET state = @1, decided_at = NULL, decided_by = NULL WHERE {s.Among("id", 0)} AND +state = @2",
            ct,
            s.Items(pairs),
            (int)QueueState.Obsolete,
            (int)QueueState.Merged);
        var ends = await Ends(s, pairs, ct);
        await HygieneStatuses.RefreshRecords(s, consents, ends, ct);
        await Work.Enqueue(s, Stage.Match, ends, "withdrawn", ct);
    }

    private static async Task<List<long>> Ends(Session s, IReadOnlyCollection<string> pairs, CancellationToken ct) =>
        [.. (await s.Query($"SELECT record_a, record_b FROM merge_queue WHERE {s.Among("id", 0)}", r => new[] { r.Long(0), r.Long(1) }, ct, s.Items(pairs))).SelectMany(e => e).Distinct()];

    /// <summary>The words in force on pairs of which both ends are among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Among(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => database.Read(
        async s => InForce(await s.Query(Select + $"WHERE {s.Among("p.a", 0)} AND {s.Among("p.b", 0)}" + Order, Read, ct, Items(s, keys))), ct);

    /// <summary>The words in force on pairs of which at least one end is among the keys.</summary>
    public Task<IReadOnlyList<PairDecision>> Touching(IReadOnlyCollection<SourceKey> keys, CancellationToken ct) => database.Read(
        async s => InForce(await s.Query(Select + $"WHERE ({s.Among("p.a", 0)} OR {s.Among("p.b", 0)})" + Order, Read, ct, Items(s, keys))), ct);

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
