using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Engine.Files;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Matching;
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
/// <param name="LargeBlocks">Blocks over the cap, in words.</param>
public sealed record DedupeResult(
    long Records, long Clusters, long CandidatePairs, long MergedPairs, long ReviewPairs, DedupeSeconds Seconds, double PeakMb, PairQuality? Quality, PairQuality? AutoQuality,
    IReadOnlyList<string> LargeBlocks);

/// <summary>De-duplicates one file, without a database.</summary>
public static class DedupeFile
{
    private const string Source = "file";

    /// <summary>Reads, normalises, matches, writes.</summary>
    /// <exception cref="NotPossibleException">The file holds no table, or names no column that could be compared.</exception>
    /// <exception cref="RecipeException">The mapping file has mistakes.</exception>
    public static DedupeResult Run(DedupeRequest request, Action<string> stage, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var laps = new List<double>();
        void Lap(string next)
        {
            laps.Add(clock.Elapsed.TotalSeconds - laps.Sum());
            stage(next);
        }

        stage("Read");
        var table = ContactTable.Read(request.File, ct);
        var layout = Layout.Of(table, request);
        Lap("Normalise");
        var records = Normalise(table, layout, ct);
        var order = InKeyOrder(records);
        var sorted = order.Select(i => records[i]).ToArray();
        var model = MatchModel.BuiltIn(layout.Kind).For(sorted.Length, request.Threshold);
        Lap("Block");
        var matchTable = MatchTable.Of(layout.Kind, sorted);
        var blocks = Blocks.Of(matchTable, model, ct);
        Lap("Score");
        var pairs = Matcher.Weigh(matchTable, blocks, model, null, ct);
        Lap("Cluster");
        var partition = Clusters.Partition(matchTable, pairs.Edges, [], model, ct);
        Lap("Write");
        var keys = sorted.Select(r => r.Key.ExternalId).ToArray();
        var (cluster, auto) = (InRowOrder(partition.Probable, order), InRowOrder(partition.Auto, order));
        table.WriteWith(request.Out, [("cluster_id", row => keys[cluster[row]]), ("auto_id", row => keys[auto[row]])], ct);
        laps.Add(clock.Elapsed.TotalSeconds - laps.Sum());

        var truth = layout.Truth is { } column ? table.Rows.Select(r => column < r.Length ? r[column] : "").ToArray() : null;
        return new DedupeResult(
            table.Rows.Count, cluster.Distinct().Count(), pairs.Candidates, PairQuality.PairsIn(auto), partition.Queue.Count,
            new DedupeSeconds(laps[0], laps[1], laps[2], laps[3], laps[4], laps[5], clock.Elapsed.TotalSeconds),
            PeakMb(), truth is null ? null : PairQuality.Of(cluster, truth), truth is null ? null : PairQuality.Of(auto, truth),
            [.. pairs.LargeBlocks.Select(b => $"{b.Records} rows share one {b.Rule} (such as row {order[b.Example] + 1}); they were compared by finer keys.")]);
    }

    private static MatchRecord[] Normalise(ContactTable table, Layout layout, CancellationToken ct)
    {
        var records = new MatchRecord[table.Rows.Count];
        Parallel.For(
            0, records.Length, new ParallelOptions { CancellationToken = ct },
            i => records[i] = MatchRecord.From(RecordNormaliser.Normalise(layout.Map(table.Rows[i], i))));
        return records;
    }

    /// <summary>By key, so that the same rows in another order give the same clusters.</summary>
    private static int[] InKeyOrder(MatchRecord[] records)
    {
        var order = Enumerable.Range(0, records.Length).ToArray();
        Array.Sort(order, (a, b) => records[a].Key.CompareTo(records[b].Key) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    private static int[] InRowOrder(int[] partition, int[] order)
    {
        var byRow = new int[order.Length];
        for (var i = 0; i < order.Length; i++) byRow[order[i]] = partition[i];
        return byRow;
    }

    private static double PeakMb()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
    }

    /// <summary>Which column holds what.</summary>
    private sealed class Layout
    {
        private readonly ContactTable table;
        private readonly (int Column, Field Field)[] columns;
        private readonly int[] addressLines;
        private readonly int key;
        private readonly SourceMapping? mapping;
        private readonly HashSet<string> repeatedKeys = [];

        private Layout(ContactTable table, DedupeRequest request)
        {
            this.table = table;
            Truth = request.Truth is { } name ? Column(name) : null;
            mapping = request.Mapping is { } file ? MappingFile.Load(file).Mapping : null;
            var known = Enumerable.Range(0, table.Headers.Count).Where(c => c != Truth)
                .Select(c => (Column: c, Field: ContactColumns.FieldOf(table.Headers[c]))).Where(c => c.Field is not null)
                .Select(c => (c.Column, Field: c.Field!.Value)).DistinctBy(c => c.Field).ToList();
            var personal = known.Any(c => c.Field is Field.FirstName or Field.LastName or Field.FullName);
            var fields = known.Select(c => c.Field).ToHashSet();
            Kind = request.Entity ?? mapping?.Definition.Kind ?? (fields.Contains(Field.Company) && !personal ? EntityKind.Company : EntityKind.Contact);
            columns = [.. known.Select(c => Kind == EntityKind.Company && c.Field == Field.FullName && !fields.Contains(Field.Company) ? (c.Column, Field.Company) : c)];
            addressLines = [.. Enumerable.Range(0, table.Headers.Count).Where(c => ContactColumns.IsFurtherAddress(table.Headers[c]))];
            key = Enumerable.Range(0, table.Headers.Count).Where(c => c != Truth).Cast<int?>().FirstOrDefault(c => ContactColumns.IsKey(table.Headers[c!.Value])) ?? -1;
            if (columns.Length == 0 && mapping is null)
                throw new NotPossibleException(
                    $"{request.File}: none of its columns is known ({string.Join(", ", table.Headers.Take(12))}). Name them as docs/cli.md lists (first_name, last_name, email, phone, company, street, city, postcode, …), or give a --mapping.");
            if (key >= 0)
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var row in table.Rows)
                    if (key < row.Length && !seen.Add(row[key])) repeatedKeys.Add(row[key]);
            }
        }

        public EntityKind Kind { get; }

        public int? Truth { get; }

        public static Layout Of(ContactTable table, DedupeRequest request) => new(table, request);

        public MappedRecord Map(string[] row, int number)
        {
            var id = new SourceKey(Source, Kind == EntityKind.Contact ? Streams.Contacts : Streams.Companies, KeyOf(row, number));
            if (mapping is not null) return mapping.Apply(id, Payload(row)) with { Kind = Kind };
            var values = new FieldValues.Builder();
            foreach (var (column, field) in columns)
                if (column < row.Length && !string.IsNullOrWhiteSpace(row[column])) values[field] = row[column];
            foreach (var line in addressLines)
                if (line < row.Length && !string.IsNullOrWhiteSpace(row[line]) && line != Truth)
                    values[Field.Street] = values[Field.Street] is { } street ? $"{street}, {row[line]}" : row[line];
            return new MappedRecord(id, Kind, values.Build(), [], null, [], null);
        }

        /// <summary>The row's own key; with its number where that key comes twice, or there is none.</summary>
        private string KeyOf(string[] row, int number)
        {
            var own = key >= 0 && key < row.Length ? row[key].Trim() : "";
            var place = (number + 1).ToString(CultureInfo.InvariantCulture);
            return own.Length == 0 ? place : repeatedKeys.Contains(row[key]) ? $"{own}#{place}" : own;
        }

        private byte[] Payload(string[] row)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                for (var i = 0; i < table.Headers.Count && i < row.Length; i++)
                    if (i != Truth) json.WriteString(table.Headers[i], row[i]);
                json.WriteEndObject();
            }

            return buffer.ToArray();
        }

        private int Column(string name)
        {
            for (var i = 0; i < table.Headers.Count; i++)
                if (string.Equals(table.Headers[i], name.Trim(), StringComparison.OrdinalIgnoreCase)) return i;
            throw new NotPossibleException($"There is no column '{name}' for --truth. There are: {string.Join(", ", table.Headers)}.");
        }
    }
}
