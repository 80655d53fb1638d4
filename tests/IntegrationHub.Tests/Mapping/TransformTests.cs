using IntegrationHub.Normalising;

namespace IntegrationHub.Tests.Mapping;

public sealed class TransformTests
{
    public static TheoryData<string, string, string?, string?> Examples()
    {
        var examples = new TheoryData<string, string, string?, string?>();
        foreach (var transform in Transforms.All.Values)
            foreach (var example in transform.Examples) examples.Add(transform.Name, example.Input, example.Output, example.Region);
        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_holds_and_its_result_stays_as_it_is(string name, string input, string? output, string? region)
    {
        var apply = Transforms.All[name].Apply;
        Assert.Equal(output, apply(input, region));
        if (output is not null) Assert.Equal(output, apply(output, region));
    }

    [Fact]
    public void Each_transform_has_two_examples_and_one_line_of_description() =>
        Assert.All(Transforms.All.Values, t =>
        {
            Assert.True(t.Examples.Length >= 2, t.Name);
            Assert.DoesNotContain('\n', t.Description);
            Assert.Matches("^[a-z][a-z0-9_]*$", t.Name);
        });

    [Fact]
    public void The_documentation_has_a_line_for_each_transform()
    {
        var text = File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "transforms.md"));
        Assert.All(Transforms.All.Values, t => Assert.Contains($"| `{t.Name}` | {t.Description} |", text));
    }
}
