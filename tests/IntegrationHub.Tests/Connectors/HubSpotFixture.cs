using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors.HubSpot;

namespace IntegrationHub.Tests.Connectors;

public sealed class HubSpotContract : HttpConnectorContract<HubSpotConnector>;

/// <summary>HubSpot with the recorded contacts, two a page whatever limit is asked for.</summary>
public sealed class HubSpotFixture : ContractFixture<HubSpotConnector>
{
    public HubSpotFixture() => Account = new HubSpotStandIn(Token);

    public HubSpotStandIn Account { get; }

    public override StandIn Server => Account;

    public override IReadOnlyList<string> Living(string stream) => [.. Account.Contacts.Where(c => !HubSpotStandIn.IsArchived(c)).Select(HubSpotStandIn.Id)];

    public override void Change(string stream, string id)
    {
        var contact = Account.Contacts.Single(c => HubSpotStandIn.Id(c) == id);
        contact["properties"]!["jobtitle"] = "Changed at " + Clock.GetUtcNow().ToString("O");
        HubSpotStandIn.Touch(contact, Clock.GetUtcNow());
    }

    public override void Delete(string stream, string id)
    {
        var contact = Account.Contacts.Single(c => HubSpotStandIn.Id(c) == id);
        contact["archived"] = true;
        contact["archivedAt"] = Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
    }
}

public sealed class HubSpotStandIn : StandIn
{
    private readonly string token;

    public HubSpotStandIn(string token)
    {
        this.token = token;
        foreach (var file in (string[])["contacts-page-1.json", "contacts-page-2.json", "contacts-archived.json"])
            foreach (var contact in JsonNode.Parse(ConnectorFolder.Recorded<HubSpotConnector>(file))!["results"]!.AsArray())
                Contacts.Add(contact!.DeepClone().AsObject());
    }

    public List<JsonObject> Contacts { get; } = [];

    public int PageSize { get; set; } = 2;

    public JsonNode Properties { get; } = JsonNode.Parse(ConnectorFolder.Recorded<HubSpotConnector>("properties.json"))!;

    public static string Id(JsonObject contact) => contact["id"]!.GetValue<string>();

    public static bool IsArchived(JsonObject contact) => contact["archived"]!.GetValue<bool>();

    public static void Touch(JsonObject contact, DateTimeOffset at)
    {
        contact["updatedAt"] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        contact["properties"]!["lastmodifieddate"] = contact["updatedAt"]!.DeepClone();
    }

    protected override Answer Serve(Call call)
    {
        if (call.Headers.GetValueOrDefault("Authorization") != "Bearer " + token)
            return new Answer(401, """{"status":"error","message":"Authentication credentials not found. This API supports OAuth 2.0 authentication","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"INVALID_AUTHENTICATION"}""");
        return (call.Method, call.Path) switch
        {
            ("GET", "/crm/v3/properties/contacts") => Answer.Json(Properties),
            ("GET", "/crm/v3/objects/contacts") => List(call),
            ("POST", "/crm/v3/objects/contacts/search") => Search(call.Json),
            ("POST", "/crm/v3/objects/contacts/batch/read") => Read(call),
            ("POST", "/crm/v3/objects/contacts/batch/update") => Update(call.Json),
            ("POST", "/crm/v3/objects/notes") => MakeNote(call.Json),
            ("POST", "/crm/v3/objects/notes/batch/read") => Answer.Json(new JsonObject { ["results"] = new JsonArray([.. Notes.Where((_, i) => call.Json["inputs"]!.AsArray().Any(x => x!["id"]!.GetValue<string>() == $"{900 + i}")).Select(n => (JsonNode)n.DeepClone())]) }),
            ("GET", var path) when path.EndsWith("/associations/notes", StringComparison.Ordinal) => Answer.Json(new JsonObject { ["results"] = new JsonArray([.. Notes.Select((_, i) => (JsonNode)new JsonObject { ["toObjectId"] = 900 + i })]) }),
            ("POST", var path) when path.StartsWith("/communication-preferences/v4/statuses/", StringComparison.Ordinal) => Unsubscribe(path.Split('/')[4], call),
            _ => new Answer(404, """{"status":"error","message":"No such path"}"""),
        };
    }

    public List<JsonObject> Notes { get; } = [];

    public List<string> Unsubscribed { get; } = [];

    private Answer MakeNote(JsonNode note)
    {
        if (note["associations"]![0]!["types"]![0]!["associationTypeId"]!.GetValue<int>() != 202) return new Answer(400, """{"status":"error","message":"no such association","category":"VALIDATION_ERROR"}""");
        Notes.Add(note.DeepClone().AsObject());
        return new Answer(201, """{"id":"900"}""");
    }

    private Answer Unsubscribe(string address, Call call)
    {
        if (call.Query.GetValueOrDefault("channel") != "EMAIL") return new Answer(400, """{"status":"error","message":"channel is required","category":"VALIDATION_ERROR"}""");
        var email = Uri.UnescapeDataString(address);
        if (Unsubscribed.Contains(email)) return new Answer(400, """{"status":"error","message":"The contact is already unsubscribed from all","category":"VALIDATION_ERROR"}""");
        Unsubscribed.Add(email);
        return new Answer(200, """{"status":"COMPLETE","results":[]}""");
    }

    private Answer List(Call call)
    {
        var archived = call.Query.GetValueOrDefault("archived") is "true" or "True";
        var after = long.Parse(call.Query.GetValueOrDefault("after", "0"), CultureInfo.InvariantCulture);
        var page = Contacts.Where(c => IsArchived(c) == archived && Number(c) > after).OrderBy(Number).ToList();
        var size = Math.Min(PageSize, int.Parse(call.Query["limit"], CultureInfo.InvariantCulture));
        string[] properties = call.Query.TryGetValue("properties", out var list) ? list.Split(',') : ["email", "hs_object_id"];
        var answer = new JsonObject { ["results"] = new JsonArray([.. page.Take(size).Select(c => Only(c, properties))]) };
        if (page.Count > size) answer["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = Id(page[size - 1]), ["link"] = "?" } };
        return Answer.Json(answer);
    }

    private Answer Search(JsonNode request)
    {
        if (request["after"]!.GetValue<string>() != "0") return new Answer(400, """{"status":"error","message":"paging past 10000 is what this connector must not need","category":"VALIDATION_ERROR"}""");
        if (request["sorts"]![0]!.GetValue<string>() != "hs_object_id") return new Answer(400, """{"status":"error","message":"sort by id, or ties are torn apart","category":"VALIDATION_ERROR"}""");
        var found = Contacts.Where(c => !IsArchived(c) && request["filterGroups"]![0]!["filters"]!.AsArray().All(f => Holds(c, f!))).OrderBy(Number).ToList();
        var size = Math.Min(PageSize, request["limit"]!.GetValue<int>());
        string[] properties = [.. request["properties"]!.AsArray().Select(p => p!.GetValue<string>())];
        return Answer.Json(new JsonObject { ["total"] = found.Count, ["results"] = new JsonArray([.. found.Take(size).Select(c => Only(c, properties))]) });
    }

    private Answer Read(Call call)
    {
        var ids = call.Json["inputs"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()).ToHashSet();
        string[] properties = [.. call.Json["properties"]!.AsArray().Select(p => p!.GetValue<string>())];
        return Answer.Json(new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray([.. Contacts.Where(c => ids.Contains(Id(c))).Select(c => Only(c, properties))]) });
    }

    /// <summary>As HubSpot does: a bad e-mail address refuses the whole batch, an unknown contact only itself.</summary>
    private Answer Update(JsonNode request)
    {
        var inputs = request["inputs"]!.AsArray().Select(i => i!.AsObject()).ToList();
        if (inputs.Count > 100) return new Answer(400, """{"status":"error","message":"too many inputs"}""");
        if (inputs.Any(i => i["properties"]!["email"] is { } email && !email.GetValue<string>().Contains('@')))
            return new Answer(400, """{"status":"error","message":"Property values were not valid: email is invalid","correlationId":"aeb5f871-7f07-4993-9211-075dc63e7cbf","category":"VALIDATION_ERROR"}""");
        JsonArray results = [], errors = [];
        foreach (var input in inputs)
        {
            var id = input["id"]!.GetValue<string>();
            if (Contacts.SingleOrDefault(c => Id(c) == id) is not { } contact)
            {
                errors.Add(new JsonObject { ["status"] = "error", ["category"] = "OBJECT_NOT_FOUND", ["message"] = "Could not get some CONTACT objects, they may be deleted or not exist", ["context"] = new JsonObject { ["ids"] = new JsonArray(id) } });
                continue;
            }
            foreach (var (name, value) in input["properties"]!.AsObject()) contact["properties"]![name] = value!.DeepClone();
            results.Add(new JsonObject { ["id"] = id, ["properties"] = new JsonObject() });
        }
        var answer = new JsonObject { ["status"] = "COMPLETE", ["results"] = results };
        if (errors.Count > 0) (answer["numErrors"], answer["errors"]) = (errors.Count, errors);
        return Answer.Json(answer) with { Status = errors.Count > 0 ? 207 : 200 };
    }

    private static JsonObject Only(JsonObject contact, string[] properties)
    {
        var copy = contact.DeepClone().AsObject();
        var kept = new JsonObject();
        foreach (var name in properties) kept[name] = contact["properties"]![name]?.DeepClone();
        copy["properties"] = kept;
        return copy;
    }

    private static bool Holds(JsonObject contact, JsonNode filter)
    {
        var (name, value) = (filter["propertyName"]!.GetValue<string>(), long.Parse(filter["value"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        var has = name == "hs_object_id" ? Number(contact) : DateTimeOffset.Parse(contact["properties"]![name]!.GetValue<string>(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        return filter["operator"]!.GetValue<string>() switch { "GTE" => has >= value, "GT" => has > value, _ => throw new InvalidOperationException("operator") };
    }

    private static long Number(JsonObject contact) => long.Parse(Id(contact), CultureInfo.InvariantCulture);
}
