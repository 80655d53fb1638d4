using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>Where an enrolment stands. Stored as a number.</summary>
public enum EnrolmentState
{
    /// <summary>At a step.</summary>
    Active = 0,

    /// <summary>Came to the end of its steps.</summary>
    Completed = 1,

    /// <summary>Left before the end: an exit condition, an exit step, the workflow was stopped.</summary>
    Exited = 2,
}

/// <summary>One contact's run through one workflow version.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Version">The version's hash; it stays for the whole run.</param>
/// <param name="Visit">1 for the contact's first run through this workflow, 2 for its second.</param>
/// <param name="EnteredAt">When it entered.</param>
/// <param name="Since">The time of what started it: events of the contact from here on are the enrolment's.</param>
/// <param name="EventId">The event that started it; null where none did.</param>
/// <param name="Control">True in the holdout: it walks all steps and is sent nothing.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Step">The step that it is at; null when it has ended.</param>
/// <param name="StepSince">When it came to the step.</param>
/// <param name="WakeAt">When time will wake it; null when only an event or a change can.</param>
/// <param name="Waits">What it waits for, in words.</param>
/// <param name="Path">The steps that it has begun, in order, with the arm taken where there was a choice.</param>
/// <param name="Messages">How many messages were sent.</param>
/// <param name="LastSendAt">When the last was.</param>
/// <param name="ConvertedAt">When its goal was reached.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">Why it ended.</param>
public sealed record Enrolment(
    string Workflow,
    string Version,
    int Visit,
    DateTimeOffset EnteredAt,
    DateTimeOffset Since,
    string? EventId,
    bool Control,
    EnrolmentState State,
    string? Step,
    DateTimeOffset StepSince,
    DateTimeOffset? WakeAt,
    string? Waits,
    ImmutableArray<string> Path,
    int Messages,
    DateTimeOffset? LastSendAt,
    DateTimeOffset? ConvertedAt,
    DateTimeOffset? EndedAt,
    string? Outcome)
{
    /// <summary>True while it is at a step.</summary>
    public bool IsActive => State == EnrolmentState.Active;
}

/// <summary>An entry that waits: for the contact to be fixed, or for its turn.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Since">The time of what started it.</param>
/// <param name="EventId">The event that did; null where none did.</param>
/// <param name="DueAt">When it is tried by itself; null when a change of the contact wakes it.</param>
/// <param name="Until">After this it is dropped.</param>
/// <param name="Why">What it waits for.</param>
public sealed record HeldEntry(string Workflow, DateTimeOffset Since, string? EventId, DateTimeOffset? DueAt, DateTimeOffset Until, string Why);

/// <summary>A message that went to the outbox.</summary>
/// <param name="Key">The message key: never used twice.</param>
/// <param name="At">When.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Workflow">By which workflow.</param>
/// <param name="Marketing">False for messages that the caps do not count.</param>
public sealed record SentMessage(string Key, DateTimeOffset At, Channel Channel, string Workflow, bool Marketing);

/// <summary>The state of all workflows of one contact. Immutable; changed by <see cref="JourneyRunner"/> only.</summary>
/// <param name="Clock">The instant up to which it was run.</param>
/// <param name="Enrolments">All runs, the ended ones included, in the order of entry.</param>
/// <param name="Held">Entries that wait.</param>
/// <param name="Sent">Messages, in the order of sending. Old ones may be left out once no cap can count them.</param>
/// <param name="Suppressions">Suppressions that workflows decided.</param>
/// <param name="Overrides">Fields that workflows have set, until the golden record has taken them.</param>
/// <param name="Watched">By workflow: whether its triggering condition held when last looked at.</param>
public sealed record Journey(
    DateTimeOffset Clock,
    ImmutableArray<Enrolment> Enrolments,
    ImmutableArray<HeldEntry> Held,
    ImmutableArray<SentMessage> Sent,
    ImmutableArray<SuppressionFact> Suppressions,
    ImmutableSortedDictionary<Field, string> Overrides,
    ImmutableSortedDictionary<string, bool> Watched)
{
    /// <summary>Nothing has happened yet.</summary>
    public static Journey Empty { get; } = new(DateTimeOffset.MinValue, [], [], [], [], ImmutableSortedDictionary<Field, string>.Empty, ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal));

    /// <summary>By workflow and trigger: what a field whose change starts it was when last looked at; empty for none.</summary>
    public ImmutableSortedDictionary<string, string> Seen { get; init; } = NothingSeen;

    private static ImmutableSortedDictionary<string, string> NothingSeen => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The golden record's values with what workflows have set.</summary>
    public FieldValues Over(FieldValues values)
    {
        foreach (var (field, value) in Overrides) values = values.With(field, value);
        return values;
    }
}

/// <summary>A journey with what is needed to run an event that comes late in its right place.</summary>
/// <param name="Current">The journey now.</param>
/// <param name="Checkpoint">The journey after the last timer, before the events in <paramref name="Since"/>.</param>
/// <param name="Since">Ids of the events that were run since.</param>
/// <param name="Emitted">Keys of the effects since: what was done is not done again.</param>
public sealed record JourneyState(Journey Current, Journey Checkpoint, ImmutableArray<string> Since, ImmutableHashSet<string> Emitted)
{
    /// <summary>Nothing has happened yet.</summary>
    public static JourneyState Empty { get; } = Of(Journey.Empty);

    /// <summary>The same, once the golden record has taken what workflows set: from then on its own values count, and a source's newer word with them.</summary>
    public JourneyState Taken() => Current.Overrides.IsEmpty && Checkpoint.Overrides.IsEmpty
        ? this
        : ReferenceEquals(Current, Checkpoint)
            ? Of(Current with { Overrides = Journey.Empty.Overrides }) with { Since = Since, Emitted = Emitted }
            : this with { Current = Current with { Overrides = Journey.Empty.Overrides }, Checkpoint = Checkpoint with { Overrides = Journey.Empty.Overrides } };

    /// <summary>A journey that cannot be gone back behind.</summary>
    public static JourneyState Of(Journey journey) => new(journey, journey, [], []);
}
