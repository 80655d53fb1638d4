using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Workflows;

/// <summary>An event, or why it cannot be taken.</summary>
/// <param name="Event">The event; null when it cannot be taken.</param>
/// <param name="Problem">What is wrong and how to mend it; null when nothing is.</param>
public readonly record struct ReadEvent(HubEvent? Event, string? Problem);

/// <summary>Reads events as the API takes them: <c>id</c>, <c>type</c>, <c>at</c>, <c>contact</c>, <c>properties</c>.</summary>
public static class EventReader
{
    /// <summary>Clocks of sources may run ahead by so much; what is later is of the future, and is refused.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    private const int LongestId = 200;

    /// <summary>Reads one event.</summary>
    /// <param name="json">The JSON object.</param>
    /// <param name="now">The present; null where events of any time are taken, as in a simulation.</param>
    public static ReadEvent Read(JsonElement json, DateTimeOffset? now)
    {
        if (json.ValueKind != JsonValueKind.Object) return Wrong("an event is a JSON object with id, type, at, contact and properties");
        var fields = EventProperties.Of(json);
        if (fields.Text("id") is not { } id) return Wrong("'id' is missing: a text that is this event's alone, so that a repeated event is counted once");
        if (id.Length > LongestId) return Wrong($"'id' has {id.Length} characters; {LongestId} are the most");
        if (fields.Text("type") is not { } name) return Wrong("'type' is missing, such as form.submitted");
        if (EventTypes.Find(name) is not { } type) return Wrong($"unknown type '{Short(name)}'. Known: {string.Join(", ", EventTypes.All)}, and custom.* for your own");
        if (fields.Text("at") is not { } when) return Wrong("'at' is missing: the time at the source, such as 2026-11-24T09:30:00Z");
        if (!DateTimeOffset.TryParseExact(when, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return Wrong($"'at' is '{Short(when)}', which is no time. Write it as 2026-11-24T09:30:00Z, or with an offset");
        at = at.ToUniversalTime();
        if (now is { } present && at > present + ClockSkew) return Wrong($"'at' is {at:yyyy-MM-ddTHH:mm:ssZ}, which lies in the future: is the clock of the source right?");
        if (fields.Find("contact") is not { } who) return Wrong("'contact' is missing: an object with any of email, phone, id, source and external_id");
        if (who.ValueKind != JsonValueKind.Object) return Wrong("'contact' must be an object with any of email, phone, id, source and external_id");
        var keys = EventProperties.Of(who);
        var contact = new EventContact(keys.Text("email"), keys.Text("phone"), keys.Text("id"), keys.Text("source"), keys.Text("external_id"));
        if (contact.IsEmpty) return Wrong("'contact' names nobody: give any of email, phone, id, or source with external_id");
        if (fields.Find("properties") is { ValueKind: not JsonValueKind.Object }) return Wrong("'properties' must be an object");
        return new ReadEvent(new HubEvent(id, type, at, contact, fields.Find("properties") is { } properties ? EventProperties.Of(properties) : EventProperties.None), null);
    }

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd",
    ];

    private static ReadEvent Wrong(string problem) => new(null, problem);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
