using System.Collections.Immutable;
using System.Globalization;

namespace IntegrationHub.Workflows;

/// <summary>Counts the contact's scores and keeps them, with their reasons.</summary>
public sealed record ScoreStep : Step
{
    private const int MostReasons = 4;

    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("score", "Counts fit and behaviour by mappings/scoring.yaml and records both with their reasons.", [("by", "scoring: the rules of mappings/scoring.yaml.")], ["score: scoring", "score: { by: scoring }"], Read);

    private static ScoreStep? Read(StepReader step)
    {
        if (step.Map.Text("by") is "scoring" or null) return new ScoreStep();
        step.Map.Error("by", "scores are counted by 'scoring', the rules of mappings/scoring.yaml.");
        return null;
    }

    /// <inheritdoc/>
    public override string KindName => "score";

    /// <inheritdoc/>
    public override string Text => "score fit and behaviour";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var scores = context.View.Set.Scoring.Of(context.View);
        var reason = string.Create(CultureInfo.InvariantCulture, $"fit {scores.Fit:0.#} ({Reasons(scores.FitParts)}), behaviour {scores.Behaviour:0.#} ({Reasons(scores.BehaviourParts)}), total {scores.Fit + scores.Behaviour:0.#}");
        context.Emit(EffectKind.Score, reason, new EffectPayload.Scores(scores));
        return new StepResult.GoOn(Next);
    }

    private static string Reasons(ImmutableArray<ScorePart> parts) =>
        parts.IsEmpty ? "nothing counts" : string.Join(", ", parts.Take(MostReasons).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Why} {p.Points:+0.#;-0.#}"))) + (parts.Length > MostReasons ? ", …" : "");
}
