using System.Text.Json;

namespace IntegrationHub.Sandbox.Shopify.GraphQl;

/// <summary>A query checked against the schema, ready to run with any variables. Errors are worded as Shopify words them.</summary>
public sealed class Plan
{
    private readonly Operation operation;
    private readonly IReadOnlyDictionary<string, Fragment> fragments;
    private readonly Dictionary<string, VariableNode> variables;

    private Plan(Operation operation, IReadOnlyDictionary<string, Fragment> fragments)
    {
        this.operation = operation;
        this.fragments = fragments;
        variables = operation.Variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
    }

    /// <summary>The fields of the root.</summary>
    public IReadOnlyList<PlanField> Fields { get; private set; } = [];

    /// <summary>Checks a document and picks its operation.</summary>
    /// <exception cref="GraphQlException">A field, argument, variable, fragment or type is wrong.</exception>
    public static Plan Make(Document document, string? operationName, GraphType query, GraphType mutation)
    {
        var operation = document.Operations.Count == 1 && operationName is null ? document.Operations[0]
            : operationName is null ? throw new GraphQlException("An operation name is required", new Place(1, 1))
            : document.Operations.FirstOrDefault(o => o.Name == operationName)
                ?? throw new GraphQlException($"No operation named \"{operationName}\"", new Place(1, 1));
        var plan = new Plan(operation, document.Fragments);
        var way = operation.Name is { } name ? $"{operation.Kind} {name}" : operation.Kind;
        plan.Fields = plan.Select(operation.Selections, operation.Kind == "mutation" ? mutation : query, [way], []);
        var used = plan.used;
        foreach (var variable in operation.Variables)
        {
            if (!used.Contains(variable.Name))
                throw new GraphQlException(
                    $"Variable ${variable.Name} is declared by {plan.Title} but not used",
                    variable.At,
                    [way],
                    ("code", "variableNotUsed"),
                    ("variableName", variable.Name)
                );
        }
        return plan;
    }

    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    private string Title => operation.Name ?? $"anonymous {operation.Kind}";

    /// <summary>The values of the declared variables: those sent, else their defaults.</summary>
    /// <exception cref="GraphQlException">A required one is missing, or one is of the wrong type.</exception>
    public IReadOnlyDictionary<string, object?> Bind(JsonElement? sent)
    {
        Dictionary<string, object?> bound = new(StringComparer.Ordinal);
        foreach (var variable in operation.Variables)
        {
            var given =
                sent is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(variable.Name, out var value) ? value : (JsonElement?)null;
            if (given is null && variable.HasDefault)
            {
                bound[variable.Name] = variable.Default is EnumNode word ? word.Name : variable.Default;
                continue;
            }
            var plain = given is { } g ? Plain(g) : null;
            if (plain is null && variable.Type.EndsWith('!'))
                throw new GraphQlException(
                    $"Variable ${variable.Name} of type {variable.Type} was provided invalid value",
                    variable.At,
                    null,
                    ("code", "INVALID_VARIABLE")
                );
            if (plain is not null && !Fits(plain, variable.Type.TrimEnd('!')))
                throw new GraphQlException(
                    $"Variable ${variable.Name} of type {variable.Type} was provided invalid value",
                    variable.At,
                    null,
                    ("code", "INVALID_VARIABLE")
                );
            bound[variable.Name] = plain;
        }
        return bound;
    }

    private List<PlanField> Select(
        IReadOnlyList<Selection> selections,
        GraphType type,
        IReadOnlyList<string> path,
        IReadOnlyList<Condition> conditions
    )
    {
        List<PlanField> fields = [];
        foreach (var selection in selections)
        {
            Condition[] when = [.. conditions, .. selection.Directives.Select(d => ConditionOf(d, path))];
            switch (selection)
            {
                case FieldNode field:
                    Merge(fields, Field(field, type, [.. path, field.Alias], when));
                    break;
                case InlineNode inline when inline.On is null || inline.On == type.Name:
                    foreach (var field in Select(inline.Selections, type, path, when)) Merge(fields, field);
                    break;
                case InlineNode inline:
                    throw new GraphQlException(
                        $"Fragment on {inline.On} can't be spread inside {type.Name}",
                        inline.At,
                        [.. path, $"... on {inline.On}"],
                        ("code", "cannotSpreadFragment")
                    );
                case SpreadNode spread:
                    if (!fragments.TryGetValue(spread.Name, out var fragment))
                        throw new GraphQlException(
                            $"Fragment {spread.Name} was used, but not defined",
                            spread.At,
                            [.. path, $"... {spread.Name}"],
                            ("code", "useAndDefineFragment"),
                            ("fragmentName", spread.Name)
                        );
                    if (fragment.On != type.Name)
                        throw new GraphQlException(
                            $"Fragment {spread.Name} on {fragment.On} can't be spread inside {type.Name}",
                            spread.At,
                            [.. path, $"... {spread.Name}"],
                            ("code", "cannotSpreadFragment"),
                            ("fragmentName", spread.Name)
                        );
                    if (path.Contains("fragment " + spread.Name))
                        throw new GraphQlException(
                            $"Fragment {spread.Name} contains an infinite loop",
                            spread.At,
                            ["fragment " + spread.Name],
                            ("code", "infiniteLoop"),
                            ("fragmentName", spread.Name)
                        );
                    foreach (var field in Select(fragment.Selections, type, [.. path, "fragment " + spread.Name], when))
                        Merge(fields, field);
                    break;
            }
        }
        return fields;
    }

    private PlanField Field(FieldNode node, GraphType type, IReadOnlyList<string> path, Condition[] conditions)
    {
        if (node.Name == "__typename")
            return new PlanField(node.Alias, null, type.Name, [], [], conditions, node.At, path);
        var field =
            type.Find(node.Name)
            ?? throw new GraphQlException(
                $"Field '{node.Name}' doesn't exist on type '{type.Name}'",
                node.At,
                path,
                ("code", "undefinedField"),
                ("typeName", type.Name),
                ("fieldName", node.Name)
            );
        foreach (var argument in node.Arguments)
        {
            var known = Array.Find(field.Arguments, a => a.Name == argument.Name)
                ?? throw new GraphQlException($"Field '{node.Name}' doesn't accept argument '{argument.Name}'", argument.At, [.. path, argument.Name],
                    ("code", "argumentNotAccepted"), ("name", node.Name), ("typeName", "Field"), ("argumentName", argument.Name));
            Check(argument, known, node.Name, path);
        }
        foreach (var required in field.Arguments.Where(a => a.Required && node.Arguments.All(g => g.Name != a.Name)))
            throw new GraphQlException(
                $"Field '{node.Name}' is missing required arguments: {required.Name}",
                node.At,
                path,
                ("code", "missingRequiredArguments"),
                ("className", "Field"),
                ("name", node.Name),
                ("arguments", required.Name)
            );
        if (field.Type is null && node.Selections is not null)
            throw new GraphQlException(
                $"Selections can't be made on scalars (field '{node.Name}' returns a scalar but has selections)",
                node.At,
                path,
                ("code", "selectionMismatch"),
                ("nodeName", $"field '{node.Name}'")
            );
        if (field.Type is { } inner && node.Selections is null)
            throw new GraphQlException(
                $"Field must have selections (field '{node.Name}' returns {inner.Name} but has no selections. Did you mean '{node.Name} {{ ... }}'?)",
                node.At,
                path,
                ("code", "selectionMismatch"),
                ("nodeName", $"field '{node.Name}'"),
                ("typeName", inner.Name)
            );
        var children = field.Type is { } of && node.Selections is { } selections ? Select(selections, of, path, []) : [];
        return new PlanField(node.Alias, field, type.Name, node.Arguments, children, conditions, node.At, path);
    }

    private void Check(ArgumentNode argument, GraphArgument known, string field, IReadOnlyList<string> path)
    {
        if (argument.Value is VariableUse use)
        {
            var declared = Declared(use, argument.At, path);
            if (declared.Type.TrimEnd('!') != known.Type)
                throw new GraphQlException(
                    $"Type mismatch on variable ${use.Name} and argument {argument.Name} ({declared.Type} / {known.Type})",
                    argument.At,
                    [.. path, argument.Name],
                    ("code", "variableMismatch"),
                    ("variableName", use.Name),
                    ("typeName", declared.Type),
                    ("argumentName", argument.Name),
                    ("errorMessage", "Type mismatch")
                );
            return;
        }
        var fits = argument.Value switch
        {
            null => true,
            EnumNode word => known.Choices?.Contains(word.Name) == true,
            _ => known.Choices is null && Fits(argument.Value, known.Type),
        };
        if (fits)
            return;
        throw new GraphQlException(
            $"Argument '{argument.Name}' on Field '{field}' has an invalid value ({(argument.Value is EnumNode w ? w.Name : argument.Value)}). Expected type '{known.Type}'.",
            argument.At,
            [.. path, argument.Name],
            ("code", "argumentLiteralsIncompatible"),
            ("typeName", "Field"),
            ("argumentName", argument.Name)
        );
    }

    private Condition ConditionOf(DirectiveNode directive, IReadOnlyList<string> path)
    {
        if (directive.Name is not ("skip" or "include"))
            throw new GraphQlException(
                $"Directive @{directive.Name} is not defined",
                directive.At,
                path,
                ("code", "undefinedDirective"),
                ("directiveName", directive.Name)
            );
        var argument =
            directive.Arguments.FirstOrDefault(a => a.Name == "if")
            ?? throw new GraphQlException(
                $"Directive '{directive.Name}' is missing required arguments: if",
                directive.At,
                path,
                ("code", "missingRequiredArguments")
            );
        if (argument.Value is VariableUse use)
            Declared(use, argument.At, path);
        return new Condition(directive.Name == "include", argument.Value);
    }

    private VariableNode Declared(VariableUse use, Place at, IReadOnlyList<string> path)
    {
        used.Add(use.Name);
        return variables.GetValueOrDefault(use.Name)
            ?? throw new GraphQlException(
                $"Variable ${use.Name} is used by {Title} but not declared",
                at,
                path,
                ("code", "variableNotDefined"),
                ("variableName", use.Name)
            );
    }

    /// <summary>Two selections under one name become one, as the specification's field merging asks.</summary>
    private static void Merge(List<PlanField> fields, PlanField added)
    {
        var at = fields.FindIndex(f => f.Alias == added.Alias);
        if (at < 0)
        {
            fields.Add(added);
            return;
        }
        if (fields[at].Field != added.Field)
            throw new GraphQlException(
                $"Field '{added.Alias}' has a field conflict: {fields[at].Field?.Name ?? "__typename"} or {added.Field?.Name ?? "__typename"}?",
                added.At,
                null,
                ("code", "fieldConflict"),
                ("fieldName", added.Alias)
            );
        List<PlanField> children = [.. fields[at].Children];
        foreach (var child in added.Children) Merge(children, child);
        fields[at] = fields[at] with { Children = children };
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    private static bool Fits(object value, string type) => type switch
    {
        "Int" => value is long,
        "Float" => value is long or double,
        "Boolean" => value is bool,
        "ID" => value is string or long,
        _ => value is string,
    };
}

/// <summary>One field of a plan; <see cref="Field"/> is null for <c>__typename</c>.</summary>
public sealed record PlanField(
    string Alias,
    GraphField? Field,
    string TypeName,
    IReadOnlyList<ArgumentNode> Given,
    IReadOnlyList<PlanField> Children,
    IReadOnlyList<Condition> Conditions,
    Place At,
    IReadOnlyList<string> Path
)
{
    /// <summary>The alias, ready to write.</summary>
    public JsonEncodedText Key { get; } = JsonEncodedText.Encode(Alias);

    /// <summary>True when no directive leaves the field out.</summary>
    public bool Wanted(IReadOnlyDictionary<string, object?> variables)
    {
        foreach (var condition in Conditions)
            if (!condition.Holds(variables)) return false;
        return true;
    }

    /// <summary>The arguments' values.</summary>
    public Arguments Bind(IReadOnlyDictionary<string, object?> variables) =>
        Given.Count == 0 && Field?.Arguments.Length is null or 0
            ? Arguments.None
            : new Arguments(Given.ToDictionary(a => a.Name, a => a.Value switch
            {
                VariableUse use => variables.GetValueOrDefault(use.Name),
                EnumNode word => word.Name,
                var plain => plain,
            }, StringComparer.Ordinal), At, [.. Path.Skip(1)]);
}

/// <summary>A directive's condition.</summary>
public sealed record Condition(bool Include, object? Value)
{
    /// <summary>True when the field stays.</summary>
    public bool Holds(IReadOnlyDictionary<string, object?> variables) =>
        (Value is VariableUse use ? variables.GetValueOrDefault(use.Name) : Value) is true == Include;
}
