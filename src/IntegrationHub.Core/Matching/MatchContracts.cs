using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>A blocking key: two records are a candidate pair when they share one.</summary>
/// <param name="Rule">The blocking rule's number in the model.</param>
/// <param name="Hash">Stable 64-bit hash of the rule's key text.</param>
public readonly record struct MatchKey(int Rule, long Hash);

/// <summary>A person's (or a rule's) durable word on a pair; no later run overrides it.</summary>
/// <param name="A">The smaller key.</param>
/// <param name="B">The greater key.</param>
/// <param name="Same">True: one and the same. False: never to be joined, not through others either.</param>
public sealed record PairDecision(SourceKey A, SourceKey B, bool Same);

/// <summary>A candidate pair that scored above the model's floor.</summary>
/// <param name="A">Index or id of the one record; the smaller.</param>
/// <param name="B">Index or id of the other; the greater.</param>
/// <param name="Weight">Total match weight in bits: log2 of the odds that the two are one.</param>
public readonly record struct Edge(long A, long B, double Weight)
{
    /// <summary>Match probability in [0, 1].</summary>
    public double Probability => 1 / (1 + Math.Pow(2, -Weight));

    /// <summary>The order in which edges count: the heaviest first, then by their records.</summary>
    internal static System.Comparison<Edge> HeaviestFirst { get; } =
        static (x, y) => x.Weight != y.Weight ? y.Weight.CompareTo(x.Weight) : x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B);
}

/// <summary>One comparison of an explained pair.</summary>
/// <param name="Comparison">What was compared: <c>email</c>, <c>given name</c>.</param>
/// <param name="Left">The one record's value; null where it has none.</param>
/// <param name="Right">The other's.</param>
/// <param name="Level">The comparison level's name: <c>exact</c>, <c>nickname</c>, <c>differs</c>, <c>missing</c>.</param>
/// <param name="M">P(level | same), in (0, 1].</param>
/// <param name="U">P(level | different), in (0, 1].</param>
/// <param name="Weight">What it adds in bits, term frequency included.</param>
public sealed record LevelEvidence(string Comparison, string? Left, string? Right, string Level, double M, double U, double Weight);

/// <summary>Why a pair has its weight: the levels sum to the weight, with the prior.</summary>
/// <param name="Prior">The weight before any evidence, in bits.</param>
/// <param name="Levels">The comparisons, in the model's order.</param>
/// <param name="Weight">The total, in bits.</param>
/// <param name="Probability">The same as a probability.</param>
/// <param name="Sentence">The plain words for a person: what agrees, what speaks against it.</param>
public sealed record PairExplanation(double Prior, ImmutableArray<LevelEvidence> Levels, double Weight, double Probability, string Sentence);
