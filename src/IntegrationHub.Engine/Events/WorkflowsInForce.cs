using System.Collections.Immutable;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Store;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>What workflows share: everything of the mappings folder but the workflows themselves.</summary>
/// <param name="Segments">Named conditions.</param>
/// <param name="Scoring">How scores are counted.</param>
/// <param name="Routing">Who gets which contact.</param>
/// <param name="Sending">Rules of sending.</param>
/// <param name="Compose">Writes messages.</param>
/// <param name="Sender">Who the messages are from.</param>
public sealed record WorkflowSurroundings(ImmutableArray<Segment> Segments, ScoreModel Scoring, RoutingRules Routing, SendingRules Sending, Compose Compose, SenderIdentity Sender)
{
    /// <summary>Names of enrichment vendors that can be asked.</summary>
    public ImmutableHashSet<string> Vendors { get; init; } = [];

    /// <summary>True where an agent decides.</summary>
    public bool AgentIsOn { get; init; }

    /// <summary>True where notes to one's own team go to Slack too.</summary>
    public bool TellsSlack { get; init; }

    /// <summary>Those of the mappings folder.</summary>
    public static WorkflowSurroundings Of(WorkflowBook book, TrackedLinks links) =>
        new(book.Segments, book.Scoring, book.Routing, book.Sending, book.Composer(links).Compose, book.Identity.Sender);
}

/// <summary>
/// The workflows that run: as the database has them launched, by the texts that were published. Built anew only when a launch has changed, by whatever process, or the complaint breaker has.
/// </summary>
public sealed class WorkflowsInForce(HubStore store, Func<WorkflowSurroundings> surroundings, TimeProvider time)
{
    private static readonly TimeSpan BreakerWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan LookAtComplaints = TimeSpan.FromMinutes(1);

    private IReadOnlyList<LaunchRow> known = [];
    private WorkflowSurroundings? around;
    private WorkflowSet? set;
    private string? breaker;
    private DateTimeOffset lookedAtComplaints = DateTimeOffset.MinValue;

    /// <summary>Who the messages are from.</summary>
    public SenderIdentity Sender => (around ??= surroundings()).Sender;

    /// <summary>True where notes to one's own team go to Slack too.</summary>
    public bool TellsSlack => (around ??= surroundings()).TellsSlack;

    /// <summary>The launches as they were last looked at.</summary>
    public IReadOnlyList<LaunchRow> Launches => known;

    /// <summary>The set in force now.</summary>
    /// <exception cref="RecipeException">A published version can no longer be read.</exception>
    public async Task<WorkflowSet> Current(CancellationToken ct)
    {
        var launches = await store.Launches.List(ct);
        var tripped = await Breaker(launches, ct);
        // How far a launch has been looked at is no matter of the set.
        if (set is not null && tripped == breaker && launches.Count == known.Count && launches.Zip(known).All(p => Same(p.First, p.Second)))
        {
            known = launches;
            return set;
        }

        (known, breaker) = (launches, tripped);
        return set = await Build(launches, ct);
    }

    /// <summary>A workflow's text as a workflow.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static Workflow Parse(string name, string text)
    {
        var file = $"{name}.yaml";
        var read = WorkflowReader.Read(name, text, DefinitionFile.Read(file, text));
        return read.Workflow ?? throw DefinitionFile.Wrong(file, read.Errors);
    }

    private async Task<WorkflowSet> Build(IReadOnlyList<LaunchRow> launches, CancellationToken ct)
    {
        var (launched, older) = (ImmutableArray.CreateBuilder<LaunchedWorkflow>(), ImmutableArray.CreateBuilder<Workflow>());
        foreach (var launch in launches)
        {
            foreach (var version in await store.Launches.Versions(launch.Name, ct))
            {
                var workflow = Parse(version.Name, version.Text) with { Version = version.Version };
                if (version.Version == launch.Version) launched.Add(new LaunchedWorkflow(workflow, launch.LaunchedAt, launch.State));
                else older.Add(workflow);
            }
        }

        var of = around ??= surroundings();
        var since = launches.Count == 0 ? time.GetUtcNow() : launches.Min(l => l.LaunchedAt);
        return new WorkflowSet(launched.ToImmutable(), older.ToImmutable(), of.Segments, of.Scoring, of.Routing, of.Sending with { Breaker = breaker ?? of.Sending.Breaker }, of.Compose, since)
        {
            Vendors = of.Vendors,
            AgentIsOn = of.AgentIsOn,
        };
    }

    private async Task<string?> Breaker(IReadOnlyList<LaunchRow> launches, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (launches.Count == 0 || now - lookedAtComplaints < LookAtComplaints) return breaker;
        lookedAtComplaints = now;
        var (delivered, complaints) = await store.Messages.Complaints(now - BreakerWindow, ct);
        var verdict = ComplaintBreaker.Judge(delivered, complaints, ComplaintRules.Default);
        return verdict.State == ComplaintState.Stopped ? $"complaints: {verdict.Message}" : null;
    }

    private static bool Same(LaunchRow a, LaunchRow b) => a.Name == b.Name && a.Version == b.Version && a.LaunchedAt == b.LaunchedAt && a.State == b.State;
}
