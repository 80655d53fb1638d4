namespace IntegrationHub.Measuring;

/// <summary>40, 20, 40.</summary>
public static class UShaped
{
    /// <summary>The model. Of two touches each has half; one has all.</summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("u", "U-shaped", "40 % each to the first and the last message, 20 % among those between.", (sequence, _) =>
    {
        var count = sequence.Touches.Length;
        return count < 3 ? [.. sequence.Touches.Select(_ => 1d)] : [.. sequence.Touches.Select((_, i) => i == 0 || i == count - 1 ? 0.4 : 0.2 / (count - 2))];
    });
}
