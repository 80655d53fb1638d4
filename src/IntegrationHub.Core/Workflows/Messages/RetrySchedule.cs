using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>When a message that a provider did not take is tried again.</summary>
/// <param name="Waits">After the first failed attempt, the second, …; the last one holds for all that follow.</param>
/// <param name="GiveUpAfter">From the first attempt on: then it is a dead letter, for a person to look at.</param>
public sealed record RetrySchedule(ImmutableArray<TimeSpan> Waits, TimeSpan GiveUpAfter)
{
    /// <summary>Mail servers hold strangers off for a quarter of an hour or more (greylisting), and are mended within days.</summary>
    public static RetrySchedule Email { get; } = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4)], TimeSpan.FromDays(3));

    /// <summary>An SMS of yesterday is of no use.</summary>
    public static RetrySchedule Sms { get; } = new([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)], TimeSpan.FromHours(12));

    /// <summary>The channel's own.</summary>
    public static RetrySchedule Of(Channel channel) => channel == Channel.Email ? Email : Sms;

    /// <summary>When to try again; null when it is over.</summary>
    /// <param name="key">Spreads messages that failed together over a tenth of the wait, always the same way.</param>
    /// <param name="attempts">How many were made, 1 or more.</param>
    /// <param name="firstAt">When the first was made.</param>
    /// <param name="asked">Not before this, says the provider; null when it does not say.</param>
    /// <param name="now">The present.</param>
    public DateTimeOffset? Next(MessageKey key, int attempts, DateTimeOffset firstAt, DateTimeOffset? asked, DateTimeOffset now)
    {
        var wait = Waits[Math.Clamp(attempts - 1, 0, Waits.Length - 1)];
        var spread = wait * (key.ToBytes()[0] / 2560.0);
        var next = now + wait + spread;
        if (asked > next) next = asked.Value;
        return next - firstAt > GiveUpAfter ? null : next;
    }
}
