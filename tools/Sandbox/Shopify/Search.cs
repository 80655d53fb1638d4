using System.Globalization;

namespace IntegrationHub.Sandbox.Shopify;

/// <summary>A part of a search that Shopify passes over, and says so beside the data.</summary>
public sealed record SearchWarning(string Query, string Field, string Message);

/// <summary>Shopify's search text: <c>updated_at:>='2026-11-01T00:00:00Z' AND state:enabled</c>; and, or, not, brackets; a bare word is looked for in names and mails.</summary>
public sealed class Search
{
    private readonly string text;
    private readonly string kind;
    private readonly ICollection<SearchWarning> warnings;
    private int at;

    private Search(string text, string kind, ICollection<SearchWarning> warnings)
    {
        this.text = text;
        this.kind = kind;
        this.warnings = warnings;
    }

    /// <summary>What the text asks of a row. Unknown fields are passed over with a warning, as Shopify does.</summary>
    public static Func<ShopifyRecord, bool> Parse(string text, string kind, ICollection<SearchWarning> warnings) =>
        new Search(text, kind, warnings).Or();

    private Func<ShopifyRecord, bool> Or()
    {
        var left = And();
        while (TakeWord("OR"))
        {
            var (a, b) = (left, And());
            left = r => a(r) || b(r);
        }
        return left;
    }

    private Func<ShopifyRecord, bool> And()
    {
        var left = Not();
        while (true)
        {
            Blank();
            if (at >= text.Length || text[at] == ')' || IsWord("OR")) return left;
            TakeWord("AND");
            var (a, b) = (left, Not());
            left = r => a(r) && b(r);
        }
    }

    private Func<ShopifyRecord, bool> Not()
    {
        Blank();
        if (TakeWord("NOT") || Take('-'))
        {
            var inner = Not();
            return r => !inner(r);
        }
        if (!Take('(')) return Term();
        var group = Or();
        Blank();
        Take(')');
        return group;
    }

    private Func<ShopifyRecord, bool> Term()
    {
        Blank();
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        if (at == start || at >= text.Length || text[at] != ':')
        {
            at = start;
            var word = Value();
            if (word.Length == 0) at++;
            return r => Words(r).Any(w => w?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);
        }
        var field = text[start..at++];
        var comparison = Take('>') ? Take('=') ? ">=" : ">" : Take('<') ? Take('=') ? "<=" : "<" : "";
        return Compare(field.ToLowerInvariant(), comparison, Value());
    }

    private Func<ShopifyRecord, bool> Compare(string field, string comparison, string value)
    {
        switch (field)
        {
            case "updated_at" or "created_at" or "processed_at":
                if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
                    return Ignored(field, $"Input `{value}` is not a valid date.");
                return field == "updated_at"
                    ? r => Ordered(r.Updated.CompareTo(instant), comparison)
                    : r => Ordered(r.Created.CompareTo(instant), comparison);
            case "id":
                if (!long.TryParse(value[(value.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                    return Ignored(field, $"Input `{value}` is not a valid id.");
                return r => Ordered(r.Id.CompareTo(id), comparison);
            case "email" when kind != "AbandonedCheckout":
                return r => string.Equals(r is ShopifyCustomer c ? c.Email : ((ShopifyOrder)r).Email, value, StringComparison.OrdinalIgnoreCase);
            case "phone" when kind == "Customer":
                return r => ((ShopifyCustomer)r).Phone == value;
            case "first_name" when kind == "Customer":
                return r => string.Equals(((ShopifyCustomer)r).FirstName, value, StringComparison.OrdinalIgnoreCase);
            case "last_name" when kind == "Customer":
                return r => string.Equals(((ShopifyCustomer)r).LastName, value, StringComparison.OrdinalIgnoreCase);
            case "country" when kind == "Customer":
                return r => string.Equals(((ShopifyCustomer)r).Address?.CountryName, value, StringComparison.OrdinalIgnoreCase);
            case "tag" when kind == "Customer":
                return r => ((ShopifyCustomer)r).Tags.Contains(value, StringComparer.OrdinalIgnoreCase);
            case "orders_count" when kind == "Customer" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                return r => Ordered(((ShopifyCustomer)r).Orders.Count.CompareTo(count), comparison);
            case "email_marketing_state" when kind == "Customer":
                return r => string.Equals(((ShopifyCustomer)r).EmailState, value, StringComparison.OrdinalIgnoreCase);
            case "name" when kind == "Order":
                return r => $"#{((ShopifyOrder)r).Number}" == "#" + value.TrimStart('#');
            case "customer_id" when kind == "Order" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var buyer):
                return r => ((ShopifyOrder)r).Customer?.Id == buyer;
            case "financial_status" when kind == "Order":
                return r => string.Equals(((ShopifyOrder)r).FinancialStatus, value, StringComparison.OrdinalIgnoreCase);
            case "status" when kind == "Order":
                return static _ => true;
            default:
                return Ignored(field, "Invalid search field for this query.");
        }
    }

    private Func<ShopifyRecord, bool> Ignored(string field, string message)
    {
        warnings.Add(new SearchWarning(text, field, message));
        return static _ => true;
    }

    private static bool Ordered(int order, string comparison) =>
        comparison switch
        {
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            "<=" => order <= 0,
            _ => order == 0,
        };

    private static string?[] Words(ShopifyRecord row) =>
        row switch
        {
            ShopifyCustomer c => [c.FirstName, c.LastName, c.Email, c.Phone],
            ShopifyOrder o => [$"#{o.Number}", o.Email],
            _ => [$"#{row.Id}"],
        };

    private string Value()
    {
        Blank();
        if (at < text.Length && text[at] is '\'' or '"')
        {
            var quote = text[at];
            var end = text.IndexOf(quote, at + 1);
            if (end < 0) end = text.Length;
            var quoted = text[(at + 1)..end];
            at = Math.Min(text.Length, end + 1);
            return quoted;
        }
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != ')') at++;
        return text[start..at];
    }

    private void Blank()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    private bool Take(char c)
    {
        if (at >= text.Length || text[at] != c) return false;
        at++;
        return true;
    }

    private bool IsWord(string word) =>
        text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)
        && (at + word.Length == text.Length || char.IsWhiteSpace(text[at + word.Length]) || text[at + word.Length] == '(');

    private bool TakeWord(string word)
    {
        Blank();
        if (!IsWord(word)) return false;
        at += word.Length;
        return true;
    }
}
