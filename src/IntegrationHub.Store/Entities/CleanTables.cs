namespace IntegrationHub.Store.Entities;

/// <summary>Its field columns come from <see cref="Vocabulary.Fields.Clean"/>.</summary>
internal sealed class CleanRecordEntity
{
    public long RecordId { get; init; }
    public int Kind { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public required byte[] ContentHash { get; init; }
    public required byte[] InputHash { get; init; }
    public required string Recipe { get; init; }

    /// <summary>What the source says about permission, as JSON; null for nothing. The ledger keeps it by hashed contact point; here it stands beside the point itself.</summary>
    public string? Consents { get; init; }
}

internal sealed class IssueEntity
{
    public long RecordId { get; init; }
    public int Position { get; init; }
    public required string Field { get; init; }
    public required string Code { get; init; }
    public string? Raw { get; init; }
    public bool Rejected { get; init; }
}

internal sealed class ConsentEntryEntity
{
    public long Id { get; init; }

    /// <summary>The first 8 bytes of <see cref="PointHmac"/>: an index of numbers is a quarter as large.</summary>
    public long Point { get; init; }
    public required byte[] PointHmac { get; init; }
    public int Channel { get; init; }
    public required string Purpose { get; init; }
    public int State { get; init; }
    public required string Source { get; init; }
    public long RecordId { get; init; }
    public DateTimeOffset? At { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
}

internal sealed class SuppressionEntryEntity
{
    public Guid Id { get; init; }
    public long Point { get; init; }
    public required byte[] PointHmac { get; init; }
    public int Channel { get; init; }
    public required string Purpose { get; init; }
    public int Reason { get; init; }
    public string? Why { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The entry that this one ends; null for one that begins.</summary>
    public Guid? Releases { get; init; }
}
