using System.Collections.Immutable;
using System.Globalization;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>One file's parameters and mistakes, gathered while it is read, so that a person mends them all at once.</summary>
public sealed class DefinitionNotes
{
    private readonly List<DefinitionError> errors = [];
    private readonly Dictionary<string, DefinitionNode.Scalar> parameters = new(StringComparer.Ordinal);

    /// <summary>The mistakes in the order of the file.</summary>
    public ImmutableArray<DefinitionError> Errors => [.. errors.Distinct().OrderBy(e => e.Line).ThenBy(e => e.Column)];

    /// <summary>Notes a mistake.</summary>
    public void Error(DefinitionNode at, string where, string message) => errors.Add(new DefinitionError(at.Line, at.Column, where, message));

    /// <summary>Declares a parameter, which values refer to as <c>$name</c>.</summary>
    public void Declare(string name, DefinitionNode.Scalar value) => parameters[name] = value;

    /// <summary>The value itself, or the parameter's that it refers to.</summary>
    internal DefinitionNode.Scalar? Resolve(DefinitionNode.Scalar value, string where)
    {
        if (!value.Value.StartsWith('$')) return value;
        var name = value.Value[1..];
        if (parameters.TryGetValue(name, out var parameter)) return parameter with { Line = value.Line, Column = value.Column };
        Error(value, where, $"no parameter '{name}' stands under 'parameters'. {Suggestion.For(name, parameters.Keys)}");
        return null;
    }
}

/// <summary>One map of a definition file, read key by key; what is wrong is noted with its place, and reading goes on.</summary>
/// <param name="notes">Where mistakes go.</param>
/// <param name="node">The map.</param>
/// <param name="where">Its path in the file.</param>
public sealed class DefinitionMap(DefinitionNotes notes, DefinitionNode.Map node, string where)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Where mistakes go.</summary>
    public DefinitionNotes Notes => notes;

    /// <summary>The map.</summary>
    public DefinitionNode.Map Node => node;

    /// <summary>The path of the map.</summary>
    public string Where => where;

    /// <summary>The keys that were asked for: those that are known.</summary>
    internal IReadOnlySet<string> Asked => asked;

    /// <summary>The path of a key.</summary>
    public string Path(string key) => where.Length == 0 ? key : $"{where}.{key}";

    /// <summary>Notes a mistake at a key, or at the map where the key is absent.</summary>
    public void Error(string key, string message) => notes.Error(node.Find(key) ?? node, Path(key), message);

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The key's value as it stands; null when it is not there.</summary>
    public DefinitionNode? Find(string key)
    {
        asked.Add(key);
        return node.Find(key);
    }

    /// <summary>The keys in the order of the file; all count as known.</summary>
    public IEnumerable<(string Key, DefinitionNode Value)> Entries()
    {
        foreach (var (key, value) in node.Entries)
        {
            asked.Add(key.Value);
            yield return (key.Value, value);
        }
    }

    /// <summary>Notes every key that nobody asked for.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var (key, _) in node.Entries)
            if (!asked.Contains(key.Value)) notes.Error(key, Path(key.Value), $"unknown key '{key.Value}'. {Suggestion.For(key.Value, asked.Order(StringComparer.Ordinal))}");
    }

    /// <summary>One value; null, and where it is required a mistake, when there is none.</summary>
    public string? Text(string key, bool required = false) => Scalar(key, required)?.Value;

    /// <summary>A list of values, or one value without brackets.</summary>
    public ImmutableArray<string> Texts(string key, bool required = false)
    {
        switch (Find(key))
        {
            case null:
                if (required) notes.Error(node, Path(key), $"'{key}' is missing.");
                return [];
            case DefinitionNode.Scalar only:
                return notes.Resolve(only, Path(key)) is { Value.Length: > 0 } single ? [single.Value] : [];
            case DefinitionNode.Sequence list:
                var items = ImmutableArray.CreateBuilder<string>();
                foreach (var item in list.Items)
                    if (item is DefinitionNode.Scalar { Value.Length: > 0 } scalar && notes.Resolve(scalar, Path(key)) is { } text) items.Add(text.Value);
                    else if (item is not DefinitionNode.Scalar) notes.Error(item, Path(key), $"an item of '{key}' must be one value, not {item.Shape}.");
                return items.ToImmutable();
            case var other:
                notes.Error(other, Path(key), $"'{key}' must be a list, not {other.Shape}.");
                return [];
        }
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (Scalar(key, false) is not { } value) return otherwise;
        if (bool.TryParse(value.Value, out var flag)) return flag;
        Error(key, $"'{value.Value}' is neither true nor false.");
        return otherwise;
    }

    /// <summary>A number in a range.</summary>
    public double? Number(string key, double least, double most, bool required = false)
    {
        if (Scalar(key, required) is not { } value) return null;
        if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Error(key, $"'{value.Value}' is not a number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.");
        return null;
    }

    /// <summary>A whole number in a range.</summary>
    public int? Whole(string key, int least, int most, bool required = false)
    {
        if (Number(key, least, most, required) is not { } number) return null;
        if (number == Math.Floor(number)) return (int)number;
        Error(key, $"'{number.ToString(CultureInfo.InvariantCulture)}' is not a whole number.");
        return null;
    }

    /// <summary>A length of time: <c>45m</c>, <c>24h</c>, <c>3d</c>, <c>2w</c>, <c>1h 30m</c>.</summary>
    public TimeSpan? Duration(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } value) return null;
        if (Durations.Parse(value.Value) is { } duration) return duration;
        Error(key, $"'{value.Value}' is no length of time: write a number with s, m, h, d or w, such as 45m, 24h, 3d.");
        return null;
    }

    /// <summary>One of a closed set of words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> known, bool required = false)
        where T : struct
    {
        if (Scalar(key, required) is not { } value) return null;
        if (known.TryGetValue(value.Value, out var choice)) return choice;
        Error(key, $"unknown value '{value.Value}'. {Suggestion.For(value.Value, known.Keys)}");
        return null;
    }

    /// <summary>A contact's field by its name.</summary>
    public Field? FieldNamed(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } value) return null;
        if (Fields.Find(value.Value) is { } field && Fields.Golden.Contains(field)) return field;
        Error(key, $"unknown field '{value.Value}'. {Suggestion.For(value.Value, Fields.Golden.Select(Fields.NameOf))}");
        return null;
    }

    /// <summary>An event type by the hub's name.</summary>
    public string? EventType(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } value) return null;
        if (EventTypes.Find(value.Value) is { } type) return type;
        Error(key, $"unknown event type '{value.Value}'. {Suggestion.For(value.Value, EventTypes.All)} Your own begin with 'custom.'.");
        return null;
    }

    /// <summary>A map under a key.</summary>
    public DefinitionMap? Map(string key, bool required = false)
    {
        switch (Find(key))
        {
            case DefinitionNode.Map map:
                return new DefinitionMap(notes, map, Path(key));
            case null:
                if (required) notes.Error(node, Path(key), $"'{key}' is missing.");
                return null;
            case var other:
                notes.Error(other, Path(key), $"'{key}' must be a map of keys and values, not {other.Shape}.");
                return null;
        }
    }

    /// <summary>The maps of a list under a key; a single map counts as a list of one.</summary>
    public IEnumerable<DefinitionMap> Maps(string key, bool required = false)
    {
        switch (Find(key))
        {
            case null:
                if (required) notes.Error(node, Path(key), $"'{key}' is missing.");
                break;
            case DefinitionNode.Map map:
                yield return new DefinitionMap(notes, map, Path(key));
                break;
            case DefinitionNode.Sequence list:
                for (var i = 0; i < list.Items.Length; i++)
                    if (list.Items[i] is DefinitionNode.Map item) yield return new DefinitionMap(notes, item, $"{Path(key)}[{i}]");
                    else notes.Error(list.Items[i], Path(key), $"an item of '{key}' must be a map of keys and values, not {list.Items[i].Shape}.");
                break;
            case var other:
                notes.Error(other, Path(key), $"'{key}' must be a list, each item starting with '-', not {other.Shape}.");
                break;
        }
    }

    private DefinitionNode.Scalar? Scalar(string key, bool required)
    {
        switch (Find(key))
        {
            case DefinitionNode.Scalar { Value.Length: > 0 } scalar:
                return notes.Resolve(scalar, Path(key));
            case null or DefinitionNode.Scalar:
                if (required) notes.Error(node, Path(key), $"'{key}' is missing.");
                return null;
            case var other:
                notes.Error(other, Path(key), $"'{key}' must be one value, not {other.Shape}.");
                return null;
        }
    }
}
