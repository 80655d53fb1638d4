using System.Globalization;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>Fills the audiences.</summary>
public static class MailchimpSeed
{
    private static readonly string[] Tags = ["b2b", "vip", "fair-2025", "webinar", "gift"];

    /// <summary>Members by the order of joining. An address is once in an audience; who has no usable one of their own left is not in it.</summary>
    public static MailchimpAccount Make(List<Entry> newsletter, List<Entry> shop, Years years, int seed, List<TruthRow> truth)
    {
        var account = new MailchimpAccount(years.Start.AddDays(-30));
        var dice = Dice.For(seed, "mailchimp");
        foreach (var (list, entries) in new[] { (account.Lists[0], newsletter), (account.Lists[1], shop) })
        {
            foreach (var entry in entries.OrderBy(e => e.Created).ThenBy(e => e.Of.Number))
            {
                var member = Member(account, list, entry, years, dice);
                if (member is null || member.Status == "archived") continue;
                truth.Add(new TruthRow("mailchimp", "contacts", $"{list.Id}:{member.Id}", entry.Of.Number));
            }
        }
        AddCampaigns(account, years, Dice.For(seed, "mailchimp campaigns"));
        return account;
    }

    /// <summary>A mail a month to each audience for the last half year, which some opened and fewer clicked. A dice of their own, so that all else stays as it is.</summary>
    private static void AddCampaigns(MailchimpAccount account, Years years, Dice dice)
    {
        for (var month = 6; month >= 1; month--)
            foreach (var list in account.Lists)
            {
                var campaign = new MailchimpCampaign($"{(uint)dice.Bits():x8}{month:x2}", $"{list.Name} {7 - month}", list, years.End.AddDays(-30 * month));
                foreach (var member in list.Members.Where(m => m.Status is "subscribed" or "unsubscribed" or "cleaned" && m.OptedIn < campaign.Sent)) Acts(campaign, member, years, dice);
                campaign.Acts.Sort((a, b) => a.At.CompareTo(b.At));
                account.Campaigns.Add(campaign);
            }
    }

    private static void Acts(MailchimpCampaign campaign, MailchimpMember member, Years years, Dice dice)
    {
        DateTimeOffset Later(DateTimeOffset than)
        {
            var at = than.AddMinutes(dice.Between(1, 3000));
            return DateTimeOffset.FromUnixTimeSeconds((at < years.End ? at : years.End).ToUnixTimeSeconds());
        }
        if (member.Status == "cleaned")
        {
            campaign.Acts.Add(new MailchimpAct(member, "bounce", Later(campaign.Sent), dice.Chance(0.5) ? "hard" : "soft"));
            return;
        }
        if (!dice.Chance(0.35)) return;
        var opened = Later(campaign.Sent);
        campaign.Acts.Add(new MailchimpAct(member, "open", opened, null));
        if (dice.Chance(0.25)) campaign.Acts.Add(new MailchimpAct(member, "click", Later(opened), $"https://shop.sandbox.example/offer/{dice.Between(1, 9)}"));
        if (member.Status == "unsubscribed" && dice.Chance(0.3)) campaign.Acts.Add(new MailchimpAct(member, "unsubscribe", Later(opened), "NORMAL: No longer interested"));
        else if (dice.Chance(0.002)) campaign.Acts.Add(new MailchimpAct(member, "complaint", Later(opened), null));
    }

    private static MailchimpMember? Member(MailchimpAccount account, MailchimpList list, Entry entry, Years years, Dice dice)
    {
        // The sign-up form takes nothing that looks like no address, and no address twice.
        string?[] addresses = [entry.Mail, entry.Of.PrivateMail, entry.Of.WorkMail, entry.Of.FormerMail];
        var email = addresses.FirstOrDefault(a => a is not null && a.Contains('@') && a.IndexOf('.', a.IndexOf('@')) > 0 && list.Find(a) is null);
        if (email is null) return null;
        var member = new MailchimpMember
        {
            List = list,
            WebId = account.NextWebId++,
            Email = email,
            Status = entry.Gone ? "archived" : Status(entry.Wish, dice),
            OptedIn = years.At(entry.Created),
            LastChanged = years.At(entry.Changed),
            Language = dice.Chance(0.5) ? entry.Of.Country.Language : "",
            Vip = dice.Chance(0.01),
        };
        var merge = member.Merge;
        void Set(string tag, string? value)
        {
            if (!string.IsNullOrEmpty(value)) merge[tag] = value;
        }
        Set("FNAME", entry.FirstCell(titled: true));
        Set("LNAME", entry.LastCell);
        Set("PHONE", entry.Phone);
        Set("COMPANY", entry.Company);
        Set("JOBTITLE", entry.JobTitle);
        Set("BIRTHDAY", entry.Birth?.ToString("MM/dd", CultureInfo.InvariantCulture));
        if (entry.Street is not null)
        {
            Set("ADDRESS.addr1", entry.Street);
            Set("ADDRESS.addr2", entry.Unit);
            Set("ADDRESS.city", entry.City);
            Set("ADDRESS.state", entry.Region);
            Set("ADDRESS.zip", entry.Postcode);
            Set("ADDRESS.country", entry.Of.Country.Code);
        }
        foreach (var tag in Tags)
            if (dice.Chance(0.07)) member.Tags.Add(tag);
        foreach (var tag in member.Tags) list.TagId(tag);
        list.TryAdd(member);
        return member;
    }

    private static string Status(Wish wish, Dice dice)
    {
        if (dice.Chance(0.03))
            return "cleaned";
        return wish switch
        {
            Wish.No => "unsubscribed",
            Wish.Pending => "pending",
            Wish.Unknown => dice.Chance(0.3) ? "transactional" : "subscribed",
            _ => "subscribed",
        };
    }
}
