using System.Globalization;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>The Marketing API 3.0 for audiences and members, as far as integrations use it. Served with and without the /3.0 in front.</summary>
public sealed partial class MailchimpApi(MailchimpAccount account, MailchimpGate gate, TimeProvider time)
{
    private const int MaxCount = 1000;

    /// <summary>Maps all paths below the vendor's base.</summary>
    public void Map(RouteGroupBuilder root)
    {
        foreach (var version in new[] { "/3.0", "" })
        {
            root.MapGet(version + "/", gate.Guard(Account));
            root.MapGet(version + "/ping", gate.Guard(Ping));
            MapReports(root, version);
            root.MapGet(version + "/lists", gate.Guard(Lists));
            root.MapGet(version + "/lists/{list}", gate.Guard(OneList));
            root.MapPost(version + "/lists/{list}", gate.Guard(Batch));
            root.MapGet(version + "/lists/{list}/merge-fields", gate.Guard(MergeFields));
            root.MapGet(version + "/lists/{list}/members", gate.Guard(Members));
            root.MapPost(version + "/lists/{list}/members", gate.Guard(context => Save(context, Saving.Add)));
            root.MapGet(version + "/lists/{list}/members/{member}", gate.Guard(OneMember));
            root.MapPut(version + "/lists/{list}/members/{member}", gate.Guard(context => Save(context, Saving.Upsert)));
            root.MapPatch(version + "/lists/{list}/members/{member}", gate.Guard(context => Save(context, Saving.Update)));
            root.MapDelete(version + "/lists/{list}/members/{member}", gate.Guard(Archive));
            root.MapPost(version + "/lists/{list}/members/{member}/actions/delete-permanent", gate.Guard(Forget));
            root.MapPost(version + "/lists/{list}/members/{member}/tags", gate.Guard(SetTags));
        }
        root.MapFallback(gate.Guard(NotFound));
    }

    private Task Ping(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteString("health_status", "Everything's Chimpy!");
        json.WriteEndObject();
    });

    private Task Account(HttpContext context) => Reply.Json(context, 200, json =>
    {
        json.WriteStartObject();
        json.WriteString("account_id", "8d3a3db4d97663a9074efcc16");
        json.WriteString("account_name", "Sandbox");
        json.WriteString("email", "owner@sandbox.example");
        json.WriteString("role", "owner");
        json.WriteNumber("total_subscribers", Count(null));
        json.WriteEndObject();
    });

    private Task Lists(HttpContext context) => Shaped(context, json =>
    {
        var (offset, count) = Window(context.Request.Query) ?? (0, 10);
        json.WriteStartObject();
        json.WriteStartArray("lists");
        foreach (var list in account.Lists.Skip(offset).Take(count)) WriteList(json, list);
        json.WriteEndArray();
        json.WriteNumber("total_items", account.Lists.Count);
        json.WriteEndObject();
    });

    private Task OneList(HttpContext context) =>
        Of(context) is { } list ? Shaped(context, json => WriteList(json, list)) : NotFound(context);

    private Task MergeFields(HttpContext context)
    {
        if (Of(context) is not { } list) return NotFound(context);
        if (Window(context.Request.Query) is not var (offset, count)) return BadWindow(context);
        return Shaped(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("merge_fields");
            for (var i = offset; i < Math.Min(MailchimpList.MergeFields.Count, offset + count); i++)
            {
                var field = MailchimpList.MergeFields[i];
                json.WriteStartObject();
                json.WriteNumber("merge_id", i + 1);
                json.WriteString("tag", field.Tag);
                json.WriteString("name", field.Name);
                json.WriteString("type", field.Type);
                json.WriteBoolean("required", false);
                json.WriteString("default_value", "");
                json.WriteBoolean("public", false);
                json.WriteNumber("display_order", i + 2);
                json.WriteString("list_id", list.Id);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("list_id", list.Id);
            json.WriteNumber("total_items", MailchimpList.MergeFields.Count);
            json.WriteEndObject();
        });
    }

    /// <summary>Answers what <c>fields</c> and <c>exclude_fields</c> leave.</summary>
    private static Task Shaped(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var query = context.Request.Query;
        if (query["fields"].Count == 0 && query["exclude_fields"].Count == 0) return Reply.Json(context, 200, write);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(2048);
        using (var whole = new Utf8JsonWriter(buffer, Reply.Options)) write(whole);
        var left = Projection.Of(query["fields"], query["exclude_fields"], null).Pruned(buffer.WrittenSpan);
        return Reply.Json(context, 200, json => left!.WriteTo(json));
    }

    private async Task Members(HttpContext context)
    {
        var query = context.Request.Query;
        if (Of(context) is not { } list)
        {
            await NotFound(context);
            return;
        }
        if (Window(query) is not var (offset, count))
        {
            await BadWindow(context);
            return;
        }
        if (!MemberQuery.TryParse(query, out var wanted, out var field, out var problem))
        {
            await MailchimpProblem.Write(
                context,
                400,
                "Invalid Resource",
                "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
                (field, problem)
            );
            return;
        }
        var projection = Projection.Of(query["fields"], query["exclude_fields"], "members");
        await Reply.Json(context, 200, json =>
        {
            json.WriteStartObject();
            lock (account.Lock)
            {
                var found = Found(list, wanted);
                if (projection.Whole("members"))
                {
                    json.WriteStartArray("members");
                    for (var i = offset; i < Math.Min(found.Count, offset + count); i++) projection.Write(json, found[i]);
                    json.WriteEndArray();
                }
                if (projection.Has("list_id")) json.WriteString("list_id", list.Id);
                if (projection.Has("total_items")) json.WriteNumber("total_items", found.Count);
            }
            json.WriteEndObject();
        });
    }

    private async Task OneMember(HttpContext context)
    {
        var projection = Projection.Of(context.Request.Query["fields"], context.Request.Query["exclude_fields"], null);
        if (Rendered(context, projection) is not { } body) await NotFound(context);
        else await Reply.Bytes(context, 200, body, "application/json; charset=utf-8");
    }

    private byte[]? Rendered(HttpContext context, Projection projection)
    {
        lock (account.Lock)
        {
            if (Of(context)?.Find((string)context.Request.RouteValues["member"]!) is not { } member) return null;
            return Render(member, projection);
        }
    }

    private static byte[] Render(MailchimpMember member, Projection projection)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Reply.Options)) projection.Write(json, member);
        return buffer.WrittenSpan.ToArray();
    }

    private (MailchimpList List, long Version, MemberQuery Query, List<MailchimpMember> Found)? lastFound;

    /// <summary>Members in order; kept until another query or a change, since pages follow each other.</summary>
    private List<MailchimpMember> Found(MailchimpList list, MemberQuery query)
    {
        if (lastFound is { } last && last.List == list && last.Version == list.Version && last.Query == query) return last.Found;
        var found = list.Members.Where(query.Matches);
        found = (query.SortField, query.Descending) switch
        {
            ("last_changed", false) => found.OrderBy(m => m.LastChanged).ThenBy(m => m.WebId),
            ("last_changed", true) => found.OrderByDescending(m => m.LastChanged).ThenBy(m => m.WebId),
            ("timestamp_opt", false) => found.OrderBy(m => m.OptedIn).ThenBy(m => m.WebId),
            ("timestamp_opt", true) => found.OrderByDescending(m => m.OptedIn).ThenBy(m => m.WebId),
            _ => found,
        };
        var inOrder = found.ToList();
        lastFound = (list, list.Version, query, inOrder);
        return inOrder;
    }

    private void WriteList(Utf8JsonWriter json, MailchimpList list)
    {
        json.WriteStartObject();
        json.WriteString("id", list.Id);
        json.WriteNumber("web_id", 1000 + account.Lists.TakeWhile(l => l != list).Count());
        json.WriteString("name", list.Name);
        json.WriteString("permission_reminder", "You signed up on our site.");
        json.WriteBoolean("email_type_option", false);
        json.WriteString("date_created", MailchimpMember.Stamp(list.Created));
        json.WriteStartObject("stats");
        json.WriteNumber("member_count", Count(list, "subscribed"));
        json.WriteNumber("unsubscribe_count", Count(list, "unsubscribed"));
        json.WriteNumber("cleaned_count", Count(list, "cleaned"));
        json.WriteNumber("merge_field_count", MailchimpList.MergeFields.Count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private int Count(MailchimpList? list, string status = "subscribed")
    {
        lock (account.Lock) return account.Lists.Where(l => list is null || l == list).Sum(l => l.Members.Count(m => m.Status == status));
    }

    private MailchimpList? Of(HttpContext context) => account.Find((string)context.Request.RouteValues["list"]!);

    private static (int Offset, int Count)? Window(IQueryCollection query)
    {
        int offset = 0,
            count = 10;
        if (query.TryGetValue("offset", out var o) && (!int.TryParse(o, NumberStyles.None, CultureInfo.InvariantCulture, out offset)))
            return null;
        if (
            query.TryGetValue("count", out var c)
            && (!int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count > MaxCount)
        )
            return null;
        return (offset, count);
    }

    private static Task BadWindow(HttpContext context) =>
        MailchimpProblem.Write(
            context,
            400,
            "Invalid Resource",
            "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
            ("count", $"This value should be between 0 and {MaxCount}, and offset a whole number.")
        );

    private static Task NotFound(HttpContext context) =>
        MailchimpProblem.Write(context, 404, "Resource Not Found", "The requested resource could not be found.");
}
