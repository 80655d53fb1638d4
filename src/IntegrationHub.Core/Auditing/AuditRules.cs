using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>What the audit measures; each gives a score of its own.</summary>
public enum AuditDimension
{
    /// <summary>Are the fields that workflows need filled?</summary>
    Completeness,

    /// <summary>Are the values usable?</summary>
    Validity,

    /// <summary>Is everyone there once?</summary>
    Uniqueness,

    /// <summary>Do the systems say the same?</summary>
    Consistency,

    /// <summary>Are records and syncs fresh?</summary>
    Timeliness,

    /// <summary>Can contacts be written to at all?</summary>
    Reachability,
}

/// <summary>How much a finding weighs on a launch.</summary>
public enum AuditSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Worth mending before a launch.</summary>
    Warn,

    /// <summary>A launch would misfire.</summary>
    Block,
}

/// <summary>From which share on a finding warns or blocks; null for never.</summary>
/// <param name="Warn">In (0, 1].</param>
/// <param name="Block">In (0, 1].</param>
public sealed record AuditThreshold(double? Warn, double? Block);

/// <summary>The audit's weights and thresholds, as mappings/audit.yaml has them.</summary>
/// <param name="Weights">What each dimension counts in the score; one not named counts nothing.</param>
/// <param name="WantedFields">The fields that completeness and validity look at, and what each counts.</param>
/// <param name="PassFrom">The score, out of 100, from which on a launch passes.</param>
/// <param name="BlockBelow">The score below which it is blocked.</param>
/// <param name="Thresholds">By finding code; <c>missing.*</c> stands for all codes that begin so and have no line of their own.</param>
/// <param name="Doubtful">Issue codes of values that were kept and yet should be looked at.</param>
/// <param name="Damaged">Issue codes that tell of invisible or damaged characters, which were mended.</param>
/// <param name="ConflictFields">Fields on which systems should agree.</param>
/// <param name="StaleAfter">A contact that no source changed for longer is stale.</param>
/// <param name="NeverEngagedAfter">A contact known for longer, of whom a system that would tell has seen no sign of life, has never engaged.</param>
/// <param name="LateAfter">A source whose last sync is older is late.</param>
/// <param name="DefaultFields">Fields whose values are looked at for defaults: of <see cref="Field.Phone"/> and <see cref="Field.BirthDate"/>.</param>
/// <param name="DefaultShare">A value that at least this share of the contacts has is a default.</param>
/// <param name="DefaultLeast">It also takes at least so many contacts.</param>
/// <param name="DriftPoints">A field whose share of filled, or of sound, values fell by at least so many points out of 100 since the last audit has drifted.</param>
/// <param name="Workflows">The workflows, in the file's order.</param>
/// <param name="Schedule">When the audit runs by itself, as a cron expression; null for never.</param>
/// <param name="Samples">How many sample records a finding names.</param>
/// <param name="Version">Of the text that the rules were read from.</param>
public sealed record AuditRules(
    ImmutableDictionary<AuditDimension, double> Weights,
    ImmutableDictionary<Field, double> WantedFields,
    double PassFrom,
    double BlockBelow,
    ImmutableDictionary<string, AuditThreshold> Thresholds,
    ImmutableHashSet<string> Doubtful,
    ImmutableHashSet<string> Damaged,
    ImmutableArray<Field> ConflictFields,
    TimeSpan StaleAfter,
    TimeSpan NeverEngagedAfter,
    TimeSpan LateAfter,
    ImmutableArray<Field> DefaultFields,
    double DefaultShare,
    int DefaultLeast,
    double DriftPoints,
    ImmutableArray<WorkflowRules> Workflows,
    string? Schedule,
    int Samples,
    RecipeVersion Version)
{
    private const char AnyRest = '*';

    /// <summary>Connectors by source name, so that an audience may name either.</summary>
    public ImmutableDictionary<string, string> Connectors { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Sources that tell when their contacts last did something: those that tell it of at least one.</summary>
    public ImmutableHashSet<string> EngagementSources { get; init; } = [];

    /// <summary>The fields of which the audit asks whether a golden record has them; of others it does not matter.</summary>
    public FieldSet FieldsAskedFor => new(
        FieldSet.Of([Field.Email, Field.Phone, Field.Owner, Field.EngagedAt, .. WantedFields.Keys, .. Workflows.SelectMany(w => w.Required)]).Bits
        | Workflows.Aggregate(0UL, (bits, w) => bits | w.Audience.Has.Bits | w.Audience.HasAny.Bits | w.Audience.Lacks.Bits));

    /// <summary>The same rules, knowing which connector each source uses.</summary>
    public AuditRules WithConnectors(IEnumerable<KeyValuePair<string, string>> connectors) => this with { Connectors = connectors.ToImmutableDictionary(StringComparer.Ordinal) };

    /// <summary>The workflow of a name; null when there is none.</summary>
    public WorkflowRules? Workflow(string name) => Workflows.FirstOrDefault(w => w.Name == name);

    /// <summary>The rules that a workflow's own audit goes by: its required fields, its thresholds before the general ones.</summary>
    public AuditRules For(WorkflowRules workflow) => this with
    {
        WantedFields = workflow.Required.ToImmutableDictionary(f => f, f => WantedFields.GetValueOrDefault(f, 1)),
        PassFrom = workflow.PassFrom,
        BlockBelow = workflow.BlockBelow,
        Thresholds = Thresholds.SetItems(workflow.Thresholds),
    };

    /// <summary>How much a finding of this share weighs. A finding without a threshold, or of nothing, is for information.</summary>
    public AuditSeverity SeverityOf(string code, double share)
    {
        if (share <= 0 || ThresholdOf(code) is not { } threshold) return AuditSeverity.Info;
        if (share >= threshold.Block) return AuditSeverity.Block;
        return share >= threshold.Warn ? AuditSeverity.Warn : AuditSeverity.Info;
    }

    private AuditThreshold? ThresholdOf(string code)
    {
        if (Thresholds.TryGetValue(code, out var own)) return own;
        for (var dot = code.LastIndexOf('.'); dot > 0; dot = code.LastIndexOf('.', dot - 1))
            if (Thresholds.TryGetValue(code[..(dot + 1)] + AnyRest, out var shared)) return shared;
        return null;
    }
}
