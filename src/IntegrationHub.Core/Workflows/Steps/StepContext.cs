using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a step is handed, and what it may do. Lives for one call of <see cref="Step.Reduce"/>.</summary>
public sealed class StepContext
{
    private readonly JourneyRun run;

    internal StepContext(JourneyRun run, Workflow workflow, Enrolment enrolment, Step step, Cause cause, HubEvent? e)
    {
        this.run = run;
        Workflow = workflow;
        Enrolment = enrolment;
        Step = step;
        Cause = cause;
        Event = e;
    }

    /// <summary>The version that the enrolment runs through.</summary>
    public Workflow Workflow { get; }

    /// <summary>The enrolment.</summary>
    public Enrolment Enrolment { get; }

    /// <summary>The step.</summary>
    public Step Step { get; }

    /// <summary>Why it is asked.</summary>
    public Cause Cause { get; }

    /// <summary>The event that woke it; null where none did.</summary>
    public HubEvent? Event { get; }

    /// <summary>The contact at this instant.</summary>
    public ContactView View => run.View(Enrolment);

    /// <summary>The instant.</summary>
    public DateTimeOffset Now => run.Now;

    /// <summary>The instant at which a message would really go out: later than <see cref="Now"/> where an event came late.</summary>
    public DateTimeOffset SendTime => run.SendTime;

    /// <summary>Who was given what so far; assigning it keeps what the step decided.</summary>
    public RoutingState Routing
    {
        get => run.Routing;
        internal set => run.Routing = value;
    }

    /// <summary>Where the contact falls between 0 and 1 by chance: always at the same place for one salt.</summary>
    public double Share(string salt) => JourneyRun.Share(View.Facts.Id, salt);

    /// <summary>Writes a line of the journal, with what carries it out.</summary>
    public void Emit(EffectKind kind, string? reason, EffectPayload? payload = null, Channel? channel = null, string? template = null) =>
        run.Emit(Enrolment, Workflow, Step.Id, kind, reason, payload, channel, template);

    /// <summary>Asks outside of the hub; the answer comes as an event.</summary>
    internal void Ask(OutsideRequest request) => run.Ask(new PlacedRequest(View.Facts.Id, Workflow.Name, Step.Id, Enrolment.Visit, Enrolment.EventId, request));

    /// <summary>Sets a field of the contact; null takes it away.</summary>
    internal void Set(Field field, string? value) => run.Set(field, value);

    /// <summary>Who was given the contact at this step already, where an event that came late has it run again; null else.</summary>
    internal string? OwnerGiven => run.OwnerGiven(Enrolment, Step.Id);

    /// <summary>Closes a channel for the contact.</summary>
    internal void Suppress(SuppressionFact suppression) => run.Suppress(suppression);

    /// <summary>Keeps that a message was sent, so that it is never sent again.</summary>
    internal void Sent(SentMessage message) => run.Sent(Enrolment, message);

    /// <summary>Hands the contact to another workflow.</summary>
    internal void Start(string workflow) => run.StartLater(workflow, Enrolment);
}
