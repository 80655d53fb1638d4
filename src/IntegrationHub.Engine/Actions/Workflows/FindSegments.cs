using IntegrationHub.Engine.Events;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>A segment over the whole population.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Members">Who is in it, by row.</param>
/// <param name="LookedAt">How many contacts the database could not tell of, and memory looked at.</param>
public sealed record SegmentCount(Segment Segment, IReadOnlyList<GoldenId> Members, int LookedAt);

/// <summary>A segment as the database finds it beside what each contact's own evaluation says.</summary>
/// <param name="Name">The segment.</param>
/// <param name="Contacts">How many contacts were looked at.</param>
/// <param name="Members">How many are in it.</param>
/// <param name="Differing">Contacts of whom the two say different things: none, or there is a fault in the hub.</param>
public sealed record SegmentComparison(string Name, int Contacts, int Members, IReadOnlyList<GoldenId> Differing);

/// <summary>Who is in the segments of the mappings folder, now.</summary>
public sealed class FindSegments(HubStore store, WorkflowsInForce workflows, TimeProvider time)
{
    private const int Slice = 1_000;

    /// <summary>The segments, by name.</summary>
    public async Task<IReadOnlyList<Segment>> List(Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        return [.. (await workflows.Current(ct)).Segments];
    }

    /// <summary>Who is in a segment.</summary>
    /// <exception cref="NotPossibleException">There is no such segment.</exception>
    public async Task<SegmentCount> Members(string name, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var set = await workflows.Current(ct);
        var segment = Named(set, name);
        var found = await store.Segments.Members(set, segment.Condition, time.GetUtcNow(), ct);
        return new SegmentCount(segment, found.Ids, found.LookedAt);
    }

    /// <summary>Holds the database's answer against that of each contact looked at by itself.</summary>
    /// <exception cref="NotPossibleException">There is no such segment.</exception>
    public async Task<SegmentComparison> Compare(string name, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var set = await workflows.Current(ct);
        var (condition, now) = (Named(set, name).Condition, time.GetUtcNow());
        var found = (await store.Segments.Members(set, condition, now, ct)).Ids.ToHashSet();
        var (contacts, differing) = (0, new List<GoldenId>());
        for (var after = 0L; await store.Journeys.Contacts(after, Slice, ct) is { Count: > 0 } slice; after = slice[^1].Row)
        {
            var holding = await store.Segments.Holding(set, condition, [.. slice.Select(c => c.Id)], now, ct);
            contacts += slice.Count;
            differing.AddRange(slice.Select(c => c.Id).Where(c => holding.Contains(c) != found.Contains(c)));
        }

        return new SegmentComparison(name, contacts, found.Count, differing);
    }

    private static Segment Named(WorkflowSet set, string name) =>
        set.Segments.FirstOrDefault(s => s.Name == name) ?? throw new NotPossibleException($"There is no segment '{name}' in mappings/segments. {Suggestion.For(name, set.Segments.Select(s => s.Name))}");
}
