using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Connect;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// The hygiene audit over a store of so many golden records. The store is filled with SQL, row by row as the pipeline would leave it, and is not timed; then the audit is
/// run three times, each by a process-wide action as <c>hub audit</c> runs it, report, page and stored report included.
/// </summary>
internal static class AuditBenchmark
{
    private const int Runs = 3;

    public static async Task<int> Run(int goldens, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-audit-benchmark-").FullName;
        try
        {
            var settings = new EngineSettings(folder, Path.Combine(folder, "hub.db"), Path.Combine(Build.Root, "mappings"));
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddHttpClient();
            services.AddHubEngine(settings, new ConnectorCatalogue(typeof(HubSpotConnector).Assembly));
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<Store.HubStore>().Migrate(ct);
            var records = AuditStore.Fill(settings.Database, goldens);
            Console.WriteLine($"{goldens:N0} golden records of {records.Records:N0} clean records with {records.Issues:N0} issues, {new FileInfo(settings.Database).Length / 1e6:N0} MB");

            var audit = provider.GetRequiredService<RunAudit>();
            for (var run = 1; run <= Runs; run++)
            {
                var cpu = Process.GetCurrentProcess().TotalProcessorTime;
                var watch = Stopwatch.StartNew();
                var outcome = await audit.Run(new Actor("benchmark", Role.Admin), ct);
                var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"run {run}: {watch.Elapsed.TotalSeconds:F2} s, {used.TotalSeconds:F2} s of processor time, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB; score {outcome.Report.Score}, {outcome.Report.Findings.Length} findings, {outcome.Report.Contacts:N0} contacts"));
            }

            SqliteConnection.ClearAllPools();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
