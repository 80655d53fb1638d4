using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Whether a contact may be written to on a channel for a purpose, from the ledger and from what the contact has done since.</summary>
/// <param name="IsGranted">True only for an explicit yes that nothing later has taken back.</param>
/// <param name="Suppressed">Why nothing may be sent at all; null when nothing forbids it.</param>
/// <param name="Lacks">Why there is no yes; null when there is one.</param>
public readonly record struct Permission(bool IsGranted, string? Suppressed, string? Lacks)
{
    /// <summary>The permission at the view's instant.</summary>
    public static Permission Of(ContactView view, Channel channel, string purpose)
    {
        var suppressed = Ledger(view, channel, purpose) ?? (channel == Channel.Email ? EmailEvents(view) : SmsEvents(view));
        ConsentFact? strictest = null;
        foreach (var consent in view.Facts.Consents)
            if (consent.Channel == channel && (consent.Purpose == purpose || consent.Purpose == Purposes.Every) && (consent.At is null || consent.At <= view.Now) && (strictest is null || consent.State < strictest.State)) strictest = consent;
        suppressed ??= strictest?.State == ConsentState.Suppressed ? "suppressed by a source" : null;
        var lacks = strictest?.State switch
        {
            ConsentState.Granted => null,
            ConsentState.Pending => "consent pending",
            ConsentState.Denied => "consent denied",
            ConsentState.Suppressed => "suppressed by a source",
            _ => "no consent known",
        };
        return new Permission(suppressed is null && lacks is null, suppressed, lacks);
    }

    private static string? Ledger(ContactView view, Channel channel, string purpose)
    {
        foreach (var s in view.Facts.Suppressions.Concat(view.Journey.Suppressions))
            if (s.Channel == channel && s.At <= view.Now && (s.Purpose == purpose || s.Purpose == Purposes.Every)) return s.Reason;
        return null;
    }

    private static string? EmailEvents(ContactView view)
    {
        foreach (var e in view.Events.LatestFirst())
        {
            if (e.Type == EventTypes.EmailComplained) return "complaint";
            if (e.Type == EventTypes.EmailBounced && e.Properties.Text("kind") is "hard") return "hard_bounce";
            if (e.Type == EventTypes.EmailUnsubscribed && !GrantedAfter(view, Channel.Email, e.At)) return "unsubscribed";
        }

        return null;
    }

    private static string? SmsEvents(ContactView view)
    {
        foreach (var e in view.Events.LatestFirst())
            if (e.Type == EventTypes.SmsReplied && IsStop(e.Properties.Text("text")) && !GrantedAfter(view, Channel.Sms, e.At)) return "unsubscribed";
        return null;
    }

    /// <summary>True of an answer to a text message that wants no more of them: the words that carriers require (CTIA Messaging Principles, 5.1.3).</summary>
    public static bool IsStop(string? text) => text?.Trim().TrimEnd('.', '!').ToUpperInvariant() is "STOP" or "STOPALL" or "STOP ALL" or "UNSUBSCRIBE" or "CANCEL" or "END" or "QUIT" or "OPTOUT" or "OPT OUT" or "REVOKE";

    private static bool GrantedAfter(ContactView view, Channel channel, DateTimeOffset when) =>
        view.Facts.Consents.Any(c => c.Channel == channel && c.State == ConsentState.Granted && c.At > when && c.At <= view.Now);
}
