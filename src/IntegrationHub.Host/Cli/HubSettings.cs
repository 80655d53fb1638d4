using System.CommandLine;
using System.Globalization;
using System.Net;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Engine.Sources;

namespace IntegrationHub.Host.Cli;

/// <summary>The settings, checked: command line before environment before appsettings.json.</summary>
/// <param name="Engine">Where the hub keeps its things.</param>
/// <param name="LogLevel">The least level that is written to the log file.</param>
/// <param name="LogJson">True writes the log as JSON lines.</param>
internal sealed record HubSettings(EngineSettings Engine, Serilog.Events.LogEventLevel LogLevel, bool LogJson)
{
    public string LogsDirectory => Path.Combine(Engine.DataDirectory, "logs");

    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static HubSettings Read(ParseResult parsed, string? data = null)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
        var directory = Path.GetFullPath(First(data, parsed.GetValue(GlobalOptions.Data), configuration["HUB_DATA"], configuration["Hub:Data"]) ?? "hub-data");
        var database = data is null
            ? First(parsed.GetValue(GlobalOptions.Database), configuration["HUB_DB"], configuration["Hub:Database"])
            : null;
        var mappings = First(configuration["Hub:Mappings"]) ?? Path.Combine(AppContext.BaseDirectory, "mappings");
        if (!Directory.Exists(mappings))
            throw new ConfigurationException($"The mappings folder {mappings} is missing. Set Hub:Mappings in appsettings.json (or the environment variable Hub__Mappings) to the folder that holds sources/ and survivorship.yaml.");
        return new HubSettings(
            new EngineSettings(directory, database ?? Path.Combine(directory, "hub.db"), mappings) { MailServers = MailServers(configuration.GetSection("Hub:MailServers")), Delivery = DeliveryOptions.Read(configuration.GetSection("Hub:Delivery")), Agent = Agent(configuration.GetSection("Hub:Agent")), Slack = new SlackSettings(First(configuration["Hub:Slack:WebhookVariable"]) ?? new SlackSettings().WebhookVariable) },
            Level(configuration["Logging:Level"]),
            Flag("Logging:Json", configuration["Logging:Json"]));
    }

    private static AgentSettings Agent(IConfigurationSection section)
    {
        if (!Flag("Hub:Agent:On", section["On"])) return AgentSettings.Off;
        var url = First(section["Url"]) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var given) && (given.Scheme == Uri.UriSchemeHttps || given.IsLoopback) ? given
            : throw new ConfigurationException($"Hub:Agent:Url is '{section["Url"]}'. Write the address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1, in appsettings.json; http is taken for this machine only.");
        var model = First(section["Model"]) ?? throw new ConfigurationException("Hub:Agent:Model is missing. Write the model's name in appsettings.json.");
        var perDay = First(section["PerDay"]) is not { } most ? AgentSettings.Off.PerDay
            : int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ConfigurationException($"Hub:Agent:PerDay is '{most}'. Write how many questions a day may cost, such as 200, in appsettings.json.");
        return new AgentSettings(url, model) { PerDay = perDay, TokenVariable = First(section["TokenVariable"]) ?? AgentSettings.Off.TokenVariable };
    }

    private static MailServerSettings MailServers(IConfigurationSection section)
    {
        var off = MailServerSettings.Off;
        var timeout = section["TimeoutSeconds"] is not { Length: > 0 } text ? off.Timeout
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 60 ? TimeSpan.FromSeconds(seconds)
            : throw new ConfigurationException($"Hub:MailServers:TimeoutSeconds is '{text}'. Write the seconds that one question to DNS may take, above 0 and up to 60, in appsettings.json.");
        var resolver = section["Resolver"] is not { Length: > 0 } address ? null
            : IPEndPoint.TryParse(address, out var end) ? end.Port == 0 ? new IPEndPoint(end.Address, 53) : end
            : throw new ConfigurationException($"Hub:MailServers:Resolver is '{address}'. Write the resolver's IP address, with :port if it is not 53, in appsettings.json; leave it empty for the system's.");
        return new MailServerSettings(Flag("Hub:MailServers:Check", section["Check"]), timeout, resolver);
    }

    private static string? First(params string?[] values) => values.FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    private static Serilog.Events.LogEventLevel Level(string? text) =>
        text is null ? Serilog.Events.LogEventLevel.Information
        : Enum.TryParse<Serilog.Events.LogEventLevel>(text, ignoreCase: true, out var level) ? level
        : throw new ConfigurationException($"Logging:Level is '{text}'. Write one of {string.Join(", ", Enum.GetNames<Serilog.Events.LogEventLevel>())} in appsettings.json.");

    private static bool Flag(string setting, string? text) =>
        text is null ? false
        : bool.TryParse(text, out var flag) ? flag
        : throw new ConfigurationException($"{setting} is '{text}'. Write true or false in appsettings.json.");
}
