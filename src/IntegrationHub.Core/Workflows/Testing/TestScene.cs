using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows.Testing;

/// <summary>A made-up contact, and what it does at which time after its beginning. Immutable.</summary>
/// <param name="Values">Its fields.</param>
/// <param name="Hygiene">Its hygiene status.</param>
/// <param name="Email">What it said about mail; null for nothing.</param>
/// <param name="Sms">What it said about text messages; null for nothing.</param>
/// <param name="Before">Events before the one that starts the workflow.</param>
/// <param name="Local">The hour of its own day at which it starts.</param>
internal sealed record TestScene(FieldValues Values, Hygiene Hygiene, ConsentState? Email, ConsentState? Sms, ImmutableArray<EventPattern> Before, TimeSpan Local)
{
    /// <summary>A contact that may be written to on every channel, on a Tuesday morning.</summary>
    internal static TestScene Plain { get; } = new(
        FieldValues.None.With(Field.FirstName, "Ada").With(Field.LastName, "Test").With(Field.Email, "ada.test@hub-test.example").With(Field.Phone, "+4915112345678").With(Field.TimeZone, "Europe/Berlin"),
        new Hygiene(HygieneStatus.Ready, HygieneReasons.None), ConsentState.Granted, ConsentState.Granted, [], TimeSpan.FromHours(10));

    internal TestScene With(Field field, string? value) => this with { Values = Values.With(field, value) };

    /// <summary>Makes an event of a pattern: properties that its tests ask for, and what such an event always has.</summary>
    /// <param name="pattern">What it has to match.</param>
    /// <param name="id">Its id.</param>
    /// <param name="at">Its time.</param>
    /// <param name="like">Properties to share with another event.</param>
    /// <param name="same">Their names.</param>
    internal static HubEvent Event(EventPattern pattern, string id, DateTimeOffset at, HubEvent? like = null, ImmutableArray<string> same = default)
    {
        var json = Usual(pattern.Type, id);
        foreach (var (path, test) in pattern.Where.Select(w => (w.Path, w.Test))) Set(json, path, test);
        foreach (var name in same.IsDefault ? [] : same)
            if (like?.Properties.Find(name) is { } value) json[name] = JsonNode.Parse(value.GetRawText());
        return new HubEvent(id, pattern.Type, at, new EventContact(Id: "test"), EventProperties.Parse(json.ToJsonString()));
    }

    private static JsonObject Usual(string type, string id) => type switch
    {
        EventTypes.CartUpdated or EventTypes.OrderPlaced or EventTypes.OrderRefunded or EventTypes.CheckoutStarted => new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["sku"] = "TP-1", ["name"] = "Tea pot", ["quantity"] = 1, ["price_minor"] = 3700 }),
            [type == EventTypes.CartUpdated ? "value_minor" : "total_minor"] = 3700,
            ["currency"] = "EUR",
            ["order_id"] = $"order of {id}",
        },
        EventTypes.PageViewed => new JsonObject { ["path"] = "/" },
        EventTypes.FormSubmitted => new JsonObject { ["form"] = "contact" },
        EventTypes.EmailBounced => new JsonObject { ["kind"] = "hard" },
        EventTypes.EmailClicked => new JsonObject { ["url"] = "https://www.example.com/" },
        _ => [],
    };

    private static void Set(JsonObject json, string path, ValueTest test)
    {
        var isList = path == "items";
        json[path] = test.Kind switch
        {
            ValueTestKind.Missing => isList ? new JsonArray() : null,
            ValueTestKind.Exists => json[path]?.DeepClone() ?? (isList ? new JsonArray(new JsonObject { ["sku"] = "TP-1" }) : JsonValue.Create("something")),
            ValueTestKind.AtLeast => JsonNode.Parse(test.Operands[0]),
            ValueTestKind.Below => JsonNode.Parse((double.Parse(test.Operands[0], System.Globalization.CultureInfo.InvariantCulture) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(test.Operands.FirstOrDefault() ?? ""),
        };
    }
}
