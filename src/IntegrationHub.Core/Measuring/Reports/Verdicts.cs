namespace IntegrationHub.Measuring;

/// <summary>Which workflow to scale and which to stop. Opens decide nothing: machines make most of them.</summary>
public static class Verdicts
{
    /// <summary>Complaints above this share of messages stop a workflow: mailbox providers shut the door at 0.3 %.</summary>
    public const double StopComplaints = 0.003;

    /// <summary>Complaints above this share are watched.</summary>
    public const double WatchComplaints = 0.001;

    /// <summary>Unsubscribing above this share is watched.</summary>
    public const double WatchUnsubscribes = 0.02;

    // One complaint alone proves nothing of a workflow.
    private const int LeastComplaints = 2;
    private const int LeastUnsubscribes = 5;

    /// <summary>The verdict on one workflow with its reason, in the order of weight: harm, then proof, then doubt.</summary>
    public static (WorkflowVerdict Verdict, string Reason) Of(ReportLine total, HoldoutLift? lift)
    {
        var messages = total.Messages;
        var complaints = $"{Words.Count(messages.Complained, "complaint")} on {Words.Count(messages.Sent, "message")} ({Words.Share(messages.ComplaintRate)})";
        var complained = messages.Complained >= LeastComplaints;
        if (complained && messages.ComplaintRate >= StopComplaints)
            return (WorkflowVerdict.Stop, $"{complaints}: from {Words.Share(StopComplaints)} on, mailbox providers refuse mail of everybody who sends from your domain.");
        if (lift is { IsEnough: true, Rate.IsBelow: true }) return (WorkflowVerdict.Stop, $"It does harm: {RateWords(lift)}.");
        var worse = lift is { IsEnough: true } ? lift.Revenue.FirstOrDefault(r => r.PerContactMinor is { IsBelow: true }) : null;
        if (worse is not null && lift?.Rate is not { IsAbove: true }) return (WorkflowVerdict.Stop, $"It does harm: {RevenueWords(worse)}.");
        if (complained && messages.ComplaintRate >= WatchComplaints)
            return (WorkflowVerdict.Watch, $"{complaints}: from {Words.Share(StopComplaints)} on it must stop. Write to fewer, or less often.");
        if (messages.Unsubscribed >= LeastUnsubscribes && messages.UnsubscribeRate >= WatchUnsubscribes)
            return (WorkflowVerdict.Watch, $"{Words.Count(messages.Unsubscribed, "contact")} unsubscribed on {Words.Count(messages.Sent, "message")} ({Words.Share(messages.UnsubscribeRate)}): what it says is not what they want.");
        if (lift is null || lift.Control.Contacts == 0) return Unproved(total);
        if (!lift.IsEnough) return (WorkflowVerdict.Watch, lift.Sample);
        if (worse is not null) return (WorkflowVerdict.Watch, $"More contacts convert, yet {RevenueWords(worse)}: does it give away what they would have paid?");
        if (lift.Rate is { IsAbove: true }) return (WorkflowVerdict.Scale, $"It works: {RateWords(lift)}.");
        if (lift.Revenue.FirstOrDefault(r => r.PerContactMinor is { IsAbove: true }) is { } better) return (WorkflowVerdict.Scale, $"It works: {RevenueWords(better)}.");
        var chance = $"{RateWords(lift)}: that may be chance. {lift.Sample}";
        return (lift.Rate is { Difference: > 0 } ? WorkflowVerdict.Keep : WorkflowVerdict.Watch, chance);
    }

    private static (WorkflowVerdict Verdict, string Reason) Unproved(ReportLine total)
    {
        const string Cure = "There is no control group, so nothing proves that they would not have done so by themselves: set a holdout, such as `holdout: 0.1`.";
        if (total.Entered < HoldoutLift.LeastContacts)
            return (WorkflowVerdict.Watch, $"Too little data to say: {Words.Number(total.Entered)} entered; {HoldoutLift.LeastContacts} are the least. There is no control group either: set a holdout, such as `holdout: 0.1`.");
        return total.Converted == 0
            ? (WorkflowVerdict.Watch, $"Nobody of {Words.Count(total.Entered, "run")} reached the goal: is it the right goal, and within reach?")
            : (WorkflowVerdict.Keep, $"{Words.Number(total.Converted)} of {Words.Count(total.Entered, "run")} reached the goal ({Words.Share((double)total.Converted / total.Entered)}). {Cure}");
    }

    private static string RateWords(HoldoutLift lift) =>
        $"{Words.Share(lift.Treated.Rate)} reached the goal against {Words.Share(lift.Control.Rate)} of the control group, a difference of {Words.Points(lift.Rate!.Value.Difference)} points (95 % sure: {Words.Points(lift.Rate.Value.Low)} to {Words.Points(lift.Rate.Value.High)})";

    private static string RevenueWords(RevenueLift revenue) =>
        $"revenue per contact is {Amount(revenue.TreatedMinor, revenue.Currency)} against {Amount(revenue.ControlMinor, revenue.Currency)} in the control group (95 % sure: a difference of {Amount(revenue.PerContactMinor!.Value.Low, revenue.Currency)} to {Amount(revenue.PerContactMinor.Value.High, revenue.Currency)})";

    private static string Amount(double minor, string currency) => ReportWords.Amount(minor, currency);
}
