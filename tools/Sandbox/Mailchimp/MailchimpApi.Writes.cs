using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>Writes: one member, up to 500 at once, archiving and deleting for good.</summary>
public sealed partial class MailchimpApi
{
    private const int MaxBatch = 500;

    private enum Saving { Add, Update, Upsert }

    private sealed record Refusal(int Status, string Title, string Detail, string Code);

    private async Task Save(HttpContext context, Saving kind)
    {
        using var body = await Reply.Body(context);
        if (Of(context) is not { } list)
        {
            await NotFound(context);
            return;
        }
        if (body is null || body.RootElement.ValueKind != JsonValueKind.Object)
        {
            await MailchimpProblem.Write(context, 400, "JSON Parse Error", "We encountered an unspecified JSON parsing error.");
            return;
        }
        byte[]? answer = null;
        Refusal? refusal;
        lock (account.Lock)
        {
            refusal = Save(list, context.Request.RouteValues["member"] as string, body.RootElement, kind, out var member, out _);
            if (member is not null && refusal is null) answer = Render(member, Projection.Of(null, null, null));
        }
        await (refusal is not null
            ? MailchimpProblem.Write(context, refusal.Status, refusal.Title, refusal.Detail)
            : Reply.Bytes(context, 200, answer, "application/json; charset=utf-8"));
    }

    private async Task Batch(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (Of(context) is not { } list)
        {
            await NotFound(context);
            return;
        }
        if (
            body is null
            || !body.RootElement.TryGetProperty("members", out var members)
            || members.ValueKind != JsonValueKind.Array
            || members.GetArrayLength() > MaxBatch
        )
        {
            await MailchimpProblem.Write(
                context,
                400,
                "Invalid Resource",
                "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
                ("members", $"An array of at most {MaxBatch} members is required.")
            );
            return;
        }
        var update = body.RootElement.TryGetProperty("update_existing", out var existing) && existing.ValueKind == JsonValueKind.True;
        List<byte[]> added = [], updated = [];
        List<(string Email, Refusal Why)> refused = [];
        lock (account.Lock)
        {
            foreach (var input in members.EnumerateArray())
            {
                var email = Text(input, "email_address") ?? "";
                var refusal = Save(list, MailchimpMember.Hash(email), input, update ? Saving.Upsert : Saving.Add, out var member, out var made);
                if (refusal is not null) refused.Add((email, refusal));
                else if (member is not null) (made ? added : updated).Add(Render(member, Projection.Of(null, null, null)));
            }
        }
        await Reply.Json(context, 200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("new_members");
            foreach (var member in added) json.WriteRawValue(member, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteStartArray("updated_members");
            foreach (var member in updated) json.WriteRawValue(member, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteStartArray("errors");
            foreach (var (email, why) in refused)
            {
                json.WriteStartObject();
                json.WriteString("email_address", email);
                json.WriteString("error", why.Detail);
                json.WriteString("error_code", why.Code);
                json.WriteString("field", "");
                json.WriteString("field_message", "");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteNumber("total_created", added.Count);
            json.WriteNumber("total_updated", updated.Count);
            json.WriteNumber("error_count", refused.Count);
            json.WriteEndObject();
        });
    }

    private async Task Archive(HttpContext context)
    {
        lock (account.Lock)
        {
            if (Of(context) is { } list && list.Find((string)context.Request.RouteValues["member"]!) is { Status: not "archived" } member)
            {
                member.Status = "archived";
                member.LastChanged = time.GetUtcNow();
                list.Changed();
                context.Response.StatusCode = 204;
                return;
            }
        }
        await NotFound(context);
    }

    private async Task Forget(HttpContext context)
    {
        lock (account.Lock)
        {
            if (Of(context) is { } list && list.Find((string)context.Request.RouteValues["member"]!) is { } member)
            {
                list.Forget(member);
                context.Response.StatusCode = 204;
                return;
            }
        }
        await NotFound(context);
    }

    private async Task SetTags(HttpContext context)
    {
        using var body = await Reply.Body(context);
        lock (account.Lock)
        {
            if (Of(context) is { } list && list.Find((string)context.Request.RouteValues["member"]!) is { } member
                && body is not null && body.RootElement.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array)
            {
                foreach (var tag in tags.EnumerateArray())
                {
                    if (Text(tag, "name") is not { Length: > 0 } name) continue;
                    if (Text(tag, "status") == "inactive") member.Tags.Remove(name);
                    else if (!member.Tags.Contains(name)) member.Tags.Add(name);
                }
                member.LastChanged = time.GetUtcNow();
                list.Changed();
                context.Response.StatusCode = 204;
                return;
            }
        }
        await NotFound(context);
    }

    private Refusal? Save(MailchimpList list, string? hash, JsonElement input, Saving kind, out MailchimpMember? member, out bool made)
    {
        made = false;
        var email = Text(input, "email_address");
        member = kind == Saving.Add ? list.Find(email ?? "") : hash is null ? null : list.Find(hash);
        if (kind == Saving.Add && member is { Status: not "archived" })
            return new Refusal(
                400,
                "Member Exists",
                $"{email} is already a list member. Use PUT to insert or update list members.",
                "ERROR_CONTACT_EXISTS"
            );
        if (member is null && kind == Saving.Update)
            return new Refusal(404, "Resource Not Found", "The requested resource could not be found.", "ERROR_GENERIC");
        if (email is not null && !Address().IsMatch(email))
            return new Refusal(400, "Invalid Resource", $"{email} looks fake or invalid, please enter a real email address.", "ERROR_GENERIC");
        var status = Text(input, "status");
        if (member is null)
        {
            status ??= Text(input, "status_if_new");
            if (email is null || status is null)
                return new Refusal(
                    400,
                    "Invalid Resource",
                    "The resource submitted could not be validated: email_address and status_if_new are required for a new member.",
                    "ERROR_GENERIC"
                );
            if (list.IsForgotten(email))
                return new Refusal(
                    400,
                    "Forgotten Email Not Subscribed",
                    $"{email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.",
                    "ERROR_CONTACT_FORGOTTEN"
                );
            var now = time.GetUtcNow();
            member = new MailchimpMember
            {
                List = list,
                WebId = account.NextWebId++,
                Email = email,
                Status = status,
                OptedIn = now,
                LastChanged = now,
            };
            list.TryAdd(member);
            made = true;
        }
        else if (email is not null && !list.TryRename(member, email))
        {
            return new Refusal(400, "Member Exists", $"{email} is already a list member.", "ERROR_CONTACT_EXISTS");
        }
        else if (status is not null)
        {
            if (status == "subscribed" && member.Status is "cleaned")
                return new Refusal(
                    400,
                    "Member In Compliance State",
                    $"{member.Email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.",
                    "ERROR_CONTACT_COMPLIANCE"
                );
            member.Status = status;
        }
        Fill(member, input);
        member.LastChanged = time.GetUtcNow();
        list.Changed();
        return null;
    }

    private static void Fill(MailchimpMember member, JsonElement input)
    {
        if (Text(input, "language") is { } language) member.Language = language;
        if (input.TryGetProperty("vip", out var vip) && vip.ValueKind is JsonValueKind.True or JsonValueKind.False) member.Vip = vip.GetBoolean();
        if (input.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array)
            foreach (var tag in tags.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!))
                if (!member.Tags.Contains(tag)) member.Tags.Add(tag);
        if (!input.TryGetProperty("merge_fields", out var merge) || merge.ValueKind != JsonValueKind.Object) return;
        foreach (var field in MailchimpList.MergeFields)
        {
            if (!merge.TryGetProperty(field.Tag, out var value)) continue;
            if (field.Type == "address" && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var part in MailchimpList.AddressParts)
                    if (Text(value, part) is { } line) member.Merge["ADDRESS." + part] = line;
            }
            else if (value.ValueKind == JsonValueKind.String)
            {
                member.Merge[field.Tag] = value.GetString()!;
            }
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex Address();
}
