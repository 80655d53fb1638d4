namespace IntegrationHub.Connect.Http;

/// <summary>The source says "not now".</summary>
/// <param name="Wait">How long it wants; null when it does not say, then the pipeline backs off by itself.</param>
/// <param name="Stop">For a person: why waiting within this run is pointless, and when to come back; null when waiting helps.</param>
public sealed record Throttled(TimeSpan? Wait, string? Stop = null);

/// <summary>
/// One vendor's way of limiting, for one account: holds calls back before the limit is reached, and recognises the answers that say it was.
/// One instance serves all calls of a source in this process, so members are called at the same time.
/// </summary>
public abstract class Pace
{
    /// <summary>True when <see cref="Read"/> must see the body of this answer too.</summary>
    public virtual bool NeedsBody(HttpResponseMessage response) => false;

    /// <summary>Waits until one more call may be sent.</summary>
    /// <returns>Disposed when the call has been answered.</returns>
    /// <exception cref="PaceStopsException">No call will be allowed for longer than a run should wait.</exception>
    public abstract ValueTask<IDisposable?> Enter(HttpRequestMessage request, TimeProvider time, CancellationToken ct);

    /// <summary>Learns from an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body where <see cref="NeedsBody"/>, else empty.</param>
    /// <param name="now">When it came.</param>
    /// <returns>Null when the answer does not say "not now".</returns>
    public virtual Throttled? Read(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        response.StatusCode == System.Net.HttpStatusCode.TooManyRequests ? new Throttled(RetryAfter.Of(response, now)) : null;
}

/// <summary>Thrown by a pace that knows that no call will be allowed within this run.</summary>
/// <param name="message">For a person: why, and when to come back.</param>
public sealed class PaceStopsException(string message) : Exception(message);

/// <summary>For systems that tell of their limits by 429 and Retry-After only.</summary>
public sealed class PlainPace : Pace
{
    /// <inheritdoc/>
    public override ValueTask<IDisposable?> Enter(HttpRequestMessage request, TimeProvider time, CancellationToken ct) => new((IDisposable?)null);
}
