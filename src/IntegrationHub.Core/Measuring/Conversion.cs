using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>An order of a contact, with what was paid back of it.</summary>
/// <param name="Contact">Who ordered.</param>
/// <param name="At">When.</param>
/// <param name="OrderId">The shop's number of the order: a number that comes twice is one order.</param>
/// <param name="AmountMinor">What it was worth, in minor units such as cents, before refunds.</param>
/// <param name="Currency">ISO 4217; <see cref="NoCurrency"/> when the source does not say. Currencies are never added up.</param>
/// <param name="Refunds">What was paid back, in order of time.</param>
public sealed record Conversion(string Contact, DateTimeOffset At, string OrderId, long AmountMinor, string Currency, ImmutableArray<Refund> Refunds)
{
    /// <summary>ISO 4217's code for "no currency".</summary>
    public const string NoCurrency = "XXX";

    /// <summary>What is left of the amount after refunds. More than the amount is never taken back.</summary>
    public long NetMinor => AmountMinor - (long)Refunds.Aggregate((Int128)0, (sum, r) => Int128.Min(AmountMinor, sum + r.AmountMinor));
}

/// <summary>A refund, of a whole order or of a part.</summary>
/// <param name="Id">The event that told it: an id that comes twice is one refund.</param>
/// <param name="At">When.</param>
/// <param name="AmountMinor">How much, in minor units of the order's currency; not negative.</param>
public sealed record Refund(string Id, DateTimeOffset At, long AmountMinor);
