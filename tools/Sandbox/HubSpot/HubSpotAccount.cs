using System.Globalization;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>The account's state: contacts by id, living and archived. All access under <see cref="Lock"/>.</summary>
public sealed class HubSpotAccount
{
    private readonly List<HubSpotContact> contacts = [];
    private readonly Dictionary<long, HubSpotContact> byId = [];
    private readonly Dictionary<string, HubSpotContact> byEmail = new(StringComparer.Ordinal);

    /// <summary>Held while the state is read or changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Rises with every change.</summary>
    public long Version { get; private set; }

    /// <summary>All contacts, archived ones too, by ascending id.</summary>
    public IReadOnlyList<HubSpotContact> Contacts => contacts;

    /// <summary>The id that the next contact will get.</summary>
    public long NextId { get; private set; } = 501;

    /// <summary>Adds a contact whose id is greater than all before it. False, and nothing added, when a living contact has the e-mail.</summary>
    public bool TryAdd(HubSpotContact contact)
    {
        if (contact.EmailKey is { } email && !byEmail.TryAdd(email, contact)) return false;
        contacts.Add(contact);
        byId.Add(contact.Id, contact);
        NextId = Math.Max(NextId, contact.Id + 1);
        Version++;
        return true;
    }

    /// <summary>A living contact by id, or by e-mail where <paramref name="idProperty"/> is email; null when there is none.</summary>
    public HubSpotContact? Find(string id, string? idProperty) =>
        idProperty == "email" ? byEmail.GetValueOrDefault(id.ToLowerInvariant())
        : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && byId.TryGetValue(number, out var found)
        && found.ArchivedAt is null
            ? found
        : null;

    /// <summary>A contact by id, archived or not.</summary>
    public HubSpotContact? FindAny(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? byId.GetValueOrDefault(number) : null;

    /// <summary>Sets values of a contact and its last change. Null when done; else the living contact that has the e-mail already.</summary>
    public HubSpotContact? Set(HubSpotContact contact, IReadOnlyDictionary<int, string> values, DateTimeOffset now)
    {
        if (values.TryGetValue(HubSpotProperty.At("email"), out var email))
        {
            if (email.Length > 0 && byEmail.TryGetValue(email.ToLowerInvariant(), out var holder) && holder != contact) return holder;
            if (contact.EmailKey is { } old) byEmail.Remove(old);
            if (email.Length > 0) byEmail[email.ToLowerInvariant()] = contact;
        }
        foreach (var (property, value) in values) contact[property] = value;
        contact.Touch(now);
        Version++;
        return null;
    }

    /// <summary>Archives a living contact, which frees its e-mail.</summary>
    public void Archive(HubSpotContact contact, DateTimeOffset now)
    {
        contact.ArchivedAt = now;
        if (contact.EmailKey is { } email) byEmail.Remove(email);
        Version++;
    }

    /// <summary>Removes a contact for good, as a privacy request does.</summary>
    public void Erase(HubSpotContact contact)
    {
        if (contact.ArchivedAt is null && contact.EmailKey is { } email) byEmail.Remove(email);
        contacts.Remove(contact);
        byId.Remove(contact.Id);
        Version++;
    }

    /// <summary>The place in <see cref="Contacts"/> of the first id that is at least the given one.</summary>
    public int LowerBound(long id)
    {
        int low = 0, high = contacts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (contacts[middle].Id < id) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
