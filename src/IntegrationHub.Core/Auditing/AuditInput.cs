using System.Collections.Immutable;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>One golden record, as far as the audit looks at it: which fields are filled, and keys of the values that it compares.</summary>
/// <param name="Order">Its place: samples are those with the least places.</param>
/// <param name="Name">Its name where there is no database: its row. Null where <see cref="Id"/> names it.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Filled">The fields that have a value.</param>
/// <param name="Email">Its e-mail address.</param>
/// <param name="Phone">The <see cref="AuditKeys"/> key of its number; 0 for none.</param>
/// <param name="BirthDate">The same of its date of birth.</param>
/// <param name="Company">The key of its company's name, by <see cref="AuditKeys.OfName"/>; 0 for none.</param>
/// <param name="Domain">The key of its site's host name; 0 for none.</param>
/// <param name="Hygiene">Whether it may be written to, and why not.</param>
/// <param name="KnownSince">Since when a system knows it; null when none tells.</param>
/// <param name="Records">The clean records that it is made of.</param>
public sealed record AuditedGolden(
    long Order,
    string? Name,
    EntityKind Kind,
    FieldSet Filled,
    AuditedEmail Email,
    long Phone,
    long BirthDate,
    long Company,
    long Domain,
    Hygiene Hygiene,
    DateTimeOffset? KnownSince,
    ImmutableArray<AuditedRecord> Records)
{
    /// <summary>Its id; empty where there is no database.</summary>
    public Guid Id { get; init; }

    /// <summary>True when the hub itself suppresses an address or number that its systems speak of: the no holds here, whatever they say.</summary>
    public bool IsSuppressedHere { get; init; }

    /// <summary>A golden record with all that its clean records say, where no database keeps its hygiene status.</summary>
    /// <param name="order">Its place.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="records">Its clean records, with issues.</param>
    /// <param name="queued">The values of those that it may be one with, in the queue.</param>
    /// <param name="rules">The audit's rules.</param>
    public static AuditedGolden Of(long order, string name, GoldenContent content, IReadOnlyList<CleanRecord> records, ImmutableArray<FieldValues> queued, AuditRules rules) => new(
        order,
        name,
        content.Kind,
        FieldSet.Of(content.Values),
        AuditedEmail.Of(content.Values[Field.Email]),
        Key(content.Values[Field.Phone]),
        Key(content.Values[Field.BirthDate]),
        content.Values[Field.Company] is { } company ? AuditKeys.OfName(company) : 0,
        Key(content.Values[Field.Domain]),
        HygieneRules.Of(new HygieneFacts(
            content.Kind, Retired: false, content.Values,
            [.. records.SelectMany(r => r.Issues).Where(i => i.Code == NameIssues.Junk).Select(i => i.Raw).OfType<string>()],
            IsUndeliverable(records, Channel.Email, content.Values[Field.Email]), IsUndeliverable(records, Channel.Sms, content.Values[Field.Phone]), queued)),
        Moments.Read(content.Values[Field.KnownSince]),
        [.. records.Select(r => AuditedRecord.Of(r, rules))]);

    private static bool IsUndeliverable(IReadOnlyList<CleanRecord> records, Channel channel, string? point) =>
        records.SelectMany(r => r.Consents).Any(c => c.Channel == channel && c.State == ConsentState.Suppressed && string.Equals(c.Point, point, StringComparison.OrdinalIgnoreCase));

    private static long Key(string? text) => text is null ? 0 : AuditKeys.Of(text);
}

/// <summary>One clean record of a golden record.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="ChangedAt">When the source last changed it; null when it does not tell.</param>
/// <param name="Email">The key of its own e-mail address; 0 for none.</param>
/// <param name="Phone">The key of its own number; 0 for none.</param>
/// <param name="Claims">What the source says about permission.</param>
/// <param name="Compared">Its values of <see cref="AuditRules.ConflictFields"/>, in their order; empty where nobody contradicts it, as a golden record of one source.</param>
public readonly record struct AuditedRecord(
    string Source, DateTimeOffset? ChangedAt, long Email, long Phone, ImmutableArray<AuditedClaim> Claims, ImmutableArray<string?> Compared)
{
    /// <summary>What the audit looks at in a clean record.</summary>
    public static AuditedRecord Of(CleanRecord record, AuditRules rules) => new(
        record.Key.Source,
        record.UpdatedAt,
        Key(record.Values[Field.Email]),
        Key(record.Values[Field.Phone]),
        [.. record.Consents.Select(c => new AuditedClaim(c.Channel, c.Purpose, AuditKeys.Of(c.Point), c.State))],
        [.. rules.ConflictFields.Select(f => record.Values[f])]);

    private static long Key(string? text) => text is null ? 0 : AuditKeys.Of(text);
}

/// <summary>One claim about permission.</summary>
/// <param name="Channel">On this channel.</param>
/// <param name="Purpose">For this purpose.</param>
/// <param name="Point">The key of the address or number that it is about.</param>
/// <param name="State">What was said.</param>
public readonly record struct AuditedClaim(Channel Channel, string Purpose, long Point, ConsentState State);

/// <summary>One issue of a clean record.</summary>
/// <param name="Field">The field.</param>
/// <param name="Code">The issue.</param>
/// <param name="Rejected">True when the value could not be used.</param>
/// <param name="Raw">The value as it came; null where nobody asks.</param>
public readonly record struct AuditedIssue(Field Field, string Code, bool Rejected, string? Raw = null);

/// <summary>One source, as far as the audit looks at it.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Records">Records that it has in the hub.</param>
/// <param name="LastSync">When it was last pulled to the end; null for never.</param>
/// <param name="LastError">Why the last pull failed; null when it did not.</param>
/// <param name="Drift">Paths that the mapping expects and no record has, in words.</param>
/// <param name="Quarantined">Its rows in quarantine.</param>
/// <param name="Syncs">False for a list that was read once and is never pulled again: it cannot be late.</param>
/// <param name="Unmapped">Payload fields that the mapping neither reads nor ignores: one that was not there at the last audit is drift too.</param>
public sealed record AuditedSource(
    string Source, long Records, DateTimeOffset? LastSync, string? LastError, ImmutableArray<string> Drift, long Quarantined = 0, bool Syncs = true, ImmutableArray<string> Unmapped = default);

/// <summary>One row that a finding counts.</summary>
/// <param name="Code">The finding.</param>
/// <param name="Order">The golden record's place, or the clean record's number.</param>
/// <param name="Id">The golden record's id; null for a clean record, which is known by its number.</param>
/// <param name="Field">The field; null where the whole record is meant.</param>
/// <param name="Value">The value as it came; null where nothing is to be shown.</param>
public readonly record struct AuditedRow(string Code, long Order, string? Id, Field? Field, string? Value);
