using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Sandbox.Shopify.GraphQl;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>The shop's state. All access under <see cref="Lock"/>.</summary>
public sealed class ShopifyShop
{
    private readonly Dictionary<long, ShopifyCustomer> customers = [];
    private readonly Dictionary<long, ShopifyOrder> orders = [];
    private readonly Dictionary<long, ShopifyCheckout> checkouts = [];
    private readonly Dictionary<(string Kind, string Key), (long Version, List<ShopifyRecord> Rows)> sorted = [];
    private (string Kind, string Key, long Version, List<ShopifyRecord> Rows)? filtered;
    private long version;

    /// <summary>Held while the state is read or changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>What the shop sells in.</summary>
    public const string Currency = "EUR";

    /// <summary>Living customers by id.</summary>
    public IReadOnlyDictionary<long, ShopifyCustomer> Customers => customers;

    /// <summary>Orders by id.</summary>
    public IReadOnlyDictionary<long, ShopifyOrder> Orders => orders;

    /// <summary>Checkouts by id.</summary>
    public IReadOnlyDictionary<long, ShopifyCheckout> Checkouts => checkouts;

    /// <summary>Adds a checkout.</summary>
    public void Add(ShopifyCheckout checkout)
    {
        checkouts.Add(checkout.Id, checkout);
        version++;
    }

    /// <summary>Adds a customer.</summary>
    public void Add(ShopifyCustomer customer)
    {
        customers.Add(customer.Id, customer);
        version++;
    }

    /// <summary>Adds an order.</summary>
    public void Add(ShopifyOrder order)
    {
        orders.Add(order.Id, order);
        version++;
    }

    /// <summary>A row has changed now.</summary>
    public void Touch(ShopifyRecord row, DateTimeOffset now)
    {
        row.Touch(now);
        version++;
    }

    /// <summary>A customer vanishes; the orders stay, without one.</summary>
    public void Remove(ShopifyCustomer customer)
    {
        foreach (var order in customer.Orders) order.Customer = null;
        foreach (var checkout in checkouts.Values.Where(c => c.Customer == customer)) checkout.Customer = null;
        customers.Remove(customer.Id);
        version++;
    }

    /// <summary>One page of a connection, after its arguments first, last, after, before, query, sortKey, reverse.</summary>
    public Slice Page(string kind, Arguments arguments, ICollection<SearchWarning> warnings)
    {
        var key = arguments.Text("sortKey") ?? (kind == "Order" ? "PROCESSED_AT" : "ID");
        var text = arguments.Text("query") ?? "";
        var reverse = arguments.Flag("reverse");
        var rows = Rows(kind, key, reverse, text, warnings);
        return Cut(rows, arguments, r => CursorOf((ShopifyRecord)r, key), cursor => After(rows, cursor, key, reverse, arguments));
    }

    /// <summary>A page of rows that all hang on one parent.</summary>
    public static Slice Cut(IReadOnlyList<object> rows, Arguments arguments, Func<object, string> cursorOf, Func<string, int> placeAfter)
    {
        int? first = arguments.Number("first"), last = arguments.Number("last");
        if (first is null && last is null) throw arguments.Wrong("you must provide one of first or last", "BAD_REQUEST");
        if (first > 250 || last > 250) throw arguments.Wrong($"{(first > 250 ? "first" : "last")} cannot exceed 250", "BAD_REQUEST");
        if (first < 0 || last < 0) throw arguments.Wrong("first and last cannot be negative", "BAD_REQUEST");
        var start = arguments.Text("after") is { } after ? placeAfter(after) : 0;
        var end = arguments.Text("before") is { } before ? Math.Max(start, placeAfter(before) - 1) : rows.Count;
        var from = first is null ? Math.Max(start, end - last!.Value) : start;
        var to = first is { } f ? Math.Min(end, start + f) : end;
        return new Slice(new Range(rows, from, to - from), from > 0, to < rows.Count, cursorOf);
    }

    private List<ShopifyRecord> Rows(string kind, string key, bool reverse, string text, ICollection<SearchWarning> warnings)
    {
        var name = $"{key}|{reverse}|{text}";
        if (filtered is { } last && last.Kind == kind && last.Key == name && last.Version == version) return last.Rows;
        var rows = Sorted(kind, key);
        if (text.Trim().Length > 0)
        {
            var matches = Search.Parse(text, kind, warnings);
            rows = rows.Where(matches).ToList();
        }
        if (reverse) rows = Enumerable.Reverse(rows).ToList();
        // A query with warnings is read again each time, so that each of its pages tells them.
        if (warnings.Count == 0) filtered = (kind, name, version, rows);
        return rows;
    }

    private List<ShopifyRecord> Sorted(string kind, string key)
    {
        if (sorted.TryGetValue((kind, key), out var made) && made.Version == version) return made.Rows;
        IEnumerable<ShopifyRecord> all = kind switch { "Order" => orders.Values, "AbandonedCheckout" => checkouts.Values, _ => customers.Values };
        var rows = all.ToArray();
        Array.Sort(rows, Comparison(key));
        var list = rows.ToList();
        sorted[(kind, key)] = (version, list);
        return list;
    }

    private static Comparison<ShopifyRecord> Comparison(string key) => key switch
    {
        "UPDATED_AT" => (a, b) => a.Updated.CompareTo(b.Updated) is not 0 and var order ? order : a.Id.CompareTo(b.Id),
        "CREATED_AT" or "PROCESSED_AT" => (a, b) => a.Created.CompareTo(b.Created) is not 0 and var order ? order : a.Id.CompareTo(b.Id),
        "NAME" => (a, b) => string.CompareOrdinal(NameOf(a), NameOf(b)) is not 0 and var order ? order : a.Id.CompareTo(b.Id),
        _ => (a, b) => a.Id.CompareTo(b.Id),
    };

    private static string NameOf(ShopifyRecord row) =>
        row switch { ShopifyCustomer customer => $"{customer.LastName}, {customer.FirstName}", ShopifyOrder order => $"#{order.Number}", _ => $"#{row.Id}" };

    private static string ValueOf(ShopifyRecord row, string key) => key switch
    {
        "UPDATED_AT" => ShopifyRecord.Stamp(row.Updated),
        "CREATED_AT" or "PROCESSED_AT" => ShopifyRecord.Stamp(row.Created),
        "NAME" => NameOf(row),
        _ => row.Id.ToString(CultureInfo.InvariantCulture),
    };

    private static string CursorOf(ShopifyRecord row, string key) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new Cursor(row.Id, ValueOf(row, key), key)));

    /// <summary>How many rows lie up to and with the cursor; the row itself may be gone.</summary>
    private static int After(List<ShopifyRecord> rows, string cursor, string key, bool reverse, Arguments arguments)
    {
        if (ReadCursor(cursor, key) is not var (id, value)) throw arguments.Wrong("Invalid cursor for current pagination sort.", "BAD_REQUEST");
        int low = 0, high = rows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = Compare(rows[middle], id, value, key);
            if (reverse ? order >= 0 : order <= 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int Compare(ShopifyRecord row, long id, string value, string key)
    {
        if (key is "UPDATED_AT" or "CREATED_AT" or "PROCESSED_AT" or "NAME")
        {
            var order = string.CompareOrdinal(ValueOf(row, key), value);
            if (order != 0) return order;
        }
        return row.Id.CompareTo(id);
    }

    private static (long Id, string Value)? ReadCursor(string cursor, string key)
    {
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)) return null;
        try
        {
            var read = JsonSerializer.Deserialize<Cursor>(bytes.AsSpan(0, length));
            return read is { LastValue: { } value } && read.Sort == key ? (read.LastId, value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Cursor(
        [property: JsonPropertyName("last_id")] long LastId,
        [property: JsonPropertyName("last_value")] string? LastValue,
        [property: JsonPropertyName("sort")] string? Sort
    );

    /// <summary>A stretch of a list, without copying it.</summary>
    private sealed class Range(IReadOnlyList<object> rows, int from, int count) : IReadOnlyList<object>
    {
        public object this[int index] => rows[from + index];
        public int Count => Math.Max(0, count);
        public IEnumerator<object> GetEnumerator()
        {
            for (var i = 0; i < Count; i++) yield return rows[from + i];
        }
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
