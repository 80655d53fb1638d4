namespace IntegrationHub.Measuring;

/// <summary>The same to each.</summary>
public static class Linear
{
    /// <summary>The model.</summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("linear", "Linear", "The same share to each message before the order.",
        (sequence, _) => [.. sequence.Touches.Select(_ => 1d)]);
}
