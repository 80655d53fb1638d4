using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>A pair of a cluster's records, with its evidence.</summary>
/// <param name="A">The one record, by its place among the cluster's.</param>
/// <param name="B">The other.</param>
/// <param name="Decided">True where a person said that the two are one.</param>
/// <param name="Holds">True for a tie of the tree that connects all records; the others only support it.</param>
/// <param name="Contradicts">True where the pair by itself would wait for a person.</param>
/// <param name="Evidence">Why the pair has its weight.</param>
public sealed record ExplainedTie(int A, int B, bool Decided, bool Holds, bool Contradicts, PairExplanation Evidence);

/// <summary>Why records are one cluster.</summary>
/// <param name="Records">The records' source keys, by place.</param>
/// <param name="Ties">What holds them together.</param>
/// <param name="Explained">The tree's ties and the strongest further ones with their evidence, in the order of <paramref name="Ties"/>; at most <see cref="MostFurther"/> further ones.</param>
/// <param name="Contradictions">Pairs that speak so clearly against it that they would wait for a person by themselves.</param>
/// <param name="Sentence">The plain words for a person.</param>
public sealed record ClusterExplanation(
    ImmutableArray<SourceKey> Records, ClusterTies Ties, ImmutableArray<ExplainedTie> Explained, ImmutableArray<ExplainedTie> Contradictions, string Sentence)
{
    /// <summary>Of so many further ties the evidence is told; a thousand records have half a million.</summary>
    public const int MostFurther = 200;

    // Groups are named by so many of their records.
    private const int MostNamed = 3;

    /// <summary>Explains a cluster.</summary>
    /// <param name="table">Its records and no others.</param>
    /// <param name="keys">Their source keys.</param>
    /// <param name="edges">The edges among them, between places of the table.</param>
    /// <param name="decisions">The words on pairs of them.</param>
    /// <param name="model">The model that weighed them.</param>
    /// <param name="ct">Stops it.</param>
    public static ClusterExplanation Of(MatchTable table, IReadOnlyList<SourceKey> keys, IReadOnlyList<Edge> edges, IReadOnlyList<DecidedPair> decisions, MatchModel model, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        var groups = new GroupScorer(scorer);
        var ties = ClusterTies.Of(table.Count, edges, decisions);
        bool Contradicts(int a, int b) => groups.Weigh([a], [b]).Contradicts;
        ExplainedTie Explain(int a, int b, bool decided, bool holds) => new(a, b, decided, holds, Contradicts(a, b), scorer.Explain(a, b));

        var words = decisions.Where(d => d.Same).Select(d => (Math.Min(d.A, d.B), Math.Max(d.A, d.B))).ToHashSet();
        var against = ImmutableArray.CreateBuilder<ExplainedTie>();
        for (var a = 0; a < table.Count; a++)
        {
            ct.ThrowIfCancellationRequested();
            for (var b = a + 1; b < table.Count; b++)
                if (Contradicts(a, b)) against.Add(Explain(a, b, words.Contains((a, b)), ties.Tree.Any(t => (t.A, t.B) == (a, b))));
        }

        ImmutableArray<ExplainedTie> explained = [.. ties.Tree.Select(t => Explain(t.A, t.B, t.Decided, true)), .. ties.Further.Take(MostFurther).Select(t => Explain(t.A, t.B, t.Decided, false))];
        var (records, contradictions) = (keys.ToImmutableArray(), against.ToImmutable());
        return new ClusterExplanation(records, ties, explained, contradictions, SentenceOf(records, ties, ties.Tree.IsEmpty ? null : explained[ties.Tree.Length - 1], contradictions));
    }

    private static string SentenceOf(ImmutableArray<SourceKey> records, ClusterTies ties, ExplainedTie? holding, ImmutableArray<ExplainedTie> contradictions)
    {
        if (records.Length == 1) return "One record by itself: nothing was to be joined.";
        if (holding is null) return $"No tie is stored between {Named(records, Enumerable.Range(0, records.Length))}; the next sync matches them again.";
        var (a, b) = (records[holding.A], records[holding.B]);
        var agreeing = PairScorer.Agreeing(holding.Evidence.Levels);
        var why = holding.Decided ? "a person said that they are one"
            : agreeing.Count > 0 ? string.Join(", ", agreeing)
            : "nothing much by itself";
        var sentence = $"Held together by {a} and {b}: {why}";
        sentence += ties.Beside.Length switch
        {
            0 when records.Length == 2 => "; without it there would be two single records.",
            0 => $"; without it there would be two groups: {Named(records, ties.Left)} | {Named(records, ties.Right)}.",
            var more => $", and by {(more == 1 ? "one weaker tie" : $"{more.ToString("N0", CultureInfo.InvariantCulture)} weaker ties")} between {Named(records, ties.Left)} | {Named(records, ties.Right)}.",
        };
        if (ties.Parts.Length > 1) sentence += $" No tie is stored between {string.Join(" | ", ties.Parts.Select(p => Named(records, p)))}; the next sync matches them again.";
        if (contradictions.Length > 0)
        {
            var (first, more) = (contradictions[0], contradictions.Length - 1);
            var against = PairScorer.Opposing(first.Evidence.Levels);
            sentence += $" Against it: {records[first.A]} and {records[first.B]}{(against.Count > 0 ? $" ({string.Join(", ", against)})" : "")}{(more > 0 ? $" and {more.ToString("N0", CultureInfo.InvariantCulture)} more {(more == 1 ? "pair" : "pairs")}" : "")}.";
        }

        return sentence;
    }

    private static string Named(ImmutableArray<SourceKey> records, IEnumerable<int> some)
    {
        SourceKey[] all = [.. some.Select(i => records[i]).Order()];
        var named = string.Join(", ", all.Take(MostNamed));
        return all.Length > MostNamed ? $"{named} and {(all.Length - MostNamed).ToString("N0", CultureInfo.InvariantCulture)} more" : named;
    }
}
