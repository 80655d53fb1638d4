namespace IntegrationHub.Measuring;

/// <summary>All to the last.</summary>
public static class LastTouch
{
    /// <summary>The model.</summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("last", "Last touch", "The whole order to the message that came last before it: what closes the sale?",
        (sequence, _) => [.. sequence.Touches.Select((_, i) => i == sequence.Touches.Length - 1 ? 1d : 0d)]);
}
