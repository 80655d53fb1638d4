using IntegrationHub.Engine.Actions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Syncs one source when its schedule says so. Runs of one hub take turns in the lane, so a run that finds it taken is left for the next time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SyncJob(SyncSources sync, ILogger<SyncJob> log) : IJob
{
    public const string Source = "source";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var source = context.MergedJobDataMap.GetString(Source) ?? throw new InvalidOperationException("The job names no source.");
        try
        {
            var report = await sync.Run(source, full: false, Actor.Schedule, new Progress<RunProgress>(), cancellationToken);
            Synced(log, source, report.Sources.Sum(s => s.Pulled), report.Unified.GoldenChanged, report.Seconds);
        }
        catch (NotPossibleException e)
        {
            Passed(log, source, e.Message);
        }
    }

    [LoggerMessage(1301, LogLevel.Information, "Synced {Source}: {Pulled} records pulled, {Changed} golden records changed, {Seconds} s")]
    private static partial void Synced(ILogger log, string source, long pulled, long changed, double seconds);

    [LoggerMessage(1302, LogLevel.Warning, "Sync of {Source} was left for its next time: {Reason}")]
    private static partial void Passed(ILogger log, string source, string reason);
}
