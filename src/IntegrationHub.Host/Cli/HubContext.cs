using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Engine;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Sources;
using IntegrationHub.Host.Logging;
using IntegrationHub.Store;
using Serilog;
using Spectre.Console;

namespace IntegrationHub.Host.Cli;

/// <summary>What a command is given: the engine, and where its answer goes. Commands parse, call one action, and render.</summary>
internal sealed class HubContext : IAsyncDisposable
{
    internal static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly ServiceProvider services;

    private HubContext(ParseResult parsed, HubSettings settings, TimeProvider? clock = null)
    {
        Settings = settings;
        Json = parsed.GetValue(GlobalOptions.Json);
        var collection = new ServiceCollection();
        AddHub(collection, settings, HubLogging.Create(settings), clock ?? TimeProvider.System);
        services = collection.BuildServiceProvider();
    }

    public HubSettings Settings { get; }

    /// <summary>True when the caller wants one JSON object.</summary>
    public bool Json { get; }

    /// <summary>The account that runs the command: it owns the data directory, so it may do anything.</summary>
    public static Actor Operator { get; } = new(Environment.UserName, Role.Admin);

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static void AddHub(IServiceCollection services, HubSettings settings, Serilog.ILogger log) => AddHub(services, settings, log, TimeProvider.System);

    private static void AddHub(IServiceCollection services, HubSettings settings, Serilog.ILogger log, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddLogging(l => l.ClearProviders().AddSerilog(log, dispose: true));
        services.AddConnectHttp(TimeProvider.System);
        services.AddHubEngine(settings.Engine, new ConnectorCatalogue(typeof(HubSpotConnector).Assembly));
    }

    /// <summary>Makes a command's action: opens the hub, runs it, turns what went wrong into a message and an exit code.</summary>
    /// <param name="run">The command.</param>
    /// <param name="needsDatabase">False for commands that mend or inspect a database themselves.</param>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<HubContext, ParseResult, CancellationToken, Task<int>> run, bool needsDatabase = true) =>
        (parsed, ct) => Guard(async () =>
        {
            await using var context = new HubContext(parsed, HubSettings.Read(parsed));
            if (needsDatabase) await context.RequireDatabase(ct);
            return await run(context, parsed, ct);
        });

    /// <summary>Opens the hub of the settings.</summary>
    public static Task<HubContext> Open(ParseResult parsed, CancellationToken ct) => Open(parsed, null, null, ct);

    /// <summary>Opens the hub without looking whether its database is there and of this version.</summary>
    public static HubContext OpenAsItIs(ParseResult parsed, HubSettings settings) => new(parsed, settings, null);

    /// <summary>Opens a hub in a given folder, by a given clock; null for those of the settings and the system.</summary>
    public static async Task<HubContext> Open(ParseResult parsed, string? data, TimeProvider? clock, CancellationToken ct)
    {
        var context = new HubContext(parsed, HubSettings.Read(parsed, data), clock);
        await context.RequireDatabase(ct);
        return context;
    }

    /// <summary>Prints what a person can act on; what nobody foresaw goes to the log, with its place on the screen.</summary>
    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Refused;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was done stays; the next run goes on from there.");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is NotPossibleException or ConfigurationException or RecipeException or ConnectorException or StoreException or FormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Check that the disk has room and that {Environment.UserName} may write there.");
            return ExitCode.Failed;
        }
    }

    private async Task RequireDatabase(CancellationToken ct)
    {
        var store = Get<HubStore>();
        if (await store.IsCurrent(ct)) return;
        if (!IsNewFile())
            throw new NotPossibleException($"{store.Describe()} is not of this version. Back it up, then run: hub db migrate");
        await store.Migrate(ct);
    }

    private bool IsNewFile() => !Settings.Engine.Database.Contains('=') && !File.Exists(Settings.Engine.Database);

    /// <summary>Prints the answer: as JSON where that is wanted, else as <paramref name="human"/> does.</summary>
    public void Answer<T>(T value, Action<IAnsiConsole> human)
    {
        if (Json) Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonFormat));
        else human(Screen);
    }

    /// <summary>The terminal, or plain text of a width that keeps lines whole where the output is no terminal.</summary>
    public static IAnsiConsole Screen { get; } = MakeScreen();

    private static IAnsiConsole MakeScreen()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        return console;
    }

    /// <summary>Runs long work under a line of progress; none where the output is no terminal or JSON is wanted.</summary>
    public async Task<T> WithProgress<T>(Func<IProgress<RunProgress>, Task<T>> work)
    {
        if (Json || Console.IsOutputRedirected) return await work(new Silence());
        return await Screen.Status().StartAsync("Starting", status => work(new Line(status)));
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private sealed class Silence : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            // Nobody watches.
        }
    }

    private sealed class Line(StatusContext status) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) =>
            status.Status(Markup.Escape($"{value.Stage}{(value.Source is null ? "" : $" {value.Source}")}: {value.Done:N0}{(value.Total is { } total ? $" of {total:N0}" : "")} records"));
    }
}
