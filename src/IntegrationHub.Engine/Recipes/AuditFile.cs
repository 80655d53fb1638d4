using System.Collections.Immutable;
using IntegrationHub.Auditing;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mappings/audit.yaml; docs/audit.md describes it.</summary>
public static class AuditFile
{
    private const double MostHours = 24 * 366;

    /// <summary>At six in the morning, UTC, of the first of each month.</summary>
    private const string EveryMonth = "0 0 6 1 * ?";

    private static readonly Dictionary<string, AuditDimension> DimensionNames =
        Enum.GetValues<AuditDimension>().ToDictionary(d => d.ToString().ToLowerInvariant(), d => d, StringComparer.Ordinal);

    /// <summary>Finding codes begin with one of these.</summary>
    private static readonly string[] FindingKinds =
    [
        "missing", "invalid", "doubtful", "damaged", "default", "duplicates", "conflict", "consent", "reach", "orphaned", "ownerless", "stale", "never_engaged", "sync", "drift", "quarantine", "not_ready", "repaired",
    ];

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
            var defaults = root.Map("defaults");
            rules = new AuditRules(
                Weights(root),
                WantedFields(root),
                score?.Number("pass_from", 0, 100) ?? 80,
                score?.Number("block_below", 0, 100) ?? 50,
                Thresholds(root),
                root.Texts("doubtful").Select(d => d.Text).ToImmutableHashSet(StringComparer.Ordinal),
                root.Texts("damaged").Select(d => d.Text).ToImmutableHashSet(StringComparer.Ordinal),
                [.. root.Texts("conflicts").Select(c => FieldNamed(root, "conflicts", c.Text, c.Node)).OfType<Field>()],
                TimeSpan.FromDays(root.Number("stale_after_days", 1, 36500) ?? 730),
                TimeSpan.FromDays(root.Number("never_engaged_after_days", 1, 36500) ?? 90),
                TimeSpan.FromHours(root.Number("late_after_hours", 0.01, MostHours) ?? 24),
                DefaultFields(root, defaults),
                defaults?.Number("share", 0, 1) ?? 0.005,
                (int)(defaults?.Number("least", 2, 1_000_000) ?? 20),
                root.Number("drift_points", 0.1, 100) ?? 2,
                Workflows(root, score),
                Schedule(root),
                (int)(root.Number("samples", 0, 1000) ?? 5),
                RecipeVersions.Of(text, "audit 3"));
            if (rules.BlockBelow > rules.PassFrom) root.Error("score", "'block_below' is above 'pass_from': no score could warn.");
            score?.RefuseUnknownKeys();
            defaults?.RefuseUnknownKeys();
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

    private static ImmutableArray<Field> DefaultFields(YamlMap root, YamlMap? defaults)
    {
        if (defaults is null) return [];
        var fields = ImmutableArray.CreateBuilder<Field>();
        foreach (var (name, node) in defaults.Texts("fields"))
            if (Fields.Find(name) is Field.Phone or Field.BirthDate) fields.Add(Fields.Find(name)!.Value);
            else defaults.ErrorAt(node, "fields", $"'{name}' is not looked at for defaults. Known: phone, birth_date.");
        return fields.ToImmutable();
    }

    private static string? Schedule(YamlMap root)
    {
        if (!root.Has("schedule")) return EveryMonth;
        if (root.Text("schedule") is not { } text) return null;
        if (text == "never") return null;
        if (Jobs.Schedules.IsValid(text)) return text;
        root.Error("schedule", $"'{text}' is no cron expression of six fields, such as '{EveryMonth}', nor 'never'.");
        return null;
    }

    private static ImmutableArray<WorkflowRules> Workflows(YamlMap root, YamlMap? score)
    {
        var workflows = ImmutableArray.CreateBuilder<WorkflowRules>();
        if (root.Map("workflows") is not { } map) return [];
        foreach (var (name, key, value) in map.Entries())
        {
            if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) map.ErrorAt(key, name, $"'{name}' is no workflow's name: small letters, digits and hyphens.");
            if (map.Map(name, value) is { } entry) workflows.Add(WorkflowAudienceFile.Read(entry, name, score, Thresholds(entry)));
        }

        return workflows.ToImmutable();
    }

    internal static Field? FieldNamed(YamlMap map, string key, string name, YamlDotNet.RepresentationModel.YamlNode at)
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
