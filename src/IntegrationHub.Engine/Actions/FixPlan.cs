using System.Runtime.CompilerServices;
using IntegrationHub.Auditing;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>Draws up what mending a finding would change on the data as they are. Changes nothing; the same data give the same plan.</summary>
internal sealed class FixPlan(HubStore store)
{
    private const int PairsAtOnce = 1_000;

    /// <summary>The changes, each once.</summary>
    public IAsyncEnumerable<FixChangeRow> Of(string finding, CancellationToken ct) =>
        finding == CertainPairs.Finding ? Pairs(ct) : Goldens(Fixes.Find(finding) ?? throw new ArgumentException($"No fix is known for {finding}.", nameof(finding)), ct);

    private async IAsyncEnumerable<FixChangeRow> Goldens(Fix fix, [EnumeratorCancellation] CancellationToken ct)
    {
        var points = new HashSet<(Channel?, string?, string?)>();
        await foreach (var page in store.Golden.Candidates(fix.Scope, ct))
        {
            var rows = page.SelectMany(g => Rows(fix, g.Golden, g.Records)).ToList();
            var held = await Suppressed(rows, ct);
            foreach (var row in rows)
                if (row.Action != FixAction.Suppress || (!held.Contains((row.Channel, row.Purpose, row.Before)) && points.Add((row.Channel, row.Purpose, row.Before?.ToLowerInvariant()))))
                    yield return row;
        }
    }

    private static IEnumerable<FixChangeRow> Rows(Fix fix, GoldenState golden, IReadOnlyList<CleanRow> records)
    {
        var subject = new FixSubject(golden.Row.Values, golden.Row.Provenance, [.. records.Select(r => r.Record).OrderBy(r => r.Key)]);
        var idOf = golden.Records.ToDictionary(r => r.Key, r => r.RecordId);
        return fix.Changes(subject).Select(change => change switch
        {
            FixChange.Correct c => new FixChangeRow(FixAction.Correct, golden.Row.Id, idOf[c.Record], Field: c.Field, Before: c.Before, After: c.After),
            FixChange.Suppress s => new FixChangeRow(
                FixAction.Suppress, golden.Row.Id, records[0].RecordId, Before: s.Point, Channel: s.Channel, Purpose: s.Purpose, Reason: s.Reason),
            _ => throw new InvalidOperationException($"{fix.Finding}: a {change.GetType().Name} cannot be stored."),
        });
    }

    private async Task<HashSet<(Channel?, string?, string?)>> Suppressed(List<FixChangeRow> rows, CancellationToken ct)
    {
        var held = new HashSet<(Channel?, string?, string?)>();
        foreach (var kind in rows.Where(r => r.Action == FixAction.Suppress).GroupBy(r => (r.Channel, r.Purpose)))
            foreach (var point in await store.Suppressions.InForceAmong(kind.Key.Channel ?? default, kind.Key.Purpose ?? "", [.. kind.Select(r => r.Before).OfType<string>()], ct))
                held.Add((kind.Key.Channel, kind.Key.Purpose, point));
        return held;
    }

    /// <summary>
    /// A contact that shares its mailbox with two others is left to a person: whoever has no name might be either, and would join the two.
    /// </summary>
    private async IAsyncEnumerable<FixChangeRow> Pairs([EnumeratorCancellation] CancellationToken ct)
    {
        var sharing = new List<(QueueRow Pair, GoldenId Golden, bool Same)>();
        var pairsOf = new Dictionary<GoldenId, int>();
        foreach (var some in (await store.Queue.List(QueueState.Open, int.MaxValue, ct)).Chunk(PairsAtOnce))
        {
            var values = (await store.Golden.Load([.. some.SelectMany(q => new[] { q.GoldenA, q.GoldenB }).OfType<GoldenId>().Distinct()], ct)).ToDictionary(g => g.Id, g => g.Values);
            foreach (var pair in some)
            {
                if (pair.GoldenA is not { } a || pair.GoldenB is not { } b || a == b || !CertainPairs.ShareMailbox(values[a], values[b])) continue;
                pairsOf[a] = pairsOf.GetValueOrDefault(a) + 1;
                pairsOf[b] = pairsOf.GetValueOrDefault(b) + 1;
                sharing.Add((pair, a, CertainPairs.IsSame(values[a], values[b])));
            }
        }

        foreach (var (pair, golden, same) in sharing)
            if (same && pairsOf[golden] == 1 && pair.GoldenB is { } other && pairsOf[other] == 1)
                yield return new FixChangeRow(FixAction.Same, golden, pair.RecordA, Before: $"{pair.KeyA}", After: $"{pair.KeyB}", PairId: pair.Id);
    }
}
