using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Fixes that suppress contact points: the values stay as they are, and nothing is sent there.</summary>
internal static class SuppressionFixes
{
    /// <summary>Throw-away mailboxes get no marketing.</summary>
    internal static Fix Disposable { get; } = new(
        "doubtful.email.disposable", HubFix.Suppress, "Suppresses throw-away e-mail addresses for marketing.", new FixScope.WithIssue(EmailIssues.Disposable),
        s => ForMarketing(s, EmailIssues.Disposable, SuppressionReason.Disposable));

    /// <summary>Desks that several people read get no marketing.</summary>
    internal static Fix Role { get; } = new(
        "doubtful.email.role", HubFix.Suppress, "Suppresses e-mail addresses of desks, such as info@, for marketing.", new FixScope.WithIssue(EmailIssues.Role),
        s => ForMarketing(s, EmailIssues.Role, SuppressionReason.RoleAddress));

    /// <summary>What one system will not deliver to is left alone by all, and stays so when that system forgets.</summary>
    internal static Fix Undeliverable { get; } = new(
        "reach.suppressed", HubFix.Suppress, "Suppresses e-mail addresses that have bounced for good or complained, for every purpose and whatever system would send.",
        new FixScope.WithReason(HygieneReasons.EmailUndeliverable),
        s => s.Values[Field.Email] is { } email ? [new FixChange.Suppress(Channel.Email, email, Purposes.Every, SuppressionReason.HardBounce)] : []);

    /// <summary>Where one system has a yes and another a no, the no holds.</summary>
    internal static Fix ConsentConflict { get; } = new(
        "consent.conflict", HubFix.Suppress, "Suppresses addresses and numbers that one system may write to and another must not, for the purpose concerned.", new FixScope.Merged(), InConflict);

    private static IEnumerable<FixChange> ForMarketing(FixSubject subject, IssueCode issue, SuppressionReason reason)
    {
        if (subject.Values[Field.Email] is { } email && EmailAddresses.Normalise(email).Issues.Contains(issue))
            yield return new FixChange.Suppress(Channel.Email, email, Purposes.Marketing, reason);
    }

    private static IEnumerable<FixChange> InConflict(FixSubject subject)
    {
        var claims = subject.Records.SelectMany(r => r.Consents.Select(c => (r.Key, Claim: c)))
            .GroupBy(c => (c.Claim.Channel, c.Claim.Purpose, Point: c.Claim.Point.ToLowerInvariant()));
        foreach (var point in claims.OrderBy(g => g.Key.Channel).ThenBy(g => g.Key.Purpose, StringComparer.Ordinal).ThenBy(g => g.Key.Point, StringComparer.Ordinal))
            if (point.Any(yes => yes.Claim.State == ConsentState.Granted
                && point.Any(no => no.Key != yes.Key && no.Claim.State is ConsentState.Denied or ConsentState.Suppressed)))
                yield return new FixChange.Suppress(point.Key.Channel, point.Key.Point, point.Key.Purpose, SuppressionReason.ConsentConflict);
    }
}
