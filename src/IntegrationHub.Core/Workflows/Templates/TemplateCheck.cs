using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fluid.Ast;
using Fluid.Values;

namespace IntegrationHub.Workflows;

/// <summary>Walks one Liquid text of a template: every field and filter must be known. Collects what the template uses.</summary>
internal sealed class TemplateCheck(string file, string text, int firstLine, ImmutableArray<TemplateError>.Builder errors) : AstVisitor
{
    private static readonly FrozenSet<string> ListFilters = new[] { "sort", "sort_natural", "reverse", "where", "compact", "uniq", "concat", "slice" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<string, FieldShape> locals = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private int branches;

    /// <summary>The fields named anywhere.</summary>
    internal HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The fields printed whatever the contact is: in no branch and no loop.</summary>
    internal HashSet<string> AlwaysPrinted { get; } = new(StringComparer.Ordinal);

    protected override Statement VisitOutputStatement(OutputStatement outputStatement)
    {
        var shape = ShapeOf(outputStatement.Expression);
        var path = TemplatePath.Of(outputStatement.Expression);
        if (branches == 0) AlwaysPrinted.Add(path);
        if (outputStatement.Expression is MemberExpression)
        {
            if (shape is FieldShape.Group group) Error(path, $"'{path}' has parts; name one of them: {string.Join(", ", group.Fields.Keys.Order(StringComparer.Ordinal).Select(f => $"{path}.{f}"))}.");
            else if (shape is FieldShape.Many) Error(path, $"'{path}' is a list. Loop over it: {{% for one in {path} %}}…{{% endfor %}}, or join it: {{{{ {path} | join: \", \" }}}}.");
        }

        return base.VisitOutputStatement(outputStatement);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        FieldShape item = TemplateFields.One;
        if (forStatement.Source is { } source)
        {
            Visit(source);
            item = ShapeOf(source) switch
            {
                FieldShape.Many many => many.Item,
                FieldShape.Unknown => TemplateFields.Anything,
                _ => NotAList(source),
            };
        }

        if (forStatement.Limit is { } limit) Visit(limit);
        if (forStatement.Offset is { } offset) Visit(offset);
        var before = locals.GetValueOrDefault(forStatement.Identifier);
        locals[forStatement.Identifier] = item;
        branches++;
        foreach (var statement in forStatement.Statements) Visit(statement);
        if (before is null) locals.Remove(forStatement.Identifier);
        else locals[forStatement.Identifier] = before;
        if (forStatement.Else is { } otherwise) Visit(otherwise);
        branches--;
        return forStatement;
    }

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        Visit(assignStatement.Value);
        locals[assignStatement.Identifier] = ShapeOf(assignStatement.Value);
        return assignStatement;
    }

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement) => Branch(() =>
    {
        base.VisitCaptureStatement(captureStatement);
        locals[captureStatement.Identifier] = TemplateFields.One;
        return captureStatement;
    });

    protected override Statement VisitIfStatement(IfStatement ifStatement) => Branch(() => base.VisitIfStatement(ifStatement));

    protected override Statement VisitUnlessStatement(UnlessStatement unlessStatement) => Branch(() => base.VisitUnlessStatement(unlessStatement));

    protected override Statement VisitCaseStatement(CaseStatement caseStatement) => Branch(() => base.VisitCaseStatement(caseStatement));

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!TemplateFilters.Names.Contains(filterExpression.Name))
            Error(filterExpression.Name, $"unknown filter '{filterExpression.Name}'. {Meant(filterExpression.Name, TemplateFilters.Names)}");
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        ShapeOf(memberExpression);
        foreach (var index in memberExpression.Segments.OfType<IndexerSegment>()) Visit(index.Expression);
        return memberExpression;
    }

    private Statement Branch(Func<Statement> visit)
    {
        branches++;
        var visited = visit();
        branches--;
        return visited;
    }

    private FieldShape NotAList(Expression source)
    {
        var path = TemplatePath.Of(source);
        if (source is MemberExpression && !told.Contains(path)) Error(path, $"'{path}' is no list, so there is nothing to loop over. Lists are {string.Join(", ", TemplateFields.All.Where(f => f.EndsWith("[]", StringComparison.Ordinal) || f.Contains("[].sku", StringComparison.Ordinal)).Select(f => f[..f.IndexOf("[]", StringComparison.Ordinal)]).Distinct())}.");
        return TemplateFields.Anything;
    }

    private FieldShape ShapeOf(Expression expression) => expression switch
    {
        MemberExpression member => ShapeOf(member),
        LiteralExpression => TemplateFields.One,
        FilterExpression { Name: "first" or "last" } filter => ShapeOf(filter.Input) is FieldShape.Many many ? many.Item : TemplateFields.Anything,
        FilterExpression filter when ListFilters.Contains(filter.Name) => ShapeOf(filter.Input),
        FilterExpression { Name: "split" or "map" } => new FieldShape.Many(TemplateFields.Anything),
        _ => TemplateFields.Anything,
    };

    private FieldShape ShapeOf(MemberExpression member)
    {
        var path = TemplatePath.Of(member);
        if (member.Segments[0] is not IdentifierSegment { Identifier: var root }) return TemplateFields.Anything;
        var isField = false;
        if (root == "forloop") return TemplateFields.Anything;
        if (!locals.TryGetValue(root, out var shape))
        {
            if (!TemplateFields.Roots.TryGetValue(root, out shape))
            {
                Error(path, $"unknown field '{path}'. {Meant(root, TemplateFields.Roots.Keys.Concat(locals.Keys))}");
                return TemplateFields.Anything;
            }

            isField = true;
        }

        var here = root;
        foreach (var segment in member.Segments.Skip(1))
        {
            var name = segment switch
            {
                IdentifierSegment identifier => identifier.Identifier,
                IndexerSegment { Expression: LiteralExpression { Value: var value } } when value.Type == FluidValues.String => value.ToStringValue(),
                _ => null,
            };
            switch (shape)
            {
                case FieldShape.Group group when name is not null:
                    if (!group.Fields.TryGetValue(name, out var next))
                    {
                        if (!group.Open)
                        {
                            Error(path, $"unknown field '{here}.{name}'. {Meant(name, group.Fields.Keys)}");
                            return TemplateFields.Anything;
                        }

                        next = here == "event.fields" ? TemplateFields.Anything : TemplateFields.One;
                    }

                    shape = next;
                    break;
                case FieldShape.Many many:
                    shape = name switch { "size" => TemplateFields.One, "first" or "last" or null => many.Item, _ => null };
                    if (shape is null)
                    {
                        Error(path, $"'{here}' is a list and has no '{name}' of its own. Loop over it: {{% for one in {here} %}}{{{{ one.{name} }}}}{{% endfor %}}.");
                        return TemplateFields.Anything;
                    }

                    break;
                case FieldShape.Single when name != "size":
                    Error(path, $"'{here}' is one value and has no part '{name}'.");
                    return TemplateFields.Anything;
                default:
                    shape = TemplateFields.Anything;
                    break;
            }

            here = name is null ? $"{here}[]" : $"{here}.{name}";
        }

        if (isField) Used.Add(path);
        return shape;
    }

    private static string Meant(string word, IEnumerable<string> known)
    {
        var words = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var near = words.Select(w => (Word: w, Score: FuzzySharp.Fuzz.Ratio(word, w))).Where(w => w.Score >= 70).OrderByDescending(w => w.Score).ThenBy(w => w.Word, StringComparer.Ordinal).Select(w => w.Word).FirstOrDefault();
        return (near is null ? "" : $"Did you mean '{near}'? ") + $"Known: {string.Join(", ", words)}.";
    }

    /// <summary>The engine's tree has no lines, so the place is where the text first has the words. One mistake is told once.</summary>
    private void Error(string words, string message)
    {
        if (!told.Add(words)) return;
        var pattern = $@"(?<![\w.]){string.Join(@"\s*\.\s*", words.Split('.').Select(Regex.Escape))}(?![\w])";
        var inTags = Regex.Matches(text, @"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline).Select(tag => (tag.Index, Found: Regex.Match(tag.Value, pattern))).FirstOrDefault(tag => tag.Found.Success);
        var at = inTags.Found is { } found ? inTags.Index + found.Index : 0;
        errors.Add(new TemplateError(file, firstLine + text.AsSpan(0, at).Count('\n'), message));
    }
}
