namespace IntegrationHub.Store.Entities;

internal sealed class MatchKeyEntity
{
    public int Kind { get; init; }
    public int Rule { get; init; }
    public long Hash { get; init; }
    public long RecordId { get; init; }
}

/// <summary>A key that takes the place of one whose block is over the cap.</summary>
internal sealed class FinerKeyEntity
{
    public int Kind { get; init; }
    public int Rule { get; init; }
    public long Hash { get; init; }

    /// <summary>Where the record stands in its block: blocks that are too large still are compared by neighbours.</summary>
    public long Place { get; init; }
    public long RecordId { get; init; }
}

internal sealed class MatchStateEntity
{
    public int Kind { get; init; }

    /// <summary>The match model that keys, edges and clusters of the kind stand on. No row: they are not all there.</summary>
    public required string Recipe { get; init; }
}

internal sealed class EdgeEntity
{
    public long A { get; init; }
    public long B { get; init; }
    public double Weight { get; init; }
}

internal sealed class ClusterMemberEntity
{
    public long RecordId { get; init; }
    public long ClusterId { get; init; }
}

internal sealed class MergeQueueEntity
{
    public required string Id { get; init; }
    public long RecordA { get; init; }
    public long RecordB { get; init; }
    public double Weight { get; init; }
    public int State { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
}

internal sealed class DecisionEntity
{
    public Guid Id { get; init; }
    public bool Same { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Why { get; init; }
    public required string Origin { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
}

internal sealed class DecisionPairEntity
{
    public Guid DecisionId { get; init; }
    public required string A { get; init; }
    public required string B { get; init; }
}
