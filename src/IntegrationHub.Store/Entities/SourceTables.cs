namespace IntegrationHub.Store.Entities;

internal sealed class SourceEntity
{
    public required string Name { get; init; }
    public required string Connector { get; init; }
    public string? Url { get; init; }
    public string? Path { get; init; }
    public string? TokenEnv { get; init; }
    public string? TokenProtected { get; init; }
    public string? MappingFile { get; init; }
    public string? Schedule { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The environment variable that holds the secret of its webhooks.</summary>
    public string? WebhookEnv { get; init; }

    /// <summary>That secret, encrypted by the caller.</summary>
    public string? WebhookProtected { get; init; }
}

internal sealed class StreamStateEntity
{
    public required string Source { get; init; }
    public required string Stream { get; init; }
    public string? Cursor { get; init; }
    public long? FullPass { get; init; }
    public string? Recipe { get; init; }
    public DateTimeOffset? LastFullAt { get; init; }
    public DateTimeOffset? LastPullAt { get; init; }
}

internal sealed class SourceRecordEntity
{
    public long Id { get; init; }
    public required string Source { get; init; }
    public required string Stream { get; init; }
    public required string ExternalId { get; init; }
    public byte[]? Payload { get; init; }
    public required byte[] ContentHash { get; init; }
    public bool Deleted { get; init; }
    public long FullPass { get; init; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}
