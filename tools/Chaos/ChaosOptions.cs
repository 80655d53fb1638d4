using System.Globalization;
using System.Reflection;

namespace IntegrationHub.Chaos;

/// <summary>What is to be broken, and how often.</summary>
public sealed record ChaosOptions
{
    /// <summary>People in the sandbox; about 2.2 records each.</summary>
    public int People { get; init; } = 4_500;

    /// <summary>How many times the hub is killed.</summary>
    public int Kills { get; init; } = 20;

    /// <summary>Decides the data and the moments.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of the vendors' answers that fail besides.</summary>
    public double Faults { get; init; }

    /// <summary>The hub's assembly.</summary>
    public string Hub { get; init; } = Beside("HubAssembly");

    /// <summary>The sandbox's assembly.</summary>
    public string Sandbox { get; init; } = Beside("SandboxAssembly");

    /// <summary>Keep the data directories there; null for a temporary folder that is removed when all was well.</summary>
    public string? Keep { get; init; }

    /// <summary>How to call it.</summary>
    public const string Usage = """
        Kills the hub at random moments of a sync until it is done, and compares what it ends with against the sandbox and against an undisturbed run.

        Usage: chaos [options]
               chaos sends [--kills K] [--seed S] [--hub FILE] [--keep DIR]

        With 'sends' the hub serves, forms come in and mails go out while it is killed; in the end nothing may be lost, stuck or sent twice.

          --people N      people in the sandbox; about 2.2 records each (default 4500: 10,000 records)
          --kills K       how many times (default 20)
          --seed S        decides the data and the moments (default 1)
          --faults SHARE  share of the vendors' answers that fail besides (default 0)
          --hub FILE      hub.dll (default: the one built beside it)
          --sandbox FILE  sandbox.dll (default: the one built beside it)
          --keep DIR      keep the data directories there

        Exit code 0: no difference. 1: there are differences, listed; the data directories are kept.
        """;

    /// <summary>Reads the command line; a message says what is wrong with it.</summary>
    public static (ChaosOptions? Options, string? Problem) Parse(string[] args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return (null, $"{args[i]} needs a value.");
            var (name, value) = (args[i], args[i + 1]);
            var isNumber = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            switch (name)
            {
                case "--people" when isNumber && number > 0:
                    options = options with { People = number };
                    break;
                case "--kills" when isNumber && number >= 0:
                    options = options with { Kills = number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--faults" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and < 1:
                    options = options with { Faults = share };
                    break;
                case "--hub":
                    options = options with { Hub = value };
                    break;
                case "--sandbox":
                    options = options with { Sandbox = value };
                    break;
                case "--keep":
                    options = options with { Keep = value };
                    break;
                case "--people" or "--kills" or "--seed" or "--faults":
                    return (null, $"{name} {value}: that is no such number. See --help.");
                default:
                    return (null, $"Unknown option '{name}'. See --help.");
            }
        }
        foreach (var (name, file) in new[] { ("--hub", options.Hub), ("--sandbox", options.Sandbox) })
            if (!File.Exists(file)) return (null, $"{name}: there is no {file}. Build it first: dotnet build IntegrationHub.sln -c Release");
        return (options, null);
    }

    private static string Beside(string name)
    {
        var relative = typeof(ChaosOptions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(m => m.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
    }
}
