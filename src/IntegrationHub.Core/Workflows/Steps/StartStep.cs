namespace IntegrationHub.Workflows;

/// <summary>Hands the contact to another workflow, and goes on.</summary>
/// <param name="Workflow">The other workflow.</param>
public sealed record StartStep(string Workflow) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("start", "Hands the contact to another workflow, and goes on.", [("workflow", "The other workflow's name.")], ["start: lead-nurture", "start: { workflow: post-purchase }"],
        step => step.Map.Text("workflow", required: true) is { } name ? new StartStep(name) : null);

    /// <inheritdoc/>
    public override string KindName => "start";

    /// <inheritdoc/>
    public override string Text => $"start {Workflow}";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        context.Start(Workflow);
        return new StepResult.GoOn(Next);
    }
}
