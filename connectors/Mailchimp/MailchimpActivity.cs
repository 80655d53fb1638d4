using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>
/// What members did with the mails of campaigns: each open, click, bounce, unsubscribing and complaint is a row of its own, which never changes. Campaign by campaign, in the order of their ids.
/// </summary>
internal sealed class MailchimpActivity(IMailchimpApi api, SourceCalls calls, TimeProvider time)
{
    private const int PageSize = 1000;

    // A list that grew while it was read is read again from its beginning, but not for ever.
    private const int MostReadings = 3;

    /// <summary>Mails are clicked for weeks. What comes of older ones comes with a full pull.</summary>
    private static readonly TimeSpan Followed = TimeSpan.FromDays(90);

    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>Pages of rows from where the cursor ends.</summary>
    public async IAsyncEnumerable<PullPage> Pages(ActivityCursor? saved, [EnumeratorCancellation] CancellationToken ct)
    {
        var since = saved is { Done: true } ? saved.Start - (long)Overlap.TotalSeconds : saved?.Since;
        var (campaigns, date) = await Campaigns(since, ct);
        var start = (date < time.GetUtcNow() ? date.Value : time.GetUtcNow()).ToUnixTimeSeconds();
        var at = saved is null or { Done: true } ? new ActivityCursor(start, since) : saved;
        foreach (var campaign in campaigns.Order(StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(campaign, at.Campaign) < 0) continue;   // read before the last run was interrupted
            if (campaign != at.Campaign) at = new ActivityCursor(at.Start, at.Since, campaign);
            while (at.Part != ActivityPart.Done)
            {
                (var records, at) = await Page(at, campaign, ct);
                if (records.Count > 0) yield return new PullPage(records, SavedCursor.Write(at, MailchimpJson.Default.ActivityCursor));
            }
        }

        yield return new PullPage([], SavedCursor.Write(new ActivityCursor(at.Start, null, Done: true), MailchimpJson.Default.ActivityCursor));
    }

    private async Task<(List<string> Ids, DateTimeOffset? Date)> Campaigns(long? since, CancellationToken ct)
    {
        var ids = new List<string>();
        var sentSince = since is { } from ? Instant(from - (long)Followed.TotalSeconds) : null;
        while (true)
        {
            var answer = await JsonBody.Of(api.Reports(PageSize, ids.Count, sentSince, "reports.id,total_items", ct), ct);
            var rows = answer.Rows(["reports"]);
            ids.AddRange(rows.Select(r => JsonRows.Text(r, "id")).OfType<string>());
            if (rows.Count == 0 || ids.Count >= Total(answer)) return (ids, answer.Date);
        }
    }

    private async Task<(List<RawRecord> Records, ActivityCursor Next)> Page(ActivityCursor at, string campaign, CancellationToken ct)
    {
        var since = at.Since is { } from ? Instant(from) : null;
        var (call, name) = at.Part switch
        {
            ActivityPart.Activity => (api.EmailActivity(campaign, PageSize, at.Offset, since, "_links,emails._links", ct), "emails"),
            ActivityPart.Unsubscribed => (api.Unsubscribed(campaign, PageSize, at.Offset, "_links,unsubscribes._links,unsubscribes.merge_fields", ct), "unsubscribes"),
            _ => (api.AbuseReports(campaign, PageSize, at.Offset, "_links,abuse_reports._links,abuse_reports.merge_fields", ct), "abuse_reports"),
        };
        var answer = await JsonBody.Of(call, ct);
        var rows = answer.Rows([name]);
        var total = Total(answer);
        var records = rows.SelectMany(row => RecordsOf(at.Part, JsonNode.Parse(row)?.AsObject() ?? [], campaign)).Where(r => at.Since is not { } earliest || r.At >= earliest).Select(r => r.Record).ToList();
        var known = at.Total ?? total;
        if (rows.Count > 0 && at.Offset + rows.Count < total) return (records, at with { Offset = at.Offset + rows.Count, Total = known });
        var grew = total != known && at.Readings < MostReadings;
        return (records, grew ? at with { Offset = 0, Total = null, Readings = at.Readings + 1 } : at with { Part = at.Part + 1, Offset = 0, Total = null, Readings = 1 });
    }

    private static IEnumerable<(RawRecord Record, long At)> RecordsOf(ActivityPart part, JsonObject row, string campaign) => part switch
    {
        ActivityPart.Activity => (row["activity"] as JsonArray ?? []).OfType<JsonObject>().Select(act => RecordOf(row, campaign, Text(act, "action") ?? "", Text(act, "timestamp"), act)),
        ActivityPart.Unsubscribed => [RecordOf(row, campaign, "unsubscribe", Text(row, "timestamp"), row)],
        _ => [RecordOf(row, campaign, "complaint", Text(row, "date"), row)],
    };

    private static (RawRecord Record, long At) RecordOf(JsonObject row, string campaign, string action, string? timestamp, JsonObject act)
    {
        var (list, member, url) = (Text(row, "list_id"), Text(row, "email_id"), Text(act, "url"));
        var payload = new JsonObject { ["action"] = action, ["campaign_id"] = campaign, ["email_address"] = Text(row, "email_address"), ["member"] = list is null || member is null ? null : $"{list}:{member}", ["timestamp"] = timestamp };
        foreach (var (name, value) in ((string, string?)[])[("url", url), ("type", Text(act, "type")), ("reason", Text(act, "reason"))])
            if (value is not null) payload[name] = value;
        var id = $"{campaign}:{member}:{action}:{timestamp}";
        // Two links of one mail may be clicked in one second.
        if (url is not null) id += ":" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..8];
        var at = DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var told) ? told.ToUnixTimeSeconds() : long.MaxValue;
        return (new RawRecord(id, JsonRows.Canonical(Encoding.UTF8.GetBytes(payload.ToJsonString()))), at);
    }

    private int Total(JsonBody answer) => int.TryParse(answer.Text("total_items"), CultureInfo.InvariantCulture, out var total)
        ? total
        : throw calls.Fault(null, "an answer has no total_items. Is the address that of the API (--url)?");

    private static string? Text(JsonObject row, string name) => row[name] is { } value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static string Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
