using IntegrationHub.Workflows;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine.Delivery;

/// <summary>A message that was taken from the outbox to be delivered.</summary>
/// <param name="Id">The outbox's id of it.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempts">How many attempts were made before.</param>
/// <param name="FirstAt">When the first was made; null when none was.</param>
/// <param name="MaybeDelivered">True when an attempt was begun whose end nobody knows: the process was killed, or the answer was lost.</param>
public sealed record ClaimedMessage(long Id, OutgoingMessage Message, int Attempts = 0, DateTimeOffset? FirstAt = null, bool MaybeDelivered = false);

/// <summary>What to write to the outbox about a claimed message.</summary>
public abstract record Settlement
{
    private Settlement() { }

    /// <summary>Done.</summary>
    /// <param name="ProviderId">The provider's id.</param>
    /// <param name="PossibleDuplicate">True when the provider may have got it twice.</param>
    public sealed record Delivered(string ProviderId, bool PossibleDuplicate) : Settlement;

    /// <summary>Again at a time.</summary>
    /// <param name="At">When.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Counts">False when the channel was at fault: the message has not used up an attempt.</param>
    /// <param name="MaybeDelivered">To be handed back with the next claim.</param>
    public sealed record Again(DateTimeOffset At, string Reason, bool Counts, bool MaybeDelivered) : Settlement;

    /// <summary>A dead letter: kept, with the reason, for a person.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Kind">Whose fault it is; null when it was tried for too long.</param>
    /// <param name="MaybeDelivered">True when one of the attempts may have got through after all.</param>
    public sealed record Dead(string Reason, RefusalKind? Kind, bool MaybeDelivered) : Settlement;
}

/// <summary>
/// Delivers what one channel has to deliver. Each channel has a lane of its own, so that a mail server that is dead for a day holds up its own mails and nothing else:
/// while <see cref="PausedUntil"/> is set, nothing should be claimed for it, and no message uses up an attempt.
/// </summary>
public sealed partial class ChannelLane(IMessageChannel channel, RetrySchedule schedule, int atATime, TimeProvider time, ILogger<ChannelLane> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private TimeSpan pause = TimeSpan.Zero;
    private DateTimeOffset? pausedUntil;

    /// <summary>The channel.</summary>
    public IMessageChannel Channel { get; } = channel;

    /// <summary>Until when nothing can be delivered; null when the lane is open. The time is looked at when this is read.</summary>
    public DateTimeOffset? PausedUntil
    {
        get
        {
            lock (gate) return pausedUntil > time.GetUtcNow() ? pausedUntil : null;
        }
    }

    /// <summary>Delivers messages, several at a time, and hands each one's settlement over as soon as it is known, so that a kill leaves as few as possible in doubt.</summary>
    /// <param name="claimed">What to deliver.</param>
    /// <param name="settle">Writes the settlement; called from several threads.</param>
    /// <param name="ct">Stops it; what was not begun is left unsettled.</param>
    public Task Deliver(IReadOnlyList<ClaimedMessage> claimed, Func<ClaimedMessage, Settlement, CancellationToken, Task> settle, CancellationToken ct) => Parallel.ForEachAsync(
        claimed,
        new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = ct },
        async (one, token) => await settle(one, await Deliver(one, token), token));

    /// <summary>Delivers one message.</summary>
    public async Task<Settlement> Deliver(ClaimedMessage claimed, CancellationToken ct)
    {
        if (PausedUntil is { } until) return new Settlement.Again(until, $"{Channel.Name} is paused.", Counts: false, claimed.MaybeDelivered);
        SendResult result;
        try
        {
            result = await Channel.Send(claimed.Message, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of a channel must not stop the other messages; how far it had got is not known.
            Unforeseen(log, e, Channel.Name, claimed.Message.Key.Value);
            result = new SendResult.Unknown($"{Channel.Name} failed unforeseen: {e.GetType().Name}. See the log.");
        }

        return Settle(claimed, result, time.GetUtcNow());
    }

    private Settlement Settle(ClaimedMessage claimed, SendResult result, DateTimeOffset now)
    {
        var inDoubt = claimed.MaybeDelivered && !Channel.HonoursKeys;
        switch (result)
        {
            case SendResult.Delivered delivered:
                Reopen();
                return new Settlement.Delivered(delivered.ProviderId, inDoubt);
            case SendResult.Refused refused:
                Reopen();
                return new Settlement.Dead(refused.Reason, refused.Kind, inDoubt);
            case SendResult.ChannelDown down:
                return new Settlement.Again(Pause(down, now), down.Reason, Counts: false, claimed.MaybeDelivered);
            case SendResult.Retry retry:
                return Again(claimed, retry.Reason, retry.NotBefore, claimed.MaybeDelivered, now);
            case SendResult.Unknown unknown:
                // To send it again may send it twice, not to may lose it. Not lost goes first; the doubt is written down.
                return Again(claimed, unknown.Reason, null, maybeDelivered: true, now);
            default:
                throw new InvalidOperationException($"No such result: {result}");
        }
    }

    private Settlement Again(ClaimedMessage claimed, string reason, DateTimeOffset? notBefore, bool maybeDelivered, DateTimeOffset now) =>
        schedule.Next(claimed.Message.Key, claimed.Attempts + 1, claimed.FirstAt ?? now, notBefore, now) is { } next
            ? new Settlement.Again(next, reason, Counts: true, maybeDelivered)
            : new Settlement.Dead($"Given up after {claimed.Attempts + 1} attempts: {reason}", null, maybeDelivered && !Channel.HonoursKeys);

    private DateTimeOffset Pause(SendResult.ChannelDown down, DateTimeOffset now)
    {
        DateTimeOffset until;
        lock (gate)
        {
            // Several attempts that were on their way together are one failure.
            if (pausedUntil > now) return pausedUntil.Value;
            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
            until = now + pause;
            if (down.NotBefore > until) until = down.NotBefore.Value;
            pausedUntil = until;
        }

        Paused(log, Channel.Name, until, down.Reason);
        return until;
    }

    private void Reopen()
    {
        lock (gate) (pause, pausedUntil) = (TimeSpan.Zero, null);
    }

    [LoggerMessage(1301, LogLevel.Warning, "Channel {Channel} is paused until {Until:u}, its messages wait: {Reason}")]
    private static partial void Paused(ILogger log, string channel, DateTimeOffset until, string reason);

    [LoggerMessage(1302, LogLevel.Error, "Channel {Channel} failed on message {Key}; it is tried again, marked as perhaps delivered")]
    private static partial void Unforeseen(ILogger log, Exception failure, string channel, string key);
}
