namespace IntegrationHub.Connect.Http;

/// <summary>At most so many calls within any span of time: the usual "N per ten seconds". Not safe for several threads; its owner locks.</summary>
public sealed class RollingWindow
{
    private readonly Queue<DateTimeOffset> sent = new();
    private DateTimeOffset shutUntil = DateTimeOffset.MinValue;

    /// <summary>Calls allowed within <see cref="Per"/>; null while the vendor has not told.</summary>
    public int? Calls { get; set; }

    /// <summary>The span.</summary>
    public TimeSpan Per { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>No call before this instant, whatever was counted here: others spend from the same account.</summary>
    public void ShutUntil(DateTimeOffset instant)
    {
        if (instant > shutUntil) shutUntil = instant;
    }

    /// <summary>How long from <paramref name="now"/> until one more call is allowed; zero when it is.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        if (shutUntil > now) return shutUntil - now;
        while (sent.TryPeek(out var oldest) && oldest + Per <= now) sent.Dequeue();
        return Calls is { } calls && sent.Count >= Math.Max(1, calls) ? sent.Peek() + Per - now : TimeSpan.Zero;
    }

    /// <summary>Counts one call that is sent at <paramref name="now"/>.</summary>
    public void Count(DateTimeOffset now) => sent.Enqueue(now);
}
