using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a template became for one contact, or why it could not.</summary>
/// <param name="Message">The message; null where it could not be written.</param>
/// <param name="Problem">What is missing; null where nothing is.</param>
public readonly record struct Composed(RenderedMessage? Message, string? Problem);

/// <summary>Writes a template for one contact.</summary>
/// <param name="template">The template's name.</param>
/// <param name="channel">The channel that it is for.</param>
/// <param name="view">The contact, with the enrolment and its step.</param>
/// <param name="workflow">The workflow.</param>
/// <param name="now">When it goes out.</param>
public delegate Composed Compose(string template, Channel channel, ContactView view, Workflow workflow, DateTimeOffset now);

/// <summary>The workflows and the rules that are in force together. Immutable.</summary>
public sealed class WorkflowSet
{
    private readonly FrozenDictionary<(string Name, string Version), Workflow> versions;
    private readonly FrozenDictionary<string, Segment> segments;

    /// <summary>Puts a set together.</summary>
    /// <param name="launched">The launched workflows, one version each.</param>
    /// <param name="older">Older versions that enrolments still run through.</param>
    /// <param name="segments">Named conditions.</param>
    /// <param name="scoring">How scores are counted.</param>
    /// <param name="routing">Who gets which contact.</param>
    /// <param name="sending">Rules of sending.</param>
    /// <param name="compose">Writes messages.</param>
    /// <param name="watchingSince">From when on a contact without any date counts as known: silence is measured from here.</param>
    public WorkflowSet(
        ImmutableArray<LaunchedWorkflow> launched, ImmutableArray<Workflow> older, ImmutableArray<Segment> segments, ScoreModel scoring, RoutingRules routing, SendingRules sending, Compose compose,
        DateTimeOffset watchingSince)
    {
        Launched = [.. launched.OrderByDescending(l => l.Workflow.Priority).ThenBy(l => l.Workflow.Name, StringComparer.Ordinal)];
        versions = launched.Select(l => l.Workflow).Concat(older).DistinctBy(w => (w.Name, w.Version)).ToFrozenDictionary(w => (w.Name, w.Version));
        this.segments = segments.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);
        Segments = segments;
        Scoring = scoring;
        RoutingRules = routing;
        Sending = sending;
        Compose = compose;
        WatchingSince = watchingSince;
    }

    /// <summary>The launched workflows: higher priority first, then by name.</summary>
    public ImmutableArray<LaunchedWorkflow> Launched { get; }

    /// <summary>Named conditions.</summary>
    public ImmutableArray<Segment> Segments { get; }

    /// <summary>How scores are counted.</summary>
    public ScoreModel Scoring { get; }

    /// <summary>Who gets which contact.</summary>
    public RoutingRules RoutingRules { get; }

    /// <summary>Rules of sending.</summary>
    public SendingRules Sending { get; }

    /// <summary>Writes messages.</summary>
    public Compose Compose { get; }

    /// <summary>Names of enrichment vendors that are set up; none where there is no account, and in simulations.</summary>
    public ImmutableHashSet<string> Vendors { get; init; } = [];

    /// <summary>True when an agent decides; off by default.</summary>
    public bool AgentIsOn { get; init; }

    /// <summary>From when on a contact without any date counts as known.</summary>
    public DateTimeOffset WatchingSince { get; }

    /// <summary>A launched workflow by its name; null when none is launched by it.</summary>
    public LaunchedWorkflow? Find(string name) => Launched.FirstOrDefault(l => l.Workflow.Name == name);

    /// <summary>The version that an enrolment runs through; null when it is not at hand.</summary>
    public Workflow? VersionOf(Enrolment enrolment) => versions.GetValueOrDefault((enrolment.Workflow, enrolment.Version));

    /// <summary>A segment by its name.</summary>
    /// <exception cref="InvalidOperationException">No segment has that name; publishing checks it.</exception>
    public Segment SegmentNamed(string name) => segments.TryGetValue(name, out var segment) ? segment : throw new InvalidOperationException($"No segment '{name}' in mappings/segments.");
}
