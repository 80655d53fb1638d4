using System.Text.Json;

namespace IntegrationHub.Tests.Host;

public sealed class SegmentCommandTests : IDisposable
{
    private readonly HubProcess hub = new();
    private readonly Dictionary<string, string> settings;

    public SegmentCommandTests()
    {
        var mappings = Path.Combine(hub.Folder, "mappings");
        foreach (var file in Directory.EnumerateFiles(Recipes.Repository.Mappings, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(mappings, Path.GetRelativePath(Recipes.Repository.Mappings, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        settings = new() { ["Hub__Mappings"] = mappings };
        Segment("ada", "title: Called Ada\nwhen: { field: first_name, is: ada }\n");
        Segment("quiet-others", "title: Others, who asked for nothing\nwhen:\n  - not: { segment: ada }\n  - { event: demo.requested, never: true }\n");
        Segment("buyers", "title: Bought something\nwhen: { orders: true }\n");
    }

    public void Dispose() => hub.Dispose();

    [Fact]
    public async Task Segments_are_listed_counted_and_named_as_documented()
    {
        await Import();
        var list = (await Json("list")).GetProperty("segments").EnumerateArray().ToList();
        Assert.Equal(["ada", "buyers", "pricing-visitors-without-demo", "quiet-others"], list.Select(s => s.GetProperty("name").GetString()));
        Assert.Equal("Called Ada", list[0].GetProperty("title").GetString());
        Assert.NotEmpty(list[0].GetProperty("when").GetString()!);

        foreach (var (name, members) in new[] { ("ada", 1), ("quiet-others", 2), ("buyers", 0), ("pricing-visitors-without-demo", 0) })
        {
            var count = await Json("count", name);
            Assert.Equal((name, members, 3), (count.GetProperty("segment").GetString(), count.GetProperty("members").GetInt32(), count.GetProperty("contacts").GetInt32()));
            Assert.InRange(count.GetProperty("looked_at").GetInt32(), 0, 3);
            var found = await Json("members", name);
            Assert.Equal((members, members), (found.GetProperty("members").GetInt32(), found.GetProperty("ids").GetArrayLength()));
        }

        var plain = await Run("members", "quiet-others", "--limit", "1");
        Assert.Equal((0, 1), (plain.Exit, plain.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.True(Guid.TryParse(plain.Out.Trim(), out _), plain.Out);
        var limited = await Json("members", "quiet-others", "--limit", "1");
        Assert.Equal((2, 1), (limited.GetProperty("members").GetInt32(), limited.GetProperty("ids").GetArrayLength()));
        Assert.Equal(plain.Out.Trim(), limited.GetProperty("ids")[0].GetString());
        Assert.StartsWith("1 of 3 contacts are in ada", (await Run("count", "ada")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_database_finds_is_held_against_each_contact()
    {
        await Import();
        var all = (await Json("check")).GetProperty("segments").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!);
        Assert.Equal(4, all.Count);
        Assert.All(all.Values, s => Assert.Equal((3, 0), (s.GetProperty("contacts").GetInt32(), s.GetProperty("differing").GetArrayLength())));
        Assert.Equal((1, 2, 0), (all["ada"].GetProperty("members").GetInt32(), all["quiet-others"].GetProperty("members").GetInt32(), all["buyers"].GetProperty("members").GetInt32()));

        var one = await Run("check", "ada");
        Assert.Equal((0, "ada: 1 of 3 contacts, the same both ways."), (one.Exit, one.Out.Trim()));
    }

    [Theory]
    [InlineData("count")]
    [InlineData("members")]
    [InlineData("check")]
    public async Task A_segment_that_is_not_there_is_named_with_the_one_that_was_meant(string command)
    {
        var answer = await Run(command, "adda");
        Assert.NotEqual(0, answer.Exit);
        Assert.Contains("There is no segment 'adda' in mappings/segments.", answer.Error, StringComparison.Ordinal);
        Assert.Contains("'ada'", answer.Error.Replace("'adda'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(answer.Out);
    }

    [Fact]
    public async Task An_empty_database_has_nobody_in_any_segment()
    {
        var count = await Json("count", "quiet-others");
        Assert.Equal((0, 0), (count.GetProperty("members").GetInt32(), count.GetProperty("contacts").GetInt32()));
        Assert.Equal(64, (await Run("count")).Exit);
    }

    private async Task Import()
    {
        File.WriteAllText(Path.Combine(hub.Folder, "mailchimp.csv"), "Email Address,First Name,Last Name,MEMBER_RATING,LEID,EUID\nada@example.com,Ada,Byron,2,1,a1\nalan@example.org,Alan,Stone,2,2,a2\nmary@example.net,Mary,Field,2,3,a3\n");
        var answer = await hub.Run(settings, null, "import", "mailchimp.csv");
        Assert.True(answer.Exit == 0, answer.Error);
    }

    private Task<HubAnswer> Run(params string[] command) => hub.Run(settings, null, ["segment", .. command]);

    private async Task<JsonElement> Json(params string[] command)
    {
        var answer = await Run([.. command, "--json"]);
        Assert.True(answer.Exit == 0, $"hub segment {string.Join(' ', command)} --json ended with {answer.Exit}: {answer.Error}{answer.Out}");
        using var json = JsonDocument.Parse(answer.Out);
        return json.RootElement.Clone();
    }

    private void Segment(string name, string text) => File.WriteAllText(Path.Combine(hub.Folder, "mappings", "segments", $"{name}.yaml"), text);
}
