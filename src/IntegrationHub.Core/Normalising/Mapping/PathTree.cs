using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Normalising;

/// <summary>
/// The paths of one mapping as a tree, so that one pass over a payload reads them all and decodes nothing that no path asks for.
/// </summary>
internal sealed class PathTree
{
    private const int LongestNameOnStack = 256;

    private readonly Node root = new(0, "");
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PayloadPath>.Builder paths = ImmutableArray.CreateBuilder<PayloadPath>();
    private readonly StringComparer names;
    private int nodes = 1;

    /// <param name="names">How property names are compared: files' headers without case, vendors' properties exactly.</param>
    internal PathTree(StringComparer names) => this.names = names;

    /// <summary>The distinct paths, by slot.</summary>
    internal ImmutableArray<PayloadPath> Paths => paths.ToImmutable();

    /// <summary>How many nodes the tree has.</summary>
    internal int Nodes => nodes;

    /// <summary>The number under which the path's values are found; the same for the same path.</summary>
    internal int Slot(PayloadPath path)
    {
        if (slots.TryGetValue(path.Text, out var known)) return known;
        var slot = slots[path.Text] = paths.Count;
        paths.Add(path);
        NodeOf(path).Slots.Add(slot);
        return slot;
    }

    /// <summary>Neither read nor reported as unmapped.</summary>
    internal void Ignore(PayloadPath path) => NodeOf(path).Ignored = true;

    private Node NodeOf(PayloadPath path)
    {
        var node = root;
        foreach (var step in path.Steps)
            node = step switch
            {
                PathStep.Property property => Child(node.Properties ??= new Dictionary<string, Node>(names), property.Name, node, step),
                PathStep.Item item => Child(node.Items ??= [], item.At, node, step),
                _ => node.Each ??= new Node(nodes++, Prefix(node, step)),
            };
        return node;
    }

    private Node Child<TKey>(Dictionary<TKey, Node> children, TKey key, Node parent, PathStep step) where TKey : notnull
    {
        if (children.TryGetValue(key, out var child)) return child;
        return children[key] = new Node(nodes++, Prefix(parent, step));
    }

    private static string Prefix(Node parent, PathStep step) => step switch
    {
        PathStep.Property property => PayloadPath.Spell(parent.Prefix, property.Name),
        PathStep.Item item => $"{parent.Prefix}[{item.At}]",
        _ => parent.Prefix + "[*]",
    };

    /// <summary>Reads all values of all paths.</summary>
    /// <exception cref="FormatException">The payload is not one JSON object.</exception>
    internal PathValues Read(ReadOnlySpan<byte> payload, PathUse? use)
    {
        var values = new PathValues(paths.Count);
        var reader = new Utf8JsonReader(payload);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException("the payload is not a JSON object.");
            Walk(ref reader, root, values, use);
            if (reader.Read()) throw new FormatException("the payload holds more than one JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"the payload is not one JSON object ({e.Message}).", e);
        }

        return values;
    }

    private static void Walk(ref Utf8JsonReader reader, Node node, PathValues values, PathUse? use)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WalkObject(ref reader, node, values, use);
                break;
            case JsonTokenType.StartArray:
                WalkArray(ref reader, node, values, use);
                break;
            case JsonTokenType.Null:
                Seen(node, use);
                break;
            default:
                Seen(node, use);
                if (node.Slots.Count > 0) Take(node, values, Text(ref reader));
                break;
        }
    }

    private static void WalkObject(ref Utf8JsonReader reader, Node node, PathValues values, PathUse? use)
    {
        if (node.Properties is null)
        {
            reader.Skip();
            return;
        }

        Span<char> buffer = stackalloc char[LongestNameOnStack];
        var lookup = node.Properties.GetAlternateLookup<ReadOnlySpan<char>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan.Length <= LongestNameOnStack && !reader.ValueIsEscaped
                ? buffer[..reader.CopyString(buffer)]
                : Text(ref reader).AsSpan();
            var known = lookup.TryGetValue(name, out var child);
            if (!known) use?.Unmapped(node.Id, node.Prefix, name);
            reader.Read();
            if (known && !child!.OnlyIgnored) Walk(ref reader, child, values, use);
            else reader.Skip();
        }
    }

    private static void WalkArray(ref Utf8JsonReader reader, Node node, PathValues values, PathUse? use)
    {
        var ownItems = node.Slots.Count > 0;
        if (!ownItems && node.Each is null && node.Items is null)
        {
            reader.Skip();
            return;
        }

        Seen(node, use);
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            // A path that ends at an array takes its plain items, so that a system which turns one value into a list loses nothing.
            if (ownItems && reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
                Take(node, values, Text(ref reader));
            var item = node.Items?.GetValueOrDefault(i);
            if (node.Each is not null && item is not null)
            {
                var again = reader;
                Walk(ref again, item, values, use);
            }

            if ((node.Each ?? item) is { } next) Walk(ref reader, next, values, use);
            else reader.Skip();
        }
    }

    private static void Take(Node node, PathValues values, string text)
    {
        foreach (var slot in node.Slots) values.Add(slot, text);
    }

    private static void Seen(Node node, PathUse? use)
    {
        if (use is null) return;
        foreach (var slot in node.Slots) use.Seen(slot);
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True) return "true";
        if (reader.TokenType is JsonTokenType.False) return "false";
        if (reader.TokenType is JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: the text as written is worth more than no record.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private sealed class Node(int id, string prefix)
    {
        internal int Id { get; } = id;

        internal string Prefix { get; } = prefix;

        internal List<int> Slots { get; } = [];

        internal Dictionary<string, Node>? Properties { get; set; }

        internal Dictionary<int, Node>? Items { get; set; }

        internal Node? Each { get; set; }

        internal bool Ignored { get; set; }

        internal bool OnlyIgnored => Ignored && Slots.Count == 0 && Properties is null && Items is null && Each is null;
    }
}

/// <summary>What the paths of one payload gave, by slot.</summary>
internal sealed class PathValues(int slots)
{
    private readonly string?[] first = new string?[slots];
    private List<string>?[]? more;

    internal void Add(int slot, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        if (first[slot] is null)
        {
            first[slot] = text;
            return;
        }

        more ??= new List<string>?[first.Length];
        (more[slot] ??= []).Add(text);
    }

    /// <summary>The first value; null where there is none.</summary>
    internal string? First(int slot) => first[slot];

    /// <summary>All values, in the payload's order.</summary>
    internal IEnumerable<string> All(int slot)
    {
        if (first[slot] is not { } head) yield break;
        yield return head;
        if (more?[slot] is not { } rest) yield break;
        foreach (var text in rest) yield return text;
    }
}
