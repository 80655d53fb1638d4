namespace IntegrationHub.Workflows;

/// <summary>What a mail to the hub says about a message that the hub has sent.</summary>
/// <param name="Id">The same for the same mail however often it is read: the event's dedupe key.</param>
/// <param name="At">When it was written.</param>
/// <param name="Key">The message it is about; null when the mail does not tell.</param>
/// <param name="Point">The recipient's address as the hub itself had signed it; null when the mail quotes no signature: then the message's own recipient counts, never what the mail says.</param>
public abstract record MailFeedback(string Id, DateTimeOffset At, MessageKey? Key, string? Point)
{
    /// <summary>The event's type.</summary>
    public abstract string EventType { get; }

    /// <summary>A mail came back (RFC 3464).</summary>
    /// <param name="Id">The dedupe key.</param>
    /// <param name="At">When.</param>
    /// <param name="Key">The message.</param>
    /// <param name="Point">The recipient.</param>
    /// <param name="IsHard">True when the address does not exist, or takes no mail any more; false when it may next time.</param>
    /// <param name="Status">Such as <c>5.1.1</c> (RFC 3463).</param>
    /// <param name="Diagnostic">The other server's words; empty when it had none.</param>
    public sealed record Bounce(string Id, DateTimeOffset At, MessageKey? Key, string? Point, bool IsHard, string Status, string Diagnostic) : MailFeedback(Id, At, Key, Point)
    {
        /// <inheritdoc/>
        public override string EventType => "email.bounced";
    }

    /// <summary>A recipient has called the mail spam (RFC 5965).</summary>
    /// <param name="Id">The dedupe key.</param>
    /// <param name="At">When.</param>
    /// <param name="Key">The message.</param>
    /// <param name="Point">The recipient.</param>
    /// <param name="Kind">The report's <c>Feedback-Type</c>: <c>abuse</c>, <c>fraud</c>, ….</param>
    public sealed record Complaint(string Id, DateTimeOffset At, MessageKey? Key, string? Point, string Kind) : MailFeedback(Id, At, Key, Point)
    {
        /// <inheritdoc/>
        public override string EventType => "email.complained";
    }

    /// <summary>A recipient wants no more, by mail (RFC 2369).</summary>
    /// <param name="Id">The dedupe key.</param>
    /// <param name="At">When.</param>
    /// <param name="Link">The signed link in its subject.</param>
    public sealed record Unsubscribe(string Id, DateTimeOffset At, LinkToken.Unsubscribe Link) : MailFeedback(Id, At, Link.Key, Link.Point)
    {
        /// <inheritdoc/>
        public override string EventType => "email.unsubscribed";
    }
}

/// <summary>Tells bounces that mean "never" from those that mean "not now". RFC 3463.</summary>
public static class BounceStatus
{
    // Unknown mailbox, unknown host, bad syntax, moved without address, mailbox disabled, no route, and what Exchange Online answers for an unknown mailbox.
    private static readonly string[] Hard = ["5.0.0", "5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1", "5.4.4", "5.5.0"];

    /// <summary>True when the address is not to be tried again. Policy (5.7), a full mailbox (5.2.2) and everything that begins with 4 say nothing of the address.</summary>
    public static bool IsHard(string status) => Hard.Contains(status.Trim(), StringComparer.Ordinal);
}
