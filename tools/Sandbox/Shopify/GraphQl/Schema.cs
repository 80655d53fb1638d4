namespace IntegrationHub.Sandbox.Shopify.GraphQl;

/// <summary>An object type of the schema.</summary>
public sealed class GraphType(string name)
{
    private readonly Dictionary<string, GraphField> fields = new(StringComparer.Ordinal);

    /// <summary>As errors and <c>__typename</c> name it.</summary>
    public string Name => name;

    /// <summary>A field; null when the type has none of that name.</summary>
    public GraphField? Find(string field) => fields.GetValueOrDefault(field);

    /// <summary>Adds a field without selections.</summary>
    public GraphType Scalar(string field, Func<object, object?> value) => Add(new GraphField(field, null, Shape.Scalar, [], (of, _) => value(of)));

    /// <summary>Adds a field whose value is one object or null.</summary>
    public GraphType One(string field, GraphType type, Func<object, Arguments, object?> value, params GraphArgument[] arguments) =>
        Add(new GraphField(field, type, Shape.One, arguments, value));

    /// <summary>Adds a field whose value is a list of objects.</summary>
    public GraphType Many(string field, GraphType type, Func<object, Arguments, object?> value, params GraphArgument[] arguments) =>
        Add(new GraphField(field, type, Shape.Many, arguments, value));

    /// <summary>Adds a connection, whose value is a <see cref="Slice"/>.</summary>
    public GraphType Connection(string field, GraphType node, Func<object, Arguments, object?> value, params GraphArgument[] arguments) =>
        Add(new GraphField(field, ConnectionOf(node), Shape.Connection, arguments, value));

    private GraphType Add(GraphField field)
    {
        fields[field.Name] = field;
        return this;
    }

    private static GraphType ConnectionOf(GraphType node)
    {
        var pageInfo = new GraphType("PageInfo")
            .Scalar("hasNextPage", s => ((Slice)s).HasNext)
            .Scalar("hasPreviousPage", s => ((Slice)s).HasPrevious)
            .Scalar("startCursor", s => ((Slice)s) is { Nodes: [var first, ..] } slice ? slice.CursorOf(first) : null)
            .Scalar("endCursor", s => ((Slice)s) is { Nodes: [.., var last] } slice ? slice.CursorOf(last) : null);
        var edge = new GraphType(node.Name + "Edge")
            .Scalar("cursor", e => ((Edge)e).Cursor)
            .One("node", node, (e, _) => ((Edge)e).Node);
        return new GraphType(node.Name + "Connection")
            .Many("nodes", node, (s, _) => ((Slice)s).Nodes)
            .Many("edges", edge, (s, _) => ((Slice)s).Nodes.Select(n => (object)new Edge(n, ((Slice)s).CursorOf(n))).ToList())
            .One("pageInfo", pageInfo, (s, _) => s);
    }

    private sealed record Edge(object Node, string Cursor);
}

/// <summary>What a field's value is.</summary>
public enum Shape
{
    /// <summary>A leaf.</summary>
    Scalar,
    /// <summary>One object.</summary>
    One,
    /// <summary>A list of objects.</summary>
    Many,
    /// <summary>A page of a connection.</summary>
    Connection,
}

/// <summary>A field of a type.</summary>
public sealed record GraphField(string Name, GraphType? Type, Shape Shape, GraphArgument[] Arguments, Func<object, Arguments, object?> Value);

/// <summary>An argument that a field accepts.</summary>
/// <param name="Name">As queries write it.</param>
/// <param name="Type">Int, String, Boolean, ID, or an enumeration's name.</param>
/// <param name="Choices">An enumeration's values; null for other types.</param>
/// <param name="Required">It has no default.</param>
public sealed record GraphArgument(string Name, string Type, string[]? Choices = null, bool Required = false);

/// <summary>One page of a connection.</summary>
public sealed record Slice(IReadOnlyList<object> Nodes, bool HasPrevious, bool HasNext, Func<object, string> CursorOf);

/// <summary>The values of one field's arguments.</summary>
public sealed class Arguments(IReadOnlyDictionary<string, object?> values, Place at, IReadOnlyList<string> path)
{
    /// <summary>No arguments.</summary>
    public static Arguments None { get; } = new(new Dictionary<string, object?>(), new Place(1, 1), []);

    /// <summary>A text or an enumeration's value; null where not given.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name) as string;

    /// <summary>A whole number; null where not given.</summary>
    public int? Number(string name) => values.GetValueOrDefault(name) is long number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    /// <summary>False where not given.</summary>
    public bool Flag(string name) => values.GetValueOrDefault(name) is true;

    /// <summary>An error at this field.</summary>
    public GraphQlException Wrong(string message, string code) => new(message, at, path, ("code", code));
}
