using System.Collections.Immutable;

namespace IntegrationHub.Vocabulary;

/// <summary>
/// Why a value was changed, rejected or flagged, such as <c>email.typo</c>. Codes are declared as static fields of classes named <c>*Issues</c>,
/// beside the rule that raises them; each has a line in docs/normalisation.md.
/// </summary>
/// <param name="Value"><c>subject.reason</c>, lower case.</param>
public readonly record struct IssueCode(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One issue with one field of one record.</summary>
/// <param name="Field">The field that the issue is about.</param>
/// <param name="Code">Why.</param>
/// <param name="Raw">The value before; kept so that nothing is lost.</param>
/// <param name="Rejected">True when the raw value could not be used, so that the field stayed empty.</param>
public sealed record FieldIssue(Field Field, IssueCode Code, string? Raw, bool Rejected);

/// <summary>How a contact can be reached.</summary>
public enum Channel
{
    /// <summary>E-mail.</summary>
    Email = 0,

    /// <summary>Text message.</summary>
    Sms = 1,
}

/// <summary>What a source says about permission to use a channel, from the least to the most permissive: on merge the smaller wins.</summary>
public enum ConsentState
{
    /// <summary>The vendor will not deliver: bounced for good, complained, cleaned.</summary>
    Suppressed = 0,

    /// <summary>The contact has said no.</summary>
    Denied = 1,

    /// <summary>Asked, not yet confirmed. Never treated as yes.</summary>
    Pending = 2,

    /// <summary>The contact has said yes.</summary>
    Granted = 3,
}

/// <summary>One vendor's subscription state of one contact point, as that vendor gave it. A state that is not understood is no claim at all.</summary>
/// <param name="Channel">E-mail or SMS.</param>
/// <param name="Purpose">What for: <c>marketing</c> unless the mapping says otherwise.</param>
/// <param name="Point">The normalised address or E.164 number that it was said about.</param>
/// <param name="State">What was said.</param>
/// <param name="At">When it was said, if the vendor tells.</param>
public sealed record ConsentClaim(Channel Channel, string Purpose, string Point, ConsentState State, DateTimeOffset? At);

/// <summary>A source record after mapping and normalising. Immutable; made by a pure function of payload and recipes.</summary>
/// <param name="Key">The source record that it was made of.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Values">The clean values.</param>
/// <param name="Issues">What was changed, rejected or flagged on the way.</param>
/// <param name="Consents">What the source says about permission.</param>
/// <param name="UpdatedAt">When the source last changed the record, if it tells: survivorship's "most recent".</param>
public sealed record CleanRecord(
    SourceKey Key,
    EntityKind Kind,
    FieldValues Values,
    ImmutableArray<FieldIssue> Issues,
    ImmutableArray<ConsentClaim> Consents,
    DateTimeOffset? UpdatedAt);

/// <summary>A source record's payload after its mapping was applied and before normalising: raw text a field.</summary>
/// <param name="Key">The source record.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Raw">Values as the source has them; may hold <see cref="Field.FullName"/> and <see cref="Field.FullAddress"/>.</param>
/// <param name="Consents">Claims with their point not yet normalised.</param>
/// <param name="UpdatedAt">When the source last changed the record, if it tells.</param>
/// <param name="Required">Fields that the mapping calls required; one that ends empty raises an issue.</param>
/// <param name="Region">ISO 3166-1 region that phone numbers without a country code belong to when the record names no country; null when unknown.</param>
public sealed record MappedRecord(
    SourceKey Key,
    EntityKind Kind,
    FieldValues Raw,
    ImmutableArray<ConsentClaim> Consents,
    DateTimeOffset? UpdatedAt,
    ImmutableArray<Field> Required,
    string? Region)
{
    /// <summary>The order of day and month in fields whose whole column proves it; empty where none does, or there is no column.</summary>
    public ImmutableDictionary<Field, DateOrder> DateOrders { get; init; } = ImmutableDictionary<Field, DateOrder>.Empty;
}
