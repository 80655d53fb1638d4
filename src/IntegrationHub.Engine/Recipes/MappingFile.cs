using System.Collections.Immutable;
using IntegrationHub.Normalising;
using IntegrationHub.Syncing;
using IntegrationHub.Vocabulary;
using YamlDotNet.RepresentationModel;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads mapping files; docs/mappings.md describes them.</summary>
public sealed class MappingFile
{
    /// <summary>The connector name of mappings for files, whose paths are column headers.</summary>
    public const string FilesConnector = "files";

    private static readonly Dictionary<string, EntityKind> Kinds = new(StringComparer.Ordinal)
    {
        ["contact"] = EntityKind.Contact,
        ["company"] = EntityKind.Company,
    };

    private static readonly Dictionary<string, Channel> Channels = new(StringComparer.Ordinal) { ["email"] = Channel.Email, ["sms"] = Channel.Sms };

    private static readonly Dictionary<string, ConsentState> States = new(StringComparer.Ordinal)
    {
        ["granted"] = ConsentState.Granted,
        ["denied"] = ConsentState.Denied,
        ["pending"] = ConsentState.Pending,
        ["suppressed"] = ConsentState.Suppressed,
    };

    private static readonly Dictionary<string, FieldOwner> Owners = new(StringComparer.Ordinal)
    {
        ["hub"] = FieldOwner.Hub,
        ["source"] = FieldOwner.Source,
    };

    private readonly YamlMap root;
    private readonly bool columns;

    private MappingFile(YamlMap root)
    {
        this.root = root;
        columns = root.Text("connector") == FilesConnector;
    }

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="RecipeException">It has mistakes, or cannot be read at all.</exception>
    public static SourceRecipe Load(string path) => Parse(RecipeText.Read(path), path);

    /// <summary>Reads a mapping's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileName">Named in errors; without its folder and ending it is the mapping's name.</param>
    /// <exception cref="RecipeException">It has mistakes.</exception>
    public static SourceRecipe Parse(string text, string fileName)
    {
        var document = new YamlDocument(fileName);
        var root = document.Root(text);
        var recipe = root is null ? null : new MappingFile(root).Read(Path.GetFileNameWithoutExtension(fileName), text);
        document.ThrowIfWrong();
        return recipe ?? throw new InvalidOperationException($"{fileName}: no mistake was noted, yet there is no mapping.");
    }

    private SourceRecipe Read(string name, string text)
    {
        var connector = root.Text("connector", required: true) ?? "";
        var stream = root.Text("stream") ?? Streams.Contacts;
        if (stream is not (Streams.Contacts or Streams.Companies))
            root.Error("stream", $"no mapping reads the stream '{stream}'. {Suggestion.For(stream, [Streams.Contacts, Streams.Companies])}");
        var definition = new MappingDefinition(
            name,
            connector,
            stream,
            root.Choice("entity", Kinds) ?? (stream == Streams.Companies ? EntityKind.Company : EntityKind.Contact),
            Layout(name),
            MappedFields(),
            [.. root.Texts("required").Select(r => FieldNamed("required", r.Text, r.Node)).OfType<Field>()],
            Region(),
            Value(root, "updated_at"),
            [.. root.Maps("consents").Select(Consent).OfType<ConsentMapping>()],
            Optional(),
            [.. root.Texts("ignore").Select(i => PathAt(root, "ignore", i.Text, i.Node, columns)).OfType<PayloadPath>()],
            NormaliserVersion.With(text));
        var writeBack = WriteBack();
        root.RefuseUnknownKeys();
        CheckRequired(definition);
        return new SourceRecipe(new SourceMapping(definition), writeBack);
    }

    private FileLayout? Layout(string name)
    {
        if (columns)
            return new FileLayout(
                root.Text("layout") ?? name,
                [.. root.Texts("headers").Select(h => h.Text.Trim())],
                [.. root.Texts("key").Select(k => k.Text.Trim())]);
        foreach (var key in (string[])["layout", "headers", "key"])
            if (root.Has(key)) root.Error(key, $"'{key}' is for files only: 'connector: {FilesConnector}'.");
        return null;
    }

    /// <summary>Null, no path is expected, for <c>optional: all</c>.</summary>
    private ImmutableHashSet<PayloadPath>? Optional() =>
        root.Texts("optional") is [("all", _)] ? null
            : [.. root.Texts("optional").Select(o => PathAt(root, "optional", o.Text, o.Node, columns)).OfType<PayloadPath>()];

    private string? Region()
    {
        if (root.Text("region") is not { } region) return null;
        if (region.Length == 2 && region.All(char.IsAsciiLetterUpper)) return region;
        root.Error("region", $"'{region}' is not an ISO 3166-1 code of two capitals, such as US or DE.");
        return null;
    }

    private ImmutableArray<FieldMapping> MappedFields()
    {
        if (root.Map("fields") is not { } fields)
        {
            if (!root.Has("fields")) root.Error("fields", "'fields' is missing: a mapping says which field comes from which path.");
            return [];
        }

        var mapped = ImmutableArray.CreateBuilder<FieldMapping>();
        foreach (var (name, keyNode, value) in fields.Entries())
        {
            if (FieldNamed(fields, name, keyNode) is not { } field) continue;
            if (value is YamlMappingNode && fields.Map(name, value) is { } map && map.Text("constant") is { } constant)
            {
                map.RefuseUnknownKeys();
                mapped.Add(new FieldMapping(field, PathValue.Nothing, constant));
            }
            else if (Value(fields, name) is { } read) mapped.Add(new FieldMapping(field, read));
        }

        if (mapped.Count == 0 && !fields.Entries().Any()) root.Error("fields", "no field is mapped.");
        return mapped.ToImmutable();
    }

    private Field? FieldNamed(string key, string name, YamlNode at) => FieldNamed(root, name, at, key);

    private static Field? FieldNamed(YamlMap map, string name, YamlNode at, string? key = null)
    {
        if (Fields.Find(name) is { } field && field is not (Field.EmailKey or Field.PhoneKey)) return field;
        var known = Enum.GetValues<Field>().Where(f => f is not (Field.EmailKey or Field.PhoneKey)).Select(Fields.NameOf);
        map.ErrorAt(at, key ?? name, $"unknown field '{name}'. {Suggestion.For(name, known)}");
        return null;
    }

    /// <summary>A path alone, or a map of path(s) or column(s), join and transforms; null when absent or wrong.</summary>
    private PathValue? Value(YamlMap parent, string key)
    {
        if (parent.Find(key) is not { } node) return null;
        var before = root.Mistakes;
        if (node is YamlScalarNode or YamlSequenceNode)
        {
            var plain = Paths(parent, key, columns);
            return plain.IsEmpty ? Missing(parent, key, before) : new PathValue(plain, null, []);
        }

        if (parent.Map(key, node) is not { } map) return null;
        var paths = Paths(map, "path", literal: false)
            .AddRange(Paths(map, "paths", literal: false))
            .AddRange(Paths(map, "column", literal: true))
            .AddRange(Paths(map, "columns", literal: true));
        var join = map.Text("join");
        var transforms = Transforms(map);
        map.RefuseUnknownKeys();
        return paths.IsEmpty ? Missing(parent, key, before) : new PathValue(paths, join, transforms);
    }

    /// <summary>Says so only where no mistake was noted since: a misspelt key or path is told by its own message.</summary>
    private PathValue? Missing(YamlMap parent, string key, int before)
    {
        if (root.Mistakes > before) return null;
        parent.Error(key, columns ? "say where the value stands: 'column: Header'." : "say where the value stands: 'path: properties.email'.");
        return null;
    }

    private static ImmutableArray<PayloadPath> Paths(YamlMap map, string key, bool literal) =>
        [.. map.Texts(key).Select(p => PathAt(map, key, p.Text, p.Node, literal)).OfType<PayloadPath>()];

    private static PayloadPath? PathAt(YamlMap map, string key, string text, YamlNode at, bool literal)
    {
        if (literal) return PayloadPath.OfProperty(text.Trim());
        var path = PayloadPath.Parse(text, out var problem);
        if (path is null) map.ErrorAt(at, key, $"'{text}' is not a path: {problem}.");
        return path;
    }

    private static ImmutableArray<Transform> Transforms(YamlMap map)
    {
        var transforms = ImmutableArray.CreateBuilder<Transform>();
        foreach (var (name, node) in map.Texts("transforms"))
            if (Normalising.Transforms.All.TryGetValue(name, out var transform)) transforms.Add(transform);
            else map.ErrorAt(node, "transforms", $"unknown transform '{name}'. {Suggestion.For(name, Normalising.Transforms.All.Keys)}");
        return transforms.ToImmutable();
    }

    private ConsentMapping? Consent(YamlMap map)
    {
        var channel = map.Choice("channel", Channels, required: true);
        var purpose = map.Text("purpose") ?? "marketing";
        var state = Value(map, "state");
        if (!map.Has("state")) map.Error("state", "'state' is missing: where the vendor's word stands.");
        var point = Value(map, "point");
        if (!map.Has("point")) map.Error("point", "'point' is missing: where the address or number stands that the word is about.");
        var at = Value(map, "at");
        var words = Words(map);
        map.RefuseUnknownKeys();
        return channel is { } known && state is not null && point is not null && words is not null ? new ConsentMapping(known, purpose, state, words, point, at) : null;
    }

    private static ImmutableDictionary<string, ConsentState>? Words(YamlMap map)
    {
        if (map.Map("values") is not { } values)
        {
            if (!map.Has("values")) map.Error("values", "'values' is missing: the vendor's words and what they mean. A word that is not listed is no claim.");
            return null;
        }

        var words = ImmutableDictionary.CreateBuilder<string, ConsentState>(StringComparer.Ordinal);
        foreach (var (word, keyNode, _) in values.Entries())
        {
            if (values.Choice(word, States) is not { } state) continue;
            if (!words.TryAdd(word.Trim().ToLowerInvariant(), state)) values.ErrorAt(keyNode, word, $"'{word}' stands here twice; case does not matter.");
        }

        return words.ToImmutable();
    }

    private WriteBackRules WriteBack()
    {
        if (root.Map("write_back") is not { } map) return WriteBackRules.None;
        var enabled = map.Flag("enabled", otherwise: false);
        var rules = ImmutableArray.CreateBuilder<WriteBackField>();
        if (map.Map("properties") is { } properties)
            foreach (var (property, keyNode, value) in properties.Entries())
                if (properties.Map(property, value) is { } entry && WriteBackField(entry, property) is { } rule) rules.Add(rule);
        var (suppressions, activities) = (map.Flag("suppressions", otherwise: false), map.Flag("activities", otherwise: false));
        if (columns) root.Error("write_back", "a file is never written back to.");
        map.RefuseUnknownKeys();
        return new WriteBackRules(enabled, rules.ToImmutable()) { Suppressions = suppressions, Activities = activities };
    }

    private static WriteBackField? WriteBackField(YamlMap entry, string property)
    {
        var owner = entry.Choice("owner", Owners, required: true);
        var path = entry.Text("path") is { } text ? PathAt(entry, "path", text, entry.Find("path")!, literal: false) : PayloadPath.OfProperty(property);
        var field = entry.Text("field", required: true) is { } name ? FieldNamed(entry, name, entry.Find("field")!, "field") : null;
        entry.RefuseUnknownKeys();
        if (field is { } known && !Fields.Golden.Contains(known))
        {
            entry.Error("field", $"'{Fields.NameOf(known)}' is for input only; a golden record has no such value.");
            return null;
        }

        return owner is { } who && field is { } what && path is not null ? new WriteBackField(property, what, who, path.Text) : null;
    }

    private void CheckRequired(MappingDefinition definition)
    {
        var mapped = definition.Fields.Select(f => f.Field).ToHashSet();
        foreach (var field in definition.Required)
            if (!mapped.Contains(field) && !FilledByNormalising(field, mapped))
                root.Error("required", $"'{Fields.NameOf(field)}' is required, yet 'fields' does not map it.");
    }

    private static bool FilledByNormalising(Field field, HashSet<Field> mapped) => field switch
    {
        Field.Title or Field.FirstName or Field.MiddleName or Field.LastName or Field.Suffix => mapped.Contains(Field.FullName),
        _ => Fields.Address.Contains(field) && mapped.Contains(Field.FullAddress),
    };
}
