using System.Globalization;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox;

/// <summary>What the command line asks for.</summary>
public sealed record SandboxOptions
{
    /// <summary>How many people there are; records are about 2.2 times as many.</summary>
    public int People { get; init; } = 1_000;

    /// <summary>Same seed and people, same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of requests that fail, in [0, 1].</summary>
    public double Faults { get; init; }

    /// <summary>What the stand-ins bear; null for no limits and no slowness.</summary>
    public Limits? Limits { get; init; } = new();

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Where to write the truth; null for nowhere.</summary>
    public string? Truth { get; init; }

    /// <summary>Where the files source lies; null for a folder of its own that goes with the process.</summary>
    public string? Files { get; init; }

    /// <summary>The end of the years that the data spans; nothing is newer.</summary>
    public DateTimeOffset AsOf { get; init; } = DefaultAsOf;

    /// <summary>Ends when standard input is closed, as happens when its parent goes away.</summary>
    public bool EndWithInput { get; init; }

    /// <summary>The usual end of the data.</summary>
    public static DateTimeOffset DefaultAsOf { get; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How to call it.</summary>
    public const string Usage = """
        Stand-ins of HubSpot, Mailchimp and Shopify over HTTP, and a folder of CSV files, with one made-up population in all of them.

        Usage: sandbox [options]
          --people N        people; about 2.2 records each (default 1000)
          --seed S          same seed and people: the same bytes (default 1)
          --faults SHARE    share of requests that fail, 0 to 1; above 0 some rows of the files are damaged too (default 0)
          --limits on|off   the vendors' limits and slow answers (default on)
          --url URL         loopback address to listen at; port 0 takes a free one (default http://127.0.0.1:0)
          --truth FILE.csv  write which record is whose: source,stream,external_id,person
          --files DIR       keep the CSV files there (default: a temporary folder, removed at the end)
          --as-of DATE      end of the years that the data spans (default 2026-11-01, or the last 1 January when the clock is before that)
          --end-with-input  end when standard input closes

        When it is ready it prints one line of JSON: where each system is and with which token. It ends on SIGTERM or Ctrl+C.
        """;

    /// <summary>Reads the command line; a message says what is wrong with it.</summary>
    public static (SandboxOptions? Options, string? Problem) Parse(string[] args, DateTimeOffset now)
    {
        var options = new SandboxOptions();
        if (now < DefaultAsOf.AddHours(2)) options = options with { AsOf = new DateTimeOffset(now.AddHours(-2).Year, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (name == "--end-with-input")
            {
                options = options with { EndWithInput = true };
                continue;
            }
            if (i + 1 == args.Length && name.StartsWith("--", StringComparison.Ordinal)) return (null, $"{name} needs a value.");
            var value = i + 1 < args.Length ? args[++i] : "";
            switch (name)
            {
                case "--people"
                    when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var people) && people is > 0 and <= 5_000_000:
                    options = options with { People = people };
                    break;
                case "--people": return (null, $"--people {value}: a whole number from 1 to 5000000 is needed.");
                case "--seed" when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--seed":
                    return (null, $"--seed {value}: a whole number is needed.");
                case "--faults"
                    when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1:
                    options = options with { Faults = share };
                    break;
                case "--faults": return (null, $"--faults {value}: a share from 0 to 1 is needed, such as 0.02.");
                case "--limits" when value is "on" or "off":
                    options = options with { Limits = value == "on" ? new Limits() : null };
                    break;
                case "--limits":
                    return (null, $"--limits {value}: on or off.");
                case "--url"
                    when Uri.TryCreate(value, UriKind.Absolute, out var url)
                        && url.Scheme == Uri.UriSchemeHttp
                        && url.IsLoopback
                        && url.AbsolutePath == "/":
                    options = options with { Url = url };
                    break;
                case "--url":
                    return (
                        null,
                        $"--url {value}: an http address of this machine is needed, such as http://127.0.0.1:5090; the sandbox listens nowhere else."
                    );
                case "--truth":
                    options = options with { Truth = value };
                    break;
                case "--files":
                    options = options with { Files = value };
                    break;
                case "--as-of"
                    when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asOf)
                        && asOf <= now.AddHours(-1):
                    options = options with { AsOf = asOf.ToUniversalTime() };
                    break;
                case "--as-of": return (null, $"--as-of {value}: a date is needed that lies at least an hour back.");
                default: return (null, $"Unknown option '{name}'. See --help.");
            }
        }
        return (options, null);
    }
}
