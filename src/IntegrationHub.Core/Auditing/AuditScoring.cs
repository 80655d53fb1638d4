using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Turns counts into scores and a verdict; docs/audit.md gives the same formulas in words.</summary>
internal static class AuditScoring
{
    internal static ImmutableArray<DimensionScore> Dimensions(AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources) =>
    [
        .. Enum.GetValues<AuditDimension>().Select(d => new DimensionScore(
            d, Good(d, rules, tallies, sources) is { } good ? Math.Round(100 * good, 1) : null, rules.Weights.GetValueOrDefault(d))),
    ];

    /// <summary>The part that is as it should be, 0 to 1; null where there is nothing to measure.</summary>
    private static double? Good(AuditDimension dimension, AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources)
    {
        var records = tallies.Records(sources);
        return dimension switch
        {
            AuditDimension.Completeness => tallies.Contacts == 0 ? null
                : 1 - Weighted(rules, f => Share(tallies.CountOf($"missing.{Fields.NameOf(f)}"), tallies.Contacts)),
            AuditDimension.Validity => records == 0 ? null
                : 1 - Weighted(rules, f => Share(tallies.BadRecords(f), records)),
            AuditDimension.Uniqueness => records == 0 ? null
                : 1 - Share(tallies.CountOf("duplicates.certain") + tallies.CountOf("duplicates.likely") + tallies.CountOf("duplicates.shared_address"), records),
            AuditDimension.Consistency => tallies.Compared == 0 ? null
                : 1 - Share(tallies.InConflict, tallies.Compared),
            AuditDimension.Timeliness => Timeliness(tallies, sources),
            AuditDimension.Reachability => tallies.Contacts == 0 ? null
                : 1 - Share(tallies.Blocked, tallies.Contacts),
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension."),
        };
    }

    /// <summary>The mean of fresh contacts and of sources synced in time, of those that can be told.</summary>
    private static double? Timeliness(Tallies tallies, ImmutableArray<SourceHealth> sources)
    {
        double? contacts = tallies.Dated == 0 ? null : 1 - Share(tallies.CountOf("stale"), tallies.Dated);
        double? syncs = sources.IsEmpty ? null : 1 - Share(sources.Count(s => s.Late || s.LastError is not null), sources.Length);
        return contacts is { } c && syncs is { } s ? (c + s) / 2 : contacts ?? syncs;
    }

    private static double Weighted(AuditRules rules, Func<Field, double> share)
    {
        var weight = rules.WantedFields.Values.Sum();
        return weight == 0 ? 0 : rules.WantedFields.Sum(f => f.Value * share(f.Key)) / weight;
    }

    internal static double Share(long count, long of) => of <= 0 ? 0 : Math.Min(1, (double)count / of);

    internal static double Total(ImmutableArray<DimensionScore> dimensions)
    {
        var measured = dimensions.Where(d => d.Score is not null && d.Weight > 0).ToList();
        var weight = measured.Sum(d => d.Weight);
        return weight == 0 ? 0 : Math.Round(measured.Sum(d => d.Weight * (d.Score ?? 0)) / weight, 1);
    }

    internal static (AuditVerdict Verdict, ImmutableArray<string> Reasons) Verdict(
        AuditRules rules, AuditScope scope, Tallies tallies, double score, ImmutableArray<AuditFinding> findings)
    {
        if (tallies.Contacts + tallies.Companies == 0)
            return (AuditVerdict.Block, [Nothing(scope)]);
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (score < rules.BlockBelow) reasons.Add($"The score of {Words.Number(score)} is below {Words.Number(rules.BlockBelow)}, the least for a launch.");
        reasons.AddRange(findings.Where(f => f.Severity == AuditSeverity.Block).Select(f => f.What));
        if (reasons.Count > 0) return (AuditVerdict.Block, reasons.ToImmutable());
        if (score < rules.PassFrom) reasons.Add($"The score of {Words.Number(score)} is below {Words.Number(rules.PassFrom)}.");
        reasons.AddRange(findings.Where(f => f.Severity == AuditSeverity.Warn).Select(f => f.What));
        if (reasons.Count > 0) return (AuditVerdict.Warn, reasons.ToImmutable());
        return (AuditVerdict.Pass, [$"The score of {Words.Number(score)} is at or above {Words.Number(rules.PassFrom)}, and nothing found would make a workflow misfire."]);
    }

    private static string Nothing(AuditScope scope) => scope switch
    {
        { Workflow: { } workflow } => $"Nobody belongs to the audience of {workflow.Title} yet: mappings/audit.yaml says whom it is for.",
        { Source: { } source } => $"There are no records of {source} yet. Run `hub sync {source}`, then the audit again.",
        _ => "There are no records to look at yet. Add a source and sync it, then run the audit again.",
    };
}
