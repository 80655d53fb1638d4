namespace IntegrationHub.Matching.Learning;

/// <summary>What became of a set of records.</summary>
/// <param name="Partition">Their clusters, and the pairs for a person.</param>
/// <param name="Pairs">The pairs that were weighed.</param>
/// <param name="Hubs">Values that were left out of the comparison, since too many share them.</param>
/// <param name="Learnt">The model that they were weighed with.</param>
/// <param name="Equal">Groups of records equal in all that is compared, of which as many as a block may have were compared for all of the group; the largest first.</param>
public sealed record Resolved(ClusterResult Partition, MatchedPairs Pairs, IReadOnlyList<HubValue> Hubs, LearntModel Learnt, IReadOnlyList<EqualGroup> Equal);

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
        var equal = EqualRecords.Of(table, start.BlockCap, ct);
        var compared = equal is null ? table : table.Only(equal.Kept);
        var blocks = Blocks.Of(compared, start, wide: true, ct);
        stage("Score");
        var learnt = ModelLearner.Learn(compared, blocks, start, ct);
        var pairs = Matcher.Weigh(compared, blocks, learnt.Model, ct);
        stage("Cluster");
        var partition = Clusters.Partition(compared, pairs.Edges, [], learnt.Model, ct);
        return equal is null
            ? new Resolved(partition, pairs, hubs, learnt, [])
            : new Resolved(equal.All(partition, table.Count), equal.All(pairs), hubs, learnt, equal.Groups);
    }
}
