using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>Reads mappings/scoring.yaml.</summary>
public static class ScoreReader
{
    /// <summary>Reads it.</summary>
    public static (ScoreModel Model, ImmutableArray<DefinitionError> Errors) Read(DefinitionNode root)
    {
        var notes = new DefinitionNotes();
        if (root is not DefinitionNode.Map node)
        {
            notes.Error(root, "", "scoring is a map of keys and values: fit and behaviour.");
            return (ScoreModel.Empty, notes.Errors);
        }

        var map = new DefinitionMap(notes, node, "");
        var most = map.Number("most", 1, 1_000_000) ?? 100;
        var fit = ImmutableArray.CreateBuilder<FitRule>();
        foreach (var rule in map.Maps("fit"))
        {
            var (when, points, why) = (ConditionKinds.Read(rule, "when", required: true), rule.Number("points", -1000, 1000, required: true), rule.Text("why"));
            rule.RefuseUnknownKeys();
            if (when is not null && points is not null) fit.Add(new FitRule(when, points.Value, why ?? when.Text));
        }

        var behaviour = ImmutableArray.CreateBuilder<BehaviourRule>();
        foreach (var rule in map.Maps("behaviour"))
        {
            var (pattern, points, half) = (EventPattern.Read(rule), rule.Number("points", -1000, 1000, required: true), rule.Duration("half_life", required: true));
            var (limit, why) = (rule.Number("most", -1000, 1000), rule.Text("why"));
            if (half == TimeSpan.Zero) rule.Error("half_life", "'half_life' is zero: the points would be gone at once.");
            rule.RefuseUnknownKeys();
            if (pattern is not null && points is not null && half > TimeSpan.Zero) behaviour.Add(new BehaviourRule(pattern, points.Value, half.Value, limit, why ?? pattern.Text));
        }

        map.RefuseUnknownKeys();
        return (new ScoreModel(fit.ToImmutable(), behaviour.ToImmutable(), most), notes.Errors);
    }
}
