using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Tells somebody of the user's own team.</summary>
/// <param name="To"><c>owner</c>, or an address.</param>
/// <param name="Template">What they are told; null for the reason alone.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record NotifyStep(string To, string? Template, string Reason) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("notify", "Tells somebody of your own team: the contact's owner, or an address.",
        [("to", "owner, or an address."), ("template", "The template's name in mappings/templates."), ("reason", "Why, in a few words.")],
        ["notify: { to: owner, template: lead-qualification-rep }", "notify: { to: sales@example.com, reason: a large order }"], Read);

    private static NotifyStep? Read(StepReader step)
    {
        var (to, template) = (step.Map.Text("to", required: true), step.Map.Text("template"));
        var reason = step.Map.Text("reason");
        if (template is null && reason is null) step.Map.Notes.Error(step.Map.Node, step.Map.Where, "neither 'template' nor 'reason' says what they are told.");
        if (to is not null && to != "owner" && !to.Contains('@')) step.Map.Error("to", $"'{to}' is neither 'owner' nor an address.");
        return to is null ? null : new NotifyStep(to, template, reason ?? template ?? "");
    }

    /// <inheritdoc/>
    public override string KindName => "notify";

    /// <inheritdoc/>
    public override string Text => $"tell {To}: {Reason}";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var rules = context.View.Set.RoutingRules;
        var owner = context.View.Values[Field.Owner];
        var to = To != "owner" ? To : (owner is null ? null : rules.Find(owner)?.Email) ?? rules.FallbackEmail;
        if (Template is null)
        {
            context.Emit(EffectKind.Notify, $"{to}: {Reason}", new EffectPayload.Note(to, null), Channel.Email);
            return new StepResult.GoOn(Next);
        }

        // A note that cannot be written whole is still sent: nobody of the team may miss a contact for a gap in a text.
        var composed = context.View.Set.Compose(Template, Channel.Email, context.View, context.Workflow, context.SendTime);
        context.Emit(EffectKind.Notify, composed.Message is null ? $"{to}: {Reason} ({composed.Problem})" : $"{to}: {Reason}", new EffectPayload.Note(to, composed.Message), Channel.Email, Template);
        return new StepResult.GoOn(Next);
    }
}
