namespace IntegrationHub.Measuring;

/// <summary>All to the first.</summary>
public static class FirstTouch
{
    /// <summary>The model.</summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("first", "First touch", "The whole order to the message that came first: what opens the conversation?",
        (sequence, _) => [.. sequence.Touches.Select((_, i) => i == 0 ? 1d : 0d)]);
}
