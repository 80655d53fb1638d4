using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>The reports of campaigns: what members did with the mails.</summary>
public sealed partial class MailchimpApi
{
    private void MapReports(RouteGroupBuilder root, string version)
    {
        root.MapGet(version + "/reports", gate.Guard(Reports));
        root.MapGet(version + "/reports/{campaign}/email-activity", gate.Guard(context => Acts(context, "emails", WriteEmails)));
        root.MapGet(version + "/reports/{campaign}/unsubscribed", gate.Guard(context => Acts(context, "unsubscribes", (json, of, from, page) => WriteOnes(json, of, from, page, "unsubscribe", "timestamp"))));
        root.MapGet(version + "/reports/{campaign}/abuse-reports", gate.Guard(context => Acts(context, "abuse_reports", (json, of, from, page) => WriteOnes(json, of, from, page, "complaint", "date"))));
    }

    private Task Reports(HttpContext context)
    {
        if (Window(context.Request.Query) is not var (offset, count)) return BadWindow(context);
        var since = Since(context.Request.Query["since_send_time"]);
        return Shaped(context, json =>
        {
            lock (account.Lock)
            {
                var found = account.Campaigns.Where(c => c.Sent > since).OrderByDescending(c => c.Sent).ToList();
                json.WriteStartObject();
                json.WriteStartArray("reports");
                foreach (var campaign in found.Skip(offset).Take(count))
                {
                    json.WriteStartObject();
                    json.WriteString("id", campaign.Id);
                    json.WriteString("campaign_title", campaign.Title);
                    json.WriteString("list_id", campaign.List.Id);
                    json.WriteString("send_time", MailchimpMember.Stamp(campaign.Sent));
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteNumber("total_items", found.Count);
                json.WriteEndObject();
            }
        });
    }

    private Task Acts(HttpContext context, string name, Func<Utf8JsonWriter, MailchimpCampaign, DateTimeOffset, (int Offset, int Count), int> write)
    {
        if (account.Campaigns.FirstOrDefault(c => c.Id == (string)context.Request.RouteValues["campaign"]!) is not { } campaign) return NotFound(context);
        if (Window(context.Request.Query) is not var (offset, count)) return BadWindow(context);
        return Shaped(context, json =>
        {
            lock (account.Lock)
            {
                json.WriteStartObject();
                json.WriteStartArray(name);
                var total = write(json, campaign, Since(context.Request.Query["since"]), (offset, count));
                json.WriteEndArray();
                json.WriteString("campaign_id", campaign.Id);
                json.WriteNumber("total_items", total);
                json.WriteEndObject();
            }
        });
    }

    private int WriteEmails(Utf8JsonWriter json, MailchimpCampaign campaign, DateTimeOffset since, (int Offset, int Count) page)
    {
        var found = campaign.Acts.Where(a => a.Action is "open" or "click" or "bounce" && a.At > since).GroupBy(a => a.Member).OrderBy(g => g.Key.WebId).ToList();
        foreach (var member in found.Skip(page.Offset).Take(page.Count))
        {
            json.WriteStartObject();
            WriteWho(json, campaign, member.Key);
            json.WriteStartArray("activity");
            foreach (var act in member.OrderBy(a => a.At))
            {
                json.WriteStartObject();
                json.WriteString("action", act.Action);
                if (act.Detail is { } detail) json.WriteString(act.Action == "click" ? "url" : "type", detail);
                json.WriteString("timestamp", MailchimpMember.Stamp(act.At));
                json.WriteString("ip", "203.0.113.7");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return found.Count;
    }

    private int WriteOnes(Utf8JsonWriter json, MailchimpCampaign campaign, DateTimeOffset since, (int Offset, int Count) page, string action, string time)
    {
        var found = campaign.Acts.Where(a => a.Action == action && a.At > since).ToList();
        foreach (var act in found.Skip(page.Offset).Take(page.Count))
        {
            json.WriteStartObject();
            WriteWho(json, campaign, act.Member);
            json.WriteString(time, MailchimpMember.Stamp(act.At));
            if (act.Detail is { } reason) json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        return found.Count;
    }

    private static void WriteWho(Utf8JsonWriter json, MailchimpCampaign campaign, MailchimpMember member)
    {
        json.WriteString("campaign_id", campaign.Id);
        json.WriteString("list_id", campaign.List.Id);
        json.WriteBoolean("list_is_active", true);
        json.WriteString("email_id", member.Id);
        json.WriteString("email_address", member.Email);
    }

    private static DateTimeOffset Since(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;
}
