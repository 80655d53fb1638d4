using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Puts a company's name that stood in the name field where it belongs, if the contact has no company yet.</summary>
internal static class CompanyNameFix
{
    internal static Fix Fix { get; } = new(
        "doubtful.name.company", HubFix.LockValue, "Puts company names that stood in the name field into the empty company field.", new FixScope.WithIssue(NameIssues.Company), Changes);

    private static IEnumerable<FixChange> Changes(FixSubject subject)
    {
        if (subject.Values[Field.Company] is not null || subject.IsLocked(Field.Company)) yield break;
        foreach (var record in subject.Records)
            if (record.Issues.FirstOrDefault(i => i.Code == NameIssues.Company) is { Raw: { } raw } && Companies.Normalise(raw) is { Value: { } whole } company)
            {
                yield return new FixChange.Correct(record.Key, Field.Company, null, company.Name ?? whole);
                yield break;
            }
    }
}
