namespace IntegrationHub.Store.Entities;

internal sealed class FixBatchEntity
{
    public Guid Id { get; init; }
    public required string Finding { get; init; }
    public int State { get; init; }
    public long Items { get; init; }
    public DateTimeOffset PreviewedAt { get; init; }
    public required string PreviewedBy { get; init; }
    public DateTimeOffset? AppliedAt { get; init; }
    public string? AppliedBy { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneBy { get; init; }
}

internal sealed class FixItemEntity
{
    public Guid BatchId { get; init; }
    public int Position { get; init; }
    public int State { get; init; }
    public int Action { get; init; }
    public Guid GoldenId { get; init; }
    public long RecordId { get; init; }
    public string? Field { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public int? Channel { get; init; }
    public string? Purpose { get; init; }
    public int? Reason { get; init; }
    public string? PairId { get; init; }

    /// <summary>The lock, suppression or decision that applying made; null before.</summary>
    public Guid? EffectId { get; init; }
}
