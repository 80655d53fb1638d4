using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows.Testing;

/// <summary>One line of a path.</summary>
/// <param name="After">How long after the entry.</param>
/// <param name="Workflow">The workflow: another one where the contact was handed over.</param>
/// <param name="Step">The step; null for an entry.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Template">The template.</param>
/// <param name="Subject">The subject of the message, or the beginning of its text.</param>
/// <param name="Reason">Why.</param>
public sealed record PathLine(TimeSpan After, string Workflow, string? Step, EffectKind Kind, Channel? Channel, string? Template, string? Subject, string? Reason);

/// <summary>One way of a made-up contact through a workflow.</summary>
/// <param name="Name">Who the contact is, and what it did.</param>
/// <param name="Lines">What happened.</param>
/// <param name="Messages">The messages, as they would have been sent.</param>
public sealed record TestPath(string Name, ImmutableArray<PathLine> Lines, ImmutableArray<RenderedMessage> Messages);

/// <summary>What the test of one workflow shows.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Version">The version that was tested.</param>
/// <param name="Paths">The ways, each of which shows something that those before it do not.</param>
/// <param name="Covered">What was reached.</param>
/// <param name="Unreached">What no contact could reach, in words.</param>
/// <param name="Problems">What must never happen, and did.</param>
public sealed record WorkflowTestReport(string Workflow, string Version, ImmutableArray<TestPath> Paths, ImmutableArray<string> Covered, ImmutableArray<string> Unreached, ImmutableArray<string> Problems)
{
    /// <summary>True when everything was reached and nothing went wrong.</summary>
    public bool Passed => Unreached.IsEmpty && Problems.IsEmpty;
}

/// <summary>
/// Sends made-up contacts through every step, arm, time-out, exit, suppression and quiet hour of a workflow, on a virtual clock, by the production reducer, gate and templates.
/// It tries what a contact may do at each wait, keeps each way that shows something new, and names what no contact can reach. Pure.
/// </summary>
public static class WorkflowTest
{
    /// <summary>Tests a workflow.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="others">The names of the other workflows: contacts that are handed over to them are seen to arrive, and stay there.</param>
    /// <param name="segments">Named conditions.</param>
    /// <param name="scoring">How scores are counted.</param>
    /// <param name="routing">Who gets which contact.</param>
    /// <param name="sending">Rules of sending.</param>
    /// <param name="compose">Writes messages.</param>
    public static WorkflowTestReport Run(
        Workflow workflow, ImmutableArray<string> others, ImmutableArray<Segment> segments, ScoreModel scoring, RoutingRules routing, SendingRules sending, Compose compose) =>
        new PathExplorer(workflow, others, segments, scoring, routing, sending, compose).Explore();
}
