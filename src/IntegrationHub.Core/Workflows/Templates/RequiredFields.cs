using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace IntegrationHub.Workflows;

/// <summary>
/// Rewrites a parsed template so that each field that is printed, and has no <c>default</c>, says so when it has no value. What is only asked about
/// (<c>{% if contact.company %}</c>) may be missing, and so may what stands in a branch that is not taken.
/// </summary>
internal sealed class RequiredFields : AstRewriter
{
    protected override Statement VisitOutputStatement(OutputStatement outputStatement) => new OutputStatement(Required(outputStatement.Expression));

    private static Expression Required(Expression expression) => expression switch
    {
        MemberExpression member => new RequiredExpression(member, TemplatePath.Of(member)),
        FilterExpression { Name: "default" } filter => new RequiredExpression(filter, TemplatePath.Of(filter)),
        // Behind a default the value is there; in front of a filter it must be.
        FilterExpression filter => new FilterExpression(Required(filter.Input), filter.Name, [.. filter.Parameters.Select(p => new FilterArgument(p.Name, Required(p.Expression)))]),
        _ => expression,
    };

    private sealed class RequiredExpression(Expression inner, string path) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var value = await inner.EvaluateAsync(context);
            if (TemplateFilters.IsEmpty(value)) TemplateFilters.Missing(context).Add(path);
            return value;
        }

        protected override Expression Accept(AstVisitor visitor) => this;
    }
}

/// <summary>How a template wrote a field.</summary>
internal static class TemplatePath
{
    internal static string Of(Expression expression) => expression switch
    {
        MemberExpression member => string.Concat(member.Segments.Select((s, i) => s switch
        {
            IdentifierSegment name => i == 0 ? name.Identifier : $".{name.Identifier}",
            IndexerSegment { Expression: LiteralExpression { Value: var value } } => value.Type == FluidValues.String ? $".{value.ToStringValue()}" : $"[{value.ToStringValue()}]",
            _ => "[…]",
        })),
        FilterExpression filter => Of(filter.Input),
        _ => "a value",
    };
}
