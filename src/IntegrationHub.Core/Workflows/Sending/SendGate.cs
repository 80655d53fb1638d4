using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>The one function that decides for each message whether it goes out now, later or never, with the reason.</summary>
public static class SendGate
{
    // A message that no decision frees within this time is out of date.
    private static readonly TimeSpan LongestReview = TimeSpan.FromDays(3);

    // Days that are looked through for a time which suits window, quiet hours and cap alike.
    private const int MostRounds = 60;

    /// <summary>Decides. Goals and exits have been looked at before.</summary>
    /// <param name="view">The contact, with the enrolment that wants to send.</param>
    /// <param name="workflow">The version that it runs through.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">When it would go out.</param>
    public static SendDecision Decide(ContactView view, Workflow workflow, SendStep message, DateTimeOffset now)
    {
        var name = Channels.Of(message.Channel);
        if (view.Facts.Hygiene.Status == HygieneStatus.Blocked) return new SendDecision.Skip($"blocked: {string.Join(", ", view.Facts.Hygiene.ReasonCodes)}");
        if (Address(view, message.Channel) is not { } to) return new SendDecision.Skip($"no address: the contact has no {(message.Channel == Channel.Email ? "e-mail address" : "phone number")}");

        var permission = Permission.Of(view, message.Channel, message.Purpose);
        if (permission.Suppressed is { } suppressed && (message.Marketing || suppressed != "unsubscribed")) return new SendDecision.Skip($"suppressed: {name} {suppressed}");
        if (message.Marketing && permission.Lacks is { } lacks) return new SendDecision.Skip($"no consent: {name} {lacks}");
        if (view.Enrolment is { Control: true }) return new SendDecision.Skip("holdout: the contact is in the control group");
        if (view.Facts.Hygiene.Status == HygieneStatus.InReview)
        {
            return now - view.Enrolment?.StepSince > LongestReview
                ? new SendDecision.Skip($"in review for {Durations.Text(LongestReview)}: {string.Join(", ", view.Facts.Hygiene.ReasonCodes)}")
                : new SendDecision.Defer(now + TimeSpan.FromHours(1), $"in review: {string.Join(", ", view.Facts.Hygiene.ReasonCodes)}");
        }

        if (view.Set.Sending.Breaker is { } breaker && message.Marketing && message.Channel == Channel.Email) return new SendDecision.Defer(now + TimeSpan.FromHours(1), breaker);
        return Timing(view, workflow, message, to, now);
    }

    private static SendDecision Timing(ContactView view, Workflow workflow, SendStep message, string to, DateTimeOffset now)
    {
        var (zone, known) = ContactZone.Of(view);
        var rules = view.Set.Sending;
        var (at, reason) = (now, "");
        // Moving past a cap may end outside the window, and the other way round: a few rounds settle it.
        for (var round = 0; round < MostRounds; round++)
        {
            var before = at;
            if (message.Marketing && workflow.Window is { } window && LocalTime.NextOpening(window, zone, at) is var opens && opens > at)
                (at, reason) = (opens, $"send window: opens at {Local(opens, zone)} in {zone.Id}{(known ? "" : ", since the contact's time zone is not known")}");
            if (message.Channel == Channel.Sms && message.Marketing && QuietHours.Ends(view, at) is { } quiet && quiet.Until > at)
                (at, reason) = (quiet.Until, $"quiet hours: {quiet.Rule}, until {Local(quiet.Until, zone)} in {zone.Id}");
            if (message.Marketing && rules.NextAllowed(view.Journey.Sent, message.Channel, at) is var free && free > at)
                (at, reason) = (free, $"cap: {rules.CapText} on {Channels.Of(message.Channel)}");
            if (at == before) return at > now ? new SendDecision.Defer(at, reason) : new SendDecision.Send(to);
        }

        // A window by night and hours of the law by day: waiting would never end.
        return new SendDecision.Skip($"no time: send window and quiet hours never meet ({reason})");
    }

    private static string? Address(ContactView view, Channel channel) => view.Values[channel == Channel.Email ? Field.Email : Field.Phone];

    private static string Local(DateTimeOffset at, NodaTime.DateTimeZone zone) =>
        NodaTime.Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
