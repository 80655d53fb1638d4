namespace IntegrationHub.Sandbox.Shopify.GraphQl;

/// <summary>Where in the query text, both from 1.</summary>
public readonly record struct Place(int Line, int Column);

/// <summary>A query as written.</summary>
public sealed record Document(IReadOnlyList<Operation> Operations, IReadOnlyDictionary<string, Fragment> Fragments);

/// <summary>One operation: query, mutation or subscription.</summary>
public sealed record Operation(string Kind, string? Name, IReadOnlyList<VariableNode> Variables, IReadOnlyList<Selection> Selections, Place At);

/// <summary>A declared variable; its type as written: <c>Int!</c>, <c>[ID!]</c>.</summary>
public sealed record VariableNode(string Name, string Type, bool HasDefault, object? Default, Place At);

/// <summary>A named fragment.</summary>
public sealed record Fragment(string Name, string On, IReadOnlyList<Selection> Selections, Place At);

/// <summary>One line of a selection set.</summary>
public abstract record Selection(IReadOnlyList<DirectiveNode> Directives, Place At);

/// <summary>A field; <see cref="Selections"/> is null where there are no braces.</summary>
public sealed record FieldNode(
    string Alias,
    string Name,
    IReadOnlyList<ArgumentNode> Arguments,
    IReadOnlyList<DirectiveNode> Directives,
    IReadOnlyList<Selection>? Selections,
    Place At
) : Selection(Directives, At);

/// <summary><c>...Name</c>.</summary>
public sealed record SpreadNode(string Name, IReadOnlyList<DirectiveNode> Directives, Place At) : Selection(Directives, At);

/// <summary><c>... on Type { }</c>; the type is null where it is left out.</summary>
public sealed record InlineNode(string? On, IReadOnlyList<Selection> Selections, IReadOnlyList<DirectiveNode> Directives, Place At)
    : Selection(Directives, At);

/// <summary>An argument. The value is null, string, long, double, bool, <see cref="EnumNode"/>, <see cref="VariableUse"/>, a list or a dictionary of such.</summary>
public sealed record ArgumentNode(string Name, object? Value, Place At);

/// <summary>A directive: skip or include.</summary>
public sealed record DirectiveNode(string Name, IReadOnlyList<ArgumentNode> Arguments, Place At);

/// <summary>A bare word as a value.</summary>
public sealed record EnumNode(string Name);

/// <summary><c>$name</c> as a value.</summary>
public sealed record VariableUse(string Name);

/// <summary>The query cannot be answered; told in the shape of Shopify's errors.</summary>
public sealed class GraphQlException(string message, Place at, IReadOnlyList<string>? path = null, params (string Key, string Value)[] extensions)
    : Exception(message)
{
    /// <summary>Where.</summary>
    public Place At => at;

    /// <summary>The way from the operation to the field; null for none.</summary>
    public IReadOnlyList<string>? Path => path;

    /// <summary>What goes under extensions.</summary>
    public IReadOnlyList<(string Key, string Value)> Extensions => extensions;
}
