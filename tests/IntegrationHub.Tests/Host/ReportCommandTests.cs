using System.Text.Json;

namespace IntegrationHub.Tests.Host;

public sealed class ReportCommandTests : IDisposable
{
    private readonly HubProcess hub = new();

    public ReportCommandTests()
    {
        Write("journal.jsonl",
            """
            {"at":"2026-06-01T10:00:00Z","contact":"1","workflow":"abandoned-cart","step":null,"kind":"enter","channel":null,"template":null,"reason":"cart.updated"}
            {"at":"2026-06-01T11:00:00Z","contact":"1","workflow":"abandoned-cart","step":"remind","kind":"send","channel":"email","template":"cart-1h","reason":null}
            {"at":"2026-06-01T12:00:00Z","contact":"1","workflow":"abandoned-cart","step":null,"kind":"convert","channel":null,"template":null,"reason":"order.placed after 1 message"}
            """);
        Write("events.jsonl",
            """
            {"id":"e1","type":"order.placed","at":"2026-06-01T12:00:00Z","contact":{"id":"1"},"properties":{"order_id":"1001","total_minor":4999,"currency":"EUR"}}
            {"id":"e2","type":"order.placed","at":"2026-06-01T12:00:00Z","contact":{"email":"ada@example.com"},"properties":{"order_id":"1002","total_minor":100,"currency":"EUR"}}
            """);
        Write("contacts.csv", "id,email\n1,ada@example.com\n");
    }

    public void Dispose() => hub.Dispose();

    [Fact]
    public async Task A_simulation_is_reported_without_a_database()
    {
        var answer = await hub.Run("report", "--simulation", "journal.jsonl", "--events", "events.jsonl", "--html", "report.html", "--json");
        Assert.True(answer.Exit == 0, answer.Error);
        using var json = JsonDocument.Parse(answer.Out);
        var workflow = Assert.Single(json.RootElement.GetProperty("workflows").EnumerateArray());
        Assert.Equal(4999, workflow.GetProperty("total").GetProperty("revenue").GetProperty("linear").GetProperty("EUR").GetInt64());
        Assert.Equal("watch", workflow.GetProperty("verdict").GetString());
        Assert.Contains("line 2", Assert.Single(json.RootElement.GetProperty("notes").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains("abandoned-cart", await File.ReadAllTextAsync(Path.Combine(hub.Folder, "report.html")), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(hub.Folder, "hub.db*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task With_the_contacts_events_are_found_by_address()
    {
        var answer = await hub.Run("report", "--simulation", "journal.jsonl", "--events", "events.jsonl", "--contacts", "contacts.csv", "--json");
        using var json = JsonDocument.Parse(answer.Out);
        Assert.Equal(5099, json.RootElement.GetProperty("revenue").GetProperty("EUR").GetInt64());
        Assert.Empty(json.RootElement.GetProperty("notes").EnumerateArray());
    }

    [Theory]
    [InlineData(1, "There is no file nothing.jsonl", "report", "--simulation", "nothing.jsonl")]
    [InlineData(1, "Nobody has entered a workflow 'other'. Entered were: abandoned-cart.", "report", "other", "--simulation", "journal.jsonl")]
    [InlineData(64, "write a day or a time", "report", "--simulation", "journal.jsonl", "--from", "soon")]
    [InlineData(64, "give days", "report", "--simulation", "journal.jsonl", "--half-life", "0")]
    [InlineData(64, "belong to --simulation", "report", "--events", "events.jsonl")]
    public async Task What_is_wrong_is_said(int exit, string words, params string[] arguments)
    {
        var answer = await hub.Run(arguments);
        Assert.Equal(exit, answer.Exit);
        Assert.Contains(words, answer.Error, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(hub.Folder, name), text);
}
