using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>An audit with the files that it was written to.</summary>
/// <param name="Report">The report.</param>
/// <param name="Page">The HTML page.</param>
public sealed record AuditOutcome(AuditReport Report, string Page);

/// <summary>Runs the hygiene audit over all golden records, keeps the report and writes its page.</summary>
public sealed class RunAudit(HubStore store, RecipeBook recipes, EngineSettings settings, TimeProvider time)
{
    private const string Everything = "all";
    private const int EarlierAudits = 12;

    /// <summary>Audits.</summary>
    /// <param name="by">Who asked.</param>
    /// <param name="ct">Stops it; nothing is kept then.</param>
    /// <exception cref="NotPossibleException">There is nothing to audit yet.</exception>
    public async Task<AuditOutcome> Run(Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var now = time.GetUtcNow();
        var audit = new Audit(recipes.Audit, Everything, now);
        await AddGoldenRecords(audit, ct);
        foreach (var count in await store.Clean.IssueCounts(ct))
            audit.Add(new Auditing.IssueCount(count.Source, count.Field, count.Code, count.Rejected, count.Records, count.Samples));
        await AddQueue(audit, ct);
        await AddSources(audit, ct);

        var report = audit.Report(await Trend(ct));
        var page = Path.Combine(settings.ReportsDirectory, $"audit-{now:yyyyMMdd-HHmmss}.html");
        Directory.CreateDirectory(settings.ReportsDirectory);
        await File.WriteAllTextAsync(page, AuditHtml.Render(report), ct);
        var row = new AuditRow(Guid.CreateVersion7(now), now, Everything, report.Score, report.Verdict.ToString().ToLowerInvariant(), AuditJson.Render(report));
        await store.Audits.Add(row, ct);
        return new AuditOutcome(report, page);
    }

    private async Task AddGoldenRecords(Audit audit, CancellationToken ct)
    {
        var inReview = (await store.Queue.List(QueueState.Open, int.MaxValue, ct)).SelectMany(q => new[] { q.GoldenA, q.GoldenB }).OfType<GoldenId>().ToHashSet();
        await foreach (var batch in store.Golden.StreamWithMembers(ct))
            foreach (var (golden, members) in batch)
            {
                var id = golden.Id.ToString();
                var content = new GoldenContent(golden.Kind, golden.Values, golden.Provenance, [.. members.Select(m => m.Key)]);
                audit.Add(AuditedGolden.Of(id, content, members, inReview.Contains(golden.Id), golden.Hygiene));
                audit.AddGroup(id, members);
            }
    }

    private async Task AddQueue(Audit audit, CancellationToken ct)
    {
        var pairs = await store.Queue.Count(QueueState.Open, ct);
        var first = await store.Queue.List(QueueState.Open, 5, ct);
        audit.AddQueue(pairs, first.Select(q => q.Id));
    }

    private async Task AddSources(Audit audit, CancellationToken ct)
    {
        var counts = (await store.Stats.Sources(ct)).ToLookup(c => c.Source, StringComparer.Ordinal);
        var quarantined = (await store.Quarantine.List(cleared: false, int.MaxValue, ct)).ToLookup(q => q.What.Source, StringComparer.Ordinal);
        var runs = await store.Runs.List(100, ct);
        foreach (var source in await store.Sources.List(ct))
        {
            var name = source.Name.Value;
            var ofSource = runs.Where(r => r.Kind == "sync" && (r.Source is null || r.Source == name) && r.FinishedAt is not null).ToList();
            var failed = ofSource.FirstOrDefault()?.Errors.FirstOrDefault(e => e.StartsWith(name + ": ", StringComparison.Ordinal));
            audit.Add(new AuditedSource(
                name, counts[name].Sum(c => c.Records), ofSource.FirstOrDefault(r => !r.Errors.Any(e => e.StartsWith(name + ": ", StringComparison.Ordinal)))?.FinishedAt,
                failed?[(name.Length + 2)..], [], quarantined[name].Count(), Syncs: source.Path is null));
        }
    }

    private async Task<IReadOnlyList<TrendPoint>> Trend(CancellationToken ct) =>
        [.. (await store.Audits.List(Everything, EarlierAudits, ct)).OrderBy(a => a.At).Select(a => new TrendPoint(a.At, a.Score))];
}
