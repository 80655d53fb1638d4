namespace IntegrationHub.Matching.Learning;

/// <summary>What became of a set of records.</summary>
/// <param name="Partition">Their clusters, and the pairs for a person.</param>
/// <param name="Pairs">The pairs that were weighed.</param>
/// <param name="Hubs">Values that were left out of the comparison, since too many share them.</param>
/// <param name="Learnt">The model that they were weighed with.</param>
public sealed record Resolved(ClusterResult Partition, MatchedPairs Pairs, IReadOnlyList<HubValue> Hubs, LearntModel Learnt);

/// <summary>Resolves records that come all at once and never again, such as a file's: with a model, hub values and blocking rules of their own.</summary>
public static class Resolver
{
    /// <summary>Finds hub values, learns, weighs and clusters. The same records in the same order give the same result, whatever the number of threads.</summary>
    /// <param name="table">The records, in an order that depends on them alone. Its hub values are muted.</param>
    /// <param name="start">The model to learn from, already for this number of records.</param>
    /// <param name="stage">Is told what begins: <c>Block</c>, <c>Score</c>, <c>Cluster</c>.</param>
    /// <param name="ct">Stops it.</param>
    public static Resolved Resolve(MatchTable table, MatchModel start, Action<string> stage, CancellationToken ct)
    {
        stage("Block");
        var hubs = HubValues.Mute(table);
        var blocks = Blocks.Of(table, start, wide: true, ct);
        stage("Score");
        var learnt = ModelLearner.Learn(table, blocks, start, ct);
        var pairs = Matcher.Weigh(table, blocks, learnt.Model, ct);
        stage("Cluster");
        return new Resolved(Clusters.Partition(table, pairs.Edges, [], learnt.Model, ct), pairs, hubs, learnt);
    }
}
