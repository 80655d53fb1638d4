namespace IntegrationHub.Store.Entities;

internal sealed class EventEntity
{
    /// <summary>The order of arrival.</summary>
    public long Seq { get; init; }

    /// <summary>The source's dedupe key.</summary>
    public required string Id { get; init; }
    public required string Type { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Through which door it came.</summary>
    public required string Source { get; init; }

    /// <summary>The keys that name its contact, as JSON, as they were given.</summary>
    public required string Contact { get; init; }

    /// <summary>The first 8 bytes of the HMAC of its contact's address, so that an event that waits is found when the address becomes known.</summary>
    public long? EmailPoint { get; init; }

    /// <summary>The same of the phone number.</summary>
    public long? PhonePoint { get; init; }

    /// <summary>A source's own id of the contact, as <c>source/id</c>; null where the event names none.</summary>
    public string? SourceKey { get; init; }

    public Guid? GoldenId { get; init; }

    /// <summary>The source record that it hangs on: with it the event goes back when a merge is undone.</summary>
    public long? RecordId { get; init; }
    public int State { get; init; }

    /// <summary>True where it was pulled as history: it fills segments and scores, and triggers nothing.</summary>
    public bool History { get; init; }
    public required string Properties { get; init; }
}

internal sealed class JourneyEntity
{
    public Guid GoldenId { get; init; }
    public required string State { get; init; }

    /// <summary>When time has to wake it; null when it need not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Grows with every write.</summary>
    public long Change { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Written from the journey, for reports: the journey's state is the truth.</summary>
internal sealed class EnrolmentEntity
{
    public Guid GoldenId { get; init; }
    public required string Workflow { get; init; }
    public int Visit { get; init; }
    public required string Version { get; init; }
    public int State { get; init; }
    public DateTimeOffset EnteredAt { get; init; }
    public DateTimeOffset Since { get; init; }
    public string? EventId { get; init; }
    public bool Control { get; init; }
    public string? Step { get; init; }
    public DateTimeOffset StepSince { get; init; }
    public DateTimeOffset? WakeAt { get; init; }
    public string? Waits { get; init; }
    public required string Path { get; init; }
    public int Messages { get; init; }
    public DateTimeOffset? LastSendAt { get; init; }
    public DateTimeOffset? ConvertedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Outcome { get; init; }
}

/// <summary>The journal of what workflows did. Append-only.</summary>
internal sealed class EffectEntity
{
    public long Seq { get; init; }
    public required string Key { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid GoldenId { get; init; }
    public required string Workflow { get; init; }
    public required string Version { get; init; }
    public string? Step { get; init; }
    public int Kind { get; init; }
    public string? EventId { get; init; }
    public int? Channel { get; init; }
    public string? Template { get; init; }
    public string? Reason { get; init; }
    public string? Payload { get; init; }
}

/// <summary>Messages decided, to be delivered.</summary>
internal sealed class MessageEntity
{
    public long Id { get; init; }

    /// <summary>The message key: one message for ever.</summary>
    public required string Key { get; init; }

    /// <summary>Hash of recipient, workflow, step, visit and channel: two contacts of one address get it once.</summary>
    public required string Once { get; init; }
    public Guid GoldenId { get; init; }
    public required string Workflow { get; init; }
    public required string Version { get; init; }
    public required string Step { get; init; }
    public int Visit { get; init; }
    public required string Template { get; init; }
    public int Channel { get; init; }
    public bool Marketing { get; init; }

    /// <summary>True for a note to one's own team: no consent is asked for.</summary>
    public bool Internal { get; init; }
    public long ToPoint { get; init; }
    public required byte[] ToHmac { get; init; }
    public required string Content { get; init; }
    public int Status { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset NextAt { get; init; }

    /// <summary>The epoch of the lease under which it was claimed; null while nobody has it.</summary>
    public long? Claim { get; init; }
    public bool MaybeDelivered { get; init; }
    public bool PossibleDuplicate { get; init; }
    public string? ProviderId { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
}

internal sealed class WorkflowVersionEntity
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required string Text { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public required string PublishedBy { get; init; }
}

internal sealed class WorkflowLaunchEntity
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public DateTimeOffset LaunchedAt { get; init; }
    public int State { get; init; }

    /// <summary>What let it pass the gate, or who overrode it, as JSON.</summary>
    public required string Evidence { get; init; }

    /// <summary>True where a condition starts it, so that contacts' changes have to be looked at.</summary>
    public bool Watches { get; init; }

    /// <summary>The row up to which contacts have been looked at for the launch; null when all have.</summary>
    public long? ScannedTo { get; init; }

    /// <summary>How many contacts fitted at launch and were given a turn.</summary>
    public long Admitted { get; init; }
    public required string By { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class WorkflowTestEntity
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public bool Covered { get; init; }
    public required string Result { get; init; }
}

internal sealed class RoutingStateEntity
{
    public int Id { get; init; }
    public required string State { get; init; }
}

internal sealed class ContactScoreEntity
{
    public Guid GoldenId { get; init; }
    public double Fit { get; init; }
    public double Behaviour { get; init; }
    public required string Parts { get; init; }
    public DateTimeOffset At { get; init; }
}
