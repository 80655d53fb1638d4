using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Goes one way or the other.</summary>
/// <param name="When">The condition.</param>
/// <param name="Then">The step when it holds.</param>
/// <param name="Else">The step when it does not.</param>
public sealed record BranchStep(Condition When, string? Then, string? Else) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("branch", "Goes one way when a condition holds, and the other when it does not.", [("when", "The condition."), ("then", "Steps when it holds."), ("else", "Steps when it does not.")],
        ["branch: { when: { event: email.clicked, since: last_send }, then: [{ exit: clicked }], else: [{ wait: 2d }] }", "branch: { when: { score: total, at_least: 60 }, then: [{ exit: ready }] }"],
        step => ConditionKinds.Read(step.Map, "when", required: true) is var when && step.Arm("then") is var then && step.Arm("else") is var otherwise && when is not null
            ? new BranchStep(when, then, otherwise) : null);

    /// <inheritdoc/>
    public override string KindName => "branch";

    /// <inheritdoc/>
    public override string Text => $"{When.Text}?";

    /// <inheritdoc/>
    public override ImmutableArray<(string Arm, string? To)> Arms => [("yes", Then), ("no", Else)];

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context) =>
        When.Holds(context.View) ? new StepResult.GoOn(Then, "yes") : new StepResult.GoOn(Else, "no");
}
