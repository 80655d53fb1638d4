using System.Security.Cryptography;
using IntegrationHub.Connect;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Cluster;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Events;
using IntegrationHub.Engine.Jobs;
using IntegrationHub.Engine.Mail;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Store;
using IntegrationHub.Workflows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Engine;

/// <summary>Where the hub keeps its things.</summary>
/// <param name="DataDirectory">Database, logs, reports and keys lie here.</param>
/// <param name="Database">A SQLite file or a PostgreSQL connection string.</param>
/// <param name="MappingsDirectory">The recipes.</param>
public sealed record EngineSettings(string DataDirectory, string Database, string MappingsDirectory)
{
    /// <summary>Where secrets' keys lie: part of every backup, readable by the owner only.</summary>
    public string KeysDirectory => Path.Combine(DataDirectory, "keys");

    /// <summary>Whether DNS is asked for mail servers; off unless set.</summary>
    public MailServerSettings MailServers { get; init; } = MailServerSettings.Off;

    /// <summary>Which channels deliver messages; into files unless set.</summary>
    public DeliverySettings Delivery { get; init; } = DeliverySettings.Files;

    /// <summary>The agent that <c>decide</c> steps ask; off unless set.</summary>
    public AgentSettings Agent { get; init; } = AgentSettings.Off;

    /// <summary>Where one's own team is told beside the mails, if the variable is set.</summary>
    public SlackSettings Slack { get; init; } = new();

    /// <summary>Where audits' pages are written.</summary>
    public string ReportsDirectory => Path.Combine(DataDirectory, "reports");
}

/// <summary>Registers the engine: the store, the recipes, the pipeline and the actions.</summary>
public static class EngineServices
{
    private const string ContactPointKeyFile = "contact-points.key";

    /// <summary>Adds everything that doors need. Connectors come from <paramref name="connectors"/>; their HTTP clients must be registered by the caller.</summary>
    public static IServiceCollection AddHubEngine(this IServiceCollection services, EngineSettings settings, ConnectorCatalogue connectors)
    {
        Directory.CreateDirectory(settings.KeysDirectory);
        OwnerOnly(settings.KeysDirectory);
        services.AddSingleton(settings);
        services.AddSingleton(connectors);
        services.AddDataProtection().SetApplicationName("IntegrationHub").PersistKeysToFileSystem(new DirectoryInfo(settings.KeysDirectory));
        services.AddSingleton(s => new TokenVault(s.GetRequiredService<IDataProtectionProvider>(), Environment.GetEnvironmentVariable));
        services.AddSingleton(_ => HubStore.Open(settings.Database, ContactPointKey(settings)));
        services.AddSingleton(_ => RecipeBook.Load(settings.MappingsDirectory));
        services.AddSingleton(_ => Models.Load(settings.MappingsDirectory));
        services.AddSingleton(s => new MailServers(settings.MailServers, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SourceConnections>();
        services.AddSingleton<PipelineFactory>();
        services.AddSingleton<Lane>();
        services.AddSingleton<SourceActions>();
        services.AddSingleton<SyncSources>();
        services.AddSingleton<TakeWebhook>();
        services.AddSingleton<ImportFile>();
        services.AddSingleton<ReviewQueue>();
        services.AddSingleton<Contacts>();
        services.AddSingleton<ExplainContact>();
        services.AddSingleton<LearnModel>();
        services.AddSingleton<CalibrateModel>();
        services.AddSingleton<ExportData>();
        services.AddSingleton<ContactData>();
        services.AddSingleton<ReportWorkflows>();
        services.AddSingleton<SchemaDrift>();
        services.AddSingleton<RunAudit>();
        services.AddSingleton<PlayMonth>();
        services.AddSingleton<FixFindings>();
        services.AddSingleton<LockField>();
        services.AddSingleton<SuppressPoint>();
        services.AddSingleton(_ => new TrackedLinks(new LinkTokens(LinkKeys.Load(settings.KeysDirectory)), settings.Delivery.PublicUrl));
        services.AddSingleton<EventSignal>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<MessageEvents>();
        services.AddHttpClient(EnrichmentCalls.ClientName).RemoveAllLoggers();
        services.AddSingleton(s => new SlackNotes(settings.Slack, s.GetRequiredService<TokenVault>(), s.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<Func<WorkflowSurroundings>>(s => () => Surroundings(settings, s));
        services.AddSingleton(s => new EnrichmentRecords(s.GetRequiredService<HubStore>(), s.GetRequiredService<PipelineFactory>(), s.GetRequiredService<Lane>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new OutsideRequests(
            s.GetRequiredService<HubStore>(), EnrichmentFile.Load(Path.Combine(settings.MappingsDirectory, "enrichment.yaml")), new EnrichmentCalls(s.GetRequiredService<IHttpClientFactory>()), s.GetRequiredService<EnrichmentRecords>(),
            new Agent(settings.Agent, s.GetRequiredService<TokenVault>(), s.GetRequiredService<IHttpClientFactory>()), s.GetRequiredService<SlackNotes>(), s.GetRequiredService<TokenVault>(), s.GetRequiredService<EventIntake>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WorkflowsInForce>();
        services.AddSingleton<EventPipeline>();
        services.AddSingleton(s => new MessageDelivery(s.GetRequiredService<HubStore>(), s.GetRequiredService<WorkflowsInForce>(), s.GetRequiredService<IReadOnlyList<ChannelLane>>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => MessageChannels.Lanes(
            settings.Delivery, settings.DataDirectory, s.GetRequiredService<TokenVault>(), s.GetRequiredService<IHttpClientFactory>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<WorkflowLane>();
        services.AddSingleton<LaunchWorkflow>();
        services.AddSingleton<FollowWorkflows>();
        services.AddSingleton<FindSegments>();
        services.AddSingleton<SendTestMessages>();
        services.AddSingleton<MessageLinks>();
        services.AddSingleton<PreviewTemplate>();
        services.AddSingleton<Operations>();
        services.AddSingleton<Doctor>();
        return services;
    }

    private static WorkflowSurroundings Surroundings(EngineSettings settings, IServiceProvider services)
    {
        var vault = services.GetRequiredService<TokenVault>();
        return WorkflowSurroundings.Of(WorkflowBook.Load(settings.MappingsDirectory), services.GetRequiredService<TrackedLinks>()) with
        {
            Vendors = [.. EnrichmentFile.Load(Path.Combine(settings.MappingsDirectory, "enrichment.yaml")).Where(v => vault.FromEnvironment(v.TokenVariable) is not null).Select(v => v.Name)],
            AgentIsOn = settings.Agent.Url is not null,
            TellsSlack = services.GetRequiredService<SlackNotes>().IsOn,
        };
    }

    /// <summary>The secret under which the consent ledger keeps contact points: made once, the same for the database's whole life.</summary>
    private static byte[] ContactPointKey(EngineSettings settings)
    {
        var file = Path.Combine(settings.KeysDirectory, ContactPointKeyFile);
        if (!File.Exists(file)) NewKey(file);

        var key = File.ReadAllBytes(file);
        return key.Length == 32 ? key : throw new ConfigurationException($"{file} is damaged: it has {key.Length} bytes instead of 32. Restore it from the backup; without it consent states cannot be found.");
    }

    /// <summary>Makes a file of 32 random bytes that its owner alone can read.</summary>
    internal static void NewKey(string file)
    {
        var fresh = file + ".new";
        using (var stream = new FileStream(fresh, NewFileForOwner)) stream.Write(RandomNumberGenerator.GetBytes(32));
        File.Move(fresh, file, overwrite: false);
    }

    private static FileStreamOptions NewFileForOwner
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    private static void OwnerOnly(string folder)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
