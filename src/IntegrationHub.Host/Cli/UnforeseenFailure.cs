using IntegrationHub.Host.Logging;
using Serilog.Events;

namespace IntegrationHub.Host.Cli;

/// <summary>What nobody foresaw: one line on the screen, everything in the log.</summary>
internal static class UnforeseenFailure
{
    /// <summary>Writes the exception to the log file and says on <paramref name="screen"/> where that is.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> Report(Exception exception, HubSettings settings, TextWriter screen)
    {
        var file = Path.Combine(settings.LogsDirectory, $"hub-{TimeProvider.System.GetLocalNow():yyyyMMdd}.log");
        await using (var log = HubLogging.Create(settings, console: LogEventLevel.Fatal)) log.Error(exception, "Failed without a foreseen reason");
        await screen.WriteLineAsync($"Failed unexpectedly: {exception.Message.ReplaceLineEndings(" ")} The details are in {file}");
        return ExitCode.Failed;
    }
}
