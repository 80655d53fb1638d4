using System.Text.Json;

namespace IntegrationHub.Tests.Host;

/// <summary><c>hub demo</c>, from its stand-ins to the end of its month.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly HubProcess hub = new();

    public void Dispose() => hub.Dispose();

    [Fact]
    public async Task The_demo_launches_five_workflows_runs_a_month_of_them_and_leaves_each_message_as_a_file()
    {
        var answer = await hub.Run("demo", "--people", "200", "--json");

        Assert.True(answer.Exit == 0, answer.Error + answer.Out);
        using var json = JsonDocument.Parse(answer.Out);
        var month = json.RootElement.GetProperty("month");
        var workflows = month.GetProperty("workflows").EnumerateArray().ToDictionary(w => w.GetProperty("workflow").GetString()!, StringComparer.Ordinal);
        Assert.Equal(["abandoned-cart", "lead-nurture", "lead-qualification", "post-purchase", "re-engagement"], workflows.Keys.Order(StringComparer.Ordinal));
        Assert.All(workflows.Values, w => Assert.True(w.GetProperty("entered").GetInt64() > 0, $"nobody entered {w}"));
        var sent = workflows.Values.Sum(w => w.GetProperty("sent").GetInt64());
        var folder = json.RootElement.GetProperty("data").GetString()!;
        Assert.InRange(sent, 10, Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length);
        Assert.True(File.Exists(json.RootElement.GetProperty("report").GetString()));
    }
}
