namespace IntegrationHub.Measuring;

/// <summary>30, 30, 30, 10.</summary>
public static class WShaped
{
    /// <summary>
    /// The model. The middle peak is the last touch before the contact became an opportunity (<see cref="TouchSequence.Milestones"/>); where it did not, or where the first or the last touch was the one,
    /// it is the middle touch. Of up to three touches each has the same.
    /// </summary>
    public static AttributionModel Model { get; } = AttributionModel.ByPosition("w", "W-shaped",
        "30 % each to the first message, to the one before the contact became an opportunity (deal, meeting, demo, trial; else the middle one), and to the last; 10 % among the rest.", (sequence, _) =>
    {
        var touches = sequence.Touches;
        if (touches.Length <= 3) return [.. touches.Select(_ => 1d)];
        var before = sequence.MilestoneAt is { } at ? touches.Count(t => t.At <= at) - 1 : 0;
        var middle = before > 0 && before < touches.Length - 1 ? before : (touches.Length - 1) / 2;
        return [.. touches.Select((_, i) => i == 0 || i == middle || i == touches.Length - 1 ? 0.3 : 0.1 / (touches.Length - 3))];
    });
}
