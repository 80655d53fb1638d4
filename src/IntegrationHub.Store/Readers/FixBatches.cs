using System.Runtime.CompilerServices;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

public sealed partial class FixBatches
{
    private const int Slice = 1_000;

    private const string Select = "SELECT id, finding, state, items, previewed_at, previewed_by, applied_at, applied_by, undone_at, undone_by FROM fix_batch ";

    /// <summary>Batches, the latest first; previews under way are left out.</summary>
    public Task<IReadOnlyList<FixBatch>> List(int limit, CancellationToken ct) => database.Read<IReadOnlyList<FixBatch>>(
        async s => await s.Query(Select + "WHERE state > @0 ORDER BY previewed_at DESC, id DESC LIMIT @1", Read, ct, (int)FixState.Drafted, limit), ct);

    /// <summary>A batch by its id; null when there is none.</summary>
    public Task<FixBatch?> Find(Guid id, CancellationToken ct) => database.Read(async s => (await s.Query(Select + "WHERE id = @0", Read, ct, id)).SingleOrDefault(), ct);

    /// <summary>The latest batch of a finding that has one of the states; null when there is none.</summary>
    public Task<FixBatch?> Latest(string finding, IReadOnlyCollection<FixState> states, CancellationToken ct) => database.Read(
        async s => (await s.Query(
            Select + $"WHERE finding = @0 AND {s.Among("state", 1)} ORDER BY previewed_at DESC, id DESC LIMIT 1", Read, ct, finding, s.Items([.. states.Select(x => (long)x)]))).SingleOrDefault(),
        ct);

    /// <summary>How many items of a batch are in which state.</summary>
    public Task<IReadOnlyDictionary<FixItemState, long>> Counts(Guid batch, CancellationToken ct) => database.Read<IReadOnlyDictionary<FixItemState, long>>(
        async s => (await s.Query(
            "SELECT state, count(*) FROM fix_item WHERE batch_id = @0 GROUP BY state", r => (State: (FixItemState)r.Int(0), Items: r.Long(1)), ct, batch)).ToDictionary(c => c.State, c => c.Items),
        ct);

    /// <summary>Items of a batch in slices, by position; of one state, or of all.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FixItem>> Items(Guid batch, FixItemState? state, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = -1; ;)
        {
            var from = after;
            var items = await database.Read(
                s => s.Query(
                    "SELECT position, state, action, golden_id, record_id, field, before, after, channel, purpose, reason, pair_id, effect_id FROM fix_item "
                    + $"WHERE batch_id = @0 AND position > @1{(state is { } wanted ? $" AND state = {(int)wanted}" : "")} ORDER BY position LIMIT @2",
                    ReadItem,
                    ct,
                    batch,
                    from,
                    Slice),
                ct);
            if (items.Count == 0) yield break;
            after = items[^1].Position;
            yield return items;
        }
    }

    private static FixBatch Read(Row r) => new(
        r.Guid(0), r.Text(1), (FixState)r.Int(2), r.Long(3), r.Time(4), r.Text(5), r.TimeOrNull(6), r.TextOrNull(7), r.TimeOrNull(8), r.TextOrNull(9));

    private static FixItem ReadItem(Row r) => new(
        r.Int(0),
        (FixItemState)r.Int(1),
        new FixChangeRow(
            (FixAction)r.Int(2),
            new GoldenId(r.Guid(3)),
            r.Long(4),
            r.TextOrNull(5) is { } field ? Fields.Find(field) : null,
            r.TextOrNull(6),
            r.TextOrNull(7),
            (Channel?)r.IntOrNull(8),
            r.TextOrNull(9),
            (SuppressionReason?)r.IntOrNull(10),
            r.TextOrNull(11)),
        r.GuidOrNull(12));
}
