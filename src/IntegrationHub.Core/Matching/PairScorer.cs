using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// Weighs pairs of a table's records. Each comparison has a level; each level has a probability in five classes of pairs: the same contact, a household, namesakes, colleagues, strangers.
/// The weight is the log-odds of the first against the other four together, so that what a household, a common name or an employer shares is evidence for the group only.
/// For one thread; others take a <see cref="Twin"/>.
/// </summary>
/// <remarks>Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), with rival classes for the unmatched pairs.</remarks>
public sealed class PairScorer
{
    private const string Calibration = "calibration";

    private readonly MatchModel model;
    private readonly MatchTable table;
    private readonly PairComparer comparer;
    private readonly float[] given;
    private readonly float[] last;

    /// <summary>A scorer of the table's records under a model of their kind.</summary>
    public PairScorer(MatchModel model, MatchTable table)
        : this(
            model, table, Frequencies(table, Column.Given, model.GivenFrequency),
            table.Kind == EntityKind.Contact ? Frequencies(table, Column.Last, model.LastFrequency) : Frequencies(table, Column.Company, model.CompanyWords.Frequency))
    {
    }

    private PairScorer(MatchModel model, MatchTable table, float[] given, float[] last)
    {
        (this.model, this.table, this.given, this.last) = (model, table, given, last);
        comparer = new PairComparer(table, model.CompanyWords);
        (PriorWeight, PriorLogs) = (model.Priors.Weight, model.Priors.Logs());
    }

    private delegate double FrequencyOf(ReadOnlySpan<char> name);

    /// <summary>The same scorer for another thread.</summary>
    public PairScorer Twin() => new(model, table, given, last);

    /// <summary>The pair's weight in bits, prior included. The same whichever record comes first.</summary>
    public double Weight(int a, int b) => Stated(Odds(comparer.Compare(a, b), a).Weight);

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
                LevelNames.NameOf(comparison), Shown(comparison, a), Shown(comparison, b), LevelNames.Of(comparison)[pattern[comparison]], level[PairClass.Same], level[PairClass.Same] / Math.Pow(2, weight), weight));
            odds = after;
        }

        var total = Stated(odds.Weight);
        if (total - odds.Weight is var shift && Math.Abs(shift) > 1e-12)
            evidence.Add(new LevelEvidence(Calibration, null, null, "pairs like this", Math.Min(1, Math.Pow(2, shift)), Math.Min(1, Math.Pow(2, -shift)), shift));
        return new PairExplanation(model.Priors.Weight, evidence.ToImmutable(), total, 1 / (1 + Math.Pow(2, -total)), Sentence(evidence));
    }

    /// <summary>A weight as the model's calibration states it.</summary>
    internal double Stated(double weight) => model.Calibration.Of(weight);

    /// <summary>The levels that the pair reaches.</summary>
    internal PairPattern Compare(int a, int b) => comparer.Compare(a, b);

    /// <summary>The chances of the classes for a pair with these levels, prior included; <paramref name="record"/> is either of the two.</summary>
    internal ClassOdds Odds(PairPattern pattern, int record)
    {
        var odds = model.Priors;
        for (var bits = pattern.Bits; bits != 0;)
        {
            var comparison = PairPattern.First(bits);
            bits = PairPattern.Without(bits, comparison);
            odds *= OddsOf(comparison, pattern, record);
        }

        return odds;
    }

    /// <summary>What the records are.</summary>
    internal EntityKind Kind => table.Kind;

    /// <summary>The weight of a pair of which nothing is known, in bits.</summary>
    internal double PriorWeight { get; }

    /// <summary>log2 of the chances of the classes for such a pair.</summary>
    internal ClassOdds PriorLogs { get; }

    /// <summary>log2 of what one comparison says of a pair with these levels.</summary>
    internal ClassOdds Logs(Comparison comparison, PairPattern pattern, int record) => OddsOf(comparison, pattern, record).Logs();

    /// <summary>The frequency of a record's given name.</summary>
    internal double GivenFrequency(int record) => given[GivenOf(record)];

    /// <summary>The frequency of a record's last name; of a company its name.</summary>
    internal double LastFrequency(int record) => last[table[record][(int)(table.Kind == EntityKind.Contact ? Column.Last : Column.Company)]];

    private ClassOdds OddsOf(Comparison comparison, PairPattern pattern, int record)
    {
        var level = model.Odds(comparison, pattern[comparison]);
        if (!level.TakesFrequency) return level.Classes;
        return level.With(comparison == Comparison.GivenName ? GivenFrequency(record) : LastFrequency(record));
    }

    private int GivenOf(int record) => table[record][(int)Column.Given] is var name and not 0 ? name : table[record][(int)Column.Nickname];

    private static float[] Frequencies(MatchTable table, Column column, FrequencyOf frequency)
    {
        var names = table.ValuesOf(column);
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
            Comparison.LegalForm => Text(Column.Suffix),
            _ => Text(Column.JobTitle),
        };
        return shown.Length == 0 ? null : shown;
    }

    /// <summary>In words what speaks for the pair, the strongest first.</summary>
    internal static IReadOnlyList<string> Agreeing(IEnumerable<LevelEvidence> evidence) =>
        [.. evidence.Where(e => e.Comparison != Calibration && e.Weight > 0.5).OrderByDescending(e => e.Weight).Select(Phrase)];

    /// <summary>In words what speaks against it, the strongest first.</summary>
    internal static IReadOnlyList<string> Opposing(IEnumerable<LevelEvidence> evidence) =>
        [.. evidence.Where(e => e.Comparison != Calibration && e.Weight < -0.5).OrderBy(e => e.Weight).Select(Phrase)];

    private static string Sentence(IReadOnlyList<LevelEvidence> evidence)
    {
        var (agree, against) = (Agreeing(evidence), Opposing(evidence));
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
