using System.Collections.Concurrent;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching.Learning;

/// <summary>What was learnt of a set of records, and from how much.</summary>
/// <param name="Model">The model fitted to them.</param>
/// <param name="Pairs">Candidate pairs that it was learnt from.</param>
/// <param name="RandomPairs">Pairs taken at random, for how often strangers agree.</param>
/// <param name="Steps">Steps of the learning.</param>
/// <param name="Converged">False where the last step still changed a probability by more than the tolerance.</param>
/// <param name="LastChange">The greatest change of a probability in the last step.</param>
public sealed record LearntModel(MatchModel Model, long Pairs, long RandomPairs, int Steps, bool Converged, double LastChange);

/// <summary>
/// Fits a model to records without labels: how often strangers agree from pairs taken at random, how often records of one contact do by expectation maximisation over the candidate
/// pairs, from the given model on and anchored to it, since EM by itself drifts to whatever mixture explains most pairs. Names take the frequencies that they have in the records.
/// The same records give the same model, whatever the number of threads.
/// </summary>
/// <remarks>
/// Dempster, Laird and Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm" (1977), with Dirichlet priors (maximum a posteriori); Winkler, "Using the EM Algorithm for
/// Weight Computation in the Fellegi-Sunter Model of Record Linkage" (1988).
/// </remarks>
public static class ModelLearner
{
    private const int MostSteps = 30;
    private const double Tolerance = 5e-4;

    // Pairs to learn from: more tell nothing new.
    private const int Enough = 400_000;

    // How many parts they are taken in: enough that all cores stay busy.
    private const int RandomSlices = 32;

    // The given model counts as so many pairs, and as this share of the pairs found: the data speak louder, and cannot carry the model away.
    private const double LeastAnchor = 60;
    private const double AnchorShare = 0.25;

    // Households are few in most data and easily taken for the same: the given model counts for more there.
    private const double HouseholdAnchor = 2_000;

    // Branches are what two records of one name are if not one company, so their number is learnt; colleagues are not, since nearly none of their pairs are candidates.
    private const double BranchAnchor = 200;
    private const double LeastBranches = 0.05;

    // However few households the records seem to hold, this share of the given model's is reckoned with.
    private const double LeastHouseholds = 0.1;
    private const double LeastSisters = 0.2;

    // Fewer sightings of a level among strangers than this say nothing about how rare it is.
    private const double FewestSightings = 30;

    /// <summary>Learns from the records of a table.</summary>
    /// <param name="table">The records.</param>
    /// <param name="blocks">Their blocks.</param>
    /// <param name="start">The model to begin with, already for this number of records.</param>
    /// <param name="ct">Stops it.</param>
    public static LearntModel Learn(MatchTable table, Blocks blocks, MatchModel start, CancellationToken ct)
    {
        var named = start.WithFrequencies(table).With(start.LearntCalibration);
        var (candidates, rate) = Candidates(table, blocks, named, ct);
        if (candidates.Count == 0) return new LearntModel(named, 0, 0, 0, true, 0);
        var random = RandomPairs(table, named, ct);
        var pairs = candidates.InOrder();
        var strangers = random.InOrder();
        var (model, step, change) = (named, 0, double.MaxValue);
        while (step < MostSteps && change > Tolerance)
        {
            var levels = new LevelSums();
            foreach (var (pattern, given, last, times) in pairs) levels.Add(pattern, model.Classes(pattern, given, last), times);
            var others = new LevelSums();
            foreach (var (pattern, given, last, times) in strangers) others.Add(pattern, model.Classes(pattern, given, last), times);
            var next = Maximise(model, named, levels, others, rate, table.Count);
            change = next.GreatestChange(model);
            model = next;
            step++;
        }

        return new LearntModel(model, (long)candidates.Total, (long)random.Total, step, change <= Tolerance, change);
    }

    private static MatchModel Maximise(MatchModel model, MatchModel anchor, LevelSums pairs, LevelSums strangers, double rate, int records)
    {
        var places = model.Kind == EntityKind.Contact ? HouseholdPlaces(anchor, pairs) : null;
        LevelOdds Level(Comparison comparison, int level, LevelOdds start)
        {
            // Father and son agree in all else, and would teach that one contact is of two generations; sisters that one company has two legal forms.
            if (level == 0 || comparison is Comparison.Suffix or Comparison.LegalForm || (comparison == Comparison.BirthDate && level == (int)BirthLevel.GenerationApart)) return start;
            double Blend(PairClass c, double leastAnchor, double share) => start.Factors[c] > 0 ? 0 : Mixed(pairs, c, comparison, level, start.Classes[c], leastAnchor, share);

            var seen = strangers.Of(PairClass.Other, comparison, level);
            var other = start.Factors[PairClass.Other] > 0 || seen < FewestSightings ? start.Classes[PairClass.Other] : seen / strangers.Stated(PairClass.Other, comparison);
            return start with
            {
                Classes = new ClassOdds(
                    [Blend(PairClass.Same, LeastAnchor, AnchorShare), comparison == Comparison.Address && places is not null ? Mixed(pairs, PairClass.Household, comparison, level, places[level], HouseholdAnchor, 1) : Blend(PairClass.Household, HouseholdAnchor, 1),
                        start.Classes[PairClass.Namesake],
                        start.Factors[PairClass.Colleague] > 0 || model.Kind == EntityKind.Contact ? start.Classes[PairClass.Colleague] : Blend(PairClass.Colleague, BranchAnchor, 1), other]),
            };
        }

        double Partners(PairClass c) => 2 * pairs.Total(c) / rate / records;
        return model.With(Partners(PairClass.Same), Math.Max(Partners(PairClass.Household), anchor.HouseholdPartners * (model.Kind == EntityKind.Contact ? LeastHouseholds : LeastSisters)),
            model.Kind == EntityKind.Contact ? null : Math.Max(Partners(PairClass.Colleague), LeastBranches), Level, anchor);
    }

    /// <summary>A level's share of a class as it was seen, with the given model's as so many pairs more.</summary>
    private static double Mixed(LevelSums pairs, PairClass c, Comparison comparison, int level, double given, double leastAnchor, double share)
    {
        var all = pairs.Stated(c, comparison);
        var anchors = Math.Max(leastAnchor, share * all);
        return (pairs.Of(c, comparison, level) + (anchors * given)) / (all + anchors);
    }

    /// <summary>
    /// How households reach the levels of the address, before their own pairs are counted: where many records have a town and no street, household members agree in the town only as often as records of one
    /// contact do. So what is learnt of those shifts these.
    /// </summary>
    private static double[] HouseholdPlaces(MatchModel anchor, LevelSums pairs)
    {
        var places = new double[LevelNames.Of(Comparison.Address).Length];
        for (var level = 1; level < places.Length; level++)
        {
            var start = anchor.Odds(Comparison.Address, level).Classes;
            places[level] = start[PairClass.Household] * Mixed(pairs, PairClass.Same, Comparison.Address, level, start[PairClass.Same], LeastAnchor, AnchorShare) / start[PairClass.Same];
        }

        var all = places.Sum();
        for (var level = 1; level < places.Length; level++) places[level] /= all;
        return places;
    }

    private static (PairCounts Counts, double Rate) Candidates(MatchTable table, Blocks blocks, MatchModel model, CancellationToken ct)
    {
        var scorer = new PairScorer(model, table);
        var share = Math.Max(1, (int)Math.Min(64, blocks.Keys / (2L * Enough)));
        var (workers, _, _) = blocks.ForEachPair(
            () => (Scorer: scorer.Twin(), Counts: new PairCounts()),
            (worker, a, b) => worker.Counts.Add(worker.Scorer.Compare(a, b), worker.Scorer.GivenFrequency(a), worker.Scorer.LastFrequency(a)),
            share, ct);
        var counts = new PairCounts();
        foreach (var worker in workers) counts.Add(worker.Counts);
        return (counts, 1.0 / share);
    }

    /// <summary>Pairs of records that have nothing to do with each other but by chance: each record with some that lie a stride away, the strides spread over the table.</summary>
    private static PairCounts RandomPairs(MatchTable table, MatchModel model, CancellationToken ct)
    {
        var n = table.Count;
        var counts = new PairCounts();
        if (n < 2) return counts;
        var scorer = new PairScorer(model, table);
        var strides = (int)Math.Clamp(Enough / (long)n, 1, n / 2);
        var step = Math.Max(1, (int)((long)n * strides / Enough));
        var ofEach = (n + step - 1) / step;
        var idle = new ConcurrentBag<(PairScorer Scorer, PairCounts Counts)>();
        Parallel.ForEach(Partitioner.Create(0L, (long)strides * ofEach, Math.Max(1, (long)strides * ofEach / RandomSlices)), new ParallelOptions { CancellationToken = ct }, slice =>
        {
            (PairScorer Scorer, PairCounts Counts) worker = idle.TryTake(out var rested) ? rested : (scorer.Twin(), new PairCounts());
            for (var k = slice.Item1; k < slice.Item2; k++)
            {
                var stride = (int)((k / ofEach + 1) * (n / 2) / strides);
                if (stride == 0) continue;
                var i = (int)(k % ofEach) * step;
                var j = (i + stride) % n;
                var (a, b) = i < j ? (i, j) : (j, i);
                worker.Counts.Add(worker.Scorer.Compare(a, b), worker.Scorer.GivenFrequency(a), worker.Scorer.LastFrequency(a));
            }

            idle.Add(worker);
        });
        foreach (var worker in idle) counts.Add(worker.Counts);
        return counts;
    }

    /// <summary>How many pairs of each class reach each level, as the model sees them.</summary>
    private sealed class LevelSums
    {
        private readonly double[,,] sums = new double[ClassOdds.Count, LevelNames.Comparisons, 16];
        private readonly double[] totals = new double[ClassOdds.Count];

        public void Add(PairPattern pattern, ClassOdds classes, double times)
        {
            for (var c = 0; c < ClassOdds.Count; c++)
            {
                var share = classes[(PairClass)c] * times;
                totals[c] += share;
                for (var comparison = 0; comparison < LevelNames.Comparisons; comparison++) sums[c, comparison, pattern[(Comparison)comparison]] += share;
            }
        }

        public double Total(PairClass c) => totals[(int)c];

        public double Of(PairClass c, Comparison comparison, int level) => sums[(int)c, (int)comparison, level];

        public double Stated(PairClass c, Comparison comparison) => totals[(int)c] - sums[(int)c, (int)comparison, 0];
    }
}
