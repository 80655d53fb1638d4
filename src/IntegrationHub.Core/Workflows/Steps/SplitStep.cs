using System.Collections.Immutable;
using System.Globalization;

namespace IntegrationHub.Workflows;

/// <summary>Parts the contacts by chance, the same contact always the same way: to try one thing against another.</summary>
/// <param name="Parts">Each arm's name, its share of all, and its first step.</param>
public sealed record SplitStep(ImmutableArray<(string Arm, double Share, string? To)> Parts) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("split", "Parts contacts by chance among named arms, to try one thing against another; the same contact always goes the same way.",
        [("arms", "A list of arms, each with name, share (such as 50) and steps.")], ["split: { arms: [{ name: a, share: 50, steps: [{ send: one }] }, { name: b, share: 50, steps: [{ send: two }] }] }"], Read);

    private static SplitStep? Read(StepReader step)
    {
        var parts = ImmutableArray.CreateBuilder<(string Arm, double Share, string? To)>();
        foreach (var arm in step.Map.Maps("arms", required: true))
        {
            var (name, share) = (arm.Text("name", required: true), arm.Number("share", 0.001, 1_000_000, required: true));
            var to = step.StepsOf(arm, "steps", step.Next);
            arm.RefuseUnknownKeys();
            if (name is not null && share is not null) parts.Add((name, share.Value, to));
        }

        if (parts.Count < 2) step.Map.Error("arms", "a split has at least two arms.");
        if (parts.Select(p => p.Arm).Distinct(StringComparer.Ordinal).Count() < parts.Count) step.Map.Error("arms", "two arms have one name.");
        var sum = parts.Sum(p => p.Share);
        return parts.Count < 2 ? null : new SplitStep([.. parts.Select(p => (p.Arm, p.Share / sum, p.To))]);
    }

    /// <inheritdoc/>
    public override string KindName => "split";

    /// <inheritdoc/>
    public override string Text => $"split: {string.Join(", ", Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Arm} {p.Share * 100:0.#} %")))}";

    /// <inheritdoc/>
    public override ImmutableArray<(string Arm, string? To)> Arms => [.. Parts.Select(p => (p.Arm, p.To))];

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var place = context.Share($"split {context.Workflow.Name} {Id}");
        foreach (var (arm, share, to) in Parts)
        {
            if (place < share) return new StepResult.GoOn(to, arm);
            place -= share;
        }

        return new StepResult.GoOn(Parts[^1].To, Parts[^1].Arm);
    }
}
