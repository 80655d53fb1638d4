using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.DataGenerator;
using IntegrationHub.DataGenerator.Writing;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Benchmarks.Matching;

/// <summary>
/// What one more record costs when many are resolved already: a store is filled by the pipeline's own stages with all but some records of a population; then those come, in batches and
/// one at a time, each from the landed row to the written golden record.
/// </summary>
internal static class IncrementalBenchmark
{
    private const int Single = 1_000;
    private const int Page = 5_000;

    private static readonly SourceName Source = SourceName.Parse("made") ?? throw new InvalidOperationException();

    private static readonly string Mapping = """
        connector: made
        stream: contacts
        entity: contact
        updated_at: updated_at
        fields:
          first_name: first_name
          middle_name: middle_name
          last_name: last_name
          suffix: suffix
          full_name: full_name
          email: email
          phone: phone
          company: company
          job_title: job_title
          street_number: street_number
          street: street
          city: city
          state: state
          postcode: postcode
          country: country
          birth_date: birth_date
        optional: all
        """;

    /// <param name="records">How many are resolved before.</param>
    /// <param name="more">How many come then in batches, before a thousand single ones.</param>
    /// <param name="keep">A folder that keeps the filled store for the next run; null for none.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> Run(int records, int more, string? keep, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-incremental-").FullName;
        try
        {
            if (keep is not null && Directory.Exists(keep)) Copy(keep, folder);
            var (first, rest) = Split(records, Single + more);
            await using (var empty = await Hub.Open(folder, ct)) await Fill(empty, records, first, ct);
            if (keep is not null && !Directory.Exists(keep)) Copy(folder, keep);
            await using var hub = await Hub.Open(folder, ct);

            var laps = new List<Lap>();
            foreach (var batch in rest.Take(more).Chunk(Page)) laps.Add(await hub.Resolve(batch, ct));
            var (all, end) = (laps.Sum(l => l.Clock.Sum()) / 1000, laps.Sum(l => l.Clock[2] + l.Clock[3]) / 1000);
            double Cost(int stage) => laps.Sum(l => l.Processor[stage]) * 1000 / more;
            Console.WriteLine("| records | in batches of | ms a batch: land | normalise | match | merge | records/s from land to golden | records/s match and merge | processor µs a record: land | normalise | match | merge | peak MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {records:N0} | {Page:N0} | {laps.Average(l => l.Clock[0]):F0} | {laps.Average(l => l.Clock[1]):F0} | {laps.Average(l => l.Clock[2]):F0} | {laps.Average(l => l.Clock[3]):F0} | {more / all:N0} | {more / end:N0} | {Cost(0):F0} | {Cost(1):F0} | {Cost(2):F0} | {Cost(3):F0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |"));

            // After the batches, as in a hub that has been running: what is measured is not the compiler.
            laps.Clear();
            foreach (var row in rest.Skip(more)) laps.Add(await hub.Resolve([row], ct));
            laps.RemoveRange(0, Single / 10);
            double Share(Func<Lap, double> of, double share) => laps.Select(of).Order().ElementAt((int)(laps.Count * share));
            Console.WriteLine("\n| records | one at a time | ms: land | normalise | match | merge | all | all, 95 % | all, 99 % | match and merge, 95 % | processor ms a record |\n|---|---|---|---|---|---|---|---|---|---|---|");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {records:N0} | {laps.Count:N0} | {Share(l => l.Clock[0], .5):F2} | {Share(l => l.Clock[1], .5):F2} | {Share(l => l.Clock[2], .5):F2} | {Share(l => l.Clock[3], .5):F2} | {Share(l => l.Clock.Sum(), .5):F2} | {Share(l => l.Clock.Sum(), .95):F2} | {Share(l => l.Clock.Sum(), .99):F2} | {Share(l => l.Clock[2] + l.Clock[3], .95):F2} | {laps.Average(l => l.Processor.Sum()):F2} |"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Fill(Hub hub, int records, IEnumerable<RawLanding> rows, CancellationToken ct)
    {
        if (!await hub.IsEmpty(ct)) return;
        var watch = Stopwatch.StartNew();
        foreach (var page in rows.Chunk(Page)) await hub.Land(page, ct);
        await hub.Normalise(ct);
        var normalised = watch.Elapsed.TotalSeconds;
        await hub.Match(ct);
        var matched = watch.Elapsed.TotalSeconds;
        await hub.Merge(ct);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"filled with {records:N0} records: landed and normalised in {normalised:F1} s, matched in {matched - normalised:F1} s, merged in {watch.Elapsed.TotalSeconds - matched:F1} s"));
    }

    /// <summary>Every so-manieth row is held back, so that most of what comes later belongs to somebody who is there.</summary>
    private static (IEnumerable<RawLanding> First, List<RawLanding> Later) Split(int records, int held)
    {
        var every = (records + held) / held;
        IEnumerable<RawLanding> Rows(bool late) => new ContactWorld(9101, records + held).Rows().Where((_, i) => (i % every == every - 1) == late).Select(Landing);
        return (Rows(late: false), [.. Rows(late: true).Take(held)]);
    }

    private static RawLanding Landing(ContactRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in ContactRow.Columns.Zip(row.Cells()))
                if (value.Length > 0) json.WriteString(name, value);
            json.WriteEndObject();
        }

        return new RawLanding(row.Id, buffer.ToArray(), false);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <summary>What each of the four stages took, in milliseconds: by the clock, and of processors' time.</summary>
    private sealed record Lap(List<double> Clock, List<double> Processor);

    /// <summary>The pipeline's stages over one store, each called by itself.</summary>
    private sealed class Hub : IAsyncDisposable
    {
        private readonly ServiceProvider services;
        private readonly HubStore store;
        private readonly NormaliseStage normalise;
        private readonly MatchStage match;
        private readonly MergeStage merge;
        private readonly SourceRow source;
        private readonly RecipeBook book;

        private Hub(ServiceProvider services)
        {
            this.services = services;
            store = services.GetRequiredService<HubStore>();
            book = services.GetRequiredService<RecipeBook>();
            normalise = new NormaliseStage(store, services.GetRequiredService<Engine.Mail.MailServers>(), TimeProvider.System);
            match = new MatchStage(store, services.GetRequiredService<Models>(), TimeProvider.System);
            merge = new MergeStage(store, TimeProvider.System);
            source = new SourceRow(Source, "made", null, null, null, null, null, null, DateTimeOffset.UnixEpoch);
        }

        public static async Task<Hub> Open(string folder, CancellationToken ct)
        {
            var mappings = Path.Combine(folder, "mappings");
            Directory.CreateDirectory(Path.Combine(mappings, "sources"));
            await File.WriteAllTextAsync(Path.Combine(mappings, "sources", "made.contacts.yaml"), Mapping, ct);
            foreach (var file in new[] { "survivorship.yaml", "audit.yaml" }) File.Copy(Path.Combine(Build.Root, "mappings", file), Path.Combine(mappings, file), overwrite: true);
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddHttpClient();
            services.AddHubEngine(new EngineSettings(folder, Path.Combine(folder, "hub.db"), mappings), new ConnectorCatalogue(typeof(HubSpotConnector).Assembly));
            var hub = new Hub(services.BuildServiceProvider());
            await hub.store.Migrate(ct);
            await hub.store.Sources.Add(hub.source, ct);
            return hub;
        }

        public async Task<bool> IsEmpty(CancellationToken ct) => await store.Clean.Count(1, ct) == 0;

        public async Task Land(IReadOnlyList<RawLanding> rows, CancellationToken ct) =>
            await store.Landing.SavePage(Source, Streams.Contacts, rows, null, null, normalise: true, DateTimeOffset.UtcNow, ct);

        public async Task Normalise(CancellationToken ct) => await normalise.Run(source, Streams.Contacts, SourceRecipes.Of(source, book), _ => { }, ct);

        public async Task Match(CancellationToken ct) => await match.Run(_ => { }, ct);

        public async Task Merge(CancellationToken ct) => await merge.Run(book.Survivorship.WithConnectors([KeyValuePair.Create("made", "made")]), false, _ => { }, ct);

        /// <summary>From landed rows to golden records.</summary>
        public async Task<Lap> Resolve(IReadOnlyList<RawLanding> rows, CancellationToken ct)
        {
            var (clock, processor) = (new List<double>(), new List<double>());
            foreach (var stage in (Func<Task>[])[() => Land(rows, ct), () => Normalise(ct), () => Match(ct), () => Merge(ct)])
            {
                var (start, used) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
                await stage();
                clock.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                processor.Add((Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds);
            }

            return new Lap(clock, processor);
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
