using System.Collections.Immutable;

namespace IntegrationHub.Measuring;

/// <summary>What to do with a workflow.</summary>
public enum WorkflowVerdict
{
    /// <summary>It harms: stop it.</summary>
    Stop = 0,

    /// <summary>Look closely, or wait for more data.</summary>
    Watch = 1,

    /// <summary>Let it run.</summary>
    Keep = 2,

    /// <summary>It is proved to add something: give it more contacts.</summary>
    Scale = 3,
}

/// <summary>An amount in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Minor">In minor units.</param>
public sealed record MoneyAmount(string Currency, long Minor);

/// <summary>Things that happened and what they were worth.</summary>
/// <param name="Count">How many.</param>
/// <param name="Worth">Their amounts, a currency each; empty where none is told.</param>
public sealed record Tally(long Count, ImmutableArray<MoneyAmount> Worth)
{
    /// <summary>Nothing.</summary>
    public static Tally None { get; } = new(0, []);
}

/// <summary>What happened to messages.</summary>
/// <param name="Sent">Handed to the provider.</param>
/// <param name="Delivered">Told as delivered; null where no provider tells.</param>
/// <param name="Opened">Opened, by a person or a machine: shown, and nothing is decided by it.</param>
/// <param name="Clicked">Messages of which a link was followed.</param>
/// <param name="Bounced">Came back for good.</param>
/// <param name="Unsubscribed">Answered by unsubscribing.</param>
/// <param name="Complained">Reported as spam.</param>
public sealed record MessageCounts(long Sent, long? Delivered, long Opened, long Clicked, long Bounced, long Unsubscribed, long Complained)
{
    /// <summary>Complaints of messages sent, from 0 to 1.</summary>
    public double ComplaintRate => Sent == 0 ? 0 : (double)Complained / Sent;

    /// <summary>Unsubscribed of messages sent, from 0 to 1.</summary>
    public double UnsubscribeRate => Sent == 0 ? 0 : (double)Unsubscribed / Sent;
}

/// <summary>One line of a report: a workflow, or one of its versions, paths or channels.</summary>
/// <param name="Name">Which.</param>
/// <param name="Entered">Runs that began, without the control group's.</param>
/// <param name="Control">Runs of the control group that began.</param>
/// <param name="Messages">What happened to its messages.</param>
/// <param name="Converted">Runs that reached the goal, without the control group's.</param>
/// <param name="Revenue">Net revenue credited to it, by model's name, a currency each.</param>
/// <param name="Pipeline">Deals created within the look-back after entry.</param>
/// <param name="Demos">Demos asked for and meetings booked within the look-back after entry, one a contact and day.</param>
/// <param name="Deals">Deals won within the look-back after entry.</param>
public sealed record ReportLine(
    string Name,
    long Entered,
    long Control,
    MessageCounts Messages,
    long Converted,
    ImmutableSortedDictionary<string, ImmutableArray<MoneyAmount>> Revenue,
    Tally Pipeline,
    Tally Demos,
    Tally Deals);

/// <summary>The report of one workflow.</summary>
/// <param name="Workflow">Its name.</param>
/// <param name="Verdict">What to do.</param>
/// <param name="Reason">Why, in plain words.</param>
/// <param name="Total">All of it.</param>
/// <param name="Versions">By version.</param>
/// <param name="PathLines">By path.</param>
/// <param name="Channels">By channel; a run counts on each channel that it was written to on.</param>
/// <param name="Lift">Against the control group; null where there is none.</param>
public sealed record WorkflowReport(
    string Workflow, WorkflowVerdict Verdict, string Reason, ReportLine Total, ImmutableArray<ReportLine> Versions, ImmutableArray<ReportLine> PathLines, ImmutableArray<ReportLine> Channels, HoldoutLift? Lift);

/// <summary>The report of all workflows.</summary>
/// <param name="From">Runs, messages and orders from here on count; null for all.</param>
/// <param name="Until">They count before this; null for all.</param>
/// <param name="Model">The attribution model that is shown first.</param>
/// <param name="Settings">Look-back and half-life.</param>
/// <param name="Workflows">The workflows, by name.</param>
/// <param name="Revenue">Net revenue of all orders, a currency each.</param>
/// <param name="Unattributed">What of it is no workflow's: no message came before the order.</param>
/// <param name="Notes">What could not be counted.</param>
public sealed record MeasuringReport(
    DateTimeOffset? From,
    DateTimeOffset? Until,
    string Model,
    AttributionSettings Settings,
    ImmutableArray<WorkflowReport> Workflows,
    ImmutableArray<MoneyAmount> Revenue,
    ImmutableArray<MoneyAmount> Unattributed,
    ImmutableArray<string> Notes);
