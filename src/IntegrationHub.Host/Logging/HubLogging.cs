using IntegrationHub.Host.Cli;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace IntegrationHub.Host.Logging;

/// <summary>Logs go to a file a day in the data directory, warnings to standard error too; standard output is for answers. Personal data is masked in both.</summary>
internal static class HubLogging
{
    private const int KeptDays = 30;

    public static Serilog.Core.Logger Create(HubSettings settings, LogEventLevel console = LogEventLevel.Error)
    {
        ITextFormatter lines = settings.LogJson
            ? new JsonFormatter(renderMessage: true)
            : new MessageTemplateTextFormatter("{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}");
        ITextFormatter terse = settings.LogJson ? lines : new MessageTemplateTextFormatter("{Level:u3} {Message:lj}{NewLine}");
        return new LoggerConfiguration()
            .MinimumLevel.Is(settings.LogLevel)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.With<MaskingEnricher>()
            .WriteTo.File(
                new MaskingFormatter(lines), Path.Combine(settings.LogsDirectory, "hub-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: KeptDays, shared: true)
            .WriteTo.Console(new MaskingFormatter(terse), restrictedToMinimumLevel: console, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
    }
}
