using System.Collections.Immutable;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>What a workflow did. The closed list of a simulation's lines.</summary>
public enum EffectKind
{
    /// <summary>A contact entered.</summary>
    Enter,

    /// <summary>A message was handed to the outbox.</summary>
    Send,

    /// <summary>A message waits: for its window, for a cap, for a decision.</summary>
    Defer,

    /// <summary>A message is not sent, or an entry was refused.</summary>
    Skip,

    /// <summary>A field was changed.</summary>
    Update,

    /// <summary>Scores were computed.</summary>
    Score,

    /// <summary>An owner was found.</summary>
    Route,

    /// <summary>Somebody of the user's own team was told.</summary>
    Notify,

    /// <summary>A channel was closed.</summary>
    Suppress,

    /// <summary>The goal was reached.</summary>
    Convert,

    /// <summary>The run ended.</summary>
    Exit,
}

/// <summary>One thing that a workflow did to one contact: a line of the journal, and the command to carry out.</summary>
/// <param name="Key">Unique for ever: carrying out a key twice is carrying it out once.</param>
/// <param name="At">When.</param>
/// <param name="Contact">To whom.</param>
/// <param name="Workflow">By which workflow.</param>
/// <param name="Version">By which version of it.</param>
/// <param name="Step">At which step; null for entries, exits and conversions that no step made.</param>
/// <param name="Kind">What.</param>
/// <param name="EventId">The event that caused it; null where time did.</param>
/// <param name="Channel">The channel, of messages and suppressions.</param>
/// <param name="Template">The template, of messages and notifications.</param>
/// <param name="Reason">Why; never null on skip, defer, score, route, suppress and exit.</param>
/// <param name="Payload">What is needed to carry it out; null where the journal's line is all.</param>
public sealed record Effect(
    string Key,
    DateTimeOffset At,
    string Contact,
    string Workflow,
    string Version,
    string? Step,
    EffectKind Kind,
    string? EventId,
    Channel? Channel,
    string? Template,
    string? Reason,
    EffectPayload? Payload);

/// <summary>What carrying out an effect needs.</summary>
public abstract record EffectPayload
{
    /// <summary>A message.</summary>
    /// <param name="MessageKey">Of contact, workflow, step, visit and channel: handed to providers that take an idempotency key.</param>
    /// <param name="To">The address or number.</param>
    /// <param name="Content">What was written.</param>
    /// <param name="Marketing">False for messages that nobody has to consent to.</param>
    public sealed record Message(MessageKey MessageKey, string To, RenderedMessage Content, bool Marketing) : EffectPayload;

    /// <summary>Fields to set.</summary>
    /// <param name="Set">The fields with their values; null takes the value away.</param>
    /// <param name="Activity">An activity to write beside the contact; null for none.</param>
    public sealed record Fields(ImmutableArray<(Field Field, string? Value)> Set, string? Activity) : EffectPayload
    {
        /// <summary>Tags that come; <see cref="Set"/> has them among those that were there.</summary>
        public ImmutableArray<string> AddTags { get; init; } = [];

        /// <summary>Tags that go.</summary>
        public ImmutableArray<string> RemoveTags { get; init; } = [];
    }

    /// <summary>Scores.</summary>
    public sealed record Scores(ContactScores Of) : EffectPayload;

    /// <summary>An owner.</summary>
    public sealed record Owner(string Name, string? Email) : EffectPayload;

    /// <summary>A note to somebody of the user's own team.</summary>
    public sealed record Note(string To, RenderedMessage? Content) : EffectPayload;

    /// <summary>A suppression.</summary>
    public sealed record Suppression(SuppressionFact Of) : EffectPayload;

    /// <summary>A conversion.</summary>
    /// <param name="GoalEventId">The event that reached the goal; null where a condition did.</param>
    /// <param name="AmountMinor">What it is worth; null when nothing tells.</param>
    /// <param name="Currency">ISO 4217.</param>
    public sealed record Conversion(string? GoalEventId, long? AmountMinor, string? Currency) : EffectPayload;
}
