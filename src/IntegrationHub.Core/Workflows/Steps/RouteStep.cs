using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Finds an owner for the contact.</summary>
public sealed record RouteStep : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("route", "Finds an owner by mappings/routing.yaml: who has it already, the territory, in turn by weight, capacity and absence. Nobody stays unowned.",
        [("by", "routing: the rules of mappings/routing.yaml.")], ["route: routing", "route: { by: routing }"], Read);

    private static RouteStep? Read(StepReader step)
    {
        if (step.Map.Text("by") is "routing" or null) return new RouteStep();
        step.Map.Error("by", "contacts are routed by 'routing', the rules of mappings/routing.yaml.");
        return null;
    }

    /// <inheritdoc/>
    public override string KindName => "route";

    /// <inheritdoc/>
    public override string Text => "find an owner";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        if (context.OwnerGiven is { } given)
        {
            context.Set(Field.Owner, given);
            return new StepResult.GoOn(Next);
        }

        var (owner, email, reason, state) = Router.Route(context.View, context.Routing);
        context.Routing = state;
        context.Set(Field.Owner, owner);
        context.Emit(EffectKind.Route, reason, new EffectPayload.Owner(owner, email));
        return new StepResult.GoOn(Next);
    }
}
