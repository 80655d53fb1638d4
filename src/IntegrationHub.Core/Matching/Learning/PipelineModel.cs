namespace IntegrationHub.Matching.Learning;

/// <summary>Learns the model of a pipeline, in which records come one at a time and for ever: it is frozen, with the hub values found in the records, until somebody learns again.</summary>
public static class PipelineModel
{
    /// <summary>Learns. The same records in the same order and the same model in force give the same model but for its time, whatever the number of threads.</summary>
    /// <param name="table">The records, in an order that depends on them alone. Their hub values are muted.</param>
    /// <param name="inForce">The model that is followed: its thresholds and block cap stay, its number is raised. What is learnt begins with the built-in model, so that learning twice is learning once.</param>
    /// <param name="now">The time, for the provenance.</param>
    /// <param name="ct">Stops it.</param>
    public static MatchModel Learn(MatchTable table, MatchModel inForce, DateTimeOffset now, CancellationToken ct)
    {
        var start = MatchModel.BuiltIn(table.Kind).WithLimitsOf(inForce).For(table.Count, null);
        var hubs = HubList.Of(HubValues.Mute(table));
        var learnt = ModelLearner.Learn(table, Blocks.Of(table, start, wide: false, ct), start, ct);
        return learnt.Model.AsLearnt(inForce.Number + 1, hubs, new LearntFrom(now, table.Count, learnt.Pairs, learnt.RandomPairs, learnt.Steps, learnt.Converged, learnt.LastChange));
    }
}
