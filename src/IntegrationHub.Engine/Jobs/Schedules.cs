using IntegrationHub.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Puts every source, and the audit, on its schedule when the hub starts to serve, and looks for new sources every minute.</summary>
public static class Schedules
{
    /// <summary>Every 15 minutes: for sources that name no schedule of their own.</summary>
    public const string Default = "0 0/15 * * * ?";

    /// <summary>True when the text is a Quartz cron expression.</summary>
    public static bool IsValid(string cron) => CronExpression.TryParse(cron, out _);

    /// <summary>True when a run has fallen due since the last one. What never ran waits for its first time.</summary>
    /// <param name="cron">A Quartz cron expression, read in UTC.</param>
    /// <param name="last">When the last run was; null for never.</param>
    /// <param name="now">The present.</param>
    public static bool IsMissed(string cron, DateTimeOffset? last, DateTimeOffset now) =>
        last is { } at && new CronExpression(cron, TimeZoneInfo.Utc).GetNextValidTimeAfter(at) <= now;

    /// <summary>Adds the scheduler and its jobs.</summary>
    public static IServiceCollection AddHubSchedules(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService<SourceScheduler>();
        services.AddHostedService<AuditScheduler>();
        services.AddHostedService<WorkflowService>();
        services.AddHostedService<InboundReader>();
        return services;
    }

    private sealed class SourceScheduler(HubStore store, ISchedulerFactory schedulers, TimeProvider time) : BackgroundService
    {
        private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(LookAgain, time);
            do await ScheduleSources(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }

        private async Task ScheduleSources(CancellationToken ct)
        {
            var scheduler = await schedulers.GetScheduler(ct);
            foreach (var source in await store.Sources.List(ct))
            {
                var key = new JobKey(source.Name.Value, "sync");
                if (await scheduler.Exists(key, ct)) continue;
                var job = JobBuilder.Create<SyncJob>().WithIdentity(key).UsingJobData(SyncJob.Source, source.Name.Value).Build();
                var trigger = TriggerBuilder.Create().WithIdentity(source.Name.Value, "sync")
                    .WithCronSchedule(source.Schedule ?? Default, c => c.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)).Build();
                await scheduler.ScheduleJob(job, trigger, cancellationToken: ct);
            }
        }
    }
}
