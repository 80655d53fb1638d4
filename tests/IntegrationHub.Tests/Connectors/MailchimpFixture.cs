using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors.Mailchimp;

namespace IntegrationHub.Tests.Connectors;

public sealed class MailchimpContract : HttpConnectorContract<MailchimpConnector>;

/// <summary>Mailchimp with the recorded members of two audiences, two a page whatever count is asked for; four of them changed in one second.</summary>
public sealed class MailchimpFixture : ContractFixture<MailchimpConnector>
{
    public MailchimpFixture() => Account = new MailchimpStandIn(Token);

    public MailchimpStandIn Account { get; }

    public override StandIn Server => Account;

    public override bool IsOfDeeds(string stream) => stream == "events";

    public override IReadOnlyList<string> Living(string stream) => stream == "events" ? Account.Deeds : [.. Account.Members.Where(m => MailchimpStandIn.Text(m, "status") != "archived").Select(MailchimpStandIn.Key)];

    public override void Change(string stream, string id)
    {
        var member = Account.Members.Single(m => MailchimpStandIn.Key(m) == id);
        member["merge_fields"]!["FNAME"] = "Changed at " + Clock.GetUtcNow().ToString("O");
        member["last_changed"] = Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz");
    }

    /// <summary>For ever: only a full pull can tell.</summary>
    public override void Delete(string stream, string id) => Account.Members.RemoveAll(m => MailchimpStandIn.Key(m) == id);
}

public sealed class MailchimpStandIn : StandIn
{
    private readonly string credentials;

    public MailchimpStandIn(string key)
    {
        credentials = key;
        foreach (var file in (string[])["members-newsletter.json", "members-customers.json", "members-archived.json"])
            foreach (var member in JsonNode.Parse(ConnectorFolder.Recorded<MailchimpConnector>(file))!["members"]!.AsArray())
                Members.Add(member!.DeepClone().AsObject());
    }

    public List<JsonObject> Members { get; } = [];

    public int PageSize { get; set; } = 2;

    public static string Text(JsonObject member, string name) => member[name]!.GetValue<string>();

    public static string Key(JsonObject member) => $"{Text(member, "list_id")}:{Text(member, "id")}";

    protected override Answer Serve(Call call)
    {
        var basic = call.Headers.GetValueOrDefault("Authorization")?.Split(' ') is ["Basic", var pair] ? Encoding.UTF8.GetString(Convert.FromBase64String(pair)) : ":";
        if (basic.Split(':', 2)[1] != credentials)
            return new Answer(401, """{"type":"https://mailchimp.com/developer/marketing/docs/errors/","title":"API Key Invalid","status":401,"detail":"Your API key may be invalid, or you've attempted to access the wrong datacenter.","instance":"a1b2"}""");
        var path = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path switch
        {
            ["3.0", "lists"] => new Answer(200, ConnectorFolder.Recorded<MailchimpConnector>("lists.json")),
            ["3.0", "reports"] => Cut("reports", [.. Reports.Select(r => r.DeepClone().AsObject())], call.Query),
            ["3.0", "reports", var campaign, var part] => Cut(part switch { "email-activity" => "emails", "unsubscribed" => "unsubscribes", _ => "abuse_reports" }, Report(campaign, part, Instant(call.Query, "since")), call.Query),
            ["3.0", "lists", var list, "members", var member] => Members.SingleOrDefault(m => Text(m, "list_id") == list && Text(m, "email_address") == Uri.UnescapeDataString(member)) is { } one
                ? Answer.Json(one) : new Answer(404, """{"title":"Resource Not Found","status":404,"detail":"The requested resource could not be found."}"""),
            ["3.0", "lists", _, "merge-fields"] => new Answer(200, ConnectorFolder.Recorded<MailchimpConnector>("merge-fields.json")),
            ["3.0", "lists", var list, "members"] => List(list, call.Query),
            _ => new Answer(404, """{"title":"Resource Not Found","status":404,"detail":"The requested resource could not be found."}"""),
        };
    }

    /// <summary>The recorded campaigns, each with its lists.</summary>
    public List<JsonObject> Reports { get; } =
        [.. JsonNode.Parse(ConnectorFolder.Recorded<MailchimpConnector>("reports.json"))!["reports"]!.AsArray().Select(r => r!.DeepClone().AsObject())];

    /// <summary>The ids of all that members did, written out by hand.</summary>
    public List<string> Deeds { get; } =
    [
        "42694e9e57:9e26f1c2f0a6d2b7a0d2f5b3a9d0e111:open:2026-01-10T09:00:00+00:00",
        "42694e9e57:9e26f1c2f0a6d2b7a0d2f5b3a9d0e111:click:2026-01-10T09:01:00+00:00:cacfe09f",
        "42694e9e57:aa26f1c2f0a6d2b7a0d2f5b3a9d0e222:open:2026-01-10T10:00:00+00:00",
        "42694e9e57:bb26f1c2f0a6d2b7a0d2f5b3a9d0e333:bounce:2026-01-10T08:31:00+00:00",
        "42694e9e57:aa26f1c2f0a6d2b7a0d2f5b3a9d0e222:unsubscribe:2026-01-10T10:02:00+00:00",
        "9f1c00aa21:9e26f1c2f0a6d2b7a0d2f5b3a9d0e111:open:2026-02-10T09:00:00+00:00",
        "9f1c00aa21:cc26f1c2f0a6d2b7a0d2f5b3a9d0e444:complaint:2026-02-10T11:00:00+00:00",
    ];

    private List<JsonObject> Report(string campaign, string part, DateTimeOffset? since)
    {
        var rows = Reports.Single(r => Text(r, "id") == campaign)[part]!.AsArray().Select(r => r!.DeepClone().AsObject()).ToList();
        if (since is not { } from || part != "email-activity") return rows;
        foreach (var row in rows) row["activity"] = new JsonArray([.. row["activity"]!.AsArray().Where(a => DateTimeOffset.Parse(Text(a!.AsObject(), "timestamp"), CultureInfo.InvariantCulture) > from).Select(a => a!.DeepClone())]);
        return [.. rows.Where(r => r["activity"]!.AsArray().Count > 0)];
    }

    private Answer Cut(string name, List<JsonObject> rows, IReadOnlyDictionary<string, string> query)
    {
        var page = rows.Skip(int.Parse(query["offset"], CultureInfo.InvariantCulture)).Take(Math.Min(PageSize, int.Parse(query["count"], CultureInfo.InvariantCulture)));
        return Answer.Json(new JsonObject { [name] = new JsonArray([.. page]), ["total_items"] = rows.Count });
    }

    private Answer List(string list, IReadOnlyDictionary<string, string> query)
    {
        var since = Instant(query, "since_last_changed") ?? DateTimeOffset.MinValue;
        var before = Instant(query, "before_last_changed") ?? DateTimeOffset.MaxValue;
        var status = query.GetValueOrDefault("status");
        var found = Members
            .Where(m => Text(m, "list_id") == list && (status is null ? Text(m, "status") != "archived" : Text(m, "status") == status))
            .Where(m => Changed(m) > since && Changed(m) < before)
            .OrderBy(Changed).ToList();
        var page = found.Skip(int.Parse(query["offset"], CultureInfo.InvariantCulture)).Take(Math.Min(PageSize, int.Parse(query["count"], CultureInfo.InvariantCulture)));
        return Answer.Json(new JsonObject { ["members"] = new JsonArray([.. page.Select(m => m.DeepClone())]), ["list_id"] = list, ["total_items"] = found.Count });
    }

    private static DateTimeOffset Changed(JsonObject member) => DateTimeOffset.Parse(Text(member, "last_changed"), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Instant(IReadOnlyDictionary<string, string> query, string name) =>
        query.TryGetValue(name, out var text) ? DateTimeOffset.ParseExact(text, "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture) : null;
}
