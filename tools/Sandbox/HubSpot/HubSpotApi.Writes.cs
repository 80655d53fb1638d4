using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>Writes: one and in batches, with HubSpot's partial failures.</summary>
public sealed partial class HubSpotApi
{
    private enum BatchKind { Create, Update, Upsert }

    private async Task Create(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (body is null || !TryValues(body.RootElement, out var values, out var problem))
        {
            await HubSpotError.Write(
                context,
                400,
                "VALIDATION_ERROR",
                body is null ? "Invalid input JSON: the body could not be parsed." : Problem(body.RootElement)
            );
            return;
        }
        Action<Utf8JsonWriter>? answer = null;
        HubSpotContact? holder;
        lock (account.Lock) holder = Add(values, contact => answer = Rendered(json => WriteContact(json, contact, Touched(values))));
        await (holder is not null
            ? HubSpotError.Write(context, 409, "CONFLICT", $"Contact already exists. Existing ID: {holder.Id}")
            : Reply.Json(context, 201, answer!));
    }

    private async Task Update(HttpContext context)
    {
        using var body = await Reply.Body(context);
        var id = (string)context.Request.RouteValues["id"]!;
        if (body is null || !TryValues(body.RootElement, out var values, out _))
        {
            await HubSpotError.Write(
                context,
                400,
                "VALIDATION_ERROR",
                body is null ? "Invalid input JSON: the body could not be parsed." : Problem(body.RootElement)
            );
            return;
        }
        Action<Utf8JsonWriter>? answer = null;
        HubSpotContact? contact, holder = null;
        lock (account.Lock)
        {
            contact = account.Find(id, context.Request.Query["idProperty"]);
            if (contact is not null) holder = account.Set(contact, values, time.GetUtcNow());
            if (contact is not null && holder is null) answer = Rendered(json => WriteContact(json, contact, Touched(values)));
        }
        await (
            contact is null ? NotFound(context)
            : holder is not null
                ? HubSpotError.Write(
                    context,
                    409,
                    "CONFLICT",
                    $"A contact with the email '{holder.EmailKey}' already exists. Existing ID: {holder.Id}"
                )
            : Reply.Json(context, 200, answer!)
        );
    }

    private async Task Delete(HttpContext context)
    {
        lock (account.Lock)
        {
            // HubSpot answers 204 whether or not there was such a contact.
            if (account.Find((string)context.Request.RouteValues["id"]!, null) is { } contact) account.Archive(contact, time.GetUtcNow());
        }
        context.Response.StatusCode = 204;
        await Task.CompletedTask;
    }

    private async Task BatchArchive(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (!TryInputs(body, out var inputs, out var problem))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", problem);
            return;
        }
        lock (account.Lock)
        {
            foreach (var id in inputs.Select(i => Text(i, "id") ?? ""))
                if (account.Find(id, null) is { } contact) account.Archive(contact, time.GetUtcNow());
        }
        context.Response.StatusCode = 204;
    }

    private async Task Erase(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (body is null || Text(body.RootElement, "objectId") is not { } id)
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", "objectId is required.");
            return;
        }
        lock (account.Lock)
        {
            if ((Text(body.RootElement, "idProperty") == "email" ? account.Find(id, "email") : account.FindAny(id)) is { } contact)
                account.Erase(contact);
        }
        context.Response.StatusCode = 204;
    }

    private async Task BatchWrite(HttpContext context, BatchKind kind)
    {
        using var body = await Reply.Body(context);
        if (!TryInputs(body, out var inputs, out var problem))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", problem);
            return;
        }
        // HubSpot reports single inputs only where each can be told by its trace id; else one invalid input fails the batch.
        var traced = inputs.All(i => Text(i, "objectWriteTraceId") is not null);
        if (!traced && inputs.FirstOrDefault(i => !TryValues(i, out _, out _)) is { ValueKind: JsonValueKind.Object } invalid)
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", Problem(invalid));
            return;
        }
        List<Action<Utf8JsonWriter>> errors = [];
        List<string> missing = [];
        var results = Rendered(json =>
        {
            json.WriteStartArray("results");
            lock (account.Lock)
            {
                foreach (var input in inputs)
                {
                    if (!TryValues(input, out var values, out var fault)) errors.Add(Failed(input, "VALIDATION_ERROR", fault));
                    else if (WriteOne(kind, input, values) is var (contact, holder, made) && contact is not null && holder is null)
                        WriteContact(json, contact, Touched(values), kind == BatchKind.Upsert ? made : null);
                    else if (holder is not null) errors.Add(Failed(input, "CONFLICT", $"Contact already exists. Existing ID: {holder.Id}"));
                    else missing.Add(Text(input, "id") ?? "");
                }
            }
            json.WriteEndArray();
        }, inObject: true);
        if (missing.Count > 0) errors.Add(NotFoundIn(missing));
        var done = kind == BatchKind.Create ? 201 : 200;
        await Reply.Json(context, errors.Count == 0 ? done : 207, json => WriteBatch(json, results, errors));
    }

    private (HubSpotContact? Contact, HubSpotContact? Holder, bool Made) WriteOne(BatchKind kind, JsonElement input, Dictionary<int, string> values)
    {
        var found = kind == BatchKind.Create ? null : account.Find(Text(input, "id") ?? "", Text(input, "idProperty"));
        if (found is not null) return (found, account.Set(found, values, time.GetUtcNow()), false);
        if (kind == BatchKind.Update) return default;
        if (kind == BatchKind.Upsert)
        {
            if (Text(input, "idProperty") != "email") return default;
            values[HubSpotProperty.At("email")] = Text(input, "id") ?? "";
        }
        HubSpotContact? made = null;
        var holder = Add(values, contact => made = contact);
        return (made, holder, true);
    }

    /// <summary>Adds a contact and hands it on; or the one that holds the e-mail. Under the account's lock.</summary>
    private HubSpotContact? Add(Dictionary<int, string> values, Action<HubSpotContact> added)
    {
        var now = time.GetUtcNow();
        var contact = new HubSpotContact(account.NextId, now);
        foreach (var (property, value) in values) contact[property] = value;
        contact.Touch(now);
        if (!account.TryAdd(contact)) return account.Find(contact.EmailKey ?? "", "email");
        added(contact);
        return null;
    }

    private static bool TryInputs(JsonDocument? body, out List<JsonElement> inputs, out string problem)
    {
        inputs = [];
        problem = "Invalid input JSON: an object with the array 'inputs' is required.";
        if (
            body is null
            || body.RootElement.ValueKind != JsonValueKind.Object
            || !body.RootElement.TryGetProperty("inputs", out var array)
            || array.ValueKind != JsonValueKind.Array
        )
            return false;
        inputs = [.. array.EnumerateArray()];
        problem =
            inputs.Count == 0
                ? "At least one input is required."
                : $"The maximum number of inputs supported in a batch request for CONTACTs is {MaxBatch}; got {inputs.Count}.";
        return inputs.Count is > 0 and <= MaxBatch;
    }

    private static bool TryValues(JsonElement input, out Dictionary<int, string> values, out string problem)
    {
        values = [];
        problem = "'properties' is required.";
        if (
            input.ValueKind != JsonValueKind.Object
            || !input.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return false;
        foreach (var property in properties.EnumerateObject())
        {
            var at = HubSpotProperty.IndexOf(property.Name);
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => property.Value.GetRawText(),
            };
            var (error, message) =
                at < 0 ? ("PROPERTY_DOESNT_EXIST", $"Property \"{property.Name}\" does not exist")
                : HubSpotProperty.All[at].ReadOnly ? ("READ_ONLY_VALUE", $"\"{property.Name}\" is a read only property; its value cannot be set.")
                : property.Name == "email" && value.Length > 0 && !Address().IsMatch(value) ? ("INVALID_EMAIL", $"Email address {value} is invalid")
                : HubSpotProperty.All[at] is { Options.Length: > 0 } choice && value.Length > 0 && value.Split(';').Except(choice.Options).Any()
                    ? ("INVALID_OPTION", $"{value} was not one of the allowed options: [{string.Join(", ", choice.Options)}]")
                : (null, "");
            if (error is not null)
            {
                problem =
                    "Property values were not valid: "
                    + JsonSerializer.Serialize(
                        new[]
                        {
                            new
                            {
                                isValid = false,
                                message,
                                error,
                                name = property.Name,
                            },
                        },
                        RelaxedOptions
                    );
                return false;
            }
            values[at] = value;
        }
        return true;
    }

    private static string Problem(JsonElement input)
    {
        TryValues(input, out _, out var problem);
        return problem;
    }

    private static int[] Touched(Dictionary<int, string> values) =>
        [.. values.Keys.Concat(Always).Distinct().OrderBy(i => HubSpotProperty.All[i].Name, StringComparer.Ordinal)];

    private static Action<Utf8JsonWriter> Failed(JsonElement input, string category, string message)
    {
        (string, string[])[] about = Text(input, "objectWriteTraceId") is { } trace
            ? [("objectWriteTraceId", [trace]), ("ids", [Text(input, "id") ?? ""])]
            : [("ids", [Text(input, "id") ?? ""])];
        return json => HubSpotError.Write(json, category, message, about);
    }

    private static Action<Utf8JsonWriter> NotFoundIn(List<string> ids) => json => HubSpotError.Write(json, "OBJECT_NOT_FOUND",
        "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.", ("ids", [.. ids]));

    private void WriteBatch(Utf8JsonWriter json, Action<Utf8JsonWriter> results, List<Action<Utf8JsonWriter>> errors)
    {
        var now = HubSpotContact.Stamp(time.GetUtcNow());
        json.WriteStartObject();
        json.WriteString("status", "COMPLETE");
        json.WritePropertyName("results");
        using (var inner = JsonDocument.Parse(Bytes(results))) inner.RootElement.GetProperty("results").WriteTo(json);
        if (errors.Count > 0)
        {
            json.WriteNumber("numErrors", errors.Count);
            json.WriteStartArray("errors");
            foreach (var error in errors) error(json);
            json.WriteEndArray();
        }
        json.WriteString("startedAt", now);
        json.WriteString("completedAt", now);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Reply.Options)) write(json);
        return buffer.WrittenMemory;
    }

    private static readonly JsonSerializerOptions RelaxedOptions = new() { Encoder = Reply.Options.Encoder };

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex Address();
}
