using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Where an event stands. Stored as a number.</summary>
public enum EventState
{
    /// <summary>Landed: to be attached and run.</summary>
    Landed = 0,

    /// <summary>Of somebody who is not known yet.</summary>
    Waiting = 1,

    /// <summary>Attached to its contact, and run.</summary>
    Attached = 2,

    /// <summary>Attached to its contact; it came back there when a merge was undone, and triggers nothing anew.</summary>
    Moved = 3,

    /// <summary>Attached to its contact, whose workflows failed on it: in quarantine.</summary>
    Failed = 4,
}

/// <summary>An event to be kept.</summary>
/// <param name="Event">The event.</param>
/// <param name="Source">Through which door it came: <c>api</c>, or a source's name.</param>
/// <param name="History">True where it fills segments and scores, and triggers nothing.</param>
/// <param name="Email">Its contact's address, normalised; null where it names none.</param>
/// <param name="Phone">Its contact's number in E.164; null where it names none.</param>
public sealed record EventLanding(HubEvent Event, string Source, bool History = false, string? Email = null, string? Phone = null);

/// <summary>An event as it is kept.</summary>
/// <param name="Seq">The order of arrival.</param>
/// <param name="Event">The event.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Source">Through which door.</param>
/// <param name="History">True where it triggers nothing.</param>
/// <param name="Golden">Its contact; null while nobody is known.</param>
/// <param name="RecordId">The source record that it hangs on; null where a contact's own key named it.</param>
/// <param name="State">Where it stands.</param>
public sealed record EventRow(long Seq, HubEvent Event, DateTimeOffset ReceivedAt, string Source, bool History, GoldenId? Golden, long? RecordId, EventState State);

/// <summary>What became of an event.</summary>
/// <param name="Seq">Which.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Golden">Its contact; null where it waits.</param>
/// <param name="RecordId">The source record that it hangs on; null for none.</param>
public sealed record EventSettlement(long Seq, EventState State, GoldenId? Golden, long? RecordId);

/// <summary>Whom an event's keys mean.</summary>
/// <param name="Golden">The contact.</param>
/// <param name="RecordId">The source record that the key is of; null where the golden id was given.</param>
public sealed record EventOwner(GoldenId Golden, long? RecordId);

/// <summary>A contact's journey as it is kept.</summary>
/// <param name="State">The state of its workflows.</param>
/// <param name="Change">Grows with every write; 0 for one that is not kept yet.</param>
public sealed record JourneyRow(JourneyState State, long Change)
{
    /// <summary>Of a contact that no workflow has met.</summary>
    public static JourneyRow None { get; } = new(JourneyState.Empty, 0);
}

/// <summary>A message for the outbox.</summary>
/// <param name="Message">Complete, as it is handed to a channel.</param>
/// <param name="Golden">Of whom it is; of a note, whom it is about.</param>
/// <param name="Visit">The visit of the workflow.</param>
/// <param name="Internal">True for a note to one's own team.</param>
/// <param name="EffectKey">The effect that it carries out.</param>
public sealed record MessageAdd(OutgoingMessage Message, GoldenId Golden, int Visit, bool Internal, string EffectKey);

/// <summary>All that one contact's run changes; written in one transaction with those of others.</summary>
/// <param name="Golden">The contact.</param>
/// <param name="State">Its journey from now on; null leaves it as it is.</param>
/// <param name="Change">The change number that the state was computed from.</param>
/// <param name="DueAt">When time has to wake it.</param>
/// <param name="Enrolments">Enrolments that are new or differ.</param>
/// <param name="Effects">What was done.</param>
/// <param name="Messages">Messages decided.</param>
/// <param name="Suppressions">Suppressions decided, or told by an event.</param>
/// <param name="Scores">Its scores, if they were counted.</param>
public sealed record JourneySave(
    GoldenId Golden,
    JourneyState? State,
    long Change,
    DateTimeOffset? DueAt,
    IReadOnlyList<Enrolment> Enrolments,
    IReadOnlyList<Effect> Effects,
    IReadOnlyList<MessageAdd> Messages,
    IReadOnlyList<SuppressionAdd> Suppressions,
    ContactScores? Scores)
{
    /// <summary>What is to be asked outside, and told beside the messages.</summary>
    public IReadOnlyList<OutboxAdd> Outbox { get; init; } = [];
}

/// <summary>What one step of the event lane writes, wholly or not at all.</summary>
/// <param name="Journeys">Contacts' runs.</param>
/// <param name="Events">Events that were taken.</param>
/// <param name="Done">Work of <see cref="Stage.Trigger"/> that was taken.</param>
/// <param name="Removed">Journeys that were merged into others.</param>
/// <param name="Routing">Who was given what so far; null where that has not changed.</param>
/// <param name="Epoch">The lease under which it was computed: when another has taken it, nothing is written.</param>
public sealed record LaneSave(
    IReadOnlyList<JourneySave> Journeys, IReadOnlyList<EventSettlement> Events, IReadOnlyList<WorkRow> Done, IReadOnlyList<GoldenId> Removed, RoutingState? Routing, long Epoch);

/// <summary>Where a message stands. Stored as a number.</summary>
public enum MessageStatus
{
    /// <summary>To be delivered.</summary>
    Waiting = 0,

    /// <summary>A worker has it.</summary>
    Claimed = 1,

    /// <summary>The provider has it.</summary>
    Delivered = 2,

    /// <summary>A dead letter.</summary>
    Dead = 3,

    /// <summary>Stopped before it was handed over: the contact has unsubscribed, left, or may not be written to.</summary>
    Stopped = 4,
}

/// <summary>A message of the outbox.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Message">The message.</param>
/// <param name="Golden">Of whom it is.</param>
/// <param name="Visit">The visit of the workflow.</param>
/// <param name="Internal">True for a note to one's own team.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="FirstAt">When the first was.</param>
/// <param name="NextAt">When it is due.</param>
/// <param name="MaybeDelivered">True when an attempt was begun whose end nobody knows.</param>
/// <param name="PossibleDuplicate">True when the provider may have got it twice.</param>
/// <param name="ProviderId">The provider's own id of it.</param>
/// <param name="Error">Why it was not delivered.</param>
/// <param name="CreatedAt">When it was decided.</param>
/// <param name="SettledAt">When it came to its end.</param>
public sealed record MessageRow(
    long Id,
    OutgoingMessage Message,
    GoldenId Golden,
    int Visit,
    bool Internal,
    MessageStatus Status,
    int Attempts,
    DateTimeOffset? FirstAt,
    DateTimeOffset NextAt,
    bool MaybeDelivered,
    bool PossibleDuplicate,
    string? ProviderId,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SettledAt);

/// <summary>What to write about a message that was claimed, or is not to be.</summary>
/// <param name="Id">Which.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="NextAt">When it is due again; of interest while it waits.</param>
/// <param name="CountsAttempt">True when it has used up an attempt.</param>
/// <param name="MaybeDelivered">True when an attempt was begun whose end nobody knows.</param>
/// <param name="PossibleDuplicate">True when the provider may have got it twice.</param>
/// <param name="ProviderId">The provider's own id.</param>
/// <param name="Error">Why it was not delivered.</param>
public sealed record MessageSettlement(
    long Id, MessageStatus Status, DateTimeOffset NextAt, bool CountsAttempt, bool MaybeDelivered, bool PossibleDuplicate, string? ProviderId, string? Error);

/// <summary>A published version of a workflow. Never changed.</summary>
public sealed record WorkflowVersionRow(string Name, string Version, string Text, DateTimeOffset PublishedAt, string PublishedBy);

/// <summary>A launched workflow.</summary>
/// <param name="Name">The workflow.</param>
/// <param name="Version">Its current version.</param>
/// <param name="LaunchedAt">Since when it runs.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="Evidence">What let it pass the gate, as JSON.</param>
/// <param name="Watches">True where a condition starts it.</param>
/// <param name="ScannedTo">The golden record's row up to which contacts have been looked at for the launch; null when all have.</param>
/// <param name="Admitted">How many fitted at launch and were given a turn.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="ChangedAt">When.</param>
public sealed record LaunchRow(
    string Name, string Version, DateTimeOffset LaunchedAt, LaunchState State, string Evidence, bool Watches, long? ScannedTo, long Admitted, string By, DateTimeOffset ChangedAt);

/// <summary>A test of one version.</summary>
/// <param name="Name">The workflow.</param>
/// <param name="Version">The version that was tested.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Covered">True when it walked every step, branch, time-out, exit and suppression.</param>
/// <param name="Result">What it found, as JSON.</param>
public sealed record WorkflowTestRow(string Name, string Version, DateTimeOffset At, string By, bool Covered, string Result);

/// <summary>How many enrolments of a workflow stand where.</summary>
public sealed record EnrolmentCount(string Workflow, string Version, EnrolmentState State, bool Control, long Enrolments, long Converted);

/// <summary>How many messages of a workflow stand where.</summary>
public sealed record MessageCount(string Workflow, Channel Channel, MessageStatus Status, long Messages, long PossibleDuplicates);

/// <summary>Messages that one workflow has had delivered to one contact.</summary>
public sealed record DeliveredCount(string Workflow, GoldenId Golden, long Messages);

/// <summary>Lines of the journal of one kind.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Kind">The kind.</param>
/// <param name="AtEntry">True where no step was reached yet.</param>
/// <param name="OfMessage">True where they are about a message.</param>
/// <param name="Lines">How many.</param>
public sealed record JournalCount(string Workflow, EffectKind Kind, bool AtEntry, bool OfMessage, long Lines);

/// <summary>A line of the journal.</summary>
public sealed record EffectRow(
    string Key, DateTimeOffset At, GoldenId Golden, string Workflow, string Version, string? Step, EffectKind Kind, string? EventId, Channel? Channel, string? Template, string? Reason);
