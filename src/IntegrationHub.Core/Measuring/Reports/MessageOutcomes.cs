using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Measuring;

/// <summary>What became of messages, by their keys.</summary>
internal sealed class MessageOutcomes
{
    // Names under which sources and the hub's own links say which message is meant.
    private static readonly string[] References = ["message_key", "message_id", "message"];

    private readonly Dictionary<string, HashSet<string>> keysOf = new(StringComparer.Ordinal);

    /// <summary>Messages that came back for good: nobody saw them.</summary>
    internal IReadOnlySet<string> Bounced => Of(EventTypes.EmailBounced);

    /// <summary>Finds the message of each event: the one that it names, else the contact's latest before it on that channel.</summary>
    internal static MessageOutcomes Of(IReadOnlyList<Touch> touches, IEnumerable<ContactEvent> events)
    {
        var outcomes = new MessageOutcomes();
        var known = touches.Select(t => t.MessageKey).ToHashSet(StringComparer.Ordinal);
        var sent = touches.ToLookup(t => (t.Contact, t.Channel));
        foreach (var e in events)
        {
            if (ChannelOf(e.Event.Type) is not { } channel) continue;
            if (e.Event.Type == EventTypes.EmailBounced && e.Event.Properties.Text("kind") == "soft") continue;
            outcomes.Of(e.Event.Type); // a type that is told at all is one that can be counted
            var named = References.Select(r => e.Event.Properties.Text(r)).FirstOrDefault(k => k is not null && known.Contains(k));
            var key = named ?? sent[(e.Contact, channel)].LastOrDefault(t => t.At <= e.Event.At)?.MessageKey;
            if (key is not null) outcomes.Of(e.Event.Type).Add(key);
        }

        return outcomes;
    }

    internal MessageCounts Count(IReadOnlyList<Touch> sent)
    {
        var told = keysOf.ContainsKey(EventTypes.EmailDelivered) || keysOf.ContainsKey(EventTypes.SmsDelivered);
        return new MessageCounts(
            sent.Count, told ? With(EventTypes.EmailDelivered) + With(EventTypes.SmsDelivered) : null, With(EventTypes.EmailOpened), With(EventTypes.EmailClicked), With(EventTypes.EmailBounced),
            With(EventTypes.EmailUnsubscribed), With(EventTypes.EmailComplained));

        long With(string type) => keysOf.TryGetValue(type, out var keys) ? sent.Count(t => keys.Contains(t.MessageKey)) : 0;
    }

    private HashSet<string> Of(string type) => keysOf.TryGetValue(type, out var keys) ? keys : keysOf[type] = new HashSet<string>(StringComparer.Ordinal);

    private static Channel? ChannelOf(string type) => type switch
    {
        EventTypes.EmailDelivered or EventTypes.EmailOpened or EventTypes.EmailClicked or EventTypes.EmailBounced or EventTypes.EmailComplained or EventTypes.EmailUnsubscribed => Channel.Email,
        EventTypes.SmsDelivered => Channel.Sms,
        _ => null,
    };
}
