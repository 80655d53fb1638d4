using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>
/// Weighs a pair of records. Each comparison has a level; each level has a probability in four classes of pairs: the same contact, a household, colleagues, strangers.
/// The weight is the log-odds of the first against the other three together, so that what a household or an employer shares is evidence for the group only.
/// </summary>
/// <remarks>Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), with rival classes for the unmatched pairs.</remarks>
public sealed class PairScorer(MatchModel model)
{
    /// <summary>The pair's weight in bits, prior included. The same whichever record comes first.</summary>
    public double Weight(MatchRecord a, MatchRecord b)
    {
        var odds = model.Priors;
        var compared = new Levels();
        Comparisons.Compare(a, b, model, ref compared);
        foreach (var level in compared.Span) odds *= level.Odds;
        return odds.Weight;
    }

    // Just under what Clusters takes for a contradiction: such a pair is left to a person.
    private const double MostOfTwoGenerations = -3.5;

    /// <summary>
    /// What the levels alone say, in bits: the weight without the prior. About 0 for a pair that has nothing to compare, negative for one that contradicts.
    /// Father and son agree in nearly all else, so a pair of two generations is at most a little negative, unless it has one national id or one mailbox of its own.
    /// </summary>
    public double Evidence(MatchRecord a, MatchRecord b)
    {
        var odds = model.Priors;
        var compared = new Levels();
        Comparisons.Compare(a, b, model, ref compared);
        var (against, identified) = (false, false);
        foreach (var level in compared.Span)
        {
            odds *= level.Odds;
            against |= level is { Comparison: "suffix", Level: "differs" } or { Level: "a generation apart" };
            identified |= level is { Comparison: "national id" or "e-mail", Level: "exact" };
        }

        var bits = odds.Weight - model.Priors.Weight;
        return against && !identified ? Math.Min(bits, MostOfTwoGenerations) : bits;
    }

    /// <summary>Why the pair has its weight.</summary>
    public PairExplanation Explain(MatchRecord a, MatchRecord b)
    {
        var odds = model.Priors;
        var compared = new Levels();
        Comparisons.Compare(a, b, model, ref compared);
        var evidence = ImmutableArray.CreateBuilder<LevelEvidence>(compared.Span.Length);
        foreach (var level in compared.Span)
        {
            var after = odds * level.Odds;
            var weight = after.Weight - odds.Weight;

            // u as the rivals that are left see it, so that log2(m/u) is the step.
            var (left, right) = (Comparisons.ValueOf(level.Comparison, a), Comparisons.ValueOf(level.Comparison, b));
            evidence.Add(new LevelEvidence(level.Comparison, left, right, level.Level, level.Odds.Same, level.Odds.Same / Math.Pow(2, weight), weight));
            odds = after;
        }

        var total = odds.Weight;
        return new PairExplanation(model.Priors.Weight, evidence.ToImmutable(), total, 1 / (1 + Math.Pow(2, -total)), Sentence(evidence));
    }

    private static string Sentence(IReadOnlyList<LevelEvidence> evidence)
    {
        var agree = evidence.Where(e => e.Weight > 0.5).OrderByDescending(e => e.Weight).Select(Phrase).ToList();
        var against = evidence.Where(e => e.Weight < -0.5).OrderBy(e => e.Weight).Select(Phrase).ToList();
        if (agree.Count == 0 && against.Count == 0) return "The two have too little in common to compare.";
        var first = agree.Count == 0 ? "Nothing speaks for it" : $"For it: {string.Join(", ", agree)}";
        return against.Count == 0 ? $"{first}. Nothing speaks against it." : $"{first}. Against it: {string.Join(", ", against)}.";
    }

    private static string Phrase(LevelEvidence e) => e.Level switch
    {
        "exact" or "agrees" => $"same {e.Comparison}",
        "differs" => $"different {e.Comparison}",
        "missing" => $"no {e.Comparison}",
        "a generation apart" => "birth dates a generation apart",
        _ => $"{e.Comparison}: {e.Level}",
    };
}

/// <summary>One comparison's outcome.</summary>
internal readonly record struct ReachedLevel(string Comparison, string Level, ClassOdds Odds);

/// <summary>The outcomes of one pair, without an allocation.</summary>
internal ref struct Levels
{
    private LevelBuffer buffer;
    private int count;

    public void Add(ReachedLevel level) => buffer[count++] = level;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<ReachedLevel> Span => ((ReadOnlySpan<ReachedLevel>)buffer)[..count];

    [System.Runtime.CompilerServices.InlineArray(16)]
    private struct LevelBuffer
    {
        private ReachedLevel first;
    }
}
