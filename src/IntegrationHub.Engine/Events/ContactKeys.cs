using System.Collections.Immutable;
using IntegrationHub.Matching;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Finds whom an event is of: by the contact's own keys first, then by any address or number that one of its records has, in whatever spelling.</summary>
internal sealed class ContactKeys(HubStore store)
{
    private const int MostRecords = 50;

    /// <summary>An event with its keys as the store keeps them.</summary>
    public static EventLanding Landing(HubEvent e, string source, bool history)
    {
        var email = e.Contact.Email is { } address ? EmailAddresses.Normalise(address).Value : null;
        var phone = e.Contact.Phone is { } number ? Phones.Normalise(number, null).Value : null;
        return new EventLanding(e, source, history, email, phone);
    }

    /// <summary>The contacts that are known, by event id.</summary>
    public async Task<Dictionary<string, EventOwner>> Owners(IReadOnlyList<EventLanding> events, CancellationToken ct)
    {
        var owners = new Dictionary<string, EventOwner>(await store.Events.Owners(events, ct), StringComparer.Ordinal);
        foreach (var e in events)
            if (!owners.ContainsKey(e.Event.Id) && (e.Email is not null || e.Phone is not null) && await ByAnyRecord(e.Email, e.Phone, ct) is { } owner) owners[e.Event.Id] = owner;
        return owners;
    }

    /// <summary>Second addresses, and other spellings of one mailbox, stand in match keys; equality is looked at exactly.</summary>
    private async Task<EventOwner?> ByAnyRecord(string? email, string? phone, CancellationToken ct)
    {
        var raw = new FieldValues.Builder();
        if (email is not null) raw[Field.Email] = email;
        if (phone is not null) raw[Field.Phone] = phone;
        var keys = Blocking.KeysOf(MatchTable.Of(EntityKind.Contact, [MatchRecord.From(new CleanRecord(new SourceKey("events", Streams.Contacts, ""), EntityKind.Contact, raw.Build(), [], [], null))]), 0);
        var records = await store.Events.RecordsWith(keys, MostRecords, ct);
        if (records.Count == 0) return null;
        var mailbox = email is null ? null : Mailbox(email);
        var meant = (await store.Clean.Load(records, ct)).Where(r => (mailbox is not null && Mailboxes(r.Record.Values).Contains(mailbox)) || (phone is not null && Numbers(r.Record.Values).Contains(phone))).Select(r => r.RecordId).ToList();
        var goldens = await store.Golden.GoldenOf(meant, ct);
        return meant.Where(goldens.ContainsKey).Select(r => new EventOwner(goldens[r], r)).OrderBy(o => o.Golden.Value).ThenBy(o => o.RecordId).FirstOrDefault();
    }

    private static ImmutableHashSet<string> Mailboxes(FieldValues values) => [.. values.List(Field.OtherEmails).Prepend(values[Field.Email]).OfType<string>().Select(Mailbox).OfType<string>()];

    private static ImmutableHashSet<string> Numbers(FieldValues values) => [.. values.List(Field.OtherPhones).Prepend(values[Field.Phone]).OfType<string>()];

    private static string? Mailbox(string address) => EmailAddresses.Normalise(address).Key;
}
