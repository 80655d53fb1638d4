using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Matching;

/// <content>Writing a model as a file that a person can read, and that <see cref="Parse"/> reads back.</content>
public sealed partial class MatchModel
{
    private const string About =
        "P(level | class) of each comparison, for two records of one contact or company, of two of one household or address, of two namesakes, of two colleagues or branches, and of two strangers. "
        + "A pair's weight is log2 of the odds of the first against the others together; 'calibration' says what such a weight has turned out to mean.";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same model with another model's thresholds and block cap, which people choose and no data.</summary>
    public MatchModel WithLimitsOf(MatchModel other) => new(this, population, other.AutoWeight) { ReviewWeight = other.ReviewWeight, BlockCap = other.BlockCap };

    /// <summary>The same model as one that was learnt.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="hubs">The values it leaves out.</param>
    /// <param name="from">What it was learnt from.</param>
    public MatchModel AsLearnt(int number, HubList hubs, LearntFrom from) => new(this, population, AutoWeight) { Number = number, Hubs = hubs, LearntFrom = from, CalibratedBy = null };

    /// <summary>The same model with a calibration that people's decisions gave.</summary>
    public MatchModel AsCalibrated(int number, CalibrationCurve curve, CalibratedBy by) => new(this, population, AutoWeight, calibration: curve) { Number = number, CalibratedBy = by };

    /// <summary>The model as JSON, numbers to six digits: <see cref="Parse"/> gives it back.</summary>
    public string ToJson()
    {
        var text = new StringBuilder("{\n");
        Line("name", Text(Kind == EntityKind.Contact ? "contacts" : "companies"));
        Line("version", Number.ToString(CultureInfo.InvariantCulture));
        Line("kind", Text(Kind == EntityKind.Contact ? "contact" : "company"));
        Line("about", Text(About));
        if (LearntFrom is { } from)
            Line("learnt from", Object([("at", Text(Time(from.At))), ("records", Whole(from.Records)), ("candidate pairs", Whole(from.Pairs)), ("random pairs", Whole(from.RandomPairs)), ("steps", Whole(from.Steps)), ("converged", from.Converged ? "true" : "false"), ("last change", Short(from.LastChange))]));
        if (CalibratedBy is { } by) Line("calibrated by", Object([("at", Text(Time(by.At))), ("decisions", Whole(by.Decisions))]));
        Line("population", Short(population));
        Line("partners", Object([("same", Short(partners[0])), ("household", Short(partners[1])), ("colleague", Short(partners[2]))]));
        Line("namesakes", Short(namesakes));
        Line("block_cap", Whole(BlockCap));
        Line("thresholds", Object([("auto", Short(ProbabilityOf(AutoWeight))), ("review", Short(ProbabilityOf(ReviewWeight)))]));
        Line("calibration", Curve(Calibration));
        if (!ReferenceEquals(LearntCalibration, Calibration) && LearntFrom is null) Line("calibration when learnt", Curve(LearntCalibration));
        if (!Hubs.All.IsEmpty)
            Line("hub values", Block(Hubs.All.GroupBy(h => h.Comparison).Select(c => (c.Key, Block(c.Select(h => (h.Value, Whole(h.Records))), "    "))), "  "));
        Line("comparisons", Block(Enum.GetValues<Comparison>().Select(c => (LevelNames.NameOf(c), Levels: LevelsOf(c))).Where(c => c.Levels.Length > 0)
            .Select(c => (c.Item1, Block(c.Levels.Select(l => (l.Name, $"[{string.Join(", ", Enum.GetValues<PairClass>().Select(p => Chance(l.Odds, p)))}]")), "    "))), "  "));
        List<(string, string)> frequencies = [("given", Names(given, otherGiven)), ("last", Names(last, otherLast))];
        if (Kind == EntityKind.Company) frequencies.Add(("company word", Names(CompanyWords.Shares, CompanyWords.Other)));
        text.Append("  \"frequencies\": ").Append(Block(frequencies, "  ")).Append("\n}\n");
        return text.ToString();

        void Line(string name, string value) => text.Append("  ").Append(Text(name)).Append(": ").Append(value).Append(",\n");
    }

    /// <summary>The levels of all comparisons, in the model's order.</summary>
    public ImmutableArray<ModelLevel> Levels() =>
    [
        .. Enum.GetValues<Comparison>().SelectMany(c => LevelsOf(c).Select(l =>
        {
            double? Of(PairClass p) => l.Odds.Factors[p] > 0 ? null : l.Odds.Classes[p];
            var (m, u) = (l.Odds.Classes[PairClass.Same], Of(PairClass.Other));
            return new ModelLevel(LevelNames.NameOf(c), l.Name, m, u, u is { } rare ? Math.Log2(m / rare) : null, Of(PairClass.Household), Of(PairClass.Colleague));
        })),
    ];

    private ImmutableArray<(string Name, LevelOdds Odds)> LevelsOf(Comparison comparison) =>
        [.. LevelNames.Of(comparison).Index().Skip(1).Where(l => IsReached(Kind, comparison, l.Item)).Select(l => (l.Item, Odds(comparison, l.Index)))];

    private static string Chance(LevelOdds odds, PairClass which) => odds.Factors[which] switch
    {
        0 => Short(Math.Clamp(odds.Classes[which], 1e-12, 1)),
        1 => "\"frequency\"",
        var times => $"\"{Short(times)} frequency\"",
    };

    private static string Names(IEnumerable<KeyValuePair<string, double>> shares, double other) =>
        Block([("other", Short(other)), ("names", Block(shares.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => (n.Key, Short(n.Value))), "      "))], "    ");

    private static string Curve(CalibrationCurve curve) => $"[{string.Join(", ", curve.Points.Select(p => $"[{Short(p.Weight)}, {Short(p.Stated)}]"))}]";

    private static string Object(IEnumerable<(string Name, string Value)> members) => $"{{ {string.Join(", ", members.Select(m => $"{Text(m.Name)}: {m.Value}"))} }}";

    private static string Block(IEnumerable<(string Name, string Value)> members, string indent)
    {
        var lines = string.Join(",\n", members.Select(m => $"{indent}  {Text(m.Name)}: {m.Value}"));
        return lines.Length == 0 ? "{}" : $"{{\n{lines}\n{indent}}}";
    }

    private static string Text(string value) => JsonSerializer.Serialize(value, Plain);

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static double ProbabilityOf(double weight) => 1 / (1 + Math.Pow(2, -weight));
}
