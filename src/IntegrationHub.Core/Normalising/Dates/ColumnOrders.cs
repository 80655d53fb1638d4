using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Normalising;

/// <summary>
/// Gathers what the dates of a file's columns prove of their order: one <c>13/02/2026</c> settles every <c>03/04/2026</c> of its column, unless another date proves the
/// contrary. The order of adding does not matter. Not thread-safe.
/// </summary>
public sealed class ColumnOrders
{
    private readonly Proof[] proofs = new Proof[Fields.Count];

    [Flags]
    private enum Proof : byte
    {
        None = 0,
        DayFirst = 1,
        MonthFirst = 2,
    }

    /// <summary>The fields that hold dates.</summary>
    public static ImmutableArray<Field> OfDates { get; } = [Field.BirthDate, .. Fields.Moments];

    /// <summary>Adds the dates of one record.</summary>
    public void Add(FieldValues raw)
    {
        foreach (var field in OfDates)
            if (raw[field] is not null)
                foreach (var text in raw.List(field)) Add(field, text);
    }

    private void Add(Field field, string text)
    {
        if (Dates.OrderIn(text, out var order)) proofs[(int)field] |= order == DateOrder.DayFirst ? Proof.DayFirst : Proof.MonthFirst;
    }

    /// <summary>The fields whose column is of one order, beyond doubt.</summary>
    public ImmutableDictionary<Field, DateOrder> Settled()
    {
        var settled = ImmutableDictionary.CreateBuilder<Field, DateOrder>();
        foreach (var field in OfDates)
            if (proofs[(int)field] is Proof.DayFirst or Proof.MonthFirst) settled[field] = proofs[(int)field] == Proof.DayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst;
        return settled.ToImmutable();
    }
}
