using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using IntegrationHub.Connect;
using IntegrationHub.Connect.Http;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot CRM: contacts, both ways. See README.md beside this file.</summary>
[Connector("hubspot", "HubSpot", NeedsToken = true, DefaultUrl = "https://api.hubapi.com")]
public sealed class HubSpotConnector : IConnector, IDiscover, IPush, ISuppress, ILogActivity, IWebhooks
{
    private const int ListLimit = 100;
    private const int SearchLimit = 200;

    /// <summary>HubSpot cuts off long addresses; accounts with more properties than fit are read by batch.</summary>
    private const int LongestPropertyList = 6000;

    /// <summary>The search index lags behind writes by seconds to minutes.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>A request that was signed longer ago may be somebody else's copy.</summary>
    private static readonly TimeSpan OldestWebhook = TimeSpan.FromMinutes(5);

    /// <summary>HubSpot's own properties that say something of a contact; it has hundreds more, of analytics and of sales. The account's own properties come all.</summary>
    private static readonly string[] OwnProperties =
    [
        "address", "city", "company", "country", "createdate", "date_of_birth", "email", "fax", "firstname", "gender", "hs_additional_emails",
        "hs_analytics_last_visit_timestamp", "hs_content_membership_status", "hs_country_region_code", "hs_email_bad_address", "hs_email_hard_bounce_reason_enum", "hs_email_last_click_date",
        "hs_email_last_open_date", "hs_email_last_reply_date", "hs_email_optout", "hs_language", "hs_lead_status", "hs_legal_basis", "hs_marketable_status",
        "hs_merged_object_ids", "hs_object_id", "hs_sales_email_last_clicked", "hs_sales_email_last_opened", "hs_sales_email_last_replied", "hs_state_code", "hs_timezone", "hs_whatsapp_phone_number", "hubspot_owner_id", "industry", "jobtitle", "lastmodifieddate", "lastname",
        "lifecyclestage", "mobilephone", "notes_last_contacted", "phone", "recent_conversion_date", "recent_deal_close_date", "salutation", "state", "website", "work_email", "zip",
    ];

    private readonly SourceCalls calls;
    private readonly TimeProvider time;
    private readonly IHubSpotApi api;
    private readonly IHubSpotApi briefApi;

    /// <summary>For one configured source.</summary>
    public HubSpotConnector(ConnectorContext context)
    {
        var url = PrivateAddresses.RequireTls(context.Url ?? new Uri("https://api.hubapi.com"), context.Source.Value);
        calls = new SourceCalls(context, "HubSpot", url, () => new HubSpotPace(),
            "In HubSpot open Settings > Integrations > Private Apps and give the app the scopes crm.objects.contacts.read and crm.schemas.contacts.read, "
            + "and crm.objects.contacts.write for writing back and for notes, and communication_preferences.read_write for unsubscribing.")
        {
            PublicOnly = url.Host == "api.hubapi.com",
        };
        time = context.Time;
        void Authorise(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Bearer", context.Token);
        api = calls.Api<IHubSpotApi>(HubSpotJson.Default, Authorise);
        briefApi = (calls with { Brief = true }).Api<IHubSpotApi>(HubSpotJson.Default, Authorise);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StreamDescription> Streams { get; } = [new(Vocabulary.Streams.Contacts, DeletionStyle.Reported)];

    /// <inheritdoc/>
    public IAsyncEnumerable<PullPage> Pull(string stream, string? cursor, CancellationToken ct) =>
        stream == Vocabulary.Streams.Contacts
            ? Pages(SavedCursor.Read(cursor, HubSpotJson.Default.Cursor, calls), ct).Ahead(2, ct)
            : throw calls.Fault(null, $"there is no stream '{stream}'; there is: contacts.");

    /// <inheritdoc/>
    public async Task<CheckResult> Check(CancellationToken ct)
    {
        try
        {
            var properties = (await JsonBody.Of(briefApi.Properties(ct), ct)).As(HubSpotJson.Default.PropertiesAnswer).Results;
            var contacts = (await JsonBody.Of(briefApi.List(1, null, "email", false, ct), ct)).Rows(["results"]);
            return new CheckResult(true, $"HubSpot answers; {(contacts.Count == 0 ? "it has no contacts yet" : "contacts can be read")}, "
                + $"with {properties.Count} properties, {properties.Count(p => p.HubspotDefined == false)} of them the account's own.");
        }
        catch (ConnectorException e)
        {
            return new CheckResult(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiscoveredField>> Discover(string stream, CancellationToken ct) =>
        [.. (await JsonBody.Of(api.Properties(ct), ct)).As(HubSpotJson.Default.PropertiesAnswer).Results
            .Where(p => p.Archived != true)
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new DiscoveredField("properties." + p.Name, p.Label ?? p.Name, p.HubspotDefined == false))];

    /// <inheritdoc/>
    public Task<IReadOnlyList<PushResult>> Push(string stream, IReadOnlyList<PushWrite> writes, CancellationToken ct) => new HubSpotPush(api).Push(writes, ct);

    /// <inheritdoc/>
    public IReadOnlyList<Channel> SuppressedChannels { get; } = [Channel.Email];

    /// <inheritdoc/>
    public Task<IReadOnlyList<PushResult>> Suppress(string stream, IReadOnlyList<SuppressWrite> writes, CancellationToken ct) => new HubSpotContactWord(api).Suppress(writes, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PushResult>> Log(string stream, IReadOnlyList<ActivityWrite> writes, CancellationToken ct) => new HubSpotContactWord(api).Log(writes, ct);

    /// <inheritdoc/>
    public string WebhookGuide =>
        "In HubSpot open the private app (Settings > Integrations > Private Apps), there Webhooks, give {url} as target and subscribe to contacts created, deleted, merged and the properties that matter. "
        + "The secret is the app's client secret.";

    /// <inheritdoc/>
    public bool VerifyWebhook(WebhookRequest request, string secret, DateTimeOffset now)
    {
        // https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests, version 3.
        var stamp = request.Header("X-HubSpot-Request-Timestamp");
        return request.Method == "POST" && WebhookSignature.IsFresh(stamp, milliseconds: true, now, OldestWebhook)
            && WebhookSignature.IsBase64(secret, [.. Encoding.UTF8.GetBytes(request.Method + request.Url.AbsoluteUri), .. request.Body, .. Encoding.UTF8.GetBytes(stamp ?? "")], request.Header("X-HubSpot-Signature-v3"));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookRows>> ParseWebhook(WebhookRequest request, CancellationToken ct)
    {
        var ids = HubSpotWebhook.ContactsIn(request.Body);
        var records = new List<RawRecord>(ids.Count);
        if (ids.Count == 0) return [];
        var properties = Wanted(await JsonBody.Of(briefApi.Properties(ct), ct));
        foreach (var some in ids.Chunk(ListLimit))
        {
            var answer = await JsonBody.Of(briefApi.Read(new ReadRequest(properties, [.. some.Select(id => new ReadInput(id))], []), false, ct), ct);
            var living = answer.Rows(["results"]).Select(row => new RawRecord(Id(row), row)).ToList();
            records.AddRange(living);
            // Whoever is left out of the answer was deleted, or merged into another.
            records.AddRange(some.Except(living.Select(r => r.ExternalId)).Select(id => new RawRecord(id, null, Deleted: true)));
        }

        return [new WebhookRows(Vocabulary.Streams.Contacts, records)];
    }

    private async IAsyncEnumerable<PullPage> Pages(Cursor? saved, [EnumeratorCancellation] CancellationToken ct)
    {
        var answer = await JsonBody.Of(api.Properties(ct), ct);
        var properties = Wanted(answer);

        var start = Earlier(time.GetUtcNow(), answer.Date).ToUnixTimeMilliseconds();
        var at = saved switch
        {
            null => new Cursor(Phase.List, start, null),
            { Phase: Phase.Done } => new Cursor(Phase.Search, start, saved.Start - (long)Overlap.TotalMilliseconds),
            _ => saved,
        };
        while (at.Phase != Phase.Done)
        {
            (var records, at) = at.Phase switch
            {
                Phase.List => await List(at, properties, archived: false, ct),
                Phase.Search => await Search(at, properties, ct),
                _ => await List(at, properties, archived: true, ct),
            };
            if (records.Count > 0 || at.Phase == Phase.Done) yield return new PullPage(records, SavedCursor.Write(at, HubSpotJson.Default.Cursor));
        }
    }

    /// <summary>The properties that are read, out of all that the account has.</summary>
    private static string[] Wanted(JsonBody answer) =>
        [.. answer.As(HubSpotJson.Default.PropertiesAnswer).Results.Where(p => p.Archived != true && IsWanted(p)).Select(p => p.Name).Order(StringComparer.Ordinal)];

    private async Task<(IReadOnlyList<RawRecord> Records, Cursor Next)> List(Cursor at, string[] properties, bool archived, CancellationToken ct)
    {
        var list = string.Join(',', properties);
        var byBatch = list.Length > LongestPropertyList;
        var answer = await JsonBody.Of(api.List(ListLimit, at.After, byBatch ? null : list, archived, ct), ct);
        var rows = answer.Rows(["results"]);
        if (byBatch && rows.Count > 0)
        {
            var request = new ReadRequest(properties, [.. rows.Select(r => new ReadInput(Id(r)))], []);
            rows = (await JsonBody.Of(api.Read(request, archived, ct), ct)).Rows(["results"]);
        }
        var records = new List<RawRecord>(rows.Count);
        foreach (var row in rows)
            if (!archived || at.Since is null || !(ArchivedAt(row) < at.Since)) records.Add(new RawRecord(Id(row), row, archived));
        var after = answer.Text("paging", "next", "after");
        return (records, at with { After = after, Phase = after is not null ? at.Phase : archived ? Phase.Done : Phase.Archived });
    }

    /// <summary>
    /// Always the first page of a search that begins behind the last id: HubSpot's own paging ends after 10,000 results, and a bulk edit gives more contacts
    /// than that one and the same time.
    /// </summary>
    private async Task<(IReadOnlyList<RawRecord> Records, Cursor Next)> Search(Cursor at, string[] properties, CancellationToken ct)
    {
        var since = (at.Since ?? 0).ToString(CultureInfo.InvariantCulture);
        var lastId = at.LastId.ToString(CultureInfo.InvariantCulture);
        var request = new SearchRequest(
            [new FilterGroup([new Filter("lastmodifieddate", "GTE", since), new Filter("hs_object_id", "GT", lastId)])],
            ["hs_object_id"], properties, SearchLimit, "0");
        var answer = await JsonBody.Of(api.Search(request, ct), ct);
        var records = new List<RawRecord>(SearchLimit);
        var reached = at.LastId;
        var rows = answer.Rows(["results"]);
        foreach (var row in rows)
        {
            var id = Id(row);
            records.Add(new RawRecord(id, row));
            reached = Math.Max(reached, long.Parse(id, CultureInfo.InvariantCulture));
            foreach (var merged in MergedInto(row, id)) records.Add(new RawRecord(merged, null, Deleted: true));
        }
        var isLast = rows.Count == 0 || reached == at.LastId
            || long.TryParse(answer.Text("total"), CultureInfo.InvariantCulture, out var total) && total <= rows.Count;
        return (records, isLast ? at with { Phase = Phase.Archived, LastId = 0 } : at with { LastId = reached });
    }

    /// <summary>Contacts that were merged into this one are neither listed nor archived any more.</summary>
    private static IEnumerable<string> MergedInto(byte[] row, string id) =>
        JsonRows.Text(row, "properties", "hs_merged_object_ids") is { Length: > 0 } ids
            ? ids.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(merged => merged != id)
            : [];

    private string Id(byte[] row) => JsonRows.Text(row, "id") ?? throw calls.Fault(null, "a contact in the answer has no id. Is the address that of the API (--url)?");

    private static long? ArchivedAt(byte[] row) =>
        DateTimeOffset.TryParse(JsonRows.Text(row, "archivedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeMilliseconds() : null;

    private static bool IsWanted(Property property) =>
        property.HubspotDefined == false
        || property.Name.StartsWith("hs_email_optout_", StringComparison.Ordinal)   // one subscription type each
        || OwnProperties.Contains(property.Name, StringComparer.Ordinal);

    private static DateTimeOffset Earlier(DateTimeOffset here, DateTimeOffset? there) => there < here ? there.Value : here;
}
