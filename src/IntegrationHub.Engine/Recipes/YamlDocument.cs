using System.Globalization;
using IntegrationHub.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IntegrationHub.Engine.Recipes;

/// <summary>One YAML file being read: collects mistakes with their place, so that a person mends them all at once.</summary>
internal sealed class YamlDocument(string file)
{
    private readonly List<RecipeError> errors = [];

    /// <summary>How many mistakes have been noted so far.</summary>
    internal int Mistakes => errors.Count;

    /// <summary>The whole file as a map; null, with an error noted, when it is none.</summary>
    internal YamlMap? Root(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root)
            {
                if (stream.Documents.Count > 1) Error(stream.Documents[1].RootNode, "", "a recipe file holds one document; remove the '---' and what follows, or move it to a file of its own.");
                return new YamlMap(this, root, "");
            }

            errors.Add(new RecipeError(file, 1, 1, "", "the file is not a YAML map of keys and values."));
        }
        catch (YamlException e)
        {
            errors.Add(new RecipeError(file, (int)e.Start.Line, (int)e.Start.Column, "", $"this is not valid YAML: {e.Message}"));
        }

        return null;
    }

    internal void Error(YamlNode at, string where, string message) =>
        errors.Add(new RecipeError(file, (int)at.Start.Line, (int)at.Start.Column, where, message));

    /// <exception cref="RecipeException">There was a mistake.</exception>
    internal void ThrowIfWrong()
    {
        if (errors.Count > 0) throw new RecipeException(errors);
    }
}

/// <summary>One map of a YAML file.</summary>
internal sealed class YamlMap(YamlDocument document, YamlMappingNode node, string where)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>How many mistakes have been noted so far in the whole file.</summary>
    internal int Mistakes => document.Mistakes;

    internal string Path(string key) => where.Length == 0 ? key : $"{where}.{key}";

    internal void Error(string key, string message) => document.Error(Find(key) ?? node, Path(key), message);

    internal void ErrorAt(YamlNode at, string key, string message) => document.Error(at, Path(key), message);

    internal bool Has(string key) => Find(key) is not null;

    internal YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    /// <summary>Keys in the file's order; every one counts as known.</summary>
    internal IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Entries()
    {
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                document.Error(key, where, "a key must be a plain word.");
                continue;
            }

            asked.Add(name);
            yield return (name, key, value);
        }
    }

    /// <summary>Notes every key that nobody asked for.</summary>
    internal void RefuseUnknownKeys()
    {
        foreach (var (key, _) in node.Children)
            if (key is not YamlScalarNode { Value: { } name } || !asked.Contains(name))
                document.Error(key, Path(key.ToString()), $"unknown key '{key}'. {Suggestion.For(key.ToString(), asked.Order(StringComparer.Ordinal))}");
    }

    internal string? Text(string key, bool required = false)
    {
        switch (Find(key))
        {
            case null:
                if (required) document.Error(node, Path(key), $"'{key}' is missing.");
                return null;
            case YamlScalarNode { Value: { Length: > 0 } text }:
                return text;
            case var other:
                document.Error(other, Path(key), $"'{key}' must be one value, not {Shape(other)}.");
                return null;
        }
    }

    internal bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (bool.TryParse(text, out var flag)) return flag;
        Error(key, $"'{text}' is neither true nor false.");
        return otherwise;
    }

    internal double? Number(string key, double least, double most)
    {
        if (Text(key) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Error(key, $"'{text}' is not a number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
        return null;
    }

    /// <summary>A list of texts, or a single one without brackets; empty when the key is absent.</summary>
    internal IReadOnlyList<(string Text, YamlNode Node)> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlScalarNode { Value: { Length: > 0 } text } only:
                return [(text, only)];
            case YamlSequenceNode list:
                var items = new List<(string, YamlNode)>();
                foreach (var item in list.Children)
                    if (item is YamlScalarNode { Value: { Length: > 0 } itemText }) items.Add((itemText, item));
                    else document.Error(item, Path(key), $"an item of '{key}' must be one value, not {Shape(item)}.");
                return items;
            case var other:
                document.Error(other, Path(key), $"'{key}' must be a list, not {Shape(other)}.");
                return [];
        }
    }

    internal YamlMap? Map(string key)
    {
        if (Find(key) is not { } value) return null;
        return Map(key, value);
    }

    internal YamlMap? Map(string key, YamlNode value)
    {
        if (value is YamlMappingNode map) return new YamlMap(document, map, Path(key));
        document.Error(value, Path(key), $"'{key}' must be a map of keys and values, not {Shape(value)}.");
        return null;
    }

    internal IEnumerable<YamlMap> Maps(string key)
    {
        if (Find(key) is not { } value) yield break;
        if (value is not YamlSequenceNode list)
        {
            document.Error(value, Path(key), $"'{key}' must be a list, each item starting with '-', not {Shape(value)}.");
            yield break;
        }

        for (var i = 0; i < list.Children.Count; i++)
            if (Map($"{key}[{i}]", list.Children[i]) is { } map) yield return map;
    }

    /// <summary>One of a closed set of words; null, with an error noted, when it is another.</summary>
    internal T? Choice<T>(string key, IReadOnlyDictionary<string, T> known, bool required = false) where T : struct
    {
        if (Text(key, required) is not { } text) return null;
        if (known.TryGetValue(text, out var value)) return value;
        Error(key, $"unknown value '{text}'. {Suggestion.For(text, known.Keys)}");
        return null;
    }

    internal static string Shape(YamlNode value) => value switch
    {
        YamlMappingNode => "a map",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value: null or "" } => "nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        _ => "this",
    };
}
