using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Puts the audit on its schedule when the hub starts to serve; an audit that fell due while it did not is made up for at once.</summary>
internal sealed class AuditScheduler(HubStore store, RecipeBook recipes, ISchedulerFactory schedulers, TimeProvider time) : BackgroundService
{
    private static readonly JobKey Key = new("all", "audit");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (recipes.Audit.Schedule is not { } schedule) return;
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        var trigger = TriggerBuilder.Create().WithIdentity("all", "audit")
            .WithCronSchedule(schedule, c => c.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)).Build();
        await scheduler.ScheduleJob(JobBuilder.Create<AuditJob>().WithIdentity(Key).Build(), trigger, cancellationToken: stoppingToken);
        if (Schedules.IsMissed(schedule, (await store.Audits.Latest(RunAudit.Everything, stoppingToken))?.At, time.GetUtcNow())) await scheduler.TriggerJob(Key, cancellationToken: stoppingToken);
    }
}
