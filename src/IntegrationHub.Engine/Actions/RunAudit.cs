using IntegrationHub.Auditing;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Actions;

/// <summary>What to audit, and where to put it.</summary>
/// <param name="Source">One source only; null for all.</param>
/// <param name="Workflow">One workflow only; null for all.</param>
/// <param name="Html">Where the page goes; null for a file of its own in the reports folder.</param>
/// <param name="Csv">Where the rows that the findings count go; null for nowhere.</param>
public sealed record AuditRequest(string? Source = null, string? Workflow = null, string? Html = null, string? Csv = null);

/// <summary>An audit with the files that it was written to.</summary>
/// <param name="Report">The report.</param>
/// <param name="Page">The HTML page; null where none was written.</param>
/// <param name="Rows">How many rows the CSV file has; null where none was written.</param>
public sealed record AuditOutcome(AuditReport Report, string? Page, long? Rows = null);

/// <summary>Runs the hygiene audit over golden records, keeps the report and writes its page.</summary>
public sealed class RunAudit(HubStore store, RecipeBook recipes, EngineSettings settings, SchemaDrift drift, TimeProvider time)
{
    /// <summary>The scope of the audit over all records.</summary>
    public const string Everything = "all";

    private const int EarlierAudits = 12;

    /// <summary>Audits everything.</summary>
    /// <param name="by">Who asked.</param>
    /// <param name="ct">Stops it; nothing is kept then.</param>
    public Task<AuditOutcome> Run(Actor by, CancellationToken ct) => Run(new AuditRequest(), by, ct);

    /// <summary>Audits.</summary>
    /// <param name="request">What.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="ct">Stops it; nothing is kept then.</param>
    /// <exception cref="NotPossibleException">There is no such source or workflow.</exception>
    public async Task<AuditOutcome> Run(AuditRequest request, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var now = time.GetUtcNow();
        var sources = await store.Sources.List(ct);
        var rules = recipes.Audit.WithConnectors(sources.Select(s => KeyValuePair.Create(s.Name.Value, s.Connector)));
        var scope = Scope(request, rules, sources);
        var rows = request.Csv is null ? null : new AuditedRows();
        var (audit, facts, wanted) = await Gather(rules, scope, now, rows, ct);
        await AddQueue(audit, scope, g => facts.IndexOf(g) is { } index && wanted[index], ct);
        if (scope.Workflow is null) await AddSources(audit, facts, sources.Where(s => scope.Source is null || s.Name.Value == scope.Source), ct);

        var (trend, last) = await Earlier(scope, ct);
        var names = await store.Landing.Keys(audit.UnnamedRecords, ct);
        var report = audit.Report(last, trend, number => names.TryGetValue(number, out var key) ? key.ToString() : $"record {number}");
        var page = request.Html ?? Path.Combine(settings.ReportsDirectory, $"audit-{now:yyyyMMdd-HHmmss}{(scope.Name == Everything ? "" : "-" + scope.Name.Replace(':', '-'))}.html");
        await AuditFiles.WritePage(page, report, ct);
        var written = rows is null ? (long?)null : await rows.Write(request.Csv!, report, store, ct);
        var row = new AuditRow(Guid.CreateVersion7(now), now, scope.Name, report.Score, report.Verdict.ToString().ToLowerInvariant(), AuditJson.Render(report));
        await store.Audits.Add(row, ct);
        return new AuditOutcome(report, page, written);
    }

    /// <summary>The last report of a scope; null when there is none, or an earlier version of the hub made it.</summary>
    public async Task<AuditReport?> Last(string scope, CancellationToken ct) =>
        await store.Audits.Latest(scope, ct) is { } row ? AuditJson.Read(row.Report) : null;

    private static AuditScope Scope(AuditRequest request, AuditRules rules, IReadOnlyList<SourceRow> sources)
    {
        if (request is { Source: not null, Workflow: not null }) throw new NotPossibleException("Give --source or --workflow, not both.");
        if (request.Source is { } source)
            return sources.Any(s => s.Name.Value == source)
                ? AuditScope.OfSource(source)
                : throw new NotPossibleException($"There is no source '{source}'. {Suggestion.For(source, sources.Select(s => s.Name.Value))}");
        if (request.Workflow is not { } workflow) return AuditScope.Everything;
        return rules.Workflow(workflow) is { } own
            ? AuditScope.OfWorkflow(own)
            : throw new NotPossibleException($"mappings/audit.yaml describes no workflow '{workflow}'. {Suggestion.For(workflow, rules.Workflows.Select(w => w.Name))}");
    }

    /// <summary>Golden records and issues, in parts by range, one thread each: what the parts find is merged.</summary>
    private async Task<(Audit Audit, AuditFacts Facts, bool[] Wanted)> Gather(AuditRules rules, AuditScope scope, DateTimeOffset now, AuditedRows? rows, CancellationToken ct)
    {
        var facts = await store.AuditReader.Read(rules.ConflictFields, rules.FieldsAskedFor, ct);
        rules = rules with { EngagementSources = facts.EngagementSources };
        var parts = new Audit[rows is null ? AuditReader.Ranges : 1];
        for (var i = 0; i < parts.Length; i++) parts[i] = new Audit(rules, scope, now, rows is null ? null : rows.Add);
        var wanted = new bool[facts.Count];
        await Task.WhenAll(parts.Select((part, i) => Task.Run(
            () =>
            {
                var (from, to) = ((long)facts.Count * i / parts.Length, (long)facts.Count * (i + 1) / parts.Length);
                for (var g = (int)from; g < to; g++)
                {
                    wanted[g] = part.Add(facts.Golden(g));
                    if (g % 10_000 == 0) ct.ThrowIfCancellationRequested();
                }
            },
            ct)));
        await store.AuditReader.Issues(facts, wanted, raw: rows is not null, parts.Length, (range, source, record, issues) => parts[range].AddIssues(source, record, null, issues), ct);
        foreach (var part in parts[1..]) parts[0].Merge(part);
        return (parts[0], facts, wanted);
    }

    private async Task AddQueue(Audit audit, AuditScope scope, Predicate<GoldenId> isWanted, CancellationToken ct)
    {
        if (scope.Source is null && scope.Workflow is null)
        {
            audit.AddQueue(await store.Queue.Count(QueueState.Open, ct), (await store.Queue.List(QueueState.Open, recipes.Audit.Samples, ct)).Select(q => q.Id));
            return;
        }

        var pairs = (await store.Queue.List(QueueState.Open, int.MaxValue, ct))
            .Where(q => scope.Source is { } source ? q.KeyA.Source == source || q.KeyB.Source == source : Has(q.GoldenA) || Has(q.GoldenB)).ToList();
        audit.AddQueue(pairs.Count, pairs.Take(recipes.Audit.Samples).Select(q => q.Id));

        bool Has(GoldenId? id) => id is { } golden && isWanted(golden);
    }

    private async Task AddSources(Audit audit, AuditFacts facts, IEnumerable<SourceRow> sources, CancellationToken ct)
    {
        var quarantined = (await store.Quarantine.List(cleared: false, int.MaxValue, ct)).ToLookup(q => q.What.Source, StringComparer.Ordinal);
        var runs = await store.Runs.List(100, ct);
        foreach (var source in sources)
        {
            var name = source.Name.Value;
            var ofSource = runs.Where(r => r.Kind == "sync" && (r.Source is null || r.Source == name) && r.FinishedAt is not null).ToList();
            string? ErrorOf(RunRow run) => run.Errors.FirstOrDefault(e => e.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
            var found = await drift.Of(source, ct);
            audit.Add(new AuditedSource(
                name, facts.RecordsOf(name), ofSource.FirstOrDefault(r => ErrorOf(r) is null)?.FinishedAt, ofSource.FirstOrDefault() is { } latest ? ErrorOf(latest) : null,
                found.Lost, quarantined[name].Count(), Syncs: source.Path is null, found.Unmapped));
        }
    }

    private async Task<(IReadOnlyList<TrendPoint> Trend, AuditReport? Last)> Earlier(AuditScope scope, CancellationToken ct)
    {
        var earlier = await store.Audits.List(scope.Name, EarlierAudits, ct);
        return ([.. earlier.OrderBy(a => a.At).Select(a => new TrendPoint(a.At, a.Score))], earlier.Count == 0 ? null : AuditJson.Read(earlier[0].Report));
    }
}
