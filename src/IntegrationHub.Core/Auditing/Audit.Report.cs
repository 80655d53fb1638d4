using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

public sealed partial class Audit
{
    private bool reported;

    /// <summary>The numbers of clean records that the report will name and does not know the names of.</summary>
    public IReadOnlyCollection<long> UnnamedRecords => [.. tallies.All.SelectMany(t => t.Samples).Where(s => s.Name is null).Select(s => s.Order).Distinct().Order()];

    /// <summary>The report of all that was added. Ends the audit.</summary>
    /// <param name="last">The last report of the same scope, to tell what has moved since; null for none.</param>
    /// <param name="trend">Scores of earlier audits of the same scope.</param>
    /// <param name="nameOf">The names of <see cref="UnnamedRecords"/>; null when each record came with its name.</param>
    public AuditReport Report(AuditReport? last = null, IEnumerable<TrendPoint>? trend = null, Func<long, string>? nameOf = null)
    {
        if (reported) throw new InvalidOperationException("This audit has made its report; begin a new one.");
        reported = true;
        AddLinks();
        AddDefaults();
        DropUnasked();
        var health = Health(last);
        var fields = Filled(health, last);
        AddDrift(fields, health, last);

        var dimensions = AuditScoring.Dimensions(rules, tallies, health);
        var findings = AuditFindings.Of(rules, tallies, health, dimensions, nameOf ?? (number => $"record {number}"));
        var score = tallies.Contacts + tallies.Companies == 0 ? 0 : AuditScoring.Total(dimensions);
        var (verdict, reasons) = AuditScoring.Verdict(rules, scope, tallies, score, findings);
        return new AuditReport(
            scope.Name, scope.Title, now, tallies.Records(health), tallies.Contacts, tallies.Companies, score, verdict, reasons,
            new Readiness(tallies.Ready, tallies.InReview, tallies.Blocked), [.. workflows.Select(w => Readiness(w.Rules, w.Tally))],
            tallies.SurplusMessages, dimensions, findings, fields, health,
            [.. (trend ?? []).OrderBy(t => t.At)], [.. notes.Distinct().Order(StringComparer.Ordinal)]);
    }

    private void AddLinks()
    {
        if (scope.Workflow is not null) return;
        foreach (var company in links.Orphans()) tallies["orphaned.company"].Add(company);
        foreach (var (contacts, more) in links.Strangers())
        {
            foreach (var contact in contacts) tallies["orphaned.contact"].Add(contact, field: Field.Company);
            tallies["orphaned.contact"].Add(more);
        }
    }

    private void AddDefaults()
    {
        foreach (var (field, values) in repeats)
            values.Tell(Math.Max(rules.DefaultLeast, rules.DefaultShare * tallies.Contacts), field, tallies[$"default.{Fields.NameOf(field)}"]);
    }

    /// <summary>What nobody keeps is no gap: owners where no contact has one, consent where the list has no word of it.</summary>
    private void DropUnasked()
    {
        if (tallies.Owned == 0) tallies.Drop("ownerless");
        if (!scope.KnowsConsent) tallies.Drop("consent.missing");
    }

    private ImmutableArray<SourceHealth> Health(AuditReport? last)
    {
        var before = (last?.Sources ?? []).ToDictionary(s => s.Source, StringComparer.Ordinal);
        return
        [
            .. sources.OrderBy(s => s.Source, StringComparer.Ordinal).Select(s => new SourceHealth(
                s.Source, s.Records, s.LastSync, IsLate(s), s.LastError, s.Syncs,
                [.. s.Drift, .. Moved(s, before.GetValueOrDefault(s.Source))], s.Unmapped.IsDefault ? [] : s.Unmapped)),
        ];
    }

    /// <summary>Fields that came to the source, or left it, since the last audit.</summary>
    private static IEnumerable<string> Moved(AuditedSource source, SourceHealth? before)
    {
        if (before is null || source.Unmapped.IsDefault) return [];
        return source.Unmapped.Except(before.Unmapped, StringComparer.Ordinal).Select(f => $"{f} is new at the source, and not mapped")
            .Concat(before.Unmapped.Except(source.Unmapped, StringComparer.Ordinal).Select(f => $"{f} is no longer at the source"));
    }

    private ImmutableArray<FieldFill> Filled(ImmutableArray<SourceHealth> health, AuditReport? last)
    {
        var before = (last?.Fields ?? []).ToDictionary(f => f.Field, StringComparer.Ordinal);
        var records = tallies.Records(health);
        return
        [
            .. wanted.Select(w => (Name: Fields.NameOf(w.Field), w.Code, w.Field)).Select(w => new FieldFill(
                    w.Name, tallies.Contacts - tallies.CountOf(w.Code), tallies.Contacts, tallies.BadRecords(w.Field), records,
                    before.TryGetValue(w.Name, out var then) && then.Of > 0 ? Math.Round(AuditScoring.Share(then.Filled, then.Of), 4) : null))
                .OrderByDescending(f => f.Filled).ThenBy(f => f.Field, StringComparer.Ordinal),
        ];
    }

    private void AddDrift(ImmutableArray<FieldFill> fields, ImmutableArray<SourceHealth> health, AuditReport? last)
    {
        foreach (var source in health)
            foreach (var drift in source.Drift) tallies["drift.schema"].Add(new Sample(0, $"{source.Source}: {drift}"), source.Source);
        if (last is null) return;
        var before = last.Fields.ToDictionary(f => f.Field, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!before.TryGetValue(field.Field, out var then)) continue;
            Fell("drift.completeness", field.Field, "filled", AuditScoring.Share(then.Filled, then.Of), AuditScoring.Share(field.Filled, field.Of), then.Of, field.Of);
            Fell("drift.validity", field.Field, "sound", 1 - AuditScoring.Share(then.Bad, then.Records), 1 - AuditScoring.Share(field.Bad, field.Records), then.Records, field.Records);
        }
    }

    private void Fell(string code, string field, string how, double then, double now, long of, long ofNow)
    {
        if (of > 0 && ofNow > 0 && 100 * (then - now) >= rules.DriftPoints - 1e-9)
            tallies[code].Add(new Sample(0, $"{FieldWords.One(field)}: {Words.Percent(then)} {how} at the last audit, {Words.Percent(now)} now"), field);
    }

    private WorkflowReadiness Readiness(WorkflowRules workflow, WorkflowTally tally)
    {
        var notReady = tally.NotReady;
        var parts = notReady.Select(r => $"{Words.Number(r.Count)} {r.Name}");
        if (tally.InReview > 0) parts = parts.Prepend($"{Words.Number(tally.InReview)} in review");
        var line = tally.Audience == 0
            ? "nobody belongs to it yet"
            : $"{Words.Number(tally.Ready)} of {Words.Number(tally.Audience)} ready{(tally.Ready < tally.Audience ? "; " + string.Join(", ", parts) : "")}";
        var verdict = tally.Audience == 0 ? AuditVerdict.Block : (AuditVerdict)rules.For(workflow).SeverityOf("not_ready", AuditScoring.Share(tally.Audience - tally.Ready, tally.Audience));
        return new WorkflowReadiness(
            workflow.Name, workflow.Title, verdict, tally.Audience, tally.Ready, tally.InReview, notReady, scope.KnowsConsent ? tally.WithoutConsent : null, line);
    }
}
