using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using YamlDotNet.RepresentationModel;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mapping files that make events of a stream's rows; docs/mappings.md describes them.</summary>
public static class EventMappingFile
{
    /// <summary>True where the text is a mapping to events: it has <c>entity: event</c>, or <c>events</c>.</summary>
    public static bool Is(string text)
    {
        // Mistakes are told when it is read.
        var root = new YamlDocument("").Root(text);
        return root is not null && (root.Has("events") || (root.Find("entity") is YamlScalarNode { Value: "event" }));
    }

    /// <summary>Reads a mapping's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileName">Named in errors; without its folder and ending it is the mapping's name.</param>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static EventMapping Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        var mapping = document.Root(text) is { } root ? Read(root, Path.GetFileNameWithoutExtension(fileName)) : null;
        document.ThrowIfWrong();
        return mapping ?? throw new InvalidOperationException($"{fileName}: no mistake was noted, yet there is no mapping.");
    }

    private static EventMapping Read(YamlMap root, string name)
    {
        var connector = root.Text("connector", required: true) ?? "";
        var stream = root.Text("stream", required: true) ?? "";
        if (stream.Length > 0 && !Streams.OfEvents.Contains(stream)) root.Error("stream", $"no stream of events is named '{stream}'. {Suggestion.For(stream, Streams.OfEvents)}");
        if (root.Text("entity") is { } entity && entity != "event") root.Error("entity", $"'{entity}' has no 'events'; write 'entity: event'.");
        var contact = Contact(root);
        var rules = root.Maps("events").Select(Rule).OfType<EventRule>().ToImmutableArray();
        if (!root.Has("events")) root.Error("events", "'events' is missing: which events a row tells of.");
        root.RefuseUnknownKeys();
        return new EventMapping(new EventMappingDefinition(name, connector, stream, contact, rules));
    }

    private static EventContactPaths Contact(YamlMap root)
    {
        if (root.Map("contact") is not { } map)
        {
            if (!root.Has("contact")) root.Error("contact", "'contact' is missing: where the row names its contact, by any of external_id, email and phone.");
            return new EventContactPaths([], [], []);
        }

        var before = map.Mistakes;
        var paths = new EventContactPaths(Paths(map, "external_id"), Paths(map, "email"), Paths(map, "phone"));
        if (map.Mistakes == before && paths is { ExternalId.IsEmpty: true, Email.IsEmpty: true, Phone.IsEmpty: true }) root.Error("contact", "say where the contact stands: any of external_id, email and phone.");
        map.RefuseUnknownKeys();
        return paths;
    }

    private static EventRule? Rule(YamlMap map)
    {
        var type = map.Text("type", required: true);
        if (type is not null && EventTypes.Find(type) is null) map.Error("type", $"unknown type '{type}'. {Suggestion.For(type, EventTypes.All)}");
        var each = PathAt(map, "each");
        var key = Paths(map, "key");
        if (each is not null && key.IsEmpty) map.Error("each", "with 'each' say by 'key' what tells the items apart for ever, such as their id.");
        var at = Paths(map, "at");
        if (!map.Has("at")) map.Error("at", "'at' is missing: when it happened.");
        var properties = map.Map("properties") is { } own ? Properties(own) : [];
        var rule = new EventRule(type is null ? "" : EventTypes.Find(type) ?? "", each, key, at, Tests(map, "when"), Tests(map, "unless"), properties, PathAt(map, "rest"));
        map.RefuseUnknownKeys();
        return type is null ? null : rule;
    }

    /// <summary>One test, or a list of them.</summary>
    private static ImmutableArray<EventTest> Tests(YamlMap map, string key)
    {
        IEnumerable<YamlMap> tests = map.Find(key) switch
        {
            null => [],
            YamlMappingNode => map.Map(key) is { } one ? [one] : [],
            _ => map.Maps(key),
        };
        var read = ImmutableArray.CreateBuilder<EventTest>();
        foreach (var test in tests)
        {
            if (PathAt(test, "path") is { } path) read.Add(new EventTest(path, [.. test.Texts("is").Select(t => t.Text)]));
            else if (!test.Has("path")) test.Error("path", "'path' is missing: what is looked at.");
            test.RefuseUnknownKeys();
        }

        return read.ToImmutable();
    }

    private static ImmutableArray<EventProperty> Properties(YamlMap map) =>
        [.. map.Entries().Select(e => Value(map, e.Key, e.Value) is { } value ? new EventProperty(e.Key, value) : null).OfType<EventProperty>()];

    private static EventValue? Value(YamlMap parent, string key, YamlNode node)
    {
        if (node is not YamlMappingNode) return new EventValue.Plain(Paths(parent, key), null);
        if (parent.Map(key, node) is not { } map) return null;
        EventValue? value = null;
        if (map.Text("constant") is { } constant) value = new EventValue.Constant(constant);
        else if (map.Has("each"))
        {
            if (PathAt(map, "each") is { } list && map.Map("properties") is { } properties) value = new EventValue.List(list, Properties(properties));
            else if (!map.Has("properties")) map.Error("properties", "'properties' is missing: what is kept of each item.");
        }
        else if (map.Has("amount"))
        {
            var (amount, currency) = (Paths(map, "amount"), Paths(map, "currency"));
            if (!map.Has("currency")) map.Error("currency", "'currency' is missing: an amount has as many decimals as its currency.");
            value = new EventValue.Amount(amount, currency);
        }
        else if (map.Has("path")) value = new EventValue.Plain(Paths(map, "path"), Words(map));
        else map.Error("path", "say where the value stands: 'path', 'amount' with 'currency', 'each' with 'properties', or 'constant'.");
        map.RefuseUnknownKeys();
        return value;
    }

    private static ImmutableDictionary<string, string>? Words(YamlMap map)
    {
        if (map.Map("values") is not { } values) return null;
        var words = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (word, keyNode, _) in values.Entries())
            if (values.Text(word) is { } meant && !words.TryAdd(word.Trim().ToLowerInvariant(), meant)) values.ErrorAt(keyNode, word, $"'{word}' stands here twice; case does not matter.");
        return words.ToImmutable();
    }

    private static PayloadPath? PathAt(YamlMap map, string key) => Paths(map, key) is [var path, ..] ? path : null;

    private static ImmutableArray<PayloadPath> Paths(YamlMap map, string key)
    {
        var paths = ImmutableArray.CreateBuilder<PayloadPath>();
        foreach (var (text, node) in map.Texts(key))
            if (PayloadPath.Parse(text, out var problem) is { } path) paths.Add(path);
            else map.ErrorAt(node, key, $"'{text}' is not a path: {problem}.");
        return paths.ToImmutable();
    }
}
