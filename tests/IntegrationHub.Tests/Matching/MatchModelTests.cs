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

    [Theory]
    [InlineData("phone")]
    [InlineData("given name")]
    public void A_model_that_lacks_a_comparison_is_refused_with_its_name_and_levels(string comparison)
    {
        var model = BuiltIn();
        model["comparisons"]!.AsObject().Remove(comparison);
        var error = Assert.Throws<FormatException>(() => MatchModel.Parse(model.ToJsonString(), "mine.json"));
        Assert.Contains($"the comparison '{comparison}' is lacking, with the levels exact, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EntityKind.Contact)]
    [InlineData(EntityKind.Company)]
    public void A_model_that_is_written_reads_back_with_all_its_numbers(EntityKind kind)
    {
        var model = MatchModel.BuiltIn(kind)
            .AsLearnt(7, HubList.Of([new HubValue("phone", "442079460018", 120), new HubValue("e-mail", "team@\"quoted\".example", 30)]), new LearntFrom(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), 5000, 400, 90_000, 30, false, 0.0012))
            .AsCalibrated(8, CalibrationCurve.Through([new(-8, -8), new(0, 0.5), new(13, 12.25)]), new CalibratedBy(new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero), 250));

        var read = MatchModel.Parse(model.ToJson(), "written.json");

        Assert.Equal(model.ToString(), read.ToString());
        Assert.Equal(model.Levels().ToArray(), read.Levels().ToArray());
        Assert.Equal((8, kind, model.BlockCap, model.LearntFrom, model.CalibratedBy), (read.Number, read.Kind, read.BlockCap, read.LearntFrom, read.CalibratedBy));
        Assert.Equal((model.AutoWeight, model.ReviewWeight), (read.AutoWeight, read.ReviewWeight), new Nearly());
        Assert.Equal(model.Calibration.Points.ToArray(), read.Calibration.Points.ToArray());
        Assert.Equal(model.Hubs.All.ToArray(), read.Hubs.All.ToArray());
        Assert.Equal(model.ToJson(), read.ToJson());
    }

    [Fact]
    public void A_hub_value_of_the_model_says_nothing_and_a_mailbox_among_them_is_shared()
    {
        var model = BuiltIn();
        model["hub values"] = JsonNode.Parse("""{ "phone": { "442079460018": 200 }, "e-mail": { "sales@adler.example": 40 } }""");
        var hubs = MatchModel.Parse(model.ToJsonString(), "mine.json");
        static CleanRecord Record(string id)
        {
            var values = new FieldValues.Builder { [Field.FirstName] = "Ada", [Field.Phone] = "+442079460018", [Field.Email] = "sales@adler.example" };
            return new CleanRecord(new SourceKey("crm", Streams.Contacts, id), EntityKind.Contact, values.Build(), [], [], null);
        }

        var levels = new PairScorer(hubs, MatchTable.Of(EntityKind.Contact, [MatchRecord.From(Record("1"), hubs), MatchRecord.From(Record("2"), hubs)])).Explain(0, 1).Levels;

        Assert.DoesNotContain(levels, l => l.Comparison == "phone");
        Assert.Equal("shared mailbox", levels.Single(l => l.Comparison == "e-mail").Level);
    }

    [Fact]
    public void Hub_values_of_a_comparison_that_has_none_are_refused()
    {
        var model = BuiltIn();
        model["hub values"] = JsonNode.Parse("""{ "suffix": { "jr": 3 } }""");
        Assert.Contains("'hub values' of 'suffix' are not known", Assert.Throws<FormatException>(() => MatchModel.Parse(model.ToJsonString(), "mine.json")).Message, StringComparison.Ordinal);
    }

    /// <summary>Equal to nine digits: a probability is written to six.</summary>
    private sealed class Nearly : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }

    private static JsonNode BuiltIn()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "IntegrationHub.sln"))) directory = directory.Parent;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(directory.FullName, "mappings", "models", "contacts.json")))!;
    }
}
