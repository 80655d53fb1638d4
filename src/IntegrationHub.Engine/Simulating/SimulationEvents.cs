using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Files;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Simulating;

/// <summary>Reads the events of a simulation: one JSON object a line, as the API takes them, each attached to its contact.</summary>
public static class SimulationEvents
{
    // The longest line that is read: an event is small, and a file of one line is no file of events.
    private const int LongestLine = 1 << 20;

    /// <summary>The events that can be taken; what cannot is named, and the rest goes on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contacts">The contacts.</param>
    /// <param name="problems">What cannot be taken, with its line.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="NotPossibleException">There is no such file.</exception>
    public static ImmutableArray<SimulatedEvent> Read(string path, ImmutableArray<ContactFacts> contacts, ICollection<string> problems, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new NotPossibleException($"There is no file {path}.");
        var keys = new ContactKeys(contacts);
        var events = ImmutableArray.CreateBuilder<SimulatedEvent>();
        var number = 0;
        foreach (var line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            number++;
            if (number % 10_000 == 0) ct.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line)) continue;
            var (read, problem) = Event(line);
            if (read is null) problems.Add($"{path}, line {number}: {problem}");
            else if (keys.Find(read.Contact) is not { } contact) problems.Add($"{path}, line {number}: no row of the contacts is meant by {Named(read.Contact)}; the event waits for a contact that does not come.");
            else events.Add(new SimulatedEvent(contact, read, FieldsOf(read), ConsentsOf(read)));
        }

        return events.ToImmutable();
    }

    private static ReadEvent Event(string line)
    {
        if (line.Length > LongestLine) return new ReadEvent(null, $"the line has {line.Length:N0} characters; {LongestLine:N0} are the most for one event");
        try
        {
            using var json = JsonDocument.Parse(line);
            return EventReader.Read(json.RootElement, now: null);
        }
        catch (JsonException e)
        {
            return new ReadEvent(null, $"this is no JSON: {e.Message}");
        }
    }

    private static string Named(EventContact contact) =>
        string.Join(", ", new[] { contact.Id is { } id ? $"id {id}" : null, contact.Email is null ? null : "its e-mail address", contact.Phone is null ? null : "its phone number", contact.ExternalId is { } external ? $"{contact.Source}/{external}" : null }.OfType<string>());

    /// <summary>Fields that a form carries, normalised as a source's record is.</summary>
    private static FieldValues FieldsOf(HubEvent e)
    {
        if (e.Type != EventTypes.FormSubmitted) return FieldValues.None;
        var raw = new FieldValues.Builder();
        foreach (var property in e.Properties.Json.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.String && ContactColumns.FieldOf(property.Name) is { } field) raw[field] ??= property.Value.GetString();
        var key = new SourceKey("events", Streams.Contacts, e.Id);
        return RecordNormaliser.Normalise(new MappedRecord(key, EntityKind.Contact, raw.Build(), [], e.At, [], null)).Values;
    }

    private static ImmutableArray<ConsentFact> ConsentsOf(HubEvent e)
    {
        if (e.Type != EventTypes.FormSubmitted) return [];
        var consents = ImmutableArray.CreateBuilder<ConsentFact>();
        foreach (var property in e.Properties.Json.EnumerateObject())
        {
            var channel = property.Name is "consent_sms" or "sms_consent" ? Channel.Sms : ContactColumns.ConsentOf(property.Name) == true || property.Name == "consent_email" ? Channel.Email : (Channel?)null;
            if (channel is { } of && e.Properties.Text(property.Name) is { } word && ConsentValues.Read(word) is { } state && consents.All(c => c.Channel != of)) consents.Add(new ConsentFact(of, Purposes.Marketing, state, e.At));
        }

        return consents.ToImmutable();
    }

    /// <summary>Contacts by the keys that events name them by. Where two rows share an address the first is meant.</summary>
    private sealed class ContactKeys
    {
        private readonly HashSet<string> ids;
        private readonly Dictionary<string, string> byMailbox = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> byPhone = new(StringComparer.Ordinal);

        public ContactKeys(ImmutableArray<ContactFacts> contacts)
        {
            ids = contacts.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var contact in contacts)
            {
                foreach (var address in contact.Values.List(Field.OtherEmails).Prepend(contact.Values[Field.Email]).OfType<string>())
                    if (EmailAddresses.Normalise(address).Key is { } mailbox) byMailbox.TryAdd(mailbox, contact.Id);
                foreach (var phone in contact.Values.List(Field.OtherPhones).Prepend(contact.Values[Field.Phone]).OfType<string>()) byPhone.TryAdd(phone, contact.Id);
            }
        }

        public string? Find(EventContact contact)
        {
            if (contact.Id is { } id && ids.Contains(id)) return id;
            if (contact.Email is { } email && EmailAddresses.Normalise(email).Key is { } mailbox && byMailbox.TryGetValue(mailbox, out var byEmail)) return byEmail;
            if (contact.Phone is { } phone && Phones.Normalise(phone, null).Value is { } number && byPhone.TryGetValue(number, out var byNumber)) return byNumber;
            return contact.ExternalId is { } external && ids.Contains(external) ? external : null;
        }
    }
}
