using IntegrationHub.Engine;
using IntegrationHub.Host.Cli;
using Serilog.Events;

namespace IntegrationHub.Tests.Host;

public sealed class UnforeseenFailureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-failure-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Says_one_line_with_the_logs_place_and_keeps_the_stack_for_the_log()
    {
        var settings = new HubSettings(new EngineSettings(folder, Path.Combine(folder, "hub.db"), folder), LogEventLevel.Information, LogJson: false);
        var screen = new StringWriter();
        var code = await UnforeseenFailure.Report(Thrown("row of ada@example.com\nis odd"), settings, screen);

        var log = Assert.Single(Directory.GetFiles(Path.Combine(folder, "logs")));
        Assert.Equal(1, code);
        Assert.Equal($"Failed unexpectedly: row of ada@example.com is odd The details are in {log}{Environment.NewLine}", screen.ToString());
        var text = await File.ReadAllTextAsync(log);
        Assert.Contains(nameof(Thrown), text, StringComparison.Ordinal);
        Assert.Contains("a***@example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("sync", "--no-such-option")]
    [InlineData("normalise", "--field", "shoe-size")]
    [InlineData("dedupe")]
    public async Task Answers_64_to_a_command_line_that_makes_no_sense(params string[] args) =>
        Assert.Equal(64, await Commands.Run(args));

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
