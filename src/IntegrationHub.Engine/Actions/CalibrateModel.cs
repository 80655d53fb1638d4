using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What reviewers' decisions say of the stated probabilities.</summary>
/// <param name="Kind">Contacts or companies.</param>
/// <param name="Decided">How many pairs were decided of which both records are there still.</param>
/// <param name="Same">How many of them are one.</param>
/// <param name="Gone">Decided pairs of which a record is gone; they are not counted.</param>
/// <param name="Bands">What was stated, by the model in force, and what was decided.</param>
/// <param name="Written">The model with the new calibration; null where none was asked for.</param>
public sealed record ReviewCalibration(EntityKind Kind, int Decided, int Same, int Gone, IReadOnlyList<CalibrationBand> Bands, WrittenModel? Written);

/// <summary>Holds reviewers' decisions against the stated probabilities, and lets them correct the calibration.</summary>
public sealed class CalibrateModel(HubStore store, Models models, LearnModel files, TimeProvider time)
{
    // Fewer decisions say nothing about a curve.
    private const int FewestDecisions = 50;

    // The present curve counts as so many decisions in each bin of one bit.
    private const double Trust = 20;

    private const int Slice = 1_000;

    /// <summary>Reports, and where asked for fits the curve anew and puts the model in force.</summary>
    /// <param name="kind">Contacts or companies.</param>
    /// <param name="apply">True writes a model with a new calibration.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">A new calibration is asked for, and there are too few decisions.</exception>
    public async Task<ReviewCalibration> Run(EntityKind kind, bool apply, Actor by, CancellationToken ct)
    {
        if (apply) by.Require(Role.Admin);
        var model = models.Of(kind);
        var (pairs, gone) = await Decided(kind, model, ct);
        var bands = CalibrationReport.Bands(pairs.Select(p => (new Edge(0, 1, model.Calibration.Of(p.Weight)).Probability, p.Same)));
        WrittenModel? written = null;
        if (apply)
        {
            if (pairs.Count < FewestDecisions)
                throw new NotPossibleException($"{pairs.Count:N0} pairs of {(kind == EntityKind.Contact ? "contacts" : "companies")} were decided; from fewer than {FewestDecisions} no calibration can be fitted. Decide more: hub review list");
            var curve = model.Calibration.Fit(pairs, Trust);
            written = files.Write(model.AsCalibrated(model.Number + 1, curve, new CalibratedBy(time.GetUtcNow(), pairs.Count)), model, null, ct);
        }

        return new ReviewCalibration(kind, pairs.Count, pairs.Count(p => p.Same), gone, bands, written);
    }

    /// <summary>Each decided pair's weight before any calibration, as the model in force gives it to the records as they are now, and the word of the person. Merges and rejections that were undone do not count.</summary>
    private async Task<(List<(double Weight, bool Same)> Pairs, int Gone)> Decided(EntityKind kind, MatchModel model, CancellationToken ct)
    {
        var bare = model.With(CalibrationCurve.None);
        var rows = new List<QueueRow>();
        foreach (var state in new[] { QueueState.Merged, QueueState.Rejected }) rows.AddRange(await store.Queue.List(state, int.MaxValue, ct));
        var (pairs, gone) = (new List<(double, bool)>(), 0);
        foreach (var slice in rows.OrderBy(r => r.Id, StringComparer.Ordinal).Chunk(Slice))
        {
            var records = (await store.Clean.Load([.. slice.SelectMany(r => new[] { r.RecordA, r.RecordB }).Distinct()], ct)).ToDictionary(r => r.RecordId, r => r.Record);
            var words = (await store.Decisions.Among([.. slice.SelectMany(r => new[] { r.KeyA, r.KeyB }).Distinct()], ct)).ToDictionary(d => (d.A, d.B), d => d.Same);
            foreach (var row in slice)
            {
                if (!words.TryGetValue(row.KeyA.CompareTo(row.KeyB) <= 0 ? (row.KeyA, row.KeyB) : (row.KeyB, row.KeyA), out var same)) continue;
                if (!records.TryGetValue(row.RecordA, out var a) || !records.TryGetValue(row.RecordB, out var b))
                {
                    gone++;
                    continue;
                }

                if (a.Kind != kind || b.Kind != kind) continue;
                var table = MatchTable.Of(kind, [MatchRecord.From(a, bare), MatchRecord.From(b, bare)]);
                pairs.Add((new PairScorer(bare, table).Weight(0, 1), same));
            }
        }

        return (pairs, gone);
    }
}
