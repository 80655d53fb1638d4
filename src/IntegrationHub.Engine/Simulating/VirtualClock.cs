namespace IntegrationHub.Engine.Simulating;

/// <summary>A clock that goes as the system's until it is moved; from then on it stands, and goes on only when it is moved again. Timers run in real time.</summary>
public sealed class VirtualClock : TimeProvider
{
    private long standsAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Interlocked.Read(ref standsAt) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : System.GetUtcNow();

    /// <summary>Moves it forward to a time; a time that is past leaves it where it is.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        var now = GetUtcNow();
        Interlocked.Exchange(ref standsAt, (time > now ? time : now).UtcTicks);
    }
}
