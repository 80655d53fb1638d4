using System.Text.Json.Nodes;
using IntegrationHub.Matching;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Tests.Matching;

public sealed class MatchModelTests
{
    [Fact]
    public void The_built_in_models_read()
    {
        var contacts = MatchModel.BuiltIn(EntityKind.Contact);
        Assert.Equal(EntityKind.Contact, contacts.Kind);
        Assert.Equal(Math.Log2(49), contacts.AutoWeight, 1e-9);
        Assert.Equal(EntityKind.Company, MatchModel.BuiltIn(EntityKind.Company).Kind);
        Assert.NotEqual(contacts.Version, MatchModel.BuiltIn(EntityKind.Company).Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "kind": "contact", "population": "many" }""")]
    public void What_is_no_model_is_refused_with_the_file_named(string text)
    {
        var error = Assert.Throws<FormatException>(() => MatchModel.Parse(text, "models/contacts.json"));
        Assert.StartsWith("models/contacts.json: this is no match model: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0.5, 0.1, 0.1, 0.1]")]
    [InlineData("[0.5, 0.1, 0.1, 0.1, 0]")]
    [InlineData("[0.5, 0.1, 0.1, 0.1, 1.5]")]
    public void A_level_that_holds_no_five_probabilities_is_named(string level)
    {
        var model = BuiltIn();
        model["comparisons"]!["phone"]!["near"] = JsonNode.Parse(level);
        var error = Assert.Throws<FormatException>(() => MatchModel.Parse(model.ToJsonString(), "mine.json"));
        Assert.Contains("mine.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("'phone', level 'near'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_lacks_a_level_or_names_an_unknown_one_is_refused()
    {
        var lacking = BuiltIn();
        lacking["comparisons"]!["phone"]!.AsObject().Remove("near");
        Assert.Contains("'phone' lacks the level 'near'", Assert.Throws<FormatException>(() => MatchModel.Parse(lacking.ToJsonString(), "mine.json")).Message, StringComparison.Ordinal);
        var misspelt = BuiltIn();
        misspelt["comparisons"]!["phone"]!["exakt"] = JsonNode.Parse("[0.5, 0.5, 0.5, 0.5, 0.5]");
        Assert.Contains("'phone' has no level 'exakt'", Assert.Throws<FormatException>(() => MatchModel.Parse(misspelt.ToJsonString(), "mine.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_another_version_and_an_equal_one_is_not()
    {
        var model = BuiltIn();
        var before = MatchModel.Parse(model.ToJsonString(), "a.json").Version;
        Assert.Equal(before, MatchModel.Parse(model.ToJsonString(), "b.json").Version);
        model["block_cap"] = 300;
        Assert.NotEqual(before, MatchModel.Parse(model.ToJsonString(), "a.json").Version);
    }

    [Fact]
    public void Another_threshold_leaves_the_rest_as_it_is()
    {
        var model = MatchModel.BuiltIn(EntityKind.Contact).For(100_000, 0.5);
        Assert.Equal(0, model.AutoWeight, 1e-12);
        Assert.Equal(MatchModel.BuiltIn(EntityKind.Contact).ReviewWeight, model.ReviewWeight);
        Assert.Equal(MatchModel.BuiltIn(EntityKind.Contact).Version, model.Version);
    }

    private static JsonNode BuiltIn()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "IntegrationHub.sln"))) directory = directory.Parent;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(directory.FullName, "mappings", "models", "contacts.json")))!;
    }
}
