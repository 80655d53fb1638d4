using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Mailchimp: the members of all audiences, and what they did with the mails of campaigns. See README.md beside this file.</summary>
[Connector("mailchimp", "Mailchimp", NeedsToken = true)]
public sealed class MailchimpConnector : IConnector, IDiscover, ISuppress, IWebhooks
{
    private const int PageSize = 1000;

    /// <summary>So many pages are read by offset before the walk begins anew from the time that it has come to.</summary>
    private const int PagesByOffset = 9;

    /// <summary>Links are most of the bytes; the statistics change with every campaign although the member did not.</summary>
    private const string LeftOut = "_links,members._links,members.stats";

    /// <summary>A change may become visible somewhat after the time that it carries.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>A request that was signed longer ago may be somebody else's copy.</summary>
    private static readonly TimeSpan OldestWebhook = TimeSpan.FromMinutes(5);

    /// <summary>What every member has, beside the audience's own fields.</summary>
    private static readonly (string Path, string Label)[] OwnFields =
    [
        ("email_address", "Email address"), ("full_name", "Full name"), ("language", "Language"), ("last_changed", "Last changed"), ("list_id", "Audience id"),
        ("sms_phone_number", "SMS number"), ("sms_subscription_status", "SMS subscription"), ("source", "Source"), ("status", "Subscription"), ("timestamp_opt", "Opted in at"),
        ("unsubscribe_reason", "Why unsubscribed"), ("vip", "VIP"),
    ];

    private static readonly (string Path, string Label)[] EventFields =
    [
        ("action", "What was done"), ("campaign_id", "Campaign"), ("email_address", "Email address"), ("member", "Member"), ("timestamp", "When"), ("url", "Link"), ("type", "Kind of bounce"), ("reason", "Why unsubscribed"),
    ];

    private static readonly string[] UsualTags = ["FNAME", "LNAME", "ADDRESS", "PHONE", "BIRTHDAY", "COMPANY"];

    private readonly SourceCalls calls;
    private readonly TimeProvider time;
    private readonly IMailchimpApi api;
    private readonly IMailchimpApi briefApi;

    /// <summary>For one configured source.</summary>
    public MailchimpConnector(ConnectorContext context)
    {
        var url = PrivateAddresses.RequireTls(Address(context), context.Source.Value);
        calls = new SourceCalls(context, "Mailchimp", url, () => new MailchimpPace(),
            "In Mailchimp open Account > Extras > API keys and make a key; a user with the role Viewer or higher can.")
        {
            PublicOnly = url.Host.EndsWith(".api.mailchimp.com", StringComparison.Ordinal),
        };
        time = context.Time;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"hub:{context.Token}"));
        void Authorise(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        api = calls.Api<IMailchimpApi>(MailchimpJson.Default, Authorise);
        briefApi = (calls with { Brief = true }).Api<IMailchimpApi>(MailchimpJson.Default, Authorise);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StreamDescription> Streams { get; } = [new(Vocabulary.Streams.Contacts, DeletionStyle.ByAbsence), new(Vocabulary.Streams.Events, DeletionStyle.ByAbsence)];

    /// <inheritdoc/>
    public IReadOnlyList<Channel> SuppressedChannels { get; } = [Channel.Email];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PushResult>> Suppress(string stream, IReadOnlyList<SuppressWrite> writes, CancellationToken ct)
    {
        var results = new List<PushResult>(writes.Count);
        foreach (var write in writes) results.Add(await Unsubscribe(write.ExternalId, ct));
        return results;
    }

    private async Task<PushResult> Unsubscribe(string id, CancellationToken ct)
    {
        if (id.Split(':') is not [var list, var member]) return new PushResult(id, false, $"'{id}' is no member of an audience, such as 1a2b3c:9e26f1….", Retry: false);
        try
        {
            var answer = await JsonBody.Of(api.Update(list, member, new MemberUpdate("unsubscribed"), ct), ct);
            // Who is gone is written to no more.
            return answer.Status is 200 or 404 ? new PushResult(id, true, null, Retry: false)
                : new PushResult(id, false, answer.Text("detail") ?? $"Mailchimp refused it (HTTP {answer.Status}).", Retry: false);
        }
        catch (ConnectorException e)
        {
            return new PushResult(id, false, e.Message, e.Transient);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, CancellationToken ct) => stream switch
    {
        Vocabulary.Streams.Contacts => Pages(SavedCursor.Read(cursor, MailchimpJson.Default.Cursor, calls), ct).Ahead(2, ct),
        Vocabulary.Streams.Events => new MailchimpActivity(api, calls, time).Pages(SavedCursor.Read(cursor, MailchimpJson.Default.ActivityCursor, calls), ct).Ahead(2, ct),
        _ => throw calls.Fault(null, $"there is no stream '{stream}'; there are: contacts, events."),
    };

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            var (lists, _) = await Audiences(briefApi, ct);
            return new CheckResult(true, lists.Count == 0
                ? "Mailchimp answers, but the account has no audience yet; there is nothing to pull."
                : $"Mailchimp answers; {lists.Count} audience(s) with {lists.Sum(l => l.Stats?.MemberCount ?? 0)} subscribed members: "
                    + string.Join(", ", lists.Select(l => l.Name ?? l.Id)) + ".");
        }
        catch (ConnectorException e)
        {
            return new CheckResult(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiscoveredField>> Discover(string stream, CancellationToken ct)
    {
        if (stream == Vocabulary.Streams.Events) return [.. EventFields.Select(f => new DiscoveredField(f.Path, f.Label, Custom: false))];
        var fields = OwnFields.ToDictionary(f => f.Path, f => new DiscoveredField(f.Path, f.Label, Custom: false), StringComparer.Ordinal);
        foreach (var list in (await Audiences(api, ct)).Lists)
            foreach (var field in (await JsonBody.Of(api.MergeFields(list.Id, PageSize, ct), ct)).As(MailchimpJson.Default.MergeFieldsAnswer).MergeFields)
                fields.TryAdd($"merge_fields.{field.Tag}", new DiscoveredField($"merge_fields.{field.Tag}", field.Name ?? field.Tag, !UsualTags.Contains(field.Tag)));
        return [.. fields.Values.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public string WebhookGuide =>
        "In Mailchimp open Audience > Settings > Webhooks and add {url}?secret=SECRET, with the secret's own letters and digits for SECRET; or make the webhook by the API with signing, and take its signing secret. "
        + "Tick subscribes, unsubscribes, profile updates, cleaned and address changes, by subscribers and admins; not by the API, which would tell the hub of its own writes.";

    /// <inheritdoc/>
    public bool VerifyWebhook(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header("X-Mailchimp-Signature") is not { } signature) return WebhookSignature.IsSecret(secret, Form(request.Url.Query.TrimStart('?')).GetValueOrDefault("secret"));
        var parts = signature.Split(',').Select(p => p.Trim().Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var stamp = parts.GetValueOrDefault("t");
        return WebhookSignature.IsFresh(stamp, milliseconds: false, now, OldestWebhook)
            && WebhookSignature.IsHex(secret, [.. Encoding.UTF8.GetBytes($"{stamp}."), .. request.Body], parts.GetValueOrDefault("v1"));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookRows>> ParseWebhook(WebhookRequest request, CancellationToken ct)
    {
        var told = Form(Encoding.UTF8.GetString(request.Body));
        if (told.GetValueOrDefault("type") is not { } type) throw new FormatException("there is no field 'type'.");
        if (type is not ("subscribe" or "unsubscribe" or "profile" or "cleaned" or "upemail")) return [];
        var list = told.GetValueOrDefault("data[list_id]") ?? throw new FormatException($"the {type} has no data[list_id].");
        var address = told.GetValueOrDefault(type == "upemail" ? "data[new_email]" : "data[email]") ?? throw new FormatException($"the {type} has no address.");
        var answer = await JsonBody.Of(briefApi.Member(list, address.ToLowerInvariant(), "_links,stats", ct), ct);
        // Gone since: a full pull tells it.
        if (answer.Status == 404) return [];
        if (answer.Status != 200) throw answer.Fault(answer.Text("detail") ?? $"Mailchimp refused to show a member (HTTP {answer.Status}).");
        return [new WebhookRows(Vocabulary.Streams.Contacts, [Record(list, JsonRows.Canonical(answer.Raw() ?? [], "_links", "stats"))])];
    }

    /// <summary>The fields of a form; of one that comes twice the first.</summary>
    private static Dictionary<string, string> Form(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.Split('=', 2) is [var name, var value]) fields.TryAdd(Plain(name), Plain(value));
        return fields;

        static string Plain(string coded) => Uri.UnescapeDataString(coded.Replace('+', ' '));
    }

    private async IAsyncEnumerable<PullPage> Pages(Cursor? saved, [EnumeratorCancellation] CancellationToken ct)
    {
        var (lists, date) = await Audiences(api, ct);
        var start = (date < time.GetUtcNow() ? date.Value : time.GetUtcNow()).ToUnixTimeSeconds();
        var at = saved switch
        {
            null => new Cursor(start, null),
            { Done: true } => new Cursor(start, saved.Start - (long)Overlap.TotalSeconds),
            _ => saved,
        };
        foreach (var list in lists.Select(l => l.Id).Order(StringComparer.Ordinal))
        {
            if (string.CompareOrdinal(list, at.List) < 0) continue;   // read before the last run was interrupted
            if (list != at.List) at = new Cursor(at.Start, at.Since, list, From: at.Since);
            while (!at.ListDone)
            {
                (var records, at) = await Page(at, list, ct);
                if (records.Count > 0) yield return new PullPage(records, SavedCursor.Write(at, MailchimpJson.Default.Cursor));
            }
        }
        yield return new PullPage([], SavedCursor.Write(new Cursor(at.Start, null, Done: true), MailchimpJson.Default.Cursor));
    }

    /// <summary>
    /// Walks by the time of the last change. A member that changes meanwhile moves to the end, all behind it move forward, and by offsets alone one would slip
    /// through. So each page begins a little before the end of the page before, and must hold its last member again, unchanged; where it does not, the walk goes on
    /// from that member's time, one second before it, at offset 0. So it does every ten pages as well, since Mailchimp is slow at great offsets.
    /// </summary>
    private async Task<(IReadOnlyList<RawRecord> Records, Cursor Next)> Page(Cursor at, string list, CancellationToken ct)
    {
        // What changes later comes with the next run; in a full pull it must come now, for what is absent there counts as deleted.
        var before = at.Since is null ? null : Instant(at.Start + 1);
        var since = at.From is { } from ? Instant(from) : null;
        var status = at.Archived ? "archived" : null;
        var answer = await JsonBody.Of(api.Members(list, PageSize, at.Offset, status, since, before, "last_changed", "ASC", LeftOut, ct), ct);
        var rows = answer.Rows(["members"], "_links", "stats");
        var records = rows.Select(row => Record(list, row)).ToList();
        if (!int.TryParse(answer.Text("total_items"), CultureInfo.InvariantCulture, out var total))
            throw answer.Fault("the answer has no total_items. Is the address that of the API (--url)?");

        var anew = at with { From = at.Reached ?? at.From, Offset = 0, Anchor = null, Reached = null };
        var anchor = at.Offset > 0 ? records.FindIndex(r => r.ExternalId == at.Anchor) : -1;
        var slipped = at.Offset > 0 && (anchor < 0 || ChangedAt(rows[anchor], answer) - 1 != at.Reached);
        if (slipped) return (records, anew);
        if (rows.Count == 0 || at.Offset + rows.Count >= total)
            return (records, at.Archived ? at with { ListDone = true } : anew with { Archived = true, From = at.Since });

        var reached = ChangedAt(rows[^1], answer) - 1;
        var advances = at.From is null || reached > at.From;   // not where more than a page changed in one second, as after an import
        if (advances && at.Offset >= PagesByOffset * rows.Count) return (records, anew with { From = reached });
        var readTwice = Math.Max(1, rows.Count / 50);
        return (records, at with
        {
            Offset = at.Offset + Math.Max(1, rows.Count - readTwice),
            Anchor = records[^1].ExternalId,
            Reached = reached,
        });
    }

    private RawRecord Record(string list, byte[] row)
    {
        var id = JsonRows.Text(row, "id") ?? throw calls.Fault(null, "a member in the answer has no id. Is the address that of the API (--url)?");
        return new RawRecord($"{list}:{id}", row, Deleted: JsonRows.Text(row, "status") == "archived");
    }

    private static async Task<(IReadOnlyList<Audience> Lists, DateTimeOffset? Date)> Audiences(IMailchimpApi api, CancellationToken ct)
    {
        var lists = new List<Audience>();
        while (true)
        {
            var answer = await JsonBody.Of(api.Lists(PageSize, lists.Count, "lists.id,lists.name,lists.stats.member_count,total_items", ct), ct);
            var page = answer.As(MailchimpJson.Default.ListsAnswer);
            if (page.Lists is null) throw answer.Fault("the answer has no list 'lists'. Is the address that of the API (--url)?");
            lists.AddRange(page.Lists);
            if (page.Lists.Count == 0 || lists.Count >= page.TotalItems) return (lists, answer.Date);
        }
    }

    /// <summary>An API key ends in the data centre that it belongs to: <c>…-us19</c>.</summary>
    private static Uri Address(ConnectorContext context)
    {
        if (context.Url is { } url)
            return url.AbsolutePath.TrimEnd('/').EndsWith("/3.0", StringComparison.Ordinal) ? url : new Uri(url.AbsoluteUri.TrimEnd('/') + "/3.0");
        var centre = context.Token?.Split('-')[^1] ?? "";
        if (centre.Length is >= 2 and <= 6 && centre != context.Token && centre.All(char.IsAsciiLetterOrDigit))
            return new Uri($"https://{centre}.api.mailchimp.com/3.0");
        throw new ConnectorException(
            $"Source '{context.Source}': the token does not end in a data centre such as -us19, as Mailchimp's API keys do. "
            + "Copy the whole key, or give the address: --url https://us19.api.mailchimp.com");
    }

    private static string Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static long ChangedAt(byte[] row, JsonBody answer) =>
        DateTimeOffset.TryParse(JsonRows.Text(row, "last_changed"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUnixTimeSeconds()
            : throw answer.Fault("a member in the answer has no last_changed. Is the address that of the API (--url)?");
}
