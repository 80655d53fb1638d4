namespace IntegrationHub.Measuring;

/// <summary>More to what was sent later.</summary>
public static class TimeDecay
{
    /// <summary>The model: a touch one half-life before another counts half as much, whenever the order comes.</summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("time-decay", "Time-decay", "More to later messages: half as much for each half-life that one was sent earlier.",
        (sequence, settings) => [.. sequence.Touches.Select(t => Math.Pow(2, -((sequence.Touches[^1].At - t.At) / settings.HalfLife)))]);
}
