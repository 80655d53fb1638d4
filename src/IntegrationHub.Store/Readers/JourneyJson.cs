using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Store;

/// <summary>Journeys and the payloads of effects as their columns have them. Fields by name, states by number; what is empty is left out.</summary>
internal static class JourneyJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JourneyState state) => JsonSerializer.Serialize(
        new Stored(
            Of(state.Current),
            // Most are settled: what they go back to is what they are.
            ReferenceEquals(state.Current, state.Checkpoint) ? null : Of(state.Checkpoint),
            state.Since.IsEmpty ? null : [.. state.Since],
            state.Emitted.IsEmpty ? null : [.. state.Emitted.Order(StringComparer.Ordinal)]),
        Format);

    public static JourneyState Read(string text)
    {
        var stored = JsonSerializer.Deserialize<Stored>(text, Format) ?? throw new JsonException("A journey is an object, not null.");
        var current = Read(stored.Current);
        return new JourneyState(
            current, stored.Checkpoint is { } before ? Read(before) : current, [.. stored.Since ?? []], ImmutableHashSet.Create(StringComparer.Ordinal, stored.Emitted ?? []));
    }

    public static string Of(RoutingState state) => JsonSerializer.Serialize(
        new StoredRouting(
            state.Turns.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
            state.Taken.ToDictionary(t => t.Key, t => new StoredTaken(t.Value.Day, t.Value.Count), StringComparer.Ordinal)),
        Format);

    public static RoutingState ReadRouting(string text)
    {
        var stored = JsonSerializer.Deserialize<StoredRouting>(text, Format) ?? throw new JsonException("A state of routing is an object, not null.");
        return new RoutingState(
            (stored.Turns ?? []).ToImmutableSortedDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
            (stored.Taken ?? []).ToImmutableSortedDictionary(t => t.Key, t => (t.Value.Day, t.Value.Count), StringComparer.Ordinal));
    }

    public static string? Of(EffectPayload? payload) => payload switch
    {
        // The message itself stands in the outbox.
        EffectPayload.Message message => JsonSerializer.Serialize(new { message_key = message.MessageKey.ToString(), marketing = message.Marketing }, Format),
        EffectPayload.Fields fields => JsonSerializer.Serialize(fields.Set.ToDictionary(f => Fields.NameOf(f.Field), f => f.Value, StringComparer.Ordinal), Format),
        EffectPayload.Scores scores => JsonSerializer.Serialize(scores.Of, Format),
        EffectPayload.Owner owner => JsonSerializer.Serialize(new { name = owner.Name, email = owner.Email }, Format),
        EffectPayload.Note note => JsonSerializer.Serialize(new { to = note.To }, Format),
        EffectPayload.Suppression suppression => JsonSerializer.Serialize(new { purpose = suppression.Of.Purpose, reason = suppression.Of.Reason }, Format),
        EffectPayload.Conversion conversion => JsonSerializer.Serialize(
            new { goal_event_id = conversion.GoalEventId, amount_minor = conversion.AmountMinor, currency = conversion.Currency }, Format),
        _ => null,
    };

    public static string Of(ContactScores scores) => JsonSerializer.Serialize(new { fit = scores.FitParts, behaviour = scores.BehaviourParts }, Format);

    public static string Of(EventContact contact) => JsonSerializer.Serialize(contact, Format);

    public static EventContact ReadContact(string text) => JsonSerializer.Deserialize<EventContact>(text, Format) ?? new EventContact();

    private static StoredJourney Of(Journey j) => new(
        j.Clock, Unless(j.Enrolments), Unless(j.Held), Unless(j.Sent), Unless(j.Suppressions),
        j.Overrides.IsEmpty ? null : j.Overrides.ToDictionary(o => Fields.NameOf(o.Key), o => o.Value, StringComparer.Ordinal),
        j.Watched.IsEmpty ? null : j.Watched.ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal),
        j.Seen.IsEmpty ? null : j.Seen.ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal));

    private static Journey Read(StoredJourney j) => new(
        j.Clock,
        [.. (j.Enrolments ?? []).Select(e => e.Path.IsDefault ? e with { Path = [] } : e)],
        [.. j.Held ?? []], [.. j.Sent ?? []], [.. j.Suppressions ?? []],
        // A field that a later version no longer has is left out.
        (j.Overrides ?? []).Select(o => (Field: Fields.Find(o.Key), o.Value)).Where(o => o.Field is not null).ToImmutableSortedDictionary(o => o.Field!.Value, o => o.Value),
        (j.Watched ?? []).ToImmutableSortedDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal))
    {
        Seen = (j.Seen ?? []).ToImmutableSortedDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal),
    };

    private static T[]? Unless<T>(ImmutableArray<T> items) => items.IsDefaultOrEmpty ? null : [.. items];

    private sealed record Stored(StoredJourney Current, StoredJourney? Checkpoint, string[]? Since, string[]? Emitted);

    private sealed record StoredJourney(
        DateTimeOffset Clock, Enrolment[]? Enrolments, HeldEntry[]? Held, SentMessage[]? Sent, SuppressionFact[]? Suppressions, Dictionary<string, string>? Overrides, Dictionary<string, bool>? Watched,
        Dictionary<string, string>? Seen);

    private sealed record StoredRouting(Dictionary<string, int>? Turns, Dictionary<string, StoredTaken>? Taken);

    private sealed record StoredTaken(DateOnly Day, int Count);
}
