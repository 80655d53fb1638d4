using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Workflows;

/// <summary>What an event says besides its type, time and contact: a JSON object, read leniently. Immutable.</summary>
public sealed class EventProperties
{
    private readonly JsonElement root;

    private EventProperties(JsonElement root) => this.root = root;

    /// <summary>No property.</summary>
    public static EventProperties None { get; } = Parse("{}");

    /// <summary>The properties of a JSON object; those of anything else are none.</summary>
    public static EventProperties Of(JsonElement json) => new(json.ValueKind == JsonValueKind.Object ? json.Clone() : None.root);

    /// <summary>The properties in a JSON text.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static EventProperties Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new EventProperties(document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : JsonDocument.Parse("{}").RootElement.Clone());
    }

    /// <summary>The JSON object.</summary>
    public JsonElement Json => root;

    /// <summary>A property by its name, or by a path with dots (<c>utm.source</c>); null when it is not there or is JSON's null.</summary>
    public JsonElement? Find(string path)
    {
        var here = root;
        if (here.TryGetProperty(path, out var direct)) return direct.ValueKind == JsonValueKind.Null ? null : direct;
        foreach (var part in path.Split('.'))
        {
            if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(part, out here)) return null;
        }

        return here.ValueKind == JsonValueKind.Null ? null : here;
    }

    /// <summary>A property as text: a string as it is, a number or a truth value as JSON writes it; null when it is not there, empty, or a list.</summary>
    public string? Text(string path) => Find(path) is { } value ? TextOf(value) : null;

    /// <summary>A property as a whole number, such as an amount in minor units; null when it is none.</summary>
    public long? Number(string path) => Find(path) switch
    {
        { ValueKind: JsonValueKind.Number } n when n.TryGetInt64(out var whole) => whole,
        { ValueKind: JsonValueKind.Number } n when n.TryGetDecimal(out var part) && part is > long.MinValue and < long.MaxValue => (long)decimal.Round(part, MidpointRounding.AwayFromZero),
        { ValueKind: JsonValueKind.String } s when long.TryParse(s.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var text) => text,
        _ => null,
    };

    /// <summary>The items of a cart, an order or a refund; empty when there are none. An item without a SKU and a name is left out.</summary>
    public ImmutableArray<EventItem> Items
    {
        get
        {
            if (Find("items") is not { ValueKind: JsonValueKind.Array } list) return [];
            var items = ImmutableArray.CreateBuilder<EventItem>(list.GetArrayLength());
            foreach (var element in list.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.Object) continue;
                var item = new EventProperties(element);
                var (sku, name) = (item.Text("sku"), item.Text("name"));
                if (sku is null && name is null) continue;
                items.Add(new EventItem(sku ?? name!, name ?? sku!, Math.Clamp(item.Number("quantity") ?? 1, 0, 1_000_000), item.Number("price_minor")));
            }

            return items.ToImmutable();
        }
    }

    /// <summary>What the event is worth in minor units: the cart's, the order's or the refund's total, else the sum of its items; null when nothing tells.</summary>
    public long? AmountMinor
    {
        get
        {
            if ((Number("total_minor") ?? Number("value_minor") ?? Number("amount_minor")) is { } total) return total;
            var items = Items;
            return items.Length > 0 && items.All(i => i.PriceMinor is not null) ? items.Sum(i => i.PriceMinor!.Value * i.Quantity) : null;
        }
    }

    internal static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}

/// <summary>One item of a cart, an order or a refund.</summary>
/// <param name="Sku">The shop's number of the product.</param>
/// <param name="Name">Its name.</param>
/// <param name="Quantity">How many.</param>
/// <param name="PriceMinor">The price of one, in minor units of the event's currency; null when it is not told.</param>
public sealed record EventItem(string Sku, string Name, long Quantity, long? PriceMinor);
