using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Sends a message, if the send gate lets it.</summary>
/// <param name="Channel">On which channel.</param>
/// <param name="Template">What.</param>
/// <param name="Marketing">False for messages that nobody has to consent to, such as a receipt.</param>
public sealed record SendStep(Channel Channel, string Template, bool Marketing) : Step
{
    private static readonly Dictionary<string, bool> PurposeNames = new(StringComparer.Ordinal) { ["marketing"] = true, ["transactional"] = false };

    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("send", "Sends a message, if the send gate lets it: consent, suppression, hours, caps, hygiene.",
        [("template", "The template's name in mappings/templates."), ("channel", "email or sms; email unless told."), ("purpose", "marketing or transactional; marketing unless told.")],
        ["send: welcome", "send: { template: cart-sms, channel: sms }", "send: { template: receipt, purpose: transactional }"], Read);

    private static SendStep? Read(StepReader step)
    {
        var channel = step.Map.Choice("channel", Channels.ByName) ?? Channel.Email;
        var marketing = step.Map.Choice("purpose", PurposeNames) ?? true;
        return step.Map.Text("template", required: true) is { } template ? new SendStep(channel, template, marketing) : null;
    }

    /// <inheritdoc/>
    public override string KindName => "send";

    /// <inheritdoc/>
    public override string Text => $"send {Channels.Of(Channel)} {Template}";

    /// <summary>The purpose that consent is asked for.</summary>
    public string Purpose => Marketing ? Purposes.Marketing : "transactional";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var key = MessageKey.Of(context.View.Facts.Id, context.Workflow.Name, Id, context.Enrolment.Visit - 1, Channel);
        // An event that came late is run again in its place: what was sent stays sent, and is not sent twice.
        if (context.View.Journey.Sent.FirstOrDefault(m => m.Key == key.Value) is { } sent)
        {
            context.Sent(sent);
            return new StepResult.GoOn(Next);
        }

        switch (SendGate.Decide(context.View, context.Workflow, this, context.SendTime))
        {
            case SendDecision.Skip skip:
                context.Emit(EffectKind.Skip, skip.Reason, null, Channel, Template);
                return new StepResult.GoOn(Next);
            case SendDecision.Defer defer:
                if (context.Cause is Cause.Arrival || context.Enrolment.Waits != defer.Reason) context.Emit(EffectKind.Defer, defer.Reason, null, Channel, Template);
                return new StepResult.Stay(defer.Until, defer.Reason);
            case SendDecision.Send send:
                return Compose(context, key, send.To);
            case var other:
                throw new InvalidOperationException($"No such decision: {other}.");
        }
    }

    private StepResult.GoOn Compose(StepContext context, MessageKey key, string to)
    {
        var composed = context.View.Set.Compose(Template, Channel, context.View, context.Workflow, context.SendTime);
        if (composed.Message is not { } message)
        {
            context.Emit(EffectKind.Skip, composed.Problem ?? "template: it could not be written", null, Channel, Template);
            return new StepResult.GoOn(Next);
        }

        context.Emit(EffectKind.Send, null, new EffectPayload.Message(key, to, message, Marketing), Channel, Template);
        context.Sent(new SentMessage(key.Value, context.SendTime, Channel, context.Workflow.Name, Marketing));
        return new StepResult.GoOn(Next);
    }
}
