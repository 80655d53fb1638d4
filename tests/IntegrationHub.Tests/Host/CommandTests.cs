using System.Text.Json;

namespace IntegrationHub.Tests.Host;

public sealed class CommandTests : IDisposable
{
    private const string MailchimpExport = "Email Address,First Name,Last Name,MEMBER_RATING,LEID,EUID\nada@example.com,Ada,Byron,2,151241,a0b1c2d3e4\n";

    private readonly HubProcess hub = new();

    [Theory]
    [InlineData("nosuch")]
    [InlineData("sync", "--nosuch")]
    [InlineData("review", "show")]
    [InlineData("source", "add", "shop")]
    [InlineData("dedupe", "a.csv", "--out", "b.csv", "--threshold", "1.5")]
    [InlineData("normalise", "--field", "colour")]
    [InlineData("fix", "doubtful.email.typo")]
    [InlineData("fix", "--apply")]
    [InlineData("fix", "doubtful.email.typo", "--preview", "--apply")]
    [InlineData("suppression", "add", "ada@example.com", "--reason", "whim")]
    [InlineData("model", "learn", "--entity", "house")]
    public async Task Wrong_usage_ends_with_64_and_a_hint(params string[] arguments)
    {
        var answer = await hub.Run(arguments);
        Assert.Equal(64, answer.Exit);
        Assert.Contains("--help", answer.Error);
        Assert.Empty(answer.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(hub.Folder));
    }

    [Fact]
    public async Task Each_command_has_help_even_where_its_arguments_are_missing()
    {
        foreach (var command in (string[])["", "demo", "source add", "sync", "import", "dedupe", "normalise", "review show", "contact find", "contact why", "model learn", "model show", "review calibration", "contact lock", "contact unlock", "contact export", "contact erase", "report", "fix", "fix list", "fix undo", "suppression add", "suppression release", "suppression show", "export golden", "quarantine retry", "db migrate", "serve"])
        {
            var answer = await hub.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.True(answer.Exit == 0, $"hub {command} --help ended with {answer.Exit}: {answer.Error}");
            Assert.Contains("Usage:", answer.Out);
            if (command.Length > 0) Assert.Contains($"Examples:{Environment.NewLine}  ", answer.Out);
            Assert.Empty(answer.Error);
        }
    }

    [Fact]
    public async Task With_json_a_command_prints_one_object_and_nothing_else()
    {
        File.WriteAllText(Path.Combine(hub.Folder, "fair.csv"), "first_name,last_name,email\nAda,Byron,ada@example.com\nA.,Byron,ada@example.com\nAlan,Stone,alan@example.org\n");
        File.WriteAllText(Path.Combine(hub.Folder, "mailchimp.csv"), MailchimpExport);
        string[][] commands =
        [
            ["import", "mailchimp.csv"], ["sync"], ["sync", "--dry-run"], ["source", "list"], ["review", "list"], ["contact", "find", "ada@example.com"], ["contact", "show", "ada@example.com"],
            ["contact", "why", "ada@example.com"], ["model", "show"], ["model", "show", "--entity", "company"], ["review", "calibration"],
            ["contact", "history", "ada@example.com"], ["audit"], ["fix"], ["fix", "missing.country", "--preview", "--csv", "countries.csv"], ["fix", "missing.country", "--apply", "--by", "Mia"], ["fix", "list"],
            ["contact", "lock", "ada@example.com", "city", "Ulm"], ["contact", "unlock", "ada@example.com", "city"], ["suppression", "add", "ada@example.com"],
            ["suppression", "release", "ada@example.com"], ["suppression", "show", "ada@example.com"], ["report"], ["contact", "export", "ada@example.com"], ["contact", "export", "ada@example.com", "--out", "ada.json"], ["export", "golden", "--out", "golden.csv"], ["runs"], ["quarantine", "list"], ["contact", "erase", "ada@example.com", "--reason", "asked"], ["db", "migrate"], ["doctor"],
            ["dedupe", "fair.csv", "--out", "out.csv"],
        ];
        foreach (var command in commands)
        {
            var answer = await hub.Run([.. command, "--json"]);
            Assert.True(answer.Exit == 0, $"hub {string.Join(' ', command)} --json ended with {answer.Exit}: {answer.Error}{answer.Out}");
            using var json = JsonDocument.Parse(answer.Out); // throws if anything stands before or behind the object
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }
    }

    [Fact]
    public async Task The_answer_of_a_sync_has_its_documented_fields()
    {
        File.WriteAllText(Path.Combine(hub.Folder, "mailchimp.csv"), MailchimpExport);
        var answer = await hub.Run("import", "mailchimp.csv", "--json");
        using var json = JsonDocument.Parse(answer.Out);
        var source = json.RootElement.GetProperty("sources")[0];
        Assert.Equal("mailchimp", source.GetProperty("source").GetString());
        Assert.Equal(1, source.GetProperty("new").GetInt32());
        Assert.Equal(0, source.GetProperty("quarantined").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("unified").GetProperty("golden_records").GetInt32());
        foreach (var name in PropertiesOf(json.RootElement).Distinct())
            Assert.True(File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "cli.md")).Contains($"\"{name}\"", StringComparison.Ordinal), $"docs/cli.md does not show \"{name}\" of hub sync --json");
    }

    [Fact]
    public async Task A_fix_is_previewed_applied_and_undone_with_documented_answers_and_exit_codes()
    {
        File.WriteAllText(Path.Combine(hub.Folder, "mailchimp.csv"), MailchimpExport.Replace("ada@example.com", "ada@gmial.com", StringComparison.Ordinal));
        await hub.Run("import", "mailchimp.csv");
        await hub.Run("audit");
        Assert.Equal(1, (await hub.Run("fix", "doubtful.email.typo", "--apply")).Exit);

        var preview = await Json("fix", "doubtful.email.typo", "--preview");
        Assert.Equal("ada@gmail.com", preview.GetProperty("sample")[0].GetProperty("after").GetString());
        File.WriteAllText(Path.Combine(hub.Folder, "mailchimp.csv"), MailchimpExport.Replace("ada@example.com", "ada@hotmial.com", StringComparison.Ordinal));
        await hub.Run("import", "mailchimp.csv");
        var moved = await hub.Run("fix", "doubtful.email.typo", "--apply");
        Assert.Equal(2, moved.Exit);
        Assert.Contains("--preview", moved.Error);

        await hub.Run("fix", "doubtful.email.typo", "--preview");
        var applied = await Json("fix", "doubtful.email.typo", "--apply", "--by", "Mia");
        Assert.Equal(("Mia", 1), (applied.GetProperty("batch").GetProperty("applied_by").GetString(), applied.GetProperty("applied").GetInt32()));
        var id = applied.GetProperty("batch").GetProperty("id").GetString()!;
        var undone = await Json("fix", "undo", id);
        Assert.Equal((1, 0), (undone.GetProperty("undone").GetInt32(), undone.GetProperty("overtaken").GetInt32()));
        Assert.Equal(1, (await Json("fix", "undo", id)).GetProperty("undone").GetInt32());

        var docs = File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "cli.md"));
        foreach (var name in PropertiesOf(preview).Concat(PropertiesOf(applied)).Concat(PropertiesOf(await Json("fix"))).Concat(PropertiesOf(await Json("fix", "list"))).Distinct())
            Assert.True(docs.Contains($"`{name}`", StringComparison.Ordinal), $"docs/cli.md does not explain `{name}` of hub fix --json");
    }

    private async Task<JsonElement> Json(params string[] command)
    {
        var answer = await hub.Run([.. command, "--json"]);
        Assert.True(answer.Exit == 0, $"hub {string.Join(' ', command)} --json ended with {answer.Exit}: {answer.Error}{answer.Out}");
        using var json = JsonDocument.Parse(answer.Out);
        return json.RootElement.Clone();
    }

    [Fact]
    public async Task An_unknown_source_is_refused_with_the_names_of_those_there_are()
    {
        await hub.Run("source", "add", "fair-2026", "--connector", "files", "--path", ".");
        await hub.Run("source", "add", "old-fair", "--connector", "files", "--path", ".");
        var answer = await hub.Run("sync", "fair-2025");
        Assert.Equal(1, answer.Exit);
        Assert.Contains("'fair-2025'", answer.Error);
        Assert.Contains("fair-2026, old-fair", answer.Error);
        Assert.Empty(answer.Out);
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var environment = new Dictionary<string, string> { ["HUB_DATA"] = "from-environment", ["Hub__Data"] = "from-settings" };
        await hub.Run(environment, null, "source", "list", "--data", "from-command-line");
        Assert.Equal(["from-command-line"], Folders());

        await hub.Run(environment, null, "source", "list");
        Assert.Equal(["from-command-line", "from-environment"], Folders());

        environment.Remove("HUB_DATA");
        await hub.Run(environment, null, "source", "list");
        Assert.Equal(["from-command-line", "from-environment", "from-settings"], Folders());

        await hub.Run("source", "list");
        Assert.Equal(["from-command-line", "from-environment", "from-settings", "hub-data"], Folders());
    }

    [Theory]
    [InlineData("Logging__Level", "Loud", "Logging:Level is 'Loud'. Write one of Verbose, Debug, Information")]
    [InlineData("Logging__Json", "yes", "Logging:Json is 'yes'. Write true or false")]
    [InlineData("Hub__Mappings", "no-such-folder", "no-such-folder is missing. Set Hub:Mappings")]
    public async Task A_wrong_setting_is_an_error_that_says_what_to_write_where(string name, string value, string message)
    {
        var answer = await hub.Run(new Dictionary<string, string> { [name] = value }, null, "runs");
        Assert.Equal(1, answer.Exit);
        Assert.Contains(message, answer.Error);
        Assert.DoesNotContain("   at ", answer.Error); // no stack trace for a person's slip
    }

    [Fact]
    public async Task Normalise_answers_each_line_blank_ones_too()
    {
        var answer = await hub.Run([], "ada@Example.COM\n\nnonsense\n", "normalise", "--field", "email");
        Assert.Equal(0, answer.Exit);
        var lines = answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(["ada@example.com", null, null], lines.Select(l => l.GetProperty("value").GetString()));
        Assert.Equal(["ada@Example.COM", "", "nonsense"], lines.Select(l => l.GetProperty("input").GetString()));
    }

    [Fact]
    public async Task Every_command_stands_in_the_docs()
    {
        var help = (await hub.Run("--help")).Out;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Select(l => l.Trim().Split(' ')[0]).Where(c => c.Length > 0).ToList();
        Assert.Contains("sync", commands);
        var docs = File.ReadAllText(Path.Combine(Recipes.Repository.Root, "docs", "cli.md"));
        Assert.All(commands, c => Assert.Contains($"hub {c}", docs));
    }

    private IEnumerable<string?> Folders() => Directory.EnumerateDirectories(hub.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static IEnumerable<string> PropertiesOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => PropertiesOf(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(PropertiesOf),
        _ => [],
    };

    public void Dispose() => hub.Dispose();
}
