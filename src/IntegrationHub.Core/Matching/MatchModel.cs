using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <summary>
/// A match model: for each comparison and level how often the level is seen between two records of one contact, and between records of two contacts who belong together
/// (a household, a company) or do not know each other. A JSON file that a person can read; the built-in ones lie in mappings/models/.
/// </summary>
public sealed partial class MatchModel
{
    // The share of companies that have a word that no model lists.
    private const double RareWord = 0.0003;

    private readonly ImmutableArray<ImmutableArray<LevelOdds>> comparisons;
    private readonly FrozenDictionary<string, double> given;
    private readonly FrozenDictionary<string, double> last;
    private readonly double otherGiven;
    private readonly double otherLast;
    private readonly double population;
    private readonly double namesakes;
    private readonly double[] partners;

    private MatchModel(JsonElement json, string text)
    {
        Kind = json.GetProperty("kind").GetString() == "company" ? EntityKind.Company : EntityKind.Contact;
        Version = RecipeVersions.Of(text, "match rules 6");
        population = json.GetProperty("population").GetDouble();
        var p = json.GetProperty("partners");
        partners = [p.GetProperty("same").GetDouble(), p.GetProperty("household").GetDouble(), p.GetProperty("colleague").GetDouble()];
        namesakes = json.GetProperty("namesakes").GetDouble();
        BlockCap = json.GetProperty("block_cap").GetInt32();
        AutoWeight = WeightOf(json.GetProperty("thresholds").GetProperty("auto").GetDouble());
        ReviewWeight = WeightOf(json.GetProperty("thresholds").GetProperty("review").GetDouble());
        comparisons = Comparisons(json.GetProperty("comparisons"), Kind);
        (given, otherGiven) = Frequencies(json.GetProperty("frequencies").GetProperty("given"));
        (last, otherLast) = Frequencies(json.GetProperty("frequencies").GetProperty("last"));
        CompanyWords = json.GetProperty("frequencies").TryGetProperty("company word", out var words) ? CompanyWordsOf(words) : new CompanyNames(FrozenDictionary<string, double>.Empty, RareWord);
        Calibration = json.TryGetProperty("calibration", out var calibration) ? CalibrationCurve.Read(calibration) : CalibrationCurve.None;
        LearntCalibration = json.TryGetProperty("calibration when learnt", out var learnt) ? CalibrationCurve.Read(learnt) : Calibration;
        Number = json.TryGetProperty("version", out var number) ? number.GetInt32() : 1;
        Hubs = json.TryGetProperty("hub values", out var hubs) ? HubList.Read(hubs) : HubList.None;
        LearntFrom = json.TryGetProperty("learnt from", out var source) ? LearntFrom.Read(source) : null;
        CalibratedBy = json.TryGetProperty("calibrated by", out var decisions) ? CalibratedBy.Read(decisions) : null;
        Priors = PriorsOf(population);
    }

    private MatchModel(
        MatchModel other, double population, double autoWeight, double[]? partners = null, ImmutableArray<ImmutableArray<LevelOdds>>? comparisons = null,
        (FrozenDictionary<string, double> Given, FrozenDictionary<string, double> Last)? frequencies = null, CompanyNames? words = null, CalibrationCurve? calibration = null)
    {
        (Kind, Version, BlockCap, ReviewWeight, namesakes) = (other.Kind, other.Version, other.BlockCap, other.ReviewWeight, other.namesakes);
        (Number, Hubs, LearntFrom, CalibratedBy) = (other.Number, other.Hubs, other.LearntFrom, other.CalibratedBy);
        (this.partners, this.comparisons) = (partners ?? other.partners, comparisons ?? other.comparisons);
        (given, last) = frequencies ?? (other.given, other.last);
        (otherGiven, otherLast) = (other.otherGiven, other.otherLast);
        CompanyWords = words ?? other.CompanyWords;
        (Calibration, LearntCalibration) = (calibration ?? other.Calibration, other.LearntCalibration);
        (this.population, AutoWeight) = (population, autoWeight);
        Priors = PriorsOf(population);
    }

    /// <summary>Contact or company.</summary>
    public EntityKind Kind { get; }

    /// <summary>Changes when anything does that could change a weight or a match key.</summary>
    public RecipeVersion Version { get; }

    /// <summary>A block of more records than this is refined by further fields, and reported.</summary>
    public int BlockCap { get; private init; }

    /// <summary>Pairs of at least this weight, in bits, are merged without a person.</summary>
    public double AutoWeight { get; }

    /// <summary>Pairs of at least this weight, in bits, go to the merge queue.</summary>
    public double ReviewWeight { get; private init; }

    /// <summary>How many records the model reckons with; the priors depend on it.</summary>
    public double Population => population;

    /// <summary>The file's own number, for people; what decides is <see cref="Version"/>.</summary>
    public int Number { get; private init; }

    /// <summary>Values that the model leaves out of the comparison.</summary>
    public HubList Hubs { get; private init; }

    /// <summary>From which records it was learnt; null for a model that somebody made.</summary>
    public LearntFrom? LearntFrom { get; private init; }

    /// <summary>By whose decisions its calibration was fitted; null for one that came with the model.</summary>
    public CalibratedBy? CalibratedBy { get; private init; }

    /// <summary>What its weights have turned out to mean.</summary>
    public CalibrationCurve Calibration { get; }

    /// <summary>The same once the model has been fitted to records, which makes its weights sharper.</summary>
    internal CalibrationCurve LearntCalibration { get; }

    /// <summary>How common the words of companies' names are.</summary>
    internal CompanyNames CompanyWords { get; }

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

    /// <summary>The same model with another calibration.</summary>
    public MatchModel With(CalibrationCurve calibration) => new(this, population, AutoWeight, calibration: calibration);

    /// <summary>The chances of a level in the classes.</summary>
    internal LevelOdds Odds(Comparison comparison, int level) => comparisons[(int)comparison][level];

    /// <summary>The numbers, a level a line, for a person to read.</summary>
    public override string ToString() => string.Join('\n', [
        $"population {population}; partners: {partners[0]:0.000} same, {partners[1]:0.000} household, {partners[2]:0.000} colleague",
        .. Enum.GetValues<Comparison>().SelectMany(c => LevelNames.Of(c).Skip(1).Select((name, l) =>
            $"{LevelNames.NameOf(c)}, {name}: {Odds(c, l + 1).Classes}")),
    ]);

    /// <summary>The chances of the classes for a pair with these levels, summing to one.</summary>
    internal ClassOdds Classes(PairPattern pattern, double givenFrequency, double lastFrequency)
    {
        var odds = Priors;
        for (var bits = pattern.Bits; bits != 0;)
        {
            var comparison = PairPattern.First(bits);
            bits = PairPattern.Without(bits, comparison);
            odds *= comparisons[(int)comparison][pattern[comparison]].With(comparison == Comparison.GivenName ? givenFrequency : lastFrequency);
        }

        return odds.Normalised();
    }

    /// <summary>The same model with the names' frequencies in these records, the more the more records there are.</summary>
    internal MatchModel WithFrequencies(MatchTable table) =>
        Kind == EntityKind.Company
            ? new(this, population, AutoWeight, words: SeenWords(table, CompanyWords))
            : new(this, population, AutoWeight, frequencies: (Seen(table, Column.Given, given, otherGiven), Seen(table, Column.Last, last, otherLast)));

    /// <summary>The same model with other numbers of partners a record and other level probabilities, each made from that of <paramref name="start"/>.</summary>
    internal MatchModel With(double same, double household, double? colleague, Func<Comparison, int, LevelOdds, LevelOdds> level, MatchModel start) =>
        new(
            this, population, AutoWeight,
            [Math.Max(same, 1e-6), Math.Max(household, 1e-6), colleague ?? partners[2]],
            [.. start.comparisons.Select((levels, c) => levels.All(l => l == LevelOdds.Silent) ? levels : [.. levels.Select((odds, l) => odds == LevelOdds.Silent ? odds : level((Comparison)c, l, odds))])]);

    /// <summary>How many records of its household a record has beside it.</summary>
    internal double HouseholdPartners => partners[1];

    /// <summary>The greatest difference of a probability among records of one contact between two models.</summary>
    internal double GreatestChange(MatchModel other) =>
        comparisons.Zip(other.comparisons).SelectMany(c => c.First.Zip(c.Second)).Max(l => Math.Abs(l.First.Classes[PairClass.Same] - l.Second.Classes[PairClass.Same]));

    internal double GivenFrequency(ReadOnlySpan<char> name) => given.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var share) ? share : otherGiven;

    internal double LastFrequency(ReadOnlySpan<char> name) => last.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var share) ? share : otherLast;

    private static FrozenDictionary<string, double> Seen(MatchTable table, Column column, FrozenDictionary<string, double> known, double other)
    {
        // The known frequencies count as so many records; a name seen fewer times than this is as rare as any.
        const double Anchor = 5_000;
        const int Fewest = 8;
        var names = table.ValuesOf(column);
        var counts = new int[names.Count];
        for (var i = 0; i < table.Count; i++) counts[table[i][(int)column]]++;
        var all = (double)table.Count - counts[0];
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, share) in known) found[name] = share * Anchor / (all + Anchor);
        for (var code = 1; code < counts.Length; code++)
        {
            if (counts[code] < Fewest) continue;
            var name = names[code].ToString();
            found[name] = (counts[code] + (Anchor * known.GetValueOrDefault(name, other))) / (all + Anchor);
        }

        foreach (var name in known.Keys) found[name] = Math.Max(found[name], other / 2);
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The share of records that have each word in their company's name, mixed with what was known; words that come once or twice are as rare as any.</summary>
    private static CompanyNames SeenWords(MatchTable table, CompanyNames known)
    {
        const double Anchor = 500;
        const int Fewest = 3;
        var names = table.ValuesOf(Column.Company);
        var records = new int[names.Count];
        for (var i = 0; i < table.Count; i++) records[table[i][(int)Column.Company]]++;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = Anchor;
        for (var code = 1; code < records.Length; code++)
        {
            if (records[code] == 0) continue;
            all += records[code];
            foreach (var word in names[code].ToString().Split(' ').Distinct()) counts[word] = counts.GetValueOrDefault(word) + records[code];
        }

        var found = known.Shares.ToDictionary(w => w.Key, w => Math.Max(w.Value * Anchor / all, known.Other / 2), StringComparer.Ordinal);
        foreach (var (word, count) in counts)
            if (count >= Fewest) found[word] = Math.Min(1, (count + (Anchor * known.Shares.GetValueOrDefault(word, known.Other))) / all);
        return new CompanyNames(found.ToFrozenDictionary(StringComparer.Ordinal), Math.Max(known.Other, 1 / all));
    }

    private ClassOdds PriorsOf(double records) => new([partners[0] / records, partners[1] / records, namesakes, partners[2] / records, 1 - namesakes]);

    private static double WeightOf(double probability) => Math.Log2(probability / (1 - probability));

    private static CompanyNames CompanyWordsOf(JsonElement json)
    {
        var (shares, other) = Frequencies(json);
        return new CompanyNames(shares, other);
    }

    private static (FrozenDictionary<string, double>, double) Frequencies(JsonElement json) =>
        (json.GetProperty("names").EnumerateObject().ToFrozenDictionary(n => n.Name, n => n.Value.GetDouble(), StringComparer.Ordinal), json.GetProperty("other").GetDouble());

    /// <summary>All levels that records of the kind can reach; none may be left out.</summary>
    private static ImmutableArray<ImmutableArray<LevelOdds>> Comparisons(JsonElement json, EntityKind kind)
    {
        foreach (var comparison in json.EnumerateObject())
            if (LevelNames.Find(comparison.Name) is null) throw new FormatException($"There is no comparison '{comparison.Name}'.");
        var all = ImmutableArray.CreateBuilder<ImmutableArray<LevelOdds>>(LevelNames.Comparisons);
        foreach (var comparison in Enum.GetValues<Comparison>())
        {
            var names = LevelNames.Of(comparison);
            var given = json.TryGetProperty(LevelNames.NameOf(comparison), out var levels);
            if (!given && names.Skip(1).Any(name => IsReached(kind, comparison, name)))
                throw new FormatException($"the comparison '{LevelNames.NameOf(comparison)}' is lacking, with the levels {string.Join(", ", names.Skip(1).Where(name => IsReached(kind, comparison, name)))}.");
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
        (EntityKind.Contact, Comparison.LegalForm or Comparison.Domain) => false,
        (EntityKind.Company, Comparison.Email) => level is "exact" or "same company domain" or "differs",
        (EntityKind.Company, not (Comparison.Company or Comparison.LegalForm or Comparison.Domain or Comparison.Phone or Comparison.Address)) => false,
        _ => true,
    };

    // "frequency" stands for "as frequent as the value itself", "4 frequency" for "four times as frequent".
    private static LevelOdds Odds(string comparison, string level, JsonElement json)
    {
        var (numbers, factors) = (new double[ClassOdds.Count], new double[ClassOdds.Count]);
        var i = 0;
        foreach (var value in json.EnumerateArray())
        {
            if (i == ClassOdds.Count) throw NoOdds();
            if (value.ValueKind != JsonValueKind.String) numbers[i] = value.GetDouble();
            else if (value.GetString() == "frequency") factors[i] = 1;
            else if (value.GetString() is { } text && text.EndsWith(" frequency", StringComparison.Ordinal) && double.TryParse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture, out var factor) && factor > 0) factors[i] = factor;
            if (factors[i] == 0 && numbers[i] is not (> 0 and <= 1)) throw NoOdds();
            i++;
        }

        return i == ClassOdds.Count ? new LevelOdds(new ClassOdds(numbers), new ClassOdds(factors), factors.Any(f => f > 0)) : throw NoOdds();

        FormatException NoOdds() => new($"'{comparison}', level '{level}': five probabilities in (0, 1] are expected, or \"frequency\" in the place of one.");
    }
}

/// <summary>How probable a level is in each class of pairs.</summary>
/// <param name="Classes">The chances; 0 where the value's own frequency stands in.</param>
/// <param name="Factors">How many times its frequency stands in; 0 where the chance is known.</param>
/// <param name="TakesFrequency">True where at least one factor is not 0.</param>
internal readonly record struct LevelOdds(ClassOdds Classes, ClassOdds Factors, bool TakesFrequency)
{
    /// <summary>Says nothing: as probable in one class as in another.</summary>
    public static LevelOdds Silent { get; } = new(ClassOdds.Even, default, false);

    /// <summary>The chances with a value's frequency put in.</summary>
    public ClassOdds With(double frequency) => TakesFrequency ? Classes.Plus(Factors, frequency) : Classes;
}

/// <summary>What two records are to each other.</summary>
internal enum PairClass
{
    /// <summary>Records of one contact.</summary>
    Same,

    /// <summary>Of two members of a household: they share surname, address, landline.</summary>
    Household,

    /// <summary>Of two strangers of one region, language or family, where the names of either are more common than elsewhere.</summary>
    Namesake,

    /// <summary>Of two who work for one employer.</summary>
    Colleague,

    /// <summary>Of two who do not know each other.</summary>
    Other,
}

/// <summary>How probable something is in each class of pairs.</summary>
internal readonly record struct ClassOdds
{
    /// <summary>How many classes there are.</summary>
    public const int Count = (int)PairClass.Other + 1;

    private readonly Vector512<double> all;

    private ClassOdds(Vector512<double> all) => this.all = all;

    /// <summary>The classes in their order.</summary>
    public ClassOdds(ReadOnlySpan<double> classes)
    {
        Span<double> wide = stackalloc double[Vector512<double>.Count];
        classes.CopyTo(wide);
        all = Vector512.Create<double>(wide);
    }

    /// <summary>As probable in each.</summary>
    public static ClassOdds Even { get; } = new([1, 1, 1, 1, 1]);

    public double this[PairClass which] => all[(int)which];

    /// <summary>log2 of the odds of the same against all rivals together.</summary>
    public double Weight => Math.Log2(Ratio);

    /// <summary>The odds of the same against all rivals together.</summary>
    public double Ratio => all[0] / (Vector512.Sum(all) - all[0]);

    public static ClassOdds operator *(ClassOdds a, ClassOdds b) => new(a.all * b.all);

    public static ClassOdds operator +(ClassOdds a, ClassOdds b) => new(a.all + b.all);

    /// <summary>Of logarithms: how much they speak for the same against strangers, in bits.</summary>
    public double Gain => all[(int)PairClass.Same] - all[(int)PairClass.Other];

    /// <summary>Of logarithms: log2 of the odds of the same against all rivals together.</summary>
    public double WeightOfLogs
    {
        get
        {
            var most = double.NegativeInfinity;
            for (var c = 1; c < Count; c++) most = Math.Max(most, all[c]);
            var sum = 0.0;
            for (var c = 1; c < Count; c++) sum += Math.Pow(2, all[c] - most);
            return all[0] - most - Math.Log2(sum);
        }
    }

    /// <summary>log2 of each class.</summary>
    public ClassOdds Logs()
    {
        Span<double> logs = stackalloc double[Count];
        for (var c = 0; c < Count; c++) logs[c] = Math.Log2(all[c]);
        return new ClassOdds(logs);
    }

    /// <summary>Each class over a number.</summary>
    public ClassOdds Over(int count) => new(all / Vector512.Create((double)count));

    /// <summary>The same, summing to one.</summary>
    public ClassOdds Normalised() => new(all / Vector512.Create(Vector512.Sum(all)));

    /// <summary>Adds another's classes, so many times, to at most one.</summary>
    public ClassOdds Plus(ClassOdds other, double times) => new(Vector512.Min(all + (other.all * Vector512.Create(times)), Vector512<double>.One));

    /// <inheritdoc/>
    public override string ToString()
    {
        var odds = this;
        return string.Join(' ', Enum.GetValues<PairClass>().Select(c => odds[c].ToString("G4", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
