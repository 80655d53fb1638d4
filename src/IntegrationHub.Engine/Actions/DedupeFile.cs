using System.Diagnostics;
using IntegrationHub.Engine.Files;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
using IntegrationHub.Matching.Learning;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What to de-duplicate.</summary>
/// <param name="File">The CSV file.</param>
/// <param name="Out">The CSV file to write: the same rows with <c>cluster_id</c> and <c>auto_id</c>.</param>
/// <param name="Entity">Contact or company; null tells by the columns.</param>
/// <param name="Truth">The column that says which rows are one; never a feature. Null where that is not known.</param>
/// <param name="Mapping">A mapping file; null reads columns by their usual names.</param>
/// <param name="Threshold">Match probability from which rows are merged without a person; null for the model's.</param>
public sealed record DedupeRequest(string File, string Out, EntityKind? Entity, string? Truth, string? Mapping, double? Threshold);

/// <summary>How long each part took, in seconds.</summary>
public sealed record DedupeSeconds(double Read, double Normalise, double Block, double Score, double Cluster, double Write, double Total);

/// <summary>What was found; the answer of <c>hub dedupe --json</c>.</summary>
/// <param name="Records">Rows.</param>
/// <param name="Clusters">Clusters of the most probable partition.</param>
/// <param name="CandidatePairs">Pairs that were compared.</param>
/// <param name="MergedPairs">Pairs of rows that are merged without a person.</param>
/// <param name="ReviewPairs">Pairs for the merge queue.</param>
/// <param name="Seconds">Times.</param>
/// <param name="PeakMb">Peak memory of the process.</param>
/// <param name="Quality">Against the truth, for <c>cluster_id</c>; null where no truth was given.</param>
/// <param name="AutoQuality">The same for <c>auto_id</c>.</param>
/// <param name="Expected">What the stated probabilities let expect of <c>cluster_id</c>, and of <c>auto_id</c>, without any truth.</param>
/// <param name="Calibration">Against the truth, what pairs of each stated probability turned out to be; empty where no truth was given.</param>
/// <param name="Notes">In words: values that were left out of the comparison, blocks over the cap.</param>
public sealed record DedupeResult(
    long Records, long Clusters, long CandidatePairs, long MergedPairs, long ReviewPairs, DedupeSeconds Seconds, double PeakMb, PairQuality? Quality, PairQuality? AutoQuality,
    ExpectedQuality Expected, IReadOnlyList<CalibrationBand> Calibration, IReadOnlyList<string> Notes);

/// <summary>What the stated probabilities let expect.</summary>
/// <param name="Precision">Of <c>cluster_id</c>.</param>
/// <param name="Recall">Of <c>cluster_id</c>.</param>
/// <param name="AutoPrecision">Of <c>auto_id</c>.</param>
/// <param name="AutoRecall">Of <c>auto_id</c>.</param>
public sealed record ExpectedQuality(Share Precision, Share Recall, Share AutoPrecision, Share AutoRecall);

/// <summary>De-duplicates one file, without a database.</summary>
public static class DedupeFile
{
    // How often a wish to stop is looked for, in rows.
    private const int Slice = 20_000;

    private const int MostHubs = 10;

    /// <summary>Reads, normalises, matches, writes.</summary>
    /// <exception cref="NotPossibleException">The file holds no table, or names no column that could be compared.</exception>
    /// <exception cref="RecipeException">The mapping file has mistakes.</exception>
    public static DedupeResult Run(DedupeRequest request, Action<string> stage, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var laps = new List<double>();
        void Lap(string? next)
        {
            laps.Add(clock.Elapsed.TotalSeconds - laps.Sum());
            if (next is not null) stage(next);
        }

        stage("Read and normalise");
        var file = Read(request, ct);
        var rows = file.Keys.Length;
        var (partition, pairs, hubs, _, equal) = Resolver.Resolve(file.Table, MatchModel.BuiltIn(file.Table.Kind).For(rows, request.Threshold), Lap, ct);
        var (cluster, auto) = (InRowOrder(partition.Probable, file.Order, file.Keys), InRowOrder(partition.Auto, file.Order, file.Keys));
        Lap("Write");
        Write(request, file.Keys, cluster, auto, ct);
        Lap(null);
        var normalise = Math.Min(file.NormaliseSeconds, laps[0]);
        return new DedupeResult(
            rows, cluster.Where((c, row) => c == row).Count(), pairs.Candidates, PairQuality.PairsIn(auto), partition.Queue.Count,
            new DedupeSeconds(laps[0] - normalise, normalise, laps[1], laps[2], laps[3], laps[4], clock.Elapsed.TotalSeconds),
            PeakMb(), file.Truth is null ? null : PairQuality.Of(cluster, file.Truth), file.Truth is null ? null : PairQuality.Of(auto, file.Truth),
            ExpectedOf(pairs.Edges, partition), file.Truth is null ? [] : CalibrationReport.Bands(Judged(pairs.Edges, file.Truth, file.Order)),
            [
                .. hubs.Take(MostHubs).Select(h => $"{h.Records} rows share the {h.Comparison} {h.Value}: it tells nobody from another, and was left out of the comparison."),
                .. equal.Take(MostHubs).Select(g => $"{g.Records} rows are equal in all that is compared (such as row {file.Order[g.Example] + 1}): the first of them were compared for all."),
                .. pairs.Finer.Large.Select(b => $"{b.Records} rows share one {b.Rule} (such as row {file.Order[b.Example] + 1}); they were compared by finer keys."),
            ]);
    }

    private static ExpectedQuality ExpectedOf(IReadOnlyList<Edge> edges, ClusterResult partition)
    {
        var partitions = new[] { partition.Probable, partition.Auto };
        var expected = new (Share Precision, Share Recall)[partitions.Length];
        Parallel.For(0, partitions.Length, p => expected[p] = CalibrationReport.Expected(edges, partitions[p]));
        var (probable, auto) = (expected[0], expected[1]);
        return new ExpectedQuality(probable.Precision, probable.Recall, auto.Precision, auto.Recall);
    }

    /// <summary>The weighed pairs of which the truth of both is known.</summary>
    private static IEnumerable<(double Probability, bool Same)> Judged(IReadOnlyList<Edge> edges, IReadOnlyList<string> truth, int[] order)
    {
        foreach (var edge in edges)
            if (truth[order[edge.A]] is { Length: > 0 } a && truth[order[edge.B]] is { Length: > 0 } b) yield return (edge.Probability, a == b);
    }

    private static ReadRows Read(DedupeRequest request, CancellationToken ct)
    {
        using var file = ContactFile.Open(request.File);
        var layout = ContactLayout.Compared(file.Headers, request.File, request.Entity, request.Truth, request.Mapping);
        var table = new MatchTable(layout.Kind);
        var (keys, places, truth) = (new List<string>(), new List<int>(), layout.Truth is null ? null : new List<string>());
        var normalising = 0L;
        using var writers = new ThreadLocal<MatchTable.Writer>(table.NewWriter, trackAllValues: true);
        (int, string, string) Normalise(ContactRow row)
        {
            var (mapped, key, entity) = (layout.Map(row, ""), layout.KeyOf(row), layout.Truth is { } column ? row[column] : "");
            var start = Stopwatch.GetTimestamp();
            var place = writers.Value!.Add(MatchRecord.From(RecordNormaliser.Normalise(mapped)));
            Interlocked.Add(ref normalising, Stopwatch.GetTimestamp() - start);
            return (place, key, entity);
        }

        foreach (var (place, key, entity) in file.Rows(Normalise))
        {
            places.Add(place);
            keys.Add(key);
            truth?.Add(entity);
            if (keys.Count % Slice == 0) ct.ThrowIfCancellationRequested();
        }

        foreach (var writer in writers.Values) writer.Complete();
        table.Seal();
        string[] unique = [.. keys];
        ContactLayout.MakeUnique(unique);
        var order = KeyOrder.Of(unique);
        table.Reorder(Array.ConvertAll(order, row => places[row]));
        return new ReadRows(table, unique, truth, order, (double)normalising / Stopwatch.Frequency / Environment.ProcessorCount);
    }

    /// <summary>For each row the row that its cluster is named after: the one with the least key.</summary>
    private static int[] InRowOrder(int[] partition, int[] order, string[] keys)
    {
        var name = Enumerable.Repeat(-1, order.Length).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            ref var least = ref name[partition[i]];
            if (least < 0 || string.CompareOrdinal(keys[order[i]], keys[least]) < 0) least = order[i];
        }

        var byRow = new int[order.Length];
        for (var i = 0; i < order.Length; i++) byRow[order[i]] = name[partition[i]];
        return byRow;
    }

    private static void Write(DedupeRequest request, string[] keys, int[] cluster, int[] auto, CancellationToken ct)
    {
        using var file = ContactFile.Open(request.File);
        var written = file.CopyWith(
            request.Out,
            [("cluster_id", row => row < keys.Length ? keys[cluster[row]] : ""), ("auto_id", row => row < keys.Length ? keys[auto[row]] : "")],
            ct);
        if (written != keys.Length) throw new NotPossibleException($"{request.File} was changed while it was read: it had {keys.Length} rows, then {written}. Run it again when nobody writes to it.");
    }

    private static double PeakMb()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
    }

    /// <summary>A file's rows, ready to be compared.</summary>
    /// <param name="Table">The rows, in <paramref name="Order"/>.</param>
    /// <param name="Keys">Each row's key, none twice.</param>
    /// <param name="Truth">What each row is, where the file says it.</param>
    /// <param name="Order">The row at each place of the table.</param>
    /// <param name="NormaliseSeconds">How long normalising took, on all cores.</param>
    private sealed record ReadRows(MatchTable Table, string[] Keys, IReadOnlyList<string>? Truth, int[] Order, double NormaliseSeconds);
}
