using System.Collections.Frozen;
using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a name in a template may stand for.</summary>
internal abstract record FieldShape
{
    /// <summary>A text, a number, a time.</summary>
    internal sealed record Single : FieldShape;

    /// <summary>Made by a filter: what it is shows only when it is rendered.</summary>
    internal sealed record Unknown : FieldShape;

    /// <summary>Something to loop over.</summary>
    internal sealed record Many(FieldShape Item) : FieldShape;

    /// <summary>Fields with names; <paramref name="Open"/> when the workflow or the sender of an event may name more.</summary>
    internal sealed record Group(FrozenDictionary<string, FieldShape> Fields, bool Open) : FieldShape;
}

/// <summary>Every field that a template may name. The one list: the check at publish time, the values at render time and docs/templates.md follow it.</summary>
public static class TemplateFields
{
    internal static readonly FieldShape One = new FieldShape.Single();
    internal static readonly FieldShape Anything = new FieldShape.Unknown();

    private static readonly FieldShape Items = new FieldShape.Many(Of("sku", "name", "quantity", "price_minor"));

    internal static readonly FrozenDictionary<string, FieldShape> Roots = new Dictionary<string, FieldShape>
    {
        ["contact"] = new FieldShape.Group(
            Fields.Golden.Select(f => (Fields.NameOf(f), Fields.Lists.Contains(f) ? new FieldShape.Many(One) : One)).Concat([("id", One), ("name", One)])
                .ToFrozenDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal),
            Open: false),
        ["event"] = Of([("items", Items), ("fields", Opened)], "type", "at", "currency", "value_minor", "total_minor", "order_id", "path", "url", "referrer", "utm_source", "utm_medium", "utm_campaign",
            "utm_term", "utm_content", "form", "kind", "text"),
        ["order"] = Of([("items", Items)], "order_id", "at", "currency", "total_minor"),
        ["cart"] = Of([("items", Items)], "at", "currency", "value_minor"),
        ["products"] = new FieldShape.Many(Of("sku", "name", "price_minor", "currency", "url", "image", "description")),
        ["owner"] = Of("name", "first_name", "email", "phone", "title", "calendar"),
        ["sender"] = Of("name", "email", "reply_to", "company", "postal_address", "phone", "website"),
        ["workflow"] = Of("name", "version", "step"),
        ["offer"] = Of("code", "percent", "amount_minor", "currency", "text", "ends_at"),
        ["score"] = Of([("reasons", new FieldShape.Many(One))], "fit", "behaviour"),
        ["parameters"] = Opened,
        ["links"] = Opened with { Fields = new Dictionary<string, FieldShape> { ["unsubscribe"] = One }.ToFrozenDictionary(StringComparer.Ordinal) },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All of them, as a template writes them, in ordinal order: <c>contact.first_name</c>, <c>event.items[].sku</c>, <c>parameters.*</c>.</summary>
    public static ImmutableArray<string> All { get; } = [.. Roots.SelectMany(r => Paths(r.Key, r.Value)).Order(StringComparer.Ordinal)];

    private static FieldShape.Group Opened => new(FrozenDictionary<string, FieldShape>.Empty, Open: true);

    private static FieldShape.Group Of(params string[] fields) => Of([], fields);

    private static FieldShape.Group Of((string Name, FieldShape Shape)[] others, params string[] fields) =>
        new(fields.Select(f => (Name: f, Shape: One)).Concat(others).ToFrozenDictionary(f => f.Name, f => f.Shape, StringComparer.Ordinal), Open: false);

    private static IEnumerable<string> Paths(string path, FieldShape shape) => shape switch
    {
        FieldShape.Group group => group.Fields.SelectMany(f => Paths($"{path}.{f.Key}", f.Value)).Concat(group.Open ? [$"{path}.*"] : []),
        FieldShape.Many many => Paths($"{path}[]", many.Item),
        _ => [path],
    };
}
