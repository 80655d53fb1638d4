using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>
/// Gathers what the report is made of, one golden record, issue count, source at a time, then makes the report. The order of adding does not matter.
/// Not thread-safe. Memory grows with the number of distinct e-mail addresses only.
/// </summary>
public sealed class Audit
{
    private readonly AuditRules rules;
    private readonly string scope;
    private readonly DateTimeOffset now;
    private readonly Tallies tallies;
    private readonly ImmutableArray<(Field Field, string Code)> wanted;
    private readonly Dictionary<string, string> ownerOfAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AuditedSource> sources = [];

    /// <summary>Begins a report.</summary>
    /// <param name="rules">Weights and thresholds.</param>
    /// <param name="scope">What it is about: <c>all</c>, a source, a file, a workflow.</param>
    /// <param name="now">The time that staleness and freshness are measured at.</param>
    public Audit(AuditRules rules, string scope, DateTimeOffset now)
    {
        this.rules = rules;
        this.scope = scope;
        this.now = now;
        tallies = new Tallies(rules.Samples);
        wanted = [.. rules.WantedFields.Keys.Select(f => (f, $"missing.{Fields.NameOf(f)}"))];
    }

    /// <summary>Adds one golden record.</summary>
    public void Add(AuditedGolden golden)
    {
        AddDuplicates(golden);
        if (golden.Kind == EntityKind.Company)
        {
            tallies.Companies++;
            return;
        }

        tallies.Contacts++;
        foreach (var (field, code) in wanted)
            if (golden.Values[field] is null) tallies[code].Add(golden.Id);
        AddReach(golden);
        AddSharedAddress(golden);
        if (golden.ChangedAt is { } changed)
        {
            tallies.Dated++;
            if (now - changed > rules.StaleAfter) tallies["stale"].Add(golden.Id);
        }
    }

    private void AddReach(AuditedGolden golden)
    {
        var email = golden.Values[Field.Email] is not null;
        var phone = golden.Values[Field.Phone] is not null;
        var emailUsable = email && golden.Email != ConsentState.Suppressed;
        var phoneUsable = phone && golden.Sms != ConsentState.Suppressed;
        if (email && !emailUsable) tallies["reach.suppressed"].Add(golden.Id);
        if (!emailUsable && !phoneUsable)
        {
            tallies["reach.none"].Add(golden.Id);
        }

        switch (golden.Hygiene?.Status ?? (!emailUsable && !phoneUsable ? HygieneStatus.Blocked : golden.InReview ? HygieneStatus.InReview : HygieneStatus.Ready))
        {
            case HygieneStatus.Blocked: tallies.Blocked++; break;
            case HygieneStatus.InReview: tallies.InReview++; break;
            default: tallies.Ready++; break;
        }

        if (!emailUsable) return;
        tallies.Emailable++;
        if (golden.Email is null) tallies["consent.missing"].Add(golden.Id);
        else if (golden.Email is ConsentState.Denied) tallies["consent.denied"].Add(golden.Id);
        else if (golden.Email is ConsentState.Pending) tallies["consent.pending"].Add(golden.Id);
    }

    private void AddSharedAddress(AuditedGolden golden)
    {
        if (golden.Values[Field.Email] is not { } email) return;
        if (ownerOfAddress.TryAdd(email, golden.Id)) return;
        tallies["duplicates.shared_address"].Add(golden.Id);
        tallies["duplicates.shared_address"].AddSample(ownerOfAddress[email]);
    }

    /// <summary>The same contact in two systems is no fault; twice in one system is a message sent twice.</summary>
    private void AddDuplicates(AuditedGolden golden)
    {
        if (golden.Sources.Length > 1) tallies.Merged++;
        foreach (var system in golden.Sources.GroupBy(s => s.Source))
        {
            var surplus = system.Count() - 1;
            if (surplus == 0) continue;
            tallies["duplicates.certain"].Add(surplus, system.Key);
            tallies["duplicates.certain"].AddSample(golden.Id);
        }
    }

    /// <summary>Adds the issues of one clean record.</summary>
    public void AddIssues(CleanRecord record)
    {
        foreach (var issue in record.Issues)
            Add(new IssueCount(record.Key.Source, issue.Field, issue.Code, issue.Rejected, 1, [record.Key.ToString()]));
    }

    /// <summary>Adds issues counted elsewhere.</summary>
    public void Add(IssueCount issues)
    {
        var code = issues.Code.Value;
        if (AuditCodes.TellsAbsence(code)) return;
        if (issues.Rejected) CountBad($"invalid.{Fields.NameOf(issues.Field)}", issues);
        else if (rules.Doubtful.Contains(code)) CountBad($"doubtful.{code}", issues);
        else Count("repaired", issues, code);
    }

    private void CountBad(string finding, IssueCount issues)
    {
        Count(finding, issues, issues.Source);
        tallies.AddBad(finding, issues.Field, issues.Count);
    }

    private void Count(string finding, IssueCount issues, string part)
    {
        var tally = tallies[finding];
        tally.Add(issues.Count, part);
        foreach (var sample in issues.Samples) tally.AddSample(sample);
    }

    /// <summary>Adds the clean records of one golden record, to find where the systems contradict each other. Groups of one record or one source say nothing.</summary>
    /// <param name="id">The golden record's id.</param>
    /// <param name="records">Its clean records.</param>
    public void AddGroup(string id, IReadOnlyList<CleanRecord> records)
    {
        if (records.Count < 2) return;
        if (Conflicts.OnConsent(records)) tallies["consent.conflict"].Add(id);
        if (records.All(r => r.Key.Source == records[0].Key.Source)) return;
        tallies.Compared++;
        var any = false;
        foreach (var field in rules.ConflictFields)
        {
            if (!Conflicts.On(field, records)) continue;
            tallies[$"conflict.{Fields.NameOf(field)}"].Add(id);
            any = true;
        }

        if (any) tallies.InConflict++;
    }

    /// <summary>Adds candidate merges that wait for a person.</summary>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="samples">Some of them, in words that find them again.</param>
    public void AddQueue(long pairs, IEnumerable<string> samples)
    {
        tallies["duplicates.likely"].Add(pairs);
        foreach (var sample in samples) tallies["duplicates.likely"].AddSample(sample);
    }

    /// <summary>Adds one source.</summary>
    public void Add(AuditedSource source)
    {
        sources.Add(source);
        if (source.Quarantined > 0) tallies["quarantine"].Add(source.Quarantined, source.Source);
        if (source.Drift.Length > 0) tallies["drift"].Add(source.Drift.Length, source.Source);
        foreach (var drift in source.Drift) tallies["drift"].AddSample($"{source.Source}: {drift}");
        if (source.LastError is not null) tallies["sync.failed"].Add(source.Source);
        else if (IsLate(source)) tallies["sync.late"].Add(source.Source);
    }

    private bool IsLate(AuditedSource source) => source.Syncs && !(now - source.LastSync <= rules.LateAfter);

    /// <summary>The report of all that was added.</summary>
    /// <param name="trend">Scores of earlier audits of the same scope.</param>
    public AuditReport Report(IEnumerable<TrendPoint>? trend = null)
    {
        var health = Health();
        var dimensions = AuditScoring.Dimensions(rules, tallies, health);
        var findings = AuditFindings.Of(rules, tallies, health, dimensions);
        var score = tallies.Contacts + tallies.Companies == 0 ? 0 : AuditScoring.Total(dimensions);
        var (verdict, reasons) = AuditScoring.Verdict(rules, tallies, score, findings);
        return new AuditReport(
            scope, now, tallies.Records(health), tallies.Contacts, tallies.Companies, score, verdict, reasons,
            new Readiness(tallies.Ready, tallies.InReview, tallies.Blocked),
            dimensions, findings, Filled(), health,
            [.. (trend ?? []).OrderBy(t => t.At)]);
    }

    private ImmutableArray<SourceHealth> Health() =>
    [
        .. sources.OrderBy(s => s.Source, StringComparer.Ordinal).Select(s => new SourceHealth(
            s.Source, s.Records, s.LastSync, IsLate(s), s.LastError, s.Syncs, s.Drift)),
    ];

    private ImmutableArray<FieldFill> Filled() =>
    [
        .. wanted.Select(w => new FieldFill(Fields.NameOf(w.Field), tallies.Contacts - tallies.CountOf(w.Code), tallies.Contacts))
            .OrderByDescending(f => f.Filled).ThenBy(f => f.Field, StringComparer.Ordinal),
    ];
}
