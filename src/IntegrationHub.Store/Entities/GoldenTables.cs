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
    public int Hygiene { get; init; }
    public int HygieneReasons { get; init; }

    /// <summary>The first 8 bytes of the contact point's HMAC, so that whoever knows the point finds the contact, whatever its capitals; null without an address.</summary>
    public long? EmailPoint { get; init; }

    /// <summary>The same of the phone number.</summary>
    public long? PhonePoint { get; init; }

    /// <summary>Of a company its domain, of a contact that of its work mail, as a hash; null where there is none.</summary>
    public long? LinkDomain { get; init; }

    /// <summary>A company's name, or that of a contact's employer, as a hash; null where there is none.</summary>
    public long? LinkName { get; init; }

    /// <summary>The company that a contact works for; null where none is known, and for companies.</summary>
    public Guid? CompanyId { get; init; }

    /// <summary>The <see cref="Merging.CompanyLinkRule"/> that says so.</summary>
    public int? CompanyRule { get; init; }
}

internal sealed class FieldLockEntity
{
    public Guid Id { get; init; }
    public long RecordId { get; init; }
    public required string Field { get; init; }
    public string? Value { get; init; }
    public bool Corrects { get; init; }
    public string? Was { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Why { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
    public string? ReleasedBy { get; init; }
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
