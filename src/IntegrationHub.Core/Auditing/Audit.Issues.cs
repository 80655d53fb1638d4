using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

public sealed partial class Audit
{
    private static readonly string[] Invalid = [.. Enum.GetValues<Field>().Select(f => $"invalid.{Fields.NameOf(f)}")];

    private readonly Dictionary<string, (IssueKind Kind, string Finding)> kinds = new(StringComparer.Ordinal);

    private enum IssueKind
    {
        Absence,
        Doubtful,
        Damaged,
        Other,
    }

    /// <summary>Adds the issues of one clean record of the scope.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="record">Its number, or place; samples are those with the least.</param>
    /// <param name="name">Its name; null when <see cref="Report"/> is told how to name it by its number.</param>
    /// <param name="issues">Its issues; one that comes twice on a field counts once.</param>
    public void AddIssues(string source, long record, string? name, ReadOnlySpan<AuditedIssue> issues)
    {
        if (scope.Source is { } only && source != only) return;
        var sample = new Sample(record, name);
        var (bad, doubtful, rejected) = (default(FieldSet), default(FieldSet), default(FieldSet));
        for (var i = 0; i < issues.Length; i++)
        {
            ref readonly var issue = ref issues[i];
            if (IsRepeated(issues, i) || IsMisspeltOnly(issues, i)) continue;
            var (known, finding) = KindOf(issue.Code);
            switch (known)
            {
                case IssueKind.Absence:
                    continue;
                case IssueKind.Doubtful:
                    AddBad(finding, source, sample, issue);
                    (bad, doubtful) = (bad.With(issue.Field), doubtful.With(issue.Field));
                    break;
                case var kind:
                    if (issue.Rejected) rejected = rejected.With(issue.Field);
                    else if (kind == IssueKind.Damaged) tallies[finding].Add(sample, source, issue.Field, issue.Raw);
                    else tallies["repaired"].Add(1, issue.Code);
                    break;
            }
        }

        if (rejected != default) AddRejected(source, sample, issues, doubtful, ref bad);
        if (bad == default) return;
        foreach (var field in Fields.Clean)
            if (bad.Has(field)) tallies.AddBadRecord(field);
    }

    /// <summary>A rejected value counts once, whatever else was said of it; one that is doubtful by name already is told there.</summary>
    private void AddRejected(string source, Sample sample, ReadOnlySpan<AuditedIssue> issues, FieldSet told, ref FieldSet bad)
    {
        foreach (ref readonly var issue in issues)
        {
            if (!issue.Rejected || told.Has(issue.Field) || KindOf(issue.Code).Kind is IssueKind.Absence) continue;
            AddBad(Invalid[(int)issue.Field], source, sample, issue);
            (bad, told) = (bad.With(issue.Field), told.With(issue.Field));
        }
    }

    private void AddBad(string finding, string source, Sample sample, in AuditedIssue issue)
    {
        tallies[finding].Add(sample, source, issue.Field, issue.Raw);
        tallies.AddBad(finding, issue.Field);
    }

    private static bool IsRepeated(ReadOnlySpan<AuditedIssue> issues, int at)
    {
        for (var i = 0; i < at; i++)
            if (issues[i].Field == issues[at].Field && issues[i].Code == issues[at].Code) return true;
        return false;
    }

    /// <summary>Lists of throw-away providers hold misspelt ones too: whoever squats there, the contact meant another, and the address is told as misspelt.</summary>
    private static bool IsMisspeltOnly(ReadOnlySpan<AuditedIssue> issues, int at)
    {
        if (issues[at].Code != EmailIssues.Disposable.Value) return false;
        foreach (ref readonly var issue in issues)
            if (issue.Field == issues[at].Field && issue.Code == EmailIssues.Typo.Value) return true;
        return false;
    }

    private (IssueKind Kind, string Finding) KindOf(string code)
    {
        if (kinds.TryGetValue(code, out var known)) return known;
        return kinds[code] = AuditCodes.TellsAbsence(code) ? (IssueKind.Absence, "")
            : rules.Doubtful.Contains(code) ? (IssueKind.Doubtful, $"doubtful.{code}")
            : rules.Damaged.Contains(code) ? (IssueKind.Damaged, $"damaged.{code}")
            : (IssueKind.Other, "repaired");
    }
}
