using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// A match model: for each comparison and level how often the level is seen between two records of one contact, and between records of two contacts who belong together
/// (a household, a company) or do not know each other. A JSON file that a person can read; the built-in ones lie in mappings/models/.
/// </summary>
public sealed class MatchModel
{
    private readonly FrozenDictionary<string, Comparison> comparisons;
    private readonly FrozenDictionary<string, double> given;
    private readonly FrozenDictionary<string, double> last;
    private readonly double otherGiven;
    private readonly double otherLast;
    private readonly double population;
    private readonly double[] partners;

    private MatchModel(JsonElement json, string text)
    {
        Kind = json.GetProperty("kind").GetString() == "company" ? EntityKind.Company : EntityKind.Contact;
        Version = RecipeVersions.Of(text, "match rules 2");
        population = json.GetProperty("population").GetDouble();
        var p = json.GetProperty("partners");
        partners = [p.GetProperty("same").GetDouble(), p.GetProperty("household").GetDouble(), p.GetProperty("colleague").GetDouble()];
        BlockCap = json.GetProperty("block_cap").GetInt32();
        AutoWeight = WeightOf(json.GetProperty("thresholds").GetProperty("auto").GetDouble());
        ReviewWeight = WeightOf(json.GetProperty("thresholds").GetProperty("review").GetDouble());
        comparisons = json.GetProperty("comparisons").EnumerateObject()
            .ToFrozenDictionary(c => c.Name, c => new Comparison(c.Name, c.Value), StringComparer.Ordinal);
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

    internal bool Has(string comparison) => comparisons.ContainsKey(comparison);

    internal ClassOdds Odds(string comparison, string level, double frequency = 0) => comparisons[comparison].Of(level, frequency);

    internal double GivenFrequency(string name) => given.GetValueOrDefault(name, otherGiven);

    internal double LastFrequency(string name) => last.GetValueOrDefault(name, otherLast);

    private ClassOdds PriorsOf(double records) => new(partners[0] / records, partners[1] / records, partners[2] / records, 1);

    private static double WeightOf(double probability) => Math.Log2(probability / (1 - probability));

    private static (FrozenDictionary<string, double>, double) Frequencies(JsonElement json) =>
        (json.GetProperty("names").EnumerateObject().ToFrozenDictionary(n => n.Name, n => n.Value.GetDouble(), StringComparer.Ordinal), json.GetProperty("other").GetDouble());

    private sealed class Comparison
    {
        private readonly string name;
        private readonly FrozenDictionary<string, double[]> levels;

        public Comparison(string name, JsonElement json)
        {
            this.name = name;
            levels = json.EnumerateObject().ToFrozenDictionary(l => l.Name, l => Numbers(l), StringComparer.Ordinal);
        }

        // NaN stands for "as frequent as the value itself".
        private double[] Numbers(JsonProperty level)
        {
            double[] numbers = [.. level.Value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? double.NaN : v.GetDouble())];
            if (numbers.Length != 4 || numbers.Any(n => n is <= 0 or > 1)) throw new FormatException($"'{name}', level '{level.Name}': four probabilities in (0, 1] are expected.");
            return numbers;
        }

        public ClassOdds Of(string level, double frequency)
        {
            var p = levels[level];
            return new ClassOdds(Or(p[0], frequency), Or(p[1], frequency), Or(p[2], frequency), Or(p[3], frequency));
        }

        private static double Or(double probability, double frequency) => double.IsNaN(probability) ? frequency : probability;
    }
}

/// <summary>How probable something is in each class of pairs.</summary>
/// <param name="Same">Two records of one contact.</param>
/// <param name="Household">Records of two members of a household.</param>
/// <param name="Colleague">Records of two people of one employer.</param>
/// <param name="Other">Records of two who do not know each other.</param>
internal readonly record struct ClassOdds(double Same, double Household, double Colleague, double Other)
{
    public static ClassOdds operator *(ClassOdds a, ClassOdds b) => new(a.Same * b.Same, a.Household * b.Household, a.Colleague * b.Colleague, a.Other * b.Other);

    /// <summary>log2 of the odds of the same against all rivals together.</summary>
    public double Weight => Math.Log2(Same) - Math.Log2(Household + Colleague + Other);
}
