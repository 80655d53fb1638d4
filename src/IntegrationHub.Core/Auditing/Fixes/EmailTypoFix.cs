using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Auditing;

/// <summary>Accepts the suggestion for a misspelt domain: <c>ada@gmial.com</c> becomes <c>ada@gmail.com</c>.</summary>
internal static class EmailTypoFix
{
    internal static Fix Fix { get; } = new(
        "doubtful.email.typo", HubFix.LockValue, "Corrects misspelt domains of e-mail addresses to those that were meant.", new FixScope.WithIssue(EmailIssues.Typo), Changes);

    private static IEnumerable<FixChange> Changes(FixSubject subject)
    {
        if (subject.Values[Field.Email] is not { } email || subject.IsLocked(Field.Email)) yield break;
        if (EmailAddresses.Normalise(email).Suggestion is { } better) yield return new FixChange.Correct(subject.OriginOf(Field.Email), Field.Email, email, better);
    }
}
