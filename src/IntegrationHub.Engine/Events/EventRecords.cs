using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Engine.Files;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Normalising;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Events;

/// <summary>
/// Contact fields that events carry, as records of a source of their own, <c>events</c>: a form becomes a source record, and with it a clean record, before it triggers anything. What is made of it is a pure
/// function of the record, so it is made anew when the rules change.
/// </summary>
internal sealed class EventRecords(HubStore store, TimeProvider time)
{
    private const int AtOnce = 1_000;

    private static readonly string[] Introductions = [EventTypes.FormSubmitted, EventTypes.DemoRequested, EventTypes.TrialStarted, EventTypes.MeetingBooked];

    // Whoever only got a mail, or a deal, is known to the system that told: their record comes from there.
    private static readonly string[] Hearsay = ["email.", "sms.", "deal."];

    /// <summary>The source.</summary>
    public static SourceName Source { get; } = SourceName.Parse("events") ?? throw new InvalidOperationException("'events' is no source name.");

    /// <summary>True when the event says something of its contact that a record must keep: its own fields, or an address that nobody has.</summary>
    public static bool IsNews(EventRow row, bool isKnown)
    {
        var e = row.Event;
        if (row.History || Hearsay.Any(h => e.Type.StartsWith(h, StringComparison.Ordinal))) return false;
        return (!isKnown && (e.Contact.Email is not null || e.Contact.Phone is not null)) || (Introductions.Contains(e.Type) && FieldsOf(e).Any());
    }

    /// <summary>Lands the events' records and makes clean records of all that wait. Returns the record of each event.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Land(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (events.Count > 0)
            await store.Landing.SavePage(Source, Streams.Contacts, [.. events.Select(e => new RawLanding(e.Event.Id, Payload(e.Event), false))], null, null, normalise: true, now, ct);
        await store.Work.EnqueueStale(Source, Streams.Contacts, Recipe, ct);
        for (var after = 0L; await store.Landing.TakeForNormalise(Source, Streams.Contacts, after, AtOnce, ct) is { Count: > 0 } rows; after = rows[^1].RecordId)
            await store.Clean.Save([.. rows.Select(Clean)], now, ct);
        var ids = await store.Landing.Ids([.. events.Select(e => new SourceKey(Source.Value, Streams.Contacts, e.Event.Id))], ct);
        return ids.ToDictionary(i => i.Key.ExternalId, i => i.Value, StringComparer.Ordinal);
    }

    private static RecipeVersion Recipe { get; } = NormaliserVersion.With("events 1");

    private static CleanSave Clean(NormaliseRow row)
    {
        if (row.Deleted || row.Payload is null) return new CleanSave(row, null, Recipe);
        try
        {
            using var json = JsonDocument.Parse(row.Payload);
            var clean = RecordNormaliser.Normalise(Mapped(row.Key, json.RootElement));
            return new CleanSave(row, clean, Recipe);
        }
        catch (Exception e)
        {
            return new CleanSave(row, null, Recipe, $"{row.Key}: {e.Message}");
        }
    }

    private static MappedRecord Mapped(SourceKey key, JsonElement json)
    {
        var of = EventProperties.Of(json);
        var at = DateTimeOffset.TryParse(of.Text("at"), System.Globalization.CultureInfo.InvariantCulture, out var told) ? told : (DateTimeOffset?)null;
        var raw = new FieldValues.Builder();
        var consents = System.Collections.Immutable.ImmutableArray.CreateBuilder<ConsentClaim>();
        foreach (var property in json.GetProperty("fields").EnumerateObject())
            if (Fields.Find(property.Name) is { } field) raw[field] = property.Value.GetString();
        foreach (var property in json.GetProperty("consents").EnumerateObject())
            if (Channels.ByName.TryGetValue(property.Name, out var channel) && raw[channel == Channel.Email ? Field.Email : Field.Phone] is { } point && ConsentValues.Read(property.Value.GetString() ?? "") is { } state)
                consents.Add(new ConsentClaim(channel, Purposes.Marketing, point, state, at));
        return new MappedRecord(key, EntityKind.Contact, raw.Build(), consents.ToImmutable(), at, [], null);
    }

    private static byte[] Payload(HubEvent e)
    {
        var (fields, consents) = (new JsonObject(), new JsonObject());
        foreach (var (field, value) in FieldsOf(e)) fields.TryAdd(Fields.NameOf(field), value);
        if (e.Contact.Email is { } email) fields[Fields.NameOf(Field.Email)] = email;
        if (e.Contact.Phone is { } phone) fields[Fields.NameOf(Field.Phone)] = phone;
        foreach (var property in e.Properties.Json.EnumerateObject())
            if (ConsentOf(property.Name) is { } channel && EventProperties.Of(e.Properties.Json).Text(property.Name) is { } word) consents.TryAdd(Channels.Of(channel), word);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["type"] = e.Type, ["at"] = e.At.UtcDateTime.ToString("O"), ["fields"] = fields, ["consents"] = consents });
    }

    private static IEnumerable<(Field Field, string Value)> FieldsOf(HubEvent e)
    {
        if (!Introductions.Contains(e.Type)) yield break;
        foreach (var property in e.Properties.Json.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.String && ContactColumns.FieldOf(property.Name) is { } field && property.Value.GetString() is { Length: > 0 } value) yield return (field, value);
    }

    private static Channel? ConsentOf(string name) =>
        name is "consent_sms" or "sms_consent" ? Channel.Sms : name is "consent_email" || ContactColumns.ConsentOf(name) == true ? Channel.Email : null;
}
