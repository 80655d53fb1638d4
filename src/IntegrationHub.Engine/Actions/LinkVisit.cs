using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>One visit of a link, by a person or a machine.</summary>
/// <param name="Key">The message that the link stood in.</param>
/// <param name="Link">The visit itself.</param>
/// <param name="Verdict">What the visit alone tells; the others of the same message may tell more: see <see cref="ClickClassifier"/>.</param>
public sealed record LinkVisit(MessageKey Key, FollowedLink Link, ClickVerdict Verdict);
