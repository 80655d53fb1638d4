using System.Text.Json;
using IntegrationHub.Auditing;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>One condition of the launch gate.</summary>
/// <param name="Name"><c>audit</c>, <c>test</c> or <c>goal</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Message">What was found, and what to do where it does not hold.</param>
public sealed record GateCheck(string Name, bool Passed, string Message);

/// <summary>What a launch came to.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Version">The version that runs now.</param>
/// <param name="LaunchedAt">Since when.</param>
/// <param name="Checks">The gate.</param>
/// <param name="Overridden">True where the gate said no and a person let it through.</param>
public sealed record LaunchOutcome(string Workflow, string Version, DateTimeOffset LaunchedAt, IReadOnlyList<GateCheck> Checks, bool Overridden);

/// <summary>
/// Publishes, launches, pauses, resumes and stops workflows. A launch is refused unless the audit of the workflow's segment passes, a test has walked everything on this very version, and a goal with a metric is set.
/// </summary>
public sealed class LaunchWorkflow(HubStore store, EngineSettings settings, RunAudit audit, EventSignal signal, TimeProvider time)
{
    /// <summary>Publishes the file of a workflow as it is now. A version that is published already stays as it is.</summary>
    /// <exception cref="NotPossibleException">There is no such file.</exception>
    /// <exception cref="RecipeException">The file has mistakes.</exception>
    public async Task<(Workflow Workflow, bool IsNew)> Publish(string name, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var (workflow, text) = Read(name);
        var now = time.GetUtcNow();
        var isNew = await store.Launches.Publish(
            new WorkflowVersionRow(name, workflow.Version, text, now, by.Name), [new TrailEntry(now, by.Name, "publish", "workflow", name, null, workflow.Version, null)], ct);
        return (workflow, isNew);
    }

    /// <summary>The names of all workflow files.</summary>
    public IReadOnlyList<string> Files() =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Keeps the result of a test of a version: the launch gate asks for one that covered everything.</summary>
    /// <param name="name">The workflow.</param>
    /// <param name="version">The version that was tested.</param>
    /// <param name="covered">True when every step, branch, time-out, exit and suppression was walked.</param>
    /// <param name="result">What was found, as JSON.</param>
    /// <param name="by">Who tested.</param>
    /// <param name="ct">Stops it.</param>
    public Task RecordTest(string name, string version, bool covered, string result, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        return store.Launches.RecordTest(new WorkflowTestRow(name, version, time.GetUtcNow(), by.Name, covered, result), ct);
    }

    /// <summary>Looks at the launch gate without launching.</summary>
    public async Task<(Workflow Workflow, IReadOnlyList<GateCheck> Checks)> Gate(string name, Actor by, CancellationToken ct)
    {
        by.Require(Role.Viewer);
        var (workflow, _) = Read(name);
        return (workflow, [await Audited(name, by, ct), await Tested(workflow, by, ct), HasGoal(workflow)]);
    }

    /// <summary>Launches the file of a workflow as it is now, publishing it where that has not been done. Contacts that are in an earlier version stay on it.</summary>
    /// <param name="name">The workflow.</param>
    /// <param name="overrideReason">Why it is to be launched whatever the gate says; null to obey the gate. Needs an admin.</param>
    /// <param name="by">Who launches.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="RefusedException">The gate says no, or the role does not suffice.</exception>
    public async Task<LaunchOutcome> Launch(string name, string? overrideReason, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var (workflow, checks) = await Gate(name, by, ct);
        var failed = checks.Where(c => !c.Passed).ToList();
        if (failed.Count > 0)
        {
            if (string.IsNullOrWhiteSpace(overrideReason))
                throw new RefusedException($"{name} is not launched.\n{string.Join('\n', failed.Select(f => $"- {f.Name}: {f.Message}"))}\nAn admin may launch it all the same: hub workflow launch {name} --override \"REASON\"");
            by.Require(Role.Admin);
        }

        await Publish(name, by, ct);
        var now = time.GetUtcNow();
        var overridden = failed.Count > 0 ? overrideReason : null;
        var evidence = JsonSerializer.Serialize(new { checks = checks.Select(c => new { c.Name, c.Passed, c.Message }), @override = overridden, role = by.Role.ToString().ToLowerInvariant() });
        var watches = workflow.Triggers.Any(t => t.LooksAtContacts);
        var before = (await store.Launches.List(ct)).FirstOrDefault(l => l.Name == name);
        await store.Launches.Save(
            new LaunchRow(name, workflow.Version, now, LaunchState.Live, evidence, watches, watches ? 0 : null, 0, by.Name, now),
            [new TrailEntry(now, by.Name, overridden is null ? "launch" : "launch_override", "workflow", name, before?.Version, workflow.Version, overridden)], ct);
        signal.Ring();
        return new LaunchOutcome(name, workflow.Version, now, checks, overridden is not null);
    }

    /// <summary>Nobody enters and nothing is sent until it is resumed.</summary>
    public Task Pause(string name, string? why, Actor by, CancellationToken ct) => Change(name, LaunchState.Paused, "pause", why, by, ct);

    /// <summary>Goes on where it was paused. Contacts that came to fit meanwhile enter now.</summary>
    public async Task Resume(string name, Actor by, CancellationToken ct)
    {
        var launch = await Find(name, ct);
        if (launch.State == LaunchState.Stopped) throw new NotPossibleException($"{name} was stopped: its contacts have left it. Launch it anew: hub workflow launch {name}");
        await Change(name, LaunchState.Live, "resume", null, by, ct);
        if (launch is { Watches: true, State: LaunchState.Paused }) await store.Launches.Scanned(name, 0, launch.Admitted, ct);
        signal.Ring();
    }

    /// <summary>Ends it: all contacts leave, and what waits to be sent is not sent.</summary>
    public Task Stop(string name, string? why, Actor by, CancellationToken ct) => Change(name, LaunchState.Stopped, "stop", why, by, ct);

    private async Task Change(string name, LaunchState state, string action, string? why, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        await Find(name, ct);
        var now = time.GetUtcNow();
        await store.Launches.SetState(name, state, by.Name, [new TrailEntry(now, by.Name, action, "workflow", name, null, null, why)], now, ct);
        signal.Ring();
    }

    private async Task<LaunchRow> Find(string name, CancellationToken ct)
    {
        var launches = await store.Launches.List(ct);
        return launches.FirstOrDefault(l => l.Name == name) ?? throw new NotPossibleException($"No workflow '{name}' is launched. {Suggestion.For(name, launches.Select(l => l.Name))}");
    }

    private async Task<GateCheck> Audited(string name, Actor by, CancellationToken ct)
    {
        try
        {
            var report = (await audit.Run(new AuditRequest(Workflow: name), by, ct)).Report;
            return report.Verdict switch
            {
                AuditVerdict.Pass => new GateCheck("audit", true, $"the audit of its segment passes with a score of {report.Score:0.#}"),
                AuditVerdict.Warn => new GateCheck("audit", true, $"the audit of its segment passes with care, score {report.Score:0.#}: {report.Reasons.FirstOrDefault()} See: hub audit --workflow {name}"),
                _ => new GateCheck("audit", false, $"the audit of its segment says do not launch, score {report.Score:0.#}: {report.Reasons.FirstOrDefault()} See what to mend: hub audit --workflow {name}"),
            };
        }
        catch (NotPossibleException e)
        {
            return new GateCheck("audit", false, $"{e.Message} Describe under 'workflows' there whom it is for and which fields it needs.");
        }
    }

    /// <summary>The test is run here and now, so that it is of this very version, with the templates and segments as they are; its result is kept.</summary>
    private async Task<GateCheck> Tested(Workflow workflow, Actor by, CancellationToken ct)
    {
        var outcome = TestWorkflows.Run([workflow.Name], settings.MappingsDirectory, approve: false)[0];
        var missed = outcome.Report.Unreached.Concat(outcome.Report.Problems).Concat(outcome.Approved == false ? outcome.Changes : []).Select(m => m.ToString()).ToList();
        await RecordTest(workflow.Name, workflow.Version, outcome.Passed, JsonSerializer.Serialize(new { paths = outcome.Report.Paths.Length, missed }), by, ct);
        return outcome.Passed
            ? new GateCheck("test", true, $"the test of version {workflow.Version} walked all of it on {outcome.Report.Paths.Length} paths")
            : new GateCheck("test", false, $"the test of version {workflow.Version} does not pass: {string.Join("; ", missed.Take(3))}. See all of it: hub workflow test {workflow.Name}");
    }

    private static GateCheck HasGoal(Workflow workflow) => workflow.Goal is { Metric.Length: > 0 } goal
        ? new GateCheck("goal", true, $"its goal is {goal.Pattern?.Text ?? goal.Condition?.Text}, measured by {goal.Metric}")
        : new GateCheck("goal", false, "it has no goal with a metric, so nobody could say whether it works. Put 'goal: { event: order.placed, within: 7d, metric: revenue }' or the like into its file.");

    private (Workflow Workflow, string Text) Read(string name)
    {
        var file = Path.Combine(Folder, $"{name}.yaml");
        if (!File.Exists(file)) throw new NotPossibleException($"There is no file {file}. {Suggestion.For(name, Files())}");
        var text = RecipeText.Read(file);
        return (WorkflowsInForce.Parse(name, text), text);
    }

    private string Folder => Path.Combine(settings.MappingsDirectory, "workflows");
}
