using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>A touch's share in an order.</summary>
/// <param name="Touch">The touch.</param>
/// <param name="GrossMinor">Its share in the amount, in minor units.</param>
/// <param name="RefundedMinor">What refunds have taken back of it; at most all of it.</param>
public sealed record Credit(Touch Touch, long GrossMinor, long RefundedMinor)
{
    /// <summary>What is left of the share.</summary>
    public long NetMinor => GrossMinor - RefundedMinor;
}

/// <summary>An order with its credits.</summary>
/// <param name="Order">The order.</param>
/// <param name="Credits">The shares of the touches within the look-back, in order of time. They add up to the amount, their refunds to what was refunded. Empty: nobody's.</param>
public sealed record AttributedOrder(Conversion Order, ImmutableArray<Credit> Credits)
{
    /// <summary>What is left of the order and is no workflow's, since no touch came before it.</summary>
    public long UnattributedMinor => Credits.IsEmpty ? Order.NetMinor : 0;
}

/// <summary>All orders as one model shares them.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Orders">The orders, by contact, time, and number.</param>
public sealed record Attributed(string Model, ImmutableArray<AttributedOrder> Orders)
{
    /// <summary>Shares every order among the touches before it. The order of the input and repetitions in it change nothing.</summary>
    public static Attributed By(AttributionModel model, TouchSequences all)
    {
        var weigh = model.Learn(all);
        return new Attributed(model.Name, [.. all.Ordered.Select(s => Share(s, weigh))]);
    }

    private static AttributedOrder Share(TouchSequence sequence, Func<TouchSequence, ImmutableArray<double>> weigh)
    {
        var order = sequence.Order!;
        if (sequence.Touches.IsEmpty) return new AttributedOrder(order, []);
        var gross = Apportionment.Share(order.AmountMinor, weigh(sequence));
        var left = gross.ToArray();
        // Each refund is taken from what is left, in proportion to it: so none takes more than was given, and the last part takes the last cent.
        foreach (var refund in order.Refunds)
        {
            var takes = Apportionment.Share(Math.Min(refund.AmountMinor, left.Sum()), [.. left]);
            for (var i = 0; i < left.Length; i++) left[i] -= takes[i];
        }

        return new AttributedOrder(order, [.. sequence.Touches.Select((t, i) => new Credit(t, gross[i], gross[i] - left[i]))]);
    }
}
