using System.Collections.Immutable;
using IntegrationHub.Workflows;

namespace IntegrationHub.Measuring;

/// <summary>An event with the contact that it was attached to.</summary>
/// <param name="Contact">The contact's id.</param>
/// <param name="Event">The event.</param>
public sealed record ContactEvent(string Contact, HubEvent Event);

/// <summary>Orders and refunds as the events tell them.</summary>
/// <param name="Conversions">The orders, by time, then number.</param>
/// <param name="Notes">What could not be counted, and why.</param>
public sealed record Orders(ImmutableArray<Conversion> Conversions, ImmutableArray<string> Notes)
{
    /// <summary>Ten million millions: what is more is no amount, but a number in the wrong place. Sums stay exact below it.</summary>
    public const long MostMinor = 1_000_000_000_000_000;

    /// <summary>Reads the orders out of events. The order in which events come, and how often, does not matter.</summary>
    /// <param name="events">Events of any types.</param>
    /// <param name="since">Events before this were not asked for, so that a refund may be of an order that is simply older; null when all were.</param>
    public static Orders Of(IEnumerable<ContactEvent> events, DateTimeOffset? since = null)
    {
        var told = events.Where(e => e.Event.Type is EventTypes.OrderPlaced or EventTypes.OrderRefunded)
            .OrderBy(e => e.Event).ThenBy(e => e.Contact, StringComparer.Ordinal).DistinctBy(e => e.Event.Id, StringComparer.Ordinal).ToList();
        var placed = told.Where(e => e.Event.Type == EventTypes.OrderPlaced).DistinctBy(NumberOf, StringComparer.Ordinal).ToList();
        var known = placed.Where(e => e.Event.Properties.AmountMinor is >= 0 and <= MostMinor).ToDictionary(NumberOf, StringComparer.Ordinal);
        var refunds = told.Where(e => e.Event.Type == EventTypes.OrderRefunded).ToLookup(NumberOf, StringComparer.Ordinal);

        var (foreign, lost) = (0, refunds.Where(r => !known.ContainsKey(r.Key)).Sum(r => r.Count()));
        var conversions = ImmutableArray.CreateBuilder<Conversion>(known.Count);
        foreach (var order in placed.Where(e => known.ContainsKey(NumberOf(e))))
        {
            var (amount, currency) = (order.Event.Properties.AmountMinor!.Value, CurrencyOf(order.Event) ?? Conversion.NoCurrency);
            var own = ImmutableArray.CreateBuilder<Refund>();
            foreach (var refund in refunds[NumberOf(order)])
            {
                if (CurrencyOf(refund.Event) is { } other && other != currency)
                {
                    foreign++;
                    continue;
                }

                // A refund that names no amount is one of the whole order.
                own.Add(new Refund(refund.Event.Id, refund.Event.At, Math.Abs(Math.Clamp(refund.Event.Properties.AmountMinor ?? amount, -MostMinor, MostMinor))));
            }

            conversions.Add(new Conversion(order.Contact, order.Event.At, NumberOf(order), amount, currency, own.ToImmutable()));
        }

        return new Orders(conversions.ToImmutable(), [.. NotesOn(placed.Count - known.Count, lost, foreign, since is not null)]);
    }

    /// <summary>The order's number; the event's own id where it names none.</summary>
    private static string NumberOf(ContactEvent e) => e.Event.Properties.Text("order_id") ?? e.Event.Id;

    private static string? CurrencyOf(HubEvent e) => e.Properties.Text("currency")?.Trim().ToUpperInvariant();

    private static IEnumerable<string> NotesOn(int worthless, int lost, int foreign, bool isPart)
    {
        if (worthless > 0) yield return $"{Words.Count(worthless, "order")} without a usable amount: counted nowhere. Send total_minor, or items with price_minor, with order.placed.";
        if (lost > 0 && isPart) yield return $"{Words.Count(lost, "refund")} of orders that are older than this report looks back, or not known: not taken off anything.";
        else if (lost > 0) yield return $"{Words.Count(lost, "refund")} of an order that is not known: not taken off anything. Send the order_id of order.placed with order.refunded.";
        if (foreign > 0) yield return $"{Words.Count(foreign, "refund")} in another currency than the order: not taken off. Send the amount in the order's currency.";
    }
}
