using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Turns counts into findings: of how many, how weighty, in words.</summary>
internal static class AuditFindings
{
    internal static ImmutableArray<AuditFinding> Of(
        AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources, ImmutableArray<DimensionScore> dimensions, Func<long, string> nameOf) =>
    [
        .. tallies.All.Select(t => Finding(t.Code, t, rules, tallies, sources, dimensions, nameOf))
            .OrderByDescending(f => f.Severity).ThenByDescending(f => AgainstTheLaw(f.Code)).ThenByDescending(f => f.Points).ThenByDescending(f => f.Count).ThenBy(f => f.Code, StringComparer.Ordinal),
    ];

    /// <summary>Costs no points, and yet comes first: writing to someone who has declined is worse than any gap.</summary>
    private static bool AgainstTheLaw(string code) => code is "consent.conflict" or "consent.gap";

    private static AuditFinding Finding(
        string code, Tally tally, AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources, ImmutableArray<DimensionScore> dimensions,
        Func<long, string> nameOf)
    {
        var dimension = DimensionOf(code);
        var of = Math.Max(Of(code, tally, rules, tallies, sources), tally.Count);
        var share = AuditScoring.Share(tally.Count, of);
        var text = FindingTexts.For(code, tally, of, rules, tallies);
        return new AuditFinding(
            code, dimension, rules.SeverityOf(code, share), text.What, tally.Count, of, share,
            Math.Round(WeightOf(dimension, dimensions) * Loss(code, tally, rules, tallies, sources), 1),
            [.. tally.Samples.Select(s => s.Name ?? nameOf(s.Order))], tally.Parts, text.Effect, text.Fix, HubFixes.Of(code));
    }

    private static AuditDimension DimensionOf(string code) => code.Split('.')[0] switch
    {
        "missing" => AuditDimension.Completeness,
        "duplicates" => AuditDimension.Uniqueness,
        "conflict" => AuditDimension.Consistency,
        "consent" => code is "consent.conflict" or "consent.gap" ? AuditDimension.Consistency : AuditDimension.Reachability,
        "orphaned" => AuditDimension.Consistency,
        "ownerless" => AuditDimension.Completeness,
        "reach" or "not_ready" => AuditDimension.Reachability,
        "drift" => code switch
        {
            "drift.completeness" => AuditDimension.Completeness,
            "drift.validity" => AuditDimension.Validity,
            _ => AuditDimension.Timeliness,
        },
        "stale" or "never_engaged" or "sync" => AuditDimension.Timeliness,
        _ => AuditDimension.Validity,
    };

    /// <summary>What the finding's count is a part of.</summary>
    private static long Of(string code, Tally tally, AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources) => code.Split('.')[0] switch
    {
        "missing" or "ownerless" or "default" or "not_ready" => tallies.Contacts,
        "reach" => code switch { "reach.none" => tallies.Contacts, "reach.free_mail" => tallies.Emailable, _ => tallies.WithEmail },
        "orphaned" => code == "orphaned.company" ? tallies.Companies : tallies.Contacts,
        "conflict" => tallies.Compared,
        "stale" => tallies.Dated,
        "never_engaged" => tallies.Followed,
        "sync" => sources.Length,
        "drift" => code == "drift.schema" ? tally.Count : rules.WantedFields.Count,
        "consent" => code is "consent.conflict" or "consent.gap" ? tallies.Merged : tallies.Emailable,
        "repaired" => tallies.Records(sources) * Fields.Clean.Length,
        _ => tallies.Records(sources),
    };

    /// <summary>The points, out of 100, that a dimension is worth among those that could be measured.</summary>
    private static double WeightOf(AuditDimension dimension, ImmutableArray<DimensionScore> dimensions)
    {
        var measured = dimensions.Where(d => d.Score is not null && d.Weight > 0).ToList();
        var own = measured.FirstOrDefault(d => d.Dimension == dimension);
        return own is null ? 0 : 100 * own.Weight / measured.Sum(d => d.Weight);
    }

    /// <summary>The part of its dimension that the finding costs, 0 to 1: the same formulas as <see cref="AuditScoring"/>, one finding alone.</summary>
    private static double Loss(string code, Tally tally, AuditRules rules, Tallies tallies, ImmutableArray<SourceHealth> sources)
    {
        var records = tallies.Records(sources);
        var weights = rules.WantedFields.Values.Sum();
        switch (code.Split('.')[0])
        {
            case "missing":
                return weights == 0 ? 0 : rules.WantedFields.Where(f => code == $"missing.{Fields.NameOf(f.Key)}").Sum(f => f.Value) / weights
                    * AuditScoring.Share(tally.Count, tallies.Contacts);
            case "invalid" or "doubtful":
                return weights == 0 ? 0 : tallies.FieldsOf(code).Sum(f => rules.WantedFields.GetValueOrDefault(f.Field) * AuditScoring.Share(f.Count, records)) / weights;
            case "duplicates":
                return AuditScoring.Share(tally.Count, records);
            case "conflict":
                return AuditScoring.Share(tally.Count, tallies.Compared);
            case "stale":
                return AuditScoring.Share(tally.Count, tallies.Dated) / (sources.IsEmpty ? 1 : 2);
            case "sync":
                return AuditScoring.Share(tally.Count, sources.Length) / (tallies.Dated == 0 ? 1 : 2);
            case "reach":
                return code == "reach.none" ? AuditScoring.Share(tally.Count, tallies.Contacts) : 0;
            default:
                return 0;
        }
    }
}
