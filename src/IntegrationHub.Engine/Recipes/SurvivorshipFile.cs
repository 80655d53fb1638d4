using System.Collections.Immutable;
using IntegrationHub.Merging;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mappings/survivorship.yaml; docs/survivorship.md describes it.</summary>
public static class SurvivorshipFile
{
    private static readonly Dictionary<string, SurvivorshipRule> Rules =
        Enum.GetValues<SurvivorshipRule>().ToDictionary(Survivorship.NameOf, r => r, StringComparer.Ordinal);

    /// <summary>Names of blocks, each for the field that leads it.</summary>
    private static readonly Dictionary<string, Field> Blocks = new(StringComparer.Ordinal) { ["address"] = Fields.Address[0] };

    /// <summary>Reads the file.</summary>
    /// <exception cref="RecipeException">It has mistakes, or cannot be read at all.</exception>
    public static SurvivorshipRules Load(string path) => Parse(RecipeText.Read(path), path);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static SurvivorshipRules Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        SurvivorshipRules? rules = null;
        if (document.Root(text) is { } root)
        {
            var general = new FieldSurvivorship(RulesOf(root, "rules"), [.. root.Texts("trust").Select(t => t.Text)]);
            if (general.Rules.IsEmpty && !root.Has("rules")) root.Error("rules", $"'rules' is missing. {Suggestion.For("", Rules.Keys)}");
            var byField = ByField(root, general);
            var doubtful = root.Texts("doubtful").Select(d => d.Text).ToImmutableHashSet(StringComparer.Ordinal);
            root.RefuseUnknownKeys();
            rules = new SurvivorshipRules(general, byField, doubtful, ImmutableDictionary<string, string>.Empty, RecipeVersions.Of(text, "survivorship 1"));
        }

        document.ThrowIfWrong();
        return rules ?? throw new InvalidOperationException($"{fileName}: no mistake was noted, yet there are no rules.");
    }

    private static ImmutableDictionary<Field, FieldSurvivorship> ByField(YamlMap root, FieldSurvivorship general)
    {
        var byField = ImmutableDictionary.CreateBuilder<Field, FieldSurvivorship>();
        if (root.Map("fields") is not { } fields) return byField.ToImmutable();
        foreach (var (name, keyNode, value) in fields.Entries())
        {
            if (FieldNamed(fields, name, keyNode) is not { } field || fields.Map(name, value) is not { } map) continue;
            var rules = map.Has("rules") ? RulesOf(map, "rules") : general.Rules;
            byField[field] = new FieldSurvivorship(rules, [.. map.Texts("trust").Select(t => t.Text)]);
            map.RefuseUnknownKeys();
        }

        return byField.ToImmutable();
    }

    private static Field? FieldNamed(YamlMap fields, string name, YamlDotNet.RepresentationModel.YamlNode at)
    {
        if (Blocks.TryGetValue(name, out var lead)) return lead;
        var known = Fields.Golden.Where(f => !Fields.Lists.Contains(f) && !Fields.Moments.Contains(f) && !SurvivorshipRules.Blocks.Any(b => b.Contains(f) && b[0] != f) && f != Fields.Address[0]).ToList();
        if (Fields.Find(name) is { } field)
        {
            if (known.Contains(field)) return field;
            if (Fields.Moments.Contains(field)) fields.ErrorAt(at, name, $"'{name}' is settled by time: the {(field == Field.EngagedAt ? "latest" : "earliest")} holds, there is nothing to choose.");
            else if (Fields.Lists.Contains(field)) fields.ErrorAt(at, name, $"'{name}' is a list: lists are always united, there is nothing to choose.");
            else if (SurvivorshipRules.Blocks.FirstOrDefault(b => b.Contains(field)) is { IsDefault: false } block)
                fields.ErrorAt(at, name, $"'{name}' moves together with '{(block == Fields.Address ? "address" : Fields.NameOf(block[0]))}': write the rules there.");
            else fields.ErrorAt(at, name, $"'{name}' is not part of a golden record.");
            return null;
        }

        fields.ErrorAt(at, name, $"unknown field '{name}'. {Suggestion.For(name, known.Select(Fields.NameOf).Concat(Blocks.Keys))}");
        return null;
    }

    private static ImmutableArray<SurvivorshipRule> RulesOf(YamlMap map, string key)
    {
        var rules = ImmutableArray.CreateBuilder<SurvivorshipRule>();
        foreach (var (name, node) in map.Texts(key))
        {
            if (!Rules.TryGetValue(name, out var rule)) map.ErrorAt(node, key, $"unknown rule '{name}'. {Suggestion.For(name, Rules.Keys)}");
            else if (rules.Contains(rule)) map.ErrorAt(node, key, $"'{name}' stands here twice.");
            else rules.Add(rule);
        }

        return rules.ToImmutable();
    }
}
