using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IntegrationHub.Workflows;

/// <summary>When a contact may enter again.</summary>
/// <param name="Allowed">False: once in a life.</param>
/// <param name="After">So long after the last entry at the earliest.</param>
public sealed record Reentry(bool Allowed, TimeSpan After);

/// <summary>What a workflow is for.</summary>
/// <param name="Pattern">The event that reaches it; null where a condition does.</param>
/// <param name="Condition">The condition that reaches it; null where an event does.</param>
/// <param name="Same">Properties that the goal's event must share with the event that started the enrolment.</param>
/// <param name="Within">So long after the entry at the latest.</param>
/// <param name="Metric">What success is measured by: <c>revenue</c>, <c>orders</c>, <c>meetings</c>, <c>deals</c>, <c>conversions</c>.</param>
/// <param name="Ends">True when reaching it ends the enrolment.</param>
public sealed record Goal(EventPattern? Pattern, Condition? Condition, ImmutableArray<string> Same, TimeSpan Within, string Metric, bool Ends);

/// <summary>What ends an enrolment at once, whatever it waits for.</summary>
/// <param name="Pattern">The event that does; null where a condition does.</param>
/// <param name="Condition">The condition that does; null where an event does.</param>
/// <param name="Same">Properties that the event must share with the event that started the enrolment.</param>
/// <param name="LookBack">An event so long before the start counts, too: sources do not always keep the order.</param>
/// <param name="Reason">The reason that is recorded.</param>
/// <param name="Start">A workflow that the contact goes over to; null for none.</param>
public sealed record ExitRule(EventPattern? Pattern, Condition? Condition, ImmutableArray<string> Same, TimeSpan LookBack, string Reason, string? Start);

/// <summary>Hours of the contact's own day in which messages go out.</summary>
/// <param name="From">The first minute of the day, from midnight.</param>
/// <param name="Until">The minute of the day at which it closes; above <paramref name="From"/>.</param>
/// <param name="Days">On these days of the week.</param>
public sealed record SendWindow(int From, int Until, FrozenSet<DayOfWeek> Days);

/// <summary>A workflow as its file says, checked. Immutable: what changes is another version.</summary>
/// <param name="Name">Its name, such as <c>abandoned-cart</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Version">The first 16 hex digits of the SHA-256 of its text.</param>
/// <param name="Profile"><c>starter</c> or <c>full</c>: which steps of the file it has.</param>
/// <param name="Parameters">The parameters at the top of the file, as text.</param>
/// <param name="Triggers">What starts it.</param>
/// <param name="Only">Whom it takes, besides; null for everybody.</param>
/// <param name="Reentry">When a contact may enter again.</param>
/// <param name="Goal">What it is for; null when the file names none.</param>
/// <param name="Exits">What ends it.</param>
/// <param name="Priority">The higher goes first where two workflows want to write at one time.</param>
/// <param name="Window">When messages go out; null for at any hour.</param>
/// <param name="Holdout">The share of entries, from 0 to 1, that is sent nothing, to measure against.</param>
/// <param name="IncludeExisting">True when contacts that fit at launch enter, too.</param>
/// <param name="Pace">How many of them a day.</param>
/// <param name="Hold">How long an entry waits for a contact that is blocked or in review to be fixed.</param>
/// <param name="Steps">The steps, in the order of the file.</param>
/// <param name="First">The first step; null when there is none.</param>
public sealed record Workflow(
    string Name,
    string Title,
    string Version,
    string Profile,
    ImmutableSortedDictionary<string, string> Parameters,
    ImmutableArray<Trigger> Triggers,
    Condition? Only,
    Reentry Reentry,
    Goal? Goal,
    ImmutableArray<ExitRule> Exits,
    int Priority,
    SendWindow? Window,
    double Holdout,
    bool IncludeExisting,
    int Pace,
    TimeSpan Hold,
    ImmutableArray<Step> Steps,
    string? First)
{
    /// <summary>A step by its id; null when this version has none such.</summary>
    public Step? Find(string id) => Steps.FirstOrDefault(s => s.Id == id);
}

/// <summary>A named condition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Condition">Who is in it.</param>
public sealed record Segment(string Name, string Title, Condition Condition);

/// <summary>What may happen to a workflow as a whole. Stored as a number.</summary>
public enum LaunchState
{
    /// <summary>Takes contacts and runs.</summary>
    Live = 0,

    /// <summary>Stands still: nobody enters, nothing is sent; timers go on when it is resumed.</summary>
    Paused = 1,

    /// <summary>Has ended: its enrolments are exited.</summary>
    Stopped = 2,
}

/// <summary>A launched workflow.</summary>
/// <param name="Workflow">Its current version.</param>
/// <param name="LaunchedAt">Since when it runs: what happened before is history, and triggers nothing.</param>
/// <param name="State">Whether it runs.</param>
public sealed record LaunchedWorkflow(Workflow Workflow, DateTimeOffset LaunchedAt, LaunchState State = LaunchState.Live);
