using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>What a contact must have said for an audience to hold it.</summary>
public enum AudienceConsent
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>No system has a no to e-mail.</summary>
    NotDenied,

    /// <summary>A yes to e-mail, and no system has anything less.</summary>
    Granted,
}

/// <summary>Whom a workflow is for: all conditions must hold. One without any condition holds every contact.</summary>
/// <param name="Sources">At least one record is of one of these sources, or of a source with one of these connectors; empty for any.</param>
/// <param name="Has">All of these fields are filled.</param>
/// <param name="HasAny">At least one of these fields is filled; empty asks nothing.</param>
/// <param name="Lacks">None of these fields is filled.</param>
/// <param name="Consent">What was said about e-mail.</param>
/// <param name="ChangedWithin">A source changed it no longer ago; null asks nothing.</param>
/// <param name="UnchangedFor">No source changed it for at least so long; null asks nothing.</param>
public sealed record Audience(
    ImmutableArray<string> Sources,
    FieldSet Has,
    FieldSet HasAny,
    FieldSet Lacks,
    AudienceConsent Consent,
    TimeSpan? ChangedWithin,
    TimeSpan? UnchangedFor)
{
    /// <summary>Every contact.</summary>
    public static Audience Everybody { get; } = new([], default, default, default, AudienceConsent.Any, null, null);

    /// <summary>True when the contact belongs to the audience.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="email">The strictest word on its e-mail address; null when nobody has said anything.</param>
    /// <param name="changedAt">When a source last changed it.</param>
    /// <param name="ofSource">True when one of its records is of one of <see cref="Sources"/>.</param>
    /// <param name="now">The present.</param>
    internal bool Holds(AuditedGolden contact, ConsentState? email, DateTimeOffset? changedAt, bool ofSource, DateTimeOffset now) =>
        contact.Filled.HasAll(Has)
        && (HasAny == default || contact.Filled.HasAny(HasAny))
        && !contact.Filled.HasAny(Lacks)
        && (Consent == AudienceConsent.Any || (Consent == AudienceConsent.Granted ? email == ConsentState.Granted : email != ConsentState.Denied))
        && (ChangedWithin is not { } within || now - changedAt <= within)
        && (UnchangedFor is not { } since || now - changedAt >= since)
        && (ofSource || Sources.IsEmpty);

    /// <summary>True when records of the source are among those that it asks for.</summary>
    internal bool IsOf(string source, ImmutableDictionary<string, string> connectors) =>
        Sources.Contains(source) || (connectors.TryGetValue(source, out var connector) && Sources.Contains(connector));
}

/// <summary>One workflow, as far as the audit looks at it.</summary>
/// <param name="Name">Its name, such as <c>abandoned-cart</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Channels">What it sends on; one usable address among them makes a contact reachable.</param>
/// <param name="Required">Fields without which it cannot do its work for a contact.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="PassFrom">The score from which on its launch passes.</param>
/// <param name="BlockBelow">The score below which it is blocked.</param>
/// <param name="Thresholds">Its own thresholds, before the general ones.</param>
public sealed record WorkflowRules(
    string Name,
    string Title,
    ImmutableArray<Channel> Channels,
    ImmutableArray<Field> Required,
    Audience Audience,
    double PassFrom,
    double BlockBelow,
    ImmutableDictionary<string, AuditThreshold> Thresholds);
