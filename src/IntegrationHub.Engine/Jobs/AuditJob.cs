using IntegrationHub.Engine.Actions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace IntegrationHub.Engine.Jobs;

/// <summary>Audits everything when the schedule says so: the report is kept for the trend, its page lies in the reports folder.</summary>
[DisallowConcurrentExecution]
internal sealed partial class AuditJob(RunAudit audit, ILogger<AuditJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var outcome = await audit.Run(Actor.Schedule, cancellationToken);
        Audited(log, outcome.Report.Score, outcome.Report.Verdict.ToString(), outcome.Report.Findings.Length, outcome.Page);
    }

    [LoggerMessage(1303, LogLevel.Information, "Audited: score {Score}, verdict {Verdict}, {Findings} findings; the page is {Page}")]
    private static partial void Audited(ILogger log, double score, string verdict, int findings, string? page);
}
