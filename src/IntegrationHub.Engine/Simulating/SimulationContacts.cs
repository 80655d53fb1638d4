using System.Collections.Immutable;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Files;
using IntegrationHub.Merging;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Simulating;

/// <summary>Reads the contacts of a simulation: <c>id</c>, the usual headers, <c>consent_email</c>, <c>consent_sms</c>, <c>time_zone</c>. Each row is one contact; nothing is matched.</summary>
public static class SimulationContacts
{
    /// <summary>The contacts, in the order of the file.</summary>
    /// <exception cref="NotPossibleException">The file cannot be read, has no column <c>id</c>, or an id is missing or comes twice; the message names the row.</exception>
    /// <param name="path">The file.</param>
    public static ImmutableArray<ContactFacts> Read(string path)
    {
        using var file = ContactFile.Open(path);
        var columns = new Columns(file.Headers);
        if (columns.Id < 0) throw new NotPossibleException($"{path} has no column 'id'. Each contact needs one: the answer names it so.");
        var layout = ContactLayout.Of(file.Headers, path, EntityKind.Contact);
        var contacts = ImmutableArray.CreateBuilder<ContactFacts>();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var contact in file.Rows(row => Of(layout, columns, row)))
        {
            var row = contacts.Count + 2;
            if (contact.Id.Length == 0) throw new NotPossibleException($"{path}, row {row}: 'id' is empty. Each contact needs one.");
            if (!rows.TryAdd(contact.Id, row)) throw new NotPossibleException($"{path}, row {row}: the id '{contact.Id}' is that of row {rows[contact.Id]}, too. Each row is one contact.");
            contacts.Add(contact);
        }

        return contacts.ToImmutable();
    }

    private static ContactFacts Of(ContactLayout layout, Columns columns, ContactRow row)
    {
        var id = row[columns.Id].Trim();
        var record = RecordNormaliser.Normalise(layout.Map(row, id));
        var consents = record.Consents.Select(c => new ConsentFact(c.Channel, c.Purpose, c.State, c.At)).Where(c => columns.Consents.All(own => own.Channel != c.Channel)).ToList();
        foreach (var (channel, column, at) in columns.Consents)
            if (ConsentValues.Read(row[column]) is { } state) consents.Add(new ConsentFact(channel, Purposes.Marketing, state, at < 0 ? null : SourceTime.Read(row[at])));
        return new ContactFacts(
            id, record.Values, HygieneOf(record, consents, columns, row), Moments.Read(record.Values[Field.KnownSince]), Moments.Read(record.Values[Field.EngagedAt]), [.. consents], [], EventLog.Empty);
    }

    /// <summary>The status that the pipeline would give, unless the file, as an export of the hub, says it.</summary>
    private static Hygiene HygieneOf(CleanRecord record, List<ConsentFact> consents, Columns columns, ContactRow row)
    {
        bool Undeliverable(Channel channel) => consents.Any(c => c.Channel == channel && c.State == ConsentState.Suppressed);
        var rejected = record.Issues.Where(i => i.Rejected && i.Field is Field.FirstName or Field.LastName or Field.FullName).Select(i => i.Raw).OfType<string>();
        var own = HygieneRules.Of(new HygieneFacts(EntityKind.Contact, false, record.Values, [.. rejected], Undeliverable(Channel.Email), Undeliverable(Channel.Sms), []));
        if (columns.Hygiene < 0) return own;
        var said = row[columns.Hygiene].Trim();
        return own with { Status = Enum.GetValues<HygieneStatus>().FirstOrDefault(s => string.Equals(HygieneCodes.Of(s), said, StringComparison.OrdinalIgnoreCase), own.Status) };
    }

    private sealed class Columns
    {
        public Columns(IReadOnlyList<string> headers)
        {
            int Find(params string[] names) => headers.ToList().FindIndex(h => names.Contains(h.Trim().Replace(' ', '_').ToLowerInvariant()));
            Id = Find("id", "contact_id", "golden_id");
            Hygiene = Find("hygiene", "hygiene_status");
            (Channel Channel, int Column, int At)[] all =
            [
                (Channel.Email, Find("consent_email", "email_consent"), Find("consent_email_at", "email_consent_at", "consent_at")), (Channel.Sms, Find("consent_sms", "sms_consent"), Find("consent_sms_at", "sms_consent_at", "consent_at")),
            ];
            Consents = [.. all.Where(c => c.Column >= 0)];
        }

        public int Id { get; }

        public int Hygiene { get; }

        public ImmutableArray<(Channel Channel, int Column, int At)> Consents { get; }
    }
}
