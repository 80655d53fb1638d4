using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>One golden record, as far as the audit looks at it.</summary>
/// <param name="Id">Its id, or the least source key where there is no database.</param>
/// <param name="Kind">Contact or company.</param>
/// <param name="Values">The winning values.</param>
/// <param name="Sources">The source records that it is made of.</param>
/// <param name="ChangedAt">When a source last changed one of them; null when none tells.</param>
/// <param name="Email">The strictest state that any source has of its e-mail address; null when none says anything.</param>
/// <param name="Sms">The same of its number.</param>
/// <param name="InReview">True when it is part of a candidate merge that waits for a person.</param>
/// <param name="Hygiene">Its kept hygiene status; null where there is no database that keeps one.</param>
public sealed record AuditedGolden(
    string Id,
    EntityKind Kind,
    FieldValues Values,
    ImmutableArray<SourceKey> Sources,
    DateTimeOffset? ChangedAt,
    ConsentState? Email,
    ConsentState? Sms,
    bool InReview,
    Hygiene? Hygiene = null)
{
    /// <summary>A golden record with what its clean records say of permission and of their last change.</summary>
    public static AuditedGolden Of(string id, GoldenContent content, IReadOnlyList<CleanRecord> records, bool inReview, Hygiene? hygiene = null) => new(
        id,
        content.Kind,
        content.Values,
        content.Sources,
        records.Max(r => r.UpdatedAt),
        Strictest(records, Channel.Email, content.Values[Field.Email]),
        Strictest(records, Channel.Sms, content.Values[Field.Phone]),
        inReview,
        hygiene);

    private static ConsentState? Strictest(IReadOnlyList<CleanRecord> records, Channel channel, string? point)
    {
        if (point is null) return null;
        ConsentState? strictest = null;
        foreach (var record in records)
            foreach (var claim in record.Consents)
                if (claim.Channel == channel && string.Equals(claim.Point, point, StringComparison.OrdinalIgnoreCase) && !(claim.State >= strictest))
                    strictest = claim.State;
        return strictest;
    }
}

/// <summary>How often one issue was raised about one field of one source's records.</summary>
/// <param name="Source">The source.</param>
/// <param name="Field">The field.</param>
/// <param name="Code">The issue.</param>
/// <param name="Rejected">True when the values could not be used.</param>
/// <param name="Count">How many records.</param>
/// <param name="Samples">Some of them, as source keys.</param>
public sealed record IssueCount(string Source, Field Field, IssueCode Code, bool Rejected, long Count, ImmutableArray<string> Samples);

/// <summary>One source, as far as the audit looks at it.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Records">Records that it has in the hub.</param>
/// <param name="LastSync">When it was last pulled to the end; null for never.</param>
/// <param name="LastError">Why the last pull failed; null when it did not.</param>
/// <param name="Drift">Paths never seen and fields not mapped, in words.</param>
/// <param name="Quarantined">Its rows in quarantine.</param>
/// <param name="Syncs">False for a list that was read once and is never pulled again: it cannot be late.</param>
public sealed record AuditedSource(
    string Source, long Records, DateTimeOffset? LastSync, string? LastError, ImmutableArray<string> Drift, long Quarantined = 0, bool Syncs = true);
