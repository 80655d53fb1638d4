using System.Globalization;
using System.Text;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>The CRM API of HubSpot for contacts, as far as integrations use it. Paths of v3 and of the dated versions.</summary>
public sealed partial class HubSpotApi(HubSpotAccount account, HubSpotGate gate, TimeProvider time)
{
    private const int MaxPage = 100;
    private const int MaxBatch = 100;

    /// <summary>The properties that come back when a request names none.</summary>
    private static readonly int[] Default =
        [.. new[] { "createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname" }.Select(HubSpotProperty.At)];

    private static readonly int[] Always = [.. new[] { "createdate", "hs_object_id", "lastmodifieddate" }.Select(HubSpotProperty.At)];

    private static readonly JsonEncodedText[] Names = [.. HubSpotProperty.All.Select(p => JsonEncodedText.Encode(p.Name))];

    /// <summary>Maps all paths below the vendor's base.</summary>
    public void Map(RouteGroupBuilder root)
    {
        foreach (var contacts in new[] { "/crm/v3/objects/contacts", "/crm/objects/2026-03/contacts", "/crm/objects/2026-09/contacts" })
        {
            root.MapGet(contacts, gate.Guard(List));
            root.MapPost(contacts, gate.Guard(Create));
            root.MapPost(contacts + "/search", gate.Guard(Search));
            root.MapPost(contacts + "/batch/read", gate.Guard(BatchRead));
            root.MapPost(contacts + "/batch/create", gate.Guard(context => BatchWrite(context, BatchKind.Create)));
            root.MapPost(contacts + "/batch/update", gate.Guard(context => BatchWrite(context, BatchKind.Update)));
            root.MapPost(contacts + "/batch/upsert", gate.Guard(context => BatchWrite(context, BatchKind.Upsert)));
            root.MapPost(contacts + "/batch/archive", gate.Guard(BatchArchive));
            root.MapPost(contacts + "/gdpr-delete", gate.Guard(Erase));
            root.MapGet(contacts + "/{id}", gate.Guard(Get));
            root.MapPatch(contacts + "/{id}", gate.Guard(Update));
            root.MapDelete(contacts + "/{id}", gate.Guard(Delete));
        }
        foreach (var properties in new[] { "/crm/v3/properties/contacts", "/crm/properties/2026-03/contacts", "/crm/properties/2026-09/contacts" })
        {
            root.MapGet(properties, gate.Guard(ListProperties));
            root.MapGet(properties + "/{name}", gate.Guard(GetProperty));
        }
        root.MapGet("/account-info/v3/details", gate.Guard(AccountDetails));
        root.MapFallback(gate.Guard(context =>
            HubSpotError.Write(context, 404, "OBJECT_NOT_FOUND", $"No resource at {context.Request.Method} {context.Request.Path}.")));
    }

    private async Task List(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = 10;
        if (query.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxPage))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", $"Page size must be between 1 and {MaxPage}: limit was '{asked}'.");
            return;
        }
        long after = 0;
        if (query.TryGetValue("after", out var cursor) && !TryReadCursor(cursor.ToString(), out after))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", $"The paging cursor after '{cursor}' is not valid.");
            return;
        }
        var properties = Requested(query["properties"].SelectMany(p => (p ?? "").Split(',')));
        var archived = string.Equals(query["archived"], "true", StringComparison.OrdinalIgnoreCase);
        await Reply.Json(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            long? next = null;
            lock (account.Lock)
            {
                var written = 0;
                for (var i = account.LowerBound(after); i < account.Contacts.Count; i++)
                {
                    var contact = account.Contacts[i];
                    if (contact.ArchivedAt is not null != archived) continue;
                    if (written == limit)
                    {
                        next = contact.Id;
                        break;
                    }
                    WriteContact(json, contact, properties);
                    written++;
                }
            }
            json.WriteEndArray();
            if (next is { } id) WriteNext(json, WriteCursor(id));
            json.WriteEndObject();
        });
    }

    private async Task Get(HttpContext context)
    {
        var query = context.Request.Query;
        var properties = Requested(query["properties"].SelectMany(p => (p ?? "").Split(',')));
        var id = (string)context.Request.RouteValues["id"]!;
        var archived = string.Equals(query["archived"], "true", StringComparison.OrdinalIgnoreCase);
        Action<Utf8JsonWriter>? answer = null;
        lock (account.Lock)
        {
            var contact = archived ? account.FindAny(id) : account.Find(id, query["idProperty"]);
            if (contact is not null && contact.ArchivedAt is not null == archived) answer = Rendered(json => WriteContact(json, contact, properties));
        }
        await (answer is null ? NotFound(context) : Reply.Json(context, 200, answer));
    }

    private async Task BatchRead(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (!TryInputs(body, out var inputs, out var problem))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", problem);
            return;
        }
        var root = body!.RootElement;
        var properties = Requested(Strings(root, "properties"));
        var idProperty = Text(root, "idProperty");
        var archived = string.Equals(context.Request.Query["archived"], "true", StringComparison.OrdinalIgnoreCase);
        List<string> missing = [];
        var found = Rendered(json =>
        {
            json.WriteStartArray("results");
            lock (account.Lock)
            {
                foreach (var id in inputs.Select(i => Text(i, "id") ?? ""))
                {
                    var contact = archived ? account.FindAny(id) : account.Find(id, idProperty);
                    if (contact is not null && contact.ArchivedAt is not null == archived) WriteContact(json, contact, properties);
                    else missing.Add(id);
                }
            }
            json.WriteEndArray();
        }, inObject: true);
        await Reply.Json(context, missing.Count == 0 ? 200 : 207, json => WriteBatch(json, found, missing.Count == 0 ? [] : [NotFoundIn(missing)]));
    }

    private Task ListProperties(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var property in HubSpotProperty.All) WriteProperty(json, property);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private Task GetProperty(HttpContext context)
    {
        var at = HubSpotProperty.IndexOf((string)context.Request.RouteValues["name"]!);
        return at < 0 ? NotFound(context) : Reply.Json(context, 200, json => WriteProperty(json, HubSpotProperty.All[at]));
    }

    private Task AccountDetails(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("portalId", 62515);
        json.WriteString("accountType", "STANDARD");
        json.WriteString("timeZone", "Europe/Berlin");
        json.WriteString("companyCurrency", "EUR");
        json.WriteString("dataHostingLocation", "eu1");
        json.WriteString("uiDomain", "app.hubspot.com");
        json.WriteEndObject();
    });

    private static Task NotFound(HttpContext context) => HubSpotError.Write(context, 404, "OBJECT_NOT_FOUND", "resource not found");

    private static void WriteContact(Utf8JsonWriter json, HubSpotContact contact, int[] properties, bool? isNew = null)
    {
        json.WriteStartObject();
        json.WriteString("id", contact[HubSpotProperty.At("hs_object_id")]);
        json.WriteStartObject("properties");
        foreach (var property in properties)
        {
            json.WritePropertyName(Names[property]);
            json.WriteRawValue(contact.Encoded(property), skipInputValidation: true);
        }
        json.WriteEndObject();
        json.WriteString("createdAt", HubSpotContact.Stamp(contact.Created));
        json.WritePropertyName("updatedAt");
        json.WriteRawValue(contact.Encoded(HubSpotProperty.At("lastmodifieddate")), skipInputValidation: true);
        json.WriteBoolean("archived", contact.ArchivedAt is not null);
        if (contact.ArchivedAt is { } at) json.WriteString("archivedAt", HubSpotContact.Stamp(at));
        if (isNew is { } made) json.WriteBoolean("new", made);
        json.WriteEndObject();
    }

    private static void WriteNext(Utf8JsonWriter json, string after)
    {
        json.WriteStartObject("paging");
        json.WriteStartObject("next");
        json.WriteString("after", after);
        json.WriteString("link", $"?after={Uri.EscapeDataString(after)}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, HubSpotProperty property)
    {
        json.WriteStartObject();
        json.WriteString("name", property.Name);
        json.WriteString("label", property.Label);
        json.WriteString("type", property.Type);
        json.WriteString("fieldType", property.FieldType);
        json.WriteString("description", property.Custom ? "Added by this account." : "");
        json.WriteString("groupName", "contactinformation");
        json.WriteStartArray("options");
        for (var i = 0; i < property.Options.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("label", property.Options[i]);
            json.WriteString("value", property.Options[i]);
            json.WriteNumber("displayOrder", i);
            json.WriteBoolean("hidden", false);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("hasUniqueValue", property.Name is "email" or "hs_object_id");
        json.WriteBoolean("hidden", false);
        json.WriteBoolean("formField", !property.ReadOnly);
        json.WriteBoolean("calculated", false);
        json.WriteBoolean("hubspotDefined", !property.Custom);
        json.WriteStartObject("modificationMetadata");
        json.WriteBoolean("archivable", property.Custom);
        json.WriteBoolean("readOnlyDefinition", !property.Custom);
        json.WriteBoolean("readOnlyValue", property.ReadOnly);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// The named properties that exist, and those that always come; the default ones where none are named. Unknown names are passed over, as HubSpot does.
    /// </summary>
    private static int[] Requested(IEnumerable<string> names)
    {
        var known = names.Select(n => n.Trim()).Where(n => n.Length > 0).Select(HubSpotProperty.IndexOf).ToList();
        if (known.Count == 0) return Default;
        return [.. known.Where(i => i >= 0).Concat(Always).Distinct().OrderBy(i => HubSpotProperty.All[i].Name, StringComparer.Ordinal)];
    }

    private static string WriteCursor(long id) => Convert.ToBase64String(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture) + "\n"));

    private static bool TryReadCursor(string cursor, out long id)
    {
        id = 0;
        if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out id)) return true;
        var bytes = new byte[32];
        return cursor.Length <= 40 && Convert.TryFromBase64String(cursor, bytes, out var length)
            && long.TryParse(Encoding.ASCII.GetString(bytes, 0, length).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => null, _ => value.GetRawText() }
            : null;

    private static string[] Strings(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText())]
            : [];

    /// <summary>Runs the writing now, under whatever lock is held, and gives it back for an answer that is sent later.</summary>
    private static Action<Utf8JsonWriter> Rendered(Action<Utf8JsonWriter> write, bool inObject = false)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Reply.Options))
        {
            if (inObject) json.WriteStartObject();
            write(json);
            if (inObject) json.WriteEndObject();
        }
        return target => target.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
    }
}
