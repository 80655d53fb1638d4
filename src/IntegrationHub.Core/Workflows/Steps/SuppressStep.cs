using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Closes a channel for the contact: nothing more is sent on it for this purpose, by this or any other workflow, and the systems are told.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Reason">Why.</param>
public sealed record SuppressStep(Channel Channel, string Purpose, string Reason) : Step
{
    /// <summary>The kind.</summary>
    public static StepKind Kind { get; } = new("suppress", "Closes a channel for the contact: nothing more is sent on it, by any workflow, and the e-mail system is told.",
        [("channel", "email or sms."), ("purpose", "What for; marketing unless told."), ("reason", "Why.")],
        ["suppress: { channel: email, reason: no answer }", "suppress: { channel: sms, purpose: marketing, reason: asked by phone }"],
        step => step.Map.Choice("channel", Channels.ByName, required: true) is var channel && step.Map.Text("reason", required: true) is var reason && step.Map.Text("purpose") is var purpose && channel is not null && reason is not null
            ? new SuppressStep(channel.Value, purpose ?? Purposes.Marketing, reason) : null);

    /// <inheritdoc/>
    public override string KindName => "suppress";

    /// <inheritdoc/>
    public override string Text => $"suppress {Channels.Of(Channel)}: {Reason}";

    /// <inheritdoc/>
    public override StepResult Reduce(StepContext context)
    {
        var suppression = new SuppressionFact(Channel, Purpose, Reason, context.Now);
        context.Suppress(suppression);
        context.Emit(EffectKind.Suppress, Reason, new EffectPayload.Suppression(suppression), Channel);
        return new StepResult.GoOn(Next);
    }
}
