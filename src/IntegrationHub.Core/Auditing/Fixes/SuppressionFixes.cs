using System.Collections.Immutable;
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

    /// <summary>Where one system has a no and another with the same address has not heard of it, the no holds there too.</summary>
    internal static Fix ConsentGap { get; } = new(
        "consent.gap", HubFix.Suppress, "Suppresses addresses and numbers that one system must not write to, where another system has them and no word of it.", new FixScope.Merged(), InGap);

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
            if (point.Any(yes => yes.Claim.State == ConsentState.Granted && point.Any(no => no.Key != yes.Key && IsNo(no.Claim))))
                yield return new FixChange.Suppress(point.Key.Channel, point.Key.Point, point.Key.Purpose, SuppressionReason.ConsentConflict);
    }

    private static IEnumerable<FixChange> InGap(FixSubject subject)
    {
        var nos = subject.Records.SelectMany(r => r.Consents.Where(IsNo).Select(c => (r.Key.Source, c.Channel, c.Purpose, Point: c.Point.ToLowerInvariant()))).Distinct();
        foreach (var (channel, purpose, point) in nos.Where(no => IsUntold(subject.Records, no.Source, no.Channel, no.Point)).Select(no => (no.Channel, no.Purpose, no.Point)).Distinct()
            .OrderBy(no => no.Channel).ThenBy(no => no.Purpose, StringComparer.Ordinal).ThenBy(no => no.Point, StringComparer.Ordinal))
            yield return new FixChange.Suppress(channel, point, purpose, SuppressionReason.ConsentConflict);
    }

    /// <summary>True when another source than the one that has the no has the point as its own address, and no word of it.</summary>
    private static bool IsUntold(ImmutableArray<CleanRecord> records, string told, Channel channel, string point) => records
        .Where(r => r.Key.Source != told && Equal(r.Values[channel == Channel.Email ? Field.Email : Field.Phone], point))
        .Any(r => !records.Any(other => other.Key.Source == r.Key.Source && other.Consents.Any(c => c.Channel == channel && Equal(c.Point, point))));

    private static bool IsNo(ConsentClaim claim) => claim.State is ConsentState.Denied or ConsentState.Suppressed;

    private static bool Equal(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
