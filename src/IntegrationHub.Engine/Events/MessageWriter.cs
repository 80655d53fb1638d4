using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>Makes of effects what the outbox and the ledgers take.</summary>
/// <param name="sender">Who the messages are from.</param>
/// <param name="links">Signs the links.</param>
/// <param name="tellsSlack">True where notes to one's own team go to Slack too.</param>
internal sealed class MessageWriter(SenderIdentity sender, TrackedLinks links, bool tellsSlack)
{
    private const string ByWorkflow = "workflow";
    private const string ByEvent = "event";

    /// <summary>The message of an effect; null where it has none.</summary>
    public MessageAdd? MessageOf(Effect effect, GoldenId golden)
    {
        // An effect's key is contact|workflow|visit|…
        var visit = effect.Key.Split('|') is [_, _, var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var parsed) ? parsed : 1;
        switch (effect.Payload)
        {
            case EffectPayload.Message message:
                return new MessageAdd(Assemble(message.Content, message.MessageKey, effect, effect.Channel ?? Channel.Email, message.To), golden, visit, false, effect.Key);
            case EffectPayload.Note note:
                // Each note is one of its own: its key is made of the effect's, which is unique for ever.
                var key = MessageKey.Of(SHA256.HashData(Encoding.UTF8.GetBytes(effect.Key)).AsSpan(0, MessageKey.Bytes));
                var content = note.Content ?? new RenderedMessage(Channel.Email, MessagePurpose.Transactional, null, effect.Reason ?? effect.Workflow, "", null, $"{effect.Reason}\n\n{effect.Workflow}, contact {effect.Contact}");
                return new MessageAdd(Assemble(content with { Purpose = MessagePurpose.Transactional }, key, effect, Channel.Email, note.To), golden, visit, true, effect.Key);
            default:
                return null;
        }
    }

    /// <summary>The note of an effect for Slack; null where it is none, or nobody is told there.</summary>
    public OutboxAdd? SlackOf(Effect effect, GoldenId golden) => tellsSlack && effect.Payload is EffectPayload.Note note
        ? new OutboxAdd(OutboxKinds.Slack, "", "", "", golden, JsonSerializer.Serialize(new NoteWord(note.Content is { } content ? $"{content.Subject}\n{content.Text}" : $"{effect.Reason}\n{effect.Workflow}, contact {effect.Contact}")), $"slack|{effect.Key}")
        : null;

    /// <summary>The ledger's entry of a suppression that a workflow decided; null where it decided none, or the contact has no such address.</summary>
    public static SuppressionAdd? SuppressionOf(Effect effect, ContactFacts facts) =>
        effect.Payload is EffectPayload.Suppression { Of: var of } && facts.Values[of.Channel == Channel.Email ? Field.Email : Field.Phone] is { } point
            ? new SuppressionAdd(IdOf(effect.Key), of.Channel, point, of.Purpose, SuppressionReason.NoAnswer, of.Reason, $"{ByWorkflow} {effect.Workflow}", of.At)
            : null;

    /// <summary>What an event says about permission, for the ledger: of the address that it names, else of its contact's own.</summary>
    /// <param name="e">The event.</param>
    /// <param name="facts">Its contact; null while nobody is known.</param>
    public static IEnumerable<SuppressionAdd> SuppressionsOf(HubEvent e, ContactFacts? facts)
    {
        var (channel, purpose, reason) = e.Type switch
        {
            EventTypes.EmailUnsubscribed => (Channel.Email, e.Properties.Text("purpose") ?? Purposes.Marketing, SuppressionReason.Request),
            EventTypes.EmailComplained => (Channel.Email, Purposes.Every, SuppressionReason.Complaint),
            EventTypes.EmailBounced when e.Properties.Text("kind") is "hard" => (Channel.Email, Purposes.Every, SuppressionReason.HardBounce),
            EventTypes.SmsReplied when Permission.IsStop(e.Properties.Text("text")) => (Channel.Sms, Purposes.Marketing, SuppressionReason.Request),
            _ => (Channel.Email, null, SuppressionReason.Request),
        };
        if (purpose is null) yield break;
        var point = channel == Channel.Email
            ? (e.Contact.Email is { } email ? EmailAddresses.Normalise(email).Value : null) ?? facts?.Values[Field.Email]
            : (e.Contact.Phone is { } phone ? Phones.Normalise(phone, null).Value : null) ?? facts?.Values[Field.Phone];
        // The id is made of the event's: told again, it is the same entry.
        if (point is not null) yield return new SuppressionAdd(IdOf($"event {e.Id} {purpose}"), channel, point, purpose, reason, null, ByEvent, e.At);
    }

    private OutgoingMessage Assemble(RenderedMessage content, MessageKey key, Effect effect, Channel channel, string to)
    {
        var origin = new MessageOrigin(effect.Contact, effect.Workflow, effect.Version, effect.Step ?? "", effect.Template ?? "");
        return channel == Channel.Email ? MessageAssembly.Email(content, key, origin, new Mailbox(to), sender, links) : MessageAssembly.Sms(content, key, origin, to);
    }

    private static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
