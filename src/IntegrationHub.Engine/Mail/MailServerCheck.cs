using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Mail;

/// <summary>Flags clean records whose address leads to a domain without a mail server. The address itself stays: DNS may err, and the audit says so in words.</summary>
internal static class MailServerCheck
{
    /// <summary>The same batch, with <see cref="EmailIssues.NoMailServer"/> where a domain has none.</summary>
    public static async Task<CleanSave[]> Flag(CleanSave[] batch, MailServers servers, CancellationToken ct)
    {
        if (!servers.Enabled) return batch;
        var domains = batch.SelectMany(s => Addresses(s.Clean)).Select(a => EmailAddresses.DnsDomainOf(a.Address)).Where(d => d.Length > 0);
        var answers = await servers.Ask(domains, ct);
        return [.. batch.Select(save => Flagged(save, answers))];
    }

    private static CleanSave Flagged(CleanSave save, IReadOnlyDictionary<string, MailServerAnswer> answers)
    {
        if (save.Clean is not { } clean) return save;
        var missing = Addresses(clean).Where(a => answers.GetValueOrDefault(EmailAddresses.DnsDomainOf(a.Address)) == MailServerAnswer.None)
            .Select(a => new FieldIssue(a.Field, EmailIssues.NoMailServer, a.Address, Rejected: false)).ToList();
        return missing.Count == 0 ? save : save with { Clean = clean with { Issues = [.. clean.Issues, .. missing] } };
    }

    private static IEnumerable<(Field Field, string Address)> Addresses(CleanRecord? clean)
    {
        if (clean is null) yield break;
        if (clean.Values[Field.Email] is { } address) yield return (Field.Email, address);
        foreach (var other in clean.Values.List(Field.OtherEmails)) yield return (Field.OtherEmails, other);
    }
}
