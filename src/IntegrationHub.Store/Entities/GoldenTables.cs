namespace IntegrationHub.Store.Entities;

/// <summary>Its field columns come from <see cref="Vocabulary.Fields.Golden"/>.</summary>
internal sealed class GoldenRecordEntity
{
    public Guid Id { get; init; }
    public long Row { get; init; }
    public int Kind { get; init; }
    public required string Provenance { get; init; }
    public required byte[] ContentHash { get; init; }
    public required string Recipe { get; init; }
    public int SourceCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
}

internal sealed class CrosswalkEntity
{
    public long RecordId { get; init; }
    public Guid GoldenId { get; init; }
}

internal sealed class GoldenAliasEntity
{
    public Guid Alias { get; init; }
    public Guid GoldenId { get; init; }
    public Guid MergeId { get; init; }
    public DateTimeOffset Since { get; init; }
}

internal sealed class MergeEventEntity
{
    public Guid Id { get; init; }
    public Guid GoldenId { get; init; }
    public Guid? AbsorbedId { get; init; }
    public required string LeftKeys { get; init; }
    public required string RightKeys { get; init; }
    public double? Probability { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
}
