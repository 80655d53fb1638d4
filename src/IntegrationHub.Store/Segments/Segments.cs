using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Who is in a segment, over the whole population.</summary>
public sealed class Segments
{
    private const int Slice = 500;

    private readonly Database database;
    private readonly Journeys journeys;

    internal Segments(Database database, Journeys journeys) => (this.database, this.journeys) = (database, journeys);

    /// <summary>Living contacts of whom a condition is true at an instant, by row: found in SQL, and where SQL cannot tell looked at in memory by the condition itself.</summary>
    /// <param name="set">The segments, the scoring and the workflows that the condition may name.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<SegmentMembers> Members(WorkflowSet set, Condition condition, DateTimeOffset now, CancellationToken ct)
    {
        var found = await database.Read(
            async s =>
            {
                var (sql, args) = SegmentSql.Of(s, set, condition, now);
                return await s.Query(sql, r => (Row: r.Long(0), Id: new GoldenId(r.Guid(1)), Sure: r.Int(2) == 1), ct, args);
            },
            ct);
        var unsure = found.Where(f => !f.Sure).ToList();
        var holding = new HashSet<GoldenId>();
        foreach (var slice in unsure.Chunk(Slice)) holding.UnionWith(await Holding(set, condition, [.. slice.Select(u => u.Id)], now, ct));
        return new SegmentMembers([.. found.Where(f => f.Sure || holding.Contains(f.Id)).Select(f => f.Id)], unsure.Count);
    }

    /// <summary>Those of some contacts of whom a condition is true at an instant, each looked at in memory.</summary>
    public async Task<IReadOnlySet<GoldenId>> Holding(WorkflowSet set, Condition condition, IReadOnlyCollection<GoldenId> ids, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await journeys.Facts(ids, ct);
        var rows = await journeys.Load(ids, ct);
        return facts.Where(f => condition.Holds(View(set, f.Value, rows.GetValueOrDefault(f.Key) ?? JourneyRow.None, now))).Select(f => f.Key).ToHashSet();
    }

    private static ContactView View(WorkflowSet set, ContactFacts facts, JourneyRow row, DateTimeOffset now) => new(set, facts, row.State.Current, facts.Events.Until(now), now);
}

/// <summary>Who is in a segment.</summary>
/// <param name="Ids">The contacts, by row.</param>
/// <param name="LookedAt">How many contacts SQL could not tell of, and memory looked at.</param>
public sealed record SegmentMembers(IReadOnlyList<GoldenId> Ids, int LookedAt);
