namespace IntegrationHub.Measuring;

/// <summary>How far back an order looks, and how fast a touch fades.</summary>
/// <param name="LookBack">Touches within this time before an order share in it; earlier ones do not.</param>
/// <param name="HalfLife">With time-decay: a touch so much earlier counts half.</param>
public sealed record AttributionSettings(TimeSpan LookBack, TimeSpan HalfLife)
{
    /// <summary>Thirty days, half after seven.</summary>
    public static AttributionSettings Default { get; } = new(TimeSpan.FromDays(30), TimeSpan.FromDays(7));
}
