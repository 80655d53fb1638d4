using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>One contact as conditions, steps and the send gate see it at one instant.</summary>
/// <param name="Set">The workflows and rules in force.</param>
/// <param name="Facts">What is known of the contact.</param>
/// <param name="Journey">Where its workflows stand.</param>
/// <param name="Events">What it had done up to this instant.</param>
/// <param name="Now">The instant.</param>
/// <param name="Enrolment">The enrolment that asks; null when none does.</param>
public sealed record ContactView(WorkflowSet Set, ContactFacts Facts, Journey Journey, EventLog Events, DateTimeOffset Now, Enrolment? Enrolment = null)
{
    /// <summary>The golden record's fields, with what workflows have set.</summary>
    public FieldValues Values { get; } = Journey.Over(Facts.Values);

    /// <summary>The event that started the enrolment; null where none did.</summary>
    public HubEvent? Trigger => Enrolment?.EventId is { } id ? Facts.Events.Find(id) : null;

    /// <summary>The time of what started the enrolment.</summary>
    public DateTimeOffset? EntryTime => Enrolment?.Since;

    /// <summary>When the enrolment's last message was sent.</summary>
    public DateTimeOffset? LastSendTime => Enrolment?.LastSendAt;
}
