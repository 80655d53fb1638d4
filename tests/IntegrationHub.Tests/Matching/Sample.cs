using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Matching;

/// <summary>Hand-made clean records, and what the matching makes of them.</summary>
internal static class Sample
{
    // The pipeline's population: what merges here merges there.
    public static MatchModel Model { get; } = MatchModel.BuiltIn(EntityKind.Contact).For(100_000);

    public static PairScorer Scorer { get; } = new(Model);

    public static MatchRecord Contact(string id, params (Field Field, string Value)[] values) =>
        MatchRecord.From(new CleanRecord(new SourceKey("crm", Streams.Contacts, id), EntityKind.Contact, Values(values), [], [], null));

    public static MatchRecord Company(string id, params (Field Field, string Value)[] values) =>
        MatchRecord.From(new CleanRecord(new SourceKey("crm", Streams.Companies, id), EntityKind.Company, Values(values), [], [], null));

    /// <summary>The auto clusters of records in any order, as sets of external ids in the order of their keys.</summary>
    public static string Clusters(IEnumerable<MatchRecord> records, MatchModel? model = null)
    {
        var (sorted, partition) = Partition(records, model ?? Model);
        return Text(sorted, partition.Auto);
    }

    public static (MatchRecord[] Sorted, ClusterResult Partition) Partition(IEnumerable<MatchRecord> records, MatchModel model)
    {
        MatchRecord[] sorted = [.. records.OrderBy(r => r.Key)];
        var scorer = new PairScorer(model);
        var pairs = Matcher.Weigh(sorted, Matcher.Block(sorted, model, default), model, null, default);
        var nodes = Enumerable.Range(0, sorted.Length).Select(i => (long)i).ToArray();
        return (sorted, IntegrationHub.Matching.Clusters.Partition(nodes, pairs.Edges, [], (a, b) => scorer.Evidence(sorted[(int)a], sorted[(int)b]), model));
    }

    public static string Text(MatchRecord[] sorted, IReadOnlyDictionary<long, long> partition) =>
        string.Join(" | ", partition.GroupBy(p => p.Value).OrderBy(g => g.Key).Select(g => string.Join(' ', g.Select(p => p.Key).Order().Select(n => sorted[n].Key.ExternalId))));

    private static FieldValues Values((Field Field, string Value)[] values)
    {
        var builder = new FieldValues.Builder();
        foreach (var (field, value) in values) builder[field] = value;
        return builder.Build();
    }
}
