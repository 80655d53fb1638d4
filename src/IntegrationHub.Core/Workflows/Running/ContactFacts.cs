using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>All that is known of one contact from outside its workflows.</summary>
/// <param name="Id">The golden id; in a simulation the file's id.</param>
/// <param name="Values">The golden record's fields.</param>
/// <param name="Hygiene">Its hygiene status.</param>
/// <param name="CreatedAt">When the first source made it; null when no source tells.</param>
/// <param name="EngagedAt">The last sign of life that a system saw; null when none tells.</param>
/// <param name="Consents">What was said about permission, of the addresses that it has.</param>
/// <param name="Suppressions">Suppressions of the addresses that it has.</param>
/// <param name="Events">What it did.</param>
public sealed record ContactFacts(
    string Id,
    FieldValues Values,
    Hygiene Hygiene,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? EngagedAt,
    ImmutableArray<ConsentFact> Consents,
    ImmutableArray<SuppressionFact> Suppressions,
    EventLog Events);

/// <summary>What was said about one channel and purpose.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">What for, such as <c>marketing</c>.</param>
/// <param name="State">What was said.</param>
/// <param name="At">When, if that is known.</param>
public sealed record ConsentFact(Channel Channel, string Purpose, ConsentState State, DateTimeOffset? At);

/// <summary>A suppression in force.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">What for; <see cref="Purposes.Every"/> for everything.</param>
/// <param name="Reason">Why, as a code: <c>hard_bounce</c>, <c>request</c>.</param>
/// <param name="At">Since when.</param>
public sealed record SuppressionFact(Channel Channel, string Purpose, string Reason, DateTimeOffset At);
