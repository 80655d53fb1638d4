using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Workflows;
using NJsonSchema;

namespace IntegrationHub.Tests.Workflows.Definitions;

public sealed class DefinitionSchemaTests
{
    [Fact]
    public void The_files_beside_the_definitions_are_current()
    {
        Assert.True(DefinitionSchema.OfWorkflows() == File.ReadAllText(Path.Combine(Repository.Mappings, "workflows", "schema.json")), "mappings/workflows/schema.json is old: hub workflow schema");
        Assert.True(DefinitionSchema.OfSegments() == File.ReadAllText(Path.Combine(Repository.Mappings, "segments", "schema.json")), "mappings/segments/schema.json is old: hub workflow schema");
    }

    public static TheoryData<string> Shipped() => [.. Directory.GetFiles(Path.Combine(Repository.Mappings, "workflows"), "*.yaml").Concat(Directory.GetFiles(Path.Combine(Repository.Mappings, "segments"), "*.yaml")).Select(f => Path.GetRelativePath(Repository.Mappings, f))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Shipped_files_keep_to_it_and_name_it(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Mappings, file));
        Assert.StartsWith("# yaml-language-server: $schema=schema.json\n", text, StringComparison.Ordinal);
        Assert.Empty(await Errors(file.StartsWith("workflows", StringComparison.Ordinal) ? DefinitionSchema.OfWorkflows() : DefinitionSchema.OfSegments(), text));
    }

    [Fact]
    public async Task Every_example_of_every_kind_keeps_to_it()
    {
        var steps = StepKinds.All.Values.SelectMany(k => k.Examples).Select(e => $"triggers: [{{ manual: true }}]\nsteps:\n  - {e}");
        var triggers = TriggerKinds.All.Values.SelectMany(k => k.Examples).Select(e => $"triggers: [{{ {e} }}]\nsteps: [{{ exit: done }}]");
        foreach (var yaml in steps.Concat(triggers)) Assert.Empty((await Errors(DefinitionSchema.OfWorkflows(), yaml)).Select(e => $"{e} in {yaml}"));
        foreach (var yaml in ConditionKinds.All.Values.SelectMany(k => k.Examples).Select(e => $"when: {{ {e} }}")) Assert.Empty((await Errors(DefinitionSchema.OfSegments(), yaml)).Select(e => $"{e} in {yaml}"));
    }

    [Theory]
    [InlineData("triggers: [{ manual: true }]\nsteps: [{ sned: welcome }]")]
    [InlineData("triggers: [{ manual: true }]\nsteps: [{ wait: 1d, send: welcome }]")]
    [InlineData("triggers: [{ manual: true }]\nsteps: [{ wait: { for: 3 days } }]")]
    [InlineData("triggers: [{ manual: true }]\nsteps: [{ send: { template: a, chanel: sms } }]")]
    [InlineData("triggers: [{ evnt: form.submitted }]\nsteps: [{ exit: done }]")]
    [InlineData("triggers: [{ event: form.sumbitted.twice }]\nsteps: [{ exit: done }]")]
    [InlineData("triggers: [{ manual: true }]\npriorty: 3\nsteps: [{ exit: done }]")]
    [InlineData("triggers: [{ manual: true }]")]
    [InlineData("triggers: [{ manual: true }]\ngoal: { event: order.placed, metric: happiness }\nsteps: [{ exit: done }]")]
    public async Task Mistakes_are_seen_by_it(string yaml) => Assert.NotEmpty(await Errors(DefinitionSchema.OfWorkflows(), yaml));

    [Fact]
    public void Every_kind_and_key_stands_in_the_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "workflows.md"));
        var missing = StepKinds.All.Values.Select(k => (Section: "Steps", k.Name, k.Description, k.Keys)).Concat(TriggerKinds.All.Values.Select(k => (Section: "Triggers", k.Name, k.Description, k.Keys)))
            .Concat(ConditionKinds.All.Values.Select(k => (Section: "Conditions", k.Name, k.Description, k.Keys)))
            .SelectMany(k => Lacks(guide, k.Section, k.Name, k.Description, k.Keys.Select(key => key.Key)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_warning_of_the_coach_stands_in_the_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "workflows.md"));
        Assert.DoesNotContain(Coach.Codes.Keys, c => !guide.Contains($"| `{c}` |", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lacks(string guide, string section, string name, string description, IEnumerable<string> keys)
    {
        var start = guide.IndexOf($"\n### {section}\n", StringComparison.Ordinal);
        var end = guide.IndexOf("\n### ", start + 5, StringComparison.Ordinal);
        var row = guide[start..(end < 0 ? guide.Length : end)].Split('\n').FirstOrDefault(l => l.StartsWith($"| `{name}` |", StringComparison.Ordinal));
        if (row is null || !row.Contains(description, StringComparison.Ordinal)) return [$"{section}: | `{name}` | {description} | …"];
        return keys.Where(k => !row.Contains($"`{k}`", StringComparison.Ordinal)).Select(k => $"{section}: `{k}` of {name}");
    }

    private static async Task<IEnumerable<string>> Errors(string schema, string yaml) =>
        (await JsonSchema.FromJsonAsync(schema)).Validate(Json(Script.Yaml(yaml))!.ToJsonString()).Select(e => e.ToString());

    /// <summary>A scalar is a number or a truth value where it reads as one, as YAML's core schema has it.</summary>
    private static JsonNode? Json(DefinitionNode node) => node switch
    {
        DefinitionNode.Map map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Value, Json(e.Value)))),
        DefinitionNode.Sequence list => new JsonArray([.. list.Items.Select(Json)]),
        DefinitionNode.Scalar { Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        DefinitionNode.Scalar scalar when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        DefinitionNode.Scalar scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException(node.Shape),
    };
}
