using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Workflows;

/// <summary>How the rows of one stream become events, as a mapping file says.</summary>
/// <param name="Name">The file's name without its ending: <c>shopify.orders</c>.</param>
/// <param name="Connector">The connector whose rows it reads.</param>
/// <param name="Stream">One of <see cref="Streams"/>.</param>
/// <param name="Contact">Whom the events are of.</param>
/// <param name="Rules">One a kind of event; a row may fit several.</param>
public sealed record EventMappingDefinition(string Name, string Connector, string Stream, EventContactPaths Contact, ImmutableArray<EventRule> Rules);

/// <summary>Where a row names its contact; of each, the first path that has a value counts.</summary>
/// <param name="ExternalId">The id that the same source's contacts have.</param>
/// <param name="Email">An address.</param>
/// <param name="Phone">A number.</param>
public sealed record EventContactPaths(ImmutableArray<PayloadPath> ExternalId, ImmutableArray<PayloadPath> Email, ImmutableArray<PayloadPath> Phone);

/// <summary>One kind of event that a row may tell of.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Each">A list in the row, each of whose items is an event of its own; null where the row itself is one. Paths begin at the item then, and at the row where they begin with <c>$</c>.</param>
/// <param name="Key">What tells the events of one row and type apart; empty where a row tells of one such event for ever.</param>
/// <param name="At">When it happened.</param>
/// <param name="When">All must hold; none where the event is always told.</param>
/// <param name="Unless">None may hold.</param>
/// <param name="Properties">What is kept of it.</param>
/// <param name="Rest">An object whose members become properties where no property of that name is mapped, as the fields of a form; null for none.</param>
public sealed record EventRule(
    string Type, PayloadPath? Each, ImmutableArray<PayloadPath> Key, ImmutableArray<PayloadPath> At, ImmutableArray<EventTest> When, ImmutableArray<EventTest> Unless, ImmutableArray<EventProperty> Properties, PayloadPath? Rest);

/// <summary>Holds where a value stands at the path: any but an empty one, or one of the words without regard to case.</summary>
public sealed record EventTest(PayloadPath Path, ImmutableArray<string> Words);

/// <summary>One property of an event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Where it comes from.</param>
public sealed record EventProperty(string Name, EventValue Value);

/// <summary>Where a property's value comes from.</summary>
public abstract record EventValue
{
    private EventValue() { }

    /// <summary>The first of the paths that has a value; a number stays a number.</summary>
    /// <param name="Paths">The paths.</param>
    /// <param name="Words">The source's words and the hub's, without regard to case; a word that is not here stays as it is. Null where none is translated.</param>
    public sealed record Plain(ImmutableArray<PayloadPath> Paths, ImmutableDictionary<string, string>? Words) : EventValue;

    /// <summary>An amount such as <c>"12.50"</c>, in minor units.</summary>
    /// <param name="Paths">The amount.</param>
    /// <param name="Currency">Its currency, which says how many decimals there are.</param>
    public sealed record Amount(ImmutableArray<PayloadPath> Paths, ImmutableArray<PayloadPath> Currency) : EventValue;

    /// <summary>The same for every event.</summary>
    public sealed record Constant(string Value) : EventValue;

    /// <summary>A list of objects, such as the items of an order.</summary>
    /// <param name="Path">The list.</param>
    /// <param name="Properties">What is kept of each item.</param>
    public sealed record List(PayloadPath Path, ImmutableArray<EventProperty> Properties) : EventValue;
}

/// <summary>What a row tells.</summary>
/// <param name="Events">Its events; one that names nobody is left out, since it could never be anybody's.</param>
/// <param name="Problems">Events that could not be read, in words.</param>
public sealed record MappedEvents(ImmutableArray<HubEvent> Events, ImmutableArray<string> Problems)
{
    /// <summary>Nothing.</summary>
    public static MappedEvents None { get; } = new([], []);
}

/// <summary>Makes events of a stream's rows: a pure function of the row, so that a row that comes twice tells the same events, with the same ids.</summary>
/// <param name="definition">What the mapping file says.</param>
public sealed class EventMapping(EventMappingDefinition definition)
{
    private const int MostItems = 1_000;

    /// <summary>What the mapping file says.</summary>
    public EventMappingDefinition Definition => definition;

    /// <summary>The events of one row.</summary>
    /// <param name="key">The row. Each event's id begins with it: <c>shop/orders/17#order.placed</c>.</param>
    /// <param name="payload">One JSON object, UTF-8.</param>
    public MappedEvents Apply(SourceKey key, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var events = ImmutableArray.CreateBuilder<HubEvent>();
            var problems = ImmutableArray.CreateBuilder<string>();
            foreach (var rule in definition.Rules)
                foreach (var place in Places(rule, json.RootElement))
                    Read(rule, place, key, events, problems);
            return new MappedEvents(events.ToImmutable(), problems.ToImmutable());
        }
        catch (JsonException e)
        {
            return new MappedEvents([], [$"{key}: the row is no JSON ({e.Message})."]);
        }
    }

    private static IEnumerable<EventPlace> Places(EventRule rule, JsonElement row)
    {
        var whole = new EventPlace(row, row);
        return rule.Each is { } list ? whole.Items(list).Select(item => new EventPlace(row, item)) : [whole];
    }

    private void Read(EventRule rule, EventPlace place, SourceKey key, ImmutableArray<HubEvent>.Builder events, ImmutableArray<string>.Builder problems)
    {
        if (!rule.When.All(t => Holds(t, place)) || rule.Unless.Any(t => Holds(t, place))) return;
        var contact = ContactOf(place, key);
        if (contact.IsEmpty) return;
        var id = $"{key}#{rule.Type}";
        if (rule.Key.Length > 0)
        {
            if (place.Text(rule.Key) is not { } own)
            {
                problems.Add($"{key}: the {rule.Type} has no {Paths(rule.Key)}, which tells it from others.");
                return;
            }

            id = $"{id}#{own}";
        }

        if (place.Text(rule.At) is not { } when || SourceTime.Read(when) is not { } at)
        {
            problems.Add($"{key}: the {rule.Type} has no time at {Paths(rule.At)}.");
            return;
        }

        events.Add(new HubEvent(id, rule.Type, at, contact, EventProperties.Parse(Properties(rule, place).ToJsonString())));
    }

    private EventContact ContactOf(EventPlace place, SourceKey key)
    {
        // Within a list an item seldom names its contact; the row does.
        var row = place.Whole;
        var external = row.Text(definition.Contact.ExternalId);
        return new EventContact(row.Text(definition.Contact.Email), row.Text(definition.Contact.Phone), null, external is null ? null : key.Source, external);
    }

    private static JsonObject Properties(EventRule rule, EventPlace place)
    {
        var json = PropertiesOf(rule.Properties, place);
        if (rule.Rest is { } rest && place.Find(rest) is { ValueKind: JsonValueKind.Object } members)
            foreach (var member in members.EnumerateObject())
                if (member.Name.Length > 0 && !json.ContainsKey(member.Name) && EventPlace.IsValue(member.Value)) json[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return json;
    }

    private static JsonObject PropertiesOf(ImmutableArray<EventProperty> properties, EventPlace place)
    {
        var json = new JsonObject();
        foreach (var property in properties)
            if (ValueOf(property.Value, place) is { } value) json[property.Name] = value;
        return json;
    }

    private static JsonNode? ValueOf(EventValue value, EventPlace place)
    {
        switch (value)
        {
            case EventValue.Constant constant:
                return constant.Value;
            case EventValue.Amount amount:
                return place.Text(amount.Paths) is { } text && place.Text(amount.Currency) is { } currency ? Money.Minor(text, currency) : null;
            case EventValue.List list:
                return new JsonArray([.. place.Items(list.Path).Take(MostItems).Select(item => PropertiesOf(list.Properties, new EventPlace(place.Row, item)))]);
            case EventValue.Plain plain when place.First(plain.Paths) is { } found:
                return plain.Words is { } words && EventProperties.TextOf(found) is { } word ? words.GetValueOrDefault(word.ToLowerInvariant(), word) : JsonNode.Parse(found.GetRawText());
            default:
                return null;
        }
    }

    private static bool Holds(EventTest test, EventPlace place) =>
        place.First([test.Path]) is { } found && (test.Words.IsEmpty || (EventProperties.TextOf(found) is { } text && test.Words.Contains(text, StringComparer.OrdinalIgnoreCase)));

    private static string Paths(ImmutableArray<PayloadPath> paths) => string.Join(" or ", paths.Select(p => p.Text));

    /// <summary>Where paths begin: a row, or an item of one of its lists.</summary>
    private readonly record struct EventPlace(JsonElement Row, JsonElement Here)
    {
        public EventPlace Whole => new(Row, Row);

        public string? Text(ImmutableArray<PayloadPath> paths) => First(paths) is { } found ? EventProperties.TextOf(found) : null;

        /// <summary>The first text, number or truth value at any of the paths; null where there is none but empty ones.</summary>
        public JsonElement? First(ImmutableArray<PayloadPath> paths)
        {
            foreach (var path in paths)
                foreach (var found in All(path))
                    if (IsValue(found)) return found;
            return null;
        }

        public JsonElement? Find(PayloadPath path) => All(path).Select(f => (JsonElement?)f).FirstOrDefault();

        public IEnumerable<JsonElement> Items(PayloadPath path) =>
            Find(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

        public static bool IsValue(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => !string.IsNullOrWhiteSpace(value.GetString()),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => true,
            _ => false,
        };

        private IEnumerable<JsonElement> All(PayloadPath path)
        {
            var fromRow = path.Steps[0] is PathStep.Property { Name: "$" };
            IEnumerable<JsonElement> found = [fromRow ? Row : Here];
            foreach (var step in fromRow ? path.Steps[1..] : path.Steps) found = found.SelectMany(f => Step(f, step));
            return found;
        }

        private static IEnumerable<JsonElement> Step(JsonElement from, PathStep step) => step switch
        {
            PathStep.Property property when from.ValueKind == JsonValueKind.Object && from.TryGetProperty(property.Name, out var value) => [value],
            PathStep.Item item when from.ValueKind == JsonValueKind.Array && item.At < from.GetArrayLength() => [from[item.At]],
            PathStep.Each when from.ValueKind == JsonValueKind.Array => from.EnumerateArray(),
            _ => [],
        };
    }
}
