namespace IntegrationHub.Sandbox.World;

/// <summary>The years that the data spans: five, up to an hour before their end, so that nothing in it is fresh.</summary>
public sealed class Years(DateTimeOffset asOf)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(5 * 365);

    /// <summary>The last instant at which something may have happened.</summary>
    public DateTimeOffset End { get; } = asOf.AddHours(-1);

    /// <summary>The first instant.</summary>
    public DateTimeOffset Start => End - Span;

    /// <summary>The instant at a share of the span.</summary>
    public DateTimeOffset At(double share) => Start.AddMilliseconds(Math.Floor(share * Span.TotalMilliseconds));
}
