using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Engine.Stages;
using IntegrationHub.Store;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine;

/// <summary>What one pass of the pipeline did.</summary>
/// <param name="Sources">One entry a source.</param>
/// <param name="Matched">Matching.</param>
/// <param name="Merged">Merging.</param>
/// <param name="WrittenBack">Write-back.</param>
internal sealed record PipelineReport(IReadOnlyList<SourceReport> Sources, MatchTally Matched, MergeTally Merged, WriteBackReport WrittenBack);

/// <summary>Makes a pipeline that reports its progress to one caller.</summary>
public sealed class PipelineFactory(HubStore store, SourceConnections connections, RecipeBook recipes, Models models, MailServers mailServers, Cluster.Lane lane, Events.EventSignal landed, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>A pipeline for one run.</summary>
    internal Pipeline Create(IProgress<RunProgress> progress) => new(store, connections, recipes, models, mailServers, lane, landed, time, progress, logs.CreateLogger<Pipeline>());
}
