using System.Globalization;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>Fills the account.</summary>
public static class HubSpotSeed
{
    private static readonly string[] Stages = ["subscriber", "lead", "opportunity", "customer"];
    private static readonly string[] Interests = ["news", "offers", "events", "partners"];

    /// <summary>Contacts by the order of their creation, so that ids ascend with it; a third of them were touched by one bulk edit, in one and the same instant.</summary>
    public static HubSpotAccount Make(List<Entry> entries, Years years, int seed, List<TruthRow> truth)
    {
        var account = new HubSpotAccount();
        var dice = Dice.For(seed, "hubspot");
        var bulkEdit = years.End.AddDays(-40);
        long id = 501;
        foreach (var entry in entries.OrderBy(e => e.Created).ThenBy(e => e.Of.Number))
        {
            id += dice.Between(1, 40);
            var contact = new HubSpotContact(id, years.At(entry.Created));
            Fill(contact, entry, dice);
            var modified = years.At(entry.Changed);
            if (contact.Created < bulkEdit && modified < bulkEdit && dice.Chance(0.35)) modified = bulkEdit;
            contact.Touch(modified);
            if (!account.TryAdd(contact))
            {
                // An e-mail belongs to one contact: the second record of a person, or of a shared mailbox, has none here.
                contact[HubSpotProperty.At("email")] = null;
                if (contact[HubSpotProperty.At("mobilephone")] is null && contact[HubSpotProperty.At("phone")] is null)
                    contact[HubSpotProperty.At("mobilephone")] = Spelling.Written(entry.Of.Mobile, dice, 0.5);
                contact.Touch(modified);
                account.TryAdd(contact);
            }
            if (entry.Gone) account.Archive(contact, contact.Modified);
            else truth.Add(new TruthRow("hubspot", "contacts", id.ToString(CultureInfo.InvariantCulture), entry.Of.Number));
        }
        return account;
    }

    private static void Fill(HubSpotContact contact, Entry entry, Dice dice)
    {
        void Set(string property, string? value) => contact[HubSpotProperty.At(property)] = value;
        Set("email", entry.Mail);
        Set("firstname", entry.FirstCell(titled: false));
        Set("lastname", entry.LastCell);
        Set("salutation", entry.Title);
        Set("phone", entry.Phone);
        Set("mobilephone", entry.Mobile);
        Set("company", entry.Company);
        Set("jobtitle", entry.JobTitle);
        Set("address", entry.Unit is null ? entry.Street : $"{entry.Street}, {entry.Unit}");
        Set("city", entry.City);
        Set("state", entry.Region);
        Set("zip", entry.Postcode);
        Set("country", entry.Country);
        Set("date_of_birth", entry.Birth?.ToString(dice.Chance(0.8) ? "yyyy-MM-dd" : "dd.MM.yyyy", CultureInfo.InvariantCulture));
        Set(
            "website",
            entry.Company is not null && entry.Of.Employer is { } firm && dice.Chance(0.3)
                ? (dice.Chance(0.5) ? "https://www." : "") + firm.Domain
                : null
        );
        Set("hs_language", dice.Chance(0.4) ? entry.Of.Country.Language : null);
        Set("lifecyclestage", Stages[Math.Min(dice.Below(4), dice.Below(4))]);
        Set("hubspot_owner_id", dice.Chance(0.5) ? (88210 + dice.Below(6)).ToString(CultureInfo.InvariantCulture) : null);
        Set("hs_email_optout", entry.Mail is null ? null : entry.Wish switch { Wish.No => "true", Wish.Unknown => null, _ => "false" });
        Set("hs_email_bad_address", entry.Mail is not null && dice.Chance(0.01) ? "true" : null);
        Set("interests", dice.Chance(0.2) ? string.Join(';', Interests.Where(_ => dice.Chance(0.5))) : null);
        Set("fair_contact", dice.Chance(0.1) ? "true" : null);
    }
}
