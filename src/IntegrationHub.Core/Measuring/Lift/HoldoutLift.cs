using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>One side of the comparison.</summary>
/// <param name="Contacts">How many contacts.</param>
/// <param name="Converted">How many of them reached the goal.</param>
/// <param name="Revenue">Net revenue of each contact in the time after entry, by currency; contacts without an order count as 0.</param>
public sealed record LiftArm(long Contacts, long Converted, ImmutableSortedDictionary<string, Moments> Revenue)
{
    /// <summary>The share that reached the goal; 0 of none.</summary>
    public double Rate => Contacts == 0 ? 0 : (double)Converted / Contacts;
}

/// <summary>Revenue per contact against the control group, in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TreatedMinor">Per contact that was written to, in minor units.</param>
/// <param name="ControlMinor">Per contact of the control group.</param>
/// <param name="PerContactMinor">The difference; null where nothing can be said.</param>
public sealed record RevenueLift(string Currency, double TreatedMinor, double ControlMinor, Interval? PerContactMinor);

/// <summary>What a workflow adds: those that it wrote to against a control group that it let alone, chosen by chance.</summary>
/// <param name="Treated">The contacts that were written to.</param>
/// <param name="Control">The control group.</param>
/// <param name="Rate">The difference of the rates of conversion, from -1 to 1; null where an arm is empty.</param>
/// <param name="Revenue">The difference of revenue per contact, a currency each.</param>
/// <param name="IsEnough">True when there is enough to say anything.</param>
/// <param name="Sample">In plain words: whether there is enough, and how much would be.</param>
public sealed record HoldoutLift(LiftArm Treated, LiftArm Control, Interval? Rate, ImmutableArray<RevenueLift> Revenue, bool IsEnough, string Sample)
{
    /// <summary>Each arm needs so many contacts before a verdict rests on it.</summary>
    public const int LeastContacts = 100;

    /// <summary>So many conversions must have happened in both arms together.</summary>
    public const int LeastConversions = 10;

    /// <summary>Compares two arms. The same arms give the same lift, to the last digit.</summary>
    public static HoldoutLift Of(LiftArm treated, LiftArm control)
    {
        var rate = treated.Contacts > 0 && control.Contacts > 0 ? Intervals.Newcombe(treated.Converted, treated.Contacts, control.Converted, control.Contacts) : (Interval?)null;
        var currencies = treated.Revenue.Keys.Union(control.Revenue.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var revenue = currencies.Select(c => Revenues(c, Of(treated, c), Of(control, c))).ToImmutableArray();
        var (enough, words) = SampleOf(treated, control);
        return new HoldoutLift(treated, control, rate, revenue, enough, words);

        // Who is in the arm and has no order in the currency counts as 0.
        static Moments Of(LiftArm arm, string currency) => arm.Revenue.GetValueOrDefault(currency) with { Count = arm.Contacts };
    }

    private static RevenueLift Revenues(string currency, Moments treated, Moments control) => new(currency, treated.Mean, control.Mean, Intervals.Welch(treated, control));

    private static (bool Enough, string Words) SampleOf(LiftArm treated, LiftArm control)
    {
        if (control.Contacts == 0) return (false, "No control group: set a holdout, such as `holdout: 0.1`, so that the next report can tell what the workflow adds.");
        if (treated.Contacts < LeastContacts || control.Contacts < LeastContacts)
        {
            return (false, $"Too little data: {Words.Count(treated.Contacts, "contact")} written to and {Words.Number(control.Contacts)} in the control group; {LeastContacts} in each are the least.");
        }

        if (treated.Converted + control.Converted < LeastConversions)
            return (false, $"Too little data: {Words.Count(treated.Converted + control.Converted, "conversion")} in both groups; {LeastConversions} are the least.");
        var sizes = $"{Words.Count(treated.Contacts, "contact")} written to, {Words.Number(control.Contacts)} in the control group";
        return Intervals.Needed(treated.Rate, control.Rate) is { } needed && needed > Math.Min(treated.Contacts, control.Contacts)
            ? (true, $"{sizes}. To prove a difference as small as this one takes about {Words.Number(needed)} in each.")
            : (true, $"{sizes}.");
    }
}
