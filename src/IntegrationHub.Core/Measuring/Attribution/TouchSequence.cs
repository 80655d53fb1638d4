using System.Collections.Immutable;
using IntegrationHub.Workflows;

namespace IntegrationHub.Measuring;

/// <summary>What a contact was exposed to before an order; or altogether, where none followed.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Touches">The touches, each once, in order of time.</param>
/// <param name="Order">The order that followed; null where none did.</param>
/// <param name="MilestoneAt">When the contact became an opportunity between the first touch and the order: see <see cref="Milestones"/>; null when it did not.</param>
public sealed record TouchSequence(string Contact, ImmutableArray<Touch> Touches, Conversion? Order, DateTimeOffset? MilestoneAt)
{
    /// <summary>Event types that make a contact an opportunity, the strongest first.</summary>
    public static ImmutableArray<string> Milestones { get; } = [EventTypes.DealCreated, EventTypes.MeetingBooked, EventTypes.DemoRequested, EventTypes.TrialStarted];

    /// <summary>The players of the sequence, each once, in ordinal order: see <see cref="Touch.Player"/>.</summary>
    public ImmutableArray<string> Players => [.. Touches.Select(t => t.Player).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>The sequences of all contacts, in one order whatever the order of what they are made of.</summary>
/// <param name="Ordered">One for each order, with or without touches, by contact, time, and number.</param>
/// <param name="Unanswered">One for each contact with touches that no order followed within the look-back.</param>
/// <param name="Settings">The look-back that they were cut by.</param>
public sealed record TouchSequences(ImmutableArray<TouchSequence> Ordered, ImmutableArray<TouchSequence> Unanswered, AttributionSettings Settings)
{
    /// <summary>Cuts touches and orders into sequences. Touches count from the look-back's first instant up to just before the order: what went out with the order or after it has not caused it.</summary>
    /// <param name="touches">Touches in any order; a message key that comes twice counts once, at its earlier time.</param>
    /// <param name="conversions">Orders in any order; an order's number that comes twice counts once.</param>
    /// <param name="events">Events that may be milestones.</param>
    /// <param name="settings">How far back.</param>
    public static TouchSequences Of(IEnumerable<Touch> touches, IEnumerable<Conversion> conversions, IEnumerable<ContactEvent> events, AttributionSettings settings)
    {
        var byContact = touches.Order().ThenBy(t => t.Contact, StringComparer.Ordinal).DistinctBy(t => t.MessageKey, StringComparer.Ordinal)
            .GroupBy(t => t.Contact, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        var milestones = events.Where(e => TouchSequence.Milestones.Contains(e.Event.Type)).ToLookup(e => e.Contact, StringComparer.Ordinal);
        var orders = conversions.GroupBy(c => c.OrderId, StringComparer.Ordinal).Select(Once).OrderBy(c => c.Contact, StringComparer.Ordinal).ThenBy(c => c.At).ThenBy(c => c.OrderId, StringComparer.Ordinal);

        var ordered = ImmutableArray.CreateBuilder<TouchSequence>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var order in orders)
        {
            var own = byContact.GetValueOrDefault(order.Contact, []).Where(t => t.At < order.At && t.At >= order.At - settings.LookBack).ToImmutableArray();
            foreach (var touch in own) used.Add(touch.MessageKey);
            ordered.Add(new TouchSequence(order.Contact, own, order, MilestoneOf(own, order, milestones[order.Contact])));
        }

        var unanswered = byContact.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => new TouchSequence(c.Key, [.. c.Value.Where(t => !used.Contains(t.MessageKey))], null, null)).Where(s => !s.Touches.IsEmpty);
        return new TouchSequences(ordered.ToImmutable(), [.. unanswered], settings);
    }

    /// <summary>One order, however often and by whomever it was told: as it was told first, with all refunds, each once.</summary>
    private static Conversion Once(IEnumerable<Conversion> told)
    {
        var all = told.OrderBy(c => c.At).ThenBy(c => c.Contact, StringComparer.Ordinal).ThenBy(c => c.AmountMinor).ThenBy(c => c.Currency, StringComparer.Ordinal).ToList();
        var refunds = all.SelectMany(c => c.Refunds).OrderBy(r => r.At).ThenBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.AmountMinor).DistinctBy(r => r.Id, StringComparer.Ordinal);
        return all[0] with { Refunds = [.. refunds] };
    }

    private static DateTimeOffset? MilestoneOf(ImmutableArray<Touch> touches, Conversion order, IEnumerable<ContactEvent> events)
    {
        if (touches.IsEmpty) return null;
        var between = events.Where(e => e.Event.At >= touches[0].At && e.Event.At <= order.At).ToList();
        foreach (var type in TouchSequence.Milestones)
            if (between.Where(e => e.Event.Type == type).Select(e => (DateTimeOffset?)e.Event.At).Min() is { } at) return at;
        return null;
    }
}
