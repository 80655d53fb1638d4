using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// A match model: for each comparison and level how often the level is seen between two records of one contact, and between records of two contacts who belong together
/// (a household, a company) or do not know each other. A JSON file that a person can read; the built-in ones lie in mappings/models/.
/// </summary>
public sealed class MatchModel
{
    private readonly ImmutableArray<ImmutableArray<LevelOdds>> comparisons;
    private readonly FrozenDictionary<string, double> given;
    private readonly FrozenDictionary<string, double> last;
    private readonly double otherGiven;
    private readonly double otherLast;
    private readonly double population;
    private readonly double[] partners;

    private MatchModel(JsonElement json, string text)
    {
        Kind = json.GetProperty("kind").GetString() == "company" ? EntityKind.Company : EntityKind.Contact;
        Version = RecipeVersions.Of(text, "match rules 3");
        population = json.GetProperty("population").GetDouble();
        var p = json.GetProperty("partners");
        partners = [p.GetProperty("same").GetDouble(), p.GetProperty("household").GetDouble(), p.GetProperty("colleague").GetDouble()];
        BlockCap = json.GetProperty("block_cap").GetInt32();
        AutoWeight = WeightOf(json.GetProperty("thresholds").GetProperty("auto").GetDouble());
        ReviewWeight = WeightOf(json.GetProperty("thresholds").GetProperty("review").GetDouble());
        comparisons = Comparisons(json.GetProperty("comparisons"), Kind);
        (given, otherGiven) = Frequencies(json.GetProperty("frequencies").GetProperty("given"));
        (last, otherLast) = Frequencies(json.GetProperty("frequencies").GetProperty("last"));
        Priors = PriorsOf(population);
    }

    private MatchModel(MatchModel other, double population, double autoWeight)
    {
        (Kind, Version, partners, BlockCap, ReviewWeight, comparisons) = (other.Kind, other.Version, other.partners, other.BlockCap, other.ReviewWeight, other.comparisons);
        (given, otherGiven, last, otherLast) = (other.given, other.otherGiven, other.last, other.otherLast);
        (this.population, AutoWeight) = (population, autoWeight);
        Priors = PriorsOf(population);
    }

    /// <summary>Contact or company.</summary>
    public EntityKind Kind { get; }

    /// <summary>Changes when anything does that could change a weight or a match key.</summary>
    public RecipeVersion Version { get; }

    /// <summary>A block of more records than this is refined by further fields, and reported.</summary>
    public int BlockCap { get; }

    /// <summary>Pairs of at least this weight, in bits, are merged without a person.</summary>
    public double AutoWeight { get; }

    /// <summary>Pairs of at least this weight, in bits, go to the merge queue.</summary>
    public double ReviewWeight { get; }

    /// <summary>Chances of the classes for two records taken at random.</summary>
    internal ClassOdds Priors { get; }

    /// <summary>The model that ships with the hub.</summary>
    public static MatchModel BuiltIn(EntityKind kind) => kind == EntityKind.Contact ? BuiltInContacts.Value : BuiltInCompanies.Value;

    private static readonly Lazy<MatchModel> BuiltInContacts = new(() => Embedded("contacts.json"));
    private static readonly Lazy<MatchModel> BuiltInCompanies = new(() => Embedded("companies.json"));

    private static MatchModel Embedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded in Core.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), name);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="FormatException">The text is no model; the message names the file, and the place where known.</exception>
    public static MatchModel Parse(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return new MatchModel(document.RootElement, text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{file}: this is no match model: {e.Message} Compare it with the built-in model of the same name.", e);
        }
    }

    /// <summary>The same model for another number of records, and, if given, another threshold for merging without a person.</summary>
    /// <param name="records">How many records are compared with each other: the fewer, the likelier that two that look alike are one.</param>
    /// <param name="auto">Match probability in (0, 1); null keeps the model's.</param>
    public MatchModel For(long records, double? auto = null) => new(this, Math.Clamp(records, 200, 50_000_000), auto is { } p ? WeightOf(p) : AutoWeight);

    /// <summary>The chances of a level in the four classes.</summary>
    internal LevelOdds Odds(Comparison comparison, int level) => comparisons[(int)comparison][level];

    internal double GivenFrequency(ReadOnlySpan<char> name) => given.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var share) ? share : otherGiven;

    internal double LastFrequency(ReadOnlySpan<char> name) => last.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var share) ? share : otherLast;

    private ClassOdds PriorsOf(double records) => new(partners[0] / records, partners[1] / records, partners[2] / records, 1);

    private static double WeightOf(double probability) => Math.Log2(probability / (1 - probability));

    private static (FrozenDictionary<string, double>, double) Frequencies(JsonElement json) =>
        (json.GetProperty("names").EnumerateObject().ToFrozenDictionary(n => n.Name, n => n.Value.GetDouble(), StringComparer.Ordinal), json.GetProperty("other").GetDouble());

    /// <summary>All levels that records of the kind can reach; a comparison that the model leaves out says nothing.</summary>
    private static ImmutableArray<ImmutableArray<LevelOdds>> Comparisons(JsonElement json, EntityKind kind)
    {
        foreach (var comparison in json.EnumerateObject())
            if (LevelNames.Find(comparison.Name) is null) throw new FormatException($"There is no comparison '{comparison.Name}'.");
        var all = ImmutableArray.CreateBuilder<ImmutableArray<LevelOdds>>(LevelNames.Comparisons);
        foreach (var comparison in Enum.GetValues<Comparison>())
        {
            var names = LevelNames.Of(comparison);
            var given = json.TryGetProperty(LevelNames.NameOf(comparison), out var levels);
            if (given)
                foreach (var level in levels.EnumerateObject())
                    if (!names.Contains(level.Name)) throw new FormatException($"'{LevelNames.NameOf(comparison)}' has no level '{level.Name}'; there are {string.Join(", ", names.Skip(1))}.");
            all.Add(
            [
                LevelOdds.Silent,
                .. names.Skip(1).Select(name => !given || !IsReached(kind, comparison, name) ? LevelOdds.Silent
                    : levels.TryGetProperty(name, out var odds) ? Odds(LevelNames.NameOf(comparison), name, odds)
                    : throw new FormatException($"'{LevelNames.NameOf(comparison)}' lacks the level '{name}'.")),
            ]);
        }

        return all.MoveToImmutable();
    }

    // The two kinds share some comparisons and reach different levels of them.
    private static bool IsReached(EntityKind kind, Comparison comparison, string level) => (kind, comparison) switch
    {
        (EntityKind.Contact, Comparison.Company) => level is "exact" or "similar" or "differs",
        (EntityKind.Company, Comparison.Email) => level is "exact" or "same company domain" or "differs",
        _ => true,
    };

    // "frequency" stands for "as frequent as the value itself".
    private static LevelOdds Odds(string comparison, string level, JsonElement json)
    {
        double[] numbers = [.. json.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? double.NaN : v.GetDouble())];
        if (numbers.Length != 4 || numbers.Any(n => n is <= 0 or > 1)) throw new FormatException($"'{comparison}', level '{level}': four probabilities in (0, 1] are expected.");
        return new LevelOdds(new ClassOdds(numbers[0], numbers[1], numbers[2], numbers[3]), numbers.Any(double.IsNaN));
    }
}

/// <summary>How probable a level is in each class of pairs.</summary>
/// <param name="Classes">The four; not a number where the value's own frequency stands in.</param>
/// <param name="TakesFrequency">True where at least one of them is the value's frequency.</param>
internal readonly record struct LevelOdds(ClassOdds Classes, bool TakesFrequency)
{
    /// <summary>Says nothing: as probable in one class as in another.</summary>
    public static LevelOdds Silent { get; } = new(ClassOdds.Even, false);

    /// <summary>The four with a value's frequency put in.</summary>
    public ClassOdds With(double frequency) => TakesFrequency ? Classes.Filled(frequency) : Classes;
}

/// <summary>How probable something is in each class of pairs.</summary>
internal readonly struct ClassOdds
{
    private readonly Vector256<double> four;

    private ClassOdds(Vector256<double> four) => this.four = four;

    /// <summary>The four classes.</summary>
    /// <param name="same">Two records of one contact.</param>
    /// <param name="household">Records of two members of a household.</param>
    /// <param name="colleague">Records of two people of one employer.</param>
    /// <param name="other">Records of two who do not know each other.</param>
    public ClassOdds(double same, double household, double colleague, double other) => four = Vector256.Create(same, household, colleague, other);

    /// <summary>As probable in each.</summary>
    public static ClassOdds Even { get; } = new(Vector256<double>.One);

    public double Same => four[0];

    public double Household => four[1];

    public double Colleague => four[2];

    public double Other => four[3];

    /// <summary>log2 of the odds of the same against all rivals together.</summary>
    public double Weight => Math.Log2(Ratio);

    /// <summary>The odds of the same against all rivals together.</summary>
    public double Ratio => four[0] / (four[1] + four[2] + four[3]);

    public static ClassOdds operator *(ClassOdds a, ClassOdds b) => new(a.four * b.four);

    /// <summary>Puts a frequency where a class has no number.</summary>
    public ClassOdds Filled(double frequency) => new(Vector256.ConditionalSelect(Vector256.Equals(four, four), four, Vector256.Create(frequency)));
}
