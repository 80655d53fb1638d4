using System.Collections.Immutable;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Matching;

/// <summary>Hand-made clean records, and what the matching makes of them.</summary>
internal static class Sample
{
    // The pipeline's population: what merges here merges there.
    public static MatchModel Model { get; } = MatchModel.BuiltIn(EntityKind.Contact).For(100_000);

    public static double Weight(MatchRecord a, MatchRecord b, MatchModel? model = null) => Scorer(a, b, model).Weight(0, 1);

    public static PairExplanation Explain(MatchRecord a, MatchRecord b) => Scorer(a, b, null).Explain(0, 1);

    public static ImmutableArray<MatchKey> KeysOf(MatchRecord record) => Blocking.KeysOf(MatchTable.Of(record.Kind, [record]), 0);

    public static MatchedPairs Weigh(IReadOnlyList<MatchRecord> records, MatchModel model)
    {
        var table = MatchTable.Of(model.Kind, records);
        return Matcher.Weigh(table, Blocks.Of(table, model, wide: false, default), model, default);
    }

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
        var table = MatchTable.Of(model.Kind, sorted);
        var pairs = Matcher.Weigh(table, Blocks.Of(table, model, wide: false, default), model, default);
        return (sorted, IntegrationHub.Matching.Clusters.Partition(table, pairs.Edges, [], model, default));
    }

    public static string Text(MatchRecord[] sorted, int[] partition) =>
        string.Join(" | ", partition.Select((least, i) => (least, i)).GroupBy(p => p.least).OrderBy(g => g.Key).Select(g => string.Join(' ', g.Select(p => sorted[p.i].Key.ExternalId))));

    private static PairScorer Scorer(MatchRecord a, MatchRecord b, MatchModel? model) => new(model ?? Model, MatchTable.Of(a.Kind, [a, b]));

    private static FieldValues Values((Field Field, string Value)[] values)
    {
        var builder = new FieldValues.Builder();
        foreach (var (field, value) in values) builder[field] = value;
        return builder.Build();
    }
}
