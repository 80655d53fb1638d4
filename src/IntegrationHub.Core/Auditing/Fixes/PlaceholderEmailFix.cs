using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Empties e-mail addresses that stand for "none": <c>test@test.com</c>.</summary>
internal static class PlaceholderEmailFix
{
    internal static Fix Fix { get; } = new(
        "doubtful.email.placeholder", HubFix.LockValue, "Empties e-mail addresses that stand for \"none\".", new FixScope.WithIssue(EmailIssues.Placeholder), Changes);

    private static IEnumerable<FixChange> Changes(FixSubject subject)
    {
        if (subject.Values[Field.Email] is not { } email || subject.IsLocked(Field.Email)) yield break;
        if (EmailAddresses.Normalise(email).Issues.Contains(EmailIssues.Placeholder)) yield return new FixChange.Correct(subject.OriginOf(Field.Email), Field.Email, email, null);
    }
}
