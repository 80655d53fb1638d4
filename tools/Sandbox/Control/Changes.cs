using IntegrationHub.Sandbox.Files;
using IntegrationHub.Sandbox.HubSpot;
using IntegrationHub.Sandbox.Mailchimp;
using IntegrationHub.Sandbox.Shopify;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Control;

/// <summary>A record of the sandbox, named as the hub's connectors name it.</summary>
public sealed record RecordName(string Source, string Stream, string ExternalId);

/// <summary>Life goes on: records change and vanish on demand, the same ones for the same seed and order of calls.</summary>
public sealed class Changes(Estate estate, int seed, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dice dice = Dice.For(seed, "changes");

    /// <summary>Changes so many records, in the proportion in which the systems hold them; the change has the real time.</summary>
    public IReadOnlyList<RecordName> Change(int count) => Each(count, ChangeOne);

    /// <summary>Deletes so many records as each system deletes: archived, gone, or a row less.</summary>
    public IReadOnlyList<RecordName> Delete(int count) => Each(count, DeleteOne);

    private List<RecordName> Each(int count, Func<RecordName, bool> act)
    {
        lock (gate)
        {
            List<RecordName> living = [.. Living().Where(r => r.Stream == "contacts")];
            List<RecordName> done = [];
            while (done.Count < count && living.Count > 0)
            {
                var at = dice.Below(living.Count);
                var record = living[at];
                living[at] = living[^1];
                living.RemoveAt(living.Count - 1);
                if (act(record)) done.Add(record);
            }
            if (done.Exists(r => r.Source == "files") && estate.Files.Folder is { } folder) estate.Files.Write(folder);
            return done;
        }
    }

    /// <summary>All living records, by source, stream and the order of the system.</summary>
    public IReadOnlyList<RecordName> Living()
    {
        List<RecordName> living = [];
        lock (estate.HubSpot.Lock)
            living.AddRange(
                estate
                    .HubSpot.Contacts.Where(c => c.ArchivedAt is null)
                    .Select(c => new RecordName("hubspot", "contacts", c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            );
        lock (estate.Mailchimp.Lock)
        {
            foreach (var list in estate.Mailchimp.Lists)
                living.AddRange(
                    list.Members.Where(m => m.Status != "archived").Select(m => new RecordName("mailchimp", "contacts", $"{list.Id}:{m.Id}"))
                );
        }
        lock (estate.Shopify.Lock)
        {
            living.AddRange(estate.Shopify.Customers.Values.OrderBy(c => c.Id).Select(c => new RecordName("shopify", "contacts", c.Gid)));
            living.AddRange(estate.Shopify.Orders.Values.OrderBy(o => o.Id).Select(o => new RecordName("shopify", "orders", o.Gid)));
            living.AddRange(estate.Shopify.Checkouts.Values.OrderBy(c => c.Id).Select(c => new RecordName("shopify", "carts", c.Gid)));
        }
        lock (estate.Files.Lock)
        {
            living.AddRange(estate.Files.Contacts.Select(r => new RecordName("files", "contacts", r[0]!)));
            living.AddRange(estate.Files.Badges.Select(r => new RecordName("files", "contacts", r[0]!)));
        }
        return living;
    }

    private bool ChangeOne(RecordName record)
    {
        var now = time.GetUtcNow();
        // A small city's new number and a new job: what does change in a contact.
        var phone = Spelling.Written(estate.People[dice.Below(estate.People.Count)].Country.Cities[0].Mobile(dice), dice, abroad: 1);
        var job = estate.People[dice.Below(estate.People.Count)].Country.JobTitles.Pick(dice);
        switch (record.Source)
        {
            case "hubspot":
                lock (estate.HubSpot.Lock)
                {
                    if (estate.HubSpot.Find(record.ExternalId, null) is not { } contact) return false;
                    var property = HubSpotProperty.At(dice.Chance(0.5) ? "phone" : "jobtitle");
                    estate.HubSpot.Set(
                        contact,
                        new Dictionary<int, string> { [property] = HubSpotProperty.All[property].Name == "phone" ? phone : job },
                        now
                    );
                }
                return true;
            case "mailchimp":
                lock (estate.Mailchimp.Lock)
                {
                    if (Member(record) is not var (list, member)) return false;
                    member.Merge[dice.Chance(0.5) ? "PHONE" : "JOBTITLE"] = dice.Chance(0.5) ? phone : job;
                    member.LastChanged = now;
                    list.Changed();
                }
                return true;
            case "shopify":
                lock (estate.Shopify.Lock)
                {
                    if (Customer(record) is not { } customer) return false;
                    if (!customer.Tags.Remove("checked")) customer.Tags.Add("checked");
                    customer.Note = job;
                    estate.Shopify.Touch(customer, now);
                }
                return true;
            default:
                lock (estate.Files.Lock)
                {
                    if (estate.Files.Contacts.FirstOrDefault(r => r[0] == record.ExternalId) is { } row)
                    {
                        FileFolder.Set(row, FileFolder.ContactColumns, "Phone", phone);
                        FileFolder.Set(
                            row,
                            FileFolder.ContactColumns,
                            "Last Modified Date",
                            now.ToString("M/d/yyyy", System.Globalization.CultureInfo.InvariantCulture)
                        );
                        return true;
                    }
                    if (estate.Files.Badges.FirstOrDefault(r => r[0] == record.ExternalId) is not { } badge) return false;
                    FileFolder.Set(badge, FileFolder.BadgeColumns, "Tel", phone);
                }
                return true;
        }
    }

    private bool DeleteOne(RecordName record)
    {
        var now = time.GetUtcNow();
        switch (record.Source)
        {
            case "hubspot":
                lock (estate.HubSpot.Lock)
                {
                    if (estate.HubSpot.Find(record.ExternalId, null) is not { } contact) return false;
                    estate.HubSpot.Archive(contact, now);
                }
                return true;
            case "mailchimp":
                lock (estate.Mailchimp.Lock)
                {
                    if (Member(record) is not var (list, member)) return false;
                    if (dice.Chance(0.5))
                    {
                        list.Forget(member);
                        return true;
                    }
                    member.Status = "archived";
                    member.LastChanged = now;
                    list.Changed();
                }
                return true;
            case "shopify":
                lock (estate.Shopify.Lock)
                {
                    if (Customer(record) is not { } customer) return false;
                    estate.Shopify.Remove(customer);
                }
                return true;
            default:
                lock (estate.Files.Lock) estate.Files.Remove(record.ExternalId);
                return true;
        }
    }

    private (MailchimpList List, MailchimpMember Member)? Member(RecordName record)
    {
        var parts = record.ExternalId.Split(':');
        return estate.Mailchimp.Find(parts[0]) is { } list && list.Find(parts[1]) is { } member ? (list, member) : null;
    }

    private ShopifyCustomer? Customer(RecordName record) =>
        estate.Shopify.Customers.GetValueOrDefault(
            long.Parse(record.ExternalId[(record.ExternalId.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture)
        );
}
