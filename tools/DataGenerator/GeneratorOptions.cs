using System.Globalization;

namespace IntegrationHub.DataGenerator;

/// <summary>What to make and where to.</summary>
public sealed record GeneratorOptions
{
    public const string Usage =
        "contacts (--records N | --people N) --seed S --out FILE.csv [--truth FILE.csv] [--cluster] [--traps FILE.csv] [--clean | --defects FILE.json [--rate KIND=SHARE]...] [--now YYYY-MM-DD]";

    /// <summary>Rows; 0 where people are counted.</summary>
    public long Records { get; init; }

    /// <summary>People; 0 where rows are counted.</summary>
    public long People { get; init; }

    public int Seed { get; init; } = 1;

    public required string Out { get; init; }

    /// <summary>The file that says who is who; null for none.</summary>
    public string? Truth { get; init; }

    /// <summary>The file of trap pairs; null for none.</summary>
    public string? Traps { get; init; }

    /// <summary>The truth stands in a column <c>cluster</c> as well.</summary>
    public bool Cluster { get; init; }

    /// <summary>One faultless record a person.</summary>
    public bool Clean { get; init; }

    /// <summary>The file that says which defects were made; null for no defects.</summary>
    public string? Defects { get; init; }

    /// <summary>Rates of kinds of defects.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; init; } = new Dictionary<string, double>();

    public DateOnly Now { get; init; } = ContactWorld.Today;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">Something is missing or wrong; the message says what.</exception>
    public static GeneratorOptions Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0] != "contacts") throw new FormatException(args.Count == 0 ? "Say what to make: contacts." : $"'{args[0]}' cannot be made; contacts can.");
        var options = new GeneratorOptions { Out = "" };
        for (var i = 1; i < args.Count; i++)
        {
            var name = args[i];
            options = name switch
            {
                "--records" => options with { Records = Count(name, Next()) },
                "--people" => options with { People = Count(name, Next()) },
                "--seed" => options with { Seed = int.TryParse(Next(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var s) ? s : throw Bad(name, args[i], "a whole number, such as 7") },
                "--out" => options with { Out = Next() },
                "--truth" => options with { Truth = Next() },
                "--traps" => options with { Traps = Next() },
                "--clean" => options with { Clean = true },
                "--defects" => options with { Defects = Next() },
                "--rate" => options with { Rates = WithRate(options.Rates, Next()) },
                "--cluster" => options with { Cluster = true },
                "--now" => options with { Now = DateOnly.TryParseExact(Next(), "yyyy-MM-dd", out var d) ? d : throw Bad(name, args[i], "a day, such as 2026-11-01") },
                _ => throw new FormatException($"There is no option {name}."),
            };

            string Next() => ++i < args.Count ? args[i] : throw new FormatException($"{name} needs a value.");
        }

        if (options.Out.Length == 0) throw new FormatException("--out is missing: the CSV file to write.");
        if (options.Records > 0 == options.People > 0) throw new FormatException(options.Records > 0 ? "Give either --records or --people, not both." : "--records is missing (or --people): how many to make.");
        if (options.Clean && options.Defects is not null) throw new FormatException("--clean and --defects exclude each other: the clean twin is the file without defects.");
        if (options.Rates.Count > 0 && options.Defects is null) throw new FormatException("--rate goes with --defects.");
        if (options.Traps is not null && (options.Clean || options.Defects is not null)) throw new FormatException("--traps goes with neither --clean nor --defects: they have one record a person.");
        return options;
    }

    private static Dictionary<string, double> WithRate(IReadOnlyDictionary<string, double> rates, string text)
    {
        if (text.Split('=') is not [var kind, var share] || !double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
            throw Bad("--rate", text, "a kind and a share, such as missing_email=0.02");
        return new Dictionary<string, double>(rates) { [kind] = rate };
    }

    private static long Count(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100_000_000 ? n : throw Bad(name, text, "a whole number from 1 to 100000000");

    private static FormatException Bad(string name, string text, string wanted) => new($"{name} {text}: give {wanted}.");
}
