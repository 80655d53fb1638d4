namespace IntegrationHub.Workflows;

/// <summary>Ends the run.</summary>
/// <param name="Reason">The reason that is recorded.</param>
public sealed record ExitStep(string Reason) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("exit", "Ends the run, with a reason.", [("reason", "The reason that is recorded.")], ["exit: handed over", "exit: { reason: no answer }"],
        step => step.Map.Text("reason", required: true) is { } reason ? new ExitStep(reason) : null);

    /// <inheritdoc/>
    public override string KindName => "exit";

    /// <inheritdoc/>
    public override string Text => $"end: {Reason}";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context) => new StepResult.Leave(Reason);
}
