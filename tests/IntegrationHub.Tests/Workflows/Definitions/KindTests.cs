using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Flow;

namespace IntegrationHub.Tests.Workflows.Definitions;

public sealed class KindTests
{
    public static TheoryData<string> StepExamples => [.. StepKinds.All.Values.SelectMany(k => k.Examples)];

    public static TheoryData<string, string> ConditionExamples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var kind in ConditionKinds.All.Values)
                foreach (var example in kind.Examples) examples.Add(kind.Name, example);
            return examples;
        }
    }

    public static TheoryData<string, string> TriggerExamples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var kind in TriggerKinds.All.Values)
                foreach (var example in kind.Examples) examples.Add(kind.Name, example);
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(StepExamples))]
    public void Each_example_of_a_step_is_read_as_that_step(string example)
    {
        var step = Workflow($"  - {{ {example} }}").Steps[0];
        Assert.StartsWith($"{step.KindName}:", example, StringComparison.Ordinal);
        Assert.NotEqual("", step.Text);
    }

    [Theory]
    [MemberData(nameof(ConditionExamples))]
    public void Each_example_of_a_condition_is_read_and_has_words(string kind, string example)
    {
        var notes = new DefinitionNotes();
        var condition = ConditionKinds.ReadOne(new DefinitionMap(notes, (DefinitionNode.Map)Yaml($"{{ {example} }}"), ""));
        Assert.Empty(notes.Errors);
        Assert.NotEqual("", condition!.Text);
        Assert.StartsWith(kind, example, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TriggerExamples))]
    public void Each_example_of_a_trigger_is_read(string kind, string example)
    {
        Assert.StartsWith(kind, example, StringComparison.Ordinal);
        Assert.NotEqual("", Assert.Single(Workflow("  - exit: done", triggers: $"[{{ {example} }}]").Triggers).Text);
    }

    /// <summary>A key that a reader asks for and no kind tells of would be known to nobody.</summary>
    [Fact]
    public void Each_key_that_a_kind_reads_is_among_its_keys()
    {
        foreach (var kind in StepKinds.All.Values) Told(kind.Name, kind.Keys.Select(k => k.Key), map => kind.Read(new StepReader(map, null, (of, key, _) => { of.Find(key); return null; })));
        foreach (var kind in ConditionKinds.All.Values) Told(kind.Name, kind.Keys.Select(k => k.Key).Append(kind.Name), map => kind.Read(map));
        foreach (var kind in TriggerKinds.All.Values) Told(kind.Name, kind.Keys.Select(k => k.Key).Append(kind.Name), map => kind.Read(map));

        static void Told(string name, IEnumerable<string> keys, Action<DefinitionMap> read)
        {
            var map = new DefinitionMap(new DefinitionNotes(), (DefinitionNode.Map)Yaml("{ event: order.placed, within: 3d, orders: true }"), "");
            read(map);
            Assert.True(!map.Asked.Except(keys).Any(), $"{name} reads {string.Join(", ", map.Asked.Except(keys))}, of which its keys do not tell.");
        }
    }
}
