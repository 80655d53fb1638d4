using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mappings/audit.yaml; docs/audit.md describes it.</summary>
public static class AuditFile
{
    private const double MostHours = 24 * 366;

    private static readonly Dictionary<string, AuditDimension> DimensionNames =
        Enum.GetValues<AuditDimension>().ToDictionary(d => d.ToString().ToLowerInvariant(), d => d, StringComparer.Ordinal);

    /// <summary>Finding codes begin with one of these.</summary>
    private static readonly string[] FindingKinds =
        ["missing", "invalid", "doubtful", "duplicates", "conflict", "consent", "reach", "stale", "sync", "drift", "quarantine", "repaired"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="RecipeException">It has mistakes, or cannot be read at all.</exception>
    public static AuditRules Load(string path) => Parse(RecipeText.Read(path), path);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static AuditRules Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        AuditRules? rules = null;
        if (document.Root(text) is { } root)
        {
            var score = root.Map("score");
            rules = new AuditRules(
                Weights(root),
                WantedFields(root),
                score?.Number("pass_from", 0, 100) ?? 80,
                score?.Number("block_below", 0, 100) ?? 50,
                Thresholds(root),
                root.Texts("doubtful").Select(d => d.Text).ToImmutableHashSet(StringComparer.Ordinal),
                [.. root.Texts("conflicts").Select(c => FieldNamed(root, "conflicts", c.Text, c.Node)).OfType<Field>()],
                TimeSpan.FromDays(root.Number("stale_after_days", 1, 36500) ?? 730),
                TimeSpan.FromHours(root.Number("late_after_hours", 0.01, MostHours) ?? 24),
                (int)(root.Number("samples", 0, 1000) ?? 5),
                RecipeVersions.Of(text, "audit 1"));
            if (rules.BlockBelow > rules.PassFrom) root.Error("score", "'block_below' is above 'pass_from': no score could warn.");
            score?.RefuseUnknownKeys();
            root.RefuseUnknownKeys();
        }

        document.ThrowIfWrong();
        return rules ?? throw new InvalidOperationException($"{fileName}: no mistake was noted, yet there are no rules.");
    }

    private static ImmutableDictionary<AuditDimension, double> Weights(YamlMap root)
    {
        var weights = ImmutableDictionary.CreateBuilder<AuditDimension, double>();
        if (root.Map("weights") is { } map)
            foreach (var (name, key, _) in map.Entries())
                if (!DimensionNames.TryGetValue(name, out var dimension)) map.ErrorAt(key, name, $"unknown dimension '{name}'. {Suggestion.For(name, DimensionNames.Keys)}");
                else if (map.Number(name, 0, 1000) is { } weight) weights[dimension] = weight;
        if (!weights.Values.Any(w => w > 0)) root.Error("weights", "at least one dimension must have a weight above 0.");
        return weights.ToImmutable();
    }

    private static ImmutableDictionary<Field, double> WantedFields(YamlMap root)
    {
        var wanted = ImmutableDictionary.CreateBuilder<Field, double>();
        if (root.Map("fields") is { } map)
            foreach (var (name, key, _) in map.Entries())
                if (FieldNamed(map, name, name, key) is { } field && map.Number(name, 0, 1000) is { } weight) wanted[field] = weight;
        return wanted.ToImmutable();
    }

    private static Field? FieldNamed(YamlMap map, string key, string name, YamlDotNet.RepresentationModel.YamlNode at)
    {
        if (Fields.Find(name) is { } field && Fields.Golden.Contains(field)) return field;
        map.ErrorAt(at, key, $"unknown field '{name}'. {Suggestion.For(name, Fields.Golden.Select(Fields.NameOf))}");
        return null;
    }

    private static ImmutableDictionary<string, AuditThreshold> Thresholds(YamlMap root)
    {
        var thresholds = ImmutableDictionary.CreateBuilder<string, AuditThreshold>(StringComparer.Ordinal);
        if (root.Map("thresholds") is not { } map) return thresholds.ToImmutable();
        foreach (var (code, key, value) in map.Entries())
        {
            var kind = code.Split('.')[0];
            if (!FindingKinds.Contains(kind)) map.ErrorAt(key, code, $"no finding begins with '{kind}'. {Suggestion.For(kind, FindingKinds)}");
            if (map.Map(code, value) is not { } entry) continue;
            var threshold = new AuditThreshold(entry.Number("warn", 0, 1), entry.Number("block", 0, 1));
            if (threshold.Block < threshold.Warn) entry.Error("block", "'block' is below 'warn': the finding could never warn.");
            entry.RefuseUnknownKeys();
            thresholds[code] = threshold;
        }

        return thresholds.ToImmutable();
    }
}
