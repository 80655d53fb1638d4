namespace IntegrationHub.Store.Entities;

internal sealed class RunEntity
{
    public Guid Id { get; init; }
    public required string Kind { get; init; }
    public string? Source { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int Status { get; init; }
    public required string Counts { get; init; }
    public required string Errors { get; init; }
}

internal sealed class WorkEntity
{
    public int Stage { get; init; }
    public long Key { get; init; }
    public required string Reason { get; init; }
    public long Seq { get; init; }
}

internal sealed class QuarantineEntity
{
    public long Id { get; init; }
    public required string Scope { get; init; }
    public required string Stage { get; init; }
    public string? Source { get; init; }
    public string? Stream { get; init; }
    public required string Place { get; init; }
    public long? RecordId { get; init; }
    public required string Error { get; init; }
    public string? Raw { get; init; }
    public string? Recipe { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset LastAt { get; init; }
    public DateTimeOffset? ClearedAt { get; init; }
    public string? ClearedBy { get; init; }
}

internal sealed class AuditTrailEntity
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Action { get; init; }
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Why { get; init; }
}

internal sealed class AuditEntity
{
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Scope { get; init; }
    public double Score { get; init; }
    public required string Verdict { get; init; }
    public required string Report { get; init; }
}

internal sealed class OutboxEntity
{
    public long Id { get; init; }
    public required string Kind { get; init; }
    public required string Source { get; init; }
    public required string Stream { get; init; }
    public required string ExternalId { get; init; }
    public Guid? GoldenId { get; init; }
    public required string Payload { get; init; }
    public required string Key { get; init; }
    public int State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NextAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public string? Error { get; init; }
}

internal sealed class LeaseEntity
{
    public required string Name { get; init; }
    public required string Holder { get; init; }
    public long Epoch { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
