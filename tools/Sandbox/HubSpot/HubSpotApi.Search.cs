using System.Globalization;
using System.Text.Json;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.HubSpot;

/// <summary>The search endpoint, with its 10,000 results and no more.</summary>
public sealed partial class HubSpotApi
{
    private const int MaxSearchPage = 200;
    private const int MaxResults = 10_000;

    /// <summary>Where the free text of a search is looked for.</summary>
    private static readonly int[] Searched =
        [.. new[] { "email", "firstname", "lastname", "phone", "company" }.Select(HubSpotProperty.At)];

    private (long Version, string Query, List<HubSpotContact> Found)? lastSearch;

    private async Task Search(HttpContext context)
    {
        using var body = await Reply.Body(context);
        if (body is null || body.RootElement.ValueKind != JsonValueKind.Object)
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", "Invalid input JSON: the body could not be parsed.");
            return;
        }
        var root = body.RootElement;
        var limit = root.TryGetProperty("limit", out var l) && l.ValueKind == JsonValueKind.Number && l.TryGetInt32(out var asked) ? asked : 10;
        var offset = 0;
        if (Text(root, "after") is { Length: > 0 } after && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", $"after must be a number, got '{after}'.");
            return;
        }
        if (limit is < 1 or > MaxSearchPage)
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", $"limit must be between 1 and {MaxSearchPage}, got {limit}.");
            return;
        }
        if (offset + limit > MaxResults)
        {
            var past = $"The offset and limit would reach past the {MaxResults} results that a search returns: narrow the filters.";
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", past);
            return;
        }
        if (!TryFilters(root, out var matches, out var problem) || !TrySort(root, out var sort, out problem))
        {
            await HubSpotError.Write(context, 400, "VALIDATION_ERROR", problem);
            return;
        }
        var properties = Requested(Strings(root, "properties"));
        string Raw(string member) => root.TryGetProperty(member, out var value) ? value.GetRawText() : "";
        var key = $"{Raw("filterGroups")}|{Raw("sorts")}|{Raw("query")}";
        await Reply.Json(context, 200, json =>
        {
            json.WriteStartObject();
            lock (account.Lock)
            {
                var found = Found(key, matches, sort);
                json.WriteNumber("total", found.Count);
                json.WriteStartArray("results");
                for (var i = offset; i < Math.Min(found.Count, offset + limit); i++) WriteContact(json, found[i], properties);
                json.WriteEndArray();
                if (found.Count > offset + limit) WriteNext(json, (offset + limit).ToString(CultureInfo.InvariantCulture));
            }
            json.WriteEndObject();
        });
    }

    /// <summary>What matches, in order; kept until another search or a change, since pages of one search follow each other.</summary>
    private List<HubSpotContact> Found(string key, Func<HubSpotContact, bool> matches, Comparison<HubSpotContact>? sort)
    {
        if (lastSearch is { } last && last.Version == account.Version && last.Query == key) return last.Found;
        var found = account.Contacts.Where(c => c.ArchivedAt is null && matches(c)).ToList();
        if (sort is not null)
        {
            var inOrder = found.ToArray();
            Array.Sort(inOrder, (a, b) => sort(a, b) is not 0 and var order ? order : a.Id.CompareTo(b.Id));
            found = [.. inOrder];
        }
        lastSearch = (account.Version, key, found);
        return found;
    }

    private static bool TrySort(JsonElement root, out Comparison<HubSpotContact>? sort, out string problem)
    {
        sort = null;
        problem = "";
        if (!root.TryGetProperty("sorts", out var sorts) || sorts.ValueKind != JsonValueKind.Array || sorts.GetArrayLength() == 0) return true;
        if (sorts.GetArrayLength() > 1)
        {
            problem = "Only one sort is supported.";
            return false;
        }
        var first = sorts[0];
        var name = first.ValueKind == JsonValueKind.String ? first.GetString()! : Text(first, "propertyName") ?? "";
        var descending = name.StartsWith('-') || Text(first, "direction") == "DESCENDING";
        name = name.TrimStart('-');
        var at = HubSpotProperty.IndexOf(name);
        if (at < 0)
        {
            problem = $"The property '{name}' to sort by does not exist.";
            return false;
        }
        Comparison<HubSpotContact> ascending = name switch
        {
            "hs_object_id" => (a, b) => a.Id.CompareTo(b.Id),
            "lastmodifieddate" => (a, b) => a.Modified.CompareTo(b.Modified),
            "createdate" => (a, b) => a.Created.CompareTo(b.Created),
            _ => (a, b) => string.Compare(a[at], b[at], StringComparison.OrdinalIgnoreCase),
        };
        // Contacts lie by ascending id already.
        sort = name == "hs_object_id" && !descending ? null : descending ? (a, b) => ascending(b, a) : ascending;
        return true;
    }

    private static bool TryFilters(JsonElement root, out Func<HubSpotContact, bool> matches, out string problem)
    {
        matches = static _ => true;
        problem = "";
        List<Func<HubSpotContact, bool>[]> groups = [];
        if (root.TryGetProperty("filterGroups", out var array) && array.ValueKind == JsonValueKind.Array)
        {
            if (array.GetArrayLength() > 6)
            {
                problem = $"At most 6 filterGroups are supported, got {array.GetArrayLength()}.";
                return false;
            }
            foreach (var group in array.EnumerateArray())
            {
                List<Func<HubSpotContact, bool>> filters = [];
                if (group.TryGetProperty("filters", out var list) && list.ValueKind == JsonValueKind.Array)
                    foreach (var filter in list.EnumerateArray())
                    {
                        if (Filter(filter, out problem) is not { } one) return false;
                        filters.Add(one);
                    }
                groups.Add([.. filters]);
            }
        }
        var words = Text(root, "query")?.Trim();
        if (groups.Count == 0 && string.IsNullOrEmpty(words)) return true;
        Func<HubSpotContact, bool> inGroups = groups.Count switch
        {
            0 => static _ => true,
            1 => c => Array.TrueForAll(groups[0], f => f(c)),
            _ => c => groups.Exists(fs => Array.TrueForAll(fs, f => f(c))),
        };
        matches = string.IsNullOrEmpty(words) ? inGroups
            : c => inGroups(c) && Searched.Any(p => c[p]?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);
        return true;
    }

    private static Func<HubSpotContact, bool>? Filter(JsonElement filter, out string problem)
    {
        problem = "";
        var name = Text(filter, "propertyName") ?? "";
        var at = HubSpotProperty.IndexOf(name);
        var operation = Text(filter, "operator") ?? "";
        if (at < 0)
        {
            problem = $"There was a problem with the request: the property '{name}' does not exist.";
            return null;
        }
        switch (operation)
        {
            case "HAS_PROPERTY": return c => c[at] is not null;
            case "NOT_HAS_PROPERTY": return c => c[at] is null;
        }
        var type = HubSpotProperty.All[at].Type;
        if (operation is "IN" or "NOT_IN")
        {
            var values = Strings(filter, "values").Select(v => Comparable(type, v)).ToHashSet();
            if (values.Count == 0 || values.Contains(null))
            {
                problem = $"The operator {operation} on '{name}' needs valid values in 'values'.";
                return null;
            }
            var inside = operation == "IN";
            return c => Value(c, at, type) is { } v && values.Contains(v) == inside;
        }
        var given = Text(filter, "value") ?? "";
        if (operation is "CONTAINS_TOKEN" or "NOT_CONTAINS_TOKEN")
        {
            var token = given.Trim('*');
            return operation == "CONTAINS_TOKEN"
                ? c => c[at]?.Contains(token, StringComparison.OrdinalIgnoreCase) == true
                : c => c[at]?.Contains(token, StringComparison.OrdinalIgnoreCase) != true;
        }
        if (Comparable(type, given) is not { } wanted)
        {
            problem = $"The value '{given}' is not a valid {type} for the property '{name}'.";
            return null;
        }
        if (Number(name) is { } number)
        {
            var bound = (long)wanted;
            switch (operation)
            {
                // A pull asks these thousands of times over all contacts: no boxing.
                case "GT": return c => number(c) > bound;
                case "GTE": return c => number(c) >= bound;
                case "LT": return c => number(c) < bound;
                case "LTE": return c => number(c) <= bound;
            }
        }
        switch (operation)
        {
            case "EQ": return c => Value(c, at, type) is { } v && v.CompareTo(wanted) == 0;
            case "NEQ": return c => Value(c, at, type) is not { } v || v.CompareTo(wanted) != 0;
            case "GT": return c => Value(c, at, type) is { } v && v.CompareTo(wanted) > 0;
            case "GTE": return c => Value(c, at, type) is { } v && v.CompareTo(wanted) >= 0;
            case "LT": return c => Value(c, at, type) is { } v && v.CompareTo(wanted) < 0;
            case "LTE": return c => Value(c, at, type) is { } v && v.CompareTo(wanted) <= 0;
            case "BETWEEN" when Comparable(type, Text(filter, "highValue") ?? "") is { } high:
                return c => Value(c, at, type) is { } v && v.CompareTo(wanted) >= 0 && v.CompareTo(high) <= 0;
            default:
                problem = $"The operator '{operation}' is not supported, or its values are missing.";
                return null;
        }
    }

    private static IComparable? Value(HubSpotContact contact, int property, string type) =>
        Number(HubSpotProperty.All[property].Name) is { } number ? number(contact) : contact[property] is { } text ? Comparable(type, text) : null;

    private static Func<HubSpotContact, long>? Number(string property) => property switch
    {
        "hs_object_id" => static c => c.Id,
        "lastmodifieddate" => static c => c.Modified.ToUnixTimeMilliseconds(),
        "createdate" => static c => c.Created.ToUnixTimeMilliseconds(),
        _ => null,
    };

    /// <summary>Numbers and instants (epoch milliseconds, or ISO 8601) as numbers, texts in lower case; null for what is neither.</summary>
    private static IComparable? Comparable(string type, string text) => type switch
    {
        "number" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        "datetime" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) ? ms
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeMilliseconds()
            : null,
        _ => text.ToLowerInvariant(),
    };
}
