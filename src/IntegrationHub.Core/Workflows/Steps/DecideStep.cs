using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Asks an agent to choose among declared options, with a deadline and an option to fall back on.</summary>
/// <param name="Question">What is to be decided.</param>
/// <param name="Options">Each option's name, its meaning and its first step.</param>
/// <param name="Fallback">The option where no answer comes, or where the agent is off.</param>
/// <param name="Deadline">How long an answer is waited for.</param>
public sealed record DecideStep(string Question, ImmutableArray<(string Option, string Meaning, string? To)> Options, string Fallback, TimeSpan Deadline) : Step
{
    /// <summary>The event by which an answer comes; <c>step</c> and <c>option</c> say which.</summary>
    public const string Answered = "custom.decided";

    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("decide", "Asks an AI agent to choose among the declared options; without an answer in time, or with the agent off, the fallback is taken.",
        [("question", "What is to be decided."), ("options", "A list, each with name, meaning and steps."), ("fallback", "The option without an answer."), ("deadline", "How long an answer is waited for; 20s unless told.")],
        ["decide: { question: Which tone?, options: [{ name: plain, meaning: short and plain, steps: [{ send: plain }] }, { name: warm, meaning: warm, steps: [{ send: warm }] }], fallback: plain }"], Read);

    private static DecideStep? Read(StepReader step)
    {
        var options = ImmutableArray.CreateBuilder<(string Option, string Meaning, string? To)>();
        foreach (var option in step.Map.Maps("options", required: true))
        {
            var (name, meaning) = (option.Text("name", required: true), option.Text("meaning"));
            var to = step.StepsOf(option, "steps", step.Next);
            option.RefuseUnknownKeys();
            if (name is not null) options.Add((name, meaning ?? name, to));
        }

        var (question, fallback) = (step.Map.Text("question", required: true), step.Map.Text("fallback", required: true));
        if (options.Count < 2) step.Map.Error("options", "there is no choice: give at least two options.");
        if (fallback is not null && options.All(o => o.Option != fallback)) step.Map.Error("fallback", $"'{fallback}' is none of the options: {string.Join(", ", options.Select(o => o.Option))}.");
        var deadline = step.Map.Duration("deadline") ?? TimeSpan.FromSeconds(20);
        return question is null || fallback is null ? null : new DecideStep(question, options.ToImmutable(), fallback, deadline);
    }

    /// <inheritdoc/>
    public override string KindName => "decide";

    /// <inheritdoc/>
    public override string Text => $"{Question} ({string.Join(", ", Options.Select(o => o.Option))})";

    /// <inheritdoc/>
    public override ImmutableArray<(string Arm, string? To)> Arms => [.. Options.Select(o => (o.Option, o.To))];

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        if (!context.View.Set.AgentIsOn) return Take(context, Fallback, "the agent is off");
        var answer = context.View.Events.LatestFirst().TakeWhile(e => e.At >= context.Enrolment.StepSince)
            .FirstOrDefault(e => e.Type == Answered && e.Properties.Text("step") == Id && e.Properties.Text("workflow") == context.Workflow.Name);
        if (answer?.Properties.Text("option") is { } chosen && Options.Any(o => o.Option == chosen)) return Take(context, chosen, answer.Properties.Text("reason") ?? "chosen by the agent");
        if (answer is not null) return Take(context, Fallback, answer.Properties.Text("option") is null ? answer.Properties.Text("reason") ?? "the agent named no option" : "the agent named no option");
        var due = context.Enrolment.StepSince + Deadline;
        if (due <= context.Now) return Take(context, Fallback, $"no answer within {Durations.Text(Deadline)}");
        if (context.Cause == Cause.Arrival) context.Ask(new OutsideRequest.Decide(Question, [.. Options.Select(o => (o.Option, o.Meaning))], due));
        return new StepResult.Stay(due, Text);
    }

    private StepResult.GoOn Take(StepContext context, string option, string reason)
    {
        context.Emit(EffectKind.Update, $"decided {option}: {reason}");
        return new StepResult.GoOn(Options.First(o => o.Option == option).To, option);
    }
}
