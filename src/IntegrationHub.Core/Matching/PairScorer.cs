using System.Collections.Immutable;

namespace IntegrationHub.Matching;

/// <summary>
/// Weighs pairs of a table's records. Each comparison has a level; each level has a probability in four classes of pairs: the same contact, a household, colleagues, strangers.
/// The weight is the log-odds of the first against the other three together, so that what a household or an employer shares is evidence for the group only.
/// For one thread; others take a <see cref="Twin"/>.
/// </summary>
/// <remarks>Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), with rival classes for the unmatched pairs.</remarks>
public sealed class PairScorer
{
    // Just under what Clusters takes for a contradiction: such a pair is left to a person.
    private const double MostOfTwoGenerations = -3.5;

    private readonly MatchModel model;
    private readonly MatchTable table;
    private readonly PairComparer comparer;
    private readonly float[] given;
    private readonly float[] last;
    private readonly double priorWeight;

    /// <summary>A scorer of the table's records under a model of their kind.</summary>
    public PairScorer(MatchModel model, MatchTable table)
        : this(model, table, Frequencies(table, model.GivenFrequency), Frequencies(table, model.LastFrequency))
    {
    }

    private PairScorer(MatchModel model, MatchTable table, float[] given, float[] last)
    {
        (this.model, this.table, this.given, this.last) = (model, table, given, last);
        comparer = new PairComparer(table);
        priorWeight = model.Priors.Weight;
    }

    private delegate double FrequencyOf(ReadOnlySpan<char> name);

    /// <summary>The same scorer for another thread.</summary>
    public PairScorer Twin() => new(model, table, given, last);

    /// <summary>The pair's weight in bits, prior included. The same whichever record comes first.</summary>
    public double Weight(int a, int b) => Odds(comparer.Compare(a, b), a).Weight;

    /// <summary>
    /// What the levels alone say, in bits: the weight without the prior. About 0 for a pair that has nothing to compare, negative for one that contradicts.
    /// Father and son agree in nearly all else, so a pair of two generations is at most a little negative, unless it has one national id or one mailbox of its own.
    /// </summary>
    public double Evidence(int a, int b)
    {
        var pattern = comparer.Compare(a, b);
        var bits = Odds(pattern, a).Weight - priorWeight;
        var against = pattern[Comparison.Suffix] == (int)SuffixLevel.Differs || pattern[Comparison.BirthDate] == (int)BirthLevel.GenerationApart;
        var identified = pattern[Comparison.NationalId] == (int)IdLevel.Exact || pattern[Comparison.Email] == (int)EmailLevel.Exact;
        return against && !identified ? Math.Min(bits, MostOfTwoGenerations) : bits;
    }

    /// <summary>Why the pair has its weight.</summary>
    public PairExplanation Explain(int a, int b)
    {
        var pattern = comparer.Compare(a, b);
        var odds = model.Priors;
        var evidence = ImmutableArray.CreateBuilder<LevelEvidence>();
        foreach (var comparison in Enum.GetValues<Comparison>())
        {
            if (pattern[comparison] == 0) continue;
            var level = OddsOf(comparison, pattern, a);
            var after = odds * level;
            var weight = after.Weight - odds.Weight;

            // u as the rivals that are left see it, so that log2(m/u) is the step.
            evidence.Add(new LevelEvidence(
                LevelNames.NameOf(comparison), Shown(comparison, a), Shown(comparison, b), LevelNames.Of(comparison)[pattern[comparison]], level.Same, level.Same / Math.Pow(2, weight), weight));
            odds = after;
        }

        var total = odds.Weight;
        return new PairExplanation(model.Priors.Weight, evidence.ToImmutable(), total, 1 / (1 + Math.Pow(2, -total)), Sentence(evidence));
    }

    /// <summary>The levels that the pair reaches.</summary>
    internal PairPattern Compare(int a, int b) => comparer.Compare(a, b);

    /// <summary>The chances of the classes for a pair with these levels, prior included; <paramref name="record"/> is either of the two.</summary>
    internal ClassOdds Odds(PairPattern pattern, int record)
    {
        var odds = model.Priors;
        var bits = pattern.Bits;
        while (bits != 0)
        {
            var comparison = (Comparison)(System.Numerics.BitOperations.TrailingZeroCount(bits) / 4);
            odds *= OddsOf(comparison, pattern, record);
            bits &= ~(0xFUL << ((int)comparison * 4));
        }

        return odds;
    }

    private ClassOdds OddsOf(Comparison comparison, PairPattern pattern, int record)
    {
        var level = model.Odds(comparison, pattern[comparison]);
        if (!level.TakesFrequency) return level.Classes;
        return level.With(comparison == Comparison.GivenName ? given[GivenOf(record)] : last[table[record][(int)Column.Last]]);
    }

    private int GivenOf(int record) => table[record][(int)Column.Given] is var name and not 0 ? name : table[record][(int)Column.Nickname];

    private static float[] Frequencies(MatchTable table, FrequencyOf frequency)
    {
        var names = table.ValuesOf(Column.Given);
        var all = new float[names.Count];
        for (var code = 1; code < all.Length; code++) all[code] = (float)frequency(names[code]);
        return all;
    }

    /// <summary>The value that a comparison looked at; null where the record has none.</summary>
    private string? Shown(Comparison comparison, int record)
    {
        string Text(Column column) => table.Text(column, record).ToString();
        var shown = comparison switch
        {
            Comparison.GivenName => Text(Column.Given) is { Length: > 0 } name ? name : Text(Column.Nickname),
            Comparison.LastName => Text(Column.Last),
            Comparison.MiddleName => Text(Column.Middle),
            Comparison.Suffix => Text(Column.Suffix),
            Comparison.BirthDate => Text(Column.BirthDate),
            Comparison.NationalId => Text(Column.NationalId),
            Comparison.Email => Text(Column.EmailLocal) is { Length: > 0 } local ? $"{local}@{Text(Column.EmailDomain)}" : "",
            Comparison.Phone => Text(Column.Phone),
            Comparison.Address => string.Join(' ', new[] { Column.StreetNumber, Column.Street, Column.Postcode, Column.City }.Select(Text).Where(p => p.Length > 0)),
            Comparison.Company => Text(Column.Company),
            Comparison.Domain => Text(Column.Domain),
            _ => Text(Column.JobTitle),
        };
        return shown.Length == 0 ? null : shown;
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
        "a generation apart" => "birth dates a generation apart",
        _ => $"{e.Comparison}: {e.Level}",
    };
}
