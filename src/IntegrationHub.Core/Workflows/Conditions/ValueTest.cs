using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Workflows;

/// <summary>How a value is compared.</summary>
public enum ValueTestKind
{
    /// <summary>Is this, without regard to case.</summary>
    Is,

    /// <summary>Is one of these.</summary>
    In,

    /// <summary>Holds this text.</summary>
    Contains,

    /// <summary>Begins with this text.</summary>
    StartsWith,

    /// <summary>Is a number of at least this.</summary>
    AtLeast,

    /// <summary>Is a number below this.</summary>
    Below,

    /// <summary>Is there and not empty.</summary>
    Exists,

    /// <summary>Is not there, or empty.</summary>
    Missing,
}

/// <summary>A test of one value: <c>is</c>, <c>in</c>, <c>contains</c>, <c>starts_with</c>, <c>at_least</c>, <c>below</c>, <c>exists</c>.</summary>
/// <param name="Kind">How.</param>
/// <param name="Operands">What with; the number as text.</param>
public sealed record ValueTest(ValueTestKind Kind, ImmutableArray<string> Operands)
{
    /// <summary>The keys of a test, with what each means.</summary>
    public static ImmutableArray<(string Key, string Meaning)> Keys { get; } =
    [
        ("is", "The value is this; capitals make no difference."), ("in", "The value is one of these."), ("contains", "The value holds this text."), ("starts_with", "The value begins with this text."),
        ("at_least", "The value is a number of at least this."), ("below", "The value is a number below this."), ("exists", "true: there is a value; false: there is none."),
    ];

    /// <summary>Reads the tests that stand among the keys of a map; empty when there is none.</summary>
    public static ImmutableArray<ValueTest> ReadAmong(DefinitionMap map)
    {
        var tests = ImmutableArray.CreateBuilder<ValueTest>();
        if (map.Text("is") is { } same) tests.Add(new(ValueTestKind.Is, [same]));
        if (map.Has("in")) tests.Add(new(ValueTestKind.In, map.Texts("in", required: true)));
        if (map.Text("contains") is { } part) tests.Add(new(ValueTestKind.Contains, [part]));
        if (map.Text("starts_with") is { } start) tests.Add(new(ValueTestKind.StartsWith, [start]));
        if (map.Number("at_least", -1e15, 1e15) is { } least) tests.Add(new(ValueTestKind.AtLeast, [least.ToString("R", CultureInfo.InvariantCulture)]));
        if (map.Number("below", -1e15, 1e15) is { } below) tests.Add(new(ValueTestKind.Below, [below.ToString("R", CultureInfo.InvariantCulture)]));
        if (map.Has("exists")) tests.Add(new(map.Flag("exists", true) ? ValueTestKind.Exists : ValueTestKind.Missing, []));
        return tests.ToImmutable();
    }

    /// <summary>True when the text passes; null stands for no value.</summary>
    public bool Passes(string? value) => Kind switch
    {
        ValueTestKind.Exists => !string.IsNullOrEmpty(value),
        ValueTestKind.Missing => string.IsNullOrEmpty(value),
        _ when value is null => false,
        ValueTestKind.Is => string.Equals(value, Operands[0], StringComparison.OrdinalIgnoreCase),
        ValueTestKind.In => Operands.Contains(value, StringComparer.OrdinalIgnoreCase),
        ValueTestKind.Contains => value.Contains(Operands[0], StringComparison.OrdinalIgnoreCase),
        ValueTestKind.StartsWith => value.StartsWith(Operands[0], StringComparison.OrdinalIgnoreCase),
        ValueTestKind.AtLeast => Number(value) >= Number(Operands[0]),
        ValueTestKind.Below => Number(value) < Number(Operands[0]),
        _ => throw new InvalidOperationException($"No such test: {Kind}."),
    };

    /// <summary>True when a property passes; a list passes where one of its values does, and <c>exists</c> asks for one that is not empty.</summary>
    public bool Passes(JsonElement? value)
    {
        if (value is not { } json) return Passes((string?)null);
        if (json.ValueKind == JsonValueKind.Array)
        {
            return Kind switch
            {
                ValueTestKind.Exists => json.GetArrayLength() > 0,
                ValueTestKind.Missing => json.GetArrayLength() == 0,
                _ => json.EnumerateArray().Any(e => Passes(EventProperties.TextOf(e))),
            };
        }

        return json.ValueKind == JsonValueKind.Object ? Kind == ValueTestKind.Exists : Passes(EventProperties.TextOf(json));
    }

    /// <summary>In plain words, to stand behind the name of what is tested.</summary>
    public string Text => Kind switch
    {
        ValueTestKind.Is => $"is {Operands[0]}",
        ValueTestKind.In => $"is one of {string.Join(", ", Operands)}",
        ValueTestKind.Contains => $"contains {Operands[0]}",
        ValueTestKind.StartsWith => $"starts with {Operands[0]}",
        ValueTestKind.AtLeast => $"is at least {Operands[0]}",
        ValueTestKind.Below => $"is below {Operands[0]}",
        ValueTestKind.Exists => "is there",
        _ => "is not there",
    };

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}

/// <summary>A test of one property of an event.</summary>
/// <param name="Path">The property's name, or its path with dots.</param>
/// <param name="Test">The test.</param>
public sealed record PropertyTest(string Path, ValueTest Test)
{
    /// <summary>Reads <c>where: { path: { starts_with: /pricing }, form: demo }</c>.</summary>
    public static ImmutableArray<PropertyTest> Read(DefinitionMap map, string key = "where")
    {
        if (map.Map(key) is not { } where) return [];
        var tests = ImmutableArray.CreateBuilder<PropertyTest>();
        foreach (var (path, value) in where.Entries())
        {
            if (value is DefinitionNode.Map)
            {
                var inner = where.Map(path)!;
                var found = ValueTest.ReadAmong(inner);
                if (found.IsEmpty) inner.Notes.Error(inner.Node, inner.Where, "no test stands here. One of: is, in, contains, starts_with, at_least, below, exists.");
                inner.RefuseUnknownKeys();
                tests.AddRange(found.Select(t => new PropertyTest(path, t)));
            }
            else if (value is DefinitionNode.Sequence)
            {
                tests.Add(new PropertyTest(path, new ValueTest(ValueTestKind.In, where.Texts(path))));
            }
            else if (where.Text(path) is { } text)
            {
                tests.Add(new PropertyTest(path, new ValueTest(ValueTestKind.Is, [text])));
            }
        }

        return tests.ToImmutable();
    }

    /// <summary>True when the event's property passes.</summary>
    public bool Passes(HubEvent e) => Test.Passes(e.Properties.Find(Path));

    /// <summary>In plain words.</summary>
    public string Text => $"{Path} {Test.Text}";
}

/// <summary>Events of one type whose properties pass.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Where">Tests of its properties; all must pass.</param>
public sealed record EventPattern(string Type, ImmutableArray<PropertyTest> Where)
{
    /// <summary>Reads <c>event: type</c> with an optional <c>where</c>; null with a mistake noted.</summary>
    public static EventPattern? Read(DefinitionMap map, string key = "event")
    {
        var where = PropertyTest.Read(map);
        return map.EventType(key, required: true) is { } type ? new EventPattern(type, where) : null;
    }

    /// <summary>True when the event is meant.</summary>
    public bool Matches(HubEvent e)
    {
        if (e.Type != Type) return false;
        foreach (var test in Where)
            if (!test.Passes(e)) return false;
        return true;
    }

    /// <summary>In plain words.</summary>
    public string Text => Where.IsEmpty ? Type : $"{Type} where {string.Join(" and ", Where.Select(w => w.Text))}";
}
