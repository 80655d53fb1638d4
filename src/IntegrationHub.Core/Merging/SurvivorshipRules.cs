using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Merging;

/// <summary>A reason to prefer one record's value over another's.</summary>
public enum SurvivorshipRule
{
    /// <summary>The record of the source that stands first in the trust order.</summary>
    MostTrusted,

    /// <summary>The value that no doubtful issue was raised about and no system suppresses.</summary>
    Verified,

    /// <summary>The record that its source changed last; one that does not tell comes last. Of <see cref="Fields.Moments"/> the latest, or the earliest, itself.</summary>
    MostRecent,

    /// <summary>The value with most parts, then most letters and digits: <c>Robert</c> before <c>Bob</c> and <c>R.</c></summary>
    MostComplete,

    /// <summary>The value that most records have.</summary>
    MostFrequent,
}

/// <summary>How the winning value of one field, or of fields that move together, is found.</summary>
/// <param name="Rules">Asked in order; each keeps the best of what the one before left, until one value is left.</param>
/// <param name="Trust">Source or connector names, most trusted first; empty where the general order holds.</param>
public sealed record FieldSurvivorship(ImmutableArray<SurvivorshipRule> Rules, ImmutableArray<string> Trust);

/// <summary>The survivorship rules of all fields, as mappings/survivorship.yaml has them.</summary>
public sealed class SurvivorshipRules
{
    /// <summary>Fields that come from one record together, led by the first: a street of one record never meets a city of another.</summary>
    public static ImmutableArray<ImmutableArray<Field>> Blocks { get; } =
        [Fields.Address, [Field.Phone, Field.PhoneExtension], [Field.Company, Field.LegalForm]];

    /// <summary>The source of what enrichment vendors say. It is trusted behind all others, those included that no order names, unless an order names it: it fills what is empty.</summary>
    public const string Enrichment = "enrichment";

    private static readonly FieldSurvivorship ByTime = new([SurvivorshipRule.MostRecent], []);

    private readonly ImmutableDictionary<Field, FieldSurvivorship> byField;

    /// <param name="general">For fields without rules of their own.</param>
    /// <param name="byField">Rules of single fields; for a block, those of its first field.</param>
    /// <param name="doubtful">Issue codes that make a value unverified.</param>
    /// <param name="connectors">Connector names by source name, so that a trust order may name either.</param>
    /// <param name="version">Of the text that the rules were read from.</param>
    public SurvivorshipRules(
        FieldSurvivorship general,
        ImmutableDictionary<Field, FieldSurvivorship> byField,
        ImmutableHashSet<string> doubtful,
        ImmutableDictionary<string, string> connectors,
        RecipeVersion version)
    {
        General = general;
        this.byField = byField;
        Doubtful = doubtful;
        Connectors = connectors;
        Version = version;
    }

    /// <summary>Trust nobody more than another: verified, then most recent, most complete, most frequent.</summary>
    public static SurvivorshipRules BuiltIn { get; } = new(
        new FieldSurvivorship(
            [SurvivorshipRule.Verified, SurvivorshipRule.MostRecent, SurvivorshipRule.MostComplete, SurvivorshipRule.MostFrequent], []),
        ImmutableDictionary<Field, FieldSurvivorship>.Empty,
        [],
        ImmutableDictionary<string, string>.Empty,
        RecipeVersions.Of("survivorship built-in 1"));

    /// <summary>For fields without rules of their own.</summary>
    public FieldSurvivorship General { get; }

    /// <summary>Issue codes that make a value unverified.</summary>
    public ImmutableHashSet<string> Doubtful { get; }

    /// <summary>Connector names by source name.</summary>
    public ImmutableDictionary<string, string> Connectors { get; }

    /// <summary>Changes when anything does that could change a golden record.</summary>
    public RecipeVersion Version { get; }

    /// <summary>The rules of a field; of a block's first field for the block. Points in time are settled by time, whatever the general rules are.</summary>
    public FieldSurvivorship Of(Field field) => byField.GetValueOrDefault(field, Fields.Moments.Contains(field) ? ByTime : General);

    /// <summary>The same rules, knowing which connector each source uses.</summary>
    public SurvivorshipRules WithConnectors(IEnumerable<KeyValuePair<string, string>> connectors)
    {
        var known = connectors.ToImmutableDictionary(StringComparer.Ordinal);
        var text = string.Join('\n', known.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
        return new SurvivorshipRules(General, byField, Doubtful, known, RecipeVersions.Of(Version.Value, text));
    }

    /// <summary>The place of a source in the field's trust order: 0 is the most trusted; sources that no order names share the last place.</summary>
    internal int TrustRank(Field field, string source)
    {
        var own = Of(field).Trust;
        var order = own.IsEmpty ? General.Trust : own;
        var byName = order.IndexOf(source);
        if (byName >= 0) return byName;
        var byConnector = Connectors.TryGetValue(source, out var connector) ? order.IndexOf(connector) : -1;
        return byConnector >= 0 ? byConnector : source == Enrichment ? order.Length + 1 : order.Length;
    }
}
