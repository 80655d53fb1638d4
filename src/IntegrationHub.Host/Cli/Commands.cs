using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace IntegrationHub.Host.Cli;

/// <summary>The commands of <c>hub</c>, in the order of its help.</summary>
internal static class Commands
{
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        var errors = parsed.Errors.Select(e => e.Message).Concat(MistypedOptions(parsed)).ToList();
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            await Console.Error.WriteLineAsync($"See: {PathOf(parsed.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            return await HubContext.Guard(() => UnforeseenFailure.Report(e, HubSettings.Read(parsed), Console.Error));
        }
    }

    /// <summary>An unknown option would else be taken for the argument that is still missing: <c>hub sync --ful</c> for a source named <c>--ful</c>.</summary>
    private static IEnumerable<string> MistypedOptions(ParseResult parsed) =>
        parsed.Action is HelpWithExamples || parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Where(t => t.Value is ['-', _, ..])
                .Select(t => $"There is no option {t.Value}. Put -- before a value that begins with a hyphen.");

    private static RootCommand Root()
    {
        var root = new RootCommand("Clean, unified contacts out of all your systems. Workflows only ever run on clean, unified data.");
        foreach (var option in GlobalOptions.All) root.Add(option);
        foreach (var command in All()) root.Add(command);
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples();
        return root;
    }

    private static IEnumerable<Command> All() =>
    [
        DemoCommand.Build(),
        SourceCommands.Build(),
        SyncCommand.Build(),
        ImportCommand.Build(),
        ReviewCommands.Build(),
        ContactCommands.Build(),
        ModelCommands.Build(),
        AuditCommand.Build(),
        FixCommands.Build(),
        WorkflowCommands.Build(),
        SegmentCommands.Build(),
        SuppressionCommands.Build(),
        TemplateCommands.Build(),
        ReportCommand.Build(),
        ExportCommand.Build(),
        RunsCommand.Build(),
        QuarantineCommands.Build(),
        DatabaseCommands.Build(),
        DedupeCommand.Build(),
        NormaliseCommand.Build(),
        DoctorCommand.Build(),
        ServeCommand.Build(),
    ];

    /// <summary><c>hub review merge</c>.</summary>
    internal static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "hub";
}

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Where database, logs, reports and keys lie. Also HUB_DATA, or Hub:Data in appsettings.json.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<string?> Database { get; } = new("--db")
    {
        Description = "A SQLite file or a PostgreSQL connection string. Also HUB_DB, or Hub:Database. Default: hub.db in the data directory.",
        HelpName = "DB",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object and nothing else.", Recursive = true };

    public static IEnumerable<Option> All => [Data, Database, Json];
}

/// <summary>Help that ends with examples to copy.</summary>
internal sealed class HelpWithExamples : System.CommandLine.Invocation.SynchronousCommandLineAction
{
    private static readonly Dictionary<Command, string[]> Examples = [];
    private readonly HelpAction inner = new();

    /// <summary>Who asks for help need not give the arguments yet.</summary>
    public override bool ClearsParseErrors => true;

    public static Command Add(Command command, params string[] lines)
    {
        Examples[command] = lines;
        return command;
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var lines))
        {
            Console.Out.WriteLine("Examples:");
            foreach (var line in lines) Console.Out.WriteLine($"  {line}");
            Console.Out.WriteLine();
        }

        return code;
    }
}
